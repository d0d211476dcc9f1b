"""Actions that the notes call actions, in every wording that offices use, also inside running words (a label in mid-line, one that holds only owners, a resolution
that asks somebody to act); verbatim, each with what it was told by."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.read.minutes.action_lists import LINES, asked_of, continues_block, take_listed
from reportpack.read.minutes.action_rows import owner_and_due, row_drafts
from reportpack.read.minutes.drafts import NOTHING, SENTENCES, TO_DO, Collector, Draft, draft_of, unique_drafts
from reportpack.read.minutes.grammar.classes import RULING, STATIVE, listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Mood, has, words_of
from reportpack.read.minutes.labels import CODED, LETTER, MIDLINE, OPENS_RESOLUTIONS, ActionLabel, action_label
from reportpack.read.minutes.outline import INITIALS_ALONE, Outline
from reportpack.read.minutes.owners import owner_alone, owners_of
from reportpack.read.minutes.people import GROUPS, People, split_owners
from reportpack.read.minutes.wraps import Passage

_PAST = re.compile(
    r"(?i)\b(?:from|of) (?:the |our )?(?:last|previous|\d{1,2}(?:st|nd|rd|th)? [a-z]+)(?: \d{4})? (?:meeting|minutes)|^\W*(?:\d\S*\s+)?(?:outstanding|previous|open|on-?going) action"
)
_REREAD = re.compile(
    r"(?i)(?:\d{1,4}(?:[./]\d+)*[.)]?\s*)?(?:(?:minutes|matters arising) and )?(?:rolling |outstanding )?"
    r"(?:actions?(?: points?| items?)? (?:log|tracker|updates?|review|progress|register)|(?:review|update)s?(?: of| on)?(?: the)? (?:(?:previous |outstanding |last )(?:meeting(?:['\u2019]?s)? )?)?actions?|outstanding actions?|actions? (?:points? |updates? )?(?:from|for) (?:the )?(?:last|previous|meeting)).{0,50}"
)
_EARLIER = listed("previous last outstanding open ongoing on-going review")
_DONE = listed("completed closed done")
_FIELDS = re.compile(r"[.|;,]?\s*\|?\s+\(?(Owner|Lead|Due(?: date)?|Deadline|By when|Target(?: date)?)\s?:\s*")
_HEADING = listed(
    "to do todo to-do takeaways everyone all - summary list table new agreed resulting raised identified outstanding open previous ongoing on-going of the action actions point points item items arising taken at from for this today's today last meeting "
    ": . )"
)


def find_actions(passages: Sequence[Passage], outline: Outline, people: People) -> tuple[tuple[Draft, ...], frozenset[int]]:
    """Drafts in their order, and the passages they were found in."""
    # Actions numbered like `05-01` or `17/2022` in lines of their own, under a heading that speaks of actions.
    lines = [one.text for one in passages if not one.cells and not one.level and not one.strong]
    codes = [found["number"] for one in lines if (found := CODED.fullmatch(one)) is not None]
    # A number in the agenda that comes again at its place is that of an item.
    again = Counter(code.rstrip("0123456789/-") for code, times in Counter(codes).items() if times > 1)
    items = frozenset(prefix for prefix, times in again.items() if prefix and times > 2)
    numbered = sum(1 for code in codes if code.rstrip("0123456789/-") not in items)
    headed = (one.column.lower() if one.column else one.text.lower() if len(one.text) < 60 else "" for one in passages)
    coded = numbered >= 2 and any("action" in text for text in headed)
    collector = Collector(passages, outline, people, coded=coded, items=items)
    rows, covered = row_drafts(passages, people)
    for at, passage in enumerate(passages):
        for row in rows.get(at, ()):
            state = NotedState.OPEN if collector.reviewed and row.state is NotedState.NEW else row.state
            if row.words and not NOTHING.fullmatch(row.words):
                collector.found.append(replace(row, state=state))
        if at in covered:
            collector.taken.add(at)
            collector.closes()
        elif not passage.cells or not passage.table:
            _step(collector, at, passage)
    return unique_drafts(collector.found), frozenset(collector.taken)


def _step(collector: Collector, at: int, passage: Passage) -> None:
    text, titled = passage.text, at in collector.outline.titles
    if len(text) < 90 and _REREAD.fullmatch(text):
        collector.reread, collector.reviewed = True, has(text, _EARLIER)
    elif titled:
        collector.reread = collector.reviewed = False
    speaker, _, said = text.partition(": ")
    spoken = action_label(said) if len(speaker) < 40 and said and collector.people.known(speaker) else None
    label = None if text[:1].isdigit() and titled else action_label(text) or spoken
    if titled and label is None:
        low, listed_so = words_of(text).low, collector.block in ("heading", "plural")
        collector.closes()
        if listed_so and _HEADING.issuperset(low) and _DONE.isdisjoint(low):  # `New` below `Action items`
            collector.opens("heading", at, earlier=not _EARLIER.isdisjoint(low))
        if collector.block or not is_actions_heading(text):
            return
    if label is not None:
        _labelled(collector, at, passage, label)
    elif any(takes(collector, at, passage) for takes in (*LINES, _takes_initials, _takes_last_cell)):
        collector.taken.add(at)
    elif collector.block and text.endswith(":") and owner_alone(text, collector.people):
        collector.taken.add(at)
        collector.opens(f"owner:{text.strip(' *_:')}", at)
    elif _stands_below(collector, at, passage):
        _take_owner(collector, at, passage, text, _above(collector, at))
        collector.taken.add(at)
    elif collector.block and continues_block(collector, at, passage):
        take_listed(collector, at, passage)
    else:
        collector.closes()
        _take_resolutions(collector, at, passage)
    _take_mid_line(collector, at, passage)
    beside = any(one.column for one in collector.passages[at + 1 : at + 9])  # of a table only its own column
    if titled and is_actions_heading(text) and not beside:
        collector.opens("heading", at, earlier=_PAST.search(text) is not None)


def is_actions_heading(text: str) -> bool:
    """Whether a heading begins a list of actions."""
    low = [word for word in words_of(text).low if not word[:1].isdigit()]
    begins = low[:2] in (["next", "steps"], ["to", "do"], ["who's", "doing"]) or low[:1] in (["todo"], ["to-do"])
    return (begins or not {"action", "actions"}.isdisjoint(low)) and _HEADING.issuperset(set(low) - _BEGINS)


def _labelled(collector: Collector, at: int, passage: Passage, label: ActionLabel) -> None:
    pieces = MIDLINE.split(label.text) if label.text else [""]
    words = pieces[0].strip()
    trailed = pieces[2].strip(" *_.") if len(pieces) > 2 and owner_alone(pieces[2], collector.people) else ""
    owner, _, due_by = label.owner.partition(" by ")
    label = replace(label, owner=owner.strip() or trailed)
    if label.word.startswith(("to", "fol")) and not (label.text and TO_DO.search(label.text)):
        return
    collector.taken.add(at)
    if not words:
        collector.reviewed = collector.reviewed and label.earlier
        block = f"owner:{label.owner}" if label.owner else "plural" if label.plural else "single"
        collector.opens(block, at, earlier=label.earlier or _PAST.search(passage.text) is not None)
        return
    numbered_before = (collector.earlier or collector.reread) and bool(label.number)
    collector.closes()
    if NOTHING.fullmatch(words):
        return
    who, _, by = _inline_fields(words)
    if owner_alone(who, collector.people) and not label.owner:  # `Action owner: Sally Dean. Due: 1 November`
        _take_owner(collector, at, passage, who, _above(collector, at), label.number, by)
        return
    if label.plural and words.endswith(":"):
        collector.opens("plural", at)
    for letter, part in _lettered(words):
        said, owner, due = _inline_fields(part)
        found = draft_of(said, at, passage, 0.97 if TO_DO.search(said) else 0.9, label.number or letter, label.owner or owner)
        if found.state is NotedState.NEW and (label.earlier or label.done or numbered_before):
            found = replace(found, state=NotedState.CLOSED if label.done else NotedState.OPEN)
        collector.add(replace(found, due=due or due_by))
    collector.earlier = numbered_before and not collector.reread
    if label.plural:
        collector.block = "more"


def _lettered(words: str) -> list[tuple[str, str]]:
    first, *pieces = LETTER.split(words)
    parts = (part.strip(" ;,").removesuffix(" and").rstrip(" ;,") for part in pieces[1::2])
    lettered = [(f"({letter})", part) for letter, part in zip(pieces[::2], parts, strict=True)]
    return lettered if len(lettered) > 1 and not first.strip() else [("", words)]


def _inline_fields(words: str) -> tuple[str, str, str]:
    """`TR to confirm dates. Owner: TR. Due: 30 March 2024` on one line: the words, the owner, the date."""
    pieces = _FIELDS.split(words)
    said = {name.lower()[:3]: value.strip(" .|;") for name, value in zip(pieces[1::2], pieces[2::2], strict=True)}
    due = next((said[key] for key in ("due", "dea", "by ", "tar") if said.get(key)), "")
    return (pieces[0].strip(" |;") if said else words), said.get("own", "") or said.get("lea", ""), due


_RESOLVED = re.compile(
    r"(?i)(?:\W{0,2}(?:it was )?(?:resolved|agreed)\s?[-\u2013\u2014:]\s*|(?:\W{0,2}|.{0,300}\b(?:it was|and) )resolved\s+(?=that\b))(?P<parts>.+)"
)
_BRACKETED = re.compile(
    r"[(\[](?:ACTIONS?|Actions?)(?: (?:for|by|on|point))?\s*[:\u2013-]?\s+(?P<words>[A-Z][^()\[\]]{1,200})[)\]]"
)
_CLOSED_BY = re.compile(r"(?<=[.!?])\s+(?:ACTIONS?|Actions?)\s+(?P<owners>[A-Z][A-Za-z/&, ]{1,40})\.?$")
_THAT = re.compile(r"(?i)(?:[;,]\s*(?:and\s+)?|\s+and\s+)(?=that\s)")
_PARAGRAPH = re.compile(r"^\W*\d{1,3}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z])")
_INITIALS = re.compile(r"(?P<words>.{25,}[.!?])\s+(?P<owners>[A-Z]{2,3}(?:\s?[/,&]\s?[A-Z]{2,3})*)\.?", re.DOTALL)
_TO_THE_RIGHT = 30
_BEGINS = listed("next steps who's doing what")
_OWN_DEEDS = listed("go continue recognise commend confirm acknowledge will would should has have had")


def _take_owner(
    collector: Collector, at: int, passage: Passage, owner: str, above: Sequence[Passage], number: str = "", due: str = ""
) -> None:
    """`Action: RJ/DB` below one or more paragraphs: the sentence among them that asks for something, first of these owners."""
    if not above:
        collector.found.append(Draft(owner, at, passage.names, 0.5, number, owner))
        return
    spoken = {sentence: one for one in above for sentence in SENTENCES.split(_PARAGRAPH.sub("", one.text))}
    words = asked_of(owner, list(spoken), collector.people) or next(reversed(spoken))
    before = spoken.get(words, above[-1])
    collector.found.append(Draft(words.strip(), at, before.names, 0.75, number, owner.strip(" .*"), due, own_line=passage.line))
    collector.last_at = at


def _stands_below(collector: Collector, at: int, passage: Passage) -> bool:
    before = collector.passages[at - 1] if at else None
    if before is None or before.cells or passage.cells or passage.mark:
        return False
    if passage.indent > _TO_THE_RIGHT:
        return owner_alone(passage.text, collector.people)
    below = len(before.text) >= 25 and INITIALS_ALONE.fullmatch(passage.text) is not None
    return below and all(map(collector.people.known, split_owners(passage.text)))


def _takes_initials(collector: Collector, at: int, passage: Passage) -> bool:
    """`... and to plug gaps if people leave.     SJ/GP`: initials of people who were there close a paragraph."""
    match = _INITIALS.fullmatch(passage.text.strip()) if not passage.table and not passage.column else None
    if match is None or not all(collector.people.known(one) for one in split_owners(match["owners"])):
        return False
    _take_owner(collector, at, passage, match["owners"], [replace(passage, text=match["words"])])
    return True


def _takes_last_cell(collector: Collector, at: int, passage: Passage) -> bool:
    """`The wall has moved.          Clerk to write to the landowner`: what stands at the right of a row without headings, and says who is to act."""
    asked = passage.cells[-1] if len(passage.cells) > 1 and not passage.table else ""
    asks = asked and TO_DO.search(asked) is not None and bool(owners_of(asked, collector.people))
    return bool(asks) and collector.takes(draft_of(asked, at, passage, 0.8))


def _above(collector: Collector, at: int) -> list[Passage]:
    begin = max(0, at - 6)
    for number, one in enumerate(collector.passages[begin:at], begin):
        if number in collector.outline.titles or number in collector.taken or one.cells or action_label(one.text):
            begin = number + 1
    return [one for one in collector.passages[begin:at] if len(one.text) > 15]


def _take_mid_line(collector: Collector, at: int, passage: Passage) -> None:
    """`... alternative data sources. Action: For TS/BB to provide ...`, `... to be confirmed. (Action DCLG)`, `... be circulated. Action CB`."""
    text = passage.text
    if "ction" not in text and "CTION" not in text and ">>" not in text:
        return
    if len(passage.cells) == 2 and not passage.table:  # a gap parts `Action Ryan` from the words before it
        text = f"{passage.cells[0].rstrip('.')}. {passage.cells[1]}"
    for match in _BRACKETED.finditer(text):
        words, before = match["words"].strip(" .*_"), text[: match.start()].strip()
        (who, due), (named, _, what) = owner_and_due(words), words.partition(": ")
        owner, said = (named, what) if owner_alone(named, collector.people) else ("", words)
        if owner_alone(who, collector.people):
            _closes(collector, at, passage, before, who.strip(" ,"), match[0][:12], due)
        elif owner or (before and not before.endswith((".", "!", "?", ")")) and TO_DO.search(words)):
            collector.taken.add(at)
            collector.add(draft_of(said, at, passage, 0.9, owner=owner, line=_line_of(passage, match[0][:12])))
    if (closing := _CLOSED_BY.search(text)) is not None and owner_alone(closing["owners"], collector.people):
        _closes(collector, at, passage, text[: closing.start()].strip(), closing["owners"], text[-12:])
    pieces = MIDLINE.split(text)
    labelled = action_label(text) is not None
    for number in range(1, len(pieces) - 1, 2):
        before, words = pieces[number - 1].strip(), pieces[number + 1].strip(" *_")
        alone = owner_alone(words, collector.people)
        if labelled and number == 1 and alone:
            continue
        if before.count("(") < before.count(")") or words.count(")") > words.count("("):
            words = words.rstrip(".").removesuffix(")")
        collector.taken.add(at)
        if words and not alone and not NOTHING.fullmatch(words):
            collector.found.append(draft_of(words, at, passage, 0.93, line=_line_of(passage, pieces[number])))
            collector.last_at = at
        elif alone:
            _closes(collector, at, passage, before, words.strip(" ."), pieces[number])


def _closes(collector: Collector, at: int, passage: Passage, before: str, owner: str, label: str, due: str = "") -> None:
    if len(last := SENTENCES.split(before)[-1].strip()) > 12:
        collector.taken.add(at)
        collector.add(Draft(last, at, passage.names, 0.75, owner=owner, due=due, own_line=_line_of(passage, label)))


def _line_of(passage: Passage, label: str) -> str:
    return next((name for name, text in passage.lines if label in text), passage.line)


def _take_resolutions(collector: Collector, at: int, passage: Passage) -> None:
    """`Resolved - that the report be noted and that the Commissioner be asked to give ...`: each part that asks somebody else to act."""
    match = _RESOLVED.fullmatch(_PARAGRAPH.sub("", passage.text))
    opened = at > 0 and OPENS_RESOLUTIONS.fullmatch(collector.passages[at - 1].text) is not None
    goes_on = at - 1 in collector.resolved and (passage.mark or _that(passage.text))
    if match is None and not opened and not goes_on:
        return
    collector.resolved.add(at)
    pieces = LETTER.split(match["parts"] if match is not None else passage.text)
    lettered = [("", pieces[0]), *((f"({pieces[at]})", pieces[at + 1]) for at in range(1, len(pieces) - 1, 2))]
    for letter, text in ((letter, part) for letter, whole in lettered for part in _THAT.split(whole)):
        words = _PARAGRAPH.sub("", text.strip()).strip(" ;,|").removesuffix(" and").rstrip(" ;,|")
        if who := _asked_to_act(words):
            collector.taken.add(at)
            collector.found.append(Draft(words, at, passage.names, 0.85, letter, who))


def _that(text: str) -> str:
    first, _, rest = text.lstrip(" \u2022-*0123456789.)(").partition(" ")
    return rest if first.lower() == "that" else ""


def _asked_to_act(words: str) -> str:
    """Who is to act by `that X write to Y`, `that X be asked to write`; nobody where the meeting itself notes, agrees or goes on."""
    clause = next(iter(clauses_of(f"That {_that(words)}")), None) if _that(words) else None
    if clause is None or clause.denied or not clause.actor or clause.mood not in (Mood.DECIDED, Mood.ASKED):
        return ""
    asked = clause.mood is Mood.ASKED  # `be invited to attend`
    acts = clause.deed not in (RULING if asked else RULING | STATIVE | _OWN_DEEDS) and not clause.passive
    charged = clause.passive and clause.deed.startswith(("authoris", "direct", "instruct"))
    last = clause.actor.split()[-1]
    return clause.actor if (acts or charged) and (last[:1].isupper() or last.lower() in GROUPS) else ""

"""Actions inside running words: a label in mid-line, a label that holds only owners, a resolution that asks somebody to act."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.read.minutes.drafts import SENTENCES, TO_DO, Collector, Draft, draft_of
from reportpack.read.minutes.grammar.classes import RULING, STATIVE, listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Mood
from reportpack.read.minutes.labels import MIDLINE, ActionLabel, action_label
from reportpack.read.minutes.outline import INITIALS_ALONE
from reportpack.read.minutes.owners import owner_alone
from reportpack.read.minutes.people import GROUPS, split_owners
from reportpack.read.minutes.undertakings import says_who_acts
from reportpack.read.minutes.wraps import Passage

_RESOLVED = re.compile(r"(?i)\W{0,2}(?:it was )?(?:resolved|agreed)\s?[-\u2013\u2014:]\s*(?P<parts>.+)")
_BRACKETED = re.compile(
    r"[(\[](?:ACTIONS?|Actions?)(?: (?:for|by|on|point))?\s*[:\u2013-]?\s+(?P<words>[A-Z][^()\[\]]{1,200})[)\]]"
)
_CLOSED_BY = re.compile(r"(?<=[.!?])\s+(?:ACTIONS?|Actions?)\s+(?P<owners>[A-Z][A-Za-z/&, ]{1,40})\.?$")
LETTER = re.compile(r"\((?P<letter>[a-z]|[ivx]{1,4})\)\s*")
_THAT = re.compile(r"(?i)(?:[;,]\s*(?:and\s+)?|\s+and\s+)(?=that\s)")
_PARAGRAPH = re.compile(r"^\W*\d{1,3}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z])")
_INITIALS = re.compile(r"(?P<words>.{25,}[.!?])\s+(?P<owners>[A-Z]{2,3}(?:\s?[/,&]\s?[A-Z]{2,3})*)\.?", re.DOTALL)
_OWN_DEEDS = listed("go continue recognise commend confirm acknowledge will would should has have had")


def take_owner_only(
    collector: Collector, at: int, passage: Passage, label: ActionLabel, owner: str, above: Sequence[Passage] = ()
) -> None:
    """`Action: RJ/DB` below one or more paragraphs: the sentence among them that asks for something, first of these owners."""
    above = above or _above(collector, at)
    if not above:
        collector.found.append(Draft(owner, at, passage.names, 0.5, label.number, owner))
        return
    names = [name.lower() for part in split_owners(owner) for name in collector.people.names_of(part)]
    spoken = [(sentence, one) for one in above for sentence in SENTENCES.split(_PARAGRAPH.sub("", one.text))]
    named = [pair for pair in spoken if any(f" {name}" in f" {pair[0].lower()}" for name in names)]
    asking = [pair for pair in named if says_who_acts(pair[0])] or [pair for pair in spoken[-1:] if not named] or named
    words, before = asking[-1]
    collector.found.append(Draft(words.strip(), at, before.names, 0.75, label.number, owner.strip(" .*"), own_line=passage.line))
    collector.last_at = at


def stands_below(collector: Collector, at: int, passage: Passage) -> bool:
    """Whether a line is nothing but initials of people who were there, below words that they may have to act on."""
    before = collector.passages[at - 1] if at else None
    below = before is not None and not before.cells and len(before.text) >= 25
    alone = not passage.cells and not passage.mark and INITIALS_ALONE.fullmatch(passage.text)
    return bool(below and alone) and all(collector.people.known(part) for part in split_owners(passage.text))


def takes_initials(collector: Collector, at: int, passage: Passage) -> bool:
    """`... and to plug gaps if people leave.     SJ/GP`: initials of people who were there close a paragraph."""
    match = _INITIALS.fullmatch(passage.text.strip()) if not passage.table and not passage.column else None
    if match is None or not all(collector.people.known(one) for one in split_owners(match["owners"])):
        return False
    take_owner_only(collector, at, passage, ActionLabel(""), match["owners"], [replace(passage, text=match["words"])])
    return True


def _above(collector: Collector, at: int) -> list[Passage]:
    found: list[Passage] = []
    for number in range(at - 1, max(-1, at - 7), -1):
        one = collector.passages[number]
        if number in collector.outline.titles or number in collector.taken or one.cells or action_label(one.text):
            break
        if len(one.text) > 15:
            found.insert(0, one)
    return found


def take_mid_line(collector: Collector, at: int, passage: Passage) -> None:
    """`... alternative data sources. Action: For TS/BB to provide ...`, `... to be confirmed. (Action DCLG)`, `... be circulated. Action CB`."""
    text = passage.text
    if "ction" not in text and "CTION" not in text:
        return
    if len(passage.cells) == 2 and not passage.table:  # a gap parts `Action Ryan` from the words before it
        text = f"{passage.cells[0].rstrip('.')}. {passage.cells[1]}"
    for match in _BRACKETED.finditer(text):
        words, before = match["words"].strip(" .*_"), text[: match.start()].strip()
        if owner_alone(words, collector.people):
            _closes(collector, at, passage, before, words, match[0][:12])
        elif before and not before.endswith((".", "!", "?", ")")) and TO_DO.search(words):
            collector.taken.add(at)
            collector.add(draft_of(words, at, passage, 0.9, line=_line_of(passage, match[0][:12])))
    closing = _CLOSED_BY.search(text)
    if closing is not None and owner_alone(closing["owners"], collector.people):
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
        if words and not alone:
            collector.found.append(draft_of(words, at, passage, 0.93, line=_line_of(passage, pieces[number])))
            collector.last_at = at
        elif words:
            _closes(collector, at, passage, before, words.strip(" ."), pieces[number])


def _closes(collector: Collector, at: int, passage: Passage, before: str, owner: str, label: str) -> None:
    last = SENTENCES.split(before)[-1].strip()
    if len(last) > 12:
        collector.taken.add(at)
        collector.add(Draft(last, at, passage.names, 0.75, owner=owner, own_line=_line_of(passage, label)))


def _line_of(passage: Passage, label: str) -> str:
    return next((name for name, text in passage.lines if label in text), passage.line)


def take_resolutions(collector: Collector, at: int, passage: Passage) -> None:
    """`Resolved - that the report be noted and that the Commissioner be asked to give ...`: each part that asks somebody else to act."""
    match = _RESOLVED.fullmatch(_PARAGRAPH.sub("", passage.text))
    above = collector.passages[at - 1].text.lower().strip(" .:*-\u2013\u2014") if at else ""
    opened = above.removeprefix("it was ").removesuffix(" that") == "resolved"
    goes_on = at - 1 in collector.resolved and _that(passage.text)
    if match is None and not opened and not goes_on:
        return
    collector.resolved.add(at)
    pieces = LETTER.split(match["parts"] if match is not None else passage.text)
    lettered = [("", pieces[0]), *((f"({pieces[at]})", pieces[at + 1]) for at in range(1, len(pieces) - 1, 2))]
    for letter, text in ((letter, part) for letter, whole in lettered for part in _THAT.split(whole)):
        words = _PARAGRAPH.sub("", text.strip()).strip(" ;,|").removesuffix(" and").rstrip(" ;,|")
        who = _asked_to_act(words)
        if who:
            collector.taken.add(at)
            collector.found.append(Draft(words, at, passage.names, 0.85, letter, who))


def _that(text: str) -> str:
    """What stands behind the `that` which begins a part of a resolution; empty where it begins otherwise."""
    first, _, rest = text.lstrip(" \u2022-*0123456789.)(").partition(" ")
    return rest if first.lower() == "that" else ""


def _asked_to_act(words: str) -> str:
    """Who is to act by `that X write to Y`, `that X be asked to write`; nobody where the meeting itself notes, agrees or goes on."""
    clause = next(iter(clauses_of(f"That {_that(words)}")), None) if _that(words) else None
    if clause is None or clause.denied or not clause.actor or clause.mood not in (Mood.DECIDED, Mood.ASKED):
        return ""
    acts = clause.deed not in RULING | STATIVE | _OWN_DEEDS and not clause.passive
    charged = clause.passive and clause.deed.startswith(("authoris", "direct", "instruct"))
    last = clause.actor.split()[-1]
    return clause.actor if (acts or charged) and (last[:1].isupper() or last.lower() in GROUPS) else ""

"""What a reply says of the register: bound by the references that it names and by who sent it, in its own words. Nothing is guessed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportpack import patterns as re
from reportpack.merge.outcomes import below
from reportpack.model.action import ActionState
from reportpack.model.matter import MatterState
from reportpack.model.office import Office, Person
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, SheetName
from reportpack.model.register_row import CellChange, RegisterRow, plain_reference, with_references
from reportpack.model.reply import PLACE_IN, Passage, Proposal, Reply, ReplyKept, ReplyKind, Saying
from reportpack.model.state_words import CARRIES, DATES, signed, told_state
from reportpack.model.words import shortened
from reportpack.records import Record

_NUMBERED = re.compile(
    r"(?<![\w/.])(?P<called>(?:actions?|matters?|item|ref(?:erence)?|no)\.?\s*(?:no\.?|number)?\s*)?"
    r"(?P<prefix>[A-Z]{0,3})(?P<number>\d{1,4})\s*(?:/|\bof\b)\s*(?P<year>(?:19|20)\d\d|\d\d)(?![\d/]|\.\d)",
    re.IGNORECASE,
)
"""`17/2022`, `M3/19`, `Action 05/2019`, `11 of 2019`; not what stands in a date, as in 28/05/2019."""
_OWN_SHAPE = re.compile(r"[A-Za-z]{0,3}\d{1,4}/(?:19|20)\d\d")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z(\d])")
_REGARDS = (
    r"(?:(?:kind|kindest|best|many|warm|with) )*"
    r"(?:regards|wishes|thanks|thank you|yours (?:sincerely|faithfully)|cofion(?: gorau)?|diolch)"
)
_SIGNED = re.compile(rf"{_REGARDS}\b.*", re.IGNORECASE)  # How people close a letter: no words about anything.
_SENT_FROM = r"(?:sent (?:from|with|via)|get outlook for|anfonwyd o|envoyé d[eu]|outlook (?:für|pour))\b.{0,80}|von meinem .{1,40} gesendet"
_CLOSES = re.compile(rf"-- ?|{_REGARDS}[,.!]*|{_SENT_FROM}", re.IGNORECASE)
_BEFORE = r"(?i)(?:^|[.;:(]\s*|\b(?:actions?|matters?|items?|references?|refs?|nos?)\.?\s+)"
_SEVERAL = re.compile(_BEFORE + r"((?:\d{1,4}\s*(?:,\s*(?:and\b)?|\band\b|&|-|\u2013|\bto\b)\s*)+)$")
_SHEETS = (SheetName.ACTIONS, SheetName.MATTERS)
_ANSWERS = re.compile(r"\s*(?:re|fwd?|fw)\s*:", re.IGNORECASE)
_SHORT = 3


class NamedRows:
    """The rows of the register, found by the references that words name."""

    def __init__(self, rows: Sequence[RegisterRow]) -> None:
        self.rows: Mapping[str, RegisterRow] = {row.ref: row for row in rows if row.sheet in _SHEETS and row.ref}
        named = {one: ref for ref, row in self.rows.items() for one in (ref, row.public) if one}
        self._known = {plain_reference(one): ref for one, ref in named.items()}
        others = sorted((one for one in named if not _OWN_SHAPE.fullmatch(one)), key=len, reverse=True)
        self._others = re.compile("|".join(_as_named(ref) for ref in others), re.IGNORECASE) if others else None

    def row(self, ref: str) -> RegisterRow | None:
        """The row of a reference as somebody wrote it, alone."""
        known = self._known.get(plain_reference(ref))
        if known is None:
            match = _NUMBERED.fullmatch(" ".join(ref.split()))
            known = self._known.get(_plain(match).casefold()) if match is not None else None
        return self.rows[known] if known is not None else None

    def named_in(self, words: str) -> tuple[list[str], list[str]]:
        """The references of rows that words name, in their order; and a sentence for each word that may be one and is none, or another thing."""
        found: dict[int, str] = {}
        doubtful: dict[str, None] = {}
        words = with_references(words, self._known)
        for match in self._others.finditer(words) if self._others is not None else ():
            ref = next(one for one in match.groups() if one)
            found[match.end() - len(ref)] = self._known[plain_reference(ref)]
        for match in _NUMBERED.finditer(words):
            if any(start <= match.start("number") < start + len(ref) for start, ref in found.items()):
                continue
            called, known = bool(match["called"]), self._known.get(_plain(match).casefold())
            if known is not None and (called or not _may_be_a_month(match)):
                listed = _SEVERAL.search(words[max(0, match.start() - 100) : match.start("number")])
                numbers: list[int] = []
                for between, number in re.findall(r"(to|-|\u2013)?\s*(\d+)", listed[1] + match["number"]) if listed else ():
                    numbers.extend(range(numbers[-1] + 1, int(number) + 1) if between and numbers else [int(number)])
                named = (self._known.get(_plain(match, one).casefold()) for one in reversed(numbers[:-1]))
                found.update({match.start() - at: ref for at, ref in enumerate(named, 1) if ref is not None})
                found[match.start()] = known
            elif known is not None:
                doubtful[f"It says {match[0].strip()}, which may be {known} or a month: say which."] = None
            elif called or (len(match["year"]) == 4 and not _may_be_a_month(match)):
                doubtful[f"It names {match[0].strip()}, which the register does not have."] = None
        return list(dict.fromkeys(found[at] for at in sorted(found))), list(doubtful)

    def without_references(self, words: str) -> str:
        """The words without the references in them."""
        plain = _NUMBERED.sub(" ", with_references(words, self._known))
        return self._others.sub(" ", plain) if self._others is not None else plain


class Said(Record):
    """By row, the passages about it; and what a reader ought to know."""

    words: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...] = ()


def said_of(reply: Reply, named: NamedRows) -> Said:
    """Every passage of every row. Words that name none are about the quoted lines that they stand under; else, where nothing else
    is, about what the subject names."""
    words: dict[str, list[str]] = {}
    remarks: list[str] = []
    loose: list[str] = []
    titled, doubtful = named.named_in("" if reply.delivery is not None else reply.title)  # That names what came back.
    for passage in reply.passages or (Passage(reply.text),):
        blocks = list(_blocks(_unsigned(passage.text, passage.by or reply.name, named), named, remarks))
        under, _ = named.named_in(passage.below)
        both, heads = [ref for ref in under if ref in titled], list[str]()
        under = both if len(both) == 1 else under
        for refs, text in blocks:
            if not refs and _SIGNED.match(text):
                continue
            own = re.findall(r"\w+", " ".join(cell.text for ref in refs for cell in named.rows[ref].cells).casefold())
            more = {*re.findall(r"\w+", named.without_references(text).casefold())} - {*own}
            heads = [] if refs and more else refs or heads  # What says no more than its row heads what is below.
            about = refs or heads or (under if len(under) == 1 else [])
            if not about and len(under) > 1:
                remarks.append(f'"{shortened(text)}" stands under lines that name {", ".join(under)}: say which it is about.')
            elif not about:
                loose.append(text)
            for ref in about:
                words.setdefault(ref, []).append(text)
                remarks.extend(
                    [f"The words about {ref} are in a letter of {passage.by} that it passes on."] if passage.by else []
                )
    remarks.extend(doubtful)
    for ref in titled:
        if ref not in words and loose and (not words or not reply.passages[1:]):
            words[ref] = ["\n\n".join(loose)]
    if not (reply.text.strip() or reply.lines or reply.remarks or _ANSWERS.match(reply.title)):
        words = {ref: [reply.title] for ref in titled}
    return Said({ref: tuple(dict.fromkeys(texts)) for ref, texts in words.items()}, tuple(remarks))


def _unsigned(text: str, name: str, named: NamedRows) -> str:
    """The words without what closes them: from a line of regards, the writer's own name or a telephone's words on, up to one that goes on
    about something. Behind two dashes nothing does."""
    called, kept, closed = set(re.findall(r"\w+", name.casefold())), list[str](), ""
    for line in text.split("\n"):
        plain = line.strip()
        said = set(re.findall(r"\w+", plain.casefold()))
        if any(kept) and not closed and (_CLOSES.fullmatch(plain) or (said and said <= called)):
            closed = plain
        elif closed not in ("", "--") and (plain.lower().startswith(("ps", "p.s.")) or any(named.named_in(plain))):
            closed = ""
        if not closed:
            kept.append(line)
    return "\n".join(kept)


def _blocks(text: str, named: NamedRows, remarks: list[str]) -> Iterator[tuple[list[str], str]]:
    """Words from one that names something to the next that does, or to an empty line; what stands before and after names nothing."""
    refs: list[str] = []
    said: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            if said:
                yield refs, "\n".join(said).strip()
            refs, said = [], []
            continue
        for number, sentence in enumerate(_SENTENCE.split(re.sub(r"^\s*\(?\d{1,2}[.)]\s+(?=\S)", "", line))):
            here, doubtful = named.named_in(sentence)
            remarks.extend(doubtful)
            if (here or doubtful) and said and here != refs:
                yield refs, "\n".join(said).strip()
                said = []
            if here or doubtful:
                refs = here
            if said and number:
                said[-1] = f"{said[-1]} {sentence}"
            else:
                said.append(sentence)
    if said:
        yield refs, "\n".join(said).strip()


def _plain(match: re.Match[str], number: int | None = None) -> str:
    """`4/19` as 4/2019, `M05/2019` as M5/2019; with another number in its stead, where it is told."""
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    return f"{match['prefix'].upper()}{int(match['number']) if number is None else number}/{year}"


def _may_be_a_month(match: re.Match[str]) -> bool:
    """`05/2019` may be May 2019, and `4/19` anything."""
    return not match["prefix"] and (match["number"].startswith("0") or len(match["year"]) == 2) and int(match["number"]) <= 12


def _as_named(ref: str) -> str:
    """How words name a reference of another shape: as it is; a very short one only after a word that calls it one."""
    plain = re.escape(ref)
    if len(ref) <= _SHORT:
        return rf"(?:action|matter|item|ref(?:erence)?|log|no)\.?\s*(?:no\.?\s*)?({plain})(?![\w/(])"
    return rf"(?<![\w/])({plain})(?![\w/(])"


_DONE = re.compile(r"\b(?:complete|completed|done|finished|implemented|delivered|discharged|closed|signed off)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:not|no|never|nothing|cannot|in-?complete|un\w+ed|partly|partially|part|half|nearly|almost|mostly|largely|will|shall|would|could"
    r"|should|(?<!\d )(?<!st )(?<!nd )(?<!rd )(?<!th )(?<!in )(?<!of )(?<!since )(?<!during )may(?! \d{4})|might|to be|being|becoming|until|till|once|when|if|unless|after|before|subject to|awaiting|pending|expect\w*"
    r"|hop(?:e|es|ed|ing)|aim\w*|plan(?:s|ned|ning)? to|due|target\w*|soon|shortly|yet|still|except|but|however|question\w*|per ?cent"
    r"|by (?:the |end|mid|next|\d|\w+day\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))\b|\bby (?:\d|end)|%|\?|n['\u2019]t\b",
    re.IGNORECASE,
)
"""What makes plain words less than plain: then it is news, and a person reads it."""


_LINK = re.compile(r"https?://[^\s<>\"]+")
_LONGEST = 2_000
_GOES_ON = re.compile(
    rf"(?i)\b(?:{CARRIES}|{DATES})\b|\bdelayed\b|\b(?:will|shall|expect\w*|aim\w*|plan\w*|hop\w+|due|intend\w*) (?:to )?(?:be )?(?:finish|complet|done|conclud|clos)\w*"
)
_WAS_SETTLED = re.compile(
    r"(?i)(?:^|[.;:,\u2013-]|\b(?:it|this|that|which|action|matter|item))\W*(?:(?:was|were|is|has been|had been)\W+)?(?:already |formally )*"
    r"(?P<how>discharged|closed|signed off|withdrawn|superseded|accepted)\b(?= (?:by|at|in|on|last)\b)"
)
"""What says that a row is not over, and what says that somebody had settled it before."""
_LIVE = frozenset(one.value for one in ActionState if one.is_live)
_SETTLED = frozenset(one.value for one in ActionState if one not in (ActionState.OPEN, ActionState.DISPUTED))


def sender_of(reply: Reply, office: Office, on: date) -> tuple[Person | None, str]:
    """The post that the reply's address is of on that day, with its holder: a holder's own, or a recipient's. Neither for a stranger."""
    address = reply.address.casefold()
    if not address:
        return None, ""
    for person in office.people:
        if person.email.casefold() == address and person.holds_on(on):
            return person, person.post
    for recipient in office.recipients:
        if recipient.email.casefold() == address:
            return None, recipient.post
    return None, ""


def is_known(address: str, office: Office, on: date) -> bool:
    """Whether office.toml has that address, for somebody who holds a post on that day or who is sent letters."""
    known = {one.email.casefold() for one in office.people if one.holds_on(on)} | {
        one.email.casefold() for one in office.recipients
    }
    return bool(address) and address.casefold() in known


def proposals_of(reply: Reply, rows: Sequence[RegisterRow]) -> tuple[tuple[Proposal, ...], tuple[str, ...]]:
    """What it proposes for the rows that it names, and what a reader ought to know of it.

    What is filled in in a form says whether a row is complete; every passage about a row is kept with it. What a machine wrote proposes nothing.
    """
    if reply.kind is not ReplyKind.LETTER:
        return (), ()
    named = NamedRows(rows)
    said = said_of(reply, named)
    remarks = [*said.remarks]
    found: dict[str, Proposal] = {}
    for line in reply.lines:
        row = named.row(line.ref)
        if PLACE_IN in line.ref:
            found[line.ref] = Proposal("", line.ref, Saying.UPDATE, line.update)
        elif row is None:
            remarks.append(f"It names {line.ref}, which the register does not have.")
        else:
            twice = found.get(row.ref, Proposal(row.sheet, row.ref, Saying.COMPLETE, ""))
            saying = Saying.COMPLETE if line.complete and twice.saying is Saying.COMPLETE else Saying.UPDATE
            both = ((twice.words, line.update), (twice.evidence, line.evidence))
            found[row.ref] = Proposal(row.sheet, row.ref, saying, *("\n".join(filter(None, one))[:_LONGEST] for one in both))
    for ref, words in said.words.items():
        row, before = named.rows[ref], found.get(ref)
        answers, signs = zip(*map(signed, words), strict=True)
        text = "\n\n".join((*((before.words,) if before is not None and before.words else ()), *answers))
        # Complete only where plain words say so and nothing in them doubts it.
        plain = named.without_references(_LINK.sub(" ", "\n".join(answers)))
        done = (ActionState.PROPOSED in signs or _DONE.search(plain)) and ActionState.OPEN not in signs
        said_so = Saying.COMPLETE if done and not _DOUBT.search(plain) else Saying.UPDATE
        saying = before.saying if before is not None else said_so
        links = (one.rstrip(").,;") for one in _LINK.findall(text))
        evidence = "\n".join(dict.fromkeys(filter(None, (before.evidence if before else "", *links))))
        found[ref] = Proposal(row.sheet, ref, saying, text[:_LONGEST], evidence[:_LONGEST])
    asked = (replace(one, against=_against(named.rows[one.ref], one, named)) if one.sheet else one for one in found.values())
    return tuple(asked), tuple(dict.fromkeys(remarks))


def _against(row: RegisterRow, said: Proposal, named: NamedRows) -> str:
    """The question that a reply raises which says of a row what the register does not: that it goes on, or that it was settled before."""
    state, words = row.text(Heading.STATE).strip() or ActionState.OPEN.value, named.without_references(said.words)
    goes_on = said.saying is Saying.UPDATE and (told_state(words) is ActionState.OPEN or _GOES_ON.search(words) is not None)
    settled = _WAS_SETTLED.search(words)
    if goes_on and state.casefold() in (*_SETTLED, MatterState.DISCHARGED.value):
        asks = f"it goes on: which holds? Accepting keeps the words, and leaves it {state}"
    elif settled is not None and state.casefold() in (*_LIVE, MatterState.CARRIED.value):
        asks = f"it was {settled['how'].lower()} already: by whom, and when? Accepting keeps the words"
    else:
        return ""
    return f"{row.ref} is {state} in the register, and this says that {asks}."


def accepted_changes(
    row: RegisterRow, reply: ReplyKept, proposal: Proposal, office: Office, received: date
) -> tuple[CellChange, ...]:
    """What accepting changes in the row: its own words with who said them and when, below what stands there already."""
    plain = " ".join((proposal.words or proposal.evidence or reply.title).split())
    said = f'{_whose(reply, office, received)}: "{plain[:500]}{"..." if len(plain) > 500 else ""}"'
    shown = [proposal.evidence] if proposal.evidence else []
    shown += [f"Attached to it: {', '.join(one.name for one in reply.attached)}"] if _is_attached_for(proposal, reply) else []
    seen = f"{_whose(reply, office, received)}{''.join(f'. {one}' for one in shown)}."
    complete = proposal.saying is Saying.COMPLETE
    if row.sheet == SheetName.MATTERS:
        added = {Heading.EVIDENCE: ". ".join((said, *shown))}
    else:
        added = {Heading.UPDATE: said, Heading.EVIDENCE: seen if complete or shown else ""}
    changes = [CellChange(heading, row.text(heading), below(row.text(heading), text)) for heading, text in added.items() if text]
    if row.sheet == SheetName.ACTIONS and complete and row.text(Heading.STATE).strip().casefold() not in _SETTLED:
        changes.insert(0, CellChange(Heading.STATE, row.text(Heading.STATE), ActionState.PROPOSED.value))
    return tuple(changes)


_FIGURE = re.compile(r"(?<![\w.])(?<!not )(?:\u00a3\s?)?(?P<value>-?\d[\d,]*(?:\.\d+)?)")
_RIGHT = re.compile(
    r"(?i)\W*(?:(?:yes|it|this|that|the figure|figure|is|all)\W+)*(?:right|correct|confirmed|accurate|true|genuine|as it stands|no change|ok(?:ay)?)\b"
)


def figure_said(words: str) -> tuple[bool, float | None]:
    """Whether an answer says what a figure is, and the figure: its first word or its only number; None where the one that is there is right."""
    if _RIGHT.match(words):
        return True, None
    found = [(one.start(), float(one["value"].replace(",", ""))) for one in _FIGURE.finditer(words)]
    told = [value for start, value in found if not words[:start].strip() or len(found) == 1]
    return bool(told), next(iter(told), None)


def _is_attached_for(proposal: Proposal, reply: ReplyKept) -> bool:
    """Whether what hangs on the reply is about this row: it says so, or is about nothing else."""
    return bool(reply.attached) and (
        len(reply.proposals) < 2 or re.search(r"\b(?:attach|enclos)", proposal.words, re.IGNORECASE) is not None
    )


def _whose(reply: ReplyKept, office: Office, received: date) -> str:
    post = office.post(reply.post)
    who = reply.name or reply.address or "no sender named"
    day = reply.sent.date() if reply.sent is not None else received
    return f"Reply of {long_date(day)}, {who}{f', {post.abbreviation}' if post is not None else ''}"

"""What a reply says of the register: bound by the references that it names and by who sent it, in its own words. Nothing is guessed."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.office import Office, Person
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, SheetName
from reportpack.model.register_row import CellChange, RegisterRow
from reportpack.model.reply import Proposal, Reply, ReplyKept, Saying

_REFERENCE = re.compile(r"(?<![\w/])(?:M[1-9]\d{0,3}|[1-9]\d{0,3})/(?:19|20)\d{2}(?![\d/])", re.IGNORECASE)
"""`17/2022`, `M3/2019`; not what stands in a date, as in 28/05/2019."""
_DONE = re.compile(r"\b(?:complete|completed|done|finished|implemented|delivered|discharged|closed)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:not|no|never|nothing|cannot|in-?complete|un\w+ed|partly|partially|part|half|nearly|almost|mostly|largely|will|shall|would|could"
    r"|should|may(?! \d{4})|might|to be|being|becoming|until|till|once|when|if|unless|after|before|subject to|awaiting|pending|expect\w*"
    r"|hop(?:e|es|ed|ing)|aim\w*|plan(?:s|ned|ning)? to|due|target\w*|soon|shortly|yet|still|except|but|however|question\w*|per ?cent"
    r"|by (?:the |end|mid|next|\d|\w+day\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))\b|\bby (?:\d|end)|%|\?|n['\u2019]t\b",
    re.IGNORECASE,
)
"""What makes plain words less than plain: then it is news, and a person reads it."""
_LONGEST = 2_000
_SHEETS = (SheetName.ACTIONS, SheetName.MATTERS)
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
    """What it proposes for the rows that it names, a form's cells before free words; and what it names that the register does not have."""
    by_ref = {row.ref.upper(): row for row in rows if row.sheet in _SHEETS and row.ref}
    found: dict[str, Proposal] = {}
    unknown: dict[str, None] = {}
    for line in reply.lines:
        row = by_ref.get(line.ref.upper())
        if row is None:
            unknown[line.ref] = None
        else:
            saying = Saying.COMPLETE if line.complete else Saying.UPDATE
            found[row.ref] = Proposal(row.sheet, row.ref, saying, line.update[:_LONGEST], line.evidence[:_LONGEST])
    for ref, words in _named(reply):
        row = by_ref.get(ref.upper())
        if row is None:
            unknown[ref] = None
        elif row.ref not in found:
            found[row.ref] = Proposal(row.sheet, row.ref, _saying(words), words[:_LONGEST])
    return tuple(found.values()), tuple(f"It names {ref}, which the register does not have." for ref in unknown)


def _named(reply: Reply) -> Iterator[tuple[str, str]]:
    """Each reference with the words about it; one that only the heading names has all the words."""
    blocks = list(_blocks(reply.text))
    in_text = {ref for refs, _ in blocks for ref in refs}
    for refs, words in blocks:
        for ref in refs:
            yield ref, words
    for ref in _REFERENCE.findall(reply.title):
        if ref not in in_text:
            yield ref, (reply.text or reply.title).strip()


def _blocks(text: str) -> Iterator[tuple[list[str], str]]:
    """From a line that names something to the next that does, or to an empty line."""
    refs: list[str] = []
    words: list[str] = []
    for line in [*text.split("\n"), ""]:
        here = _REFERENCE.findall(line)
        if (here or not line.strip()) and refs:
            yield refs, "\n".join(words).strip()
            refs, words = [], []
        if here or refs:
            refs, words = refs or here, [*words, line]


def _saying(words: str) -> Saying:
    """Complete only where plain words say so and nothing in them doubts it."""
    plain = _REFERENCE.sub(" ", words)
    return Saying.COMPLETE if _DONE.search(plain) and not _DOUBT.search(plain) else Saying.UPDATE


def accepted_changes(
    row: RegisterRow, reply: ReplyKept, proposal: Proposal, office: Office, received: date
) -> tuple[CellChange, ...]:
    """What accepting changes in the row: its own words with who said them and when, below what stands there already."""
    said = _quoted(reply, proposal.words or proposal.evidence or reply.title, office, received)
    shown = [proposal.evidence] if proposal.evidence else []
    shown += [f"Attached to it: {', '.join(one.name for one in reply.attached)}"] if _is_attached_for(proposal, reply) else []
    seen = f"{_whose(reply, office, received)}{''.join(f'. {one}' for one in shown)}."
    complete = proposal.saying is Saying.COMPLETE
    if row.sheet == SheetName.MATTERS:
        added = {Heading.EVIDENCE: ". ".join((said, *shown))}
    else:
        added = {Heading.UPDATE: said, Heading.EVIDENCE: seen if complete or shown else ""}
    changes = [CellChange(heading, row.text(heading), _below(row.text(heading), text)) for heading, text in added.items() if text]
    if row.sheet == SheetName.ACTIONS and complete and row.text(Heading.STATE).strip().casefold() not in _SETTLED:
        changes.insert(0, CellChange(Heading.STATE, row.text(Heading.STATE), ActionState.PROPOSED.value))
    return tuple(changes)


def _is_attached_for(proposal: Proposal, reply: ReplyKept) -> bool:
    """Whether what hangs on the reply is about this row: it says so, or is about nothing else."""
    return bool(reply.attached) and (
        len(reply.proposals) < 2 or re.search(r"\b(?:attach|enclos)", proposal.words, re.IGNORECASE) is not None
    )


def _below(there: str, text: str) -> str:
    return "\n".join(one for one in (there.rstrip(), text) if one)


def _whose(reply: ReplyKept, office: Office, received: date) -> str:
    post = office.post(reply.post)
    who = reply.name or reply.address or "no sender named"
    day = reply.sent.date() if reply.sent is not None else received
    return f"Reply of {long_date(day)}, {who}{f', {post.abbreviation}' if post is not None else ''}"


def _quoted(reply: ReplyKept, words: str, office: Office, received: date) -> str:
    plain = " ".join(words.split())
    return f'{_whose(reply, office, received)}: "{plain[:500]}{"..." if len(plain) > 500 else ""}"'

"""What a reply says of the register: bound by the references that it names and by who sent it, in its own words. Nothing is guessed."""

from collections.abc import Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.merge.reply_passages import NamedRows, said_of
from reportpack.model.action import ActionState
from reportpack.model.office import Office, Person
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, SheetName
from reportpack.model.register_row import CellChange, RegisterRow
from reportpack.model.reply import Proposal, Reply, ReplyKept, ReplyKind, Saying

_DONE = re.compile(r"\b(?:complete|completed|done|finished|implemented|delivered|discharged|closed)\b", re.IGNORECASE)
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
        if row is None:
            remarks.append(f"It names {line.ref}, which the register does not have.")
        else:
            saying = Saying.COMPLETE if line.complete else Saying.UPDATE
            found[row.ref] = Proposal(row.sheet, row.ref, saying, line.update[:_LONGEST], line.evidence[:_LONGEST])
    for ref, words in said.words.items():
        row, before = named.rows[ref], found.get(ref)
        text = "\n\n".join((*((before.words,) if before is not None and before.words else ()), *words))
        saying = before.saying if before is not None else _saying("\n".join(words), named)
        evidence = "\n".join(dict.fromkeys(one for one in (before.evidence if before else "", *_links(text)) if one))
        found[ref] = Proposal(row.sheet, ref, saying, text[:_LONGEST], evidence[:_LONGEST])
    return tuple(found.values()), tuple(dict.fromkeys(remarks))


def _links(text: str) -> list[str]:
    """Where what it says can be seen."""
    return [one.rstrip(").,;") for one in _LINK.findall(text)]


def _saying(words: str, named: NamedRows) -> Saying:
    """Complete only where plain words say so and nothing in them doubts it."""
    plain = named.without_references(_LINK.sub(" ", words))
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

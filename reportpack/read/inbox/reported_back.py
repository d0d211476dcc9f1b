"""A letter of ours that came back, told by a person: the delivery failure stands in the words of their letter, and no machine's parts hang on it."""

from collections.abc import Sequence

from reportpack import patterns as re
from reportpack.model.outbox import Delivery
from reportpack.model.reply import DeliveryTold
from reportpack.read.inbox.own_words import LetterLine, begins_letter, head_of, without_prefix

MESSAGE_ID = re.compile(r"<[^<>@\s]{1,250}@[^<>@\s]{1,250}>")
BACK_TITLE = re.compile(
    r"(?i)\s*(?:undeliver|returned mail|mail delivery fail|delivery (?:status notification|has failed|failure)|failure notice"
    r"|warning: (?:message \S+ delayed|could not send)|delayed mail|delivery delayed|message status - undeliverable|mail system error"
    r"|email delivery failure|unzustellbar|non (?:remis|distribuable)|onbestelbaar|no se puede entregar|impossibile recapitare|ni ellir"
    r"|zustellung verzögert|remise (?:différée|retardée))"
)
LATE_TITLE = re.compile(r"(?i)(?:delivery |message \S+ )?delayed\b|\bverzögert|remise (?:différée|retardée)")
_MACHINE = re.compile(
    r"(?i)mailer-daemon|postmaster|microsoft ?(?:outlook|exchange)|mail delivery (?:sub)?system|(?:system|mail) administrator"
)
_FAILED = re.compile(
    r"(?i)\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|this is the mail system at|created automatically by mail delivery software"
    r"|\b(?:your message|message that you sent)\b.{0,80}(?:n.t|not) be(?:en)? delivered|delivery has failed to these recipients"
)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def reported_back(lines: Sequence[LetterLine], title: str) -> tuple[DeliveryTold, int] | None:
    """What is told of a letter that came back, and how many lines above it are the sender's own. The words must be a mail server's: by who wrote them, or, where no head says who, by what they say."""
    flat = [LetterLine(line.text) for line in lines]
    heads = [tuple(part.strip() for part in head_of(line).partition(":")[::2]) for line in flat]
    titles = [without_prefix(title), *(words for name, words in heads if name.lower() == "subject")]
    if not any(BACK_TITLE.match(one) for one in titles):
        return None
    begins = [at for at, line in enumerate(lines) if line.depth or begins_letter(flat, at) or _FAILED.search(line.text)]
    rest = "\n".join(line.text for line in lines[begins[0] :]) if begins else ""
    writers = [words for name, words in heads if name.lower() == "from"]
    writers += [line.text for line in lines if line.text.rstrip().endswith((" wrote:", ">>>"))]
    if not (any(map(_MACHINE.search, writers)) or (BACK_TITLE.match(titles[0]) and not writers and _FAILED.search(rest))):
        return None
    subjects = {*titles, *(one.partition(":")[2].strip() for one in titles if BACK_TITLE.match(one))}
    late = any(map(LATE_TITLE.match, titles)) and not _FAILED.search(rest)
    addresses = tuple(dict.fromkeys(one.casefold() for one in _ADDRESS.findall(rest)))
    outcome = Delivery.LATE if late else Delivery.CAME_BACK
    told = DeliveryTold(outcome, addresses, tuple(MESSAGE_ID.findall(rest)), "", tuple(sorted(subjects - {""})))
    return (told, begins[0]) if begins else None

"""Who gets which document in which edition, as the settings have it, before anything is released."""

from datetime import date

from reportpack.compose.letters import DOCUMENT_GETS, recipients_for
from reportpack.model.edition import Audience
from reportpack.model.office import Office, Side
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """One person: what they get (the words of the settings), in which edition, for which post; `ours` where the post is the office's."""

    name: str
    email: str
    post: str
    edition: Audience
    gets: tuple[str, ...]
    ours: bool


def readers_of(office: Office, series: str, document: str, today: date) -> tuple[Reader, ...]:
    """Everybody who gets something of that document today, in the order of the settings; nobody twice."""
    found: dict[tuple[str, Audience], Reader] = {}
    for one in recipients_for(office, series):
        wanted = tuple(
            each.value for each in one.gets if each is DOCUMENT_GETS[document] or each.value in ("own sheet", "reply form")
        )
        post = office.post(one.post)
        ours = post is not None and post.side is Side.OFFICE
        people = (
            [(one.name, one.email)] if one.email else [(each.name, each.email) for each in office.holders_on(one.post, today)]
        )
        for name, email in people:
            if wanted:
                title = post.title if post is not None else ""
                found.setdefault((email, one.edition), Reader(name or title, email, title, one.edition, wanted, ours))
    return tuple(found.values())

"""Whom letters go to, by post on a day (nobody is guessed), and where each letter stands, from everything that the ledger has of it."""

from collections.abc import Callable, Iterable
from datetime import date

from reportpack.model import outbox as model
from reportpack.model.edition import Audience
from reportpack.model.event import LETTER_KINDS, Event
from reportpack.model.letter import Addressee
from reportpack.model.office import Gets, Office, Recipient, Side

_ATTEMPTS = (model.AttemptBegun, model.AttemptEnded, model.LetterRehearsed)


def letters_standing(events: Iterable[Event]) -> tuple[model.LetterStanding, ...]:
    """One for each letter that was ever queued, in the order in which they were."""
    by_letter: dict[str, list[Event]] = {}
    for event in events:
        if isinstance(event.what, LETTER_KINDS):
            by_letter.setdefault(event.subject, []).append(event)
    found = (letter_standing(of_one) for of_one in by_letter.values())
    return tuple(one for one in found if one is not None)


def letter_standing(events: Iterable[Event]) -> model.LetterStanding | None:
    """Where one letter stands after its events, oldest first; None for one that was never queued."""
    events = tuple(events)
    happened = [one.what for one in events if isinstance(one.what, LETTER_KINDS)]
    queued = next((one for one in reversed(happened) if isinstance(one, model.LetterQueued)), None)
    if queued is None:
        return None
    counts = [one for one in events if not isinstance(one.what, _ATTEMPTS)]
    attempts = [one for one in events if isinstance(one.what, model.AttemptBegun)]
    told = [one for one in events if not isinstance(one.what, model.LetterQueued)]
    return model.LetterStanding(
        queued=queued,
        state=model.state_after(happened),
        reply=_reply(happened),
        mark=counts[-1].number,
        attempts=len(attempts),
        last=(told or events)[-1].recorded,
        who=next((one.who for one in reversed(events) if isinstance(one.what, model.LetterSettled) and one.who), ""),
        rehearsed=any(isinstance(one, model.LetterRehearsed) for one in happened),
    )


def _reply(happened: Iterable[model.LetterEvent]) -> str:
    """What was said last: by the server, or by the person who settled it."""
    words = ""
    for one in happened:
        match one:
            case model.AttemptBegun():
                words = "the run that was handing it over has not said what came of it"
            case model.AttemptEnded(reply=reply):
                words = reply
            case model.LetterReported(outcome=outcome, words=said):
                words = f"{outcome.value}: {said}" if said else outcome.value
            case model.LetterSettled(sent=sent, why=why, again=again):
                words = why or ("to be sent again" if again else "settled as sent" if sent else "settled as not sent")
            case _:
                pass
    return words


def asked(office: Office, day: date, series: str = "") -> tuple[Addressee, ...]:
    """Everybody of the force who is sent reminders or the pack: the commissioning note is for them."""
    sides = {post.id: post.side for post in office.posts}
    return _addressees(
        office,
        day,
        lambda one: sides.get(one.post) is Side.FORCE and {Gets.REMINDERS, Gets.PACK} & set(one.gets) != set(),
        series,
    )


def reminded(office: Office, day: date, post: str, series: str = "") -> tuple[Addressee, ...]:
    """Whoever gets the reminders of that post."""
    return _addressees(office, day, lambda one: one.post == post and Gets.REMINDERS in one.gets, series)


def invited(office: Office, day: date, series: str) -> tuple[Addressee, ...]:
    """Everybody who has the meetings of that series in their calendar."""
    return _addressees(office, day, lambda one: Gets.CALENDAR in one.gets, series)


def officers(office: Office, day: date, post: str) -> tuple[Addressee, ...]:
    """Who holds the post that is told what the machine did."""
    return tuple(Addressee(one.name, one.email, post, Audience.OFFICE) for one in office.holders_on(post, day) if one.email)


def _addressees(office: Office, day: date, wanted: Callable[[Recipient], bool], series: str) -> tuple[Addressee, ...]:
    """Each address once, in the order of the settings; the first recipient with it says what may be read."""
    found: dict[str, Addressee] = {}
    for one in office.recipients:
        if not wanted(one) or (series and one.series and series not in one.series):
            continue
        holders = [(each.name, each.email) for each in office.holders_on(one.post, day) if each.email]
        for name, email in [(one.name or one.email, one.email)] if one.email else holders:
            found.setdefault(email.casefold(), Addressee(name, email, one.post, one.edition))
    return tuple(found.values())

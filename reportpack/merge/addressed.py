"""Who is asked, reminded and chased: recipients by post on a day, each with an address. Nobody is guessed."""

from collections.abc import Callable, Iterator
from datetime import date

from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee
from reportpack.model.office import Gets, Office, Recipient, Side


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
        if wanted(one) and (not series or not one.series or series in one.series):
            for each in _people(office, day, one):
                found.setdefault(each.email.casefold(), each)
    return tuple(found.values())


def _people(office: Office, day: date, recipient: Recipient) -> Iterator[Addressee]:
    if recipient.email:
        yield Addressee(recipient.name or recipient.email, recipient.email, recipient.post, recipient.edition)
        return
    for person in office.holders_on(recipient.post, day):
        if person.email:
            yield Addressee(person.name, person.email, recipient.post, recipient.edition)

"""`reportpack why`: whether something stands in an edition, and which setting in which file says so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from reportpack.cli.options import Asked, asks, named, told
from reportpack.cli.say import give

if TYPE_CHECKING:
    from reportpack.model.edition import Claim, Ruling
    from reportpack.run.why import WhyAnswer


@asks("edition", "json")
def why(
    asked: Asked,
    ref: Annotated[list[str], named("REF...", "A reference such as 4/2019, the number of an agenda item, a measure or a topic.")],
    meeting: Annotated[str, told("--meeting", "MEETING", "Whose agenda is meant (default: the next).")] = "",
) -> None:
    """Say whether something stands in an edition, and which setting in which file says so. Without --edition, for all of them."""
    from reportpack.run.why import WhyRequest
    from reportpack.run.why import why as ask

    found = ask(asked.folders, WhyRequest(" ".join(ref), asked.edition, meeting, asked.today))
    lines = (f"  {line}" for ruling in found.rulings for line in _lines(ruling, found))
    give(found, (f"{found.name}:", *lines), as_json=asked.json)


def _lines(ruling: "Ruling", found: "WhyAnswer") -> Iterator[str]:
    from reportpack.model.edition import edition_title

    edition = edition_title(ruling.edition)
    if ruling.shown:
        yield f"{edition}: shown, because {_and(ruling.claims)}."
    elif ruling.edition in found.released_to:
        yield f"{edition}: shown, because a person released it word by word; otherwise {_and(ruling.closed_by)}."
    else:
        yield f"{edition}: withheld, because {_and(ruling.closed_by)}."
        if found.public_title:
            yield f'In its place stands "{found.public_title}".'
        if ruling.reason:
            yield f'The reason that its readers are told: "{ruling.reason}"'
        else:
            yield "No reason is told, for nobody has given one: `withheld` at its topic, agenda line, paper or measure."


def _and(claims: "tuple[Claim, ...]") -> str:
    return ", and ".join(f'{one.what} is for "{one.audience}" ({one.where or "no file says otherwise"})' for one in claims)

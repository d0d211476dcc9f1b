"""Why a release is refused: something has changed since the person looked, the register is in conflict, a query is open."""

from collections.abc import Sequence

from reportpack.compose.topics import known_by, office_lines
from reportpack.drive_files import sha256_of
from reportpack.errors import RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.model.edition import Audience, Part, may_read, shows
from reportpack.model.event import Build, Event, FileRole, RowChange
from reportpack.model.finding import Findings
from reportpack.model.judgement import Cell
from reportpack.model.meeting import Meeting
from reportpack.model.observation import FigureAnswered
from reportpack.model.pack import Pack
from reportpack.model.release import ReleasedLine
from reportpack.render.element import image_sources
from reportpack.run.look import read_look
from reportpack.run.office_files import REGISTER, Folders, kept_text
from reportpack.run.pack import DRAFT, Composed, Prepared, lay_out
from reportpack.run.register.protected_copy import ROWS, rows_text

_LOOKS = (FileRole.THEME, FileRole.ASSET)


def refuse_exposed(findings: Findings, edition: Audience) -> None:
    """Small numbers that follow from what was printed before, whatever else is hidden now, do not go out a second time."""
    shown = [one for one in findings.exposed if (of := findings.of(one.measure)) and may_read(edition, of.measure.audience)]
    if shown:
        raise RefusedError(
            f"The {edition} edition would give small numbers away together with what was printed before: {_named(shown)}.",
            "Nothing that could be hidden is left to hide them. Set the audience of the measure to those who may know them, or leave out "
            "its areas, in measures.toml, and build the pack again.",
        )


def refuse_given_away(cells: Sequence[Cell], meeting: Meeting) -> None:
    """A version is checked again as it is published: something else may have left the office since it was released."""
    if cells:
        raise RefusedError(
            f"Beside what was published since, the pack of {meeting.id} would give small numbers away: it prints {_named(cells)}.",
            Remedy("Build it again, look at it, release it:", "pack", meeting.id, edition="public"),
        )


def _named(cells: Sequence[Cell]) -> str:
    more = f" and {len(cells) - 5} more" if len(cells) > 5 else ""
    return "; ".join(f"{one.measure}, {one.area}, {one.period.label}" for one in cells[:5]) + more


def refuse_unreadable(lines: Sequence[ReleasedLine], pack: Pack) -> None:
    """A released line that the edition does not print is told, not dropped."""
    printed = known_by(office_lines(pack))
    for one in lines:
        if (one.place, one.words) not in printed:
            raise RefusedError(
                f'The line {one.id} ("{one.words[:80]}") cannot stand in the {pack.edition} edition: its topic or its figures are not '
                "for those readers, or the line has changed.",
                "Release the lines anew: name those that are to go with --lines, or --lines none.",
            )


def reference(ledger: Ledger, meeting: Meeting, edition: Audience, own: Audience) -> Event:
    """The build that the person looked at: of that edition, else of the series' own."""
    build = ledger.last_build(meeting.id, edition)
    if build is None and shows(edition, Part.SEEN_IN_ANOTHER):
        build = ledger.last_build(meeting.id, own)
    if build is None and edition is not own:
        found = f"The {edition} edition for {meeting.id} has not been built and recorded yet, so nobody has seen it."
        raise RefusedError(found, Remedy("Build it and look at it, then release it:", "pack", meeting.id, edition=edition.value))
    if build is None:
        found = f"No pack for {meeting.id} has been built and recorded yet."
        raise RefusedError(found, Remedy("Build it and look at it, then release it:", "pack", meeting.id))
    return build


def build_of(event: Event) -> Build:
    """The build that the event records."""
    if not isinstance(event.what, Build):
        raise TypeError(event.what)
    return event.what


def refuse_changed(seen: Event, today: Prepared, ledger: Ledger) -> None:
    """Whether something that people put in differs from what that build was made of."""
    build = build_of(seen)
    then = {one.name: one.sha256 for one in build.files_of(FileRole.INPUT) if one.name != REGISTER}
    now = {one.file: one.sha256 for one in today.gathered.inputs.files if one.file != REGISTER}
    changed = sorted({*then.items()} ^ {*now.items()})
    names = list(dict.fromkeys(name for name, _ in changed))
    if _register_changed(seen, today, ledger):
        names.append(REGISTER)
    if ledger.since(seen.number, FigureAnswered):
        names.append("what was answered about figures")
    if names:
        which = {"edition": build.edition.value} if build.edition is not today.own else {}
        others = f" and {len(names) - 3} more" if len(names) > 3 else ""
        found = f"Since the pack was last built, what it is made of has changed: {', '.join(names[:3])}{others}."
        raise RefusedError(found, Remedy("Build it, look at it, then release it:", "pack", build.meeting, **which))


def _register_changed(seen: Event, today: Prepared, ledger: Ledger) -> bool:
    """By the rows themselves where the build kept them, else by what was recorded since."""
    standing = today.gathered.standing
    rows = kept_text(ledger, seen, FileRole.RECORD, ROWS)
    if rows is not None and today.gathered.on == build_of(seen).on:
        return rows != rows_text(standing.rows)
    recorded = any(one.number > seen.number and isinstance(one.what, RowChange) for one in ledger.register_events())
    return recorded or bool(standing.merge is not None and standing.merge.changes)


def refuse_other_pages(
    folders: Folders, ledger: Ledger, seen: Event, then: Prepared, edition: Audience, lines: Sequence[ReleasedLine], number: int
) -> None:
    """Whether the same words would stand on the same-looking pages; the edition that was built is the one that was looked at. `number` is the last
    released version, 0 before the first."""
    build = build_of(seen)
    if build.edition is not edition:
        return
    versions = (DRAFT, *((f"v{number}",) if number else ()))
    kept = kept_text(ledger, seen, FileRole.PAGE_SOURCE)
    ways = (lay_out(folders, then, edition, version, lines) for version in versions)
    composed = next((one for one in ways if one.page_source.encode() == kept), None)
    what = ""
    if composed is None:
        what = "its words, its templates or the program have"
    elif _look(folders, composed) != [one.sha256 for role in _LOOKS for one in build.files_of(role)]:
        what = "the theme or a picture has"
    if what:
        found = f"The {edition} edition would not be the one that was last built: {what} changed."
        raise RefusedError(found, Remedy("Build it, look at it, then release it:", "pack", build.meeting, edition=edition.value))


def _look(folders: Folders, composed: Composed) -> list[str]:
    look = read_look(folders.templates, image_sources(composed.document))
    return [*(sha256_of(one) for one in look.texts), *(sha256_of(data) for _, data in sorted(look.assets.items()))]

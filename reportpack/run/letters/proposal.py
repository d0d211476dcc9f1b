"""What a person is shown before a release, who reads it, and why it is refused: nothing here is recorded or written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from reportpack.compose.letters import DOCUMENT_GETS, recipients_for
from reportpack.compose.topics import known_by, office_lines
from reportpack.drive_files import sha256_of
from reportpack.errors import RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.model.edition import Audience, Part, may_read, shows
from reportpack.model.event import Build, Event, FileRole, RowChange, Undone
from reportpack.model.finding import Findings
from reportpack.model.judgement import Cell
from reportpack.model.meeting import Meeting
from reportpack.model.observation import FigureAnswered
from reportpack.model.office import Office
from reportpack.model.pack import Pack
from reportpack.model.release import Released, ReleasedLine
from reportpack.records import Record
from reportpack.render.element import image_sources
from reportpack.run.look import read_look
from reportpack.run.office_files import REGISTER, Folders, kept_text
from reportpack.run.pack import DRAFT, Briefing, lay_out
from reportpack.run.register.export import ROWS, rows_text

LINES = "lines"  # Releasing lines alone: before there is a pack to release, for what the force is told beforehand.
_LOOKS = (FileRole.THEME, FileRole.ASSET)


class Reader(Record):
    """One person: what they get (the words of the settings), in which edition, for which post."""

    name: str
    email: str
    post: str
    edition: Audience
    gets: tuple[str, ...]


def readers_of(office: Office, series: str, document: str, today: date) -> tuple[Reader, ...]:
    """Everybody who gets something of that document today, in the order of the settings; nobody twice."""
    found: dict[tuple[str, Audience], Reader] = {}
    of_document = DOCUMENT_GETS[document]
    for one in recipients_for(office, series):
        wanted = tuple(each.value for each in one.gets if each in of_document)
        post = office.post(one.post)
        title = post.title if post is not None else ""
        holders = [(each.name, each.email) for each in office.holders_on(one.post, today)]
        for name, email in ([(one.name, one.email)] if one.email else holders) if wanted else ():
            found.setdefault((email, one.edition), Reader(name or title, email, title, one.edition, wanted))
    return tuple(found.values())


class ReleaseOrder(Record):
    """What is to be released: no editions mean those that the recipients need; `lines` None leaves the lines as they are.

    What was released by the event `doubted` may have been given to somebody elsewhere.
    """

    meeting: str
    document: str
    editions: tuple[Audience, ...]
    lines: tuple[str, ...] | None
    by: str
    now: datetime
    today: date
    doubted: int = 0


class Proposed(Record):
    """One edition as it would be released. `same` when that is what was released last; `seen` when it was built by itself before."""

    release: Released
    data: Mapping[str, bytes]
    title: str
    withheld: int
    same: bool = False
    seen: bool = True
    owners: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # where names of what is held back stand still


class Releasing(Record):
    """Everything that would be released; nothing is recorded or written yet."""

    meeting: Meeting
    office: Office
    document: str
    editions: tuple[Proposed, ...]
    lines: tuple[ReleasedLine, ...]
    lines_changed: bool
    ledger_size: int
    offered: tuple[ReleasedLine, ...] = ()
    paths: tuple[Path, ...] = ()  # where it lies once it is released
    unused: tuple[str, ...] = ()  # what lies in performance/ and no measure takes

    @property
    def nothing_new(self) -> bool:
        """Whether all of it is released already."""
        return all(one.same for one in self.editions) and not self.lines_changed


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
        away = f"the pack of {meeting.id} would give small numbers away: it prints {_named(cells)}"
        remedy = Remedy("Build it again, look at it, release it:", "pack", meeting.id, edition="public")
        raise RefusedError(f"Beside what was published since, {away}.", remedy)


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
    if build is not None:
        return build
    if edition is not own:
        found = f"The {edition} edition for {meeting.id} has not been built and recorded yet, so nobody has seen it."
        raise RefusedError(found, Remedy("Build it and look at it, then release it:", "pack", meeting.id, edition=edition.value))
    found = f"No pack for {meeting.id} has been built and recorded yet."
    raise RefusedError(found, Remedy("Build it and look at it, then release it:", "pack", meeting.id))


def build_of(event: Event) -> Build:
    """The build that the event records."""
    if not isinstance(event.what, Build):
        raise TypeError(event.what)
    return event.what


def refuse_changed(seen: Event, today: Briefing, ledger: Ledger) -> None:
    """Whether something that people put in differs from what that build was made of."""
    build, gathered = build_of(seen), today.gathered
    then = {(one.name, one.sha256) for one in build.files_of(FileRole.INPUT)}
    now = {(one.file, one.sha256) for one in gathered.inputs.files}
    names = list(dict.fromkeys(name for name, _ in sorted(then ^ now) if name != REGISTER))
    rows = kept_text(ledger, seen, FileRole.RECORD, ROWS)
    if rows is not None and gathered.on == build.on:
        register_changed = rows != rows_text(gathered.standing.rows)
    else:  # by what was recorded since, where the build kept no rows
        recorded = any(one.number > seen.number and isinstance(one.what, RowChange) for one in ledger.register_events())
        register_changed = recorded or bool(gathered.standing.merge is not None and gathered.standing.merge.changes)
    names += [REGISTER] if register_changed else []
    answers = {one.number for one in ledger.of_kinds(FigureAnswered)}
    since = {getattr(one.what, "event", one.number) for one in ledger.since(seen.number, FigureAnswered, Undone)}
    names += ["what was answered about figures"] if since & answers else []
    if names:
        which = {"edition": build.edition.value} if build.edition is not today.own else {}
        others = f" and {len(names) - 3} more" if len(names) > 3 else ""
        found = f"Since the pack was last built, what it is made of has changed: {', '.join(names[:3])}{others}."
        raise RefusedError(found, Remedy("Build it, look at it, then release it:", "pack", build.meeting, **which))


def refuse_other_pages(
    folders: Folders, ledger: Ledger, seen: Event, then: Briefing, edition: Audience, lines: Sequence[ReleasedLine], number: int
) -> None:
    """Whether the same words would stand on the same-looking pages; the edition that was built is the one that was looked at. `number` is the last
    released version, 0 before the first."""
    build = build_of(seen)
    if build.edition is not edition:
        return
    kept = kept_text(ledger, seen, FileRole.PAGE_SOURCE)
    versions = (DRAFT, *((f"v{number}",) if number else ()))
    ways = (lay_out(folders, then, edition, version, lines) for version in versions)
    composed = next((one for one in ways if one.laid_out.source.encode() == kept), None)
    what = "its words, its templates or the program have"
    if composed is not None:
        look = read_look(folders.templates, image_sources(composed.laid_out.document), folders.pdf)
        seen_then = [one.sha256 for role in _LOOKS for one in build.files_of(role)]
        if [*map(sha256_of, look.texts), *(sha256_of(data) for _, data in sorted(look.assets.items()))] == seen_then:
            return
        what = "the theme or a picture has"
    found = f"The {edition} edition would not be the one that was last built: {what} changed."
    raise RefusedError(found, Remedy("Build it, look at it, then release it:", "pack", build.meeting, edition=edition.value))

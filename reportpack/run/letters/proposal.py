"""What a person is shown before a release, and what every release is made of: nothing here is recorded or written."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from reportpack.compose.commission import compose_own_sheet, compose_reply_form
from reportpack.compose.letters import own_papers_of, recipients_for
from reportpack.drive_files import sha256_of
from reportpack.ledger import Ledger
from reportpack.model.document import Output
from reportpack.model.edition import Audience
from reportpack.model.journal import versions_of
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.pack import Pack
from reportpack.model.release import Released, ReleasedFile, ReleasedLine, ReleasedRole
from reportpack.records import dataclass
from reportpack.render.sheet import reply_form_bytes
from reportpack.render.templates import Templates
from reportpack.run.letters.epochs import content_of
from reportpack.run.office_files import Folders
from reportpack.run.pack import Prepared
from reportpack.run.steps.documents import set_document
from reportpack.run.steps.released import last_release, next_version

PAGE_FILES = {ReleasedRole.PDF: Output.PDF, ReleasedRole.WEB: Output.WEB, ReleasedRole.PAGE_SOURCE: Output.PAGE_SOURCE}
APPENDIX_FILES = {ReleasedRole.APPENDIX: Output.PDF, ReleasedRole.APPENDIX_WEB: Output.WEB}


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
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


@dataclass(frozen=True, slots=True)
class Proposed:
    """One edition as it would be released. `same` when that is what was released last; `seen` when it was built by itself before."""

    release: Released
    data: Mapping[str, bytes]
    title: str
    withheld: int
    same: bool
    seen: bool
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that would be released; nothing is recorded or written yet."""

    meeting: Meeting
    office: Office
    document: str
    editions: tuple[Proposed, ...]
    lines: tuple[ReleasedLine, ...]
    lines_changed: bool
    ledger_size: int
    offered: tuple[ReleasedLine, ...] = ()
    paths: tuple[Path, ...] = ()
    """Where it lies once it is released."""
    unused: tuple[str, ...] = ()
    """What lies in performance/ and no measure takes."""

    @property
    def nothing_new(self) -> bool:
        """Whether all of it is released already."""
        return all(one.same for one in self.editions) and not self.lines_changed


@dataclass(frozen=True, slots=True)
class Made:
    """An edition set on pages: the release that it would be, the pack it is of, the bytes by their sha256, and whose sheets are with it."""

    release: Released
    pack: Pack
    data: Mapping[str, bytes]
    owners: tuple[str, ...]

    def proposed(self, release: Released, *, seen: bool, same: bool) -> Proposed:
        """What is shown of it."""
        withheld = len(self.pack.appendix.withheld)
        return Proposed(release, self.data, self.pack.title, withheld, same, seen, self.owners)


def propose(
    ledger: Ledger,
    order: ReleaseOrder,
    meeting: str,
    edition: Audience,
    made_as: Callable[[int], Made],
    is_same: Callable[[Released, Released], bool],
    *,
    seen: bool = True,
) -> Proposed:
    """The edition under the number that is its own: the last release's where it is the same, or where nobody was given that, else the next."""
    known = last_release(ledger, meeting, order.document, edition)
    given = versions_of(ledger.journal.entries, f"{meeting}/{order.document}", edition.value)
    number = known.version if known is not None else max(given, default=1)
    made = made_as(number)
    if known is not None and is_same(known, made.release):
        return made.proposed(known, seen=seen, same=True)
    if given.get(number) != content_of(
        made.release.files
    ):  # else the ledger has forgotten it, and somebody may have been given it
        version = next_version(ledger, meeting, order.document, edition, order.doubted)
        made = made if version == number else made_as(version)
    return made.proposed(made.release, seen=seen, same=False)


def own_papers(
    folders: Folders, prepared: Prepared, pack: Pack, number: int, document: str, templates: Templates
) -> tuple[list[tuple[ReleasedFile, bytes]], tuple[str, ...]]:
    """The own sheets and reply forms of this edition's recipients, and whose they are."""
    office, view = prepared.gathered.settings.office, prepared.view
    made: dict[ReleasedFile, bytes] = {}
    seen: set[tuple[ReleasedRole, str, tuple[str, ...]]] = set()
    for one in recipients_for(office, view.meeting.series):
        post = office.post(one.post)
        if one.edition is not pack.edition or post is None:
            continue
        for role, areas in own_papers_of(one):
            if (role, post.id, areas) in seen:
                continue
            seen.add((role, post.id, areas))
            if role is ReleasedRole.SHEET:
                sheet = compose_own_sheet(pack, view, office, post, areas, f"v{number}")
                data = set_document(sheet, templates, folders).files[Output.PDF]
            else:
                reply_to = office.mail.reply_to or office.mail.sender
                data = reply_form_bytes(compose_reply_form(pack, view, post, f"{document} v{number}", reply_to))
            made[ReleasedFile(role, sha256_of(data), post.id, areas)] = data
    owners = dict.fromkeys(office_post.title for file in made if (office_post := office.post(file.post)) is not None)
    return list(made.items()), tuple(owners)

"""What goes with published papers: figures and the public's rows of the register as CSV, the disclosure log, the accessibility statement, and an
index that can be searched."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.compose.audience import HasAudience, cite, claims_for
from reportpack.compose.passages import Passages, Printed
from reportpack.drive_files import sha256_of
from reportpack.ledger import Ledger
from reportpack.merge.occasions import settle_topics
from reportpack.model.edition import Audience, may_read
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.passage import HeldBack
from reportpack.model.period import long_date
from reportpack.model.register_columns import TABLES, Heading, table_of
from reportpack.model.register_row import RegisterRow
from reportpack.model.release import PublishedFile, PublishedIndex, PublishedPaper, ReleasedRole, Unreadable
from reportpack.read.papers.health import paper_health
from reportpack.read.register.reading import register_of_rows
from reportpack.render.letters import LetterTemplates
from reportpack.run.answers import as_json
from reportpack.run.office_files import Folders
from reportpack.run.register.export import as_csv
from reportpack.run.steps.released import all_releases

_COLUMNS = (
    Heading.REFERENCE, Heading.TITLE, Heading.OWNER, Heading.FROM_MEETING, Heading.RAISED_AT, Heading.SAID_AT, Heading.MEETING,
    Heading.ASKED_BY, Heading.DUE, Heading.DUE_AT_MEETING, Heading.STATE, Heading.OUTCOME, Heading.CLOSED_ON, Heading.ANSWERED, Heading.ANSWER,
)  # fmt: skip
"""Headings beside its words under which a row for the public is told, before those of columns that only some sheets have."""
_OWN = (one for table in TABLES for one in table.columns if one.prints_to and may_read(Audience.PUBLIC, one.prints_to))
_TOLD = (*_COLUMNS, Heading.PUBLISHED, *dict.fromkeys(one.heading for one in _OWN))
_UNSEEN = re.compile(r"(?s)<(script|style|head)\b.*?</\1>|<[^>]*>")


def figures_csv(record: bytes) -> bytes:
    """Every number that a pack prints, where it stands, and the published source that it is of; nothing of one that prints none."""
    told = json.loads(record)
    titles = {one["id"]: one.get("title") or one.get("file", "") for one in told["sources"]}
    rows = []
    for one in told["numbers"]:
        sources = dict.fromkeys(titles.get(source["source"], "") for source in one["sources"])
        rows.append((one["text"], str(one["value"]), one["section"], "; ".join(sources)))
    return as_csv(("Printed", "Value", "Section", "Source"), rows) if rows else b""


def public_register(
    settings: Settings, rows: Sequence[RegisterRow], held: Sequence[HeldBack]
) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """The rows that the public may read, without what is held back of their words; and of the others, never how many, the reasons that
    people gave at them or at their topics."""
    office, claims = settings.office, claims_for(settings.office, None, settings.measures)
    passages, told, left = Passages(Audience.PUBLIC, held, office), [], dict[tuple[str, str], None]()
    for row in rows:
        one, _ = settle_topics(register_of_rows([row], office, settings.measures)[0], office, settings.measures)
        every: tuple[HasAudience, ...] = (*one.matters, *one.actions, *one.commitments, *one.questions, *one.risks)
        rulings = [claims.rule(Audience.PUBLIC, each) for each in every]
        if every and all(each.shown for each in rulings):
            due = next((long_date(each.due) for each in one.risks if each.due), "")  # also where it is counted
            said = (row.text(each) or (due if each == Heading.DUE else "") for each in _TOLD)
            words = (row.sheet, row.text(table_of(row.sheet).words), *said)
            told.append(cite(tuple(passages.without(each) for each in words), Audience.PUBLIC, office.citing))
        left |= {(f"Some {row.sheet.lower()}", each.reason): None for each in rulings if each.reason}
    return as_csv(("Kind", Heading.WORDS, *_TOLD), told), tuple(left)


def with_figures(ledger: Ledger, papers: Sequence[PublishedPaper]) -> tuple[tuple[PublishedPaper, ...], dict[str, bytes]]:
    """The papers with the figures of each pack as CSV among their files, and those files by their path."""
    files, found = dict[str, bytes](), []
    for paper in papers:
        wanted, every = (Audience.PUBLIC, paper.version), all_releases(ledger, paper.meeting, paper.document)
        records = [one.file(ReleasedRole.RECORD) for one in every if (one.edition, one.version) == wanted]
        data = figures_csv(ledger.kept(records[-1].sha256)) if records and records[-1] is not None and paper.files else b""
        if data:
            href = f"{paper.files[0].href.rpartition('.')[0]}-figures.csv"
            files[href] = data
            own = PublishedFile(href, "figures as CSV", "text/csv", sha256_of(data))
            paper = replace(paper, files=(*paper.files, own))  # noqa: PLW2901 - the same paper, with one more file
        found.append(paper)
    return tuple(found), files


def not_accessible(
    folders: Folders, settings: Settings, meetings: Mapping[str, Meeting], papers: Sequence[PublishedPaper]
) -> tuple[Unreadable, ...]:
    """Papers by others that are bound into what is published, and that a screen reader cannot read well."""
    found = []
    for one in papers:
        if not any("with-papers" in file.href for file in one.files):
            continue
        meeting = meetings[one.meeting]
        claims = claims_for(settings.office, meeting, settings.measures)
        bound = (paper for paper in meeting.papers if paper.file and claims.rule(Audience.PUBLIC, paper).shown)
        untagged = (paper for paper in bound if not paper_health(folders.inputs / paper.file, paper.file).tagged)
        found += [Unreadable(paper.title, one.title) for paper in untagged]
    return tuple(found)


def texts_now(
    ledger: Ledger, papers: Sequence[PublishedPaper], passages: Passages
) -> tuple[tuple[Printed, ...], tuple[str, ...]]:
    """What the papers' web pages say, without what is held back now; and what is published still, though words of it were held back since."""
    webs = ((one, next((file.sha256 for file in one.files if file.kind == "web page"), "")) for one in papers)
    pages = ((one, words_of_page(ledger.kept(sha256)) if sha256 and not ledger.is_erased(sha256) else "") for one, sha256 in webs)
    pairs = [(one, was, passages.cut([was])[0]) for one, was in pages]
    since = "is published with words that were held back since: build it, release it and publish it again."
    stale = tuple(f"{one.title}, v{one.version}, {since}" for one, was, now in pairs if was != now)
    return tuple(Printed(one.title, now) for one, _, now in pairs), stale


def words_of_page(page: bytes) -> str:
    """What a reader sees of a web page."""
    return " ".join(html.unescape(_UNSEEN.sub(" ", page.decode())).split())


def index_files(templates: LetterTemplates, index: PublishedIndex, texts: Sequence[Printed]) -> dict[str, bytes]:
    """The index by its files' names; the papers' `texts` are searched where it is opened."""
    data = json.dumps([one.text for one in texts], ensure_ascii=False)
    page = templates.render_page("public-index.html", index=index, texts=LetterTemplates.as_data(data))
    script = page.partition("<script>")[2].partition("</script>")[0].encode()
    page = page.replace("SCRIPT-HASH", base64.b64encode(hashlib.sha256(script).digest()).decode())
    machines = [as_json(one) | {"publisher": index.publisher, "language": index.language} for one in index.papers]
    log = [(one.paper, one.what, one.reason or "Not stated", one.exemption or "Not stated") for one in index.disclosed]
    return {
        "index.html": page.encode(),
        "index.json": (json.dumps(machines, ensure_ascii=False, indent=2) + "\n").encode(),
        "accessibility.html": templates.render_page("public-accessibility.html", index=index).encode(),
        "disclosure-log.csv": as_csv(("Paper", "Left out", "Reason", "Exemption"), log),
    }

"""A person lets out what they saw, in bytes that are kept; those go to whom the settings name, and to nobody else."""

import email
import email.policy
import io
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import RefusedError, ReportpackError
from reportpack.ledger import open_ledger
from reportpack.ledger.kept_files import kept_path
from reportpack.merge.letters import letters_standing
from reportpack.model.duty import DutyKind
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.outbox import AttemptBegun, AttemptEnded, DeliveryReport, LetterState, Outcome
from reportpack.model.release import Published, Released, ReleasedRole
from reportpack.run.due.day import run_due
from reportpack.run.ledger import Wanted, erase_words
from reportpack.run.letters.outbox import Manner, deliver
from reportpack.run.letters.proposal import ReleaseOrder, Releasing
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.letters.send import SendOrder, SendPlan, _refuse_released_anew, plan_send, send_planned, write_dry_run
from reportpack.run.letters.send_settle import send_again, settle_letters, show_version
from reportpack.run.meetings.listing import recorded_meetings
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.steps.recording import Change
from reportpack.run.steps.released import is_overtaken, last_release, letters_of, next_version, overtaken_by
from tests.send.servers import Fault, FaultyServer, faulty

ROOT = Path(__file__).parents[2]
MEETING = "2019-05-28-assurance"
NOW = datetime(2019, 5, 21, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
LATER = datetime(2019, 5, 23, 9, 30, tzinfo=UTC)
PACK = "briefing-pack"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's office, with two of its measures, and its pack built."""
    office = tmp_path_factory.mktemp("released")
    build_office(office)
    return office


def build_office(office: Path) -> None:
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory", "papers"))
    measures = office / "inputs" / "measures.toml"
    head, *others = measures.read_text(encoding="utf-8").split("\n[[measure]]\n")
    kept = [one for one in others if one.startswith(('id = "victim-satisfaction"', 'id = "confidence"'))]
    assert len(kept) == 2
    measures.write_text("\n[[measure]]\n".join([head, *kept]), encoding="utf-8")
    build(Folders(office / "inputs", office / "build"))


@pytest.fixture(scope="module")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its pack released in the editions of its recipients."""
    office = tmp_path_factory.mktemp("released") / "office"
    shutil.copytree(built, office)
    release(Folders(office / "inputs", office / "build"))
    return office


@pytest.fixture
def folders(built: Path, tmp_path: Path) -> Folders:
    return copied(built, tmp_path)


@pytest.fixture
def ready(released: Path, tmp_path: Path) -> Folders:
    folders = copied(released, tmp_path)
    settle_letters(folders, "all", sent=False, why="nothing went from the office that it was copied from", by="A", now=NOW)
    return folders


def copied(office: Path, to: Path) -> Folders:
    shutil.copytree(office, to / "office")
    return Folders(to / "office" / "inputs", to / "office" / "build")


def build(folders: Folders, edition: Audience | None = None, now: datetime = NOW) -> None:
    build_pack(folders, Order(MEETING, edition, None, now, now.date()), lambda _: None)


def release(
    folders: Folders, *editions: Audience, lines: tuple[str, ...] | None = None, now: datetime = NOW, document: str = PACK
) -> Releasing:
    order = ReleaseOrder(MEETING, document, editions, lines, "Ellis Wainfleet", now, now.date())
    proposal = prepare_release(folders, order, lambda _: None)
    record_release(folders, order, proposal)
    return proposal


def plan(folders: Folders, now: datetime = NOW, to: tuple[str, ...] = ()) -> SendPlan:
    return plan_send(folders, SendOrder("", (), to, now, now.date()))


def send(folders: Folders, now: datetime = NOW) -> DeliveryReport:
    order = SendOrder("", (), (), now, now.date())
    return send_planned(folders, order, plan_send(folders, order), lambda _: None)


def through(folders: Folders, server: FaultyServer) -> None:
    edit(folders, "[mail]\n", f'[mail]\nserver = "127.0.0.1"\nport = {server.port}\ntls = "none"\nsign_in = "none"\n')


def edit(folders: Folders, old: str, new: str) -> None:
    path = folders.inputs / "office.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def releases(folders: Folders) -> list[Event]:
    with open_ledger(folders.memory) as ledger:
        return list(ledger.releases(MEETING))


def edition_of(proposal: Releasing, edition: Audience) -> Released:
    return next(one.release for one in proposal.editions if one.release.edition is edition)


def kept(folders: Folders, release: Released, role: ReleasedRole, post: str = "") -> bytes:
    file = release.file(role, post)
    assert file is not None
    with open_ledger(folders.memory) as ledger:
        return ledger.kept(file.sha256)


def test_the_editions_that_recipients_need_are_released_by_a_person_as_version_1(folders: Folders) -> None:
    proposal = release(folders)
    assert {one.release.edition for one in proposal.editions} == {Audience.OFFICE, Audience.FORCE}
    event = releases(folders)[-1]
    assert (event.who, event.recorded) == ("Ellis Wainfleet", NOW)
    force = edition_of(proposal, Audience.FORCE)
    source = kept(folders, force, ReleasedRole.PAGE_SOURCE).decode()
    assert '<meta name="version" content="v1"/>' in source
    assert "v1, figures as at" in source
    assert json.loads(kept(folders, force, ReleasedRole.RECORD))["version"] == "v1"
    assert {file.post for file in force.files if file.role is ReleasedRole.SHEET} == {"cc", "dcc", "acc"}
    assert not force.lines


def test_releasing_the_same_again_changes_nothing(ready: Folders) -> None:
    before = releases(ready)
    again = release(ready, now=LATER)
    assert again.nothing_new
    assert releases(ready) == before


def test_a_pack_built_after_its_release_is_version_1_while_it_is_the_same_and_a_draft_when_it_is_not(ready: Folders) -> None:
    build(ready)
    record = json.loads((ready.build / MEETING / "pack.json").read_bytes())
    assert record["version"] == "v1"
    assert release(ready).nothing_new
    note = ready.inputs / "notes" / f"{MEETING}.md"
    note.write_text(note.read_text(encoding="utf-8") + "\n\nMore words.\n", encoding="utf-8")
    build(ready)
    assert json.loads((ready.build / MEETING / "pack.json").read_bytes())["version"] == "draft"


@pytest.mark.parametrize("what", ["notes", "workbook", "register", "settings"])
def test_what_has_changed_since_it_was_built_is_not_released(folders: Folders, what: str) -> None:
    if what == "notes":
        path = folders.inputs / "notes" / f"{MEETING}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    elif what == "settings":
        edit(folders, 'venue = "Meeting Room 1.38, Hindlip"', 'venue = "Elsewhere"')
    else:
        path = folders.inputs / "register.xlsx" if what == "register" else next((folders.inputs / "performance").glob("*.xlsx"))
        book = openpyxl.load_workbook(path)
        sheet = book["Actions"] if what == "register" else book.worksheets[0]
        cell = next(
            cell for row in sheet.iter_rows(min_row=3) for cell in row if isinstance(cell.value, str) and len(cell.value) > 20
        )
        cell.value = f"{cell.value} and more"
        book.save(path)
    with pytest.raises(RefusedError, match="has changed") as refused:
        release(folders)
    assert f"reportpack pack {MEETING}" in refused.value.remedy
    assert releases(folders) == []


def test_a_pack_released_days_after_it_was_built_is_the_one_that_was_built(folders: Folders) -> None:
    proposal = release(folders, now=LATER)
    assert edition_of(proposal, Audience.OFFICE).on == TODAY


def test_a_public_edition_that_nobody_has_built_is_not_released(folders: Folders) -> None:
    with pytest.raises(RefusedError, match="nobody has seen it"):
        release(folders, Audience.PUBLIC)


def test_after_a_version_went_the_next_is_version_2_and_says_what_it_replaces(ready: Folders) -> None:
    with faulty() as server:
        through(ready, server)
        assert not send(ready, LATER).failed
        taken = len(server.taken)
        note = ready.inputs / "notes" / f"{MEETING}.md"
        note.write_text(note.read_text(encoding="utf-8") + "\n\nA second thought.\n", encoding="utf-8")
        build(ready, now=LATER)
        assert edition_of(release(ready, now=LATER), Audience.OFFICE).version == 2
        report = send(ready, LATER)
    assert Audience.OFFICE in {one.letter.edition for one in report.letters if one.letter.version == 2}
    texts = [text for _, text in server.taken[taken:]]
    assert texts
    assert all(b"It replaces v1" in text for text in texts)


def test_a_version_that_nobody_was_given_keeps_its_number(ready: Folders) -> None:
    send(ready)  # a rehearsal counts for nothing
    force = next(one.what for one in releases(ready) if isinstance(one.what, Released) and one.what.edition is Audience.FORCE)
    with open_ledger(ready.memory) as ledger:
        assert next_version(ledger, MEETING, "annex", Audience.FORCE) == 1
        assert next_version(ledger, MEETING, PACK, Audience.FORCE) == 1
        key = letters_of(ledger, force)[0].queued.key
        ledger.record([Event(AttemptBegun(MEETING, key, "mail"), NOW)])
        assert next_version(ledger, MEETING, PACK, Audience.FORCE) == 2
        ledger.record([Event(AttemptEnded(MEETING, key, Outcome.PUT_OFF), NOW)])
        assert next_version(ledger, MEETING, PACK, Audience.FORCE) == 1
        ledger.record([Event(Published(MEETING, PACK, Audience.FORCE, 1, TODAY, "public"), NOW)])
        assert next_version(ledger, MEETING, PACK, Audience.FORCE) == 2


def test_lines_go_to_the_force_one_by_one_and_none_that_was_not_named(folders: Folders) -> None:
    offered = release(folders, Audience.OFFICE).offered
    first, others = offered[0], offered[1:]
    force = edition_of(release(folders, Audience.FORCE, lines=(first.id,)), Audience.FORCE)
    source = " ".join(kept(folders, force, ReleasedRole.PAGE_SOURCE).decode().split())
    words = _plain(source)
    assert _plain(first.words) in words
    assert not [one.id for one in others if _plain(one.words) in words]
    build(folders, Audience.FORCE)
    built = (folders.build / MEETING / f"{PACK}.force.page-source.html").read_text(encoding="utf-8")
    assert _plain(first.words) in _plain(" ".join(built.split()))


def _plain(text: str) -> str:
    import html
    import re

    return "".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def test_own_sheets_and_forms_hold_their_post_s_actions_alone(ready: Folders) -> None:
    force = next(one.what for one in releases(ready) if isinstance(one.what, Released) and one.what.edition is Audience.FORCE)
    form = kept(ready, force, ReleasedRole.REPLY_FORM, "dcc")
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book["reply form"]
    assert [one.title for one in book.worksheets] == ["reply form"]
    assert sheet.sheet_state == "visible"
    assert sheet.protection.sheet
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == "Meeting")
    names = [cell.value for cell in head]
    assert names == ["Meeting", "Post", "Reference", "Action", "Due", "Update", "Complete?", "Evidence"]
    lines = rows[rows.index(head) + 1 :]
    assert lines
    for row in lines:
        assert [str(cell.coordinate)[0] for cell in row if not cell.protection.locked] == ["F", "G", "H"]
        assert row[1].value == "Deputy Chief Constable"
    assert any("Reply form 1" in str(row[0].value) for row in rows)
    assert not any(one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))


def test_who_gets_what_is_as_the_settings_say(ready: Folders) -> None:
    wanted = plan(ready)
    by_post = {letter.to.email: [one.name for one in letter.enclosures] for _, letter in wanted.planned}
    assert by_post["cc@force.example"] == [
        "2019-05-28 assurance briefing pack v1 force.pdf",
        "2019-05-28 assurance briefing pack v1 force appendix.pdf",
        "2019-05-28 assurance briefing pack v1 force appendix.xlsx",
        "2019-05-28 assurance own sheet v1 CC.pdf",
        "2019-05-28-assurance.ics",
    ]
    assert "2019-05-28 assurance briefing pack v1 office.pdf" in by_post["commissioner@opcc.example"]
    assert by_post["acc.crime@force.example"][0] == "2019-05-28 assurance own sheet v1 ACC.pdf"
    assert [(one.post, one.why) for one in wanted.not_sent] == [("hpa", "is not sent the briefing pack by the settings")]
    assert all(letter.subject.startswith("OFFICIAL: ") for letter in wanted.letters)


def test_nobody_of_the_force_is_given_a_byte_of_the_office_s_edition(ready: Folders) -> None:
    found = releases(ready)
    office = next(one.what for one in found if isinstance(one.what, Released) and one.what.edition is Audience.OFFICE)
    theirs = {file.sha256 for file in office.files}
    for _, letter in plan(ready).planned:
        if letter.to.edition is Audience.FORCE:
            assert not theirs & {one.sha256 for one in letter.enclosures}


def test_a_vacant_post_and_a_holder_without_an_address_are_told(ready: Folders) -> None:
    edit(ready, 'email = "dcc@force.example"\n', "")
    edit(ready, 'post = "dpcc"\nfrom = 2016-09-01\n', 'post = "dpcc"\nfrom = 2016-09-01\nto = 2019-04-30\n')
    told = {one.post: one.why for one in plan(ready).not_sent}
    assert told["dcc"] == "Philippa Orme has no address in office.toml"
    assert told["dpcc"] == "nobody holds the post"


def test_somebody_listed_with_two_editions_gets_neither(ready: Folders) -> None:
    extra = '[[recipient]]\nname = "Ro"\nemail = "COMMISSIONER@opcc.example"\nedition = "force"\ngets = ["pack"]\n\n'
    edit(ready, "# Abbreviations", extra + "# Abbreviations")
    wanted = plan(ready)
    assert "commissioner@opcc.example" not in {letter.to.email for letter in wanted.letters}
    assert any("two editions" in one.why for one in wanted.not_sent)


def test_an_edition_that_is_not_released_is_not_sent(folders: Folders) -> None:
    release(folders, Audience.OFFICE)
    wanted = plan(folders)
    assert {letter.edition for letter in wanted.letters} == {Audience.OFFICE}
    assert {one.why for one in wanted.not_sent if one.post == "cc"} == {"the force edition is not released"}


def test_nothing_unreleased_is_sent(folders: Folders) -> None:
    with pytest.raises(RefusedError, match="Nothing is released"):
        plan(folders)


def test_a_file_beyond_the_limit_goes_as_a_link_to_where_readers_find_it(ready: Folders) -> None:
    edit(ready, 'folder = "letters"', "attach_up_to = 0")
    with pytest.raises(RefusedError, match="files_at"):
        plan(ready)
    edit(ready, "attach_up_to = 0", 'attach_up_to = 0\nfiles_at = "https://files.example/packs/"')
    _, letter = plan(ready, to=("cc@force.example",)).planned[0]
    assert letter.enclosures == ()
    assert "https://files.example/packs/2019-05-28 assurance briefing pack v1 force.pdf" in letter.text


def test_what_goes_is_what_was_released_whatever_was_built_since(ready: Folders) -> None:
    note = ready.inputs / "notes" / f"{MEETING}.md"
    note.write_text(note.read_text(encoding="utf-8") + "\n\nAdded after the release.\n", encoding="utf-8")
    build(ready, now=LATER)
    wanted = plan(ready, LATER)
    assert any("has been built again" in one for one in wanted.remarks)
    with faulty() as server:
        through(ready, server)
        send(ready, LATER)
    found = releases(ready)
    held = {one.what.edition: one.what for one in found if isinstance(one.what, Released)}
    for to, text in server.taken:
        message = email.message_from_bytes(text, policy=email.policy.default)
        files = [part for part in message.iter_attachments() if part.get_content_type() != "text/calendar"]
        sums = {_sha(part.get_payload(decode=True)) for part in files}
        known = {file.sha256 for file in held[Audience.OFFICE if to.endswith("opcc.example") else Audience.FORCE].files}
        assert sums <= known
        assert not message.defects
        assert message["To"].addresses[0].addr_spec == to
        assert len(message["To"].addresses) == 1
        assert message["Auto-Submitted"] == "auto-generated"
        body = message.get_body(("html",))
        assert body is not None
        assert "src=" not in body.get_content()


def _sha(data: object) -> str:
    import hashlib

    assert isinstance(data, bytes)
    return hashlib.sha256(data).hexdigest()


def test_a_clock_that_jumps_back_sends_nothing_twice(ready: Folders) -> None:
    with faulty() as server:
        through(ready, server)
        assert not send(ready, LATER).failed
        again = send(ready, NOW)
        assert not again.fresh
        assert len({to for to, _ in server.taken}) == len(server.taken) == 7


def test_a_refused_letter_goes_again_when_a_person_says_so(ready: Folders) -> None:
    with faulty(Fault("RCPT", b"550 unknown", to="cc@force.example", times=1)) as server:
        through(ready, server)
        first = send(ready)
        assert [one.state for one in first.missing] == [LetterState.REFUSED]
        assert send(ready).failed
        report = send_again(ready, "cc@force.example", "Ellis", LATER, lambda _: None)
        assert not report.failed
        assert server.to("cc@force.example") == 1
        with pytest.raises(RefusedError, match="not sent twice"):
            send_again(ready, "cc@force.example", "Ellis", LATER, lambda _: None)


def test_a_released_version_is_shown_in_the_kept_bytes(ready: Folders) -> None:
    shutil.rmtree(ready.build)
    pdf, _, appendix, *_ = show_version(ready, MEETING, 1, PACK, Audience.FORCE, NOW)
    force = next(one.what for one in releases(ready) if isinstance(one.what, Released) and one.what.edition is Audience.FORCE)
    assert pdf.read_bytes() == kept(ready, force, ReleasedRole.PDF)
    assert appendix.read_bytes() == kept(ready, force, ReleasedRole.APPENDIX)


def publish(folders: Folders, document: str = PACK) -> tuple[Path, ...]:
    order = PublishOrder(MEETING, document, None, "Ellis", NOW, TODAY)
    return record_publishing(folders, order, prepare_publishing(folders, order))


def test_only_a_released_public_edition_is_published_and_listed(ready: Folders) -> None:
    with pytest.raises(RefusedError, match="not released"):
        publish(ready)
    build(ready, Audience.PUBLIC)
    public = edition_of(release(ready, Audience.PUBLIC), Audience.PUBLIC)
    publish(ready)
    (entry,) = json.loads((ready.build / "public" / "index.json").read_bytes())
    assert entry["version"] == 1
    data = (ready.build / "public" / entry["files"][0]["href"]).read_bytes()
    assert data == kept(ready, public, ReleasedRole.PDF)
    (beside,) = [one["href"] for one in entry["files"] if one["href"].endswith("-briefing-pack-v1-appendix.pdf")]
    assert (ready.build / "public" / beside).read_bytes() == kept(ready, public, ReleasedRole.APPENDIX)
    (tables,) = [one["href"] for one in entry["files"] if one["href"].endswith("-briefing-pack-v1-appendix.xlsx")]
    assert (ready.build / "public" / tables).read_bytes() == kept(ready, public, ReleasedRole.TABLES)
    assert b"Content-Security-Policy" in (ready.build / "public" / "index.html").read_bytes()
    events = len(releases(ready))
    publish(ready)
    assert len(releases(ready)) == events


def test_bound_in_again_the_appendix_is_no_file_of_its_own_any_more(ready: Folders) -> None:
    apart = next(one.what for one in releases(ready) if isinstance(one.what, Released) and one.what.edition is Audience.FORCE)
    settings = ready.inputs / "office.toml"
    settings.write_text(f'appendix = "bound"\n{settings.read_text("utf-8")}', "utf-8")
    build(ready, Audience.FORCE)
    folder = ready.build / MEETING
    assert not (folder / "appendix.force.pdf").exists()
    bound = edition_of(release(ready, Audience.FORCE), Audience.FORCE)
    assert bound.file(ReleasedRole.APPENDIX) is None
    assert bound.pages > apart.pages
    assert not list((folder / "released").glob(f"*v{bound.version} force appendix*"))


def test_an_annex_that_was_never_issued_is_not_released(folders: Folders) -> None:
    with pytest.raises(RefusedError, match="have not been issued"):
        release(folders, document="annex", now=datetime(2019, 6, 3, 9, tzinfo=UTC))


def test_the_copy_for_accuracy_goes_to_the_force_while_queries_are_open(folders: Folders) -> None:
    after = datetime(2019, 6, 3, 9, tzinfo=UTC)
    issued = issue_annex(folders, AnnexOrder(MEETING, None, after, after.date()), lambda _: None)
    assert issued.blocking > 0
    let_out = {one.release.edition for one in release(folders, document="annex", now=after).editions}
    assert let_out == {Audience.OFFICE, Audience.FORCE}
    with pytest.raises(RefusedError):
        release(folders, Audience.PUBLIC, document="annex", now=after)


def test_what_is_released_anew_is_not_sent_as_it_was(ready: Folders) -> None:
    with faulty(Fault("RCPT", b"451 later")) as server:
        through(ready, server)
        before = plan(ready)
        send_planned_quickly(ready, before)
        with open_ledger(ready.memory) as ledger:
            force = last_release(ledger, MEETING, PACK, Audience.FORCE)
            assert force is not None
            waiting = letters_of(ledger, force)
            anew = replace(force, files=force.files[1:])
            ledger.record([Event(anew, LATER), *(Event(one, LATER) for one in overtaken_by(ledger, anew))])
            carrying = [one for one in letters_of(ledger, anew) if one.letter.to.post == "cc"]
            assert len(carrying) == 2
            assert all(is_overtaken(ledger, one) for one in carrying)
            again = letters_standing(ledger.letters(MEETING))
            assert all(one.mark > waiting[0].mark for one in again if one.letter.edition is Audience.FORCE)
        with pytest.raises(RefusedError, match="released anew"):
            send_planned_quickly(ready, before)
        with pytest.raises(RefusedError, match="released anew"):
            send_again(ready, "cc@force.example", "Ellis", LATER, lambda _: None)
    assert server.taken == []


def send_planned_quickly(folders: Folders, wanted: SendPlan) -> DeliveryReport:
    with open_ledger(folders.memory) as ledger:
        check = partial(_refuse_released_anew, ledger, wanted)
        manner = Manner(waits=())
        return deliver(folders, ledger, wanted.letters, wanted.office.mail, NOW, manner=manner, check=check)


def test_a_dry_run_records_nothing(ready: Folders) -> None:
    with open_ledger(ready.memory) as ledger:
        before = ledger.size()
    plan(ready)
    with open_ledger(ready.memory) as ledger:
        assert ledger.size() == before
    send(ready)
    with open_ledger(ready.memory) as ledger:
        assert recorded_meetings(ledger)[MEETING].sequence == 0


def test_a_recipient_without_an_edition_is_sent_nothing_and_that_is_said(ready: Folders) -> None:
    edit(ready, 'post = "dcc"\nedition = "force"\n', 'post = "dcc"\n')
    planned = plan(ready)
    assert "dcc@force.example" not in {letter.to.email for letter in planned.letters}
    assert ["edition" in one.found for one in planned.problems] == [True]


def test_a_dry_run_leaves_out_an_address_that_is_none_and_says_so(ready: Folders) -> None:
    edit(ready, '"cc.staff@force.example"', '"cc.staff@force.example\\nBcc: x@other.example"')
    order = SendOrder("", (), (), NOW, TODAY)
    paths, not_sent = write_dry_run(ready, order, plan(ready))
    assert [one.who for one in not_sent] == ["Corin Leadley, staff officer"]
    assert paths
    assert not any(b"x@other.example" in path.read_bytes() for path in paths)


def test_who_is_meant_to_get_nothing_is_not_among_the_missing(ready: Folders) -> None:
    assert {one.who for one in plan(ready).not_sent if one.meant} == {"Anneka Pryce"}


def test_due_after_an_erasure_that_took_a_released_pack_sends_none_of_it_and_says_why(ready: Folders) -> None:
    release = releases(ready)[-1].what
    assert isinstance(release, Released)
    erase_words(ready, Wanted(files=(release.files[0].sha256,)), Change(LATER, "DPO", "request"))
    with pytest.raises(RefusedError, match="files were erased since"):
        plan(ready, LATER)
    deeds = run_due(ready, LATER, LATER.date(), lambda _: None).deeds
    (failed,) = (one for one in deeds if one.failed is not None and one.duties[0].kind is DutyKind.SEND)
    assert "files were erased since" in str(failed.failed)
    assert not list((ready.build / "letters").glob("*briefing*pack*"))


def test_a_kept_file_that_may_not_be_read_is_named_and_nothing_goes(ready: Folders) -> None:
    release = releases(ready)[-1].what
    assert isinstance(release, Released)
    sha256 = release.files[0].sha256
    kept_one = kept_path(ready.memory / "files", sha256)
    kept_one.unlink()
    kept_one.mkdir()  # what may not be read is no more than this: root may read everything
    with pytest.raises(ReportpackError, match=f"{sha256[2:]} cannot be read"):
        send(ready, LATER)

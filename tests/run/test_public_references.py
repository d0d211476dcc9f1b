"""What the public's papers call a row: nothing that counts, the same for ever, and found again by whoever has the register."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.model.citing import public_words, with_public_references
from reportpack.model.edition import Audience
from reportpack.model.register_row import RegisterRow
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.meetings.calendar import write_calendar
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, find_row, find_rows, standing_register
from reportpack.run.steps.recording import Change
from reportpack.run.why import WhyRequest, why
from tests.leaks.searching import texts_of

NOW = datetime(2019, 5, 21, 9, tzinfo=UTC)
MEETING, PACK = "2019-05-28-assurance", "briefing-pack"
OWN = re.compile(r"(?<![\w/.])[MCQRH]?\d{1,4}[/-]20(?:18|19)(?![\w/-])")
"""An own reference in any file, or the address of one."""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """The example, whose rows for the public stand among those that are not; words for the public name both kinds."""
    shutil.copytree(Path(__file__).parents[2] / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    made = Folders(tmp_path / "inputs", tmp_path / "build")
    notes = made.inputs / "notes" / f"{MEETING}.md"
    said = "## 2.1.1 Confidence\n\n### Force commentary (CC)\nAudience: public\n\nAction 8/2019 goes with action 4/19 and m1/2019.\n\n"
    notes.write_text(said + notes.read_text("utf-8"), encoding="utf-8")
    return made


def publish(folders: Folders, now: datetime = NOW) -> Path:
    build_pack(folders, Order(MEETING, Audience.PUBLIC, None, now, now.date()), lambda _: None)
    release = ReleaseOrder(MEETING, PACK, (Audience.PUBLIC,), None, "R. Ashdown", now, now.date())
    record_release(folders, release, prepare_release(folders, release, lambda _: None))
    order = PublishOrder(MEETING, PACK, None, "R. Ashdown", now, now.date())
    record_publishing(folders, order, prepare_publishing(folders, order))
    return folders.build / "public"


def own_references_in(folder: Path) -> list[tuple[str, str]]:
    every = (
        (path, text)
        for path in folder.rglob("*")
        if path.is_file()
        for text in texts_of(path.name, path.read_bytes(), path.suffix)
    )
    return [(path.name, found) for path, text in every for found in OWN.findall(text)]


def public_of(folders: Folders, ref: str) -> str:
    return find_row(standing_register(folders, 2019)[0], ref).public


def choose_own(folders: Folders, *, own: bool = True) -> None:
    office = folders.inputs / "office.toml"
    text = office.read_text("utf-8").partition("\n[publication]\n")[0]
    office.write_text(f"{text}\n[publication]\nown_references = true\n" if own else text, encoding="utf-8")


def test_nothing_published_counts_the_rows(folders: Folders) -> None:
    public = publish(folders)  # and it is the first that this office ever does
    assert own_references_in(public) == []
    codes = [public_of(folders, one) for one in ("8/2019", "M1/2019", "4/2019")]
    assert [code[:2] for code in codes] == ["A-", "M-", "A-"]
    (page,) = public.rglob("*briefing-pack-v1.html")
    for code in codes:
        assert code in page.read_text("utf-8")
    for code in (codes[0], codes[1]):
        assert code in (public / "register.csv").read_text("utf-8-sig")
    assert OWN.findall((folders.build / MEETING / "pack.public.json").read_text("utf-8")) == []


def test_the_office_and_the_force_find_the_row_by_it(folders: Folders) -> None:
    publish(folders)
    code = public_of(folders, "8/2019")
    rows, _ = standing_register(folders, 2019)
    assert find_row(rows, code.lower()).ref == "8/2019"
    assert [one.ref for one in find_rows(rows, code)] == ["8/2019"]
    assert why(folders, WhyRequest(code, None, MEETING, NOW.date())).name == "Action 8/2019"
    with pytest.raises(InputError, match="A-BBBBB/2019"):
        find_row(rows, "A-BBBBB/2019")
    for edition, known in ((Audience.OFFICE, True), (Audience.FORCE, True), (Audience.PUBLIC, False)):
        build_pack(folders, Order(MEETING, edition, None, NOW, NOW.date()), lambda _: None)
        source = next(
            (folders.build / MEETING).glob(f"briefing-pack{'' if edition is Audience.OFFICE else f'.{edition}'}.page-source.html")
        )
        assert (f'Public reference: <span class="verbatim">{code}<' in source.read_text("utf-8")) is known


def test_it_stays_whatever_comes_before_and_after(folders: Folders) -> None:
    publish(folders)
    before = {one: public_of(folders, one) for one in ("8/2019", "M1/2019", "15/2018")}
    for more in ("grades", "pay", "rotas"):
        words = [("Action", f"Look at the {more}"), ("Owner", "CC"), ("Due", "none"), ("Audience", "office")]
        add_row(folders, "Actions", words, Change(NOW))
    assert {one: public_of(folders, one) for one in before} == before


def test_the_public_s_calendar_names_them_so(folders: Folders) -> None:
    words = [
        ("Action", "Tell the villages"),
        ("Owner", "CC"),
        ("Due", "7 June 2019"),
        ("Audience", "public"),
        ("Topic", "Confidence"),
    ]
    row = add_row(folders, "Actions", words, Change(NOW)).row
    write_calendar(folders, MEETING, Audience.PUBLIC, NOW.date(), NOW)
    text = (folders.build / MEETING / "deadlines.public.ics").read_text("utf-8")
    assert OWN.findall(text) == []
    assert f"action-{public_of(folders, row.ref).replace('/', '-')}" in text


def test_an_office_may_keep_its_own_and_what_is_out_stays_when_it_thinks_again(folders: Folders) -> None:
    choose_own(folders)
    public = publish(folders)
    assert {found for _, found in own_references_in(public)} >= {"8/2019", "M1/2019"}
    choose_own(folders, own=False)
    words = [("Action", "Tell the villages"), ("Owner", "CC"), ("Due", "none"), ("Audience", "public"), ("Topic", "Confidence")]
    row = add_row(folders, "Actions", words, Change(NOW)).row
    publish(folders, NOW.replace(day=22))
    page = max(public.rglob("*briefing-pack-v*.html")).read_text("utf-8")
    assert "8/2019" in page
    assert row.ref not in page
    assert public_of(folders, row.ref) in page


def test_words_with_an_own_reference_are_not_given_out(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate knows for itself, whatever becomes of the pages."""
    monkeypatch.setattr("reportpack.run.steps.documents.as_cited", lambda printed: printed)
    with pytest.raises(RefusedError, match="not for its readers"):
        publish(folders)


def rows_called(*refs: str) -> tuple[RegisterRow, ...]:
    return tuple(RegisterRow("Matters" if one.startswith("M") else "Actions", one, ()) for one in refs)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("See 4/2019, M2/2019 and OPCC-17.", "See {0}, {1} and {2}."),
        ("Action 4/19 is done", "Action {0} is done"),
        ("action-4-2019", "action-{0}"),
        ("matter-M2-2019", "matter-{1}"),
        ("opcc-17", "{2}"),
        (
            "14/2019, 4/2019/1, 4/20191, 1/19 of it, 2019-04-20, 05/2019",
            "14/2019, 4/2019/1, 4/20191, 1/19 of it, 2019-04-20, 05/2019",
        ),
        ("4/19 are kept, a share", "4/19 are kept, a share"),
    ],
)
def test_references_in_words(words: str, told: str) -> None:
    rows = with_public_references(rows_called("4/2019", "M2/2019", "OPCC-17", "4/2020"), "key")
    codes = [one.public.replace("/", "-") if "-4-" in words or "-M2-" in words else one.public for one in rows]
    assert public_words((one.ref, one.public) for one in rows)(words) == told.format(*codes)


def test_each_row_has_its_own_and_another_office_has_others() -> None:
    many = rows_called(*(f"{number}/2019" for number in range(1, 4000)))
    codes = [one.public for one in with_public_references(many, "key")]
    assert len(set(codes)) == len(codes)
    assert codes[:3000] == [one.public for one in with_public_references(many[:3000], "key")]
    assert not set(codes[:50]) & {one.public for one in with_public_references(many, "other")}


def test_an_office_without_a_record_gives_none_away(folders: Folders) -> None:
    with open_memory(folders) as ledger:
        assert ledger.size() == 0
    build_pack(folders, Order(MEETING, Audience.PUBLIC, NOW.date(), NOW, NOW.date()), lambda _: None)
    source = (folders.build / MEETING / "briefing-pack.public.page-source.html").read_text("utf-8")
    assert "8/2019" not in source

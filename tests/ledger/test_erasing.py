"""Personal words erased: gone from every byte that is remembered; that they were, when, by whom and why stays."""

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.errors import InputError
from reportpack.ledger import Ledger, erase_bytes, eraser_of
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexAgreed, Erased, ErasedFile, Event, RowChange
from reportpack.model.problem import Source
from reportpack.model.register_row import CellChange
from tests.ledger.stores import Store
from tests.ledger.test_ledger import MEETING, NOON, build, figure, recorded

MARK = "[erased on 3 June 2031]"
JANE = eraser_of(["Jane Roe"], MARK)


def workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Jane Roe said", f"{MARK} said"),
        ("JANE ROE\u2019s", f"{MARK}\u2019s"),
        ("by Jane\u00a0\n Roe.", f"by {MARK}."),
        ("Jane&nbsp;Roe", MARK),
        ('{"who": "Jane\\nRoe"}', f'{{"who": "{MARK}"}}'),
        ("Mary Jane Roebuck", "Mary Jane Roebuck"),
        ("Jane", "Jane"),
    ],
)
def test_words_are_found_whole_in_any_case_and_however_they_are_spaced(text: str, left: str) -> None:
    assert JANE.text(text) == left


def test_words_with_signs_are_found_as_web_pages_and_json_write_them() -> None:
    eraser = eraser_of(['Roe & "Sons" <Ltd>'], MARK)
    for text in ('Roe & "Sons" <Ltd>', "Roe &amp; &quot;Sons&quot; &lt;Ltd&gt;", 'Roe & \\"Sons\\" <Ltd>'):
        assert eraser.text(f"({text})") == f"({MARK})"


def test_words_too_short_to_be_meant_are_asked_about() -> None:
    with pytest.raises(InputError, match="too short"):
        eraser_of(["Roe"], MARK)
    with pytest.raises(InputError, match="No words are given"):
        eraser_of([" "], MARK)


def test_a_workbook_keeps_all_but_the_words() -> None:
    left = erase_bytes(JANE, workbook("Ask Jane Roe <again>"))
    assert left is not None
    assert openpyxl.load_workbook(io.BytesIO(left)).worksheets[0]["B2"].value == f"Ask {MARK} <again>"


def test_what_cannot_be_cut_goes_whole_and_what_holds_nothing_stays() -> None:
    split = io.BytesIO()
    with zipfile.ZipFile(split, "w") as made:
        made.writestr("word/document.xml", "<w:p><w:t>Jane </w:t><w:t>Roe</w:t></w:p>")
    assert erase_bytes(JANE, split.getvalue()) is None
    assert erase_bytes(JANE, b"\xd0\xcf\x11\xe0" + "Jane Roe".encode("utf-16-le")) is None
    letter = (
        b"Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nSmFuZSBSb2UgcmVwbGllZA==\n"
    )
    assert erase_bytes(JANE, letter) is None
    for data in (b"", b"\xff\xfe\x00", b"PK\x03\x04 no zip at all", b"%PDF-1.7 broken", "na\u00efve".encode()):
        assert erase_bytes(JANE, data) == data


@given(st.binary(max_size=300))
def test_bytes_that_do_not_hold_the_words_are_as_they_were(data: bytes) -> None:
    assert erase_bytes(JANE, data) == data


def filled(ledger: Ledger) -> str:
    """An event of several kinds, and a page, that hold the words."""
    sha256 = ledger.keep(b"<p>Jane&nbsp;Roe asked</p>")
    changes = (CellChange("Owner", "", "CC"), CellChange("Update", "Jane Roe wrote", "JANE ROE wrote again"))
    recorded(ledger, RowChange("Actions", "1/2019", changes, "the workbook", Source("from Jane Roe.xlsx")))
    ledger.record([Event(AnnexAgreed(MEETING, NOON.date(), 1), NOON, "Jane Roe")])
    recorded(ledger, build(figures=(figure(),)))
    ledger.back_up(ledger_folder(ledger) / "backups" / "whole-ledger-2019-05-21.jsonl", with_files=True)
    return sha256


def ledger_folder(ledger: Ledger) -> Path:
    return ledger._files.parent


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_erased_words_are_nowhere_and_the_tombstone_says_why(store: Store) -> None:
    with store.open() as ledger:
        sha256 = filled(ledger)
        assert ledger.holders(JANE) == ((1, 2), (sha256,))
        event = ledger.erase(JANE, Erased("court order 7"), "DPO", NOON)
        now = hashlib.sha256(f"<p>{MARK} asked</p>".encode()).hexdigest()
        assert (event.who, event.what) == ("DPO", Erased("court order 7", (1, 2), (ErasedFile(sha256, now),)))
        (change,) = ledger.history("Actions", "1/2019")
        assert change.what == RowChange(
            "Actions",
            "1/2019",
            (CellChange("Owner", "", "CC"), CellChange("Update", f"{MARK} wrote", f"{MARK} wrote again")),
            "the workbook",
            Source(f"from {MARK}.xlsx"),
        )
        assert ledger.kept(sha256) == f"<p>{MARK} asked</p>".encode()
        assert ledger.erasures((sha256,)) == (event,)
        assert ledger.figures_of(ledger.builds(MEETING)[0]) == (figure(),)
        assert ledger.holders(JANE) == ((), ())
    remembered = everything(store.folder).lower()
    assert b"jane roe" not in remembered
    assert b"jane&nbsp;roe" not in remembered
    assert "jane roe" not in str(store.contents()).casefold()
    assert [path.suffix for path in (store.folder / "backups").iterdir()] == [".jsonl"]


def test_a_file_erased_whole_says_so_and_by_whom(store: Store) -> None:
    with store.open() as ledger:
        recorded(ledger, build())
        sha256 = ledger.keep(b"\xff a photograph")
        nothing = eraser_of([], MARK, or_nothing=True)
        ledger.erase(nothing, Erased("kept too long"), "DPO", NOON, (ledger.kept_name(sha256[:10]),))
        assert ledger.is_erased(sha256)
        with pytest.raises(InputError, match=r"erased on 21 May 2019 by DPO.*kept too long"):
            ledger.kept(sha256)
        with pytest.raises(InputError, match="No one kept file"):
            ledger.kept_name("ab")


def test_names_that_things_are_found_by_are_never_touched(store: Store) -> None:
    with store.open() as ledger:
        (event,) = recorded(ledger, build(figures=(figure(),)))
        recorded(ledger, RowChange("Actions", "1/2019", (CellChange("State", "", "open"),), "x"))
        ledger.erase(eraser_of(["assurance", "office", "Actions", "State"], MARK), Erased("x"), "DPO", NOON)
        assert ledger.last_build(MEETING, Audience.OFFICE) == replace(event, what=build())
        assert len(ledger.history("Actions", "1/2019")) == 1


def test_an_erasure_that_was_cut_off_goes_on_when_it_is_run_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.open() as ledger:
        sha256 = filled(ledger)
        with monkeypatch.context() as cut:
            cut.setattr("reportpack.ledger.kept_files.forget_file", _cut_off)
            with pytest.raises(KeyboardInterrupt):
                ledger.erase(JANE, Erased("court order 7"), "DPO", NOON)
        assert ledger.kept(sha256) == b"<p>Jane&nbsp;Roe asked</p>"
        ledger.erase(JANE, Erased("court order 7"), "DPO", NOON)
        assert ledger.kept(sha256) == f"<p>{MARK} asked</p>".encode()
    assert b"jane" not in everything(store.folder).lower()


def _cut_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_reason_does_not_bring_the_words_back(store: Store) -> None:
    with store.open() as ledger:
        filled(ledger)
        event = ledger.erase(JANE, Erased("asked by Jane Roe"), "DPO", NOON)
        assert isinstance(event.what, Erased)
        assert event.what.why == f"asked by {MARK}"
    assert b"jane" not in everything(store.folder).lower()

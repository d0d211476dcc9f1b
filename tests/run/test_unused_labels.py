"""What no measure takes of a workbook that is used is counted where the office is shown, until a measure takes it."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.status import office_status

NOW = datetime(2019, 5, 21, 9, 30, tzinfo=UTC)


def test_labels_and_sheets_that_no_measure_takes_are_counted_and_counted_anew_when_one_does(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    folders = Folders(tmp_path / "inputs", tmp_path / "build")

    def left() -> list[str]:
        return [one for one in office_status(folders, NOW, NOW.date()).there if "no measure takes" in one]

    assert left() == []
    build_pack(folders, Order("2019-05-28", None, None, NOW, NOW.date()), print)
    assert left() == ["12 labels or sheets of 3 workbooks that no measure takes: reportpack check"]
    toml = tmp_path / "inputs" / "measures.toml"
    head, *measures = re.split(r"(?m)^(?=\[\[measure\]\])", toml.read_text(encoding="utf-8"))
    toml.write_text(head + "".join(one for one in measures if "Follow-up / % satisfied" not in one), encoding="utf-8")
    later = NOW + timedelta(minutes=5)
    build_pack(folders, Order("2019-05-28", None, None, later, later.date()), print)
    # The sheet of the measure that went is named whole.
    assert left() == ["4 labels or sheets of 3 workbooks that no measure takes: reportpack check"]

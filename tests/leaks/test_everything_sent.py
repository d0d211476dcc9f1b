"""A leak hunt over all that leaves the office: an office with secrets in its files goes through a whole month by the command line, and
every byte that the force or the public get is looked through.
"""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.comments import Comment
from typer.testing import CliRunner, Result

from reportpack.cli.main import app
from tests.leaks.searching import found_in

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs"
OFFICE = {f"zqabc{letter}ox": letter for letter in "abcdefghijklmnopqrst"}
FORCE = {f"zqabc{letter}fx": letter for letter in "abcdefgh"}
O, F = list(OFFICE), list(FORCE)  # noqa: E741 - the office's words and the force's


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


def sow(inputs: Path) -> None:
    """Secrets in every kind of file."""
    edit(
        inputs / "office.toml",
        ('email = "policy@opcc.example"', f'email = "policy.{O[0]}@opcc.example"'),
        ('reason = "No meetings in August"', f'reason = "No meetings in August {O[1]}"'),
        ('marking = "OFFICIAL"', f'marking = "OFFICIAL {O[2]}"'),
        ('[[series.agenda]]\nnumber = "2.2"', f'[[series.agenda]]\nnumber = "2.1.8"\ntitle = "{O[3]} inquiry"\n\n[[series.agenda]]\nnumber = "2.2"'),
        ('title = "Serious and organised crime"\naliases', f'title = "Serious and organised crime {F[0]}"\naliases'),
        ('title = "Serious and organised crime"\ntopic', f'title = "Serious and organised crime {F[1]}"\ntopic'),
    )  # fmt: skip
    with (inputs / "office.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[accepted]]\nkind = "month-missing"\nfile = "x.xlsx"\nby = "{O[4]}"\nreason = "{O[5]}"\nuntil = 2030-01-01\n'
        )
    edit(
        inputs / "meetings" / "2019-05-28-assurance.toml",
        ("# Tuesday", f'[[paper]]\ntitle = "Advice {O[6]}"\nitem = "2.1.2"\nauthor = "po"\nfile = "{O[7]}.docx"\n\n# Tuesday'),
        ('title = "Victim Satisfaction Delivery Plan: progress note"', f'title = "Progress note {F[2]}"'),
    )
    paper = Document()
    paper.add_paragraph(O[8])
    paper.save(str(inputs / "papers" / "2019-05-28-assurance" / f"{O[7]}.docx"))
    edit(
        inputs / "notes" / "2019-05-28-assurance.md",
        ("All three matters come from November", f"All {O[9]} matters come from November"),
        ("What will residents see", f"What {O[10]} will residents see"),
        ("Oversight now sits", f"Oversight {F[3]} now sits"),
    )
    edit(
        inputs / "minutes" / "2019-05-28-assurance.md",
        (
            "### 2.2",
            f"#### 8. {O[3]} inquiry\n\nThe PCC said {O[11]} of it.\n\nActions arising:\n\nCC to tell the PCC of {O[12]}.\n\n### 2.2",
        ),
    )
    book = openpyxl.load_workbook(inputs / "register.xlsx")
    book.properties.title = book.properties.creator = O[13]
    for sheet in book.worksheets:
        headings = [cell.value for cell in sheet[1]]
        if "Audience" not in headings:
            continue
        sheet["A2"].comment = Comment(O[14], "A person")
        wordy = ("Title", "Words", "Action", "Update", "Evidence", "What was said", "Outcome", "Condition", "Question", "Answer")
        for row in sheet.iter_rows(min_row=2):
            audience = row[headings.index("Audience")].value
            secret = {"office": O[15], "force": F[4]}.get(str(audience))
            for name in wordy:
                cell = row[headings.index(name)] if name in headings else None
                if cell is not None and cell.value and secret:
                    cell.value = f"{cell.value} {secret}"
    book.save(inputs / "register.xlsx")
    edit(
        inputs / "measures.toml",
        ('reason = "New rota', f'reason = "{F[5]} New rota'),
        ('author = "Deputy Chief Constable"', f'author = "Deputy {F[6]}"'),
    )


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's folder after a month in which everything was built, released, sent and published."""
    folder = tmp_path_factory.mktemp("month")
    shutil.copytree(EXAMPLE, folder / "inputs", ignore=shutil.ignore_patterns("memory"))
    sow(folder / "inputs")
    run = CliRunner()

    def reportpack(now: str, *words: str) -> Result:
        where = ["--inputs", str(folder / "inputs"), "--now", f"{now}T09:00", "--build", str(folder / "build")]
        done = run.invoke(app, [*words, *where])
        assert done.exit_code == 0, f"{words}: {done.output}\n{done.exception}"
        return done

    meeting = "2019-05-28-assurance"
    reportpack("2019-05-07", "due")
    reportpack("2019-05-07", "due", "send", "--all", "--by", "Ellis Wainfleet")
    for edition in ("office", "force", "public"):
        reportpack("2019-05-21", "pack", meeting, "--edition", edition)
    for edition in ("force", "public"):
        reportpack("2019-05-21", "meeting", "calendar", meeting, "--edition", edition)
    for edition in ("force", "public"):
        reportpack("2019-05-21", "release", meeting, "--by", "Ellis Wainfleet", "--edition", edition, "--yes")
    reportpack("2019-05-21", "send", "letters", meeting, "--yes")
    reportpack("2019-05-21", "publish", meeting, "--by", "Ellis Wainfleet", "--yes")
    reportpack("2019-05-22", "due")
    reportpack("2019-05-29", "annex", meeting, "--edition", "force")
    return folder


def outward(folder: Path) -> dict[str, dict[str, bytes]]:
    """What the force gets and what the public gets, by file."""
    force: dict[str, bytes] = {}
    public: dict[str, bytes] = {}
    for path in sorted(path for path in (folder / "build").rglob("*") if path.is_file()):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        to = re.search(rb"^To: .*@(\S+?)\.example", data, re.MULTILINE) if path.suffix == ".eml" else None
        if (to and to[1] == b"force") or ".force." in name or " force." in name:
            force[name] = data
        elif ".public." in name or " public." in name or "/public/" in name or name.startswith("build/calendar/"):
            public[name] = data
    return {"force": force, "public": public}


def leaks(files: dict[str, bytes], words: dict[str, str]) -> list[str]:
    return sorted(f"{name}: {word}" for name, data in files.items() for word in found_in(name, data, words))


def test_nothing_leaves_the_office_for_people_who_may_not_read_it(month: Path) -> None:
    """Slow on purpose, and one test, so that the month is gone through once: it opens every file that anybody gets."""
    files = outward(month)
    kinds = {edition: {Path(name).suffix for name in files[edition]} for edition in files}
    assert kinds["force"] >= {".pdf", ".html", ".json", ".eml", ".ics"}
    assert kinds["public"] >= {".pdf", ".html", ".json"}
    assert leaks(files["force"], OFFICE) == []
    assert leaks(files["public"], OFFICE | FORCE) == []
    force = {line.partition(": ")[2] for line in leaks(files["force"], FORCE)}
    assert {F[1], F[2], F[3], F[4], F[5]} <= force
    office = (month / "build" / "2019-05-28-assurance" / "briefing-pack.page-source.html").read_bytes()
    assert {O[3], O[6], O[9], O[10], O[15]} <= found_in("x.html", office, OFFICE)

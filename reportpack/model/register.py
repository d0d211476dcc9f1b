"""What stands: every matter, action, commitment, question and risk, as at a day."""

from datetime import date

from reportpack import patterns as re
from reportpack.model.action import Action
from reportpack.model.commitment import Commitment
from reportpack.model.event import RowChange
from reportpack.model.matter import Matter
from reportpack.model.problem import Problem, Source
from reportpack.model.register_row import RegisterRow
from reportpack.model.statement import Question
from reportpack.records import Record


class Register(Record):
    """The rows of the register, each once, in the order of their references."""

    matters: tuple[Matter, ...] = ()
    actions: tuple[Action, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    questions: tuple[Question, ...] = ()
    risks: tuple[Action, ...] = ()  # what is owed of each is its review; and inspectors' recommendations, of which an answer is


def reference_order(reference: str) -> tuple[int, int, int]:
    """Where `12/2019` or `M3/2019` stands among its kind."""
    match = re.fullmatch(r"[A-Za-z]*\s*(\d+)\s*/\s*(\d{2,4})", reference)
    return (0, int(match[2]), int(match[1])) if match else (1, 0, 0)


class Conflict(Record):
    """One cell that was changed both in the workbook and elsewhere, to different words. The ledger's words stand until it is settled."""

    sheet: str
    ref: str
    header: str
    ledger: str
    workbook: str
    source: Source


class Snapshot(Record):
    """The rows of a workbook as the ledger last read or wrote it: what the next one is compared against. A cell whose conflict is
    open has the words from before both changes; one that never agreed is left out."""

    sha256: str
    number: int | None
    rows: tuple[RegisterRow, ...]


class CellEdit(Record):
    """Words that stand and that the workbook lacks: `sheet` is its title there, `day` the day that they name."""

    sheet: str
    cell: str
    text: str
    day: date | None = None


class AddedRow(Record):
    """A row that stands and that the workbook lacks: its cells, each placed by the letter of its column alone."""

    sheet: str
    cells: tuple[CellEdit, ...]


class RegisterMerge(Record):
    """`rows` is what stands; `changes` are to be recorded; `seen` becomes the next snapshot. `edits` and `added` bring the
    workbook into step. Rows that could not be told apart are in `rows`, but in no change."""

    rows: tuple[RegisterRow, ...]
    changes: tuple[RowChange, ...]
    seen: tuple[RegisterRow, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    edits: tuple[CellEdit, ...] = ()
    added: tuple[AddedRow, ...] = ()

    @property
    def to_write(self) -> bool:
        """Whether the workbook lacks something that stands."""
        return bool(self.edits or self.added)

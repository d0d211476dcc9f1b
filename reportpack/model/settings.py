"""What an office has set: itself, and its measures."""

from reportpack.model.inputs import InputFile
from reportpack.model.measure import Measure
from reportpack.model.office import Office
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """office.toml and measures.toml as read; `files` are the two with their sha256."""

    office: Office
    measures: tuple[Measure, ...]
    files: tuple[InputFile, ...] = ()

    def measure(self, measure_id: str) -> Measure | None:
        """The measure of that id."""
        return next((one for one in self.measures if one.id == measure_id), None)

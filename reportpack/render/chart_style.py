"""How charts look: colours and sizes. Meaning is never carried by colour alone: shape, dash and words say the same."""

from reportpack.records import dataclass
from reportpack.render.text_width import TextWidth, source_sans_width


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Colours as `#RRGGBB`, lengths in points. `text_width` measures in the face that will print."""

    ink: str = "#1D2530"
    """The latest value, the average, outlines."""
    line: str = "#44515C"
    """The line through the values."""
    quiet: str = "#595959"
    """Axis text, the limits; 7:1 on white."""
    grid: str = "#DFE4E8"
    band: str = "#EFF3F6"
    ground: str = "#FFFFFF"
    common: str = "#6F6F6F"
    improvement: str = "#12436D"
    concern: str = "#F46A25"
    neutral: str = "#8000C0"
    target: str = "#801650"
    muted_bar: str = "#9FB0BF"
    font_size: float = 9.0
    small_size: float = 8.0
    width: float = 482.0
    """The text width of the A4 page, so that words print at their own size."""
    plot_height: float = 150.0
    text_width: TextWidth = source_sans_width

    @property
    def line_height(self) -> float:
        """Between the base lines of two lines of a label."""
        return self.font_size * 1.2

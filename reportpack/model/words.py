"""Finished text whose numbers know where they came from."""

from reportpack.model.source import Source
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it is printed: `text` with its unit (`81.3%`), the unrounded `value`, and the cells it rests on."""

    text: str
    value: float
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and printed numbers in their order. A sentence without numbers is one string."""

    spans: tuple[str | Printed, ...]

    @classmethod
    def of(cls, *spans: "str | Printed | Sentence") -> "Sentence":
        """Join words, numbers and other sentences; empty strings are left out."""
        flat: list[str | Printed] = []
        for span in spans:
            flat.extend(span.spans if isinstance(span, Sentence) else (span,))
        return cls(tuple(filter(None, flat)))

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.spans)

    @property
    def lowered(self) -> "Sentence":
        """The sentence to go on with: a small letter where it begins with words."""
        first, *rest = self.spans or ("",)
        return Sentence.of(first[:1].lower() + first[1:], *rest) if isinstance(first, str) else self

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span if isinstance(span, str) else span.text for span in self.spans)

    @property
    def numbers(self) -> tuple[Printed, ...]:
        """The printed numbers alone."""
        return tuple(span for span in self.spans if isinstance(span, Printed))

"""Who may read an item, and so which editions carry it."""

from enum import StrEnum

UNKNOWN_AUDIENCE = "unknown-audience"
ROW_AUDIENCE = "audience-unknown"
TOO_WIDE = "audience-too-wide"
AUDIENCE_FAULTS = frozenset({UNKNOWN_AUDIENCE, ROW_AUDIENCE, TOO_WIDE, "edition-not-theirs", "marking-superseded"})
"""Kinds of problem with which nothing is built: it could reach somebody whom it must not."""


class Audience(StrEnum):
    """Who may read an item; as an edition, the one audience a document is for. From narrow to wide."""

    OFFICE = "office"
    FORCE = "force"
    PUBLIC = "public"

    @property
    def width(self) -> int:
        """0 for the office alone, 2 for everybody."""
        return list(Audience).index(self)

    def may_read(self, item: "Audience") -> bool:
        """Whether the edition for this audience may carry an item of that audience: the office reads everything."""
        return item.width >= self.width

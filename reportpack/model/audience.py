"""Who may read an item; as an edition, the one audience that a document is for. What each may read says `model/edition.py`."""

from enum import StrEnum

UNKNOWN_AUDIENCE = "unknown-audience"
ROW_AUDIENCE = "audience-unknown"
TOO_WIDE = "audience-too-wide"
AUDIENCE_FAULTS = frozenset({UNKNOWN_AUDIENCE, ROW_AUDIENCE, TOO_WIDE, "edition-not-theirs", "marking-superseded"})
"""Kinds of problem with which nothing is built: it could reach somebody whom it must not."""


class Audience(StrEnum):
    """Who may read an item, from narrow to wide."""

    OFFICE = "office"
    FORCE = "force"
    PUBLIC = "public"

"""Many sources become one register: identity, conflicts, what is due."""

from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.corrections import apply_corrections
from reportpack.merge.noted import place_notes
from reportpack.merge.references import next_reference
from reportpack.merge.revisions import find_revisions
from reportpack.merge.standing_rows import standing_rows
from reportpack.merge.three_way import merge_register
from reportpack.merge.topics import settle_topics

__all__ = [
    "apply_corrections",
    "find_revisions",
    "merge_for_meeting",
    "merge_register",
    "next_reference",
    "place_notes",
    "settle_topics",
    "standing_rows",
]

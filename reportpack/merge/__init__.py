"""Many sources become one register: identity, conflicts, what is due."""

from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.back_fill import CAUSE as BACK_FILL
from reportpack.merge.back_fill import FilledIn, applied, fill_in, references_given
from reportpack.merge.closed_days import closed_days
from reportpack.merge.corrections import apply_corrections
from reportpack.merge.dossier import find_topic, merge_dossier
from reportpack.merge.due_there import due_when_called_off
from reportpack.merge.issuing import answered_rows, issue_notes
from reportpack.merge.letters import letter_standing, letters_standing
from reportpack.merge.noted import give_references, place_notes, plain_words, references_of
from reportpack.merge.noted_answers import ask_queries
from reportpack.merge.noted_corrections import (
    change_rows,
    corrected_rows,
    current_corrections,
    open_corrections,
    propose_corrections,
    standing_corrections,
)
from reportpack.merge.proposals import next_proposed, proposals
from reportpack.merge.references import next_reference
from reportpack.merge.revisions import find_revisions
from reportpack.merge.standing_rows import standing_rows
from reportpack.merge.three_way import merge_register
from reportpack.merge.topics import settle_topics

__all__ = [
    "BACK_FILL",
    "FilledIn",
    "answered_rows",
    "applied",
    "apply_corrections",
    "ask_queries",
    "change_rows",
    "closed_days",
    "corrected_rows",
    "current_corrections",
    "due_when_called_off",
    "fill_in",
    "find_revisions",
    "find_topic",
    "give_references",
    "issue_notes",
    "letter_standing",
    "letters_standing",
    "merge_dossier",
    "merge_for_meeting",
    "merge_register",
    "next_proposed",
    "next_reference",
    "open_corrections",
    "place_notes",
    "plain_words",
    "proposals",
    "propose_corrections",
    "references_given",
    "references_of",
    "settle_topics",
    "standing_corrections",
    "standing_rows",
]

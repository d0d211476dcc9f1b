"""Many sources become one register: identity, conflicts, what is due."""

from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.closed_days import closed_days
from reportpack.merge.corrections import apply_corrections
from reportpack.merge.dossier import find_topic, merge_dossier
from reportpack.merge.due_there import due_when_called_off
from reportpack.merge.issuing import issue_notes
from reportpack.merge.letters import letter_standing, letters_standing
from reportpack.merge.noted import give_references, place_notes, plain_words
from reportpack.merge.proposals import next_proposed, proposals
from reportpack.merge.references import next_reference
from reportpack.merge.revisions import find_revisions
from reportpack.merge.standing_rows import standing_rows
from reportpack.merge.three_way import merge_register
from reportpack.merge.topics import settle_topics

__all__ = [
    "apply_corrections",
    "closed_days",
    "due_when_called_off",
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
    "place_notes",
    "plain_words",
    "proposals",
    "settle_topics",
    "standing_rows",
]

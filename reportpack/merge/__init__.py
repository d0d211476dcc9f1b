"""Many sources become one register: identity, conflicts, what is due. Each is imported when it is asked for.

None has the name of the file that it stands in: a package takes a file that was imported for what has its name.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportpack.merge.agenda import merge_for_meeting
    from reportpack.merge.back_fill import CAUSE as BACK_FILL
    from reportpack.merge.back_fill import FilledIn, applied, fill_in, references_given
    from reportpack.merge.closed_days import days_closed
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
        propose_corrections,
        standing_corrections,
    )
    from reportpack.merge.proposals import next_proposed, proposed_days
    from reportpack.merge.references import next_reference, words_of
    from reportpack.merge.revisions import find_revisions
    from reportpack.merge.standing import standing_rows
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
    "corrected_rows",
    "current_corrections",
    "days_closed",
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
    "place_notes",
    "plain_words",
    "propose_corrections",
    "proposed_days",
    "references_given",
    "references_of",
    "settle_topics",
    "standing_corrections",
    "standing_rows",
    "words_of",
]

_PLACES = {
    "BACK_FILL": "back_fill.CAUSE",
    "FilledIn": "back_fill",
    "answered_rows": "issuing",
    "applied": "back_fill",
    "apply_corrections": "corrections",
    "ask_queries": "noted_answers",
    "change_rows": "noted_corrections",
    "corrected_rows": "noted_corrections",
    "current_corrections": "noted_corrections",
    "days_closed": "closed_days",
    "due_when_called_off": "due_there",
    "fill_in": "back_fill",
    "find_revisions": "revisions",
    "find_topic": "dossier",
    "give_references": "noted",
    "issue_notes": "issuing",
    "letter_standing": "letters",
    "letters_standing": "letters",
    "merge_dossier": "dossier",
    "merge_for_meeting": "agenda",
    "merge_register": "three_way",
    "next_proposed": "proposals",
    "next_reference": "references",
    "place_notes": "noted",
    "plain_words": "noted",
    "propose_corrections": "noted_corrections",
    "proposed_days": "proposals",
    "references_given": "back_fill",
    "references_of": "noted",
    "settle_topics": "topics",
    "standing_corrections": "noted_corrections",
    "standing_rows": "standing",
    "words_of": "references",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """What is asked for, and no more: a verb that needs one of these does not pay for all."""
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, _, own = _PLACES[name].partition(".")
        found = getattr(import_module(f"{__name__}.{module}"), own or name)
        globals()[name] = found
        return found

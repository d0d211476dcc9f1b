"""Many sources become one register: identity, conflicts, what is due."""

from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.revisions import find_revisions

__all__ = ["find_revisions", "merge_for_meeting"]

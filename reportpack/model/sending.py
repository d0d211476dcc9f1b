"""Who is sent what of a meeting's released documents, before anything is sent."""

from reportpack.model.letter import Addressee
from reportpack.model.office import Gets
from reportpack.model.release import Released, ReleasedFile
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Planned:
    """One person's letter with one released document: what they get by the settings, and their own papers among what was released.

    `lacking` says what they should get and nobody has released.
    """

    to: Addressee
    release: Released
    gets: frozenset[Gets]
    papers: tuple[ReleasedFile, ...]
    posts: tuple[str, ...]
    lacking: str = ""

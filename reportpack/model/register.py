"""What stands: every matter, action, commitment and question, as at a day."""

from reportpack.model.action import Action
from reportpack.model.commitment import Commitment
from reportpack.model.matter import Matter
from reportpack.model.question import Question
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Register:
    """The rows of the register, each once, in the order of their references."""

    matters: tuple[Matter, ...] = ()
    actions: tuple[Action, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    questions: tuple[Question, ...] = ()

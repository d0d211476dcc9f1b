"""What no file says: asked once in plain words, each with its likely answer; answers can come from a file, or from an earlier run."""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from reportpack.errors import InputError
from reportpack.records import Record

NAMES = ("name", "force", "bodies", "meets", "whole", "better", "headings", "audience", "recipients")
"""The questions there can be, in their order."""


class Question(Record):
    """A question by its name in an answers file, and the answer that is taken when nobody gives another."""

    name: str
    text: str
    likely: str


class Answered(Record):
    """What was answered: by a person now or earlier, or `taken`, the likely answer that nobody has confirmed."""

    question: Question
    answer: str
    taken: bool


Ask = Callable[[Question], str | None]
"""What a person says; None where nobody is there to be asked."""


class Answers(Record):
    """Where answers come from: `given` in a file now, `kept` from an earlier run, else a person. `said` holds what was asked, in order."""

    given: Mapping[str, str]
    kept: Mapping[str, str]
    ask: Ask
    said: list[Answered] = field(default_factory=list)

    def of(self, name: str, text: str, likely: str) -> str:
        """The answer; nothing is asked that was answered before."""
        question = Question(name, text, likely)
        known = self.given.get(name, self.kept.get(name))
        answer = known if known is not None else self.ask(question)
        if known is None or name in self.given:
            self.said.append(Answered(question, likely if answer is None else answer, taken=answer is None))
        return likely if answer is None else answer

    @property
    def all(self) -> dict[str, str]:
        """Everything that is answered by now, to be kept."""
        return {**self.kept, **{one.question.name: one.answer for one in self.said}}


def read_answers(path: Path) -> dict[str, str]:
    """The answers in a file, TOML or JSON, by the names of their questions; InputError where one is not known."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
        answers = {str(name): _as_words(value) for name, value in said.items()}
    except (OSError, ValueError, AttributeError) as fault:
        raise InputError(
            f"{path} cannot be read as answers: {fault}.", f'Write lines such as name = "...": {", ".join(NAMES)}.'
        ) from fault
    strange = [name for name in answers if name not in NAMES]
    if strange:
        raise InputError(f'{path}: no question is called "{strange[0]}".', f"The questions are: {', '.join(NAMES)}.")
    return answers


def _as_words(value: object) -> str:
    """As a person would type it: `yes`, `one, two`, `lower: one, two; higher: three`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_as_words(one)}" for key, one in value.items())
    return ", ".join(map(_as_words, value)) if isinstance(value, list) else str(value)


def is_yes(answer: str) -> bool:
    """Whether it begins as a yes does."""
    return answer.strip().casefold()[:1] in ("y", "t", "1")

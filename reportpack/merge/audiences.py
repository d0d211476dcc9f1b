"""Rows and words for more people than their topic is for: nothing is built before a person has said which of the two is right."""

from collections.abc import Iterator, Sequence

from reportpack.model.edition import TOO_WIDE, Audience, is_wider
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Source
from reportpack.model.register import Register
from reportpack.model.statement import Question, Statement


def too_wide(
    register: Register, statements: Sequence[Statement], questions: Sequence[Question], meeting: Meeting, office: Office
) -> tuple[Problem, ...]:
    """A problem for each row of the register, and each passage of people's words, that is for more people than its topic or its item."""
    found = [_too_wide(one.source, one.audience, one.topic, "", meeting, office) for one in register.matters]
    found += [_too_wide(one.source, one.audience, one.topic, "", meeting, office) for one in register.actions]
    found += [_too_wide(one.source, one.audience, one.topic, "", meeting, office) for one in register.commitments]
    found += [_too_wide(one.source, one.audience, one.topic, "", meeting, office) for one in register.questions]
    found += [_too_wide(one.source, one.audience, one.topic, one.item, meeting, office) for one in statements]
    found += [_too_wide(one.source, one.audience, one.topic, one.item, meeting, office) for one in questions]
    return tuple(problem for problems in found for problem in problems)


def _too_wide(
    source: Source, audience: Audience, topic_id: str, item: str, meeting: Meeting, office: Office
) -> Iterator[Problem]:
    topic = office.topic(topic_id)
    line = next((one for one in meeting.agenda if one.number == item), None)
    section = topic or line
    if section is not None and is_wider(audience, section.audience):
        yield Problem(
            TOO_WIDE,
            source,
            f'This is for "{audience}", and "{section.title}" is for "{section.audience}" alone.',
            f'Make it "{section.audience}", or widen the other in office.toml.',
        )

"""Lines that are the office's until a person releases them to the force: which there are, and what the force then reads. By their very words."""

from collections.abc import Iterable
from dataclasses import replace

from reportpack.compose.setting import anchor, topic_id_of
from reportpack.model.agenda_view import AgendaView
from reportpack.model.edition import Audience, may_read
from reportpack.model.pack import Pack
from reportpack.model.release import ReleasedLine
from reportpack.model.statement import Question


def office_lines(pack: Pack) -> tuple[ReleasedLine, ...]:
    """Every question and line of enquiry in the pack, in its order: `2.1.2-1` is the first under 2.1.2, whose topics count on."""
    counts: dict[str, int] = {}
    lines = []
    for page in (*pack.topics, *pack.items):
        at = page.number or page.id
        for words in page.asked:
            counts[at] = counts.get(at, 0) + 1
            lines.append(ReleasedLine(f"{at}-{counts[at]}", plain(words), page.number, page.id))
    return tuple(lines)


def known_by(lines: Iterable[ReleasedLine]) -> frozenset[tuple[str, str]]:
    """What lines are known by: the page that each stands on, and its words."""
    return frozenset((one.place, plain(one.words)) for one in lines)


def plain(words: str) -> str:
    """The words whatever their spaces."""
    return " ".join(words.split())


def with_released_questions(view: AgendaView, lines: Iterable[ReleasedLine], edition: Audience) -> AgendaView:
    """The view in which that edition's readers may read the questions that were released to them."""
    released = known_by(lines)
    if not released:
        return view

    def opened(questions: tuple[Question, ...], place: str) -> tuple[Question, ...]:
        return tuple(
            replace(one, audience=edition)
            if not may_read(edition, one.audience) and (place, plain(one.words)) in released
            else one
            for one in questions
        )

    return replace(
        view,
        items=tuple(replace(one, questions=opened(one.questions, anchor("item", one.item.number))) for one in view.items),
        topics=tuple(replace(one, questions=opened(one.questions, topic_id_of(one.topic.id))) for one in view.topics),
        unplaced_questions=opened(view.unplaced_questions, anchor("item", "")),
    )

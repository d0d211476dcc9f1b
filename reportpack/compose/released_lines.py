"""Lines that are the office's until a person releases them to the force: which there are, and what the force then reads. By their very words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportpack.model.agenda_view import AgendaView
from reportpack.model.audience import Audience
from reportpack.model.pack import Pack, TopicPage
from reportpack.model.question import Question
from reportpack.model.release import ReleasedLine


def office_lines(pack: Pack) -> tuple[ReleasedLine, ...]:
    """Every question and line of enquiry in the pack, in its order: `2.1.2-1` is the first on the page of 2.1.2."""
    return tuple(line for page in (*pack.topics, *pack.items) for line in _lines(page))


def printed_words(pack: Pack) -> frozenset[str]:
    """The words of every line that this edition prints."""
    return words_of(office_lines(pack))


def words_of(lines: Iterable[ReleasedLine]) -> frozenset[str]:
    """What a line is known by."""
    return frozenset(plain(one.words) for one in lines)


def plain(words: str) -> str:
    """The words whatever their spaces."""
    return " ".join(words.split())


def with_released_questions(view: AgendaView, lines: Iterable[ReleasedLine]) -> AgendaView:
    """The view in which the force may read the questions that were released."""
    words = words_of(lines)
    if not words:
        return view

    def opened(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(
            replace(one, audience=Audience.FORCE) if one.audience is Audience.OFFICE and plain(one.words) in words else one
            for one in questions
        )

    return replace(
        view,
        items=tuple(replace(one, questions=opened(one.questions)) for one in view.items),
        topics=tuple(replace(one, questions=opened(one.questions)) for one in view.topics),
        unplaced_questions=opened(view.unplaced_questions),
    )


def _lines(page: TopicPage) -> Iterator[ReleasedLine]:
    words = [*(one.words for one in page.questions), *(one.words.text for one in page.enquiries)]
    for number, text in enumerate(words, start=1):
        yield ReleasedLine(f"{page.number or page.id}-{number}", plain(text), page.number)

"""The chair's running sheet, for the office only: item, question, what was said last time, room to write. One side."""

from reportpack.compose.setting import Setting
from reportpack.model.agenda_view import ItemView
from reportpack.model.pack import RunningRow, TopicPage
from reportpack.model.words import Sentence

_LONGEST = 160
_FULL_SIDE = 26
MOST_QUESTIONS = 2


def compose_running_sheet(
    setting: Setting, topics: tuple[TopicPage, ...], items: tuple[TopicPage, ...]
) -> tuple[RunningRow, ...]:
    """A row for each line of the agenda; the fewer there are, the more room each has."""
    if not setting.for_office:
        return ()
    pages: dict[str, list[TopicPage]] = {}
    for page in (*topics, *items):
        pages.setdefault(page.number, []).append(page)
    leaves = [view for view in setting.view.items if view.item.number in pages or not _is_heading(view, setting)]
    room = max(1, min(4, _FULL_SIDE // max(len(leaves), 1)))
    return tuple(_row(view, pages.get(view.item.number, []), setting, room) for view in leaves)


def _is_heading(view: ItemView, setting: Setting) -> bool:
    """Whether other lines stand below it and nothing is taken at the line itself."""
    number = view.item.number.rstrip(".")
    below = any(one.item.number.startswith(f"{number}.") for one in setting.view.items)
    return below and not view.papers


def _row(view: ItemView, pages: list[TopicPage], setting: Setting, room: int) -> RunningRow:
    matters = [one for one in setting.view.matters if one.item == view.item.number]
    questions = [question for page in pages if (question := _question(page))][:MOST_QUESTIONS]
    return RunningRow(
        number=view.item.number,
        title=view.item.title,
        questions=tuple(questions) or _overdue(pages),
        last_time=shorten(_last_time(pages, [one.matter.said for one in matters])),
        matters=tuple(one.matter.ref for one in matters),
        lines=room,
    )


def _question(page: TopicPage) -> Sentence:
    """The first that a person wrote, else the first that the figures suggest."""
    if page.questions:
        return Sentence.of(page.questions[0].words)
    return page.enquiries[0].words if page.enquiries else Sentence.of()


def _overdue(pages: list[TopicPage]) -> tuple[Sentence, ...]:
    """Where nobody has a question: what is overdue."""
    overdue = [line for page in pages for line in page.actions if line.overdue][:MOST_QUESTIONS]
    return tuple(Sentence.of(f"Action {line.ref} is overdue: “{line.words.rstrip('.')}”.") for line in overdue)


def _last_time(pages: list[TopicPage], said: list[str]) -> str:
    answers = [one.answer for page in pages for one in page.past_questions if one.answer]
    return next(iter([*answers, *filter(None, said)]), "")


def shorten(text: str) -> str:
    """The beginning of somebody's words, cut at a word, for a sheet of one side."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:.") + " …"

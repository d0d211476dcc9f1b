"""A letter while it is read, whatever kind of file it came in: its lines and tables, what hangs on it, and what a reader ought to know."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from reportpack.model.problem import Source
from reportpack.model.reply import CalendarAnswer, DeliveryTold, FormLine, Passage, Reply, ReplyFile, ReplyKind
from reportpack.read.inbox.form import grid_form
from reportpack.read.inbox.markup import Markup
from reportpack.read.inbox.own_words import MAX_ATTACHED, LetterLine, own_words


class Letter:
    """What has been found in a letter so far. `answers`: its heads say that it is a reply."""

    def __init__(self, *, answers: bool = False) -> None:
        self.answers = answers
        self.kind = ReplyKind.LETTER
        self.lines: list[LetterLine] = []
        self.files: list[ReplyFile] = []
        self.form_lines: list[FormLine] = []
        self.outside: list[str] = []
        self.remarks: list[str] = []
        self.passed_on: list[Passage] = []
        self.calendar: CalendarAnswer | None = None
        self.quoted = 0

    @property
    def has_words(self) -> bool:
        """Whether it says anything yet."""
        return any(line.text.strip() for line in self.lines) or bool(self.form_lines) or self.calendar is not None

    def remark(self, text: str) -> None:
        """Something that its reader ought to know, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def say(self, lines: Iterable[LetterLine], *, struck: bool = False) -> None:
        """Lines of its words, below those there are."""
        if self.lines:
            self.lines.append(LetterLine(""))
        self.lines.extend(lines)
        if struck:
            self.remark("Some of its words are struck through, which cannot be told here: read the letter itself.")

    def show(self, page: Markup) -> None:
        """A page of HTML: its tables that are forms are read as such, the rest is words."""
        depths = {line.table: line.depth for line in page.lines if line.table}
        forms = set()
        for number, grid in page.tables.items():
            lines, outside = grid_form(grid, f"table {number}") if not depths.get(number) else ((), ())
            if lines or outside:
                forms.add(number)
                self.form_lines.extend(lines)
                self.outside.extend(outside)
        self.say(line for line in page.lines if line.table not in forms)
        for words in page.struck:
            self.remark(f'Words that are struck through were left out: "{words[:200]}".')
        for words in page.hidden:
            self.remark(f'Words that nobody can see were left out: "{words[:200]}".')
        if page.cut:
            self.remark("Its page is nested deeper than can be read: read the letter itself.")

    def attach(self, name: str, media_type: str, data: bytes) -> None:
        """A file hangs on it."""
        self.files.append(ReplyFile(name or f"attachment {len(self.files) + 1}", media_type, data))

    def pass_on(self, passages: Sequence[Passage], remarks: Sequence[str], quoted: int) -> None:
        """It carries a letter of somebody else, which quotes so many lines."""
        self.passed_on.extend(passages)
        self.quoted += quoted
        for one in remarks:
            self.remark(one)

    def answers_invitation(self, answer: CalendarAnswer) -> None:
        """A calendar says whether somebody comes."""
        self.calendar = answer
        self.kind = ReplyKind.CALENDAR


def reply_of(
    letter: Letter, source: Source, address: str, name: str, sent: datetime | None, title: str, kind: ReplyKind, report: DeliveryTold | None = None
) -> Reply:  # fmt: skip
    """The letter as a reply: the sender's own words apart from what it quotes."""
    own = own_words(letter.lines, title)
    passages = (*own.passages, *letter.passed_on)
    nothing = kind is ReplyKind.LETTER and not passages and not letter.form_lines and not letter.remarks and letter.lines
    only = ("Nothing in it is its sender's own: it only quotes.",) if nothing and own.quoted else ()
    remarks = (*letter.remarks, *own.remarks, *only)
    return Reply(
        source, address, name, sent, title, "\n\n".join(one.text for one in passages), own.quoted + letter.quoted,
        tuple(letter.files[:MAX_ATTACHED]), tuple(letter.form_lines), tuple(letter.outside), kind, passages, remarks,
        letter.calendar, report,
    )  # fmt: skip

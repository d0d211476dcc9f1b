"""People's words for the pack: inputs/notes/MEETING.md, .docx or .odt, headed like the agenda. docs/notes.md shows how they are written."""

import hashlib
from collections.abc import Sequence
from dataclasses import field, replace
from itertools import groupby
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, leads_out
from reportpack.model.edition import ROW_AUDIENCE, Audience, edition_names
from reportpack.model.office import AgendaItem, Office
from reportpack.model.passage import HeldBack
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.statement import Answered, Block, BlockKind, Question, Statement
from reportpack.read.documents.faults import UnreadableNotesError, unread_problems
from reportpack.read.documents.lines import LONGEST_LINE
from reportpack.read.posts import read_post
from reportpack.read.words.agenda_headings import Voice, nearest_heading, place_heading, read_label, read_voice
from reportpack.read.words.marks import read_marks
from reportpack.read.words.passages import document_words, markdown_words
from reportpack.records import Changing, Record

Words = tuple[tuple[Statement, ...], tuple[Question, ...], tuple[Problem, ...]]
_NAMED = re.compile(r"(?i)\d{4}-\d{2}-\d{2}-[a-z0-9-]+(?:\..*)?\.(?:md|docx|odt|png|jpe?g)")


def read_notes(folder: Path, meeting: str, agenda: Sequence[AgendaItem], office: Office, also: Sequence[str] = ()) -> Words:
    """Everything in the folder that is about the meeting (`MEETING.md`, `MEETING.docx`, `MEETING.anything.md`), file by file. `also` are
    other names of the meeting, after a day that it was moved to."""
    statements, questions, problems = list[Statement](), list[Question](), list[Problem]()
    for path in _files(folder, problems):
        where = Source(f"{folder.name}/{path.name}")
        if _is_of(path, (meeting, *also)):
            # A link out of the office's inputs leads to what somebody else may change, or never meant for a pack.
            if leads_out(path, path.parent.parent):
                found = "This is a link to a file outside the office's folder, so its words are not in the pack."
                remedy = "Put the file itself there, or remove the link."
                problems.append(Problem("notes-link", where, found, remedy))
                continue
            read = _read_file(path, where.file, meeting, agenda, office)
            statements.extend(read[0])
            questions.extend(read[1])
            problems.extend(read[2])
        elif not _NAMED.fullmatch(path.name.casefold()):
            found = "The file's name does not say which meeting it is about, or what kind of file it is, so it is not read."
            remedy = f"Name it after the meeting's id, such as {meeting}.md or {meeting}.docx."
            problems.append(Problem("notes-misnamed", where, found, remedy, Weight.NOTE))
    return tuple(statements), tuple(questions), tuple(problems)


def notes_files(folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """The files that read_notes reads for the meeting of those names, for the list of what a build used."""
    return tuple(path for path in _files(folder, []) if _is_of(path, names))


def _is_of(path: Path, names: Sequence[str]) -> bool:
    begins = tuple(f"{name.casefold()}." for name in names)
    return path.name.casefold().startswith(begins) and path.suffix.casefold() in (".md", ".docx", ".odt")


def _files(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.is_dir() and not path.name.startswith(("~$", ".", "README")))
    except FileNotFoundError:
        return []
    except OSError as error:
        found = f"The folder of notes cannot be read ({error.strerror})."
        problems.append(Problem("notes-unreadable", Source(folder.name), found, "See that you may open it, and run again."))
        return []


def _read_file(path: Path, name: str, meeting: str, agenda: Sequence[AgendaItem], office: Office) -> Words:
    try:
        data = bytes_of(path)
        passages, unread, marks = (markdown_words if path.suffix.casefold() == ".md" else document_words)(data, path.parent)
    except (OSError, UnreadableNotesError) as error:
        found = "The file is no document of words, or is damaged, so its words are not in the pack."
        remedy = "Open it in Word or LibreOffice, save it again as .docx or .odt, and run again."
        if isinstance(error, OSError):
            found = f"The file cannot be read ({error.strerror or type(error).__name__}), so its words are not in the pack."
            remedy = "Close it where it is open, see that you may read it, and run again."
        return (), (), (Problem("notes-unreadable", Source(name), found, remedy),)
    reading = Reading(meeting, tuple(agenda), office, Source(name, sha256=hashlib.sha256(data).hexdigest()))
    reading.problems.extend(unread_problems(unread, reading.source))
    for passage in passages:
        reading.take(passage)
    whole = {line: " ".join(one.text for one in every) for line, every in groupby(passages, lambda one: one.line)}
    places = {one: f"paragraph {one[1:]}" if one[1:].isdigit() else one for one in (mark.line for mark in marks)}
    marked = (one if one.words else replace(one, words=whole.get(places[one.line], "")) for one in marks)
    reading.held, of_marks = read_marks((one for one in marked if one.words), office, reading.source)
    reading.problems.extend(of_marks)
    return reading.finish()


class Position(Record):
    """Where the reading stands: under which line and topic, in whose voice, for whom."""

    item: str = ""
    topic: str = ""
    voice: Voice | None = None
    audience: Audience = Audience.OFFICE
    level: int = 0
    placed: bool = False
    heading: str = ""
    asked: bool = False


class Reading(Changing):
    """One file being read, a passage at a time."""

    meeting: str
    agenda: tuple[AgendaItem, ...]
    office: Office
    source: Source
    here: Position = Position()
    file_author: str = ""
    file_audience: Audience = Audience.OFFICE
    blocks: list[Block] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    held: tuple[HeldBack, ...] = ()  # passages of it that not every edition carries

    def take(self, passage: Block) -> None:
        """The next heading, paragraph, list entry or table, as far as anybody reads."""
        rows = tuple(tuple(cell[:LONGEST_LINE] for cell in row) for row in passage.rows)
        whole, passage = passage, replace(passage, text=passage.text[:LONGEST_LINE], rows=rows)
        if passage != whole:
            found = f"This has more than {LONGEST_LINE:,} letters without an end; only the beginning is in the pack."
            self._say("notes-cut", passage, found, "Break it into paragraphs.")
        if passage.kind in (BlockKind.TABLE, BlockKind.PICTURE):
            self._keep(passage)
        elif passage.kind is BlockKind.HEADING:
            self._take_heading(passage)
        elif (rest := self._take_labels(passage)) is not None:
            short = rest.kind is BlockKind.PARAGRAPH and len(rest.text) <= 80 and "\n" not in rest.text
            if not short or not self._opens(rest):
                self._keep(rest)

    def finish(self) -> Words:
        """Everything that was read."""
        self._close()
        said = tuple(replace(one, held=self.held) for one in self.statements)
        return said, tuple(replace(one, held=self.held) for one in self.questions), tuple(self.problems)

    def _opens(self, passage: Block) -> bool:
        """Whether a plain paragraph is a heading that was typed without being marked as one."""
        voice = read_voice(passage.text, self.office)
        placing = place_heading(passage.text, self.agenda, self.office) if passage.text[:1].isdigit() else None
        if voice is not None and voice.author:
            self._speak(voice)
        elif placing is not None and placing.exact and passage.text.rstrip(" .").split()[-1].strip("0123456789.)"):
            self._open(placing.item, placing.topic, 2, passage.text)
        else:
            return False
        return True

    def _take_heading(self, passage: Block) -> None:
        label = read_label(passage.text)
        voice = read_voice(passage.text, self.office)
        if label is not None:
            self._set(*label, passage)
        elif voice is not None:
            self._speak(voice)
        elif (placing := place_heading(passage.text, self.agenda, self.office)) is not None:
            if placing.doubt:
                found = f'In the heading "{passage.text}" {placing.doubt}.'
                self._say("heading-doubtful", passage, found, "Make number and title agree.")
            item = placing.item or (self.here.item if passage.level > self.here.level else "")
            self._open(item, placing.topic, passage.level, passage.text)
        elif self.here.placed and passage.level > self.here.level:
            self._keep(passage)
        else:
            self._open("", "", min(passage.level, 1), passage.text, placed=False)

    def _open(self, item: str, topic: str, level: int, heading: str, *, placed: bool = True) -> None:
        self._close()
        voice = Voice(self.file_author, questions=False) if self.file_author else None
        self.here = Position(item, topic, voice, self.file_audience, level, placed, heading)

    def _speak(self, voice: Voice) -> None:
        self._close()
        self.here = replace(self.here, voice=voice, audience=self.file_audience, asked=False)

    def _take_labels(self, passage: Block) -> Block | None:
        """What is left of a paragraph after lines such as `From: DCC` at its top."""
        lines = passage.text.split("\n")
        while lines and (label := read_label(lines[0])) is not None:
            self._set(*label, passage)
            lines = lines[1:]
        text = "\n".join(lines).strip()
        return replace(passage, text=text) if text else None

    def _set(self, is_audience: bool, value: str, passage: Block) -> None:
        self._close()
        at_the_top = not self.here.heading and not self.statements and not self.questions
        if is_audience:
            audience = self._audience(value, passage)
            self.here = replace(self.here, audience=audience)
            self.file_audience = audience if at_the_top else self.file_audience
        else:
            author = read_post(value, self.office) or value
            asks = self.here.voice is not None and self.here.voice.questions and not self.here.asked
            self.file_author = author if at_the_top else self.file_author
            self.here = replace(self.here, voice=Voice(author, asks), asked=False)

    def _audience(self, value: str, passage: Block) -> Audience:
        try:
            return Audience(value.casefold())
        except ValueError:
            found = f'"{value}" is not an audience: it does not say who may read the words.'
            self._say(ROW_AUDIENCE, passage, found, f"Write {edition_names()}.")
            return Audience.OFFICE

    def _keep(self, passage: Block) -> None:
        if not self.here.placed and not self.blocks:
            self._say_unplaced(passage)
        asks = self.here.voice is not None and self.here.voice.questions
        if passage.rows and asks:
            passage = replace(passage, text="; ".join(" | ".join(row) for row in passage.rows), rows=())
        text = " ".join(passage.text.split("\n")) if passage.kind is not BlockKind.PARAGRAPH else passage.text
        if asks and passage.kind not in (BlockKind.HEADING, BlockKind.PICTURE):
            author = self.here.voice.author if self.here.voice else ""
            self.questions.append(Question(
                words=text, source=replace(self.source, cell=passage.line), asked_by=author, meeting=self.meeting,
                topic=self.here.topic, item=self.here.item, answered=Answered.TO_ASK, audience=self.here.audience,
            ))  # fmt: skip
            self.here = replace(self.here, asked=True)
        else:
            self.blocks.append(replace(passage, text=text))

    def _close(self) -> None:
        if self.blocks:
            author = self.here.voice.author if self.here.voice else ""
            source = replace(self.source, cell=self.blocks[0].line)
            if not author and not any(one.kind == "author-unknown" for one in self.problems):
                found = "It does not say whose words these are; they are printed without an author."
                remedy = "Put a line above them, such as From: DCC, or a heading such as Officer's note."
                self.problems.append(Problem("author-unknown", source, found, remedy, Weight.NOTE))
            blocks, here = tuple(self.blocks), self.here
            self.statements.append(Statement(author, self.meeting, blocks, source, here.item, here.topic, here.audience))
        self.blocks = []

    def _say(self, kind: str, passage: Block, found: str, remedy: str) -> None:
        self.problems.append(Problem(kind, replace(self.source, cell=passage.line), found, remedy))

    def _say_unplaced(self, passage: Block) -> None:
        heading = self.here.heading
        near = nearest_heading(heading, self.agenda, self.office) if heading else ""
        where = f'under "{heading}"' if heading else "before any heading of the agenda"
        remedy = "Use the number or the title of a line of the agenda."
        remedy = f'If "{near}" is meant, use that as the heading.' if near else remedy
        found = f"The words {where} belong to no line of the agenda; they are printed as unplaced."
        if not any(one.found == found for one in self.problems):
            self._say("words-unplaced", passage, found, remedy)

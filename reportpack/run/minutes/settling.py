"""What a person says of the notes. `annex --returned`, `--corrections`, `--accept` and `--refuse`: the Word copy comes back, and what it proposes is
settled: nothing is corrected in silence, and what is accepted is printed as a correction. `minutes queries` and `answer`: what the notes leave open
is answered once, and never asked for again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, RefusedError, Remedy, fails_as
from reportpack.ledger import Ledger
from reportpack.merge.corrected_notes import Facts, moved_outcomes
from reportpack.merge.issuing import answered_rows
from reportpack.merge.noted_corrections import corrected_rows, fact_of, propose_corrections, standing_corrections
from reportpack.merge.register_rows import rows_after
from reportpack.model.action import ActionState, says_no_day
from reportpack.model.answer import Answer, AskedQuery, QueryAnswered, Verdict
from reportpack.model.correction import Correction, CorrectionKind, CorrectionSettled
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexIssued, Build, Event, FileRole, RowChange
from reportpack.model.matter import MatterState
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes, NotedPassage
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source
from reportpack.model.register_columns import Heading, table_of
from reportpack.read.documents.faults import UnreadableNotesError
from reportpack.read.documents.lines import LARGEST_FILE
from reportpack.read.documents.opening import document_from
from reportpack.read.minutes.corrected import at_odds, correct_notes, passage_of
from reportpack.read.minutes.reading import minutes_of
from reportpack.read.register.occasions import read_occasion
from reportpack.read.returned import IssuedParagraph, ReturnedCopy, find_corrections, how_alike, issued_paragraphs, read_copy
from reportpack.records import Record
from reportpack.run.minutes.annex_issue import EDITION, MEETING, NAME, VERSION, remake_issued
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes, read_again, read_for_annex, register_now, with_answers
from reportpack.run.office_files import Folders, Progress, open_memory
from reportpack.run.steps.documents import PAGE_SOURCE
from reportpack.run.steps.recording import Recording, recording

_WORD = ".docx"
_LEAST = 0.3  # The share of the issued paragraphs that a copy of it still has, however much was changed in it.


class Corrections(Record):
    """The corrections of a meeting's annex; `changed` are those that are new or were settled now, `rows` what the register gained."""

    meeting: Meeting
    corrections: tuple[Correction, ...]
    changed: tuple[Correction, ...] = ()
    rows: tuple[RowChange, ...] = ()
    problems: tuple[Problem, ...] = ()


class Settling(Record):
    """What a person says to corrections: whether they stand, and who says so and why.
    Without `numbers` all that are open are meant; of comments, which propose no words, none can be accepted so."""

    numbers: tuple[int, ...]
    accept: bool
    by: str
    why: str = ""
    words: str = ""


def list_corrections(folders: Folders, order: AnnexOrder, progress: Progress) -> Corrections:
    """Every correction with what was said to it; records nothing."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
        every = standing_corrections(ledger.corrections(read.view.meeting.id))
    return Corrections(read.view.meeting, every, problems=read.problems)


def take_returned(folders: Folders, order: AnnexOrder, path: Path, progress: Progress) -> Corrections:
    """Record each change and each comment of the returned copy as a proposal. The same copy a second time changes nothing."""
    if path.suffix.lower() != _WORD:
        found = f"{path.name} is no Word document (.docx), so its changes cannot be read."
        raise InputError(found, "Give the Word copy itself; a Google document is downloaded as .docx, an .odt saved as .docx.")
    with fails_as(InputError, f"{path} cannot be read", "Check the name, and that you may read it."):
        if path.stat().st_size > LARGEST_FILE:
            found = f"{path.name} is larger than {LARGEST_FILE // 2**20} MB, which no annex is."
            raise InputError(found, "Give the annex alone.")
        data = bytes_of(path)
    with recording(folders, order.now) as record:
        ledger = record.ledger
        read = read_for_annex(folders, order, ledger, progress, record.standing)
        issued = _refuse_not_open(read)
        progress(f"Reading {path.name}")
        try:
            copy = read_copy(data)
        except UnreadableNotesError as error:
            raise InputError(f"{path.name}: {error.found}", error.remedy) from error
        edition, paragraphs = _issued_as(copy, read, issued, ledger, path)
        known = standing_corrections(ledger.corrections(read.view.meeting.id))
        sha256 = sha256_of(data)
        changes = find_corrections(paragraphs, copy)
        proposed = propose_corrections(changes, known, read.view, issued.version, edition, path.name, sha256)
        if proposed:
            ledger.keep(data)
            record.record([Event(one, order.now) for one in proposed])
        return _after(read, record, {one.number for one in proposed})


def settle_corrections(folders: Folders, order: AnnexOrder, settling: Settling, progress: Progress) -> Corrections:
    """Accept or refuse. The register's row follows an accepted correction to an action, and goes back when it is refused after all."""
    if not settling.by.strip():
        raise InputError("Nobody is named who says so.", "Say who it is (--by). Nothing was recorded.")
    if not settling.accept and not settling.why.strip():
        raise InputError("No reason is given for refusing.", "Give the reason (--why): it is kept. Nothing was recorded.")
    with recording(folders, order.now) as record:
        read = read_for_annex(folders, order, record.ledger, progress, record.standing)
        _refuse_not_open(read)
        chosen = _chosen(read, settling)
        by, why, words = settling.by.strip(), settling.why.strip(), settling.words.strip() if settling.accept else ""
        said_so = ((one, one.settled) for one in chosen)
        new = [one for one, so in said_so if so is None or (so.accepted, so.words, so.why) != (settling.accept, words, why)]
        _refuse_wordless(new, settling)
        if not new:
            return _after(read, record, set())
        meeting = read.view.meeting.id
        said = (CorrectionSettled(meeting, one.number, settling.accept, order.today, why, words) for one in new)
        settled = {one.number: one for one in said}
        events = [Event(one, order.now, by) for one in settled.values()]
        every = {one.number: one for one in read.view.corrections}
        follows = _Following(read, record.ledger)
        rows: list[RowChange] = []
        for one in new:
            stood = dict(every)
            every[one.number] = replace(one, settled=settled[one.number], by=by)
            rows += follows.rows(one.number, stood, every, rows)
        read = replace(read, view=replace(read.view, corrections=tuple(every.values())))
        _refuse_no_day(rows)
        _refuse_at_odds(read)
        remake_issued(folders, order, read, record, rows, events)
        return _after(replace(read, problems=(*read.problems, *follows.kept)), record, set(settled), tuple(rows))


_Numbered = Mapping[int, Correction]


class _Following:
    """What corrections change in the register: the words of its rows, the cells of the annex's tables, and all that follows from the notes' words."""

    def __init__(self, read: ReadNotes, ledger: Ledger) -> None:
        issued, office = read.earlier, read.settings.office
        given = issued.given if issued is not None else ()
        self.read, self.facts = read, Facts(read.view, given, office, read.settings.measures)
        data = ledger.kept(read.minutes.sha256) if read.unchanged else b""
        self.document, self.source, _ = document_from(data, read.minutes.file, read.notes.path.suffix.lower())
        self.said = [one.what for one in ledger.of_kinds(RowChange) if isinstance(one.what, RowChange)]
        own = f"annex {read.view.meeting.id}"
        added = {(one.sheet, one.ref) for one in self.said if Heading.REFERENCE in one.words and one.cause.startswith(own)}
        self.said = [one for one in self.said if (one.sheet, one.ref) not in added]
        self.kept: list[Problem] = []

    def rows(self, number: int, stood: _Numbered, stand: _Numbered, sooner: Sequence[RowChange]) -> list[RowChange]:
        """Those of one correction, with what was settled `sooner` at the same time."""
        was, now = stood[number], stand[number]
        view, register = self.read.view, rows_after(self.read.standing.rows, sooner)
        changes = [*corrected_rows([was], view, register, back=True)]
        changes += corrected_rows([now], view, rows_after(register, changes))
        if passage_of(now, self.read.minutes.passages) is not None:
            cause = f"annex {view.meeting.id}, correction {now.number}{'' if now.accepted else ' taken back'}"
            source = Source(now.proposed.file, sha256=now.proposed.sha256)
            before, after = self._with([*stood.values()]), self._with([*stand.values()])
            register = rows_after(register, changes)
            moved = list(self.facts.moved(before.view, after.view, register, cause, source))
            _refuse_lost(now, moved)
            changes += moved
            self.kept += [_kept(number, source, *one) for one in self.facts.kept]
            self.facts.kept.clear()
            told = rows_after(register, changes), [*self.said, *sooner]
            changes += moved_outcomes(with_answers(before), with_answers(after), *told, cause)
        elif now.accepted and not changes and (ref := fact_of(now, view)):
            found = f"Correction {now.number} would change what stands of {ref}, and none of its facts is what was changed."
            raise RefusedError(found, Remedy("Refuse it, and say in the register what is meant:", "register update", ref))
        return changes

    def _with(self, corrections: Sequence[Correction]) -> ReadNotes:
        """The notes with the accepted ones in them."""
        read, passages = self.read, self.read.minutes.passages
        if self.document is None:
            return read
        document = correct_notes(self.document, passages, corrections)
        return read_again(read, minutes_of(document, self.source, read.settings.office, read.meetings, register_now(read))[0])


def _kept(number: int, source: Source, ref: str, heading: str, stands: str, said: str) -> Problem:
    found = f'Correction {number} says "{said}" for {heading} of {ref}. The register was changed since: it says "{stands}", and stays so.'
    return Problem("correction-kept", source, found, Remedy("Where the correction is right:", "register update", ref))


_LOST = ("", ActionState.WITHDRAWN.value, MatterState.DISCHARGED.value)


def _refuse_lost(correction: Correction, moved: Sequence[RowChange]) -> None:
    """The words for a comment stand in the place of those it was made on; what is lost with those was hardly meant."""
    found = correction.proposed.found
    if not correction.accepted or found.kind is not CorrectionKind.COMMENT:
        return
    for ref, cell in ((one.ref, each) for one in moved for each in one.changes if each.after in _LOST):
        lost = f"{ref} loses its {cell.header}" if not cell.after else f"{ref} is asked for no more"
        said = f'Correction {correction.number} is a comment on "{found.removed}". With those words in its place, {lost}.'
        raise RefusedError(said, 'Give --words "..." whole, as they should stand there, or refuse it. Nothing was recorded.')


def _refuse_no_day(changes: Sequence[RowChange]) -> None:
    for change in changes:
        for one in change.changes:
            if (
                one.header == table_of(change.sheet).due
                and not says_no_day(one.after)
                and not read_occasion(one.after, "2000-01")
            ):
                raise RefusedError(
                    f'{change.cause.rpartition(", ")[2].capitalize()} would make {change.ref} due "{one.after}", which is no day and no meeting.',
                    'Accept it with the day in --words "30 June 2019", or refuse it. Nothing was recorded.',
                )


def _after(read: ReadNotes, record: Recording, numbers: set[int], rows: tuple[RowChange, ...] = ()) -> Corrections:
    every = standing_corrections(record.ledger.corrections(read.view.meeting.id))
    changed = tuple(one for one in every if one.number in numbers)
    return Corrections(read.view.meeting, every, changed, rows, (*read.problems, *record.problems))


def _chosen(read: ReadNotes, settling: Settling) -> tuple[Correction, ...]:
    if not settling.numbers:
        return tuple(one for one in read.unsettled if not (settling.accept and one.proposed.found.kind is CorrectionKind.COMMENT))
    known = {one.number: one for one in read.view.corrections}
    missing = [number for number in settling.numbers if number not in known]
    if missing:
        meeting = read.view.meeting.id
        found = f"There is no correction {missing[0]} to the notes of {meeting} as they were issued."
        raise InputError(found, Remedy("See:", "annex corrections", meeting, then=". Nothing was recorded."))
    return tuple(known[number] for number in dict.fromkeys(settling.numbers))


def _refuse_wordless(corrections: Sequence[Correction], settling: Settling) -> None:
    wordless = [one for one in corrections if one.proposed.found.kind is CorrectionKind.COMMENT]
    if settling.accept and wordless and not settling.words.strip():
        on = wordless[0].proposed.found.removed
        found = f"Correction {wordless[0].number} is a comment: it does not say what should be read."
        place = f' in place of "{on}"' if on else ""
        raise InputError(found, f'Say with --words "..." what should stand{place}, or refuse the comment. Nothing was recorded.')
    if settling.words.strip() and len(corrections) > 1:
        raise InputError("The same words cannot stand for several corrections.", "Settle one at a time with --words.")


def _refuse_at_odds(read: ReadNotes) -> None:
    pair = at_odds(read.minutes.passages, read.view.corrections)
    if pair is not None:
        found = f"Corrections {pair[0].number} and {pair[1].number} say of the same words what should stand there, and differ."
        raise RefusedError(found, "Accept one and refuse the other, or accept one with --words. Nothing was recorded.")


def _refuse_not_open(read: ReadNotes) -> AnnexIssued:
    meeting = read.view.meeting.id
    if read.earlier is None:
        raise RefusedError(f"The notes of {meeting} were not issued yet.", Remedy("First:", "annex issue", meeting))
    if read.agreed is not None:
        found = f"The notes of {meeting} were agreed on {long_date(read.agreed.on)}; what was agreed is not corrected any more."
        raise RefusedError(found, "Raise it at the next meeting, whose notes can say so.")
    return read.earlier


def _issued_as(
    copy: ReturnedCopy, read: ReadNotes, issued: AnnexIssued, ledger: Ledger, path: Path
) -> tuple[Audience, tuple[IssuedParagraph, ...]]:
    meeting = read.view.meeting.id
    facts = dict(copy.facts)
    if facts.get(MEETING, meeting) != meeting:
        found = f"{path.name} is the annex of {facts[MEETING]}, not of {meeting}."
        raise RefusedError(found, f"reportpack annex {facts[MEETING]} --returned ...")
    said = facts.get(VERSION, "")
    if said and said != str(issued.version):
        what = "a draft, which was never issued" if not said.isdigit() else f"version {said}"
        found = f"{path.name} is {what}; the notes stand as version {issued.version}, issued on {long_date(issued.on)}."
        raise RefusedError(found, f"Ask for the corrections to version {issued.version}, or put them to it one by one.")
    every = [
        (event.what.edition, event.what, issued_paragraphs(read_copy(ledger.kept(file.sha256))))
        for event in ledger.builds(meeting, NAME)
        if isinstance(event.what, Build) and event.number > read.issue
        for file in event.what.files_of(FileRole.OUTPUT)
        if file.name == f"{NAME}{_WORD}"
    ]
    own = [one for one in every if one[1].files_of(FileRole.PAGE_SOURCE)[0].sha256 == facts.get(PAGE_SOURCE)]
    marked = [one for one in every if one[0].value == facts.get(EDITION)]
    choices = own or marked or every
    if not choices:
        found = f"No Word copy of the notes of {meeting} was issued."
        raise RefusedError(found, Remedy("Make one:", "annex issue", meeting, then=", after any change."))
    edition, _, paragraphs = max(choices, key=lambda one: how_alike(one[2], copy))
    if how_alike(paragraphs, copy) < _LEAST:
        found = f"{path.name} is not the annex of {meeting} that was issued: hardly a paragraph of it is the same."
        raise RefusedError(found, "Give the copy that was sent out, with the changes in it.")
    return edition, paragraphs


_AS_SUGGESTED = "as suggested"


class GivenAnswer(Record):
    """What a person says to queries: the words, or that it is not known or may stay, with the reason; and who says so."""

    verdict: Verdict
    by: str
    words: str = ""
    why: str = ""


class Queries(Record):
    """The queries of a meeting's notes with their answers; `changed` are those that were answered now, `rows` what the register gained."""

    meeting: Meeting
    asked: tuple[AskedQuery, ...]
    changed: tuple[AskedQuery, ...] = ()
    rows: tuple[RowChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    minutes: Minutes | None = None
    """The notes as they were read, for a door that shows a query beside its line."""

    @property
    def passages(self) -> tuple[NotedPassage, ...]:
        """The words of the notes with their lines."""
        return self.minutes.passages if self.minutes is not None else ()


def list_queries(folders: Folders, order: AnnexOrder, progress: Progress) -> Queries:
    """Every query with its number and its answer; records nothing."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
    return Queries(read.view.meeting, read.view.asked, problems=read.problems, minutes=read.minutes)


def answer_queries(folders: Folders, order: AnnexOrder, names: Sequence[str], given: GivenAnswer, progress: Progress) -> Queries:
    """Record the answer to each; what is answered so already changes nothing. Where the annex is issued, it is made again with it."""
    if not given.by.strip():
        raise InputError("Nobody is named who says so.", "Say who it is (--by). Nothing was recorded.")
    if given.verdict is Verdict.ANSWERED and not given.words.strip():
        remedy = "Give its words, or say that it is not known (--not-known) or left (--leave). Nothing was recorded."
        raise InputError("There is no answer.", remedy)
    if given.verdict is not Verdict.ANSWERED and not given.why.strip():
        raise InputError("No reason is given.", "Give the reason (--why): it is kept. Nothing was recorded.")
    with recording(folders, order.now) as record:
        read = read_for_annex(folders, order, record.ledger, progress, record.standing)
        if read.agreed is not None and read.unchanged:
            found = f"The notes of {read.view.meeting.id} were agreed on {long_date(read.agreed.on)}, with what they leave open."
            raise RefusedError(found, "Put the question to the next meeting.")
        asked = [one for name in dict.fromkeys(names) for one in _queries_named(read.view.asked, name, read.view.meeting.id)]
        bare = next((one for one in asked if not one.query.suggested), None)
        if bare is not None and given.words.strip().casefold() == _AS_SUGGESTED:
            raise InputError(f"Query {bare.name} suggests no words.", "Say the answer itself. Nothing was recorded.")
        why, answers = given.why.strip(), ((one, one.answer.given if one.answer is not None else None) for one in asked)
        new = [
            one
            for one, said in answers
            if said is None or (said.verdict, said.words, said.why) != (given.verdict, _words(one, given), why)
        ]
        if not new:
            return Queries(read.view.meeting, read.view.asked, problems=(*read.problems, *record.problems))
        facts, meeting = (given.verdict, order.today), read.view.meeting.id
        said = {
            one.key: QueryAnswered(
                meeting, one.key, one.query.kind, one.query.found, *facts, _words(one, given), given.why.strip()
            )
            for one in new
        }
        by = given.by.strip()
        asked_now = tuple(replace(one, answer=Answer(said[one.key], by)) if one.key in said else one for one in read.view.asked)
        read = replace(read, view=replace(read.view, asked=asked_now))
        issued = read.earlier if read.unchanged else None
        rows = answered_rows(with_answers(read), read.standing.rows, issued) if issued is not None else ()
        remake_issued(folders, order, read, record, rows, [Event(one, order.now, by) for one in said.values()])
        changed = tuple(one for one in asked_now if one.key in said)
        return Queries(read.view.meeting, asked_now, changed, rows, (*read.problems, *record.problems))


def _queries_named(asked: Sequence[AskedQuery], name: str, meeting: str) -> list[AskedQuery]:
    """The place of that name, or those of a question of that number that are not answered, else all of them."""
    found = [one for one in asked if name in (one.name, str(one.number))]
    if not found:
        most = max((one.number for one in asked), default=0)
        found_none = f"There is no query {name}: the notes of {meeting} leave {most}."
        raise InputError(found_none, Remedy("See:", "minutes queries", meeting))
    return [one for one in found if one.answer is None] or found


def _words(asked: AskedQuery, given: GivenAnswer) -> str:
    """The answer; `as suggested` stands for the words that a query suggests."""
    words = given.words.strip() if given.verdict is Verdict.ANSWERED else ""
    return asked.query.suggested if asked.query.suggested and words.casefold() == _AS_SUGGESTED else words

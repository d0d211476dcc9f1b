"""Doing what is due, a function for each kind of duty: those that build, tell the officer, or send, then those that ask: the commissioning note,
reminders, chases, calendars. Each makes letters, and sends none. A duty and the letters that it made are recorded together, all or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from reportpack.compose import letters as notices
from reportpack.compose.audience import cite, claims_for
from reportpack.compose.commission import compose_commission, own_actions
from reportpack.compose.pack import compose_pack
from reportpack.errors import DeliveryError, InputError, Remedy, ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.duties import awaited_figures, expected_on
from reportpack.merge.letters import asked, invited, letters_standing, reminded
from reportpack.merge.proposals import days_closed, proposed_days
from reportpack.model.action import Action
from reportpack.model.commission import CommissioningNote, WantedFigures
from reportpack.model.document import COMMISSION, Output
from reportpack.model.duty import Became, Decision, Duty, DutyKind, DutySettled, HeldSettled, LettersHeld
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.letter import Addressee, Enclosure, EnclosureLine, Letter, LetterKind, Notice
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.meeting_event import MeetingCancelled, MeetingEvent, MeetingMoved, MeetingSet
from reportpack.model.pack import Pack
from reportpack.model.paper import PaperHealth
from reportpack.model.period import Period, long_date
from reportpack.model.problem import Weight
from reportpack.read.papers.health import paper_health
from reportpack.read.papers.sentences import asked_of_author
from reportpack.read.posts import read_post
from reportpack.render.letters import LetterTemplates
from reportpack.run.due.facts import Deed, Job, carries_calendar, due_day, went_with_a_letter
from reportpack.run.due.letters import Held, held_letters
from reportpack.run.letters.send import SendOrder, plan_send, send_planned
from reportpack.run.meetings.calendar import deadlines, invitation
from reportpack.run.meetings.listing import minutes_of, recorded_meetings, sequence_of
from reportpack.run.office_files import write_files
from reportpack.run.pack import Briefing, Order, build_pack, prepare
from reportpack.run.program import office_templates
from reportpack.run.steps.documents import set_document
from reportpack.run.steps.recording import recording
from reportpack.run.steps.released import released_lines


def _draft(job: Job, duties: Sequence[Duty]) -> Deed:
    said, shown, wrong = _build(job, job.known.meeting(duties[0].about), None)
    return settle(job, duties, said, missing=wrong, shown=shown)


def _final(job: Job, duties: Sequence[Duty]) -> Deed:
    """The pack in every edition that somebody gets, for the officer to look at and release. One that is released stays as it was."""
    meeting = job.known.meeting(duties[0].about)
    if job.known.facts.has_released(meeting.id):
        return settle(job, duties, "it is released already", became=Became.NEEDLESS)
    said, shown, wrong = _build(job, meeting, None)
    own = job.office.own_edition(meeting.series)
    for edition in notices.needed_editions(job.office, meeting.series, "briefing-pack"):
        if edition is not own:
            shown = (*shown, *_build(job, meeting, edition)[1])
    waiting = f"Look at the final pack for {long_date(meeting.day)}; nobody gets it before you say: reportpack release {meeting.id} --by NAME"
    return settle(job, duties, said, waiting=(waiting,), missing=wrong, shown=shown)


def _month(job: Job, duties: Sequence[Duty]) -> Deed:
    """The next meeting's pack as it would be now; where none is set, for the day that the series' rule proposes."""
    coming = [one for one in job.known.meetings if not one.cancelled and one.day >= job.today]
    meeting = min(coming, key=lambda one: (one.day, one.id)) if coming else _proposed(job)
    said, _, wrong = _build(job, meeting, None, proposed=None if coming else meeting)
    return settle(job, duties, f"{said}{'' if coming else ', for a meeting that nobody has set'}", missing=wrong)


def _proposed(job: Job) -> Meeting:
    """A meeting of the first series that has a rule, on the day that it proposes; else of the first, on the last day of the month."""
    office = job.office
    if not office.series:
        raise InputError("office.toml has no series of meetings.", "Add one: [[series]].")
    closed = days_closed(office)
    for series in office.series:
        for one in proposed_days(series, job.known.meetings, closed, job.today, 1):
            if one.day is not None:
                return Meeting.of(series, one.day)
    return Meeting.of(office.series[0], Period.month(job.today.year, job.today.month).end)


def _build(
    job: Job, meeting: Meeting, edition: Audience | None, proposed: Meeting | None = None
) -> tuple[str, tuple[Enclosure, ...], tuple[str, ...]]:
    order = Order(meeting.id, edition, None, job.now, job.today, proposed=proposed)
    built = build_pack(job.folders, order, job.progress)
    pdf = next(path for path in built.paths if path.suffix == ".pdf")
    wrong = sum(one.weight is Weight.WRONG for one in built.problems)
    shown = Enclosure.of(f"{meeting.day.isoformat()} {meeting.series} preview {built.edition.value}.pdf", PDF, pdf.read_bytes())
    told = f"{wrong} {'problem' if wrong == 1 else 'problems'} to put right in the pack for {long_date(meeting.day)}: reportpack check {meeting.id}"
    return f"built {pdf}, {built.pages} pages", (shown,), (told,) if wrong else ()


def _tell_unreleased(job: Job, duties: Sequence[Duty]) -> Deed:
    meeting = job.known.meeting(duties[0].about)
    unseen = f"Nobody has released the pack for {long_date(meeting.day)}, so nobody has it"
    waiting = (f"{unseen}: reportpack release {meeting.id} --by NAME",)
    return settle(job, duties, "nobody has released the pack", waiting=waiting)


def _tell_notes(job: Job, duties: Sequence[Duty]) -> Deed:
    meeting = job.known.meeting(duties[0].about)
    taken = minutes_of(job.folders, meeting)
    what = f"reportpack annex {meeting.id}, then with --issue" if taken else f"put them into inputs/minutes/, named {meeting.id}"
    waiting = f"The notes of {long_date(meeting.day)} are not issued: {what}"
    return settle(job, duties, "the notes are not issued", waiting=(waiting,))


def _send_released(job: Job, duties: Sequence[Duty]) -> Deed:
    """Send what has not gone; the duty is done when every letter is surely with its server."""
    meeting, document = duties[0].about, duties[0].occasion.partition(" ")[0]
    order = SendOrder(meeting, (document,), (), job.now, job.today)
    plan = plan_send(job.folders, order)
    report = send_planned(job.folders, order, plan, job.progress)
    nobody = tuple(f"{one.who or one.post} gets nothing: {one.why}" for one in plan.not_sent if not one.meant)
    if report.folder:
        waiting = f"Nothing was sent, because office.toml names no mail server: the letters lie in {report.folder}"
        return settle(job, duties, f"laid into {report.folder}, a rehearsal", waiting=(waiting,), missing=nobody)
    if report.failed:
        said = [f"{one.letter.to.name}: {one.state.value}{f' ({one.reply})' if one.reply else ''}" for one in report.missing]
        said += [f"{one.who}: {one.why}" for one in report.not_sent]
        found = "; ".join([*([report.trouble.rstrip(".")] if report.trouble else []), *said]) + "."
        raise DeliveryError(found, Remedy("See:", "send status", meeting, then=". What may go again goes with the next run."))
    return settle(job, duties, f"sent to {', '.join(one.letter.to.name for one in report.letters) or 'nobody'}", missing=nobody)


def settle(
    job: Job,
    duties: Sequence[Duty],
    said: str,
    letters: Sequence[Letter] = (),
    became: Became = Became.DONE,
    *,
    waiting: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    shown: tuple[Enclosure, ...] = (),
    overtaken: Sequence[Held] = (),
) -> Deed:
    """Record the duties and the letters that they made, all or none; letters that they overtake are dropped."""
    first = duties[0]
    kept = tuple(one.kept(job.ledger.keep) for one in letters)
    held = [LettersHeld(first.kind, first.about, first.occasion, kept, max(one.until for one in duties))]
    settled = [DutySettled(*one.key, became, job.today, said, waiting, missing) for one in duties]
    dropped = [HeldSettled(one.number, True, "the meeting was changed again") for one in overtaken]
    with recording(job.folders, job.now, ledger=job.ledger) as record:
        recorded = record.record([Event(one, job.now) for one in (*(held if letters else ()), *settled, *dropped)])
    number = recorded[0].number if letters else 0
    return Deed(tuple(duties), became, said, waiting=waiting, missing=missing, shown=shown, held=number)


def notice_letter(job: Job, kind: LetterKind, template: str, notice: Notice, to: Addressee, place: tuple[str, str]) -> Letter:
    """The notice as a letter; `place` is the meeting and the document that make it this letter and no other."""
    notice = cite(notice, to.edition, job.office.citing)
    text, html = LetterTemplates(office_templates(job.folders)).render(template, notice)
    meeting, document = place
    return Letter(kind, meeting, document, 1, to.edition, to, notice.title, text, html)


PDF = "application/pdf"
_WHAT = ("everything that is asked for", "the days by which it is wanted, for your calendar")
_ENTRIES = ("for your calendar", "the days by which papers and updates are wanted, for your calendar")
_TAKEN_OUT = ("takes the meeting out of your calendar", "takes out the days by which papers and updates were wanted")
NOBODY = "office.toml names nobody of the force who is sent the pack or reminders, so nobody is asked for papers"


def commission(job: Job, duties: Sequence[Duty]) -> Deed:
    """The note in each edition that somebody gets, and a letter to each of them."""
    meeting = job.known.meeting(duties[0].about)
    people = asked(job.office, job.today, meeting.series)
    if not people:
        return settle(job, duties, "nobody of the force is sent letters", missing=(NOBODY,))
    prepared = prepare(job.folders, Order(meeting.id, None, None, job.now, job.today), job.ledger, job.progress)
    letters: list[Letter] = []
    days = _days_wanted(job, meeting)
    for edition in dict.fromkeys(one.edition for one in people):
        pack, note, pdf = _note(job, meeting, prepared, edition)
        name = f"{meeting.day.isoformat()} {meeting.series} commissioning note {edition.value}.pdf"
        for to in (one for one in people if one.edition is edition):
            post = job.office.post(to.post)
            own = own_actions(pack, prepared.view, post) if post is not None else ()
            files = (Enclosure.of(name, PDF, pdf), *days(to))
            enclosed = tuple(EnclosureLine(one.name, what) for one, what in zip(files, _WHAT, strict=False))
            notice = notices.commissioning_notice(note, to, job.office, own, enclosed)
            letter = notice_letter(job, LetterKind.COMMISSIONING, "commission", notice, to, (meeting.id, "commissioning note"))
            letters.append(replace(letter, enclosures=files))
    return settle(job, duties, f"written for {names_of(letters)}", letters)


def _days_wanted(job: Job, meeting: Meeting) -> Callable[[Addressee], tuple[Enclosure, ...]]:
    keep = {one.email.casefold() for one in invited(job.office, job.today, meeting.series)}
    wanted = {one.email.casefold() for one in asked(job.office, job.today, meeting.series)}

    def of(to: Addressee) -> tuple[Enclosure, ...]:
        if to.email.casefold() not in keep & wanted:
            return ()
        found = deadlines(job.ledger, job.office, meeting, job.known.actions, to, job.now)
        return (found,) if found is not None else ()

    return of


def _note(job: Job, meeting: Meeting, prepared: Briefing, edition: Audience) -> tuple[Pack, CommissioningNote, bytes]:
    on, findings = prepared.gathered.on, prepared.findings
    pack = compose_pack(
        prepared.view, edition, job.office, findings, prepared.problems, prepared.revisions, on, "draft",
        corrections=prepared.corrections, released=released_lines(job.ledger, meeting.id),
    )  # fmt: skip
    final, measures = meeting.day - timedelta(days=job.office.due.final), job.known.settings.measures
    wanted = [(one.measure, one.period) for one in awaited_figures(measures, prepared.gathered.inputs.observations, final)]
    series = job.office.series_of(meeting.series)
    days = series.papers_days if series is not None else job.office.due.final
    note = compose_commission(pack, prepared.view, job.office, wanted, days, prepared.gathered.inputs.readings, measures)
    document = set_document(note, office_templates(job.folders), job.folders)
    folder = job.folders.build / meeting.id
    write_files({folder / f"{COMMISSION.stem}.{edition}{ending}": data for ending, data in document.files.items()})
    return pack, note, document.files[Output.PDF]


def remind(job: Job, duties: Sequence[Duty]) -> Deed:
    """One letter to each person, with every action of theirs that is due."""
    actions = [job.known.action(one.about) for one in duties]
    owed = [(one, day) for one in dict.fromkeys(actions) if (day := due_day(one, job.known.settings, job.known.meetings))]
    by_person: dict[Addressee, list[tuple[Action, date]]] = {}
    missing: list[str] = []
    for action, day in owed:
        people = {to.email.casefold(): to for post in action.owners for to in reminded(job.office, job.today, post)}
        for to in people.values():
            by_person.setdefault(to, []).append((action, day))
        if not people:
            owner = action.owners_as_written or "no owner"
            due = f"{action.ref} is due on {long_date(day)}"
            missing.append(f"{due}, and office.toml names nobody who is reminded of it ({owner})")
    refs = ", ".join(action.ref for action, _ in owed)
    place = (f"{job.today:%Y-%m}-reminders", f"reminder of {refs}, {job.today.isoformat()}")
    letters = []
    for to, mine in by_person.items():
        notice = notices.reminder_notice(mine, job.today, to, job.office)
        letters.append(notice_letter(job, LetterKind.REMINDER, "reminder", notice, to, place))
    return settle(job, duties, f"written for {names_of(letters)}", letters, missing=tuple(missing))


def chase(job: Job, duties: Sequence[Duty]) -> Deed:
    """One letter to each person with every paper and figure of theirs that has not come."""
    meeting = job.known.meeting(duties[0].about)
    days = {one.wanted for one in duties if one.kind is DutyKind.CHASE_PAPER}
    papers = [one for one in meeting.papers if one.status is PaperStatus.AWAITED and one.wanted_by in days]
    figures = _late(job, meeting, {one.wanted for one in duties if one.kind is DutyKind.CHASE_FIGURES})
    if not papers and not figures:
        return settle(job, duties, "everything has come", became=Became.NEEDLESS)
    posts = {one.supplier: read_post(one.supplier, job.office) for one in figures}
    of = ", ".join(sorted({f"{one.kind.value} {one.wanted}" for one in duties}))
    place = (meeting.id, f"chase {job.today.isoformat()} of {of}")
    letters: list[Letter] = []
    asked_for: set[Paper | WantedFigures] = set()
    for post in dict.fromkeys([*(paper.author for paper in papers), *posts.values()]):
        for to in reminded(job.office, job.today, post, meeting.series) if post else ():
            mine = [one for one in papers if one.author == post and claims_for(job.office, meeting).rule(to.edition, one).shown]
            theirs = [one for one in figures if posts[one.supplier] == post]
            if mine or theirs:
                notice = notices.chase_notice(meeting, mine, theirs, job.today, to, job.office)
                letters.append(notice_letter(job, LetterKind.CHASE, "chase", notice, to, place))
                asked_for |= {*mine, *theirs}
    named: list[tuple[Paper | WantedFigures, str]] = [
        *((one, f"{one.title}, wanted by {long_date(one.wanted_by)}" if one.wanted_by else "") for one in papers),
        *(
            (one, f"{one.measure}, {one.month}, from {one.supplier or 'a supplier that is not named'}, expected by {one.by}")
            for one in figures
        ),
    ]
    missing = tuple(what if one in asked_for else f"{what} (office.toml names nobody to ask)" for one, what in named)
    return settle(job, duties, f"{len(missing)} missing; written for {names_of(letters)}", letters, missing=missing)


def tell_authors(job: Job, duties: Sequence[Duty]) -> Deed:
    """One letter to each author of papers whose files have something to put right, about each file once."""
    meeting = job.known.meeting(duties[0].about)
    marks = {file: mark for of, file, mark in job.known.facts.files if of == meeting.id}
    wanted = {one.occasion for one in duties}
    by_person: dict[Addressee, list[tuple[Paper, PaperHealth, tuple[str, ...]]]] = {}
    waiting: list[str] = []
    for paper in (one for one in meeting.papers if f"file {marks.get(one.file)}" in wanted):
        sheet = paper_health(job.folders.inputs / paper.file, paper.file)
        asked_for = tuple(asked_of_author(sheet))
        people = reminded(job.office, job.today, paper.author, meeting.series) if paper.author and asked_for else ()
        may = [one for one in people if claims_for(job.office, meeting).rule(one.edition, paper).shown]
        for to in may:
            by_person.setdefault(to, []).append((paper, sheet, asked_for))
        if asked_for and not may:
            why = "it is not for the edition of its author's post" if people else "office.toml names nobody to ask"
            waiting.append(f"{paper.title}: {' '.join(asked_for)} ({why}: reportpack papers {meeting.id})")
    letters = []
    for to, mine in by_person.items():
        notice = notices.sheets_notice(meeting, mine, job.today, to, job.office)
        document = f"health sheets {' '.join(dict.fromkeys(marks[paper.file] for paper, _, _ in mine))}"
        letters.append(notice_letter(job, LetterKind.SHEETS, "health-sheets", notice, to, (meeting.id, document)))
    said = f"written for {names_of(letters)}" if letters or waiting else "nothing to put right"
    return settle(job, duties, said, letters, waiting=tuple(waiting))


def _late(job: Job, meeting: Meeting, days: set[date | None]) -> list[WantedFigures]:
    if not days:
        return []
    final = meeting.day - timedelta(days=job.office.due.final)
    prepared = prepare(job.folders, Order(meeting.id, None, None, job.now, job.today), job.ledger, job.progress)
    late = awaited_figures(job.known.settings.measures, prepared.gathered.inputs.observations, job.today)
    overdue = [one for one in late if expected_on(final, one.measure.expected_days or 0) in days]
    return [WantedFigures(one.measure.title, one.measure.supplier, one.period.label, long_date(one.day)) for one in overdue]


def invite(job: Job, duties: Sequence[Duty]) -> Deed:
    """A meeting that was set, moved or called off, for each person's calendar; what waited of it before is overtaken."""
    meeting = job.known.meeting(duties[0].about)
    told = [one for one in held_letters(job.ledger) if (one.what.duty, one.what.about) == (DutyKind.CALENDAR, meeting.id)]
    overtaken = [one for one in told if not one.let_go]
    if meeting.cancelled and len(overtaken) == len(told) and not went_with_a_letter(job.ledger, meeting.id):
        return settle(job, duties, "nobody was told of the meeting", became=Became.NEEDLESS, overtaken=overtaken)
    last = _told_last(job.ledger, meeting, told)
    if last is not None and _says(last) == _says(recorded_meetings(job.ledger)[meeting.id]):
        return settle(job, duties, "it stands as it was told", became=Became.NEEDLESS, overtaken=overtaken)
    version, days = sequence_of(job.ledger, meeting), _days_wanted(job, meeting)
    settled = (one for one in job.known.settled if (one.kind, one.about) == (DutyKind.COMMISSION, meeting.id))
    asked_before = any(one.became is Became.DONE for one in settled)
    what_for = _TAKEN_OUT if meeting.cancelled else _ENTRIES
    # what tells one word about a meeting from another, so that a ledger that forgot one does not take the next for it
    time, off = f" {meeting.start_time:%H%M}" if meeting.start_time else "", " called off" if meeting.cancelled else ""
    words, letters = f"{meeting.day}{time}{off}", []
    for to in invited(job.office, job.today, meeting.series):
        files = (invitation(job.ledger, job.office, meeting, to, job.now), *(days(to) if asked_before else ()))
        enclosed = tuple(EnclosureLine(one.name, what) for one, what in zip(files, what_for, strict=False))
        notice = notices.calendar_notice(meeting, last, job.today, to, job.office, enclosed)
        letter = notice_letter(job, LetterKind.CALENDAR, "calendar", notice, to, (meeting.id, f"calendar {words}"))
        letters.append(replace(letter, version=version, enclosures=files))
    if not letters:
        return settle(job, duties, "nobody has it in a calendar", became=Became.NEEDLESS, overtaken=overtaken)
    return settle(job, duties, f"written for {names_of(letters)}", letters, overtaken=overtaken)


def _told_last(ledger: Ledger, meeting: Meeting, held: Sequence[Held]) -> MeetingEvent | None:
    letters = letters_standing(ledger.letters(meeting.id))
    told = [*(one.number for one in held if one.let_go), *(one.mark for one in letters if carries_calendar(one))]
    events = ledger.of_kinds(MeetingSet, MeetingMoved, MeetingCancelled)
    own = [one for one in events if isinstance(one.what, MeetingEvent) and one.what.meeting == meeting.id]
    before = [one.what for one in own if one.number < max(told, default=0) and isinstance(one.what, MeetingEvent)]
    return before[-1] if before else None


def _says(event: MeetingEvent) -> tuple[object, ...]:
    return (True, event.day) if isinstance(event, MeetingCancelled) else (False, event.day, event.start_time, event.venue)


def names_of(letters: Sequence[Letter]) -> str:
    """Who they are to."""
    return "; ".join(dict.fromkeys(one.to.name for one in letters)) or "nobody"


_DOING: Mapping[DutyKind, Callable[[Job, Sequence[Duty]], Deed]] = {
    DutyKind.COMMISSION: commission,
    DutyKind.CHASE_PAPER: chase,
    DutyKind.SHEETS: tell_authors,
    DutyKind.REMINDER: remind,
    DutyKind.CALENDAR: invite,
    DutyKind.DRAFT: _draft,
    DutyKind.FINAL: _final,
    DutyKind.MONTHLY: _month,
    DutyKind.RELEASE: _tell_unreleased,
    DutyKind.ANNEX: _tell_notes,
    DutyKind.SEND: _send_released,
}


def do_duties(job: Job, decisions: Sequence[Decision]) -> tuple[Deed, ...]:
    """Do what is to be done, and record what is left out. One that fails is tried again at the next run, and stops no other."""
    left = [one for one in decisions if not one.do]
    if left:
        with recording(job.folders, job.now, ledger=job.ledger) as record:
            record.record([Event(DutySettled(*one.duty.key, one.becomes, job.today, one.why), job.now) for one in left])
    deeds = [Deed((one.duty,), one.becomes, one.why) for one in left]
    for kind, duties in _together(one.duty for one in decisions if one.do):
        try:
            deeds.append(_DOING[kind](job, duties))
        except ReportpackError as error:
            deeds.append(Deed(tuple(duties), Became.DONE, "", failed=error))
    return tuple(deeds)


def _together(duties: Iterable[Duty]) -> list[tuple[DutyKind, list[Duty]]]:
    """Reminders go together, all chases for one meeting, and what its papers' files lack; everything else by itself."""
    groups: dict[tuple[DutyKind, str, str], list[Duty]] = {}
    for one in duties:
        key = one.key
        if one.kind is DutyKind.REMINDER:
            key = (one.kind, "", "")
        elif one.kind in (DutyKind.CHASE_PAPER, DutyKind.CHASE_FIGURES):
            key = (DutyKind.CHASE_PAPER, one.about, "")
        elif one.kind is DutyKind.SHEETS:
            key = (one.kind, one.about, "")
        groups.setdefault(key, []).append(one)
    return [(key[0], group) for key, group in groups.items()]

"""Annex: what the notes leave open, answered beside the lines; corrections that came back, answered one by one; and the issue, with what it records."""

from functools import partial

from starlette.responses import Response

from reportpack.drive_files import sha256_of
from reportpack.errors import InputError, RefusedError
from reportpack.model.answer import AskedQuery, Verdict
from reportpack.model.meeting import Meeting
from reportpack.run.live.draft_journal import read_draft
from reportpack.run.minutes import settling
from reportpack.run.minutes.annex_issue import agree_annex, issue_annex, left_open, read_back
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.steps.taken_notes import GAPS
from reportpack.web.frame import bare, counted, meeting_of, month, page
from reportpack.web.live import typed_lines
from reportpack.web.visit import Done, Visit, whole

_MUST = "must"


def queries(visit: Visit) -> Response:
    """The queries of one kind, each beside the words that it is about."""
    meeting = meeting_of(visit)
    found = _queries(visit, meeting)
    open_ones = [one for one in found.asked if one.is_open or one.blocking]
    must = [one for one in open_ones if one.blocking]
    groups = {one.number: one.cause.value for one in open_ones}
    asked = visit.asked.get("kind", _MUST if must else "")
    kind = asked if asked in (_MUST, "all", "answered", *map(str, groups)) else _MUST if must else next(map(str, groups), "all")
    answered = [one for one in found.asked if one.answer is not None]
    of_kind = {_MUST: must, "all": open_ones, "answered": answered}
    shown = of_kind.get(kind, [one for one in open_ones if str(one.number) == kind])
    words = {line: passage.words for passage in found.passages for line in passage.lines}
    for noted in found.minutes.brought_forward if found.minutes is not None else ():
        words.setdefault(noted.line, f"{noted.title}: {noted.words}")
    for item in found.minutes.items if found.minutes is not None else ():
        words.setdefault(item.line, f"{item.path} {item.title}")
    visit.runs("minutes queries", meeting.id)
    return page(visit, "queries.jinja", "annex")(
        title="Queries, beside the lines they are about" if open_ones else "No queries: the notes leave nothing open",
        shown=sorted(shown, key=lambda one: (int("".join(filter(str.isdigit, one.query.line))[:9] or 0), one.query.line)),
        words=words,
        kind=kind,
        kinds=[
            (_MUST, "Must be answered", len(must)),
            *((str(number), cause, sum(one.number == number for one in open_ones)) for number, cause in groups.items()),
        ],
        answered=len(answered),
        must=len(must),
        total=len(open_ones),
        found=month(visit, meeting),
    )


def answer(visit: Visit) -> Done:
    """One answer to one query, in words, or that it is not known or may stay."""
    meeting, key = meeting_of(visit), visit.typed("key")
    every = settling.list_queries(visit.folders, _order_of(visit, meeting), lambda _: None).asked
    asked = next((one for one in every if one.key == key), None)
    if asked is None:
        found = "The notes changed, and do not leave that open any more."
        raise RefusedError(found, "Look again at what they ask. Nothing was recorded.")
    if asked.answer is not None and not visit.typed("again"):
        said = asked.answer.given.words or asked.answer.given.verdict
        found = f"Somebody else answered this: {said}. Theirs stands; yours is below."
        raise RefusedError(found, "Look at the answered ones, and answer anew if it is wrong.")
    given = _given(visit, asked)
    changed = settling.answer_queries(visit.folders, _order_of(visit, meeting), [asked.name], given, lambda _: None)
    visit.runs("minutes answer", meeting.id, asked.name, given.words or f"--{given.verdict}", by=given.by)
    left = sum(one.is_open for one in changed.asked)
    where = f"/m/{meeting.id}/annex/queries?kind={visit.typed('kind') or 'all'}"
    return Done(f"Recorded: {given.words or given.verdict}. {counted(left, 'query', 'queries')} left.", where)


def corrections(visit: Visit) -> Response:
    """As minuted beside as proposed, with one answer each."""
    meeting = meeting_of(visit)
    order = _order_of(visit, meeting)
    found = visit.desk.look(f"corrections {meeting.id}", lambda: settling.list_corrections(visit.folders, order, lambda _: None))
    left = sum(one.settled is None for one in found.corrections)
    visit.runs("annex corrections", meeting.id)
    title = f"Corrections: {left} of {len(found.corrections)} to answer" if found.corrections else "No corrections came back"
    return page(visit, "corrections.jinja", "annex")(title=title, corrections=found.corrections, left=left)


def settle(visit: Visit) -> Done:
    """A correction accepted, perhaps in other words, or refused with its reason."""
    meeting, number = meeting_of(visit), whole(visit.typed("correction"))
    accepted = visit.typed("do") == "accept"
    if number < 0 or visit.typed("do") not in ("accept", "refuse"):
        raise InputError("That is no correction.", "Look again at the list.")
    if not accepted and not visit.typed("why"):
        raise InputError("A refusal needs its reason.", "Say it in a few words; it is kept.")
    said = settling.Settling((number,), accepted, visit.by(), visit.typed("why"), visit.typed("words") if accepted else "")
    done = settling.settle_corrections(visit.folders, _order_of(visit, meeting), said, lambda _: None)
    visit.runs("annex accept" if accepted else "annex refuse", meeting.id, str(number), by=visit.by())
    rows = "".join(f" {one.ref} changes with it." for one in done.rows)
    return Done(f"Correction {number} is {'accepted' if accepted else 'refused'}.{rows}")


def issue(visit: Visit) -> Response:
    """What issuing would record, or what stands in the way of agreeing."""
    meeting = meeting_of(visit)
    found = _queries(visit, meeting)
    reached = month(visit, meeting)
    issued = f"Issued as version {reached.issued.version}" if reached.issued else "The annex is not issued yet"
    title = "The notes are agreed" if reached.agreed else issued
    visit.runs("annex issue" if reached.issued is None else "annex agree", meeting.id)
    gaps = [one for one in found.problems if one.kind in GAPS]
    asked = visit.typed("left") if visit.said is not None and not visit.said.wrong else ""
    return page(visit, "issue.jinja", "annex")(
        title=title, found=reached, notes=found.minutes, problems=found.problems, gaps=gaps, asked=asked
    )


def room(visit: Visit) -> Response:
    """What was decided, large enough for the room: as the force may read it, from the notes as they stand; what is kept back is not spoken of."""
    meeting = meeting_of(visit)
    annex = visit.desk.look(f"read back {meeting.id}", lambda: read_back(visit.folders, _order_of(visit, meeting)))
    draft = read_draft(visit.folders, meeting.id)
    where = f"/m/{meeting.id}"
    back = f"{where}/notes/live" if draft.lines else f"{where}/notes"
    typed = typed_lines(visit) if draft.lines else {}
    return bare("read_back.jinja", annex=annex, meeting=meeting, where=where, back=back, is_saved=draft.is_saved, typed=typed)


def do_issue(visit: Visit) -> Done:
    """The annex issued for accuracy: numbered, recorded, its copy made."""
    meeting = meeting_of(visit)
    _refuse_unread(visit, meeting)
    built = issue_annex(visit.folders, _order_of(visit, meeting), lambda _: None)
    refs = ", ".join(one.ref for one in built.given)
    return Done(f"Issued: {counted(built.actions, 'action')} arising.{f' Recorded: {refs}.' if refs else ''}")


def do_agree(visit: Visit) -> Done:
    """The notes recorded as agreed, today; a second button first where other notes or due matters are left open."""
    meeting = meeting_of(visit)
    _refuse_unread(visit, meeting)
    gaps = left_open(visit.folders, _order_of(visit, meeting))
    left = sha256_of("".join(one.fingerprint for one in gaps).encode())
    if gaps and visit.typed("left") != left:
        said = f"Nothing is recorded yet: {counted(len(gaps), 'thing is', 'things are')} left open, below."
        return Done(said, typed={"left": left})
    agree_annex(visit.folders, _order_of(visit, meeting), lambda _: None)
    return Done("Recorded: the notes are agreed.")


def _refuse_unread(visit: Visit, meeting: Meeting) -> None:
    visit.by()
    if "read" not in visit.ticked("sure"):
        raise InputError("Nothing was recorded: the tick is missing.", "Read what is recorded, then tick it.")
    minutes = settling.list_queries(visit.folders, _order_of(visit, meeting), lambda _: None).minutes
    if minutes is None or minutes.sha256 != visit.typed("saw"):
        raise RefusedError("The notes were saved since this page was shown. Nothing was recorded.", "Look at them again.")


def _order_of(visit: Visit, meeting: Meeting) -> AnnexOrder:
    return AnnexOrder(meeting.id, None, visit.now, visit.today)


def _queries(visit: Visit, meeting: Meeting) -> settling.Queries:
    make = partial(settling.list_queries, visit.folders, _order_of(visit, meeting), lambda _: None)
    return visit.desk.look(f"queries {meeting.id}", make)


def _given(visit: Visit, asked: AskedQuery) -> settling.GivenAnswer:
    do, why, by = visit.typed("do"), visit.typed("why"), visit.by()
    if do == "suggested" and asked.query.suggested:
        return settling.GivenAnswer(Verdict.ANSWERED, by, asked.query.suggested)
    if do == "not-reached":
        return settling.GivenAnswer(Verdict.ANSWERED, by, "not reached")
    if do == "words":
        return settling.GivenAnswer(Verdict.ANSWERED, by, visit.typed("words"))
    if do in ("not-known", "leave"):
        return settling.GivenAnswer(Verdict.NOT_KNOWN if do == "not-known" else Verdict.LEFT, by, "", why)
    raise InputError("Nothing was chosen.", "Choose one of the answers.")

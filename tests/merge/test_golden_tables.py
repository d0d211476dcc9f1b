"""Names of meetings, rules of a series, replies, workbooks, duties: a table of cases each, and what comes of them, as a person looked at it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from reportpack.bank_holidays import BankHolidays
from reportpack.merge.duties import awaited_figures, coming_duties, decide_duties, expected_on
from reportpack.merge.occasions import agenda_line, calendar_of, settle_topics
from reportpack.merge.proposals import ClosedDays, next_proposed, propose, proposed_days
from reportpack.merge.register_rows import meeting_of, next_reference
from reportpack.merge.replies import NamedRows, accepted_changes, is_known, proposals_of, sender_of
from reportpack.merge.three_way import merge_register
from reportpack.model.action import Action, ActionState
from reportpack.model.commitment import Commitment
from reportpack.model.duty import Became, DueFacts, DutyKind, DutySettled, Letting, Owed
from reportpack.model.matter import Matter, MatterState
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.observation import Observation, Status
from reportpack.model.office import AgendaItem, Closure, Holidays, MeetingSeries, Topic
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.recurrence import DueRules
from reportpack.model.register import Register, Snapshot
from reportpack.model.register_row import RegisterBook, RegisterCell, RegisterRow, RegisterSheet
from reportpack.model.reply import FormLine, KeptFile, Passage, ReplyKept, ReplyKind
from reportpack.model.words import shortened
from reportpack.settings.recurrence import read_recurrence
from tests.merge.test_agenda import MEASURES
from tests.merge.test_agenda import OFFICE as TOPICS
from tests.merge.test_replies import OFFICE, ROWS, action, reply
from tests.outline import outline

Golden = Callable[[Path, str], None]
EXPECTED = Path(__file__).resolve().parents[1] / "golden" / "tables" / "expected"


# Meetings and topics ---------------------------------------------------------------------------------------------------


def meeting(identity: str, day: str = "", **more: object) -> Meeting:
    first = date.fromisoformat(identity[:10])
    when = date.fromisoformat(day) if day else first
    return replace(Meeting(identity, identity[11:], when, "Board", earlier=(first,) if day else ()), **more)  # type: ignore[arg-type]


CALENDAR = calendar_of(
    [
        meeting("2019-12-17-board"),
        meeting("2019-01-15-board"),
        meeting("2019-02-12-board", "2019-03-05"),
        meeting("2019-03-12-board"),
        meeting("2019-03-12-public"),
        meeting("2019-04-09-board", cancelled=True),
        meeting("2019-05-14-board"),
        meeting("2019-05-21-board", also=("2019-05-20-extra",)),
        meeting("2019-06-11-public", cancelled=True),
        meeting("2019-07-01-board", "2019-08-06", cancelled=True),
        meeting("2019-09-01-public"),
    ],
    "board",
)
NAMED = (
    *("", "soon", "2019", "2019-13", "2019-01", "2019-02", "2019-03", "2019-04", "2019-05", "2019-06", "2019-07", "2019-08"),
    *(
        "2019-02-12",
        "2019-03-05",
        "2019-03-12",
        "2019-04-09",
        "2019-05-01",
        "2019-05-14",
        "2019-05-20",
        "2019-06-11",
        "2019-07-01",
    ),
    *("2019-09-01", "2019-10-01", "2019-12", "2019-05-20-extra", "2019-04-09-board", "2019-06-11-public", "2019-11-01-board"),
)


def test_what_people_call_meetings(golden: Golden) -> None:
    """By itself, as what is due there, said at a meeting of May, of each series; and the series that the name tells."""
    may = CALENDAR.meetings[6]
    lines = []
    for named in NAMED:
        found = {
            "bound": CALENDAR.bind(named, ""),
            "of public": CALENDAR.bind(named, "so written", "public"),
            "due": CALENDAR.bind_due(named, ""),
            "due of board": CALENDAR.bind_due(named, "", "board"),
            "due of public": CALENDAR.bind_due(named, "", "public"),
            "due, said in May": CALENDAR.bind_due(named, "", "board", may),
        }
        told = (
            f"{key}: {one.meeting.id if one.meeting else one.month.label if one.month else '-'}" for key, one in found.items()
        )
        lines.append(f"{named or 'nothing'}: {'; '.join(told)}; series {CALENDAR.series_of(named) or '-'}")
    golden(EXPECTED / "meetings-named.txt", "\n".join(lines) + "\n")


def test_what_people_call_topics(golden: Golden) -> None:
    here = Source("register.xlsx", "Matters", "A2")
    names = ("", "Hate crime satisfaction", " hate  satisfaction. ", "plan", "Victims satisfaction", "zebras", "Rural crime:")
    register = Register(
        matters=tuple(
            Matter(f"M{at}", title, "", MatterState.CARRIED, here, topic=one)
            for at, one in enumerate(names)
            for title in ("", "The plan")
        ),
        actions=tuple(
            Action(f"{at}", "", ActionState.OPEN, here, title="Satisfaction", topic=one) for at, one in enumerate(names)
        ),
        commitments=tuple(Commitment(f"C{at}", "", here, measure="hate", topic=one) for at, one in enumerate(names)),
    )
    settled, problems = settle_topics(register, TOPICS, MEASURES)
    agenda = (
        AgendaItem("1", "All", "satisfaction"),
        AgendaItem("2.1.1", "Below", "satisfaction"),
        AgendaItem("3", "Plan", "plan"),
    )
    loop = replace(TOPICS, topics=(*TOPICS.topics, Topic("a", "A", under="b"), Topic("b", "B", under="a")))
    lines = {one: agenda_line(one, agenda, loop) for one in ("satisfaction", "hate", "plan", "rural", "a", "", "nothing")}
    told = [*((one.ref, one.topic) for one in settled.matters), *((one.ref, one.topic) for one in settled.actions)]
    told += [(one.ref, one.topic) for one in settled.commitments]
    golden(EXPECTED / "topics-named.txt", outline({"settled": told, "problems": problems, "lines": lines}))


# The days that a rule proposes -----------------------------------------------------------------------------------------

RULES = (
    *("last Tuesday of the month, not in August", "first Monday of the month", "second and fourth Thursday of the month"),
    *("monthly on the 1st", "monthly on the 31st", "last working day of the month", "third working day of the month"),
    *("every 2 weeks on Tuesday", "every week on Monday and Friday", "every 3 weeks on Wednesday from 2 January 2019"),
    *("every 2 months on the last Friday", "quarterly", "every year on 26 December", "monthly"),
    *("monthly on the 25th, or the working day before", "first Saturday of the month", "monthly on the 26th until 31 July 2019"),
)


def test_the_days_that_a_rule_proposes(golden: Golden) -> None:
    """In a year with holidays and a closure, from its first day and from the middle of a month, beside meetings that are set."""
    summer = Closure(date(2019, 8, 5), date(2019, 8, 30), "The summer recess.")
    easter = Closure(date(2019, 4, 15), date(2019, 4, 18), "")
    closed = ClosedDays((summer, easter), BankHolidays(Holidays.ENGLAND_AND_WALES))
    held = [meeting("2019-02-26-board"), meeting("2019-03-12-board", "2019-03-19"), meeting("2019-05-07-public")]
    told: dict[str, object] = {}
    for words in RULES:
        try:
            rule = read_recurrence(words)
        except ValueError:
            told[words] = "not read"
            continue
        plain = tuple(islice(propose("board", rule, closed, date(2019, 1, 1)), 9))
        later = tuple(islice(propose("board", rule, closed, date(2019, 4, 17), date(2019, 1, 8)), 4))
        series = MeetingSeries("board", "Board", recurrence=rule)
        own = proposed_days(series, held, closed, date(2019, 2, 10), 3)
        told[words] = {"from January": plain, "from April": later, "beside meetings": own, "next": next_proposed(own)}
    days = [date(2019, 1, 1) + timedelta(days=step) for step in range(240)]
    told["closed"] = tuple(
        f"{one}: {why}" for one in days if (why := closed.reason(one)) and one != summer.start + timedelta(days=3)
    )
    told["working"] = sum(closed.is_working_day(one) for one in days)
    golden(EXPECTED / "days-proposed.txt", outline(told, without=("series",)))


# Replies ---------------------------------------------------------------------------------------------------------------

LETTERS = (
    "17/2022 complete.",
    "Action 05/2019 is done. 18/2022 is not done yet, see https://force.example/plan (draft).",
    "05/2019 was a good month, and 4/19 too.",
    "action 5/19: finished\n\nmatter M03/2019 was discharged; M3/2019 again.\nKind regards",
    "No 5 of 2019 is closed.\n77/2019 done. item 88/2019 done. 12/2031 and 28/05/2019.",
    "OPCC/7 is complete. log A1 is done, and A1 is not.",
    "It is 90% complete: 17/2022.",
    "17/2022 will be completed by June.",
    "17/2022 was completed in May 2019.",
    "17/2022 may be complete.",
    "Nothing about anything.",
    "",
    "17/2022. It is complete. Thanks",
    "first line 17/2022\nsecond line\n\nanother thing\n18/2022 done",
)


def test_what_replies_propose(golden: Golden) -> None:
    rows = (*ROWS, action("OPCC/7"), action("A1"))
    told: dict[str, object] = {text.replace("\n", " / ") or "nothing": proposals_of(reply(text), rows) for text in LETTERS}
    below = (
        Passage("Done.", "about 17/2022"),
        Passage("Not yet.", "17/2022 and 18/2022"),
        Passage("5/2019 is shut.", "", "Huw"),
        Passage("So.", ""),
    )
    form = (
        FormLine("17/2022", "Half", False, "A letter", "C2"),
        FormLine("m3/19", "", True, "https://x.example/a).", "C3"),
        FormLine("9/9999", "?", True, "", "C4"),
    )
    told |= {
        "below quoted lines": proposals_of(replace(reply("Done."), passages=below), rows),
        "a form": proposals_of(replace(reply("17/2022 is finished: https://y.example", lines=form), title="RE: 5/2019"), rows),
        "the subject": proposals_of(reply("It is complete.", "Re: 17/2022 and 18/2022"), rows),
        "the subject, with quotes": proposals_of(
            replace(reply("17/2022 done", "5/2019"), passages=(*below[:1], Passage("Else"))), rows
        ),
        "the subject alone": proposals_of(reply("", "17/2022 is complete"), rows),
        "an answer without words": proposals_of(reply("", "Re: 17/2022 is complete"), rows),
        "a machine": proposals_of(replace(reply("17/2022 complete"), kind=ReplyKind.AUTOMATIC), rows),
        "rows": tuple(
            one.ref if (one := NamedRows(rows).row(ref)) else "-"
            for ref in ("17/22", " action 18/2022", "opcc/7", "a1", "x", "17/2022 is")
        ),
    }
    golden(EXPECTED / "replies.txt", outline(told))


def test_what_accepting_a_reply_changes(golden: Golden) -> None:
    kept = ReplyKept(
        "a.eml", "0" * 64, "dcc@force.example", "Philippa Orme", "dcc", datetime(2019, 5, 23, 9, tzinfo=UTC), "Re: 17/2022"
    )
    proposals, _ = proposals_of(
        reply("17/2022 complete, see attached.\n\n18/2022 is late.\n\nM3/2019 was closed: https://x.example"), ROWS
    )
    several = replace(kept, proposals=proposals, attached=(KeptFile("a.pdf", ""), KeptFile("b.pdf", "")))
    told: dict[str, object] = {}
    day = date(2019, 5, 24)
    rows = {row.ref: row for row in (*ROWS, action("17/2022", State="accepted", Update="Before.", Evidence="Seen."))}
    for name, one in {
        "several": several,
        "alone": replace(several, proposals=proposals[:1]),
        "a stranger": replace(kept, name="", post="", address="", sent=None),
    }.items():
        for proposal in (*proposals, replace(proposals[0], words="", evidence=""), replace(proposals[1], words="word " * 200)):
            told[f"{name}, {proposal.ref} {proposal.saying.value} {proposal.words[:9]}"] = accepted_changes(
                rows[proposal.ref], one, proposal, OFFICE, day
            )
    told["open"] = accepted_changes(ROWS[0], several, proposals[0], OFFICE, day)
    addresses = ("DCC@force.example", "old@force.example", "staff@force.example", "nobody@x.example", "")
    told["senders"] = tuple(
        (sender_of(replace(reply(), address=one), OFFICE, day)[1], is_known(one, OFFICE, day)) for one in addresses
    )
    golden(EXPECTED / "replies-accepted.txt", outline(told))


# The workbook against the ledger ---------------------------------------------------------------------------------------


def typed(ref: str, at: int, sheet: str = "Actions", **texts: str) -> RegisterRow:
    """A row of the workbook, its cells in columns from A on."""
    heads = {"Reference": ref, **{name.replace("_", " "): text for name, text in texts.items()}}
    cells = tuple(RegisterCell(head, text, f"{chr(65 + place)}{at}") for place, (head, text) in enumerate(heads.items()))
    return RegisterRow(sheet, ref, cells, Source("register.xlsx", sheet, f"A{at}:H{at}"))


STANDING = (
    typed("1/2019", 2, Action="Send it.", Owner="CC", State="open", Raised_at="2019-01-29-assurance"),
    typed("2/2019", 3, Action="Write it.", Owner="CC", State="open", Raised_at="2019-01-29-assurance", Note="Kept."),
    typed("3/2019", 4, Action="Read it.", Owner="DCC", State="open", Raised_at="2019-02"),
    typed("4/2019", 5, Action="Sign it.", Owner="DCC", State="open", Raised_at="2019-02"),
    typed("M1/2019", 2, "Matters", Words="It comes back.", State="carried forward"),
    RegisterRow("Questions", "Q1/2019", (RegisterCell("Question", "Why is it so?"), RegisterCell("Meeting", "May 2019"))),
    RegisterRow("Questions", "Q2/2019", (RegisterCell("Question", "Who was it?"), RegisterCell("Meeting", "May 2019"))),
)


def book_of(rows: tuple[RegisterRow, ...], number: int | None, sha256: str = "b") -> RegisterBook:
    sheets = []
    for name in ("Actions", "Matters", "Questions"):
        heads = dict.fromkeys(cell.header for one in rows if one.sheet == name for cell in one.cells)
        letters = tuple((head, chr(65 + place)) for place, head in enumerate(heads))
        sheets.append(RegisterSheet(name, f"{name} sheet", letters, head=1, free="Z"))
    return RegisterBook("register.xlsx", sha256, number, rows, tuple(sheets))


def edited() -> Iterator[RegisterRow]:
    """A row changed, one emptied, one twice, one gone, one renumbered, one new; questions reworded and new; a matter as it was."""
    one, two, three, _, matter, why, who = STANDING
    yield replace(one, cells=tuple(replace(cell, text="DCC") if cell.header == "Owner" else cell for cell in one.cells))
    yield replace(
        two,
        cells=tuple(
            replace(cell, text="") if cell.header in ("Owner", "State") else cell for cell in two.cells if cell.header != "Note"
        ),
    )
    yield three
    yield replace(three, source=Source("register.xlsx", "Actions", "A6:H6"))
    yield replace(
        three, cells=tuple(replace(cell, text="Other words.") if cell.header == "Action" else cell for cell in three.cells)
    )
    yield typed("9/2019", 8, Action="Sign it.", Owner="DCC", State="open", Raised_at="2019-02")
    yield typed("", 9, Action="A new one.", Raised_at="2018-11-27-assurance")
    yield typed("", 10, Action="Another, of no year.")
    yield typed("12/2019", 11, Action="With its own reference.")
    yield matter
    yield replace(
        why, ref="", cells=(RegisterCell("Question", "Why is it so now?", "A2"), RegisterCell("Meeting", "May 2019", "B2"))
    )
    yield replace(
        who,
        ref="",
        cells=(RegisterCell("Question", "What else is there to be asked?", "A3"), RegisterCell("Meeting", "May 2019", "B3")),
    )


def test_what_people_did_to_the_workbook_is_merged(golden: Golden) -> None:
    """With the copy it was made from, without any, without its number, with an older copy come back, and after the ledger changed too."""
    rows = tuple(edited())
    moved = tuple(
        replace(one, cells=tuple(replace(cell, text="PCC" if cell.header == "Owner" else cell.text) for cell in one.cells))
        for one in STANDING
    )
    known = Snapshot("a", 3, STANDING)
    months = ("2019-01", "2019-02", "2019-03")
    twice = tuple(typed(f"{at}/2019", at, Action="Send it.", Raised_at=one) for at, one in enumerate(months, start=20))
    again = tuple(typed("", at, Action="Send it.", Raised_at=one) for at, one in enumerate(months, start=30))
    older = Snapshot(
        "c",
        3,
        tuple(replace(one, cells=tuple(replace(cell, text=f"{cell.text} then") for cell in one.cells)) for one in STANDING),
    )
    back = tuple(replace(one, source=two.source) for one, two in zip(older.rows, STANDING, strict=True))
    told = {
        "edited": merge_register(book_of(rows, 3), STANDING, [known], 2019),
        "never read": merge_register(book_of(rows[:3], 3), STANDING[:3], [], 2019),
        "without a number": merge_register(book_of(rows[:2], None), STANDING[:3], [known, older], 2019),
        "both changed": merge_register(book_of(rows[:2], 3), moved[:2], [known], 2019),
        "an older copy come back": merge_register(book_of(back[:4], 3), STANDING[:4], [known, older], 2019),
        "the same words twice": merge_register(book_of(again[::-1], 3), twice, [Snapshot("a", 3, twice)], 2019),
        "the very bytes": merge_register(book_of(rows[:2], 3, "c"), STANDING[:2], [known, older], 2019),
    }
    told = {
        name: replace(one, edits=tuple(sorted(one.edits, key=lambda edit: (edit.sheet, edit.cell)))) for name, one in told.items()
    }
    golden(EXPECTED / "workbook-merged.txt", outline(told, without=("seen", "rows")))
    kept = {name: tuple(" | ".join(one.texts.values()) for one in (*merged.rows, *merged.seen)) for name, merged in told.items()}
    golden(EXPECTED / "workbook-rows.txt", outline(kept))


def test_columns_go_on_after_z_and_references_by_their_year(golden: Golden) -> None:
    row = STANDING[1]
    wide = replace(row, cells=(*row.cells, *(RegisterCell(f"More {at}", f"{at}") for at in range(30))))
    book = book_of((row,), 3)
    merged = merge_register(
        replace(book, sheets=tuple(replace(one, free="Y") for one in book.sheets)), [wide], [Snapshot("a", 3, (row,))], 2019
    )
    used = ("1/2019", "7/2019", "3/2018", "M4/2019", "x")
    refs = [
        next_reference(typed("", 2, Action="x", Raised_at=said), used, 2020) for said in ("May 2019", "2018-11", "soon", "12019")
    ]
    refs.append(next_reference(typed("", 2, "Matters", Words="x"), used, 2019))
    told = {
        "places": tuple(one.cell for one in merged.edits),
        "refs": refs,
        "short": shortened("a  b\nc " * 20, 20),
        "of": meeting_of(STANDING[2]),
    }
    golden(EXPECTED / "columns-and-references.txt", outline(told))


# Duties ----------------------------------------------------------------------------------------------------------------


def test_what_each_day_of_a_spring_brings(golden: Golden) -> None:
    """A meeting with papers and figures, one that is moved, one called off, actions that fall due; a machine that was off for a while."""
    since, rules = date(2019, 2, 20), DueRules(monthly=3)
    paper = Paper("A paper", "2.1", PaperStatus.AWAITED, "cc", date(2019, 4, 12))
    meetings = (
        meeting("2019-02-12-board"),
        meeting(
            "2019-04-23-board",
            papers=(paper, replace(paper, status=PaperStatus.RECEIVED, wanted_by=date(2019, 4, 1))),
            start_time=time(9),
        ),
        meeting("2019-05-14-board", "2019-05-21"),
        meeting("2019-06-11-board", cancelled=True),
        meeting("2019-06-12-public", cancelled=True),
    )
    facts = DueFacts(
        since,
        meetings,
        owed=(Owed("1/2019", date(2019, 4, 5)), Owed("2/2019", date(2019, 2, 19)), Owed("3/2019", since)),
        expected=(10, 25),
        issued=frozenset({"2019-05-14-board"}),
        released=(Letting("2019-04-23-board", "briefing-pack", "v1 office"), Letting("2019-04-23-board", "annex", "v1 force")),
        changes=(("2019-05-14-board", 4), ("2019-06-11-board", 5), ("2019-06-12-public", 6)),
        invited=frozenset({"2019-06-11-board"}),
    )
    settled: list[DutySettled] = []
    lines = []
    for step in range(130):
        today = since + timedelta(days=step)
        if date(2019, 4, 6) < today < date(2019, 4, 13):
            continue
        for one in decide_duties(today, facts, rules, settled):
            settled.append(DutySettled(*one.duty.key, one.becomes, today, one.why))
            lines.append(
                f"{today} {one.duty.kind.value} {one.duty.about} ({one.duty.occasion}), until {one.duty.until}: {one.becomes.value}, {one.why}"
            )
    coming = [
        f"{one.day} {one.kind.value} {one.about} {one.occasion}: {one.after}"
        for one in coming_duties(since, facts, rules, settled[:3])
    ]
    again = DutySettled(DutyKind.FINAL, "2019-04-23-board", "2019-04-23", Became.LEFT_OUT, since, "no")
    late = decide_duties(date(2019, 4, 20), replace(facts, rehearses=True), rules, [again])
    rehearsed = [f"{one.duty.kind.value} {one.duty.occasion} {one.becomes.value}" for one in late]
    golden(EXPECTED / "duties.txt", "\n".join([*lines, "", "Coming:", *coming, "", "Rehearsed:", *rehearsed]) + "\n")


def test_which_figures_are_awaited(golden: Golden) -> None:
    def figures(measure: str, *periods: Period) -> Iterator[Observation]:
        return (Observation(measure, "force", one, 1.0, Status.NUMBER, Source("a.xlsx")) for one in periods)

    month, quarter, year = Period.month(2019, 3), Period(date(2019, 1, 1), 3), Period(date(2018, 4, 1), 12)
    known = [
        *figures("monthly", month, month.shifted(-1)),
        *figures("quarterly", quarter.shifted(-3), quarter),
        *figures("yearly", year),
        *figures("rolling", year.shifted(-3), year, month.shifted(-12)),
        *figures("daily", Period(date(2019, 4, 1), 0, 1)),
    ]
    names = ("monthly", "quarterly", "yearly", "rolling", "daily", "never said")
    measures = [
        Measure(
            one,
            one,
            unit=MEASURES[0].unit,
            better=MEASURES[0].better,
            places=(),
            expected_days=20 if one != "never said" else None,
        )
        for one in names
    ]
    told = {
        f"by {by}": tuple((one.measure.id, one.period.label, one.day) for one in awaited_figures(measures, known, by))
        for by in (date(2019, 4, 19), date(2019, 4, 20), date(2019, 5, 20), date(2019, 7, 21), date(2020, 5, 1))
    }
    days = tuple(expected_on(date(2019, 5, day), delay) for day in (1, 21, 31) for delay in (0, 20, 21, 40))
    golden(EXPECTED / "figures-awaited.txt", outline({**told, "expected": days}))

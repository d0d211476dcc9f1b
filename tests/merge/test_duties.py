"""What falls due when: each duty once, none lost, none for a meeting that is cancelled, however long the machine was off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.merge.duties import coming_duties, decide_duties
from reportpack.model.duty import Became, Decision, DueFacts, DutyKind, DutySettled, Letting, Owed
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.recurrence import DueRules

RULES = DueRules()
NO_MONTHS = replace(RULES, monthly=0)
SINCE = date(2019, 1, 7)
HELD = date(2019, 5, 28)


def meeting(day: date, **more: object) -> Meeting:
    return replace(Meeting(f"{day}-assurance", "assurance", day, "Assurance"), **more)  # type: ignore[arg-type]


def facts(*meetings: Meeting, **more: object) -> DueFacts:
    return replace(DueFacts(SINCE, meetings), **more)  # type: ignore[arg-type]


class Office:
    """Runs day after day, and remembers what became of each duty, as the ledger does."""

    def __init__(self, rules: DueRules = NO_MONTHS) -> None:
        self.rules = rules
        self.settled: list[DutySettled] = []
        self.done: list[tuple[date, Decision]] = []

    def run(self, today: date, known: DueFacts) -> list[str]:
        found = decide_duties(today, known, self.rules, self.settled)
        for one in found:
            self.settled.append(DutySettled(*one.duty.key, one.becomes, today, one.why))
            self.done.append((today, one))
        return [one.duty.kind.value for one in found if one.do]

    def days(self, kind: DutyKind, about: str = "") -> list[date]:
        return [day for day, one in self.done if one.do and one.duty.kind is kind and about in ("", one.duty.about)]


def test_the_note_goes_at_21_days_the_draft_at_14_and_the_final_pack_at_7() -> None:
    office, known = Office(), facts(meeting(HELD))
    for step in range(60):
        office.run(HELD - timedelta(days=40 - step), known)
    assert office.days(DutyKind.COMMISSION) == [HELD - timedelta(days=21)]
    assert office.days(DutyKind.DRAFT) == [HELD - timedelta(days=14)]
    assert office.days(DutyKind.FINAL) == [HELD - timedelta(days=7)]
    assert office.days(DutyKind.ANNEX) == [HELD + timedelta(days=2), HELD + timedelta(days=7)]


@pytest.mark.parametrize(
    ("before", "do", "left_out"),
    [
        (20, ["commissioning note"], []),
        (13, ["commissioning note", "draft pack"], []),
        (7, ["final pack"], ["commissioning note", "draft pack"]),
        (0, ["final pack"], ["commissioning note", "draft pack"]),
        (-1, [], ["commissioning note", "draft pack", "final pack"]),
    ],
)
def test_after_a_time_off_what_is_still_worth_doing_is_done_and_the_rest_left_out(
    before: int, do: list[str], left_out: list[str]
) -> None:
    found = decide_duties(HELD - timedelta(days=before), facts(meeting(HELD)), NO_MONTHS, ())
    found = tuple(one for one in found if one.duty.kind is not DutyKind.RELEASE)
    assert [one.duty.kind.value for one in found if one.do] == do
    assert [one.duty.kind.value for one in found if not one.do] == left_out
    assert all(one.why for one in found)


def test_a_cancelled_meeting_has_no_duties() -> None:
    assert decide_duties(HELD, facts(meeting(HELD, cancelled=True)), NO_MONTHS, ()) == ()


def test_a_meeting_before_duties_began_has_none() -> None:
    old = meeting(SINCE - timedelta(days=1))
    assert decide_duties(SINCE, facts(old), NO_MONTHS, ()) == ()


def test_a_meeting_that_is_moved_gets_its_packs_for_the_new_day_and_its_note_only_once() -> None:
    office, first = Office(), meeting(HELD)
    later = replace(first, day=HELD + timedelta(days=28))
    for step in range(80):
        today = HELD - timedelta(days=30 - step)
        office.run(today, facts(first if today < HELD - timedelta(days=3) else later))
    assert office.days(DutyKind.COMMISSION) == [HELD - timedelta(days=21)]
    assert office.days(DutyKind.DRAFT) == [HELD - timedelta(days=14), later.day - timedelta(days=14)]
    assert office.days(DutyKind.FINAL) == [HELD - timedelta(days=7), later.day - timedelta(days=7)]


def test_a_meeting_moved_by_a_day_after_its_final_pack_gets_it_again_with_the_right_day() -> None:
    office, first = Office(), meeting(HELD)
    office.run(HELD - timedelta(days=7), facts(first))
    assert office.run(HELD - timedelta(days=6), facts(replace(first, day=HELD + timedelta(days=1)))) == ["final pack"]
    assert office.run(HELD - timedelta(days=6), facts(replace(first, day=HELD + timedelta(days=1)))) == []


def test_a_draft_for_the_new_day_is_not_built_just_after_the_final_pack_for_the_old_one() -> None:
    office, first = Office(), meeting(HELD)
    for before in (21, 7):
        office.run(HELD - timedelta(days=before), facts(first))
    later = facts(replace(first, day=HELD + timedelta(days=7)))
    assert office.run(HELD - timedelta(days=6), later) == []
    assert office.run(HELD, later) == ["final pack"]


def test_a_pack_that_nobody_has_released_is_mentioned_again() -> None:
    office, known = Office(), facts(meeting(HELD))
    for step in range(10):
        office.run(HELD - timedelta(days=9 - step), known)
    assert office.days(DutyKind.RELEASE) == [HELD - timedelta(days=3), HELD - timedelta(days=1)]
    let_out = Letting(f"{HELD}-assurance", "briefing-pack", "force v1")
    found = decide_duties(HELD, replace(known, released=(let_out,)), RULES, ())
    assert [one.becomes for one in found if one.duty.kind is DutyKind.RELEASE] == [Became.NEEDLESS, Became.NEEDLESS]


def test_what_is_released_goes_with_the_final_pack_once_and_a_new_version_again() -> None:
    office = Office()
    for version in (1, 1, 2):
        known = facts(meeting(HELD), released=(Letting(f"{HELD}-assurance", "briefing-pack", f"force v{version}"),))
        office.run(HELD - timedelta(days=10), known)
        office.run(HELD - timedelta(days=6), known)
    assert office.days(DutyKind.SEND) == [HELD - timedelta(days=6), HELD - timedelta(days=6)]


def test_a_meeting_is_put_into_calendars_once_a_change_and_taken_out_once() -> None:
    office, first = Office(), meeting(HELD)
    day = HELD - timedelta(days=60)
    for known in (
        facts(first, changes=((first.id, 0),)),
        facts(first, changes=((first.id, 0),)),
        facts(replace(first, day=HELD + timedelta(days=1)), changes=((first.id, 1),)),
        facts(replace(first, cancelled=True), changes=((first.id, 2),), invited=frozenset({first.id})),
        facts(replace(first, cancelled=True), changes=((first.id, 2),), invited=frozenset({first.id})),
    ):
        office.run(day, known)
    assert len(office.days(DutyKind.CALENDAR)) == 3
    never = facts(replace(first, cancelled=True), changes=((first.id, 1),))
    assert Office().run(day, never) == [], "nobody has it in a calendar"


def test_a_clock_that_stood_ahead_loses_nothing_and_one_that_stood_back_repeats_nothing() -> None:
    office, known = Office(), facts(meeting(HELD))
    assert office.run(HELD - timedelta(days=21), known) == ["commissioning note"]
    assert office.run(HELD + timedelta(days=400), known) == []
    assert office.run(HELD - timedelta(days=14), known) == ["draft pack"]
    assert office.run(HELD - timedelta(days=21), known) == []
    assert office.run(HELD - timedelta(days=7), known) == ["final pack"]


def paper(day: date, status: PaperStatus = PaperStatus.AWAITED) -> Paper:
    return Paper("Progress note", "2", status, "dcc", day)


def test_papers_are_chased_after_they_were_wanted_as_long_as_they_are_missing() -> None:
    office = Office()
    wanted = HELD - timedelta(days=7)
    missing, there = (
        facts(meeting(HELD, papers=(paper(wanted, status),))) for status in (PaperStatus.AWAITED, PaperStatus.RECEIVED)
    )
    for step in range(4):
        office.run(wanted + timedelta(days=step), missing)
    for step in range(4, 10):
        office.run(wanted + timedelta(days=step), there)
    assert office.days(DutyKind.CHASE_PAPER) == [wanted + timedelta(days=1)]


def test_figures_are_chased_for_the_month_that_should_be_in_the_final_pack() -> None:
    found = decide_duties(date(2019, 5, 20), facts(meeting(HELD), expected=(15, 20, 40)), NO_MONTHS, ())
    chases = [one.duty for one in found if one.duty.kind is DutyKind.CHASE_FIGURES]
    assert sorted({one.wanted for one in chases if one.wanted}) == [date(2019, 5, 10), date(2019, 5, 15), date(2019, 5, 20)][:2]
    assert {one.wanted for one in coming_duties(date(2019, 5, 14), facts(meeting(HELD), expected=(20,)), RULES, ())} >= {
        date(2019, 5, 20)
    }


def test_an_action_is_reminded_of_before_and_on_its_day_and_one_late_reminder_is_enough() -> None:
    office, known = Office(), facts(owed=(Owed("12/2019", date(2019, 3, 29)),))
    for step in (0, 7, 8):
        office.run(date(2019, 3, 22) + timedelta(days=step), known)
    assert office.days(DutyKind.REMINDER) == [date(2019, 3, 22), date(2019, 3, 29)]
    late = Office()
    assert late.run(date(2019, 4, 2), known) == ["reminder"]
    assert [one.why for _, one in late.done if not one.do] == ["a later reminder takes its place"]
    assert Office().run(date(2019, 4, 20), known) == []


def test_a_redated_action_is_reminded_of_again() -> None:
    office = Office()
    office.run(date(2019, 3, 29), facts(owed=(Owed("12/2019", date(2019, 3, 29)),)))
    assert office.run(date(2019, 4, 23), facts(owed=(Owed("12/2019", date(2019, 4, 30)),))) == ["reminder"]


def test_notes_that_are_issued_need_no_reminder() -> None:
    known = facts(meeting(HELD), issued=frozenset({f"{HELD}-assurance"}))
    found = [one for one in decide_duties(HELD + timedelta(days=2), known, RULES, ()) if one.duty.kind is DutyKind.ANNEX]
    assert [one.becomes for one in found] == [Became.NEEDLESS]


def test_a_pack_is_built_each_month_even_where_no_meeting_is_set() -> None:
    office = Office(RULES)
    for step in range(120):
        office.run(SINCE + timedelta(days=step), facts())
    assert office.days(DutyKind.MONTHLY) == [date(2019, 2, 1), date(2019, 3, 1), date(2019, 4, 1), date(2019, 5, 1)]


@st.composite
def years(draw: st.DrawFn) -> tuple[list[tuple[int, int]], set[int], list[int]]:
    """Meetings (a day, and by how many days it is moved, None: cancelled), the weeks off, and when each change is made."""
    starts = draw(st.lists(st.integers(5, 180), min_size=1, max_size=5, unique=True))
    moves = draw(st.lists(st.sampled_from([0, 0, 0, -10, -1, 1, 7, 28, 999]), min_size=len(starts), max_size=len(starts)))
    off = draw(st.sets(st.integers(0, 31), max_size=18))
    made = draw(st.lists(st.integers(0, 180), min_size=len(starts), max_size=len(starts)))
    return list(zip(starts, moves, strict=True)), off, made


@given(years())
@settings(max_examples=40, deadline=None)
def test_a_year_with_the_machine_off_for_random_weeks(year: tuple[list[tuple[int, int]], set[int], list[int]]) -> None:
    plan, off, made = year
    office = Office(NO_MONTHS)
    ran: list[date] = []
    final: dict[str, Meeting] = {}
    for step in range(220):
        today = SINCE + timedelta(days=step)
        if step // 7 in off:
            continue
        meetings = []
        for (start, move), change in zip(plan, made, strict=True):
            first = meeting(SINCE + timedelta(days=start))
            if step < change or move == 0:
                meetings.append(first)
            elif move == 999:
                meetings.append(replace(first, cancelled=True))
            else:
                meetings.append(replace(first, day=max(first.day + timedelta(days=move), SINCE)))
        office.run(today, facts(*meetings))
        ran.append(today)
        final = {one.id: one for one in meetings}
    keys = [one.duty.key for _, one in office.done if one.do]
    assert len(keys) == len(set(keys)), "each duty at most once"
    for day, one in office.done:
        assert one.becomes is Became.NEEDLESS or one.do == (one.duty.day <= day <= one.duty.until)
    for held, ((_, move), change) in zip(final.values(), zip(plan, made, strict=True), strict=True):
        settled_by = SINCE + timedelta(days=change if move else 0)
        window = [day for day in ran if held.day - timedelta(days=7) <= day <= held.day and day >= settled_by]
        dones = [one.duty.occasion for _, one in office.done if one.do and one.duty.key[:2] == (DutyKind.FINAL, held.id)]
        if held.cancelled:
            assert not [day for day, one in office.done if one.do and one.duty.about == held.id and day >= settled_by]
        elif window:
            assert held.day.isoformat() in dones, "none lost"

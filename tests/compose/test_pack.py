from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from reportpack.compose.actions import redated_words
from reportpack.compose.commission import compose_commission
from reportpack.compose.letters import reminder_notice
from reportpack.compose.pack import compose_pack
from reportpack.model.action import ActionState, Redating
from reportpack.model.agenda_view import AgendaView
from reportpack.model.edition import Audience
from reportpack.model.finding import Findings, Pressing, SmallCell
from reportpack.model.inputs import ReadingNote
from reportpack.model.judgement import Revision
from reportpack.model.letter import Addressee
from reportpack.model.office import Area, Office, Withholding
from reportpack.model.pack import Pack, find_values
from reportpack.model.problem import Problem, Source
from reportpack.model.register import reference_order
from tests.compose import northmoor

PROBLEM = Problem("month-missing", Source("performance/satisfaction.xlsx", "Months", "B39"), "Zymurgy.", "Ask for it.")


def compose(
    edition: Audience = Audience.OFFICE,
    view: AgendaView | None = None,
    findings: Findings | None = None,
    office: Office | None = None,
) -> Pack:
    return compose_pack(
        view or northmoor.a_view(),
        edition,
        office or northmoor.an_office(),
        findings or northmoor.the_findings(),
        (PROBLEM,),
        (),
        northmoor.ON,
        "draft",
    )


@cache
def office_pack() -> Pack:
    return compose()


def all_words(value: object) -> str:
    return repr(value)


def test_the_three_things_that_matter_most_are_a_broken_promise_what_is_overdue_and_the_worst_figure() -> None:
    words = [one.words.text for one in office_pack().cover.headlines]
    assert "\n".join(words) == (
        "A promise was not kept (C1/2030): “Two districts will be over 80% by January”. "
        "1 of 3 districts over 80% in January 2031, where at least 2 were expected.\n"
        "1 action is overdue, 4/2030 (Chief Officer, due 31 January 2031).\n"
        "Residential burglary: 271 offences in February 2031, deteriorating: "
        "2 of the latest 3 months are close to the top of the expected range."
    )


def test_posts_are_named_as_they_are_filled_on_the_meetings_day() -> None:
    seats = office_pack().cover.seats
    assert [(seat.post, seat.name, seat.apologies) for seat in seats] == [
        ("Mayor", "Ines Moorcroft", False),
        ("Chief Officer", "Adeola Finch", False),
        ("Second Officer", "", True),
    ]


def test_what_the_numbers_did_since_a_matter_was_put_off_stands_beside_its_words() -> None:
    (matter,) = office_pack().matters
    assert matter.words == "Burglary in <Vale> to come back in March."
    assert matter.said == "We will have halved it & more by spring."
    assert matter.origin.text == "From the meeting of 17 September 2030, six months before this one"
    (since,) = matter.since
    assert (since.then.text, since.then_period) == ("287", "August 2030")
    assert (since.now.text, since.now_period) == ("271", "February 2031")
    assert since.change.text == "16 fewer"
    assert [number.sources[0].cell for number in since.then.numbers] == ["B33"]
    assert [action.ref for action in matter.actions] == ["4/2030"]
    assert matter.carry_to == "17 June 2031"


def test_a_matter_from_a_month_without_figures_says_so() -> None:
    view = northmoor.a_view()
    old = replace(view.matters[0].origin, meeting=replace(northmoor.ORIGIN, day=date(2020, 1, 7)))
    matter = compose(view=replace(view, matters=(replace(view.matters[0], origin=old),))).matters[0]
    assert (matter.since[0].then.text, matter.since[0].change.text) == ("No figure from that time", "Not compared")


def test_an_overdue_action_comes_with_how_often_its_date_moved() -> None:
    actions = office_pack().actions
    assert actions.summary.text == "2 actions are open: 1 overdue, 1 proposed complete."
    line = actions.groups[0].lines[0]
    assert (actions.groups[0].owner, actions.groups[0].holder) == ("Chief Officer", "Adeola Finch")
    assert line.due.text == "Overdue: was due 31 January 2031"
    assert line.redated.text == "Re-dated once, from 30 November 2030: waiting for the auditor"


def test_a_single_open_action_that_is_not_late_is_said_of_in_the_singular() -> None:
    view = northmoor.a_view()
    quiet = replace(view.actions[0], overdue=False, due_here=False)
    one = replace(quiet, action=replace(quiet.action, state=ActionState.OPEN))
    assert compose(view=replace(view, actions=(one,))).actions.summary.text == "1 action is open, and it is not overdue."
    assert compose(view=replace(view, actions=(one, one))).actions.summary.text == "2 actions are open, none of them overdue."


def test_what_an_edition_counts_is_not_worded_as_of_the_whole() -> None:
    force = compose(Audience.FORCE)
    assert force.actions.summary.text == "1 action in this edition is open: 1 overdue."
    assert force.glance.summary.text.startswith("2 measures in this edition: ")


def test_a_missing_figure_is_a_worded_gap_and_the_latest_one_says_so() -> None:
    pack = office_pack()
    row = next(row for row in pack.glance.rows if row.title == "Victim satisfaction")
    assert (row.latest.text, row.period) == ("79.0%; none for Feb 2031", "Jan 2031")
    page = pack.topics[1].measures[0]
    assert page.notes[0].text.strip() == "No figure for February 2031: the cell says “to follow”."
    table = next(table for table in pack.appendix.tables if table.id == "table-satisfaction")
    assert table.rows[-1][1][0].text == "[x]"
    assert table.notes[0].text.startswith(
        "Month before: 79.0% (316 of 400), was 82.5% (330 of 400). 3.5 percentage points lower;"
    )
    assert table.notes[-1].text == "Northmoor: No figure for February 2031: the cell says “to follow”."


def test_exceptions_come_first_at_a_glance() -> None:
    glance = office_pack().glance
    assert [row.title for row in glance.rows] == ["Residential burglary", "Victim satisfaction"]
    assert glance.summary.text == "2 measures: 2 need attention, 1 is worse than it was, 1 lacks its latest figure."


def test_a_question_that_a_person_wrote_replaces_the_suggested_ones() -> None:
    burglary, satisfaction = office_pack().topics
    assert [question.words for question in burglary.questions] == ["Why is Vale so high?"]
    assert [enquiry.words.text for enquiry in burglary.enquiries] == [
        "What changed around August 2030, and is the cause understood?"
    ]
    assert [enquiry.words.text for enquiry in satisfaction.enquiries] == [
        "Why is the figure for February 2031 not in, and when will it be?"
    ]


def test_the_meetings_that_took_the_topic_are_marked_on_its_chart() -> None:
    chart = office_pack().topics[0].measures[0].chart
    assert chart is not None
    assert [(mark.kind, mark.label) for mark in chart.marks] == [
        ("note", "Sheds are counted as homes from this month"),
        ("meeting", "17 Sep"),
    ]


def test_a_figure_that_differs_from_the_last_pack_is_marked_revised_with_its_old_value() -> None:
    now = northmoor.burglary_finding().force.observations[-1]
    revision = Revision(replace(now, value=300.0), now)
    pack = compose_pack(
        northmoor.a_view(), Audience.OFFICE, northmoor.an_office(), northmoor.the_findings(), (), (revision,), northmoor.ON, "v1"
    )
    (line,) = pack.appendix.revisions
    assert (line.measure, line.before.text, line.now.text) == ("Residential burglary", "300", "271")
    assert pack.glance.rows[0].latest.text == "271 [r]"
    notes = [note.text for topic in pack.topics for measure in topic.measures for note in measure.notes]
    assert f"[r] Revised since the last pack: {now.period.label}, Northmoor, was 300, is now 271." in notes


@pytest.mark.parametrize("hidden", [True, False])
def test_what_a_hidden_cell_held_before_is_not_printed_either(hidden: bool) -> None:
    finding = northmoor.burglary_finding()
    area = next(one for one in finding.areas if one.latest is not None)
    assert area.latest is not None
    cell = SmallCell(area.area, area.latest.period)
    findings = replace(northmoor.the_findings(), measures=(replace(finding, small_cells=(cell,) if hidden else ()),))
    revision = Revision(replace(area.latest, value=30.0), area.latest)
    pack = compose_pack(northmoor.a_view(), Audience.PUBLIC, northmoor.an_office(), findings, (), (revision,), northmoor.ON, "v1")
    assert len(pack.appendix.revisions) == (not hidden)


def test_the_running_sheet_puts_the_question_beside_what_was_said_last_time() -> None:
    rows = {row.number: row for row in office_pack().running_sheet}
    assert list(rows) == ["1", "2.1", "2.2", "3"]
    assert [one.text for one in rows["2.1"].questions] == ["Why is Vale so high?"]
    assert rows["2.1"].last_time == "A new team."
    assert rows["2.1"].matters == ("M1/2030",)


def test_sources_are_numbered_in_the_order_of_their_first_use() -> None:
    pack = office_pack()
    assert [entry.id for entry in pack.sources] == [f"s{index}" for index in range(1, len(pack.sources) + 1)]
    known = {(entry.file, entry.sheet, entry.sha256) for entry in pack.sources}
    assert {(one.file, one.sheet, one.sha256) for one in find_values(replace(pack, sources=()), Source)} == known


SECRETS = {
    Audience.FORCE: ("zebras", "xylophone", "Why is Vale so high", "Zymurgy", "not in, and when will it be"),
    Audience.PUBLIC: (
        "zebras",
        "xylophone",
        "Why is Vale so high",
        "Zymurgy",
        "halved",
        "audit of closed cases",
        "Two districts will be",
        "ended with arrests",
        "A new team",
        "isfaction",
        "Burglary plan",
        "xlsx",
        "Months",
        "register",
    ),
}


@pytest.mark.parametrize("edition", [Audience.FORCE, Audience.PUBLIC])
def test_what_is_beyond_an_editions_audience_is_nowhere_in_its_pack(edition: Audience) -> None:
    whole, pack = all_words(office_pack()), all_words(compose(edition))
    for secret in SECRETS[edition]:
        assert secret in whole
        assert secret not in pack


def test_a_withheld_item_keeps_its_reference_and_public_title_with_a_reason() -> None:
    force = compose(Audience.FORCE).appendix.withheld
    assert [(one.section, one.ref, one.title) for one in force] == [("Open actions", "5/2030", "Item withheld")]
    public = compose(Audience.PUBLIC)
    assert ("Outstanding matters", "M1/2030", "Burglary in one district") in [
        (one.section, one.ref, one.title) for one in public.appendix.withheld
    ]
    line = next(line for line in public.agenda if line.number == "2.2")
    assert (line.title, line.withheld) == ("Service", "Not in this edition.")


def test_an_edition_that_tells_no_references_says_only_that_something_is_left_out() -> None:
    """Neither which nor how many: the public learns of each only where a person gave it a title or a reason."""
    left_out = compose(Audience.PUBLIC).appendix.withheld
    assert [(one.ref, one.title) for one in left_out if one.section == "Open actions"] == [
        ("", "Some actions are not in this edition")
    ]
    assert {one.reason for one in left_out} == {""}


def test_what_is_withheld_stands_in_the_order_of_its_references() -> None:
    view = northmoor.a_view()
    shown = [replace(one, action=replace(one.action, audience=Audience.OFFICE)) for one in view.actions]
    order = [one.ref for one in compose(Audience.FORCE, view=replace(view, actions=tuple(shown))).appendix.withheld]
    turned = [one.ref for one in compose(Audience.FORCE, view=replace(view, actions=tuple(shown[::-1]))).appendix.withheld]
    assert len(order) > 1
    assert order == turned == sorted(order, key=reference_order)


def test_the_running_sheet_and_the_problems_are_the_offices_alone() -> None:
    force = compose(Audience.FORCE)
    assert force.running_sheet == ()
    assert force.appendix.problems == ()
    assert office_pack().appendix.problems[0].found == "Zymurgy."


def test_the_public_is_told_the_published_source_and_never_the_cell() -> None:
    pack = compose(Audience.PUBLIC)
    assert [entry.file for entry in pack.sources] == ["Police recorded crime open data tables"]
    assert all(source.cell == "" and source.sha256 == "" for source in find_values(pack, Source))


def with_public_satisfaction() -> tuple[Office, AgendaView, Findings]:
    """As if the survey were published: only its small district has something to hide."""
    findings, view = northmoor.the_findings(), northmoor.a_view()
    first = findings.measures[0]
    public = replace(first, measure=replace(first.measure, audience=Audience.PUBLIC))
    topics = tuple(replace(one, topic=replace(one.topic, audience=Audience.PUBLIC)) for one in view.topics)
    topics = tuple(replace(one, item=replace(one.item, audience=Audience.PUBLIC) if one.item else None) for one in topics)
    return northmoor.an_office(), replace(view, topics=topics), replace(findings, measures=(public, findings.measures[1]))


def test_a_small_cell_is_hidden_in_table_chart_text_and_alternative_text_alike() -> None:
    office, view, findings = with_public_satisfaction()
    secret = findings.measures[0].areas[2].series.observations[-1]
    assert secret.value is not None
    pack = compose_pack(view, Audience.PUBLIC, office, findings, (), (), northmoor.ON, "draft")
    page = next(page for page in pack.topics if page.id == "topic-satisfaction").measures[0]
    assert page.areas is not None
    assert [row.latest.text for row in page.areas.rows if row.area == "Fells & Moors"] == ["[c]"]
    assert [row.spark for row in page.areas.rows if row.area == "Fells & Moors"] == [None]
    table = next(table for table in pack.appendix.tables if table.id == "table-satisfaction")
    assert {cells[3].text for _, cells in table.rows} == {"[c]"}
    whole = all_words(compose_pack(view, Audience.OFFICE, office, findings, (), (), northmoor.ON, "draft"))
    assert "Source(file='performance/satisfaction.xlsx', sheet='Months', cell='E39'" in whole


def test_an_office_with_nothing_on_record_still_gets_a_pack() -> None:
    view = northmoor.a_view()
    empty = replace(view, topics=(), matters=(), actions=(), commitments=(), forward=(), items=())
    pack = compose(view=empty, findings=Findings(northmoor.ON, (), ()))
    assert pack.actions.summary.text == "No action is open."
    assert pack.glance.summary.text == "There are no measures in this edition."
    assert pack.cover.headlines == ()


def test_nothing_withheld_is_nothing_said() -> None:
    assert compose(Audience.OFFICE).appendix.left_out == ()


def test_a_topic_of_which_an_edition_has_nothing_has_no_page() -> None:
    view = northmoor.a_view()
    bare = [replace(one, measures=(), matters=(), actions=(), commitments=(), statements=(), questions=()) for one in view.topics]
    bare = [replace(one, past_questions=()) for one in bare]
    items = tuple(replace(one, papers=()) for one in view.items)
    assert compose(view=replace(view, topics=tuple(bare), items=items)).topics == ()


def test_an_area_that_came_later_prints_its_own_name() -> None:
    office = northmoor.an_office()
    office = replace(office, areas=(*office.areas[:-1], Area("fells", "The Fells")))
    pack = compose_pack(northmoor.a_view(), Audience.OFFICE, office, northmoor.the_findings(), (), (), northmoor.ON, "draft")
    assert pack.appendix.tables[0].columns == ("Northmoor Police", "Coast", "Vale", "The Fells")


def test_words_that_fit_no_item_are_shown_and_not_lost() -> None:
    view = replace(northmoor.a_view(), unplaced_statements=(northmoor.OFFICE_STATEMENT,))
    (page,) = compose(view=view).items
    assert (page.title, page.statements[0].author) == ("Words that fit no item", "Ines Moorcroft, Mayor")
    assert compose(Audience.FORCE, view=view).items == ()


def test_the_whole_register_is_out_of_reach_of_an_edition() -> None:
    from reportpack.compose.audience import restrict
    from reportpack.model.register import Register

    view = replace(northmoor.a_view(), register=Register(actions=(northmoor.OFFICE_ACTION,)))
    assert restrict(view, northmoor.the_findings(), Audience.FORCE, northmoor.an_office()).view.register == Register()


def test_a_withheld_item_says_the_reason_that_a_person_gave_for_what_keeps_it_back() -> None:
    office = replace(northmoor.an_office(), withholdings=(Withholding("staff", "It would name members of staff."),))
    view = northmoor.a_view()
    view = replace(view, topics=tuple(replace(one, topic=replace(one.topic, withheld="staff")) for one in view.topics))
    wide = replace(view.actions[0], action=replace(northmoor.ACTION, audience=Audience.PUBLIC), topic="satisfaction")
    pack = compose(Audience.PUBLIC, view=replace(view, actions=(wide,)), office=office)
    assert [(one.ref, one.reason) for one in pack.appendix.withheld if one.section == "Open actions"] == [
        ("", "It would name members of staff.")  # its reference would help to count those that are not public
    ]
    said = pack.appendix.left_out
    assert "Not in this edition: matter M1/2030 Burglary in one district and some papers." in said
    (with_reason,) = [one for one in said if one.endswith(". It would name members of staff.")]
    assert with_reason.startswith("Not in this edition: some actions")
    assert pack.actions.summary.text == "No open action is in this edition."


def test_lines_of_re_dating_in_any_order_count_from_the_latest_day() -> None:
    first = Redating(date(2031, 1, 15), date(2031, 1, 31), "half-term")
    last = Redating(date(2031, 1, 31), date(2031, 2, 28), "the supplier was late")
    assert redated_words((last, first)).text == "Re-dated twice, last from 31 January 2031: the supplier was late"


def test_an_action_whose_due_day_is_none_does_not_say_that_it_is_due_none() -> None:
    view = northmoor.a_view()
    undated = replace(view.actions[0].action, due=None, due_as_written="none")
    pack = compose(view=replace(view, actions=(replace(view.actions[0], action=undated, due=None, overdue=False),)))
    assert pack.actions.groups[0].lines[0].due.text == "No date stated"


def test_an_area_with_one_hidden_month_long_ago_still_shows_its_latest_figure() -> None:
    office, view, findings = with_public_satisfaction()
    first = replace(findings.measures[0], small_cells=findings.measures[0].small_cells[:1])
    pack = compose_pack(view, Audience.PUBLIC, office, replace(findings, measures=(first,)), (), (), northmoor.ON, "draft")
    areas = pack.topics[1].measures[0].areas
    assert areas is not None
    assert areas.rows[2].latest.text == "78.0% [low]"
    table = next(table for table in pack.appendix.tables if table.id == "table-satisfaction")
    assert [cells[3].text for _, cells in table.rows].count("[c]") == 1


@pytest.mark.parametrize("topic", ["office", "force"])
def test_a_reminder_says_an_action_s_words_only_where_its_topic_may_be_read(topic: str) -> None:
    """As the pack and the calendar do: one rule for all that goes out."""
    office = northmoor.an_office()
    office = replace(office, topics=tuple(replace(one, audience=Audience(topic)) for one in office.topics))
    action = replace(northmoor.ACTION, audience=Audience.FORCE, topic=office.topics[0].id, public_title="")
    to = Addressee("Somebody", "somebody@force.example", "cc", Audience.FORCE)
    notice = reminder_notice(((action, date(2031, 3, 20)),), northmoor.ON, to, office)
    assert ((action.title or action.words).rstrip(".") in repr(notice)) is (topic == "force")
    assert action.ref in repr(notice)


def test_a_cover_tells_one_measure_of_a_kind_and_names_the_others_beside_it() -> None:
    given = northmoor.the_findings()
    worst = replace(max(given.measures, key=lambda one: one.exception), pressing=Pressing.WORSE)
    others = [replace(worst, measure=replace(worst.measure, id=f"m{one}", title=f"Copy {one}", short_title="")) for one in "ab"]
    cover = compose(findings=replace(given, measures=(worst, *others))).cover
    words = [one.words.text for one in cover.headlines if one.target != "actions"]
    assert [one.endswith("Also worse: Copy a, Copy b.") for one in words] == [False, True]


def test_how_workbooks_were_read_is_in_the_office_s_appendix_and_goes_back_to_the_force_where_it_may_read_every_measure() -> None:
    burglary, satisfaction = (one.measure for one in northmoor.the_findings().measures)
    hidden = replace(satisfaction, audience=Audience.OFFICE)
    readings = (
        ReadingNote("performance/crime.xlsx", "Used: Burglary.", (burglary.id,)),
        ReadingNote("performance/both.xlsx", "Used: Xyster.", (burglary.id, hidden.id)),
        ReadingNote("performance/none.xlsx", "Nothing of it is used.", ()),
    )
    view, office = northmoor.a_view(), northmoor.an_office()
    pack = compose_pack(view, Audience.OFFICE, office, northmoor.the_findings(), (), (), northmoor.ON, "draft", readings=readings)
    assert [one.file for one in pack.appendix.readings] == ["crime.xlsx", "both.xlsx", "none.xlsx"]
    force = compose_pack(view, Audience.FORCE, office, northmoor.the_findings(), (), (), northmoor.ON, "draft", readings=readings)
    assert force.appendix.readings == ()
    note = compose_commission(force, view, office, (), 7, readings, (burglary, hidden))
    assert [one.file for one in note.readings] == ["crime.xlsx"]
    assert "Xyster" not in all_words(note)

"""Actions in every wording that offices use: each case is a few lines as they would be typed, and what is read from them."""

import pytest

from reportpack.model.minutes import ActionKind, Minutes, NotedAction, NotedState
from reportpack.read.minutes.reading import read_minutes_bytes

HEAD = """Northshire Accountability Board
Notes of the meeting held on 12 March 2024
Present: Helen Prosser (HP), Tobias Rudge (TR), Carys Beddoes (CB), Neil Hathersage (NH)
Apologies: Dafydd Orme (DO)

1. Performance
The Commissioner asked about call handling. The Chief Constable
replied that it had improved since the last meeting.
"""


def read(text: str, suffix: str = ".txt") -> Minutes:
    minutes, _ = read_minutes_bytes((HEAD + text).encode(), f"notes{suffix}", suffix, None)
    assert minutes is not None
    return minutes


def marked(text: str, suffix: str = ".txt") -> list[NotedAction]:
    return [action for action in read(text, suffix).actions if action.marked]


def owners(action: NotedAction) -> list[str]:
    return [owner.as_written for owner in action.owners]


@pytest.mark.parametrize(
    ("text", "words", "named"),
    [
        ("ACTION \u2013 NH to share the workings.\n", "NH to share the workings.", ["NH"]),
        ("Action - CB and TR to review the plan\n", "CB and TR to review the plan", ["CB", "TR"]),
        ("ACTION NH to bring a paper on custody.\n", "NH to bring a paper on custody.", ["NH"]),
        ("Action point 3: CB to report on stop and search.\n", "CB to report on stop and search.", ["CB"]),
        ("Action (NH): cost the two options.\n", "cost the two options.", ["NH"]),
        ("Action: NH \u2013 cost the two options\n", "NH \u2013 cost the two options", ["NH"]),
        ("[Action: CB to circulate the audit]\n", "CB to circulate the audit", ["CB"]),
        ("A long talk followed on vetting. (Action: CB to circulate it)\n", "CB to circulate it", ["CB"]),
        ("Action by CB: circulate the audit\n", "circulate the audit", ["CB"]),
        ("Action for the Chief Constable: write to the Board.\n", "write to the Board.", ["Chief Constable"]),
        ("Action required: The force to provide monthly data.\n", "The force to provide monthly data.", ["The force"]),
        ("Action arising from item 1: CB to circulate it\n", "CB to circulate it", ["CB"]),
        ("action: CB to circulate it\n", "CB to circulate it", ["CB"]),
        ("1.1 Action: CB to circulate it\n", "CB to circulate it", ["CB"]),
        ("\u2022 Action: CB to circulate it\n", "CB to circulate it", ["CB"]),
        ("Action: HP, TR, and NH to meet.\n", "HP, TR, and NH to meet.", ["HP", "TR", "NH"]),
        ("Action item: TR to add 101 to the agenda.\n", "TR to add 101 to the agenda.", ["TR"]),
        ("Action: Invite the Fire Authority to a later meeting.\n", "Invite the Fire Authority to a later meeting.", []),
        ("Action: Terms of reference to be amended.\n", "Terms of reference to be amended.", []),
        ("Action: Views to be sought on the plan (TR)\n", "Views to be sought on the plan (TR)", ["TR"]),
        ("Action: CB was asked to provide a breakdown.\n", "CB was asked to provide a breakdown.", ["CB"]),
        ("Action: Tobias Rudge / Will Perrin to progress it\n", "Tobias Rudge / Will Perrin to progress it", ["Tobias Rudge", "Will Perrin"]),
    ],
)  # fmt: skip
def test_one_action_in_its_wording(text: str, words: str, named: list[str]) -> None:
    (action,) = marked(text)
    assert action.words == words
    assert owners(action) == named


def test_a_label_with_owners_only_takes_the_sentence_before_it() -> None:
    (action,) = marked("The costs should be set out for the Board. Action: HP/TR\n")
    assert action.words == "The costs should be set out for the Board."
    assert owners(action) == ["HP", "TR"]


def test_one_label_may_hold_two() -> None:
    first, second = marked(
        "Actions arising: CB to share the note.\nConfidence to be brought back to the November meeting.\n\n2. AOB\nNone.\n"
    )
    assert (first.words, first.kind) == ("CB to share the note.", ActionKind.DO)
    assert (second.kind, second.due_meeting, owners(second)) == (ActionKind.BRING_BACK, "2024-11", [])


def test_one_action_may_wrap_over_lines_and_in_the_middle_of_a_name() -> None:
    text = (
        "Action: The Chief Constable is to provide the Commissioner and the North\n"
        "Worcestershire commander with a written update on the vetting backlog\n"
        "before the June meeting.\nThe Commissioner thanked the force.\n"
    )
    (action,) = marked(text)
    assert "the North Worcestershire commander" in action.words
    assert action.words.endswith("before the June meeting.")
    assert action.due_meeting == "2024-06"


def test_numbers_that_the_notes_give_are_kept() -> None:
    text = "Action 17/2024: CB to provide the rate.\nAP2: TR to write to the Panel.\nActions: (a) TR to add 101; (b) CB to bring the plan.\n"
    assert [action.ref for action in marked(text)] == ["17/2024", "AP2", "(a)", "(b)"]


def test_updates_tell_what_became_of_old_ones() -> None:
    text = "Action 3/2024: NH to cost the options.\nUpdate 12.03.24 \u2013 Complete.\nAction 4/2024: TR to confirm it.\nUpdate: in hand, C/Fwd.\n"
    assert [action.state for action in marked(text)] == [NotedState.CLOSED, NotedState.OPEN]


def test_a_table_by_whom_and_by_when() -> None:
    text = "| Ref | Action | By whom | By when | Status |\n|---|---|---|---|---|\n| 1 | Circulate it | CB | 30 April | Complete |\n| 2 | Cost it | NH/TR | June meeting | |\n"
    first, second = marked(text, ".md")
    assert (first.ref, owners(first), f"{first.due}", first.state) == ("1", ["CB"], "2024-04-30", NotedState.CLOSED)
    assert (owners(second), second.due_meeting, second.state) == (["NH", "TR"], "2024-06", NotedState.OPEN)


def test_a_table_that_only_spaces_keep() -> None:
    text = (
        "Action                                   By whom      By when\n"
        "Circulate the audit report to all        CB           30 April 2024\nmembers of the Board\n\n"
        "Cost the two options                     NH/TR        June meeting\n"
    )
    first, second = marked(text)
    assert first.words == "Circulate the audit report to all members of the Board"
    assert owners(second) == ["NH", "TR"]


def test_owners_in_a_right_hand_column() -> None:
    text = (
        "Item   Discussion                                             Action\n"
        "2.     Estates\n"
        "       The estate strategy was presented. TR will circulate   TR\n"
        "       the slides to members.\n"
        "       The Board asked for the costs of each option.          NH to provide\n"
        "                                                              costs\n"
    )
    first, second = marked(text)
    assert (first.words, owners(first)) == ("TR will circulate the slides to members.", ["TR"])
    assert second.words == "NH to provide costs"


def test_a_list_at_the_end_and_boxes_to_tick() -> None:
    text = "## Action items\n\n- [ ] @tobias to draft the response\n- [x] @neil to check the figures\n"
    first, second = marked(text, ".md")
    assert (first.words, first.state) == ("@tobias to draft the response", NotedState.NEW)
    assert second.state is NotedState.CLOSED


@pytest.mark.parametrize(
    "text",
    [
        "The action log was reviewed and noted.\n",
        "Actions: None\n",
        "Action: no actions were agreed.\n",
        "The action taken by the force was swift. Legal action will follow. Action fraud: the team reported a rise.\n",
    ],
)
def test_what_is_no_action(text: str) -> None:
    assert read(text).actions == ()


def test_an_undertaking_is_not_called_an_action() -> None:
    (action,) = read("The Chief Constable undertook to write to the Commissioner by 1 May with the figures.\n").actions
    assert (action.marked, f"{action.due}", owners(action)) == (False, "2024-05-01", ["The Chief Constable"])


def test_dates_are_counted_from_the_meeting() -> None:
    text = "Action: CB to report within two weeks.\nAction: TR to reply by the end of the month.\nAction: NH to bring it back in three months.\n"
    assert [f"{action.due}" for action in marked(text)] == ["2024-03-26", "2024-03-31", "2024-06-12"]


def test_a_month_alone_stays_as_written() -> None:
    (action,) = marked("Action: CB to report.\nDue: May\n")
    assert (action.due, action.due_meeting, action.due_as_written) == (None, None, "May")


def test_a_weekday_that_is_not_the_dates_is_asked_about() -> None:
    minutes, _ = read_minutes_bytes(HEAD.replace("12 March 2024", "Monday 12 March 2024").encode(), "notes.txt", ".txt", None)
    assert minutes is not None
    assert any(query.kind == "weekday" and query.blocking for query in minutes.queries)


def test_somebody_present_and_among_the_apologies_is_asked_about() -> None:
    minutes, _ = read_minutes_bytes(HEAD.replace("Dafydd Orme (DO)", "Helen Prosser (HP)").encode(), "notes.txt", ".txt", None)
    assert minutes is not None
    assert any(query.kind == "attendance-contradiction" for query in minutes.queries)


def test_a_number_given_to_two_actions_is_asked_about() -> None:
    minutes = read("Action 10: CB to report on it.\nAction 10: TR to publish the plan.\n")
    assert any(query.kind == "reference-twice" for query in minutes.queries)


@pytest.mark.parametrize(
    ("text", "words", "named"),
    [
        ("Action CB send a formal note to the Board.\n", "CB send a formal note to the Board.", ["CB"]),
        ("Action [CB]: circulate the plan\n", "circulate the plan", ["CB"]),
        ("Action: circulate the plan [CB]\n", "circulate the plan [CB]", ["CB"]),
        ("Action: circulate the plan (CB, 1 May)\n", "circulate the plan (CB, 1 May)", ["CB"]),
        ("Action: circulate the plan - CB by 1 May\n", "circulate the plan - CB by 1 May", ["CB"]),
        ("Action: CB circulate the plan\n", "CB circulate the plan", ["CB"]),
        ("The plan should be circulated. Action CB\n", "The plan should be circulated.", ["CB"]),
        ("It must be settled whether members may copy it (Action CB).\n", "It must be settled whether members may copy it", ["CB"]),
        ("Action: A review of practice is to be prepared.  Action: CB/TR\n", "A review of practice is to be prepared.", ["CB", "TR"]),
        ("Action: Upon receipt of the note, TR to list the data held.\n", "Upon receipt of the note, TR to list the data held.", ["TR"]),
        ("Action: Request for TR to publish the minutes.\n", "Request for TR to publish the minutes.", ["TR"]),
        ("Action: Tobias Rudge with Treasury input to weigh the options.\n", "Tobias Rudge with Treasury input to weigh the options.", ["Tobias Rudge"]),
        ("Follow-up: CB to circulate the plan.\n", "CB to circulate the plan.", ["CB"]),
        ("CB took an action to circulate the plan.\n", "CB took an action to circulate the plan.", ["CB"]),
        ("Action by Chief Constable by 1 May: circulate the plan\n", "circulate the plan", ["Chief Constable"]),
    ],
)  # fmt: skip
def test_owners_wherever_they_stand(text: str, words: str, named: list[str]) -> None:
    (action,) = marked(text)
    assert (action.words, owners(action)) == (words, named)


@pytest.mark.parametrize(
    ("text", "due", "written"),
    [
        ("by Friday", "2024-03-15", "by Friday"),
        ("by next Friday", None, "by next Friday"),
        ("tomorrow", "2024-03-13", "tomorrow"),
        ("by the end of next week", "2024-03-22", "by the end of next week"),
        ("by the end of next month", "2024-04-30", "by the end of next month"),
        ("by 31st", "2024-03-31", "by 31st"),
        ("w/c 3 June", "2024-06-03", "w/c 3 June"),
        ("within 14 days", "2024-03-26", "within 14 days"),
        ("in 10 working days", "2024-03-26", "in 10 working days"),
        ("in Q2", None, "in Q2"),
        ("ASAP", None, "ASAP"),
        ("at the next but one meeting", None, "at the next but one meeting"),
    ],
)
def test_dates_in_words(text: str, due: str | None, written: str) -> None:
    (action,) = marked(f"Action: CB to report on it {text}.\n")
    assert (action.due.isoformat() if action.due else None, action.due_as_written) == (due, written)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Action 1: CB to check it.\n\u2022 Complete. The figures were sent.\n", ["closed"]),
        ("Action 1: CB to check it.\n\u2022 Not complete; there was no time.\n", ["open"]),
        ("Action 5/23: CB to check it. This was completed.\nAction 6/23: TR to reply. TR said this was still outstanding.\n", ["closed", "open"]),
        ("Outstanding action from 25th July meeting: CB to check it.\n", ["open"]),
        ("Action log\n\u2022 Action 436 to close.\n\u2022 Action 437 TR to reply to the force.\n", ["closed", "open"]),
        ("CB is to confirm what it is for. Update 18.01.24 \u2013 Complete\n", ["closed"]),
        ("Discharged actions: 5/2023, 6/2023\n", ["closed", "closed"]),
        ("Actions 5/2023 and 6/2023 can be closed and 7/2023 carried forward.\n", ["closed", "closed", "open"]),
    ],
)  # fmt: skip
def test_old_actions_are_read_as_done_or_not(text: str, states: list[str]) -> None:
    assert [action.state.value for action in read(text).actions] == states


def test_a_list_below_an_entry_ends_where_the_entries_rise_again() -> None:
    text = "* Governance\n  * Action items\n    * Open an issue on this: Helen\n    * email needs to be sent - Tobias\n* Working session\n  * no discussion\n"
    first, second = marked(text, ".md")
    assert (owners(first), owners(second)) == (["Helen"], ["Tobias"])


LOG = """ODG action log - 12 March 2024

Secretariat
Circulate the minutes of the last meeting                       TJ      Completed
Publish the note of the last meeting                            TJ      New

Addresses - Lead HS/BB
Survey twenty firms on their use of address data                        Carried
                                                                        forward
JT and GS to meet the mapping agency about flood data                   Ongoing
"""


def test_a_log_without_headings() -> None:
    minutes, _ = read_minutes_bytes(LOG.encode(), "log.txt", ".txt", None)
    assert minutes is not None
    assert [(owners(one), one.state.value) for one in minutes.actions] == [
        (["TJ"], "closed"),
        (["TJ"], "new"),
        (["HS", "BB"], "open"),
        (["JT", "GS"], "open"),
    ]


ACCOUNTABILITY = """Northshire Police Accountability Board Notes 12 March 2024

1. Welcome and introductions

PFCC Helen Prosser (HP)
CC Carys Beddoes (CB)

Apologies were accepted from

Neil Hathersage (NH), Dafydd Orme (DO)

2. Minutes
The minutes were agreed.
"""


def test_people_welcomed_and_people_who_sent_apologies() -> None:
    minutes, _ = read_minutes_bytes(ACCOUNTABILITY.encode(), "notes.txt", ".txt", None)
    assert minutes is not None
    assert [(one.name, one.post, one.status.value) for one in minutes.attendance] == [
        ("Helen Prosser", "PFCC", "present"),
        ("Carys Beddoes", "CC", "present"),
        ("Neil Hathersage", None, "apologies"),
        ("Dafydd Orme", None, "apologies"),
    ]


def test_the_day_held_counts_and_not_the_day_a_page_was_put_up() -> None:
    text = '---\ntitle: "Parish notes"\ndate: "2024-06-01"\n---\n\nMinutes of the meeting held at the Village Hall on 9th May 2024\n\nPresent: Helen Prosser\n\n1. Roads\nThe clerk reported.\n'
    minutes, _ = read_minutes_bytes(text.encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert (f"{minutes.day}", minutes.venue) == ("2024-05-09", "Village Hall")


def test_people_and_the_day_from_front_matter_where_the_notes_say_nothing() -> None:
    text = (
        "---\ntitle: Minutes of the directors' meeting\ndate: 2024-03-12 19:20\ndirectors:\n- Helen Prosser\nsecretary:\n- Tobias Rudge\n"
        "apologies:\n- Neil Hathersage\n---\n\n## Accounts\n\nThe directors recalled what was passed at the meeting on 17 September 2023.\n"
    )
    minutes, _ = read_minutes_bytes(text.encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert f"{minutes.day}" == "2024-03-12"
    assert [(one.name, one.status.value) for one in minutes.attendance] == [
        ("Helen Prosser", "present"),
        ("Tobias Rudge", "present"),
        ("Neil Hathersage", "apologies"),
    ]


def test_an_old_list_tells_what_was_done_since() -> None:
    text = "## Previous action items\n\n* CB needs a ladder to look at the roof: Done: one was lent\n* TR and NH to chase the letter\n"
    first, second = marked(text, ".md")
    assert (first.state, second.state) == (NotedState.CLOSED, NotedState.OPEN)


def test_a_capacity_whose_letters_are_its_own_is_no_name() -> None:
    text = "Present:\n\n- Duncan Harcastle, Chief Constable (CC)\n- Rowan Ashdown, Police and Crime Commissioner (PCC)\n\n# 1. Performance\n\nThe PCC asked.\n"
    minutes, _ = read_minutes_bytes(text.encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert [(one.name, one.post) for one in minutes.attendance] == [
        ("Duncan Harcastle", "Chief Constable"),
        ("Rowan Ashdown", "Police and Crime Commissioner"),
    ]


@pytest.mark.parametrize("words", ["CB to circulate the audit of custody", "to arrange a visit to Telford"])
def test_the_same_action_twice_is_one_and_is_asked_about(words: str) -> None:
    minutes = read(f"Action: {words}\n\nIt was discussed at length.\n\nAction: {words}\n")
    assert [one.words for one in minutes.actions if one.marked] == [words]
    (asked,) = [one for one in minutes.queries if one.kind == "action-twice"]
    assert words in asked.found
    assert asked.line != minutes.actions[0].line


def test_a_list_at_the_end_repeats_nothing() -> None:
    text = "Action: CB to circulate the audit of custody\n\n2. Summary of actions\n\nActions arising:\n\n- CB to circulate the audit of custody\n"
    minutes = read(text)
    assert [one for one in minutes.queries if one.kind == "action-twice"] == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("CB to report by Q2 2024/25", "2024-09-30"),
        ("CB to report in Q4 2023/24.", "2024-03-31"),
        ("CB to report in seven days", "2024-03-19"),
        ("CB to report within nine weeks", "2024-05-14"),
    ],
)
def test_words_that_can_be_one_day_only_are_that_day(words: str, day: str) -> None:
    (action,) = marked(f"Action: {words}\n")
    assert f"{action.due}" == day


@pytest.mark.parametrize("words", ["CB to report by Q2", "CB to report by next Friday", "CB to report by the AGM"])
def test_words_that_can_be_several_days_stay_words(words: str) -> None:
    (action,) = marked(f"Action: {words}\n")
    assert action.due is None
    assert action.due_as_written


def test_words_in_capitals_are_no_abbreviations() -> None:
    minutes = read("ACTION - CB to circulate the audit\n")
    assert not any(one.kind == "abbreviations" and "ACTION" in one.found for one in minutes.queries)


def test_a_row_without_a_number_is_its_own_where_a_layout_keeps_a_table_as_spaces() -> None:
    text = (
        "Open actions\n\n"
        "Ref        Action                            Owner     Due\n"
        "11/2019    The DCC to bring the              DCC       30 July\n"
        "           workforce survey.                           2019\n"
        "12/2019    The CC to say when file           CC\n"
        "           quality will reach 75 per\n"
        "           cent.\n"
        "           The ACC to arrange a visit to     ACC       by 14 June\n"
        "           Telford                                     2019\n"
    )
    found = [(one.ref, one.words, owners(one)) for one in marked(text)]
    assert found[1:] == [
        ("12/2019", "The CC to say when file quality will reach 75 per cent.", ["CC"]),
        (None, "The ACC to arrange a visit to Telford", ["ACC"]),
    ]


def test_a_marking_glued_to_an_empty_slot_is_no_decision() -> None:
    assert read("Decision:OFFICIAL\n").decisions == ()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("OCC to supply the figures.", ["OCC"]),
        ("CC to reply to the letter.", ["CC"]),
        ("CC (or DCC in his absence) to meet the mayor.", ["CC"]),
    ],
)
def test_verbs_in_ly_are_deeds_and_a_stand_in_takes_no_owner_away(words: str, named: list[str]) -> None:
    (action,) = marked(f"Action: {words}\n")
    assert owners(action) == named


def test_a_list_of_who_does_what_goes_on_to_its_end() -> None:
    lines = "Priya Vane: Write the letter.\n\nNeil Hathersage: find a venue.\n\nCarys Beddoes: Revamp the page.\n\nTobias Rudge: Merge the two forms.\n\nAll: Have a look.\n"
    found = marked(f"\n## Actions\n\n{lines}", ".md")
    assert [one.words.partition(": ")[2] for one in found] == [
        "Write the letter.",
        "find a venue.",
        "Revamp the page.",
        "Merge the two forms.",
        "Have a look.",
    ]


def test_an_owner_behind_an_arrow_has_no_arrow() -> None:
    (one,) = [each for each in read("Look into research -> CB to talk to the staff\n").actions if each.owners]
    assert owners(one) == ["CB"]


def test_who_presents_an_item_below_the_head_opens_no_list_of_people() -> None:
    head = "# Steering Committee Minutes\n\nDate: 2016-05-09\n\n## Attendance\n\n### Members\n\n- Nell Farrier\n- Bo Quist\n\n"
    items = "## Updates\n\n### Update 1\n\nPresenter: Jon Dace.\n\nText: The budget stands.\n\n## Motions\n\n### Motion 1\n\nPresenter: Nell Farrier.\n\n"
    promise = "Details: By the end of September, we expect to have at least 16 trainers.\n"
    minutes, _ = read_minutes_bytes(f"{head}{items}{promise}".encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert [one.name for one in minutes.attendance] == ["Nell Farrier", "Bo Quist"]
    assert [one.title for one in minutes.items] == ["Update 1", "Motions", "Motion 1"]
    assert [one.test for one in minutes.commitments] == ["at least 16"]

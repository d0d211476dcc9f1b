"""How minute-takers write that something closes, is carried, has another day, is superseded, withdrawn or not reached: one reading of them below a
matter, behind an action's reference and in the last cell of its row."""

from datetime import date
from pathlib import Path

import pytest

from reportpack.model.action import Action, ActionState
from reportpack.model.matter import Matter, MatterState
from reportpack.model.minutes import MatterEnd, NotedAction, NotedState
from reportpack.model.problem import Source
from reportpack.model.register import Register
from reportpack.model.state_words import told_state
from reportpack.read.minutes.reading import read_minutes
from tests.read.registers import OFFICE

CLOSED = (
    *(
        "Moved to close",
        "Item to close",
        "To be closed",
        "Agreed to close",
        "Can be closed",
        "Close.",
        "Closed off.",
        "Signed off",
    ),
    *("Signed off by the PCC.", "Completed and removed from the log", "Remove from tracker", "To be removed from the action log"),
    *(
        "Discharged",
        "Nothing further required",
        "No further action required",
        "NFA",
        "Recommend closure",
        "Closure agreed",
        "Done",
    ),
    *("The PCC was happy for this to be closed.", "It was agreed that this action could be closed.", "Actioned", "Resolved"),
    *("Dealt with", "Concluded.", "Complete as of 20 May 2019", "This has been completed.", "This is now business as usual."),
    "Now BAU - close",
)
WITHDRAWN = (
    *(
        "No longer required",
        "No longer needed.",
        "Withdrawn",
        "Withdrawn at the CC's request",
        "Cancelled",
        "Dropped",
        "Abandoned",
    ),
    *("Not proceeding", "Not being taken forward", "No longer being pursued", "No longer relevant"),
)
SUPERSEDED = (
    *("Superseded by 14/2019", "Superceded by 14/2019", "Replaced by 14/2019", "Replaced with 14/2019", "Overtaken by events"),
    *(
        "Overtaken by 14/2019",
        "Subsumed into 14/2019",
        "Merged with 14/2019",
        "Now covered by 14/2019",
        "Picked up under 14/2019",
    ),
    *("Rolled into 14/2019", "Duplicate of 14/2019"),
)
TO_SEPTEMBER = (
    *("c/f Sept", "C/fwd to Sept mtg", "cf September", "Carry over to Sept", "Carried over to the September meeting", "B/f Sept"),
    *("Bring back in September", "Rolled over to September", "Roll forward to Sept", "Held over until September"),
    *("Deferred to Sept", "Deferred until the September meeting", "Postponed till September", "Revisit in September"),
    *("To be revisited in September", "To return in September", "Review again in September", "To come back in September"),
    *("Pushed to September", "Pushed back to September", "Slipped to September", "Moved to September", "Parked until September"),
    *("Moved to the September agenda", "On the September agenda", "Add to September agenda", "For the September meeting"),
    *("Keep open until September", "Remain open until September", "Delayed until September", "Re-timetabled for September"),
    *("Rescheduled for September", "Stood over to September"),
)
TO_THE_30TH = (
    *("Put back to 30 September", "Extended to 30 September", "Extend to end of September", "Extension to 30 September agreed"),
    *("Deadline extended to 30/09/2019", "Deadline moved to 30/9", "New deadline 30 September", "Revised date: 30 Sept"),
    *("Now due 30 September", "Due date changed to 30 September", "Delayed, now expected 30 September"),
    *("Target date now 30 September", "Timescale revised to 30 September"),
)
MISSED = (
    *("Not reached", "Not taken", "Time did not allow", "Time did not permit this to be discussed", "Ran out of time"),
    *("There was insufficient time", "Meeting closed before this was reached", "This was not considered.", "Not covered today"),
    *("Not discussed due to time", "We did not get to this.", "Did not get to this", "Not addressed"),
)
NOTHING = (
    *(
        "Not closed.",
        "Cannot be closed until the audit is in",
        "The CC hoped that this could be closed.",
        "Should this be closed?",
    ),
    *("The custody suite has been closed.", "The gap has closed to 2 points.", "The CC will close the gap by September."),
    *("Two stations were closed in April.", "The survey was carried out in April.", "No longer a problem in Shropshire"),
    *("The new suite opened in April.", "No longer required, the CC thought", "The team moved to Telford in April."),
)
SEPTEMBER, THE_30TH = "2019-09", "2019-09-30"
MATTERS = [
    *((words, MatterEnd.CLOSED, None) for words in (*CLOSED, *WITHDRAWN)),
    *((words, MatterEnd.SUPERSEDED, None) for words in SUPERSEDED),
    *((words, MatterEnd.CARRIED, SEPTEMBER) for words in TO_SEPTEMBER),
    *((words, MatterEnd.CARRIED, THE_30TH) for words in TO_THE_30TH),
    *((words, MatterEnd.NOT_REACHED, None) for words in MISSED),
    *((words, None, None) for words in NOTHING[:-2]),
]
ACTIONS = [
    *((words, ActionState.PROPOSED, "") for words in (*CLOSED, "Delivered 12 May", "The review was completed in April.")),
    *((words, ActionState.WITHDRAWN, "") for words in WITHDRAWN),
    *((words, ActionState.SUPERSEDED, "") for words in SUPERSEDED),
    *((words, ActionState.OPEN, SEPTEMBER) for words in TO_SEPTEMBER),
    *((words, ActionState.OPEN, THE_30TH) for words in TO_THE_30TH),
    *((words, ActionState.OPEN, "") for words in (*MISSED, *NOTHING, "Not yet closed", "To be closed once the report is in")),
]
NOTES = """# Monthly Assurance Meeting: meeting notes

Date: Tuesday 28 May 2019 @ 10:00
Chair: Rowan Ashdown

## 1. ITEMS BROUGHT FORWARD

### 1.1 Satisfaction (from November 2018)

Satisfaction to be reviewed at the May 2019 meeting.

{matter}

## 2. ACTIONS

{action}

## 3. AOB

No items
"""
KEPT = Register(
    (Matter("M2/2018", "Satisfaction", "Satisfaction to be reviewed at the May 2019 meeting.", MatterState.CARRIED, Source("")),),
    (Action("15/2018", "CC to report on call-backs.", ActionState.OPEN, Source(""), due=date(2019, 4, 30)),),
)


@pytest.mark.parametrize(("words", "end", "returns"), MATTERS)
def test_what_stands_below_a_matter_says_what_became_of_it(
    tmp_path: Path, words: str, end: MatterEnd | None, returns: str | None
) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NOTES.format(matter=words, action="No actions"), "utf-8")
    minutes, _ = read_minutes(path, path.name, OFFICE, (), KEPT)
    assert minutes is not None
    matter = minutes.brought_forward[0]
    assert (matter.became, matter.returns) == (end, returns)


@pytest.mark.parametrize("form", ["15/2018: {}", "| Reference | Action | Owner | Due | Update |\n|---|---|---|---|---|\n| 15/2018 | CC to report on call-backs. | CC | 30 April 2019 | {} |"])  # fmt: skip
@pytest.mark.parametrize(("words", "state", "due"), ACTIONS)
def test_what_stands_behind_an_action_says_what_became_of_it_and_asks_for_nothing_new(
    tmp_path: Path, form: str, words: str, state: ActionState, due: str
) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NOTES.format(matter="", action=form.format(words)), "utf-8")
    minutes, _ = read_minutes(path, path.name, OFFICE, (), KEPT)
    assert minutes is not None
    (action,) = minutes.actions
    assert action.ref == "15/2018"
    assert action.state is not NotedState.NEW
    otherwise = ActionState.PROPOSED if action.state is NotedState.CLOSED else ActionState.OPEN
    assert (told_state(action.update) or otherwise, _when(action)) == (state, due)


def _when(action: NotedAction) -> str:
    return (action.due.isoformat() if action.due else action.due_meeting or "") if action.put_off else ""

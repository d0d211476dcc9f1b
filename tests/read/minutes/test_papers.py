"""Papers that are no notes are told, and no action, decision or promise is taken from them."""

import pytest

from reportpack.model.minutes import Minutes
from reportpack.model.problem import Problem
from reportpack.read.minutes.reading import read_minutes_bytes

PAPERS = {
    "policy.md": (
        "a policy",
        """# Complaints handling policy

Version 3.2, approved 4 March 2025

## 1. Purpose

This policy sets out how the Office deals with complaints about the Chief Constable.

## 2. Scope

It applies to all staff. The Chief Executive will review each complaint within five working days.

## 3. Responsibilities

The Monitoring Officer must keep a register. The Commissioner will be told of each complaint by the end of the month. Action: where a complaint is serious, the Chief Executive will write to the IOPC.

## 4. Review

The policy is to be reviewed by 31 March 2026.
""",
    ),
    "tor.txt": (
        "terms of reference",
        """Northmoor Estates Board
Terms of reference

1. Membership
The Board is chaired by the Deputy Commissioner. Members: Chief Finance Officer, Assistant Chief Officer, Head of Estates.

2. Quorum
Three members.

3. Frequency
The Board will meet every two months. Papers will be circulated five days before.

4. Reporting
The Chair will report to the Commissioner after each meeting. Actions will be recorded and the Secretary will circulate them within five days.
""",
    ),
    "letter.txt": (
        "a letter",
        """Office of the Police and Crime Commissioner
14 June 2025

Dear Chief Constable,

Thank you for attending the meeting on 28 May. As agreed, I would be grateful if you would send me the custody figures by 30 June. You said that the suite would reopen in July, and I asked that a plan be brought to the September meeting.

Action: the force to write to the Home Office.

Yours sincerely

Rowan Ashdown
Police and Crime Commissioner
""",
    ),
    "agenda2.txt": (
        "an agenda",
        """NORTHMOOR POLICE AND CRIME PANEL

Thursday 12 June 2025 at 2.00 pm, Council Chamber, Northmoor

AGENDA

1. Apologies for absence
2. Declarations of interest
3. Minutes of the meeting held on 13 March 2025 (pages 3 - 10)
4. Commissioner's annual report
   To review the report and make recommendations.
5. Work programme
   The Chair to propose items.
6. Exclusion of the public
7. Date of next meeting
   11 September 2025 at 2.00 pm
Members are asked to contact the clerk by 10 June with apologies.
""",
    ),
    "report.md": (
        "a report",
        """# Report to the Audit Committee, 3 July 2025

Report of the Chief Finance Officer

## Purpose of report
To tell the Committee of the progress of the audit plan.

## Recommendations
That the Committee note the report, and that the Head of Audit provide an update in September.

## Background
The plan was approved in March. Six audits have been finished. The force agreed all recommendations. The CFO will bring the follow-up report by 30 September 2025.

## Financial implications
None.
""",
    ),
    "press.html": (
        "may not be notes",
        """<!DOCTYPE html><html><head><title>News</title></head><body><nav><ul><li>Home</li><li>Contact us</li></ul></nav>
<h1>Commissioner welcomes new officers</h1><p>Published 4 June 2025</p>
<p>The Police and Crime Commissioner has welcomed 40 new officers. "They will make a difference," she said. "The Chief Constable will report to me on where they go by the end of July."</p>
<p>Notes to editors</p><p>Contact the press office.</p><p>Share this page</p></body></html>
""",
    ),
    "transcript.txt": (
        "a transcript of what was spoken",
        """Interview, 3 May 2025

Ann: Thanks for coming. I think we should start with the rota.
Bob: Yes, I'll send you the new one by Friday.
Ann: Great. And can you ask Carl to book the room?
Bob: I will. We're still waiting for the budget.
Carl: I've asked for it. You'll have it on Monday.
Ann: OK, let's agree that then.
""",
    ),
    "whisper.txt": (
        "a transcript of what was spoken",
        """[00:00:01] Okay so welcome everybody.
[00:00:04] I'll take the first item.
[00:01:10] The Chief Constable will send the figures by Friday.
[00:01:15] Agreed.
[00:02:00] Action for me to write to the Home Office.
""",
    ),
    "jd.md": (
        "a policy",
        """# Policy and Scrutiny Officer

Job description

Responsible to: Head of Policy

## Main duties
- To prepare the briefing pack each month.
- To take the minutes of meetings and to circulate actions within two days.
- To write to the force about complaints.
""",
    ),
    "email.txt": (
        "a letter",
        """From: Priya Shah
Sent: 03 June 2025 09:14
To: Duncan Harcastle
Subject: Papers for 12 June

Duncan,

Please send the performance report by Friday 6 June. Rowan will chair. Could you also ask Philippa to confirm the dates for the custody visit?

Many thanks
Priya
""",
    ),
    "decision.md": (
        "a report",
        """# Decision notice 2025/14

Title: Purchase of vehicles

Decision: The Commissioner approves the purchase of twelve vehicles at £340,000.

Background: The fleet plan was agreed in March. The Chief Finance Officer will report on spend by 30 September 2025.

Signed: Rowan Ashdown, 3 June 2025
""",
    ),
    "strategy.txt": (
        "may not be notes",
        """Police and Crime Plan 2025-29

Our priorities

1. Safer streets
We will reduce burglary by ten per cent. The Chief Constable will publish figures each quarter.

2. Victims first
We will commission services. The Commissioner will hold the Chief Constable to account each month.

3. Trust
The force will answer 101 calls within five minutes by March 2026.
""",
    ),
}
NOTES = """Monthly Assurance Meeting: notes
Date: 28 May 2019
Present: Rowan Ashdown (PCC), Duncan Harcastle (CC)

1. Custody
The CC said that the suite had reopened.
Action: CC to send the figures by 14 June 2019.
"""
LETTER = """Dear Duncan

I enclose the notes of our meeting. Action: please send your corrections by 7 June 2019.

Yours sincerely

Rowan Ashdown

"""
LOG = """# Action tracker

| Ref | Action | Owner | Due | Status |
|---|---|---|---|---|
| 12/24 | Publish the fees | CC | 30 April 2024 | Closed |
| 13/24 | Bring options | DCC | May 2024 | Ongoing |
"""


def read(text: str, name: str) -> tuple[Minutes, tuple[Problem, ...]]:
    minutes, problems = read_minutes_bytes(text.encode(), name, f".{name.rsplit('.', maxsplit=1)[-1]}", None)
    assert minutes is not None
    return minutes, problems


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_that_is_no_notes_is_told_and_nothing_is_taken_from_it(name: str) -> None:
    kind, text = PAPERS[name]
    minutes, problems = read(text, name)
    assert (minutes.actions, minutes.decisions, minutes.commitments) == ((), (), ())
    told = [problem.found for problem in problems if problem.kind in ("notes-other-paper", "notes-agenda-only")]
    assert [kind in one for one in told] == [True]


def test_notes_are_none_of_these_papers_whatever_letter_comes_before_them() -> None:
    for text in (NOTES, LETTER + NOTES):
        minutes, problems = read(text, "notes.txt")
        assert [problem.kind for problem in problems] == []
        assert [action.words for action in minutes.actions] == ["CC to send the figures by 14 June 2019."]


def test_a_log_of_actions_is_told_and_its_actions_are_shown() -> None:
    minutes, problems = read(LOG, "log.md")
    assert [problem.kind for problem in problems] == ["notes-other-paper"]
    assert len(minutes.actions) == 2


def test_nothing_in_a_quotation_is_an_action() -> None:
    quoted = NOTES + "\n\u201cAction: the Minister to write to every force by June.\u201d\n\n> Action: PCC to resign by Friday.\n"
    minutes, _ = read(quoted, "notes.md")
    assert [action.words for action in minutes.actions] == ["CC to send the figures by 14 June 2019."]


def test_notes_that_hold_their_agenda_are_notes() -> None:
    """Minutes of the Assurance Board held on 12 March 2024

    Present: Ann Bell (Chair), Carl Dean

    Agenda
    1. Welcome
    2. Performance

    1. Welcome
    All were introduced.

    2. Performance
    The figures are in the pack.
    """
    text = test_notes_that_hold_their_agenda_are_notes.__doc__ or ""
    data = "\n".join(line.strip() for line in text.splitlines()).encode()
    _, problems = read_minutes_bytes(data, "notes.txt", ".txt", None)
    assert "notes-agenda-only" not in [one.kind for one in problems]


@pytest.mark.parametrize("title", ["TERMS OF REFERENCE", "Standing orders", "How to take minutes", "Our public meetings"])
@pytest.mark.parametrize(
    "rule",
    [
        "1. Attendance: the CFOs shall attend.",
        "Present members must sign the register.",
        "Apologies should be sent to the Clerk.",
    ],
)
def test_a_rule_about_who_attends_lists_nobody(title: str, rule: str) -> None:
    paper = f"{title}\n\n{rule}\n\n2. The Clerk will circulate the minutes in ten days.\n\n3. The Chair will sign them at the next meeting.\n"
    minutes, problems = read(paper, "paper.txt")
    assert (minutes.actions, [problem.kind for problem in problems]) == ((), ["notes-other-paper"])


@pytest.mark.parametrize("words", ["[who] to [what] by [when]", "[name]", "[owner] [action] on [date]"])
def test_what_waits_to_be_filled_in_is_no_action(words: str) -> None:
    minutes, _ = read(NOTES + f"\nAction: {words}\n", "notes.txt")
    assert [action.words for action in minutes.actions] == ["CC to send the figures by 14 June 2019."]


def test_two_cues_of_a_transcript_are_enough() -> None:
    _, problems = read(
        "1\n00:00:01,000 --> 00:00:04,000\nAction: Carl to send it.\n\n2\n00:00:05,000 --> 00:00:09,000\nYes.\n", "talk.txt"
    )
    assert ["transcript" in problem.found for problem in problems] == [True]


def test_a_long_paper_in_which_nobody_speaks_gives_no_actions() -> None:
    paper = "# How we work\n\nMembers: Ann Bell, Carl Dunn\n\n" + "The lead archives all material and closes the group.\n\n" * 40
    minutes, problems = read(paper, "how.md")
    assert minutes.actions == ()
    assert [problem.kind for problem in problems] == ["notes-other-paper"]


@pytest.mark.parametrize(
    "title", ["### Minutes Executive Council meeting July 26, 2018", "Accountability Board Minutes 10 October 2023"]
)
def test_minutes_that_say_so_with_their_day_are_no_agenda(title: str) -> None:
    lines = "\n\n- How many nominations are there?\n- Put the meeting agenda together in advance\n- Kate needs to send the note\n"
    minutes, problems = read(f"{title}\n\n**1 Elections**{lines}" * 1, "notes.md")
    assert minutes.day is not None
    assert "paper-no-notes" not in {one.kind for one in problems}
    assert not [one for one in problems if "agenda" in one.found]

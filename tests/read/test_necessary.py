"""Small notes of every kind that leave something open which harms somebody if nobody asks, and as many that leave nothing open."""

from pathlib import Path

import pytest

from reportpack.merge.noted_corrections import group_queries
from reportpack.read.minutes.reading import read_minutes
from reportpack.settings import read_settings

ROOT = Path(__file__).parents[2]
HEAD = """# Monthly Assurance Meeting: meeting notes

Date: Tuesday 25 June 2019

Chair: Rowan Ashdown, Police and Crime Commissioner

## Attendance

Present: Rowan Ashdown (PCC); Duncan Harcastle (CC); Philippa Orme (DCC)

## 1. Items brought forward

"""
MATTER = "### 1.1 Vehicle crime (from January 2019)\n\nLook again at vehicle crime.\n\n"
TALK = "## 2. Performance\n\n"
OWNER, DATE, WRONG = "No one is named to do", "No date is given", "cannot be right"
UNCLEAR, PUT_OFF, SILENT = "does not say whether it is closed", "nothing says to which meeting", "without an outcome"
NO_ANSWER, NOBODY, PRIVATE = "No answer follows", "is nobody of those listed", "The passage tells"
NECESSARY = (
    ("Action: Circulate the burglary figures by 30 August 2019.", OWNER),
    ("Action: To arrange a visit to the control room by 12 July 2019.", OWNER),
    ("ACTION: The report on stop and search to be shared by 30 July 2019.", OWNER),
    ("Action: Write to the council about parking by 5 July 2019.", OWNER),
    ("Action: Look into the cost of the cars by the end of July.", OWNER),
    ("Action: The CC to share the custody report.", DATE),
    ("Action: DCC to send the plan for rural crime.", DATE),
    ("Action: The PCC to visit the new station.", DATE),
    ("Action: The DCC to publish the list of stations.", DATE),
    ("Action: CC to speak to the supplier.", DATE),
    ("Action: The CC to bring back the vetting figures.", "to which meeting this comes back"),
    ("Action: The DCC to bring the overtime costs back for review.", "to which meeting this comes back"),
    ("Action: The CC to send the note by 31 June 2019.", WRONG),
    ("Action: The DCC to reply by Monday 2 July 2019.", WRONG),
    ("Action: The CC to report by 3 May 2019.", WRONG),
    ("Action: The CC to write by 30 February 2020.", WRONG),
    ("Action: ZQ to call the supplier by 5 July 2019.", NOBODY),
    ("Action: XW to write the report by 30 July 2019.", NOBODY),
    ("Action: VV to send the minutes by 30 July 2019.", NOBODY),
    (f"{MATTER}Outcome: Discussed", UNCLEAR),
    (f"{MATTER}Outcome: Ongoing", UNCLEAR),
    (f"{MATTER}Outcome: On hold", UNCLEAR),
    (f"{MATTER}Outcome: Partially closed", UNCLEAR),
    (f"{MATTER}Outcome: Close once the report is in", UNCLEAR),
    (f"{MATTER}Outcome: Carried forward", PUT_OFF),
    (f"{MATTER}Outcome: Deferred", PUT_OFF),
    (f"{MATTER}Outcome: Postponed, as the DCC was away", PUT_OFF),
    (MATTER, SILENT),
    (f"{MATTER}The CC reported that vehicle crime had fallen.", SILENT),
    (f"{MATTER}The PCC thanked the CC for the work on vehicle crime.", SILENT),
    (f"{MATTER}Vehicle crime was not discussed.", "No passage discusses"),
    (f"{MATTER}The DCC asked that it be closed.", SILENT),
    (f"{TALK}The PCC asked how many officers were off sick.", NO_ANSWER),
    (f"{TALK}The PCC asked whether the new unit had begun its work.", NO_ANSWER),
    (f"{TALK}The PCC asked what the cost of the new cars was.", NO_ANSWER),
    (f"{TALK}The PCC asked why the report was late.\n\nThe PCC moved to the next item.", NO_ANSWER),
    (f"{TALK}The PCC asked whether the target would be met. The CC said that it was too early to say.", "leaves it open"),
    (f"{TALK}The PCC asked how many cars were out of use. The CC said that this was not known.", "leaves it open"),
    (f"{TALK}The PCC asked when the backlog would be gone. The CC said that he would check.", "puts it off"),
    (f"{TALK}The PCC asked how many cases were open. The DCC would need to look that up.", NO_ANSWER),
    (f"{TALK}The CC said that there is a target for the year.", "A target without its number"),
    (f"{TALK}The DCC said that a target for response times will be met.", "A target without its number"),
    (f"{TALK}Satisfaction will be at least 85 per cent by March 2020.", "Nobody is named who promises"),
    (f"{TALK}Response times will be below 12 minutes by December 2019.", "Nobody is named who promises"),
    (f"{TALK}A resident of Mill Lane had rung the office about speeding.", PRIVATE),
    (f"{TALK}The CC said that anybody may write to jo.smith@people.example about it.", PRIVATE),
    (f"{TALK}The PCC had been rung from 01905 331331 about the noise.", PRIVATE),
    (f"{TALK}The CC spoke of a boy, a 14-year-old, who was arrested in May.", PRIVATE),
    (f"{TALK}Somebody had posted on Facebook that the station was shut.", PRIVATE),
    (f"{TALK}The DCC was away because of his wife and her operation.", PRIVATE),
    (f"{TALK}The CC asked how the money was spent.\n\nThe CC responded that it went on cars.", "asks at"),
    (
        "Action 5/2019: The CC to count the cars by 30 July 2019.\n\nAction 5/2019: The DCC to count the desks by 30 July 2019.",
        "two actions",
    ),
    ("## Next meeting\n\nTuesday 21 May 2019, County Hall", "not after this one"),
)
HEADS = (
    (HEAD.replace("Tuesday 25 June", "Monday 25 June"), "is not a Monday"),
    (HEAD.replace("Date: Tuesday 25 June 2019\n\n", ""), "on what day the meeting was held"),
    (HEAD.replace("## Attendance\n\nPresent: Rowan Ashdown (PCC); Duncan Harcastle (CC); Philippa Orme (DCC)\n\n", ""), "who was there"),
    (HEAD.replace("Chair: Rowan Ashdown, Police and Crime Commissioner\n\n", ""), "who was in the chair"),
    (HEAD.replace("Orme (DCC)\n", "Orme (DCC)\n\nApologies: Philippa Orme (DCC)\n"), "present and among the apologies"),
)  # fmt: skip
NOTHING = (
    "Action: The CC to share the custody report by 30 July 2019.",
    "Action: DCC to send the plan for rural crime by the July meeting.",
    "Action: The PCC to visit the new station within two weeks.",
    "Action: The DCC to publish the list of stations by the end of July 2019.",
    "Action: CC and DCC to speak to the supplier by 12 July 2019.",
    "Action: The CC to bring back the vetting figures to the September 2019 meeting.",
    "ACTION (DCC): Circulate the overtime costs by 5 July 2019.",
    "Action: Write to the council. Owner: CC. Due: 5 July 2019",
    "| Action | Owner | Due |\n| --- | --- | --- |\n| Count the cars | CC | 30 July 2019 |",
    f"{MATTER}Vehicle crime was discussed.\n\nOutcome: Closed",
    f"{MATTER}The CC reported on vehicle crime.\n\nOutcome: Carried forward to the July 2019 meeting",
    f"{MATTER}The CC reported on vehicle crime.\n\nOutcome: Discharged",
    f"{MATTER}The CC reported on vehicle crime.\n\nOutcome: Superseded by 4/2019",
    f"{MATTER}Outcome: Put back to 30 July 2019, the survey is late",
    f"{MATTER}Outcome: Not reached; to be taken in September 2019",
    f"{MATTER}The CC reported on vehicle crime. It was agreed that this be closed.",
    f"{MATTER}The CC reported on vehicle crime. It was agreed to carry it forward to the September 2019 meeting.",
    f"{TALK}The PCC asked how many officers were off sick. The CC said that 40 officers were off sick.",
    f"{TALK}The PCC asked whether the new unit had begun its work. The DCC confirmed that it had.",
    f"{TALK}The PCC asked what the new cars cost. The CC said that the cars cost \u00a340,000.",
    f"{TALK}The PCC asked why burglary had risen. The DCC put it down to a gang from outside the county.",
    f"{TALK}The PCC asked whether there were enough detectives. The CC said no, ten more detectives were needed.",
    f"{TALK}The PCC asked for assurance that victims are kept informed. The CC gave that assurance.",
    f"{TALK}The PCC asked when the backlog of cases would be gone. The CC said that the backlog would be gone in May 2020.",
    f"{TALK}The CC said that burglary had fallen.",
    f"{TALK}The PCC welcomed the report on rural crime.",
    f"{TALK}The DCC said that the survey had been sent to 4,000 households.",
    f"{TALK}The CC said that he hoped for better figures.",
    f"{TALK}The PCC noted that the building was finished.",
    f"{TALK}It was agreed that the report be published.",
    f"{TALK}The CC said that satisfaction would be at least 85 per cent by March 2020.",
    f"{TALK}The DCC undertook that response times would be below 12 minutes by December 2019.",
    f"{TALK}The target is 85 per cent, and 84 per cent was reached.",
    f"{TALK}The force had 2,100 officers at the end of May 2019.",
    f"{TALK}Burglary fell by 12 per cent on the year before.",
    f"{TALK}The station in Mill Lane was shut in 2018.",
    f"{TALK}The PCC thanked the DCC for the figures.",
    f"{TALK}The CC told the meeting of the new cars, which come in May 2020.",
    "## Any other business\n\nNone.",
    "## Next meeting\n\nTuesday 30 July 2019, 10:00, County Hall",
)


def asked_of(path: Path, text: str) -> list[str]:
    settings, _ = read_settings(ROOT / "inputs")
    assert settings is not None
    path.write_text(text, "utf-8")
    minutes, _ = read_minutes(path, path.name, settings.office)
    assert minutes is not None
    return [one.query.found for one in group_queries(minutes) if one.is_open]


def test_at_least_95_in_100_of_what_is_necessary_is_asked(tmp_path: Path) -> None:
    cases = [
        *((f"{HEAD}{text}\n", words) for text, words in NECESSARY),
        *((f"{text}{TALK}The CC spoke.\n", words) for text, words in HEADS),
    ]
    missed = [
        (text[len(HEAD) - 40 :], words)
        for text, words in cases
        if not any(words in one for one in asked_of(tmp_path / "a.md", text))
    ]
    assert len(missed) <= 0.05 * len(cases), missed


@pytest.mark.parametrize("text", NOTHING)
def test_where_nothing_is_left_open_nothing_is_asked(tmp_path: Path, text: str) -> None:
    assert asked_of(tmp_path / "a.md", f"{HEAD}{text}\n") == []

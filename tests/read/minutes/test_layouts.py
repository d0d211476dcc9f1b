"""Where the notes put things says what they are: columns, merged cells, owners beside or below, statuses, labels."""

from datetime import date

import pytest

from reportpack.model.minutes import Minutes, NotedState
from reportpack.read.minutes.reading import read_minutes_bytes
from tests.read.documents.making import docx_of, p, row, table

TWO = '<w:gridSpan w:val="2"/>'
HEAD = "Estates forum: notes\nDate: 4 June 2024\nPresent: Ola Brand (OB), Kit Sorrel (KS)\n\n"


def read(data: bytes | str, suffix: str = ".txt") -> Minutes:
    raw = data.encode() if isinstance(data, str) else data
    minutes, problems = read_minutes_bytes(raw, f"notes{suffix}", suffix, None)
    assert minutes is not None, problems
    return minutes


def asked(minutes: Minutes) -> list[tuple[str, list[str]]]:
    return [(one.words, [owner.as_written for owner in one.owners]) for one in minutes.actions]


def word_notes(*blocks: str) -> Minutes:
    return read(docx_of("".join(p(line) for line in HEAD.splitlines() if line) + "".join(blocks)), ".docx")


def cell(words: str, settings: str) -> str:
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{p(words)}</w:tc>"


def test_a_cell_over_the_number_and_the_action_holds_the_action() -> None:
    heads = row("Ref", "Task", "Lead", "Deadline")
    wide = f"<w:tr>{cell('Mend the gate', TWO)}{cell('KS', '')}{cell('1 July 2024', '')}</w:tr>"
    (action,) = word_notes(table(heads, wide)).actions
    assert (action.words, action.owners[0].as_written, f"{action.due}") == ("Mend the gate", "KS", "2024-07-01")


def test_a_heading_over_two_columns_heads_both() -> None:
    heads = f"<w:tr>{cell('Action', TWO)}{cell('Who', '')}{cell('When', '')}</w:tr>"
    (action,) = word_notes(table(heads, row("Gate", "Mend it before winter", "OB", "1 July 2024"))).actions
    assert (action.words, action.owners[0].as_written) == ("Gate Mend it before winter", "OB")


def test_a_log_says_what_is_done_and_what_was_put_off_and_the_rest_is_open() -> None:
    log = table(
        row("ID", "Action", "Owner", "Target", "RAG", "Progress"),
        row("3.01", "Paint the hall", "KS", "May 2024", "G", "Done"),
        row("3.02", "Price the lift", "OB", "May 2024", "A", "Postponed to September"),
        row("3.03", "Find the keys", "KS", "", "R", "."),
    )
    found = word_notes(log).actions
    assert [(one.ref, one.state) for one in found] == [
        ("3.01", NotedState.CLOSED),
        ("3.02", NotedState.OPEN),
        ("3.03", NotedState.OPEN),
    ]
    assert found[1].due_meeting == "2024-09"


@pytest.mark.parametrize("words", ["Outcome: Closed", "Outcome: Complete", "Result: Agreed", "Ward: Bow East"])
def test_a_label_below_the_head_lists_nobody(words: str) -> None:
    notes = f"# Meeting notes\n\nDate: 4 June 2024\n\n## Attendance\n\n| Name | Post |\n| --- | --- |\n| Ola Brand | Chair |\n\n## 1 Roads\n\n### 1.1 Gate\n\n{words}\n"
    minutes = read(notes, ".md")
    assert [one.name for one in minutes.attendance] == ["Ola Brand"]
    assert "1.1" in [one.path for one in minutes.items]


def test_owners_at_the_right_belong_to_what_they_stand_beside() -> None:
    notes = table(
        row("No", "Discussion", "Action"),
        row("1", p("Roof") + p("KS will get two prices.") + p("OB asked that the tenants be told."), p("KS by 5 July") + p("OB")),
        row("2", p("Any other business") + p("Nothing was raised."), "To note"),
    )
    assert asked(word_notes(notes)) == [("KS will get two prices.", ["KS"]), ("OB asked that the tenants be told.", ["OB"])]


def test_a_table_of_labels_is_the_head() -> None:
    heads = table(
        row("Meeting date", "4 June 2024"), row("Venue", "Hall 2"), row("Present", p("Ola Brand (OB)") + p("Kit Sorrel (KS)"))
    )
    minutes = read(docx_of(p("Estates forum: notes") + heads + p("1. Roof") + p("KS said that it leaks.")), ".docx")
    assert (f"{minutes.day}", minutes.venue, [one.name for one in minutes.attendance]) == (
        "2024-06-04",
        "Hall 2",
        ["Ola Brand", "Kit Sorrel"],
    )


def test_what_begins_with_a_verb_is_new_whatever_the_verb() -> None:
    minutes = read(
        HEAD
        + "1. Roof\nThe forum noted the leak.\nAction: Report on the roof.\nAction: Close the north door.\nAction: Log each leak.\n"
    )
    assert [(one.words, one.state) for one in minutes.actions] == [
        ("Report on the roof.", NotedState.NEW),
        ("Close the north door.", NotedState.NEW),
        ("Log each leak.", NotedState.NEW),
    ]


def test_a_table_without_columns_is_told_by_its_headings() -> None:
    flat = "Ref Task Lead By when\n3.1 Price the two lifts again KS 12 July 2024\n3.2 Bring the lease back to the forum OB/KS September meeting\n"
    found = read(HEAD + "1. Roof\nThe forum noted the leak.\n\n" + flat).actions
    assert [(one.ref, one.words, [owner.as_written for owner in one.owners]) for one in found] == [
        ("3.1", "Price the two lifts again", ["KS"]),
        ("3.2", "Bring the lease back to the forum", ["OB", "KS"]),
    ]


def test_a_resolution_asks_others_to_act_and_its_recital_asks_nobody() -> None:
    words = (
        "1. Lifts\nWHEREAS the Clerk will leave in May and the Treasurer is to write to members,\n"
        "RESOLVED: that the report be noted; that the Clerk obtain three prices by 5 July 2024; and that the Treasurer be asked to find the money.\n"
    )
    assert asked(read(HEAD + words)) == [
        ("that the Clerk obtain three prices by 5 July 2024", ["the Clerk"]),
        ("that the Treasurer be asked to find the money.", ["the Treasurer"]),
    ]


def test_resolutions_in_a_list_ask_too() -> None:
    words = "1. Lifts\nResolved:\n1. That the Forum continue to meet;\n2. That the finance team price a second lift; and\n3. That the Chair tell the tenants.\n"
    assert [owners for _, owners in asked(read(HEAD + words))] == [["the finance team"], ["the Chair"]]


def test_an_owner_below_several_paragraphs_has_what_was_asked_of_them() -> None:
    words = "1. Lifts\nKit agreed to find a second firm.\nThe balance is \u00a34,000.\nACTION: KS\n"
    assert asked(read(HEAD + words)) == [("Kit agreed to find a second firm.", ["KS"])]


def test_a_summary_names_who_in_front_of_what() -> None:
    notes = "# Garden group, 4 June 2024\n\nPresent: Ola, Kit\n\n## Beds\n\nLong talk.\n\n## Action summary\n\n- Ola - buy the seed\n- Kit: mend the hose\n"
    assert [owners for _, owners in asked(read(notes, ".md"))] == [["Ola"], ["Kit"]]


def test_a_column_of_owners_beside_the_notes_asks_by_what_they_stand_beside() -> None:
    notes = table(
        row("Minute no.", "Discussion", "Action by"),
        row("14/1", "Buoys. Three lights were out, and KS will order new ones before the season begins in May.", "KS"),
        row("14/2", "Nothing else was raised by anybody who was there.", ""),
    )
    ((words, owners),) = asked(word_notes(notes))
    assert ("order new ones" in words, owners) == (True, ["KS"])


def test_an_agenda_beside_who_leads_it_asks_nobody() -> None:
    agenda = table(row("Item", "Description", "Lead"), row("1", "Welcome", "OB"), row("2", "Roof", "KS"))
    assert asked(word_notes(agenda, p("1. Roof"), p("KS said that it leaks."))) == []


def test_several_actions_in_a_cell_have_the_owners_and_days_beside_them() -> None:
    huddle = table(
        row("#", "Topic", "Key points", "Agreed actions", "Owner / due"),
        row("1", "Roof", "It leaks.", p("Price a tarpaulin") + p("Tell the tenants"), p("KS / 10 July") + p("OB / 17 July")),
        row("2", "Fence", "No change.", "None", ""),
    )
    assert [(one.words, [who.as_written for who in one.owners], f"{one.due}") for one in word_notes(huddle).actions] == [
        ("Price a tarpaulin", ["KS"], "2024-07-10"),
        ("Tell the tenants", ["OB"], "2024-07-17"),
    ]


def test_a_review_of_earlier_actions_closes_and_carries_them() -> None:
    words = "1. Last time\nAction 24/21 (Clerk to buy batteries) had been done. Action 24/22 (KS to measure the yard) was still to be done.\n"
    found = [(one.ref, one.state) for one in read(HEAD + words).actions if one.ref]
    assert found == [("24/21", NotedState.CLOSED), ("24/22", NotedState.OPEN)]


def test_a_review_in_a_table_makes_no_new_ones_and_a_place_left_for_the_status_is_no_status() -> None:
    heads = "| Action | Who | Status |\n|---|---|---|\n"
    old = f"## Review previous meeting's action items\n\n{heads}| Tell the tenants | ??? |  |\n| Send the notice | KS | Complete |\n"
    new = f"## Keys\n\n{heads}| Change the safe code | OB | XXXX |\n"
    found = read(f"{HEAD}{old}\n{new}", ".md").actions
    assert [one.state for one in found] == [NotedState.OPEN, NotedState.CLOSED, NotedState.NEW]


def test_whose_turn_it_is_to_host_is_no_action_and_ends_no_list() -> None:
    listed = "ACTION items resulting\n- Next week: Kit to host\n- OB to price the lift\n"
    assert asked(read(HEAD + listed)) == [("OB to price the lift", ["OB"])]


def test_a_gap_parts_the_owner_at_the_end_of_a_line_from_its_words() -> None:
    words = "Ola will send a digital copy of the plan to everybody                           Action Ola\n"
    assert asked(read(HEAD + words)) == [("Ola will send a digital copy of the plan to everybody.", ["Ola"])]


def test_initials_that_close_a_paragraph_own_what_it_asks() -> None:
    words = "The search for a treasurer should go on, and gaps be plugged if people leave.          OB/KS\n\nThis was put to the AB.\n"
    assert [who for _, who in asked(read(HEAD + words))] == [["OB", "KS"]]


def test_a_speaker_may_stand_before_the_label_and_an_item_is_to_be_done() -> None:
    words = (
        "- OB: Action item: Send the series again\n- KS: Action Item to put the drafts up\n\n## To do\n\n- KS to ring the bank\n"
    )
    assert [said for said, _ in asked(read(HEAD + words, ".md"))] == [
        "Send the series again",
        "to put the drafts up",
        "KS to ring the bank",
    ]


def test_an_agenda_above_its_own_minutes_is_no_agenda() -> None:
    text = "# Committee 2024/06/04\n\n# Agenda\n\n1. Elect officers\n2. Keys\n\n# Minutes\n\nPresent: Ola Brand, Kit Sorrel\n\nAction: Ola to cut keys\n"
    minutes, problems = read_minutes_bytes(text.encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert (f"{minutes.day}", len(minutes.actions), problems) == ("2024-06-04", 1, ())


def test_struck_words_are_not_read_and_asked_about() -> None:
    minutes = word_notes(p("1. Roof"), p("Action: KS to sell the yard.", "<w:strike/>"), p("Action: KS to price the roof."))
    assert asked(minutes) == [("KS to price the roof.", ["KS"])]
    assert [(query.kind, query.line) for query in minutes.queries if query.kind == "struck-words"] == [("struck-words", "p5")]


def people_of(text: str, suffix: str = ".txt") -> list[tuple[str | None, str]]:
    minutes, problems = read_minutes_bytes(text.encode(), f"notes{suffix}", suffix, None)
    assert minutes is not None, problems
    return [(one.name, one.status.value) for one in minutes.attendance]


YES = """# Steering group

12 March 2024

**Steering members**

<table><tr><td>Helen Prosser</td><td>Northshire</td><td>Yes</td></tr>
<tr><td>Tobias Rudge</td><td>Southshire</td><td></td></tr></table>

- ACTION: Helen to settle the dates with Tobias and to send
  the form to everybody by April
"""


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "## Voting Member Attendees\n\n- Ann Bell, North\n\n## Voting Member Regrets\n\n- Carl Dunn, South\n",
            ["present", "apologies"],
        ),
        ("**Members:**\n* ann\n* carl\n\n**Visitors:**\n* eve\n", ["present"] * 3),
        ("In attendance: Ann Bell/Carl Dunn (Co-chairs), Eve Frost. Guy Hart (volunteer) also attended.\n", ["present"] * 4),
        ("Present\n\n- Mr A Bell \u2013 Governor\n- Dr C. Dunn Medical Director and member\n\nMinutes\n", ["present"] * 2),
        (
            "Present:      Ann Bell            Patient Representative\n              Carl Dunn           Senior Partner\n",
            ["present"] * 2,
        ),
        ("Apologies were received from Councillors A. Bell (North) and C. Dunn (South).\n", ["apologies"] * 2),
        ("Apologies for absence: Apologies were received and accepted from Ann Bell and Carl Dunn.\n", ["apologies"] * 2),
        (
            "PRESENT:-\n\nMembers: Chair: Ann Bell (AB); Carl Dunn\n\nNorth Police: CC Eve Frost (EF); Guy Hart\n\n1. Apologies: Ida Jones (IJ)\n",
            ["present"] * 4 + ["apologies"],
        ),
        (
            "## Members Present\n\n- Present:\n  - Ann Bell\n  - Carl Dunn\n- Apologies:\n  - EF\n- Absent: Nil\n",
            ["present", "present", "apologies"],
        ),
        ("Board members in attendance:\n- Ann Bell\n\nAlso in attendance:\n- Carl Dunn (Assistant)\n", ["present"] * 2),
        (
            "Present: Cllrs Bell, Dunn and Frost. The press was there.\n\n1. Bees\n\nCllr G Hart & Cllr I Jones sent apologies.\n",
            ["present"] * 3 + ["apologies"] * 2,
        ),
        (
            "PRESENT: Ann B (Chair), Carl D,\n\n Dr. E. Frost, Guy H.\n\nAPOLOGIES; Ida J, Kit L\n",
            ["present"] * 4 + ["apologies"] * 2,
        ),
        (
            "In attendance\nMrs A Bell North City Council (Deputy Officer)\nMr C Dunn Chief Internal Auditor, Audit Service\n",
            ["present"] * 2,
        ),
        (
            "Attendance:\nAnn Bell - OEDI (co-chair)             Carl Dunn\nEve van den Frost - GXF                 Guy Hart\n",
            ["present"] * 4,
        ),
        (
            "The following members were present:\n- Ann Bell\n\nPOLICE SERVICE OF NORTHSHIRE IN ATTENDANCE:\n- Mr Carl Dunn, Chief Constable\n",
            ["present"] * 2,
        ),
        (
            "2. Present\n\nAnn Bell, Carl Dunn, Eve Frost, Guy Hart, Ida Jones. Police Inspector Kit Lowe.\n\n3. Apologies\n\nMia North\n",
            ["present"] * 6 + ["apologies"],
        ),
        (
            "PRESENT: Mayor Ann Bell Chair\n         Mr. Carl Dunn\n\nSTAFF:   Deputy Chief Eve Frost\n         A/Inspector Guy Hart\n         Ida Jones Board Secretary\n",
            ["present"] * 5,
        ),
        (
            "Attendee          Force            Region\nAnn Bell          North            Eastern\nCarl Dunn         Southshire       Wales\n",
            ["present"] * 2,
        ),
        ("PRESENT\n\nMembers: Mr. A. Bell, Ms. C. Dunn\n\nand Mr. E. Frost\n\nOne PSNI Staff Member\n", ["present"] * 3),
        ("## Attendance\n\nCouncil: Ann, Carl, Eve Frost, Guy, Ida\n\nObservers: TC, Kit, Lou\n", ["present"] * 8),
        ("Apologies\n\nAnn Bell\n\nProposed: Carl Dunn\nSeconded: Eve Frost\n", ["apologies"]),
        ("Present: Ann Bell, Northshire\n", ["present"]),
        ("PRESENT A Bell (Chair), C Dunn, E Frost\nAPOLOGIES from G Hart, I Jones,\n", ["present"] * 3 + ["apologies"] * 2),
        ("37.PRESENT Councillors: A Bell, C Dunn\n", ["present"] * 2),
        ("Present: Trustees Bell (Chair), Dunn, Frost and the Clerk\n", ["present"] * 3),
        ("Present:\nDr Ann Bell AB Lay Member\nCarl Dunn CD Chief Finance Officer\n", ["present"] * 2),
        ("PRESENT ARRANGEMENTS, PAST ONES\n\nAnn Bell spoke.\n", []),
        ("PRESENT: Councillor A Bell (Chair)\n\n         Councillors C Dunn, E Frost and G Hart\n", ["present"] * 4),
        (
            "PRESENT \u2013 Councillor Ann Bell (in the Chair)\nCouncillors Carl Dunn and Guy Hart (substitute for Eve Frost)\n",
            ["present"] * 3,
        ),
        ("Present: Cllrs Bell (Chair), Dunn, District Cllr Frost, the Clerk (Mrs G Hart) and two residents\n", ["present"] * 4),
        ("Present: Chief Superintendent Ann Bell, Police Scotland; Carl Dunn, Internal Audit\n", ["present"] * 2),
        ("Apology for absence: Councillor Bell\n", ["apologies"]),
        (
            "Present: Ann Bell, Carl Dunn\n\nAn apology for absence was received from Councillor Eve Frost.\n",
            ["present"] * 2 + ["apologies"],
        ),
        ("Members present:\n- Ann Bell\n\nMembers not present:\n- Carl Dunn\n", ["present", "apologies"]),
        ("Attendees Supt Ann Bell; Carl Dunn (Performance)\nApologies DCS Eve Frost\n", ["present"] * 2 + ["apologies"]),
        ("Attendance Management Policy\n\nAnn Bell spoke.\n", []),
        (
            "Present:\nNorth Councillors:\nCouncillors A Bell, C Dunn\nApologies for absence were received from Councillors E Frost, G Hart, I Jones, K Lowe and M North.\n",
            ["present"] * 2 + ["apologies"] * 5,
        ),
        (
            "Present:\nMr A Bell, Mrs C Dunn (v/c)\n\nApologies for absence were intimated on behalf of Mr E Frost and Miss G Hart.\n",
            ["present"] * 2 + ["apologies"] * 2,
        ),
        (
            "PRESENT: The Chancellor (Dr A Bell) in the Chair, the Registrar (Mr C Dunn), Associate Professor E Frost. By Invitation: the Warden (Mr G Hart)\n",
            ["present"] * 4,
        ),
        (
            "Present:\nNorth: Ann Bell, Apologies from Carl Dunn\nSouth: Eve Frost, Guy Hart\n",
            ["present", "apologies", "present", "present"],
        ),
        ("Cllrs A Bell, C Dunn, E Frost and Mrs G Hart (Clerk)\n\n1. Bees\n", ["unknown"] * 4),
        ("Distribution: Ann Bell, Carl Dunn\n", []),
        ("Proposed by: Ann Bell, Carl Dunn\n", []),
    ],
)
def test_people_are_listed_in_many_ways(text: str, people: list[str]) -> None:
    assert [
        status
        for _, status in people_of(f"# Board meeting\n\n12 March 2024\n\n{text}", ".md" if "*" in text or "#" in text else ".txt")
    ] == people


@pytest.mark.parametrize(
    "label", ["PRESENT/PRESENNOL", "Sederunt", "In the room", "Online", "There", "Officers/Swyddogion", "Members of the Board"]
)
@pytest.mark.parametrize(
    "names",
    ["Ann Bell (AB), Carl Dunn (CD)", "Ann Bell (in the chair), Carl Dunn and Eve Frost", "Ann Bell; Carl Dunn, North Council"],
)
def test_whatever_a_label_calls_them_people_behind_it_were_there(label: str, names: str) -> None:
    rest = "Sorry not to be there: Guy Hart\n"
    found = people_of(f"Board meeting\n\n12 March 2024\n\n{label}: {names}\n{rest}", ".txt")
    assert [name for name, _ in found if name != "Guy Hart"] == ["Ann Bell", "Carl Dunn", "Eve Frost"][: len(found) - 1]
    assert [status for name, status in found if name == "Guy Hart"] == ["apologies"]
    assert {status for name, status in found if name != "Guy Hart"} == {"present"}


@pytest.mark.parametrize("suffix", [".md", ".docx"])
@pytest.mark.parametrize("heading", ["Action", "Action by", "Action / owner"])
@pytest.mark.parametrize("first", ["Ref", "No", "Item"])
def test_a_column_that_only_names_people_owns_what_the_notes_beside_it_ask(suffix: str, heading: str, first: str) -> None:
    words = [
        "The forum heard that the hall had been shut since the flood in March. KS would bring a price for the roof.",
        "All was well with the gate and the fence.",
    ]
    rows = [("1", words[0], "KS"), ("2", words[1], "")]
    if suffix == ".docx":
        found = word_notes(table(row(first, "Discussion", heading), *(row(*one) for one in rows)))
    else:
        lines = [f"| {first} | Discussion | {heading} |", "| --- | --- | --- |", *(f"| {' | '.join(one)} |" for one in rows)]
        found = read(HEAD + "\n".join(lines) + "\n", ".md")
    assert asked(found) == [("KS would bring a price for the roof.", ["KS"])]


LISTED = (("(a)", "(b)", "(c)"), ("1.", "2.", "3."), ("(i)", "(ii)", "(iii)"), ("\u2022", "\u2022", "\u2022"))


@pytest.mark.parametrize("marks", LISTED)
@pytest.mark.parametrize(
    "opening",
    ["RESOLVED:", "It was moved, seconded and RESOLVED \u2013", "The Board agreed:", "IT WAS RESOLVED THAT", "Resolved \u2013"],
)
@pytest.mark.parametrize("first", ["to note the report", "that the precept be set"])
def test_a_list_of_resolutions_decides_and_asks(marks: tuple[str, str, str], opening: str, first: str) -> None:
    said = (first, "that the Treasurer submit a revised plan", "that the Cabinet Member for Communities report each year")
    listed = ";\n".join(f"{mark} {words}" for mark, words in zip(marks, said, strict=True))
    found = read(f"{HEAD}12. BUDGET\n\n{opening}\n\n{listed}.\n")
    assert [owner for _, (owner,) in asked(found)] == ["the Treasurer", "the Cabinet Member for Communities"]
    assert found.decisions[0].words.rstrip(";").endswith(first)


@pytest.mark.parametrize(
    "before",
    ["", "It was ", "Having heard the officers, it was ", "Whereas the Council notes that the Minister will consult, it was "],
)
@pytest.mark.parametrize("deed", ["write to the Minister", "be asked to write to the Minister", "be invited to attend"])
def test_what_is_resolved_in_running_words_is_an_action_and_its_recital_none(before: str, deed: str) -> None:
    resolved = "resolved" if before else "RESOLVED"
    (action,) = read(f"{HEAD}12. BUDGET\n\n{before}{resolved} that the Chair {deed}.\n").actions
    assert (action.marked, [one.as_written for one in action.owners]) == (True, ["the Chair"])


@pytest.mark.parametrize("gap", ["     ", "          "])
@pytest.mark.parametrize("title", ["MINUTES", "Police and Crime Plan", "101 PERFORMANCE"])
def test_a_number_and_its_title_are_an_item_however_wide_the_gap(gap: str, title: str) -> None:
    found = read(
        f"{HEAD}21.{gap}{title}\n\n        Kit Sorrel undertook to price the lift.\n\n22.{gap}CLOSE\n\n        At nine.\n"
    )
    assert [one.title for one in found.items] == [title, "CLOSE"]
    assert [(one.words, one.item) for one in found.actions] == [("Kit Sorrel undertook to price the lift.", "21")]


@pytest.mark.parametrize(
    "words", ["The plans look fine. [Action KS/OB: price the lift]", "Kit spoke of the lift. [Action KS, by 5 July]"]
)
def test_an_action_in_brackets_closes_what_was_said(words: str) -> None:
    (action,) = read(f"{HEAD}1. Lift\n\n{words}\n").actions
    assert (action.marked, "KS" in [one.as_written for one in action.owners]) == (True, True)
    assert bool(action.due) == ("5 July" in words)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("ACTION KS", "KS will price the lift."),
        ("Action owner: Kit Sorrel. Due: 1 July", "Kit will price the lift at once."),
        ("Action: KS", "KS to price the lift again."),
    ],
)
def test_who_is_to_act_may_stand_alone_below(mark: str, words: str) -> None:
    (action,) = read(f"{HEAD}1. Lift\n\nAll agreed that it is slow. {words}\n{mark}\n").actions
    assert (action.words, action.marked, f"{action.due}") == (words, True, "2024-07-01" if "July" in mark else "None")


def test_what_stands_at_the_right_of_a_row_and_asks_somebody_is_an_action() -> None:
    rows = "1 Wall  It moved again.                        KS to write to the owner\n2 Gate  Two prices are in.                     OB to get two more by 1 July\n"
    assert asked(read(HEAD + rows)) == [("KS to write to the owner", ["KS"]), ("OB to get two more by 1 July", ["OB"])]


def test_initials_of_two_letters_and_two_people_stand_in_a_row_without_columns() -> None:
    rows = "Action log\nRef Action Who When\n7/24 paint the hall Ch 13.06.24\n8/24 price the lift at once KS & OB 9 Jul 24\n"
    assert asked(read(HEAD + rows)) == [("paint the hall", ["Ch"]), ("price the lift at once", ["KS", "OB"])]


def test_new_actions_below_a_review_of_old_ones_are_new() -> None:
    old = table(
        row("Ref", "Action", "Lead", "Target", "RAG", "Commentary"),
        row("B1", "Paint the hall", "KS", "May", "Amber", "Slipped to the July meeting"),
    )
    new = table(row("Ref", "Action", "Lead", "Target"), row("B2", "Price the lift", "OB", "7/7"))
    found = word_notes(p("Actions from the last meeting"), old, p("New actions"), new).actions
    assert [(one.ref, one.state, one.due_meeting or f"{one.due}") for one in found] == [
        ("B1", NotedState.OPEN, "2024-07"),
        ("B2", NotedState.NEW, "2024-07-07"),
    ]


def test_she_who_said_she_would_is_whoever_spoke_last() -> None:
    found = read(
        f"{HEAD}1. Lift\n\nOla Brand spoke about the lift. She said she would price it.\n\nShe said she would paint it.\n"
    ).actions
    assert [(one.words, [owner.as_written for owner in one.owners]) for one in found] == [
        ("She said she would price it.", ["Ola Brand"])
    ]


def test_a_yes_beside_a_name_is_presence_and_an_entry_goes_on_below_its_bullet() -> None:
    minutes, _ = read_minutes_bytes(YES.encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert people_of(YES, ".md") == [("Helen Prosser", "present"), ("Tobias Rudge", "unknown")]
    (action,) = minutes.actions
    assert action.words == "Helen to settle the dates with Tobias and to send the form to everybody by April"


def test_ais_are_actions_and_a_handle_is_an_owner() -> None:
    text = (
        "# Group\n\n12 March 2024\n\n## Action Items (AIs)\n\n- Set up the room (@carl)\n\n## Other\n\nAI: Ann to ring the bank\n"
    )
    minutes, _ = read_minutes_bytes(text.encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert [[one.as_written for one in action.owners] for action in minutes.actions] == [["@carl"], ["Ann"]]


def test_a_lone_quotation_mark_is_no_fault() -> None:
    minutes, _ = read_minutes_bytes(b'Board meeting 12 March 2024\n\n"\n\nAction: CC to reply.\n', "notes.txt", ".txt", None)
    assert minutes is not None
    assert len(minutes.actions) == 1


PUBLISHED = """Agenda and minutes

Northshire Panel - Tuesday, 12 March 2024 10.30 am

1/24

APOLOGIES FOR ABSENCE

The Chairman to report apologies for absence.

Minutes:

Apologies were received from Councillor Bell.

2/24

DECLARATIONS OF INTEREST

All members to declare their interests.

Minutes:

There were none. The work was funded in 2022/23 and 2023/24, and closed circuit television was to be completed.
"""


def test_the_words_of_a_published_agenda_are_no_actions_and_a_year_is_no_reference() -> None:
    minutes = read(PUBLISHED)
    assert minutes.actions == ()
    assert [one.name for one in minutes.attendance if one.name] == ["Bell"]


def test_a_remark_over_several_rows_of_a_page_is_hidden() -> None:
    minutes, problems = read_minutes_bytes(
        b"# Board\n\n12 March 2024\n\n<!--\nAction: CC to resign.\n-->\n\nAction: CC to reply.\n", "n.md", ".md", None
    )
    assert minutes is not None
    assert [action.words for action in minutes.actions] == ["CC to reply."]
    assert [problem.kind for problem in problems] == ["notes-hidden"]


def test_a_day_that_something_is_due_by_neither_names_nor_dates_the_meeting() -> None:
    minutes = read(
        "PAB 12 November 2024\nPresent: DP, OM\n1. Calls\n"
        "Head of Contact to report back on abandonment rates by 15 December 2024\n2. AOB\nnone\n"
    )
    assert (minutes.title, minutes.day) == ("PAB 12 November 2024", date(2024, 11, 12))


def test_a_row_that_asks_for_something_and_names_nobody_beside_it_is_read_with_the_others() -> None:
    long = "The treasurer is to write to the council about the lease of the hall and what it will cost the members"
    notes = word_notes(table(row("Item", "Discussion", "Action"), row("1", f"{long}.", "OB"), row("2", f"{long} next year.", "")))
    assert asked(notes)[0] == (f"1 {long}.", ["OB"])
    assert f"2 {long} next year." in [one.words for one in notes.passages]

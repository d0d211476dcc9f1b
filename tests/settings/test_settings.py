"""office.toml and measures.toml: what they say, and every mistake in them named with file, line and remedy in one pass."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.edition import Audience
from reportpack.model.measure import Better
from reportpack.model.observation import Unit
from reportpack.model.office import Accepted, AreaKind, Gets, Mail, Side
from reportpack.model.problem import Problem, Source
from reportpack.settings import read_settings
from tests.settings.offices import MEASURES, OFFICE, write_office

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs"


def problems_with(folder: Path, office: str = "", measures: str = "") -> list[tuple[str, str]]:
    """The kinds and places of what is wrong when this is added to a sound office."""
    _, problems = read_settings(write_office(folder, OFFICE + office, MEASURES + measures))
    return [(problem.kind, problem.source.where) for problem in problems]


def line_of(words: str, text: str) -> int:
    return text[: text.rindex(words)].count("\n") + 1


def test_the_worked_example_has_no_mistakes() -> None:
    settings, problems = read_settings(EXAMPLE)
    assert problems == ()
    assert settings is not None
    assert [area.name for area in settings.office.parts_on(date(2019, 5, 28))] == [
        "North Worcestershire",
        "South Worcestershire",
        "Herefordshire",
        "Shropshire",
        "Telford and Wrekin",
    ]
    assert len(settings.measures) >= 8
    assert settings.office.figures_note
    numbers = [item.number for item in settings.office.series[0].agenda]
    assert [number for number in numbers if number.startswith("2.1.")] == [f"2.1.{n}" for n in range(1, 8)]


def test_an_office_is_read_as_it_is_written(tmp_path: Path) -> None:
    settings, problems = read_settings(write_office(tmp_path))
    assert problems == ()
    assert settings is not None
    office = settings.office
    assert (office.name, office.short_name, office.force) == (
        "Mayor's Office for Policing",
        "Mayor's Office for Policing",
        "Avon Constabulary",
    )
    assert office.force_area.kind is AreaKind.FORCE
    assert office.posts[1].side is Side.FORCE
    series = office.series[0]
    assert (series.start_time, series.papers_days, series.edition) == (time(14), 5, Audience.OFFICE)
    assert series.agenda[1].depth == 2
    assert office.mail == Mail(source=office.mail.source)
    (measure,) = settings.measures
    assert (measure.unit, measure.better, measure.window, measure.audience) == (Unit.COUNT, Better.LOWER, 36, Audience.OFFICE)
    assert measure.source.where == "measures.toml, line 1"
    assert [len(file.sha256) for file in settings.files] == [64, 64]


def test_everything_that_an_office_may_add_is_read(tmp_path: Path) -> None:
    added = """\
[[person]]
name = "Ada"
post = "mayor"
from = 2018-01-01
to = 2018-12-31
[[edition]]
audience = "public"
marking = "OFFICIAL"
[[recipient]]
post = "chief"
edition = "force"
gets = ["pack", "own sheet"]
areas = ["city"]
[mail]
server = "mail.example"
from = "board@office.example"
password_from = "env:BOARD_PASSWORD"
[[withholding]]
id = "personal"
reason = "Withheld: it is about a person."
[[closure]]
from = 2019-12-25
[[accepted]]
kind = "month-missing"
file = "performance/Thefts.xlsx"
by = "Ada"
reason = "Strike"
until = 2019-06-30
"""
    settings, problems = read_settings(write_office(tmp_path, OFFICE + added))
    assert problems == ()
    assert settings is not None
    office = settings.office
    assert [person.name for person in office.holders_on("mayor", date(2018, 12, 31))] == ["Ada"]
    assert office.holders_on("mayor", date(2019, 1, 1)) == ()
    assert office.edition(Audience.PUBLIC).hide_small
    assert office.recipients[0].gets == (Gets.PACK, Gets.SHEET)
    assert (office.mail.server, office.mail.port, office.mail.password_from) == ("mail.example", 587, "env:BOARD_PASSWORD")
    assert office.closures[0].end == date(2019, 12, 25)


def test_an_accepted_problem_comes_back_when_it_changes_or_its_time_is_up() -> None:
    problem = Problem("month-missing", Source("a.xlsx", "S", "C3"), "May is missing.", "Ask for it.")
    changed = Problem("month-missing", Source("a.xlsx", "S", "C3"), "June is missing.", "Ask for it.")
    accepted = Accepted(problem.fingerprint, by="Ada", reason="known", until=date(2019, 6, 30))
    assert accepted.covers(problem, date(2019, 6, 30))
    assert not accepted.covers(problem, date(2019, 7, 1))
    assert not accepted.covers(changed, date(2019, 6, 30))
    by_place = Accepted("", by="Ada", reason="known", until=date(2019, 6, 30), kind="month-missing", file="a.xlsx")
    assert by_place.covers(changed, date(2019, 6, 30))
    assert not by_place.covers(Problem("month-missing", Source("b.xlsx"), "x", "y"), date(2019, 6, 30))


@pytest.mark.parametrize(
    ("added", "kind", "at"),
    [
        ('[[post]]\nid = "other"\ntitle = "Other"\nabbreviation = "cc"\n', "same-name", 'abbreviation = "cc"'),
        ('[[post]]\nid = "chief"\ntitle = "Second"\nabbreviation = "S"\n', "same-id", 'id = "chief"'),
        ('[[post]]\nid = "t"\ntitle = "T"\nabbreviation = "T"\naliases = ["chief  constable"]\n', "same-name", "aliases = ["),
        ('[[topic]]\nid = "t"\ntitle = "T"\naliases = ["THEFT"]\n', "same-name", 'aliases = ["THEFT'),
        ('[[topic]]\nid = "t"\ntitle = "T"\nunder = "thefts"\n', "unknown-topic", "under ="),
        ('[[area]]\nid = "n"\nname = "North"\naliases = ["town"]\n', "same-name", 'aliases = ["town'),
        ('[[area]]\nid = "o"\nname = "Old"\nsuccessors = ["coast"]\n', "areas-overlap", "[[area]]"),
        ('[[area]]\nid = "o"\nname = "Old"\nto = 2017-01-01\nsuccessors = ["cost"]\n', "unknown-area", "successors"),
        ('[[area]]\nid = "o"\nname = "Old"\nfrom = 2018-01-01\nto = 2017-01-01\n', "end-before-start", "to = 2017"),
        ('[[person]]\nname = "Ada"\npost = "mayer"\n', "unknown-post", "post ="),
        ('[[person]]\nname = "Ada"\npost = "mayor"\nemail = "a b@c.example"\n', "not-an-address", "email"),
        ('[[person]]\nname = "Ada"\npost = "mayor"\nfrom = 2019-02-01\nto = 2019-01-31\n', "end-before-start", "to = 2019"),
        ('[[series]]\nid = "b"\ntitle = "B"\nexpected = ["mayor", "chef"]\n', "unknown-post", "expected"),
        ('[[series]]\nid = "b"\ntitle = "B"\n[[series.agenda]]\nnumber = "2.1"\ntitle = "X"\n', "no-parent", 'number = "2.1"'),
        (
            '[[series]]\nid = "b"\ntitle = "B"\n[[series.agenda]]\nnumber = "1"\ntitle = "X"\ntopic = "x"\n',
            "unknown-topic",
            'topic = "x"',
        ),
        ('[[edition]]\naudience = "public"\n[[edition]]\naudience = "public"\n', "same-audience", 'audience = "public"'),
        ('[[recipient]]\nedition = "public"\n', "no-recipient", "[[recipient]]"),
        ('[[recipient]]\npost = "chief"\nedition = "force"\nseries = ["bord"]\n', "unknown-series", "series = ["),
        ('[[accepted]]\nby = "A"\nreason = "R"\nuntil = 2019-01-01\n', "nothing-accepted", "[[accepted]]"),
        ('[mail]\nserver = "mail.example"\n', "no-sender", "server ="),
        ('[mail]\npassword_from = "hunter2"\n', "wrong-value", "password_from"),
        ("[[closure]]\nfrom = 2019-08-31\nto = 2019-08-01\n", "end-before-start", "to = 2019-08-01"),
    ],
)
def test_what_does_not_hold_between_tables_is_named_with_its_line(tmp_path: Path, added: str, kind: str, at: str) -> None:
    assert problems_with(tmp_path, added) == [(kind, f"office.toml, line {line_of(at, OFFICE + added)}")]


@pytest.mark.parametrize(
    ("added", "kind", "at"),
    [
        ("[[measure.target]]\nvalue = 85\nfrom = 2019-04-01\nto = 2019-03-31\n", "end-before-start", "to ="),
        ("[[measure.target]]\nvalue = -1\n", "target-impossible", "value"),
        ('[[measure.place]]\nfile = "a.xlsx"\narea = "citty"\n', "unknown-area", "area ="),
        ('[[measure.place]]\nfile = "../a.xlsx"\n', "file-outside", "file ="),
        ('[[measure.rebase]]\nfrom = 2019-01-01\nreason = "New system"\n', "key-missing", "[[measure.rebase]]"),
    ],
)
def test_what_does_not_hold_for_a_measure_is_named_with_its_line(tmp_path: Path, added: str, kind: str, at: str) -> None:
    assert problems_with(tmp_path, measures=added) == [(kind, f"measures.toml, line {line_of(at, MEASURES + added)}")]


@pytest.mark.parametrize(("unit", "value"), [("per cent", 120), ("per cent", 0.85), ("per cent", -3), ("rank", 0), ("rank", 2.5)])
def test_a_target_that_no_figure_can_reach_is_a_mistake(tmp_path: Path, unit: str, value: float) -> None:
    measures = MEASURES.replace('"count"', f'"{unit}"') + f"[[measure.target]]\nvalue = {value}\n"
    settings, problems = read_settings(write_office(tmp_path, OFFICE, measures))
    assert {problem.kind for problem in problems} == {"target-impossible"}
    assert settings is not None
    assert settings.measures[0].targets == (), "the pack is built without it"


def test_initials_that_differ_by_a_letter_are_different_posts(tmp_path: Path) -> None:
    posts = "".join(
        f'[[post]]\nid = "p{n}"\ntitle = "Post {n}"\nabbreviation = "{short}"\n'
        for n, short in enumerate(("OCC", "OPCC", "PC", "PCC"))
    )
    assert problems_with(tmp_path, posts) == []


def test_a_reason_that_follows_from_an_audience_is_named_and_the_office_still_opens(tmp_path: Path) -> None:
    """As offices wrote it before: the reason stands for nothing until somebody names it at an item."""
    added = '[[withholding]]\nid = "crime"\naudience = "force"\nreason = "It would help offenders."\n'
    settings, problems = read_settings(write_office(tmp_path, OFFICE + added))
    assert settings is not None
    assert [one.kind for one in problems] == ["reason-of-an-audience"]
    assert 'withheld = "crime"' in problems[0].remedy


def test_a_reason_that_is_one_word_is_one_of_the_office_s_list(tmp_path: Path) -> None:
    topic = '[[topic]]\nid = "t"\ntitle = "T"\nwithheld = "{}"\n[[withholding]]\nid = "staff"\nreason = "It would name staff."\n'
    assert problems_with(tmp_path, topic.format("staff")) == []
    assert problems_with(tmp_path, topic.format("It would name a witness.")) == []
    assert [kind for kind, _ in problems_with(tmp_path, topic.format("stuff"))] == ["unknown-reason"]


def test_all_mistakes_of_both_files_come_in_one_pass(tmp_path: Path) -> None:
    found = problems_with(tmp_path, '[[person]]\nnme = "Ada"\npost = "x"\n', '[[measure.target]]\nvalue = "85%"\n')
    assert [kind for kind, _ in found] == ["key-missing", "unknown-key", "unknown-post", "wrong-value"]


def test_a_mistake_leaves_out_what_it_spoils_and_nothing_else(tmp_path: Path) -> None:
    added = '[[person]]\npost = "mayor"\n[[person]]\nname = "Ada"\npost = "mayor"\n'
    settings, problems = read_settings(write_office(tmp_path, OFFICE + added))
    assert [problem.kind for problem in problems] == ["key-missing"]
    assert settings is not None
    assert [person.name for person in settings.office.people] == ["Ada"]


@pytest.mark.parametrize(
    "marking", ["NOT PROTECTIVELY MARKED", "Not protectively marked / OFFICIAL", "NPM", "RESTRICTED", "protect"]
)
def test_a_marking_of_the_old_scheme_is_refused_on_new_documents(tmp_path: Path, marking: str) -> None:
    settings, problems = read_settings(
        write_office(tmp_path, f'{OFFICE}[[edition]]\naudience = "force"\nmarking = "{marking}"\n')
    )
    assert settings is None
    assert [problem.kind for problem in problems] == ["marking-superseded"]


@pytest.mark.parametrize(
    ("keys", "kinds"),
    [
        ('marking = "OFFICIAL"\nfrom = 2019-06-01\nmarking_before = "OFFICIAL-SENSITIVE"', []),
        ('marking = "OFFICIAL"\nfrom = "1 June 2019"', ["wrong-value"]),
        ('marking = "OFFICIAL"\nfrom = true', ["wrong-value"]),
        ('marking_before = "OFFICIAL"', ["marking-without-a-day"]),
        ('marking = "OFFICIAL"\nfrom = 2019-06-01\nmarking_before = "RESTRICTED"', ["marking-superseded"]),
        ('marking = "OFFICIAL"\nmarking_from = 2019-06-01', ["unknown-key"]),
        ("marking = 7", ["wrong-value"]),
    ],
)
def test_the_days_of_a_marking_as_a_person_may_write_them(tmp_path: Path, keys: str, kinds: list[str]) -> None:
    found = problems_with(tmp_path, f'[[edition]]\naudience = "force"\n{keys}\n')
    assert [kind for kind, _ in found] == kinds
    assert all(len(words) > 10 for _, words in found)


@pytest.mark.parametrize("marking", ["", "OFFICIAL", "OFFICIAL-SENSITIVE: restricted circulation", "Draft for the board"])
def test_other_markings_are_the_offices_own_affair(tmp_path: Path, marking: str) -> None:
    assert problems_with(tmp_path, f'[[edition]]\naudience = "force"\nmarking = "{marking}"\n') == []


@pytest.mark.parametrize(
    ("added", "kind"),
    [
        ("[due]\ncommission = 7\ndraft = 14\n", "days-out-of-order"),
        ("[due]\nfinal = 20\n", "days-out-of-order"),
        ("[due]\nmonthly = 31\n", "wrong-value"),
        ("[due]\nchase = [1, -2]\n", "wrong-value"),
        ('[due]\nalone = ["packs"]\n', "wrong-value"),
        ('[due]\ntell = "nobody"\n', "unknown-post"),
    ],
)
def test_days_that_cannot_be_kept_are_refused_with_their_line(tmp_path: Path, added: str, kind: str) -> None:
    assert kind in {found for found, _ in problems_with(tmp_path, added)}


@pytest.mark.parametrize(
    ("added", "kind"),
    [
        ('[[edition]]\naudience = "everybody"\n', "unknown-audience"),
        ('[[recipient]]\npost = "chief"\nedition = "office"\n', "edition-not-theirs"),
        ('[mail]\npassword = "hunter2"\n', "password-in-file"),
        ('[[area]]\nid = "second"\nname = "Second"\nkind = "force"\n', "no-force"),
        ("start = 10:00\n", "not-toml"),
    ],
)
def test_with_some_mistakes_there_are_no_settings_at_all(tmp_path: Path, added: str, kind: str) -> None:
    settings, problems = read_settings(write_office(tmp_path, OFFICE + added))
    assert settings is None
    assert kind in {problem.kind for problem in problems}
    assert not any("hunter2" in problem.sentence for problem in problems)


def test_a_missing_file_is_said_together_with_the_mistakes_of_the_other(tmp_path: Path) -> None:
    write_office(tmp_path, measures='[[measure]]\nid = "A"\n')
    (tmp_path / "office.toml").unlink()
    settings, problems = read_settings(tmp_path)
    assert settings is None
    assert {problem.kind for problem in problems} >= {"settings-missing", "wrong-value", "key-missing"}


@given(st.binary(max_size=300))
def test_whatever_the_file_holds_there_are_sentences_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = write_office(tmp_path_factory.mktemp("office"))
    (folder / "office.toml").write_bytes(content)
    settings, problems = read_settings(folder)
    assert settings is None
    assert problems
    assert all(problem.found and problem.remedy for problem in problems)


@pytest.mark.parametrize("harm", [0, 6, 99])
def test_harm_is_from_one_to_five(tmp_path: Path, harm: int) -> None:
    added = f'\n[[topic]]\nid = "arson"\ntitle = "Arson"\nharm = {harm}\n'
    _, problems = read_settings(write_office(tmp_path, OFFICE + added, MEASURES))
    (problem,) = problems
    assert "a whole number from 1 to 5" in f"{problem.found} {problem.remedy}"
    assert problem.source.where.startswith("office.toml, line ")

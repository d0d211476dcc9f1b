"""What each edition may show: declared in one place, closed where nothing is declared, compared nowhere else."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from reportpack.model import action, agenda_view, commitment, matter, measure, meeting, office, statement
from reportpack.model.edition import EDITIONS, FIELDS, Audience, Claim, Part, as_read, may_read, narrowest, resolve, shows
from reportpack.records import Record
from tests.check import PACKAGE, compared_audiences

KINDS = {
    name: kind
    for module in (action, agenda_view, commitment, matter, measure, meeting, office, statement)
    for name, kind in vars(module).items()
    if is_dataclass(kind)
}


def test_every_audience_has_an_edition_and_they_stand_from_narrow_to_wide() -> None:
    assert [one.audience for one in EDITIONS] == list(Audience)
    assert may_read(Audience.OFFICE, *Audience)
    assert [one for one in Audience if may_read(Audience.PUBLIC, one)] == [Audience.PUBLIC]
    assert narrowest(Audience.PUBLIC, Audience.FORCE) is Audience.FORCE


def test_what_nothing_speaks_for_is_the_office_s() -> None:
    assert resolve(Audience.OFFICE, ()).shown
    assert not resolve(Audience.FORCE, ()).shown


def test_every_claim_must_allow_it_and_the_reason_is_one_that_a_person_gave() -> None:
    own, topic = Claim("it", Audience.PUBLIC), Claim("its topic", Audience.FORCE, "office.toml", "It would name staff.")
    ruling = resolve(Audience.PUBLIC, (own, topic))
    assert (ruling.shown, ruling.closed_by, ruling.reason) == (False, (topic,), "It would name staff.")
    assert resolve(Audience.PUBLIC, (own, Claim("its topic", Audience.OFFICE))).reason == ""
    assert resolve(Audience.FORCE, (own, topic)).shown


def test_no_part_is_shown_that_the_policy_does_not_name() -> None:
    assert [part for part in Part if shows(Audience.PUBLIC, part)] == [Part.QUESTIONS_PUT, Part.OTHER_POSTS]


@pytest.mark.parametrize("kind", FIELDS)
def test_the_fields_that_are_named_are_there(kind: str) -> None:
    assert set(FIELDS[kind].split()) <= {one.name for one in fields(KINDS[kind])}


def test_a_field_that_nobody_named_is_the_office_s() -> None:
    """As when somebody adds one to a record of that name."""

    class Commitment(Record):
        ref: str
        words: str
        witness: str
        calls: int = 3

    row = Commitment("C1/2030", "It will be done.", "A name", 7)
    assert as_read(Audience.OFFICE, row) is row
    for edition in (Audience.FORCE, Audience.PUBLIC):
        assert as_read(edition, row) == Commitment("C1/2030", "It will be done.", "", 3)


def test_no_other_module_compares_audiences() -> None:
    assert [place for path in PACKAGE.rglob("*.py") for place in compared_audiences(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        "if edition is Audience.PUBLIC: pass",
        "open = edition in (Audience.OFFICE, Audience.FORCE)",
        "open = Audience.OFFICE.value == word",
        'open = edition == Audience("force")',
        'words = {Audience.OFFICE: "For the office only."}[edition]',
        "match edition:\n    case Audience.OFFICE: pass",
    ],
)
def test_the_check_finds_a_comparison_however_it_is_written(tmp_path: Path, line: str) -> None:
    module = tmp_path / "pack.py"
    module.write_text(f"from reportpack.model.edition import Audience\n{line}\n", encoding="utf-8")
    assert len(list(compared_audiences(module))) == 1
    module.write_text(f"from reportpack.model.edition import Audience as A\n{line.replace('Audience', 'A')}\n", encoding="utf-8")
    assert len(list(compared_audiences(module))) == 1

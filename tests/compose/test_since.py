"""What the numbers did since starts from the figure that the meeting had; one that was revised since is shown as it was and as it is."""

from collections.abc import Mapping
from dataclasses import replace

from reportpack.compose.pack import compose_pack
from reportpack.model.edition import Audience
from reportpack.model.observation import Observation
from reportpack.model.pack import SinceRow
from reportpack.model.period import Period
from tests.compose import northmoor

MEETING = "2030-09-17-scrutiny"
FORCE = northmoor.burglary_finding().force


def row(had: Mapping[str, tuple[Observation, ...]]) -> SinceRow:
    pack = compose_pack(
        northmoor.a_view(),
        Audience.OFFICE,
        northmoor.an_office(),
        northmoor.the_findings(),
        (),
        (),
        northmoor.ON,
        "draft",
        had=had,
    )
    return pack.matters[0].since[0]


def at(year: int, month: int) -> Observation:
    found = FORCE.at(Period.month(year, month))
    assert found is not None
    return found


def test_it_starts_from_the_newest_figure_in_the_pack_of_that_meeting() -> None:
    found = row({MEETING: (at(2030, 6), at(2030, 7))})
    assert (found.then_period, found.then.text) == ("July 2030", f"{at(2030, 7).value:.0f}")


def test_a_figure_that_was_revised_since_is_shown_as_it_was_and_as_it_is_and_compared_as_it_is() -> None:
    now, found = at(2030, 7), row({MEETING: (replace(at(2030, 7), value=999.0),)})
    assert found.then.text == f"999, since revised to {now.value:.0f}"
    assert found.change == row({MEETING: (now,)}).change


def test_without_that_pack_it_starts_from_a_month_that_was_over_on_the_day() -> None:
    assert row({}).then_period == "August 2030"

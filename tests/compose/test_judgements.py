"""A verdict that a reader was told otherwise is said again with what turned it: cells, a test, new figures, or the program."""

from dataclasses import replace

import pytest

from reportpack.compose.pack import compose_pack
from reportpack.model.edition import Audience
from reportpack.model.judgement import Judgement, JudgementKind, Revision, Told
from reportpack.model.observation import Observation
from reportpack.model.pack import Pack
from tests.compose import northmoor

PROMISE = next(one for one in northmoor.the_findings().commitments if one.commitment.ref == "C1/2030")


def compose(told: tuple[Told, ...] = (), edition: Audience = Audience.OFFICE) -> Pack:
    findings = northmoor.the_findings()
    return compose_pack(
        northmoor.a_view(), edition, northmoor.an_office(), findings, (), (), northmoor.ON, "v2", told=told, program="1.2"
    )


def told(said: str, **changes: object) -> Told:
    """What v1 said of the promise, from the same figures and by the same test, unless `changes` say otherwise."""
    now = next(one for one in compose().judgements if one.about == "C1/2030")
    then = Told("v1", "1.2", (replace(now, said=said),), PROMISE.observations, (), again=True)
    return replace(then, **changes)  # type: ignore[arg-type] # the tests name fields of Told


def revised(figure: Observation, before: float) -> Revision:
    return Revision(replace(figure, value=before), figure, "v1")


def test_every_verdict_and_headline_that_is_printed_is_remembered() -> None:
    pack = compose()
    said = {(one.kind, one.about): one.said for one in pack.judgements}
    assert said[JudgementKind.COMMITMENT, "C1/2030"] == "Not kept"
    assert {one.verdict for one in pack.commitments} == {said[JudgementKind.COMMITMENT, one.ref] for one in pack.commitments}
    led = [one.said for one in pack.judgements if one.kind is JudgementKind.HEADLINE]
    assert led == [one.words.text for one in pack.cover.headlines]


def test_what_is_said_as_before_has_not_turned() -> None:
    assert compose((told("Not kept"),)).turned == ()


def test_the_cells_that_turned_a_verdict_are_said_with_both_values_and_their_place() -> None:
    figure = PROMISE.observations[0]
    (turned,) = compose((told("Met", revisions=(revised(figure, 84.2),)),)).turned
    assert turned.leads
    assert turned.words.text.startswith("C1/2030 was “Met” in v1 and is “Not kept” now: ")
    assert "was 84.2%, is now " in turned.words.text
    assert figure.source.file in turned.words.text


def test_the_public_is_told_no_file() -> None:
    figure = PROMISE.observations[0]
    turned = compose((told("Met", revisions=(revised(figure, 84.2),)),), Audience.PUBLIC).turned
    assert all(figure.source.file not in one.words.text for one in turned)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"program": "1.1"}, "version 1.2 of the program judges otherwise than version 1.1"),
        ({}, "what they are judged by has changed"),
        ({"figures": ()}, "figures have come in since"),
        (
            {"figures": (), "program": "1.1 (5f3a9c1e)"},
            "figures have come in since, and version 1.2 of the program judges, no longer 1.1",
        ),
        ({"judgements": (Judgement(JudgementKind.COMMITMENT, "C1/2030", "Met", "over 70%"),)}, "held against over 70% then"),
    ],
)
def test_without_a_changed_cell_it_says_what_else_is_otherwise(changes: dict[str, object], why: str) -> None:
    (turned,) = compose((told("Met", **changes),)).turned
    assert why in turned.words.text


def test_a_figure_that_was_revised_since_the_last_version_is_marked_as_one_since_the_last_pack_is() -> None:
    lines = compose((told("Not kept", revisions=(revised(PROMISE.observations[0], 84.2),)),)).appendix.revisions
    assert [(one.since, one.before.text) for one in lines] == [("v1", "84.2%")]

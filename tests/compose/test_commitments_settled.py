"""That a promise was not kept is said, and leads, once a person has confirmed it; it leads once; what is settled otherwise is brought no more."""

from dataclasses import replace

import pytest

from reportpack.compose.pack import compose_pack
from reportpack.model.commitment import Commitment, CommitmentState
from reportpack.model.edition import Audience
from reportpack.model.finding import Verdict
from reportpack.model.pack import Pack
from tests.compose import northmoor


def compose(commitment: Commitment, verdict: Verdict = Verdict.NOT_MET) -> Pack:
    findings, view = northmoor.the_findings(), northmoor.a_view()
    found = replace(findings.commitments[0], commitment=commitment, verdict=verdict)
    findings, view = replace(findings, commitments=(found,)), replace(view, commitments=(commitment,))
    return compose_pack(view, Audience.OFFICE, northmoor.an_office(), findings, (), (), northmoor.ON, "draft")


def leads(pack: Pack) -> bool:
    return any("A promise was not kept" in one.words.text for one in pack.cover.headlines)


def test_what_only_the_figures_say_stands_in_its_section_and_on_no_cover() -> None:
    pack = compose(replace(northmoor.COMMITMENT, state=CommitmentState.OPEN, decided_at=""))
    assert not leads(pack)
    assert [(one.verdict, one.met) for one in pack.commitments] == [("Not met by the figures, to be confirmed", None)]
    assert "1 of 3" in pack.commitments[0].evidence.text


@pytest.mark.parametrize("decided", ["2031-03-18-scrutiny", "2031-03", ""])
def test_once_confirmed_it_leads(decided: str) -> None:
    pack = compose(replace(northmoor.COMMITMENT, state=CommitmentState.NOT_KEPT, decided_at=decided))
    assert leads(pack)
    assert (pack.commitments[0].verdict, pack.commitments[0].still) == ("Not kept", "")


@pytest.mark.parametrize("decided", ["2030-12-10-scrutiny", "2030-12"])
def test_it_leads_once_and_then_says_when_it_was_first_reported(decided: str) -> None:
    pack = compose(replace(northmoor.COMMITMENT, state=CommitmentState.NOT_KEPT, decided_at=decided))
    assert not leads(pack)
    assert pack.commitments[0].still == "Still not kept, first reported in December 2030"


def test_figures_that_meet_it_after_all_are_not_called_a_promise_not_kept() -> None:
    pack = compose(northmoor.COMMITMENT, Verdict.MET)
    assert not leads(pack)
    assert pack.commitments[0].verdict == "Met"

"""docs/numbers.md says what the code does: every reason, weight and limit."""

import re
from pathlib import Path

import pytest

from reportpack.analyse import changes, exceptions, verdict, xmr
from reportpack.analyse.checks import DOUBTING
from reportpack.compose import area_words, commitments, comparison_words, signal_words
from reportpack.model.finding import ATTENTION
from reportpack.model.measure import Measure

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "numbers.md").read_text(encoding="utf-8")
SLUGS = {
    *signal_words.NO_VERDICT,
    *signal_words.NO_ASSURANCE,
    *comparison_words.NO_COMPARISON,
    *comparison_words.NO_PER_CENT,
    *comparison_words.NO_TRACK,
    *area_words.NOT_JUDGED,
    *area_words.HISTORY,
    *commitments.REASON,
} - {""}


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_every_reason_that_is_printed_is_explained(slug: str) -> None:
    assert f"`{slug}`" in PAGE


def test_every_reason_that_the_code_gives_has_its_words() -> None:
    folder = Path(verdict.__file__).parent
    given = {
        slug
        for path in folder.glob("*.py")
        for slug in re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', path.read_text(encoding="utf-8"))
    }
    problems = set(re.findall(r'"([a-z-]+)"', (folder / "checks.py").read_text(encoding="utf-8")))
    problems |= {
        "figure-impossible",
        "numerator-above-denominator",
        "per-cent-impossible",
        "count-negative",
        "denominator-impossible",
        "per-cent-not-its-counts",
    }
    problems |= DOUBTING
    peers = {"rank-impossible", "force-missing", "counts-without-populations"}
    assert given - problems - peers - SLUGS == set()


def test_the_weights_are_those_of_the_table() -> None:
    weights = [float(found) for found in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)]
    added = {
        value for name, value in vars(exceptions).items() if name.isupper() and isinstance(value, float) and value != ATTENTION
    }
    constants = {*exceptions.WEIGHTS.values(), *added}
    assert all(f"| {one.value} |" in PAGE for one in exceptions.WEIGHTS)
    assert weights == sorted(constants, reverse=True)


def test_the_limits_are_those_of_the_code() -> None:
    assert f"at least {verdict.FEWEST} figures" in PAGE
    assert f"warns below {xmr.SHORT_GROUP}" in PAGE
    assert f"below {verdict.RARE:.0f} a month" in PAGE
    assert f"fewer than {verdict.SMALL_BASE}" in PAGE
    assert f"fewer than {changes.LEAST} figures" in PAGE
    window = Measure.__dataclass_fields__["window"].default
    assert f"The latest {window} months" in PAGE

"""XmR equals every reference output: flags exactly, floats to 1e-9."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reportpack.analyse.xmr import ReferencePoint, xmr
from reportpack.model.measure import Better

_BETTER = {"increase": Better.HIGHER, "decrease": Better.LOWER, "neutral": Better.NEITHER}


def _found(point: ReferencePoint) -> dict[str, Any]:
    lines, flags = point.lines, point.flags
    return {
        "date": point.day.isoformat(),
        "value": point.value,
        "rebase_group": point.group,
        "short_group_warning": point.short_group,
        "fix_y": point.fix_y,
        "moving_range": point.moving_range,
        "moving_range_used": point.moving_range_used,
        "amr_unscreened": lines.amr_unscreened,
        "amr": lines.amr,
        "mean": lines.mean,
        "lpl": lines.lpl,
        "upl": lines.upl,
        "nlpl": lines.nlpl,
        "nupl": lines.nupl,
        "outside_limits": flags.outside,
        "close_to_limits": flags.close,
        "relative_to_mean": flags.relative,
        "rule_outside": None if flags.outside is None else int(flags.outside),
        "rule_trend": int(flags.trend),
        "rule_two_in_three": int(flags.two_in_three),
        "rule_shift": int(flags.shift),
        "special_cause_type": flags.cause,
        "special_cause_flag": flags.cause != "Common Cause",
        "point_type": point.point_type.value,
    }


def _differences(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """The fields that differ. A rule that the reference leaves null reads as not flagged."""
    wrong = []
    for name, want in expected.items():
        have = found[name]
        if isinstance(want, float) and isinstance(have, float):
            same = abs(have - want) <= 1e-9 * max(1, abs(want))
        elif name.startswith("rule_"):
            same = bool(have) == bool(want)
        else:
            same = have == want
        if not same:
            wrong.append(f"{expected['date']} {name}: {have!r}, expected {want!r}")
    return wrong


@pytest.mark.needs("shared")
def test_every_reference_case_is_reproduced(shared: Path) -> None:
    cases = sorted((shared / "spc" / "cases").glob("*.json"))
    assert len(cases) >= 99
    wrong = []
    for path in cases:
        case = json.loads(path.read_text())
        given, expected = case["input"], case["expected"]
        result = xmr(
            given["values"],
            [date.fromisoformat(day) for day in given["dates"]],
            _BETTER[given["improvement_direction"]],
            given["target"],
            [date.fromisoformat(day) for day in given["rebase"]],
            given["fix_after_n_points"],
            given["screen_outliers"],
        )
        assert len(result.points) == len(expected["points"]), path.name
        for point, want in zip(result.points, expected["points"], strict=True):
            wrong += [f"{path.stem} {difference}" for difference in _differences(_found(point), want)]
        if (result.variation, result.assurance) != (expected["variation"], expected["assurance"]):
            wrong.append(f"{path.stem}: {result.variation}, {result.assurance}")
    assert not wrong, "\n".join(wrong[:40])

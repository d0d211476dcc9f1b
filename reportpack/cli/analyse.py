"""`reportpack analyse FILE.csv`: what an XmR chart says of two columns, dates and values; for people, or as JSON."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import JsonOption, read_day
from reportpack.cli.say import answer, answer_json, problems, remark
from reportpack.model.measure import Better
from reportpack.run.steps.as_json import problem_json

if TYPE_CHECKING:
    from reportpack.analyse.xmr import ReferencePoint
    from reportpack.run.analyse_csv import CsvAnalysis


def analyse(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Two columns: date and value.")],
    target: Annotated[float | None, typer.Option("--target", metavar="X", help="What should be reached.")] = None,
    better: Annotated[Better, typer.Option("--better", help="Which way the figures should move.")] = Better.HIGHER,
    rebase: Annotated[
        list[date] | None,
        typer.Option("--rebase", metavar="DATE", parser=read_day, help="The average starts anew on this date. May be repeated."),
    ] = None,
    fix_after: Annotated[
        int | None,
        typer.Option("--fix-after", metavar="N", help="Make the average and range from the first N points (12 or more)."),
    ] = None,
    keep_outliers: Annotated[
        bool, typer.Option("--keep-outliers", help="Count unusually large steps when the range is made.")
    ] = False,
    chart: Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Also draw the chart, as .svg or .pdf.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what an XmR chart shows of the figures in a csv file."""
    from reportpack.run.analyse_csv import Options, analyse_csv

    options = Options(target, better, tuple(rebase or ()), fix_after, not keep_outliers)
    result = analyse_csv(file, options)
    if as_json:
        answer_json(as_answer(result))
    else:
        for sentence in result.sentences:
            answer(sentence if sentence.endswith(".") else f"{sentence}.")
    if chart is not None:
        from reportpack.run.chart_file import write_chart

        remark(f"Chart: {write_chart(result.chart, result.sentences, chart)}")
    problems(result.problems, everything=True)


def as_answer(result: "CsvAnalysis") -> dict[str, object]:
    """The reference's names and semantics, null where it has none; `judged` is the product's own, stricter verdict."""
    judged = result.judged
    return {
        "points": [_point(point) for point in result.reference.points],
        "variation": result.reference.variation,
        "assurance": result.reference.assurance,
        "judged": {
            "variation": judged.variation,
            "assurance": judged.assurance,
            "reason": judged.reason or None,
            "assurance_reason": judged.assurance_reason or None,
            "gaps": [gap.iso for gap in judged.gaps],
            "short_group_warning": judged.short,
            "seasonal": judged.seasonal,
            "suggested_rebase": judged.suggested_rebase.start.isoformat() if judged.suggested_rebase else None,
            "words": list(result.sentences),
        },
        "problems": [problem_json(one) for one in result.problems],
    }


def _point(point: "ReferencePoint") -> dict[str, object]:
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
        "relative_to_mean": flags.relative,
        "close_to_limits": flags.close,
        "rule_outside": None if flags.outside is None else int(flags.outside),
        "rule_trend": int(flags.trend),
        "rule_two_in_three": int(flags.two_in_three),
        "rule_shift": int(flags.shift),
        "special_cause_type": flags.cause,
        "special_cause_flag": flags.cause != "Common Cause",
        "point_type": point.point_type,
    }

"""`reportpack analyse FILE.csv`: what an XmR chart says of two columns, dates and values; for people, or as JSON."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reportpack.cli.options import JsonOption, flag, read_day, told
from reportpack.cli.say import give, problems, remark
from reportpack.model.measure import Better


def analyse(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Two columns: date and value.")],
    target: Annotated[float | None, typer.Option("--target", metavar="X", help="What should be reached.")] = None,
    better: Annotated[Better, typer.Option("--better", help="Which way the figures should move.")] = Better.HIGHER,
    rebase: Annotated[
        list[date] | None,
        typer.Option("--rebase", metavar="DATE", parser=read_day, help="The average starts anew on this date. May be repeated."),
    ] = None,
    fix_after: Annotated[
        int | None, told("--fix-after", "N", "Make the average and range from the first N points (12 or more).")
    ] = None,
    keep_outliers: Annotated[bool, flag("--keep-outliers", "Count unusually large steps when the range is made.")] = False,
    chart: Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Also draw the chart, as .svg or .pdf.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what an XmR chart shows of the figures in a csv file."""
    from reportpack.run.analyse_csv import Options, analyse_csv, write_chart

    options = Options(target, better, tuple(rebase or ()), fix_after, not keep_outliers)
    result = analyse_csv(file, options)
    give(result, (f"{sentence.removesuffix('.')}." for sentence in result.sentences), as_json=as_json)
    if chart is not None:
        remark(f"Chart: {write_chart(result.chart, result.sentences, chart)}")
    problems(result.problems, everything=True)

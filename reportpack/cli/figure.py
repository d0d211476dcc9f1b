"""`reportpack figure`: a person answers for one cell of the force's workbooks."""

from typing import Annotated

import typer

from reportpack.cli.options import Asked, By, Why, verb
from reportpack.cli.say import answer, remark

app = typer.Typer(no_args_is_help=True)
File = Annotated[str, typer.Argument(metavar="FILE", help="The workbook in performance/.", show_default=False)]
Cell = Annotated[str, typer.Argument(metavar="SHEET!CELL", help="Such as 'Crime!C12'.", show_default=False)]


@app.callback()
def figure() -> None:
    """Answers about single figures; the force's workbooks stay as they came."""


@verb(app)
def accept(asked: Asked, file: File, cell: Cell, by: By, why: Why) -> None:
    """Say that a doubted figure is right as it stands. It is asked about again only when the cell changes."""
    _answer(asked, file, cell, None, by, why)


@verb(app)
def correct(
    asked: Asked,
    file: File,
    cell: Cell,
    value: Annotated[float, typer.Argument(metavar="VALUE", help="What is right.", show_default=False)],
    by: By,
    why: Why,
) -> None:
    """Say what a figure should be. The pack prints it, marked, with who said so and why."""
    _answer(asked, file, cell, value, by, why)


def _answer(asked: Asked, file: str, cell: str, value: float | None, by: str, why: str) -> None:
    from reportpack.run.figure_answers import answer_figure

    for one in answer_figure(asked.folders, file, cell, value, by, why, asked.moment):
        said = "accepted as it stands" if value is None else f"corrected to {value:g}"
        answer(f"{one.measure}, {one.area}, {one.period.label}, {one.source.where}: {one.raw} is {said}.")
    remark("Recorded.")

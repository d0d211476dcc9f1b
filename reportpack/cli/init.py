"""`reportpack init FOLDER`: a new office's folder."""

from pathlib import Path
from typing import Annotated

import typer

from reportpack.cli.options import NowOption, instant, london_day
from reportpack.cli.say import answer, remark


def init(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")], now: NowOption = None) -> None:
    """Make a new office's folder: settings that explain themselves, a workbook to type into, an empty register."""
    from reportpack.run.init import make_office

    answer(*make_office(folder, london_day(instant(now))))
    remark(f"It builds as it is: cd {folder}, then make pack (on Windows: Build the pack). README.txt says what to change.")

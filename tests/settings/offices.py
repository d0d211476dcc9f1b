"""A small office for the tests of settings and meetings: other names than the example's."""

from pathlib import Path

OFFICE = """\
name = "Mayor's Office for Policing"
force = "Avon Constabulary"
[[area]]
id = "avon"
name = "Avon"
kind = "force"
[[area]]
id = "city"
name = "City"
aliases = ["Town"]
[[area]]
id = "coast"
name = "Coast"
[[post]]
id = "mayor"
title = "Mayor"
abbreviation = "M"
side = "office"
[[post]]
id = "chief"
title = "Chief Constable"
abbreviation = "CC"
side = "force"
[[topic]]
id = "theft"
title = "Theft"
[[series]]
id = "board"
title = "Policing Board"
chair = "mayor"
venue = "Guildhall"
time = "14:00"
papers_days = 5
[[series.agenda]]
number = "1"
title = "Performance"
[[series.agenda]]
number = "1.1"
title = "Theft"
topic = "theft"
lead = "chief"
"""
MEASURES = """\
[[measure]]
id = "theft"
title = "Thefts"
unit = "count"
better = "lower"
topic = "theft"
[[measure.place]]
file = "Thefts*.xlsx"
"""


def write_office(folder: Path, office: str = OFFICE, measures: str = MEASURES) -> Path:
    """The two settings files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "office.toml").write_text(office, encoding="utf-8")
    (folder / "measures.toml").write_text(measures, encoding="utf-8")
    return folder

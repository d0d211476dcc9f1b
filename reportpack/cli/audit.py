"""`reportpack audit [FOLDER]`: what was promised, the figures then and now, and what came of it."""

from pathlib import Path
from typing import Annotated

from reportpack.cli.options import Asked, asks, named, told
from reportpack.cli.say import give, problems, remark, waited


@asks("templates", "json")
def audit(
    asked: Asked,
    folder: Annotated[
        Path | None, named("[FOLDER]", "Years of notes and workbooks as they lie (default: this office's own).")
    ] = None,
    out: Annotated[Path, told("--out", "FOLDER", "Where the pages go (default: build).")] = Path("build"),
) -> None:
    """Set every promise beside the figures then and now: kept, not kept, never asked after. FOLDER is read and never written in; nothing is recorded."""
    from reportpack.run.audit import AuditOrder, make_audit

    order = AuditOrder(folder, out, asked.moment, asked.today)
    made = waited(lambda say: make_audit(asked.folders if folder is None else None, order, say))
    give(made, (*made.paths,), as_json=asked.json)
    remark("; ".join(f"{number} {name}" for name, number in made.counts.items() if number) or "No undertaking was found.")
    problems(made.problems)

"""`reportpack audit [FOLDER]` and `handover`: what was promised and what came of it; and all of the memory, to be handed on."""

from pathlib import Path
from typing import Annotated

from reportpack.cli.options import Asked, asks, named, told
from reportpack.cli.say import give, plural, problems, remark, waited
from reportpack.model.edition import Audience


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


@asks("edition", "templates", "json")
def handover(
    asked: Asked, out: Annotated[Path, told("--out", "FOLDER", "Where the archive goes (default: build).")] = Path("build")
) -> None:
    """Make one archive of all that is remembered: pages with a search, tables, PDF, hashes, and two pages for whoever takes over. Without --edition: the office's."""
    from reportpack.run.handover import HandoverOrder, make_handover

    order = HandoverOrder(asked.edition or Audience.OFFICE, out, asked.moment, asked.today)
    made = waited(lambda say: make_handover(asked.folders, order, say))
    give(made, made.paths, as_json=asked.json)
    remark(f"{plural(len(made.files), 'file')}; sha256 of the archive: {made.sha256}")
    problems(made.problems)

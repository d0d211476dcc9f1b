"""`reportpack doctor`: whether the office is whole, part by part; what can be mended is."""

from typing import Annotated

from reportpack.cli.options import Asked, asks, flag
from reportpack.cli.say import give, plural, problems, remark
from reportpack.errors import StrictError


@asks("build", "json", "strict")
def doctor(asked: Asked, dry_run: Annotated[bool, flag("--dry-run", "Say what is wrong, and mend nothing.")] = False) -> None:
    """Hold the office against what was recorded: ledger, kept files, register, pages, letters, backups. What can be mended is."""
    from reportpack.run.doctor import examine_office

    found = examine_office(asked.folders, asked.moment, asked.today, mend=not dry_run)
    give(found, (f"{name:<12} {state}" for name, state in found.parts), as_json=asked.json)
    if found.mended:
        remark(f"{plural(len(found.mended), 'fault')} mended:")
        problems(found.mended, everything=True)
    problems(found.problems, everything=True)
    if found.problems and asked.strict:
        raise StrictError("The office is not whole.", "What is wrong stands above, with what to do.")

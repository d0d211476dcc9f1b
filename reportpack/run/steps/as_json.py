"""The one JSON form of what many answers hold: a problem, a row of the register."""

from reportpack.errors import Remedy
from reportpack.model.problem import Problem
from reportpack.model.register_row import RegisterRow


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem, wherever it is said: by a command, in pack.json, to a script."""
    source = problem.source
    return {
        "kind": problem.kind,
        "weight": problem.weight.value,
        "file": source.file or None,
        "sheet": source.sheet or None,
        "cell": source.cell or None,
        "found": problem.found,
        "remedy": problem.remedy,
        "action": action_json(problem.remedy),
        "fingerprint": problem.fingerprint,
    }


def action_json(remedy: str) -> dict[str, object] | None:
    """The command that a remedy ends in, for what would render it as a button; None where it is words alone."""
    if not isinstance(remedy, Remedy):
        return None
    verb, about, options = remedy.action
    return {"verb": verb, "about": list(about), "options": dict(options)}


def row_json(row: RegisterRow) -> dict[str, object]:
    """A row, its words by heading."""
    return {"sheet": row.sheet, "reference": row.ref, "words": row.texts}

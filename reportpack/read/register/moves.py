"""How a due day or meeting was moved, as people write it: `28 Feb 2019 to 30 Apr 2019: the audit was late`, one move on each line."""

from reportpack import patterns as re
from reportpack.model.action import says_no_day
from reportpack.read.register.occasions import read_occasion

WHY = "Ask, and write the reason after a colon at the end of the line."
_MOVE = re.compile(
    r"(?:from )?(?P<before>.*?)\s*(?:\bto\b|->|\u2192|=>)\s*(?P<after>[^:(]+?)\s*(?::\s*(?P<reason>.*)|\((?P<bracketed>.*)\))?",
    re.DOTALL | re.IGNORECASE,
)


def lines_of(text: str) -> list[str]:
    """The lines that say something, without bullets."""
    return [stripped for line in text.splitlines() if (stripped := line.strip(" -\u2022"))]


def split_move(line: str) -> tuple[str, str, str]:
    """From when, to when, and why; three empty strings for a line that says no move."""
    match = _MOVE.fullmatch(line)
    if match is None:
        return "", "", ""
    return match["before"], match["after"], (match["reason"] or match["bracketed"] or "").strip()


def move_line(before: str, after: str, why: str = "") -> str:
    """The line that says so; without a reason it ends with the day."""
    reason = " ".join(why.split())
    return f"{before} to {after or 'no date'}{f': {reason}' if reason else ''}"


def is_move(before: str, after: str) -> bool:
    """Whether a due day or meeting that was set is now another, or none; another spelling of the same day is no move,
    and words that name no day or meeting set none."""
    if says_no_day(before):
        return False
    if says_no_day(after):
        return True
    then, now = read_occasion(before), read_occasion(after)
    return bool(then and now) and then != now

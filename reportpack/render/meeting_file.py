"""The text of a new meeting's file, whose keys explain themselves."""

from reportpack.model.meeting import Meeting
from reportpack.model.period import weekday_date
from reportpack.toml.edit import toml_value


def new_meeting_text(meeting: Meeting, why: str = "") -> bytes:
    """A file that says nothing yet, with everything that it could say beside the words of its series."""
    at = f" at {meeting.start_time:%H:%M}" if meeting.start_time is not None else ""
    first = meeting.agenda[0].number if meeting.agenda else "1"
    posts = ", ".join(_quoted(post) for post in meeting.expected)
    author = _quoted(next(iter(meeting.expected), ""))
    lines = [
        f"{meeting.title}, set for {weekday_date(meeting.day)}{at}.",
        *([why] if why else []),
        "It is like its series in office.toml. Say here only what differs: take out the # and change the words.",
        "Its day is changed with: reportpack meeting move; it is called off with: reportpack meeting cancel",
        "",
        f"venue = {_quoted(meeting.venue)}",
        f'time = "{meeting.start_time:%H:%M}"' if meeting.start_time is not None else 'time = "10:00"',
        f"present = [{posts}]",
        "apologies = []",
        "",
        "[[paper]]",
        'title = "Progress report"',
        f"item = {_quoted(first)}",
        f"author = {author}",
        'file = "Progress report.docx"',
        'audience = "force"',
    ]
    return "".join(f"# {' '.join(line.split())}".rstrip() + "\n" for line in lines).encode()


def _quoted(words: str) -> str:
    return toml_value(" ".join(words.split()))

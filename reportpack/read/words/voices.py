"""Lines that say whose words follow (`PCC's questions`, `Force commentary (DCC)`, `From: DCC`) and for whom (`Audience: force`)."""

from reportpack import patterns as re
from reportpack.model.office import Office, Side
from reportpack.read.posts import read_post
from reportpack.records import dataclass

_QUESTIONS = r"questions?(?: for (?:the )?.+| to (?:the )?.+)?|lines? of (?:enquiry|inquiry|questioning)"
_STATEMENT = r"notes?|briefing|comments?|commentary|views?|response|update|statement"
_WHAT = rf"(?P<what>{_QUESTIONS}|{_STATEMENT})"
_NAME = r"[^()]+?(?:\([^()]+\))?"
"""A post, whose abbreviation may end in brackets of its own: ACC (Crime)."""
_FORMS = (
    re.compile(rf"{_WHAT} ?(?:from|by|\(|-|\u2013) ?(?:the )?(?P<who>{_NAME})\)?"),
    re.compile(rf"(?P<who>.+?)(?:['\u2019]s?)? {_WHAT}(?: \((?P<post>{_NAME})\))?"),
    re.compile(_WHAT),
)
_LABEL = re.compile(r"(?P<name>from|author|by|written by|audience) ?: ?(?P<value>.{1,80})")


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words follow: a post id, or a name as written; `questions` when each is a question to be asked."""

    author: str
    questions: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A line `From: DCC` or `Audience: force`: what it sets, and to what, as written."""

    audience: bool
    value: str


def read_voice(text: str, office: Office) -> Voice | None:
    """The voice that a heading names. A plain word before `note` or `questions` must be a post, the force or the officer."""
    line = " ".join(text.split()).strip(" :.*")
    for form in _FORMS:
        match = form.fullmatch(line.casefold())
        if match is None:
            continue
        groups = match.groupdict()
        start, end = match.span("post") if groups.get("post") else match.span("who") if groups.get("who") else (0, 0)
        author = _author(line[start:end].strip(), office)
        if author is not None:
            return Voice(author, re.fullmatch(_QUESTIONS, match["what"]) is not None)
    return None


def read_label(text: str) -> Label | None:
    """A line that sets the author or the audience of what follows."""
    line = " ".join(text.split()).strip(" *")
    match = _LABEL.fullmatch(line.casefold())
    if match is None:
        return None
    start, end = match.span("value")
    return Label(match["name"] == "audience", line[start:end].strip(" *."))


def author_of(text: str, office: Office) -> str:
    """The post that the whole text names, else the text as written."""
    return read_post(text, office) or text


def _author(who: str, office: Office) -> str | None:
    """None when the words are nobody's name, so that a heading such as `Survey notes` stays a heading."""
    if not who:
        return ""
    if post := read_post(who, office):
        return post
    if who.casefold() in ("force", "the force", office.force.casefold()):
        return office.force
    if post := _by_last_words(who, office):
        return post
    if who.casefold() == "officer":
        return "Officer"
    if any(person.name.casefold() == who.casefold() for person in office.people):
        return who
    return None


def _by_last_words(who: str, office: Office) -> str:
    """`Commissioner` and `Officer` for the office's own posts: the title that ends so, when all others that do end with it.

    A chief officer's note says so: `Officer's note` is the work of whoever prepares the pack.
    """
    words = who.casefold().removeprefix("the ")
    titles = {post.title.casefold(): post.id for post in office.posts if post.side is Side.OFFICE}
    ending = [title for title in titles if title.endswith(f" {words}") and not (words == "officer" and "chief" in title)]
    shortest = min(ending, key=len, default="")
    return titles[shortest] if shortest and all(title.endswith(shortest) for title in ending) else ""

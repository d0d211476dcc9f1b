"""Headings that open a line of the agenda (by its number, its title, or any name of a topic), and lines that say whose words follow
(`Force commentary (DCC)`, `From: DCC`) and for whom (`Audience: force`)."""

from collections.abc import Sequence

from reportpack import patterns as re
from reportpack.model.office import AgendaItem, Office, Side, Topic
from reportpack.read.posts import read_post
from reportpack.records import Record

_NUMBERED = re.compile(
    r"(?:agenda )?(?:item )?(?P<number>\d+(?:\.\d+)*)[.):]?(?:[\s\u2013-]+(?P<title>.+))?", re.IGNORECASE | re.DOTALL
)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


class Placing(Record):
    """Where a heading belongs: an agenda number, a topic's id, or both. `doubt` says what does not fit, if anything."""

    item: str
    topic: str
    exact: bool = True
    doubt: str = ""


def place_heading(text: str, agenda: Sequence[AgendaItem], office: Office) -> Placing | None:
    """Where the heading belongs, None when it names no line and no topic."""
    match = _NUMBERED.fullmatch(text.strip())
    title = (match["title"] or "") if match else text
    by_number = next((item for item in agenda if match and item.number.strip().rstrip(".") == match["number"]), None)
    by_title = _by_title(title, agenda, office) if title else None
    if by_number is None:
        return None if by_title is None else Placing(by_title.item, by_title.topic, exact=match is None)
    if not title or _fits(title, by_number, office):
        return Placing(by_number.number, by_number.topic)
    if by_title is not None and by_title.item != by_number.number:
        doubt = f"the number is that of {by_number.title}, the title that of {by_title.item or 'another topic'}; the title is followed"
        return Placing(by_title.item, by_title.topic, exact=False, doubt=doubt)
    if by_title is not None:
        return Placing(by_number.number, by_title.topic)
    doubt = f"item {by_number.number} is {by_number.title}; the number is followed"
    return Placing(by_number.number, by_number.topic, exact=False, doubt=doubt)


def nearest_heading(text: str, agenda: Sequence[AgendaItem], office: Office) -> str:
    """The line or topic whose name is most like the text, for a remedy; empty when none is near."""
    from rapidfuzz import fuzz, process

    names = {_plain(item.title): f"{item.number} {item.title}" for item in agenda} | {
        _plain(name): topic.title for topic in office.topics for name in (topic.title, *topic.aliases)
    }
    near = process.extractOne(_plain(text), list(names), scorer=fuzz.WRatio)
    return names[near[0]] if near is not None and near[1] >= 70 else ""


def _by_title(title: str, agenda: Sequence[AgendaItem], office: Office) -> Placing | None:
    """A line by its title first (the deepest of that title), then a topic, with the line it is taken at."""
    if named := [item for item in agenda if _plain(item.title) in _forms(title) or _plain(title) in _forms(item.title)]:
        item = max(named, key=lambda item: item.depth)
        return Placing(item.number, item.topic)
    if (topic := next((topic for topic in office.topics if _names(topic) & _forms(title)), None)) is None:
        return None
    taken = [item for item in agenda if item.topic in (topic.id, topic.under) and item.topic]
    return Placing(max(taken, key=lambda item: (item.topic == topic.id, item.depth)).number if taken else "", topic.id)


def _fits(title: str, item: AgendaItem, office: Office) -> bool:
    names = _forms(item.title).union(*(_names(topic) for topic in office.topics if topic.id == item.topic and item.topic))
    if names & _forms(title):
        return True
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(_plain(title), _plain(item.title)) >= 90


def _names(topic: Topic) -> set[str]:
    return {form for name in topic.names for form in _forms(name)}


def _forms(text: str) -> set[str]:
    """With and without a bracket at the end: `Domestic Abuse (DA)`."""
    return {_plain(text), _plain(_BRACKETS.sub("", text))} - {""}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w&]+", " ", text.casefold()).split())


_QUESTIONS = r"questions?(?: for (?:the )?.+| to (?:the )?.+)?|lines? of (?:enquiry|inquiry|questioning)"
_STATEMENT = r"notes?|briefing|comments?|commentary|views?|response|update|statement"
_WHAT = rf"(?P<what>{_QUESTIONS}|{_STATEMENT})"
_NAME = r"[^()]+?(?:\([^()]+\))?"  # A post, whose abbreviation may end in brackets of its own: ACC (Crime).
_FORMS = (
    re.compile(rf"{_WHAT} ?(?:from|by|\(|-|\u2013) ?(?:the )?(?P<who>{_NAME})\)?"),
    re.compile(rf"(?P<who>.+?)(?:['\u2019]s?)? {_WHAT}(?: \((?P<post>{_NAME})\))?"),
    re.compile(_WHAT),
)
_LABEL = re.compile(r"(?P<name>from|author|by|written by|audience) ?: ?(?P<value>.{1,80})")


class Voice(Record):
    """Whose words follow: a post id, or a name as written; `questions` when each is a question to be asked."""

    author: str
    questions: bool


def read_voice(text: str, office: Office) -> Voice | None:
    """The voice that a heading names. A plain word before `note` or `questions` must be a post, the force or the officer."""
    line = " ".join(text.split()).strip(" :.*")
    for form in _FORMS:
        if (match := form.fullmatch(line.casefold())) is None:
            continue
        groups = match.groupdict()
        start, end = match.span("post") if groups.get("post") else match.span("who") if groups.get("who") else (0, 0)
        if (author := _author(line[start:end].strip(), office)) is not None:
            return Voice(author, re.fullmatch(_QUESTIONS, match["what"]) is not None)
    return None


def read_label(text: str) -> tuple[bool, str] | None:
    """A line that sets the author or the audience of what follows (`From: DCC`, `Audience: force`): whether the audience, and to what, as written."""
    line = " ".join(text.split()).strip(" *")
    if (match := _LABEL.fullmatch(line.casefold())) is None:
        return None
    start, end = match.span("value")
    return match["name"] == "audience", line[start:end].strip(" *.")


def _author(who: str, office: Office) -> str | None:
    """None when the words are nobody's name, so that a heading such as `Survey notes` stays a heading."""
    low = who.casefold()
    if not who or (post := read_post(who, office)):
        return post if who else ""
    if low in ("force", "the force", office.force.casefold()):
        return office.force
    own = who if any(person.name.casefold() == low for person in office.people) else None
    return _by_last_words(who, office) or ("Officer" if low == "officer" else own)


def _by_last_words(who: str, office: Office) -> str:
    """`Commissioner` and `Officer` for the office's own posts: the title that ends so, when all others that do end with it. A chief
    officer's note says so: `Officer's note` is the work of whoever prepares the pack."""
    words = who.casefold().removeprefix("the ")
    titles = {post.title.casefold(): post.id for post in office.posts if post.side is Side.OFFICE}
    ending = [title for title in titles if title.endswith(f" {words}") and not (words == "officer" and "chief" in title)]
    shortest = min(ending, key=len, default="")
    return titles[shortest] if shortest and all(title.endswith(shortest) for title in ending) else ""

"""Posts as people write them. Only whole names count: OCC, OPCC, CC and PC are four different things."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.office import Office
from reportpack.records import Record

_BETWEEN = (re.compile(r"\s*[;\n]\s*"), re.compile(r"\s*,\s*|\s*[/+]\s*"), re.compile(r"\s+and\s+|\s*&\s*"))
"""What stands between names, the surest first: a title may hold an `and` of its own."""
_ACTING = re.compile(r"(?i)^(?:[ta]/|acting |temporary |interim |t\.|a\.)\s*")


class Owners(Record):
    """The ids of the posts that were recognised, and the words that were not."""

    posts: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def post_names(office: Office) -> dict[str, str]:
    """Every name of every post, plain, with the post's id. A name that two posts share names neither."""
    names: dict[str, str] = {}
    shared: set[str] = set()
    for post in office.posts:
        for name in {_plain(text) for text in (post.id, post.title, post.abbreviation, *post.aliases) if text.strip()}:
            if names.setdefault(name, post.id) != post.id:
                shared.add(name)
    return {name: post for name, post in names.items() if name not in shared}


def read_post(text: str, office: Office) -> str:
    """The id of the post that the whole text names, else empty."""
    names = post_names(office)
    return names.get(_plain(text)) or names.get(_plain(_ACTING.sub("", text.strip()))) or ""


def read_owners(text: str, office: Office) -> Owners:
    """One post or several (`CC; PCC`, `CC/DCC`, `the CC and the DCC`); each part must be a whole name."""
    parts = tuple(_split(re.sub(r"(?i)(?<![A-Za-z])([ta])/(?=[A-Za-z]{2})", "\\1\u2044", text), office, _BETWEEN))
    posts = dict.fromkeys(post for _, post in parts if post)
    return Owners(tuple(posts), tuple(part for part, post in parts if not post))


def _split(text: str, office: Office, between: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, str]]:
    """Each part with its post, empty where unknown; a part that is a whole name is not split further."""
    name = text.replace("\u2044", "/").strip(" .")
    post = read_post(name, office) if name else ""
    if name and (post or not between):
        yield name, post
    elif name:
        for part in between[0].split(text):
            yield from _split(part, office, between[1:])


def nearest_posts(text: str, office: Office) -> str:
    """What an unknown name may mean, as words for a remedy; never acted on."""
    from rapidfuzz import fuzz, process

    for person in office.people:
        if _plain(person.name) == _plain(text) and (post := office.post(person.post)) is not None:
            return f"{person.name} holds the post {post.title} in office.toml: if that is meant, write {post.abbreviation or post.title}."
    shown = {post.id: post.abbreviation or post.title for post in office.posts}
    choices = {name: shown[post] for name, post in post_names(office).items()}
    if (near := process.extractOne(_plain(text), list(choices), scorer=fuzz.ratio)) is not None and near[1] >= 60:
        return f"If {choices[near[0]]} is meant, write that; otherwise add the post or the name to office.toml."
    return f"Write one of the posts in office.toml ({', '.join(shown.values())}), or add this one there."


def _plain(text: str) -> str:
    return re.sub(r"^the ", "", " ".join(text.replace("\u00a0", " ").casefold().strip(" .:").split()))

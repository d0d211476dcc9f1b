"""Who is named in the notes: people with their initials and capacities, and the words that stand for posts, teams and bodies."""

from collections.abc import Iterable, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import Attendance
from reportpack.read.minutes.grammar.classes import listed
from reportpack.records import dataclass

TITLES = r"(?:mr|mrs|ms|miss|dr|prof(?:essor)?|sir|dame|lord|lady|baroness|baron|earl|cllr|councillor|rev|chief inspector|superintendent|cc|dcc|acc)\.?"
_NAME_WORD = r"(?:[A-Z][\w'\u2019-]*\.?|O['\u2019] ?[A-Z]\w+|von|van|de|der|du|la|le|di|al|bin)"
NAME = re.compile(rf"(?:(?:{TITLES})\s+){{0,3}}{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,4}}", re.IGNORECASE)
_INITIALS = re.compile(r"\(([A-Z][A-Za-z]{1,4})\)")
GROUPS = listed(
    "all secretariat chair chairman chairwoman chairperson vice-chair panel board committee group team teams members member "
    "officials officers office officer commissioner constable force director deputy department departments council councils "
    "secretary treasurer executive chief head manager directors trustees staff lead leads sergeant inspector superintendent "
    "superintendents commander analyst analysts clerk organiser unit sub-group subgroup authority authorities service "
    "agency ministers minister partners representatives everyone leadership pharmacies oneself colleagues attendees "
    "participants volunteers maintainers"
)
_NOBODY = listed("this it there that these those what which a an if he she they we")
_LINKS = listed("of the for and & / at on in with or from to as listed below other two three each")
THINGS = listed(
    "report reports paper papers terms reference tor letter minutes item items agenda date dates note notes copy copies "
    "views view briefs brief summary profile position use matter plan plans survey disclaimer data proposals proposal "
    "response responses findings details detail update updates meeting meetings document documents work confidence "
    "satisfaction processes process this it there that these those what which list lists template invitation discussion "
    "link links session sessions presentation feedback approach information consultation question questions figures "
    "performance strategy policy actions action project projects case cases system everything recommendation "
    "recommendations next liaison research website page budget event training issue issues option options programme need "
    "ability right opportunity decision way aim order effort request requests reference time closing subject attention "
    "addition"
)
_SURNAMES = listed("case page order link note data view work")
NOT_NAMES = (THINGS - _SURNAMES) | listed(
    "events carried engagement priorities space pharmacy chemists rep july june general other end none welcome"
)
_WORD = re.compile(r"[A-Za-z\u00c0-\u017f0-9][\w'\u2019.&\u2044-]*")


@dataclass(frozen=True, slots=True)
class People:
    """Names, first names, initials and bodies that the notes themselves give."""

    names: frozenset[str]
    initials: frozenset[str]
    bodies: frozenset[str]

    def known(self, text: str) -> bool:
        """Whether the text names somebody of the attendance, by name, first name, surname, initials or body."""
        plain = plain_name(text)
        return plain in self.names or text.strip() in self.initials or plain in self.bodies

    def names_of(self, text: str) -> tuple[str, ...]:
        """The words as written, and the first and last names of whoever has these initials."""
        told = [
            name
            for name in self.names
            if " " in name and "".join(word[0] for word in name.split()).upper() == text.strip().upper()
        ]
        return (text.strip(), *(word for name in told for word in (name.split()[0], name.split()[-1])))


def people_of(entries: Iterable[tuple[str, str]], texts: Sequence[str]) -> People:
    """From `(name, capacity)` of the attendance and the initials that are explained in the notes."""
    names: set[str] = set()
    initials: set[str] = set()
    bodies: set[str] = set()
    for name, capacity in entries:
        plain = plain_name(name)
        words = plain.split()
        names.add(plain)
        if len(words) > 1:
            names.update((words[0], words[-1]))
            initials.add("".join(word[0] for word in words).upper())
        bodies.update(plain_name(part) for part in re.split(r"[,;/()]| and ", capacity) if len(part.strip()) > 1)
    for text in texts:
        initials.update(_INITIALS.findall(text))
    return People(frozenset(names), frozenset(initials), frozenset(bodies - {""}))


def plain_name(text: str) -> str:
    """A name without titles, brackets and marks, in small letters."""
    bare = re.sub(r"\([^()]*\)", " ", text).replace("\u2019", "'").casefold()
    bare = re.sub(rf"^(?:the\s+)?(?:{TITLES}\s+)+", "", bare.strip())
    return " ".join(re.sub(r"[^\w' -]+", " ", bare).split()).removeprefix("the ")


def looks_like_name(text: str) -> bool:
    """Whether the whole text is a person's name: two to five words in capitals, no word of things or groups."""
    bare = re.sub(r"\([^()]*\)", " ", text).strip(" .,-\u2013*")
    match = re.fullmatch(rf"(?:(?i:{TITLES})\s+){{0,3}}{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,4}}", bare)
    if match is None:
        return False
    words = plain_name(bare).split()
    return not any(word in NOT_NAMES or word in GROUPS for word in words)


def looks_like_owner(text: str, people: People, *, sure: bool) -> bool:
    """Whether words before `to` may own an action. `sure` (after a label) lets any name in capitals pass; else somebody known or a group."""
    bare = re.sub(r"\([^()]*\)", " ", text).strip(" .,:;*-\u2013")
    words = [word.strip(".'\u2019") for word in _WORD.findall(bare)]
    if not words or len(words) > 12 or len(bare) > 110 or bare.endswith(("'s", "\u2019s")):
        return False
    if people.known(bare):
        return True
    head = words[-1].lower().removesuffix("'s").removesuffix("\u2019s")
    if head in THINGS or words[0].lower() in _NOBODY:
        return False
    capitals = [word for word in words if word[:1].isupper()]
    others = [word.lower() for word in words if not word[:1].isupper() and word.lower() not in _LINKS]
    if head in GROUPS and len(others) <= 5:
        return sure or bool(capitals)
    if others or not capitals:
        return False
    return (
        sure
        or any(people.known(part) for part in split_owners(bare))
        or (len(words) == 1 and words[0].isupper() and len(words[0]) > 1)
    )


def split_owners(text: str) -> tuple[str, ...]:
    """`JG/ Jo May (JM)`, `JT and GSc`, `Steve Peters, Will Perrin and Shane O'Neill`: one each; brackets stay with their name."""
    guarded = re.sub(
        r"\([^()]*\)", lambda match: match.group(0).replace(",", "\x01").replace("/", "\x02").replace(" and ", "\x03"), text
    )
    guarded = re.sub(r"\b([TA])/(?=[A-Z]{2})", "\\1\x02", guarded)
    parts = re.split(r"\s*[;/+]\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", guarded)
    cleaned = (
        part.replace("\x01", ",").replace("\x02", "/").replace("\x03", " and ").strip(" .:-\u2013*_").lstrip("(")
        for part in parts
    )
    return tuple(part for part in cleaned if part)


def chair_names(chair: str | None, entries: Sequence[Attendance]) -> frozenset[str]:
    """What the notes may call whoever is in the chair: by name, post, and the letters of the post."""
    if not chair:
        return frozenset({"Chair", "Chairman", "Chairwoman"})
    wanted = plain_name(chair.split(",")[0])
    posts = [one.post for one in entries if one.name and plain_name(one.name) == wanted and one.post]
    posts += [part.strip() for part in chair.split(",")[1:]]
    named = {chair.split(",")[0].strip(), "Chair", "Chairman", "Chairwoman"}
    for post in posts:
        bare = re.sub(r"\s*\([^()]*\)", "", post)
        named |= {bare, "".join(word[0] for word in bare.split() if word[:1].isupper()), *_INITIALS.findall(post)}
    return frozenset(named)

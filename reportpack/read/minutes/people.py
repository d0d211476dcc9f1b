"""Who is named in the notes: people with their capacities as attendance lists write them, owners, and the words that stand for posts, teams and bodies."""

from collections.abc import Iterable, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import Attendance
from reportpack.read.minutes.grammar.classes import listed
from reportpack.records import Record

TITLES = (
    r"(?:mr|mrs|ms|miss|dr|(?:(?:associate|assistant|clinical|emeritus|visiting) )?prof(?:essor)?|sir|dame|lord|lady|baroness|baron|earl|(?:(?:county|cty|district|borough|unitary|town|parish) )?(?:cllr|councillor)|mayor"
    r"|rev|chief inspector|superintendent|cc|dcc|acc)\.?"
)
_NAME_WORD = r"(?:[A-Z][\w'\u2019-]*\.?|[dO]['\u2019] ?[A-Z]\w+|von|van|den|ter|de|der|du|la|le|di|dos|da|al|bin)"
_NAME = re.compile(rf"(?:(?i:{TITLES})\s+){{0,3}}{_NAME_WORD}(?:(?:\s+|(?<=\b[A-Z]\.)){_NAME_WORD}){{1,4}}")
_TITLED = re.compile(rf"(?i)(?:the\s+)?(?:{TITLES}\s+)+")
_BRACKETS = re.compile(r"\([^()]*\)")
_INITIALS = re.compile(r"\(([A-Z][A-Za-z]{1,4})\)")
ROLES = listed(
    "commissioner constable officer director manager treasurer secretary head chair chairman chairwoman chairperson councillor inspector superintendent "
    "executive deputy assistant chief auditor accountant solicitor"
)
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
    "addition todo"
)
_NOT_NAMES = GROUPS | THINGS - listed("case page order link note data view work")
_NOT_NAMES |= listed(
    "one two three four five six seven eight nine ten nil events carried engagement priorities space pharmacy chemists rep july june general other end none welcome representative partner announcements notices declarations declaration interest interests of the and for to in on attendance absence governor governors vacancy agreement"
)
_OWNERS_PARTED = re.compile(r"\([^()]*\)|\b[TA]/(?=[A-Z]{2})|\s*[;/+]\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+")
_SEPARATORS = re.compile(
    r"\([^()]*\)|(?<=\))\s+(?=[A-Z])|(?<=[a-z]{2})(?<!\bMrs)(?<!\bCllr)(?<!\bRev)(?<!\bProf)\.\s+(?=[A-Z])|(?<=[a-z]{2})/(?=[A-Z][a-z]+ [A-Z])|[,;]\s*(?:and\s+)?|\s+and\s+|\s+&\s+"
)
_PERSON = re.compile(
    r"(?P<name>[^,(\u2013\u2014@]+?)\s*(?:(?:[,\u2013\u2014]|\s[-/]\s|\s{2,})\s*(?P<after>.*)|(?P<brackets>\(.*\).*))?"
)
_INITIALLED = re.compile(rf"(?P<name>(?i:{TITLES})\s+(?:[A-Z]\.?\s+){{1,3}}[A-Z][\w'\u2019-]+)\s+(?P<post>[A-Z].*)")
"""`Mrs W Kearns Preston City Council`: behind a title and initials, one word is the name."""
_BARE_INITIALS = re.compile(r"\b([A-Z])[\w'\u2019-]+ ([A-Z])[\w'\u2019-]+ (?P<short>\1\2[a-z]?) (?=[A-Z])")
"""`Zara Jones ZJ Director`."""
_SURNAMED = re.compile(rf"(?:(?i:{TITLES})\s+)+[A-Z][\w'\u2019-]+")
_SURNAMES = re.compile(r"(?i:cllrs|councillors|trustees|messrs)\.?:?\s+(?P<names>[^.]+)")
_PUBLIC = re.compile(
    r"(?i)\s*(?:,|\band\b|\btogether with\b|\bplus\b|&)\s+(?:an? |\w+ )?(?:members?|residents?|parishioners?)(?: of the public)?\W*$"
)
_LED = re.compile(r"(?P<short>[A-Z]{2,4})\s[-\u2013]\s(?=[A-Z])")  # `AB - Ada Bain, Home Office`.
_POSTS = ("CC", "PCC", "DCC", "ACC")
_HONOURS = listed("mbe obe cbe bem qpm kpm qc kc jp dl")
_COMMAS = str.maketrans(";/()", ",,,,")
_HANDLE = re.compile(r"\(@[\w-]+\)|@[\w-]+")
_RANKED = re.compile(
    r"(?P<rank>(?:[TA]/)?(?:PFCC|PCC|DPCC|DPFCC|CC|DCC|ACC|ACO|CEO|CFO|C/?Supt|Ch/?Supt|Supt|DCS|DCI|DI|CI|Insp|PS|PC|(?:Staff |Detective )?Sergeant"
    r"|(?:Detective |Police )?(?:Chief )?(?:Superintendent|Supt|Inspector))\.?|(?:Deputy |Assistant |Temporary |Acting )?Chief Constable|Deputy Chief|Commissioner)"
    r"\s+(?P<name>[A-Z][\w'\u2019-]+ [A-Z].*)"
)
_ROLED = re.compile(r"(?P<words>[^()]{4,120}?)\s*\((?P<initials>[A-Z][A-Za-z]{1,4})\)")


class People(Record):
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
        wanted = text.strip().casefold()
        several = [words for words in map(str.split, self.names) if len(words) > 1]
        told = [words for words in several if wanted in ("".join(word[0] for word in words), " ".join(words))]
        return (text.strip(), *(word for words in told for word in (words[0], words[-1])))


def people_of(entries: Iterable[tuple[str, str]], texts: Sequence[str]) -> People:
    """From `(name, capacity)` of the attendance and the initials that are explained in the notes."""
    names, bodies = set[str](), set[str]()
    initials = {short for text in texts for short in _INITIALS.findall(text)}
    for name, capacity in entries:
        words = plain_name(name).split()
        names.update({" ".join(words), *words[:1], *words[-1:]})
        initials |= {"".join(word[0] for word in words).upper()} if len(words) > 1 else set()
        parts = capacity.translate(_COMMAS).replace(" and ", ",").split(",")
        bodies.update(plain_name(part) for part in parts if len(part.strip()) > 1)
    return People(frozenset(names), frozenset(initials), frozenset(bodies - {""}))


def plain_name(text: str) -> str:
    """A name without titles, honours, brackets and marks, in small letters."""
    bare = _BRACKETS.sub(" ", text).replace("\u2019", "'").casefold().strip()
    titled = _TITLED.match(bare)
    bare = bare[titled.end() :] if titled is not None else bare
    words = "".join(one if one.isalnum() or one in "_' -" else " " for one in bare).split()
    while len(words) > 2 and words[-1] in _HONOURS:
        words.pop()
    return " ".join(words).removeprefix("the ")


def looks_like_name(text: str) -> bool:
    """Whether the whole text is a person's name: two to five words in capitals, no word of things or groups."""
    bare = _BRACKETS.sub(" ", text).strip(" .,-\u2013*")
    return not bare.startswith("The ") and _NAME.fullmatch(bare) is not None and _NOT_NAMES.isdisjoint(plain_name(bare).split())


def looks_like_owner(text: str, people: People, *, sure: bool) -> bool:
    """Whether words before `to` may own an action. `sure` (after a label) lets any name in capitals pass; else somebody known or a group."""
    bare = _BRACKETS.sub(" ", text).strip(" .,:;*-\u2013")
    words = [word.strip(".'\u2019()") for word in bare.replace("/", " ").replace("@", " ").split() if any(map(str.isalnum, word))]
    words = [word.rstrip(",;:") for word in words]
    if not words or len(words) > 12 or len(bare) > 110 or bare.endswith(("'s", "\u2019s")):
        return False
    if people.known(bare):
        return True
    head = words[-1].lower().removesuffix("'s").removesuffix("\u2019s")
    if (head in THINGS and not words[-1].isupper()) or words[0].lower() in _NOBODY:
        return False
    capitals = [word for word in words if word[:1].isupper()]
    others = [word.lower() for word in words if not word[:1].isupper() and word.lower() not in _LINKS]
    if head in GROUPS and len(others) <= 5:
        return sure or bool(capitals)
    if others or not capitals:
        return False
    alone = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
    return sure or alone or any(people.known(part) for part in split_owners(bare))


def parted(text: str, separator: re.Pattern[str] = _SEPARATORS) -> list[str]:
    """The text between separators that stand outside brackets."""
    parts, begin = [], 0
    for match in separator.finditer(text):
        if match[0][:1] != "(" and match[0] not in ("T/", "A/"):
            parts.append(text[begin : match.start()])
            begin = match.end()
    return [*parts, text[begin:]]


def split_owners(text: str) -> tuple[str, ...]:
    """`JG/ Jo May (JM)`, `JT and GSc`, `Steve Peters, Will Perrin and Shane O'Neill`: one each; brackets stay with their name."""
    cleaned = (part.strip(" .:-\u2013*_>\u2192").lstrip("(") for part in parted(text, _OWNERS_PARTED))
    return tuple(part for part in cleaned if part)


def chair_names(chair: str | None, entries: Sequence[Attendance]) -> frozenset[str]:
    """What the notes may call whoever is in the chair: by name, post, and the letters of the post."""
    named = {"Chair", "Chairman", "Chairwoman"}
    if not chair:
        return frozenset(named)
    name, *posts = (part.strip() for part in chair.split(","))
    posts += [one.post for one in entries if one.name and plain_name(one.name) == plain_name(name) and one.post]
    for post in posts:
        bare = _BRACKETS.sub("", post).strip()
        named |= {bare, "".join(word[0] for word in bare.split() if word[:1].isupper()), *_INITIALS.findall(post)}
    return frozenset(named | {name})


def role_and_name(text: str) -> tuple[str, str] | None:
    """`Deputy Chief Constable Tim Madgwick (TM)`, `CC Nick Adderley`: a capacity before the name; initials say where the name begins."""
    if (roled := _ROLED.fullmatch(text)) is not None:
        words = roled["words"].split()
        letters = [letter for letter in roled["initials"] if letter.isupper()]
        name, role = words[-len(letters) :], words[: -len(letters)]
        fits = 2 <= len(letters) <= 3 and [word[0].upper() for word in name] == letters and looks_like_name(" ".join(name))
        if fits and role and not role[-1].endswith(",") and not _TITLED.fullmatch(" ".join([*role, ""])):
            return " ".join(name), " ".join(role)
    ranked = _RANKED.fullmatch(_INITIALS.sub("", text).strip())
    return (ranked["name"], ranked["rank"]) if ranked is not None and looks_like_name(ranked["name"]) else None


def people_in(text: str) -> list[tuple[str, str]]:
    """Several people on one line; empty when it names one and where they come from."""
    pieces = [piece.strip(" .;") for piece in parted(text) if piece.strip(" .;")]
    named = [piece for piece in pieces if looks_like_name(piece) or role_and_name(piece)]
    told = _SURNAMES.match(text) or all(_TITLED.match(piece) or _INITIALS.search(piece) for piece in pieces)
    listed_so = len(named) == len(pieces) and told if len(pieces) < 5 else len(named) >= 0.8 * len(pieces)
    return names_inline(text) if len(pieces) > 1 and listed_so else []


def read_person(text: str, *, listed_so: bool = False) -> tuple[str, str] | None:
    """`Dr Kieron O'Hara \u2013 Chair`, `Heather Savory (Chair) (HS)`: a name and the capacity as written; None when it is no person. Under
    `Name Organisation` (`listed_so`), where nothing parts the columns any more, the first two words are the name."""
    words = _BRACKETS.sub(" ", text).split()
    if listed_so and 2 < len(words) <= 10 and looks_like_name(" ".join(words[:2])):
        return " ".join(words[:2]), " ".join(words[2:])
    text = _LED.sub("", _PUBLIC.sub("", _HANDLE.sub("", text)), count=1).strip(" \t*\u2022;[]!")
    while text and not (text[-1].isalnum() or text[-1].isascii() or text[-1] in "\u2019\u201d"):
        text = text[:-1].rstrip()
    if (bare := _BARE_INITIALS.search(text)) is not None:
        text = f"{text[: bare.start('short')]}({bare['short']}) {text[bare.end() :]}"
    if text.lower().endswith(" in the chair"):
        text = f"{text[:-13]} (Chair)"
    before, _, body = text.partition(", ")
    if (ranked := role_and_name(text)) is None and body and (own := role_and_name(before)) is not None:
        ranked = own[0], f"{own[1]}, {body}"
    match = _PERSON.fullmatch(text)
    if ranked is not None or match is None or (text.endswith((".", ":", "?")) and len(text.split()) > 6):
        return ranked
    name, capacity = match["name"].strip(" ."), match["after"] or match["brackets"] or ""
    words = name.split()
    if (initialled := _INITIALLED.match(text)) is not None and looks_like_name(initialled["name"]):
        return initialled["name"], capacity_of(initialled["post"])
    if _TITLED.match(name) and len(words) > 3 and not ROLES.isdisjoint(word.lower() for word in words[3:]):
        name, capacity = " ".join(words[:3]), " ".join(words[3:])
    if len(words) > 2 and not _TITLED.match(name) and all(word.lower() in ROLES | GROUPS for word in words[2:]):
        name, capacity = " ".join(words[:2]), " ".join(words[2:])  # `Daisy Dyer Board Secretary`
    return (name, capacity_of(capacity)) if looks_like_name(name) else None


def capacity_of(text: str) -> str:
    """The words after a name without the initials in brackets; letters stay that are the post itself, where it is not spelt out beside them."""
    parts = [part for part in (part.strip(" ,-\u2013\u2014") for part in text.replace(")", "(").split("(")) if part]
    posts = [part for part in parts if not ROLES.isdisjoint(part.lower().replace("-", " ").split())]
    kept = [part for part in parts if part in posts or not is_short(part) or (not posts and part.upper() in _POSTS)]
    return ", ".join(kept)


def names_inline(text: str) -> list[tuple[str, str]]:
    """A list of people in running words, with what stands in brackets after each; else one of first names, nearly all of them."""
    text = _PUBLIC.sub("", text)
    plural = _SURNAMES.match(text)  # `Cllrs Mill, Reid and Eakins`: surnames alone
    rest, found = text if plural is None else text[plural.start("names") :], list[tuple[str, str]]()
    parts = rest.split(";")
    bodied = len(parts) > 1 and all(part.count(",") < 2 and read_person(part) for part in parts)  # `Ewan, Police Scotland; ...`
    pieces = [piece for part in (parts if bodied else parted(rest)) if (piece := part.strip(" .\u2013-"))]
    for piece in pieces:
        if piece.lower().startswith(("dialing-in", "via ", "by phone")):
            piece = piece.partition("-")[2].removeprefix("in").lstrip(" -")  # noqa: PLW2901 - how somebody took part
        ranked = read_person(piece) if bodied else role_and_name(piece)
        before, bracket, after = piece.partition("(")
        name = before.strip(" ,") if bracket else piece.replace(" \u2013 ", " - ").partition(" - ")[0].strip()
        if ranked is not None:
            found.append(ranked)
        elif looks_like_name(name) or _SURNAMED.fullmatch(name) or (plural is not None and name.istitle() and name.isalpha()):
            found.append((name, capacity_of(after.rpartition(")")[0]) if bracket else ""))
        elif bracket and looks_like_name(held := piece.rpartition("(")[2].partition(")")[0]):  # `the Clerk (Mrs T Reeve)`
            found.append((held, name.removeprefix("the ").removeprefix("The ")))
        elif not found and (person := read_person(piece)) is not None:
            found.append(person)
        elif found and not bracket and not found[-1][1] and piece[:1].isupper():
            found[-1] = (found[-1][0], piece)
    words = [one for one in pieces if one.isalpha() and len(one) > 1 and one.lower() not in _NOT_NAMES]
    firsts = [one for one in words if one.istitle() or (one.isupper() and len(one) < 4)]
    mostly = len(firsts) > len(pieces) // 2 and all(one in firsts or looks_like_name(one) for one in pieces)
    return [(piece, "") for piece in pieces] if mostly or (not found and len(firsts) == len(pieces)) else found


def is_short(text: str) -> bool:
    """Whether letters stand for a name or a body: `GSc`, `DCLG`."""
    letters = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    named = text.isalpha() and text[:1].isupper() and len(text) < 7
    return named and (len(text) < 5 or (letters.isupper() and len(text) - len(letters) < 2))

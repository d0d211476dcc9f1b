"""People as attendance lists write them: a name, and the capacity beside it, before it or in brackets after it."""

from reportpack import patterns as re
from reportpack.read.minutes.people import GROUPS, NOT_NAMES, TITLES, looks_like_name

_PERSON = re.compile(
    r"(?P<name>[^,(\u2013\u2014@]+?)\s*(?:(?:[,\u2013\u2014]|\s-\s|\s{2,})\s*(?P<after>.*)|(?P<brackets>\(.*\).*))?"
)
_INITIALS = re.compile(r"[A-Z][A-Za-z]{1,3}|[A-Z]{2,5}[a-z]?")
SEPARATORS = re.compile(r"[,;]\s*(?:and\s+)?|\s+and\s+|\s+&\s+")
_HANDLE = re.compile(r"\(@[\w-]+\)|@[\w-]+")


ROLE_WORDS = re.compile(
    r"\b(?:commissioner|constable|officer|director|manager|treasurer|secretary|head|chair(?:man|woman|person)?|councillor|inspector|superintendent|executive|deputy|assistant)\b",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"(?P<rank>(?:[TA]/)?(?:PFCC|PCC|DPCC|DPFCC|CC|DCC|ACC|ACO|CEO|CFO|C/?Supt|Ch/?Supt|Supt|DCS|DCI|DI|CI|Insp|PS|PC)\.?"
    r"|(?:(?:Deputy |Assistant |Temporary |Acting )?Chief Constable|Commissioner|(?:Detective )?(?:Chief )?(?:Superintendent|Supt|Inspector)\.?))\s+(?P<name>[A-Z][\w'\u2019-]+ [A-Z].*)"
)
_ROLED = re.compile(r"(?P<words>[^()]{4,120}?)\s*\((?P<initials>[A-Z][A-Za-z]{1,4})\)")
_TITLED = re.compile(rf"(?:(?:{TITLES}|hon|the)\s*)+", re.IGNORECASE)


def role_and_name(text: str) -> tuple[str, str] | None:
    """`Deputy Chief Constable Tim Madgwick (TM)`, `CC Nick Adderley`: a capacity before the name; initials say where the name begins."""
    roled = _ROLED.fullmatch(text)
    if roled is not None:
        words = roled["words"].split()
        letters = re.findall(r"[A-Z]", roled["initials"])
        name, role = words[-len(letters) :], words[: -len(letters)]
        if (
            role
            and 2 <= len(letters) <= 3
            and [word[0].upper() for word in name] == letters
            and not role[-1].endswith(",")
            and looks_like_name(" ".join(name))
            and not _TITLED.fullmatch(" ".join(role))
        ):
            return " ".join(name), " ".join(role)
    ranked = _RANKED.fullmatch(re.sub(r"\s*\([A-Za-z]{1,6}\)?$", "", text))
    if ranked is not None and looks_like_name(ranked["name"]):
        return ranked["name"], ranked["rank"]
    return None


def people_in(text: str) -> list[tuple[str, str]]:
    """Several people on one line; empty when it names one and where they come from."""
    pieces = [piece.strip(" .;") for piece in re.split(r"[;,]\s*(?:and\s+)?|\s+and\s+", text) if piece.strip(" .;")]
    bare = [re.sub(r"\s*\([^()]*\)", "", piece) for piece in pieces]
    if len(pieces) < 2 or not all(
        looks_like_name(name) or role_and_name(piece) for name, piece in zip(bare, pieces, strict=True)
    ):
        return []
    plain = all(_TITLED.match(piece) or re.search(r"\([A-Z][A-Za-z]{1,4}\)$", piece) for piece in pieces)
    return names_inline(text) if plain else []


def read_person(text: str) -> tuple[str, str] | None:
    """`Dr Kieron O'Hara \u2013 Chair`, `Heather Savory (Chair) (HS)`: a name and the capacity as written; None when it is no person."""
    text = _HANDLE.sub("", text).strip(" \t*\u2022;[]")
    while text and not (text[-1].isalnum() or text[-1].isascii() or text[-1] in "\u2019\u201d"):
        text = text[:-1].rstrip()
    if text.lower().endswith(" in the chair"):
        text = f"{text[:-13]} (Chair)"
    ranked = role_and_name(text)
    if ranked is not None:
        return ranked
    if text.endswith((".", ":", "?")) and len(text.split()) > 6:
        return None
    match = _PERSON.fullmatch(text)
    if match is None:
        return None
    name = match["name"].strip(" .")
    if not looks_like_name(name):
        return None
    capacity = match["after"] or match["brackets"] or ""
    return name, capacity_of(capacity)


def first_words(text: str) -> tuple[str, str] | None:
    """Under `Name Organisation` where nothing parts the columns any more: the first two words, and what follows them."""
    match = re.fullmatch(r"(?P<name>[A-Z][\w'\u2019.-]+ [A-Z][\w'\u2019-]+(?: \([^()]*\))?)(?P<rest>(?: \S+){1,8})", text)
    return (match["name"].split(" (")[0], match["rest"].strip()) if match and looks_like_name(match["name"]) else None


def capacity_of(text: str) -> str:
    """The words after a name without the initials in brackets."""
    parts = [part for part in (part.strip(" ,-\u2013\u2014") for part in re.split(r"[()]", text)) if part]
    spelt = any(ROLE_WORDS.search(part) for part in parts)
    return ", ".join(part for part in parts if not _INITIALS.fullmatch(part) or ROLE_WORDS.search(part) or _is_post(part, spelt))


def _is_post(short: str, spelt: bool) -> bool:
    """Whether letters in brackets are the post itself, where it is not spelt out beside them."""
    return short.upper() in ("CC", "PCC", "DCC", "ACC") and not spelt


def bare_name(text: str) -> str:
    """The first line of a cell without what stands in brackets."""
    return re.sub(r"\s*\([^()]*\)", "", text.split("\n", 1)[0]).strip()


def names_inline(text: str) -> list[tuple[str, str]]:
    """A list of people in running words, with what stands in brackets after each."""
    guarded = re.sub(
        r"\([^()]*\)", lambda match: match.group(0).replace(",", "\x01").replace(" and ", "\x02").replace(";", "\x03"), text
    )
    guarded = re.sub(r"(?<=\))\s+(?=[A-Z])", ", ", guarded)
    found: list[tuple[str, str]] = []
    for part in SEPARATORS.split(guarded):
        piece = part.replace("\x01", ",").replace("\x02", " and ").replace("\x03", ";").strip(" .\u2013-")
        piece = re.sub(r"^(?:dialing-in|via \w+|by phone)\s*-\s*", "", piece)
        ranked = role_and_name(piece)
        if ranked is not None:
            found.append(ranked)
            continue
        brackets = re.search(r"\((.*)\)", piece)
        name = piece[: brackets.start()].strip(" ,") if brackets else re.split(r"\s[\u2013-]\s", piece)[0].strip()
        if looks_like_name(name):
            found.append((name, capacity_of(brackets[0]) if brackets else ""))
        elif found and piece and not brackets and not found[-1][1] and piece[0].isupper():
            found[-1] = (found[-1][0], piece)
    return found or _first_names(text)


def _first_names(text: str) -> list[tuple[str, str]]:
    """`Milan, Shelly and Tom`: a list of nothing but first names."""
    pieces = [piece.strip(" .") for piece in SEPARATORS.split(text) if piece.strip(" .")]
    return [(piece, "") for piece in pieces] if all(is_first_name(piece) for piece in pieces) else []


def is_first_name(text: str) -> bool:
    """One word in a capital and small letters that names no thing and no group."""
    return text.isalpha() and text.istitle() and len(text) > 2 and text.lower() not in NOT_NAMES | GROUPS

"""What a label says: its words without padding and footnote marks, whether it names an area, a code or a total."""

from collections.abc import Iterable
from functools import lru_cache

from reportpack import patterns as re

COUNTRIES = frozenset(
    (
        *("england", "wales", "scotland", "northern ireland", "england and wales", "great britain", "united kingdom"),
        *("uk", "gb", "world", "united states", "united states total"),
    )
)
REGIONS = frozenset(
    (
        *("north east", "north west", "yorkshire and the humber", "yorkshire and humber", "east midlands"),
        *("west midlands region", "east", "east of england", "eastern", "london", "south east", "south west"),
    )
)
FORCES = frozenset(
    (
        *("avon and somerset", "bedfordshire", "cambridgeshire", "cheshire", "city of london", "london city of", "cleveland"),
        *("cumbria", "derbyshire", "devon and cornwall", "dorset", "durham", "dyfed powys", "essex", "gloucestershire"),
        *("greater manchester", "greatermanchester", "gwent", "hampshire", "hampshire and isle of wight", "hertfordshire"),
        *("humberside", "kent", "lancashire", "leicestershire", "lincolnshire", "merseyside", "metropolitan", "mps", "norfolk"),
        *("north wales", "north yorkshire", "northamptonshire", "northumbria", "nottinghamshire", "south wales"),
        *("south yorkshire", "staffordshire", "suffolk", "surrey", "sussex", "thames valley", "warwickshire", "west mercia"),
        *("west midlands", "west yorkshire", "wiltshire", "british transport"),
    )
)
PLACES = frozenset(
    (
        *("barking and dagenham", "barnet", "bexley", "brent", "bromley", "camden", "croydon", "ealing", "enfield", "greenwich"),
        *("hackney", "hammersmith and fulham", "haringey", "harrow", "havering", "hillingdon", "hounslow", "islington"),
        *("kensington and chelsea", "kingston upon thames", "kingston", "lambeth", "lewisham", "merton", "newham", "redbridge"),
        *("richmond upon thames", "richmond", "southwark", "sutton", "tower hamlets", "waltham forest", "wandsworth"),
        *("westminster", "herefordshire", "shropshire", "worcestershire", "north worcestershire", "south worcestershire"),
        *("telford and wrekin", "telford", "buckinghamshire", "oxfordshire", "berkshire", "cornwall", "devon", "somerset"),
        *("avon", "rutland", "northumberland", "east sussex", "west sussex", "isle of wight", "tyne and wear"),
        *("county durham", "bristol", "birmingham", "manchester", "leeds", "liverpool", "sheffield", "nottingham"),
        *("leicester", "coventry", "dyfed", "powys", "cardiff", "swansea"),
    )
)
WHOLES = COUNTRIES | REGIONS | {"england total", "wales total", "national"}
"""Areas that stand above forces and districts: never added up with them."""

KNOWN = WHOLES | FORCES | PLACES


_LONGEST_MARKS = 40  # footnote marks are looked for this far from the end
_NOTE_MARKS = re.compile(
    "(?i)(?:\\s*(?:\\[(?:note \\d+|[a-z]|\\d{1,2})\\]|\\((?:note \\d+|[rpe])\\)"
    "|[\u00b9\u00b2\u00b3\u02d2\u2070-\u2079\u2020\u2021\u00a7^~*]))+$"
)
_GLUED_LIST = re.compile(r"(?<=[A-Za-z)%'\"])\s?\d{1,2}(?:\s?,\s?\d{1,2})+$")
_GLUED_DIGIT = re.compile(r"(?<=[A-Za-z]{4})\d{1,2}$|(?<=[A-Za-z][)%])\d{1,2}$")
_INNER_DIGIT = re.compile(r"(?<=[A-Za-z]{4})\d{1,2}(?=\)$)|(?<=[a-z\d]\))\d{1,2}(?= )")
_SPACED_DIGIT = re.compile(r"(?P<before>[A-Za-z]+) (?P<digit>\d{1,2})$")
_COUNTED = frozenset(
    (
        *("outcome", "tier", "table", "grade", "level", "category", "type", "band", "class", "section", "part", "year", "age"),
        *("stage", "priority", "phase", "schedule", "under", "over", "and", "to", "group", "question", "q", "item", "week"),
        *("day", "month", "quarter", "period", "step", "zone", "ward", "district", "area", "unit", "number", "no", "sector"),
        *("team", "rank", "wave", "form", "than", "of", "from", "at", "is"),
    )
)
"""Words after which a number is part of the name: "Outcome 16"."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")
CODE = re.compile(r"[A-Z]\d{8}|[A-Z]{1,4}\d{1,6}[A-Z]?|[A-Z0-9]{2,5}|\d{1,7}")
AREA_CODE = re.compile(r"[EWSNKJM]\d{8}")
TOTAL_CODE = re.compile(r"(?:E92|W92|S92|N92|K0\d|E12|E40|E15)\d+")
"""A country's or a region's, which stand above forces and districts."""
_ALL_OF = "areas|forces|offences|persons|ages|crime|lpas|districts|regions|providers|trusts|students|boroughs|wards"
_TOTAL = re.compile(
    r"(?:grand |sub-? ?|overall |regional |national |year |force )?totals?(?:$|[ ,:(/].*)|.* (?:sub-?)?total"
    rf"|all|sum:?|(?:overall )?results?|all (?:{_ALL_OF})|force ?wide|overall|national|average|.* average"
)
TOTAL_HEADING = re.compile(r"(?:grand |overall |sub-? ?|year |annual )?totals?|all|ytd|year to date")
"""Headings that are a total and nothing more; "Total recorded crime" is a measure of its own."""
_AREA_WORDS = (
    *("areas?", "policing areas?", "forces?", "boroughs?", "regions?", "lpas?", "lpu", "local policing (?:areas?|units?)"),
    *("districts?", "wards?", "divisions?", "bcu", "counties", "county", "country", "countries", r"local authorit\w+", "la name"),
    *("authority", "constabulary", "trusts?", "org(?:anisation)? name", "at name", "provider name", "sector name", "places?"),
    *("locations?", "location name", "csp", "community safety partnerships?", "commands?", "stations?", "neighbourhoods?", "snt"),
    *("fire and rescue services?", "frs", "falls within", "geography", "ltla", "utla", "state", "province", "territory"),
    *("municipality", "town", "city", "council"),
    *(r"[lm]?soa(?: ?\d\d)?(?:nm)?", r"(?:lad|pfa|ctyua|rgn|ctry|utla|ltla|csp|lrf)\d\dnm"),
)
_AREA_HEADING = re.compile(rf"(?i)\b(?:{'|'.join(_AREA_WORDS)})\b")
_NOT_AREA_HEADING = re.compile(
    r"(?i)\b(?:type|codes?|id|number|station name|reason|of force|rank|class|start|finish|point|address)\b"
)
CODE_HEADING = re.compile(
    r"(?i)(?:^|[ _])(?:codes?|id|ref(?:erence)?|gss|ons|ecode|e_code|uprn|postcode|lsoa code)(?:$|[ _])|^index$"
)
_EXCEPT = re.compile(r"(?i)\b(?:exclud\w+|excl|except|without|outside|other|rest|similar|peers?|compar\w+|than|vs|versus)\b")
TIME_ONLY = re.compile(
    r"(?i)(?:(?:financial|calendar|fiscal|reporting|time|year|month|quarter|12 months?|twelve months|period)[ -]?)*"
    r"(?:years?|months?|quarters?|periods?|dates?|days?|weeks?|wk|covered)(?: (?:ending|ended|to|end|commencing|beginning|starting))?:?"
)
"""Headings that say only that periods stand below."""
NOT_FIGURES = re.compile(
    r"(?i)^row labels$|^.*(?:period covered|last updated|next update).*$|^(?:.*[ _])?(?:longitude|latitude|lat|long|lng|easting|northing"
    r"|x coord\w*|y coord\w*"
    r"|postcode|phone|telephone|fax|uprn)$"
)
"""Headings of what is a number yet no figure: coordinates, telephone numbers."""
_DRESS = re.compile(
    r"\b(?:police(?: service| force area| force)?|constabulary"
    r"|force area|pcc|opcc|the|lpa|borough|ua|county council|mbc|total for|total)\b"
)


@lru_cache(maxsize=50_000)
def clean_label(text: str, note_numbers: frozenset[int] = frozenset()) -> str:
    """One line, single spaces, no footnote marks. A digit with a space before it goes only where the notes have that number."""
    text = " ".join(text.replace("\xa0", " ").split())
    text = _INNER_DIGIT.sub("", f"{text[:-_LONGEST_MARKS]}{_NOTE_MARKS.sub('', text[-_LONGEST_MARKS:])}")
    if (bare := f"{text[:-_LONGEST_MARKS]}{_GLUED_LIST.sub('', text[-_LONGEST_MARKS:])}") != text:
        return bare.strip()
    glued = _GLUED_DIGIT.search(text, max(0, len(text) - _LONGEST_MARKS))
    if glued and (not note_numbers or int(glued.group()) in note_numbers):
        return text[: glued.start()].strip()
    spaced = _SPACED_DIGIT.search(text, max(0, len(text) - _LONGEST_MARKS))
    if spaced and int(spaced["digit"]) in note_numbers and spaced["before"].lower() not in _COUNTED:
        return text[: spaced.start("digit")].strip()
    return text.strip()


def note_numbers(notes: Iterable[str]) -> frozenset[int]:
    """The numbers that the notes under a table carry: "4. Due to a technical issue ..."."""
    found = (re.match(r"[\[(]?(?:note )?(\d{1,2})[.)\]:]? ", note) for note in notes)
    return frozenset(int(match.group(1)) for match in found if match)


@lru_cache(maxsize=50_000)
def area_key(name: str) -> str:
    """What stays of an area's name whatever its case, dashes, "&", "Police" or "Constabulary"."""
    text = _DASHES.sub("-", clean_label(name)).lower().replace("&", " and ").replace("-", " ").replace(",", " ").replace("'", "")
    return " ".join(_DRESS.sub(" ", re.sub(r"\(.*?\)", " ", text)).split()) or " ".join(text.split())


def is_area(name: str, office: frozenset[str] = frozenset()) -> bool:
    """Whether a label is the name of an area that the office or every reader knows."""
    key = area_key(name)
    return key in KNOWN or key in office


def is_area_heading(text: str) -> bool:
    """Whether a heading says that areas stand below it."""
    plain = re.sub(r"([a-z])([A-Z])", r"\1 \2", text)
    return bool(_AREA_HEADING.search(plain)) and not _NOT_AREA_HEADING.search(plain)


def is_label_heading(text: str) -> bool:
    """Whether a text is the heading of a first column of areas or periods and no name of one: "District", "Week commencing"."""
    return TIME_ONLY.fullmatch(text) is not None or (len(text.split()) < 4 and is_area_heading(text) and not is_area(text))


@lru_cache(maxsize=50_000)
def is_total(label: str) -> bool:
    """Whether a label says a total, a sub-total, an average or a whole region: never to be added up with its parts."""
    return _TOTAL.fullmatch(clean_label(label).lower()) is not None or area_key(label) in WHOLES


@lru_cache(maxsize=10_000)
def find_area(text: str, office: frozenset[str] = frozenset()) -> str | None:
    """The one area that a title or a line names by itself: "England and Wales", "Force: West Mercia", "Shropshire - 2019/20"."""
    parts = [part.strip() for part in re.split(r"[:|;,/=]| - | \u2013 | is ", clean_label(text)) if part.strip()]
    if found := [part for part in parts if is_area(part, office)]:
        return clean_label(found[0])
    within = re.findall(r"\b(?:in|for|across) ((?:[A-Z][\w'-]+|and|of|the)(?: (?:[A-Z][\w'-]+|and|of|the))*)", text)
    names = [name for name in within if is_area(name, office)] or _at_an_end(clean_label(text), office)
    return names[0] if len(set(names)) == 1 else None


def _at_an_end(text: str, office: frozenset[str]) -> list[str]:
    """The office's own area with which a line begins or ends ("Shropshire performance"), where it names no other of them."""
    lower = text.lower() if len(text) < 200 else ""
    spelt = (re.escape(key).replace(r"\ ", r"[\W_]+").replace("and", "(?:and|&)") for key in office if key.split()[0] in lower)
    found = [match for words in spelt if (match := re.search(rf"(?i)\b{words}\b", text))]
    whole = [match for match in found if not any(match.group() in other.group() for other in found if other is not match)]
    if len(whole) != 1 or _EXCEPT.search(text):
        return []
    before, after = text[: whole[0].start()].strip(), text[whole[0].end() :].strip()
    return [whole[0].group()] if (not before or not after) and not re.match(r"(?i)(?:and\b|&)", after) else []

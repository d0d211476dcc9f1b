"""Who is to act, as the words of an action name them (before `to`, after `asked`, in brackets, or beside it), and who is meant by it.

Names and owners are paired with people and posts by the notes' own list first, then by who held which post on the day; never by order. Nobody named is nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportpack import patterns as re
from reportpack.model.minutes import Attendance
from reportpack.model.office import Office
from reportpack.read.minutes.grammar.classes import is_imperative, listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Mood, has, words_of
from reportpack.read.minutes.people import GROUPS, ROLES, People, looks_like_name, looks_like_owner, plain_name, split_owners
from reportpack.read.posts import read_post

_ACTS = (Mood.WILL, Mood.AGREED, Mood.ASKED, Mood.DECIDED, Mood.OUGHT, Mood.QUESTION)
_SHORT = r"(?:[A-Z]{2,5}[a-z]?|[TA]/[A-Z]{2,4}|[Aa]ll|ALL)"
_SHORT_ONLY = re.compile(rf"{_SHORT}(?:\s*(?:[/,&+;]|and)\s*{_SHORT})*\.?")
_DASHED = re.compile(r"(?P<owners>[A-Z][^.;:]{0,60}?)\s*(?:\s[-\u2013\u2014]|:)\s+(?P<rest>\S.*)", re.DOTALL)
_BRACKET = re.compile(r"[(\[](?:(?i:action|lead|owner|by|for)[: ]+)?(?P<owners>[^()\[\]]{2,160})[)\]]")
_DATED = re.compile(r",?\s*(?:by\s+)?(?:\w+day\s+)?\d{1,2}(?:st|nd|rd|th)?[ ./-]\w+(?:[ ./-]\d{2,4})?\s*$")
_STARTS = re.compile(r"(?P<owners>[A-Z]{2,4}(?:\s?[/&]\s?[A-Z]{2,4})*)\s+(?=[A-Za-z][a-z]{2,}(?! of\b))")
_BEFORE = re.compile(
    r"(?i)^(?:upon|at the (?:request|suggestion) of|following|after|in|on|as|subject to|once|when|with|if|prior to|before|by|during|given|where|from) [^,;:.]{3,110},\s+(?=[A-Z])"
)
_HELPED = re.compile(
    r"(?i)[,\s]+(?:with (?:the )?(?:[\w/ ]{1,50} )?(?:input|support|help|assistance|advice)(?: (?:of|from)\b.*)?|supported by .*|in (?:conjunction|consultation|liaison|collaboration) with .*|on behalf of .*)$"
)
_ASIDE = re.compile(r"(?i)\s*\((?:supported|with|for|on behalf|via|copied|assisted|or|and|in) [^()]*\)(?=\s)")
"""`CC (or DCC in his absence) to meet ...`."""
_TRAILED = re.compile(
    r"(?:\s[-\u2013\u2014]|:|(?<=[a-z])[.;](?=\s))\s*@?(?P<owners>[A-Z][\w/&,'\u2019 -]{1,50}?)(?: by .{3,30})?\.?$|:\s*(?P<handle>@?[a-z][a-z0-9-]{2,20})$"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z(])|;\s+")
_BEGINS = ("For ", "for ", "Request for ", "Requests for ", "The following ", "following ")
_EVERYBODY = listed("all secretariat chair the_chair the_secretariat")
_THE_BODY = listed("panel group board all")
_AMONG = GROUPS | listed("the of and /")
_DOES = listed("to will would that is are")


def owners_of(words: str, people: People) -> tuple[str, ...]:
    """Every owner that the words of an action name, as written, in their order."""
    if trailed := _trailed(words, people):
        return trailed
    found: list[str] = []
    for at, sentence in enumerate(_SENTENCE.split(_BEFORE.sub("", words, count=1)[:3000])[:8]):
        _add(found, _leading(sentence, people, sure=at == 0))
    starts = _STARTS.match(words) if not found else None
    rest = words[starts.end() :] if starts is not None else ""
    if starts is not None and is_imperative(rest) and not rest.partition(" ")[2][:1].isupper():
        found.extend(split_owners(starts["owners"]))
    if not found:
        found.extend(agents_in(words, people))
    if bracketed := _bracketed(words, people, every=not found):
        everybody = all(one.lower() == "all" for one in bracketed)
        found = [] if everybody and all(one.split()[-1].lower() in GROUPS for one in found) else found
        found = [one for one in found if one.lower().removeprefix("the ") not in _THE_BODY and not _same(one, bracketed)]
        _add(found, bracketed)
    return tuple(found)


def agents_in(words: str, people: People) -> tuple[str, ...]:
    """`a letter be sent by the Chief Executive`, `to be picked up between GH and EF`: who is to do what is done."""
    read = words_of(words[:600])
    for begin in (at for at, low in enumerate(read.low, 1) if low in ("by", "between") and at > 1):
        beside = enumerate(zip(read.shown[begin:], read.low[begin:], strict=True), begin)
        ends = (at for at, (shown, low) in beside if not shown[:1].isupper() and low not in _AMONG)
        parts = split_owners(read.between(begin, next(ends, len(read.low))).removeprefix("the "))
        bare = (one.removeprefix("the ") for one in parts)
        known = (people.known(one) or looks_like_owner(one, people, sure=False) or has(one.split()[0], ROLES) for one in bare)
        if parts and all(known):
            return tuple(one.removeprefix("the ") for one in parts)
    return ()


def _trailed(words: str, people: People) -> tuple[str, ...]:
    """`Open an issue on this: Chris`: who is named last, where the attendance knows them."""
    if (match := _TRAILED.search(words[-120:])) is None or len(words[: len(words) - len(match[0])].split()) < 2:
        return ()
    parts = split_owners(match["owners"] or match["handle"])
    return parts if parts and all(people.known(part) for part in parts) else ()


def _same(one: str, others: Sequence[str]) -> bool:
    return any(plain_name(one) == plain_name(other) for other in others)


def _add(found: list[str], more: tuple[str, ...]) -> None:
    found.extend(one for one in dict.fromkeys(more) if not _same(one, found))


def _leading(sentence: str, people: People, *, sure: bool) -> tuple[str, ...]:
    """`JT and GSc to prepare`, `NH is to cost`, `The Secretariat will`, `KK agreed to`; a passive names nobody."""
    dashed = _DASHED.fullmatch(sentence) if sure else None
    if dashed is not None and owner_alone(dashed["owners"], people):
        return tuple(split_owners(dashed["owners"]))
    for before in _BEGINS:
        sentence = sentence.removeprefix(before)
    for clause in clauses_of(_ASIDE.sub("", sentence)):
        asked = is_imperative(clause.actor) and not people.known(clause.actor.split()[0])
        if clause.passive or clause.mood not in _ACTS or (clause.deed == clause.by and clause.by != "offer") or asked:
            continue
        if found := _named(clause.actor, people, sure=sure):
            return found
    return ()


def _named(actor: str, people: People, *, sure: bool) -> tuple[str, ...]:
    """The owners in the words for who acts; `Comms/Media team` is one, where nobody knows a Comms."""
    text = _HELPED.sub("", actor.removeprefix("for ").removeprefix("For ")).strip()
    parts = split_owners(text)
    if not looks_like_owner(text, people, sure=sure):
        return parts if len(parts) > 1 and all(looks_like_owner(part, people, sure=sure) for part in parts) else ()
    if people.known(text) and len(parts) == 1:
        return (text,)
    first, slash, last = text.partition("/")
    joined = slash and first.isalpha() and first.istitle() and len(last.split()) == 2 and last.split()[-1] in GROUPS
    if joined and not people.known(first):
        return (text,)
    return parts if all(looks_like_owner(part, people, sure=True) for part in parts) else (text,)


def _bracketed(words: str, people: People, *, every: bool) -> tuple[str, ...]:
    for match in reversed(list(_BRACKET.finditer(words))):
        at_end = not words[match.end() :].strip(" .")
        text = _DATED.sub("", match["owners"].strip())
        short = _abbreviates(words[: match.start()].rstrip(), text)
        if (not at_end and (short or not every)) or (short and not every):
            continue
        parts = split_owners(text)
        if len(parts) == 2 and looks_like_name(parts[0]) and parts[1].isupper() and parts[1].casefold() in people.bodies:
            parts = parts[:1]
        if parts and all(part[:1] == "@" or part.lower() in _EVERYBODY or owner_alone(part, people) for part in parts):
            return parts
    return ()


def _abbreviates(before: str, short: str) -> bool:
    """Whether brackets only abbreviate the words before them: `Right to Data (RTD)`, `Local Government Association (LGA)`."""
    if not short.isupper():
        return False
    words = [word for word in before.replace("-", " ").split()[-len(short) - 2 :] if word[0].isupper()]
    return "".join(word[0] for word in words[-len(short) :]).upper() == short


def owner_alone(text: str, people: People) -> bool:
    """Whether a text is nothing but owners: `RJ/DB/AC`, `Janet Hughes`, `DCLG / Local Government Group`."""
    if not (bare := text.strip(" .:*_-\u2013()")) or len(bare) > 90 or has(bare, _DOES):
        return False
    if _SHORT_ONLY.fullmatch(bare):
        return True
    parts = split_owners(bare)
    return bool(parts) and all(people.known(part) or looks_like_name(part) or _is_group(part) for part in parts)


def _is_group(part: str) -> bool:
    words = part.split()
    capitals = all(word[:1].isupper() or word.lower() in ("of", "the", "and", "policy", "project") for word in words[:-1])
    return len(words) <= 5 and words[-1].lower().strip(".") in GROUPS and words[0][:1].isupper() and capitals


def pair_by_posts(entries: Sequence[Attendance], office: Office, day: date) -> tuple[Attendance, ...]:
    """Each name without a capacity takes the listed capacity of the post that the person held; the others stay as they are."""
    loose = [one for one in entries if one.name is None and one.post]
    taken, paired = list[Attendance](), list[Attendance]()
    for one in entries:
        post = post_of_person(one.name, office, day) if one.name and not one.post else ""
        own = (other for other in loose if post and other not in taken and _post_named(other.post or "", office) == post)
        if (found := next(own, None)) is not None:
            taken.append(found)
        paired.append(replace(one, post=found.post) if found is not None else one)
    return tuple(one for one in paired if not any(one is other for other in taken))


def _post_named(text: str, office: Office) -> str:
    words, _, rest = text.partition(" (")
    return read_post(words, office) or read_post(rest.rstrip(")"), office)


def post_of_person(name: str, office: Office, day: date) -> str:
    """The id of the post that the person held on that day; empty where nobody of that name did."""
    wanted = plain_name(name)
    return next((one.post for one in office.people if plain_name(one.name) == wanted and one.holds_on(day)), "")


def people_meant(owner: str, entries: Sequence[Attendance]) -> tuple[Attendance, ...]:
    """Everybody of the notes' own list whom the words may mean: by name, initials, surname with a title or post before it, first name."""
    named = [one for one in entries if one.name]
    text = owner.removeprefix("The ").removeprefix("the ").strip(" .@")
    if text.isupper() and 2 <= len(text) <= 4:
        return tuple(one for one in named if text in _initials(one.name or ""))
    words = plain_name(text).split()
    if (whole := [one for one in named if words and plain_name(one.name or "").split() == words]) or not words:
        return tuple(whole)
    alone = len(words) == 1
    surname = [one for one in named if plain_name(one.name or "").split()[-1:] == words[-1:] and (alone or has(text, ROLES))]
    return tuple(surname or [one for one in named if alone and plain_name(one.name or "").split()[:1] == words])


def _initials(name: str) -> tuple[str, str]:
    """`CD` and, for somebody with more names than two, the first and the last: `Ann Mary Bell` is `AMB` or `AB`."""
    letters = [word[0].upper() for word in plain_name(name).replace("-", " ").split()]
    return "".join(letters), "".join(letters[:1] + letters[-1:])


def post_of_owner(owner: str, entries: Sequence[Attendance], office: Office, day: date | None) -> str:
    """The id of the post that the words name: by the notes' own list, then the office's posts, then who held one on the day; empty where two may be meant."""
    if owner.isupper() and (post := read_post(owner, office)):
        return post  # `PO` is the post that is called so, whoever has these initials
    if len(meant := people_meant(owner, entries)) > 1:
        return ""
    own = meant[0].post if meant else None
    found = (_post_named(own, office) if own else "") or read_post(owner, office)
    if found or day is None:
        return found
    if held := post_of_person(meant[0].name or "" if meant else owner, office, day):
        return held
    # `Mr Harcastle`, `Deputy Chief Constable Orme`: the one person of that surname who held a post on the day.
    words = plain_name(owner).split()
    titled = (len(words) == 1 and words[0] != owner.strip().casefold()) or has(owner, ROLES)
    posts = {one.post for one in office.people if words and plain_name(one.name).split()[-1:] == words[-1:] and one.holds_on(day)}
    return posts.pop() if len(posts) == 1 and titled else ""

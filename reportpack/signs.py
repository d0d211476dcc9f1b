"""The signs that a line of notes may begin with (`/a cc custody note 14/6`, `= carry sep`), on paper and on the clerk's screen: each is spelt out as the
labelled line that it means, so that whoever reads labels reads signs. What is unclear stays as typed; nothing is guessed."""

from calendar import day_abbr, day_name, month_name
from collections.abc import Callable

from reportpack import patterns as re
from reportpack.records import Record

SIGN = re.compile(
    r"(?i)[/=](?P<prose>[/=][^/=].*)|(?:/(?P<letter>[a-z])(?=\s|$)|(?P<outcome>=)(?=\s?[a-z\d]))\s*(?P<words>.*?)\s*"
)
_MONTHS = [name.lower() for name in month_name]
_MONTH = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_WHEN = (
    rf"(?:(?P<day>\d{{1,2}})(?:/(?P<number>0?[1-9]|1[0-2])|\s(?P<named>{_MONTH}))(?:[/\s](?P<year>(?:20)?\d\d))?"
    rf"|(?P<weekday>mon|tue|wed|thu|fri)(?:s|nes|rs?)?(?:day)?|(?P<month>{_MONTH})|\?)"
)
_LAST = re.compile(rf"(?i)(?P<words>.*?)(?:\s|^)(?:by\s+)?(?P<when>(?!(?:may|mar|march)\.?$){_WHEN})\.?")
"""Last words that may be no month, or no day (`sat`, `sun`), stay words, and the date is asked about."""
_FIRST = re.compile(rf"(?i){_WHEN}(?=\s|$)\s*(?P<rest>.*)")
_OURS = re.compile(r"(?i)^[a-z]{0,2}\d{1,4}/\d{4}$")  # capitals, however typed; an office's own are kept as written
_OUTCOME = re.compile(
    r"(?i)(?:(?P<ref>(?=\S*\d)[a-z\d][\w()/.-]*)\s+)?(?:(?P<how>carry)\b\s*(?:to\s+)?(?P<to>.*)"
    r"|(?P<end>closed|not reached|action|(?<=\s)(?:accepted|disputed))\b\W*(?P<more>.*)|(?<=\s)(?P<late>\d.*))"
)
_TESTS = ((">=", "at least"), ("<=", "at most"), (">", "over"), ("<", "under"))


class Sign(Record):
    """A signed line: its letter (or `=`; empty for prose), what it means in words (empty where it says nothing, or goes back to an `item`), the
    reference that it is about with what is told of it, and the kinds of query that it answers by saying that something is not known."""

    letter: str
    text: str
    item: str = ""
    ref: str = ""
    unsaid: tuple[str, ...] = ()


def read_sign(line: str, owner: Callable[[str], str]) -> Sign | None:
    """None for a line without a sign; `owner` gives a first word as who is meant by it is written, empty where it is no owner."""
    match = SIGN.fullmatch(line) if line[:1] in ("/", "=") else None
    if match is None or match["prose"]:
        return Sign("", match["prose"]) if match is not None else None
    letter, words = (match["letter"] or "=").lower(), match["words"]
    if letter == "=":
        ref, text = _outcome(words)
        return Sign(letter, text, ref=ref, unsaid=("action-without-owner", "action-without-date"))
    if letter in ("i", "d"):
        title = words[1:].strip() if letter == "i" and words[:1] == "+" else ""
        text = f"Decision: {words}" if letter == "d" and words else title[:1].upper() + title[1:]
        return Sign(letter, text, item=words.rstrip(".") if letter == "i" and not title else "")
    who, said = _who(words, owner)
    unsaid = ["action-without-owner", "promise-without-owner"] if words[:2] == "? " else []
    unsaid += ["action-without-date"] if words.endswith(" ?") else []
    return Sign(letter, _SPELT[letter](who, said) if letter in _SPELT and said else "", unsaid=tuple(unsaid))


def _who(words: str, owner: Callable[[str], str]) -> tuple[str, str]:
    first, _, rest = words.partition(" ")
    owners = [owner(one) for one in first.rstrip(":,").split("+")]
    return ("", rest) if first == "?" else ("+".join(owners), rest.strip()) if all(owners) else ("", words)


def _parted(said: str) -> tuple[str, str]:
    """The words without the last ones, where those say when: a day, a weekday or a month's meeting in full."""
    match = _LAST.fullmatch(said)
    return (match["words"].rstrip(" .,;"), _when(match)) if match is not None else (said, "")


def _when(match: re.Match[str]) -> str:
    if match["weekday"]:
        return day_name[[*day_abbr].index(match["weekday"].title())]
    short = (match["named"] or match["month"] or "").lower()
    number = int(match["number"] or next((at for at, name in enumerate(_MONTHS) if short and name.startswith(short[:3])), 0))
    year = f" {match['year'].rjust(4, '0').replace('00', '20', 1)}" if match["year"] else ""
    return f"{match['day']} {month_name[number]}{year}" if match["day"] else f"{month_name[number]} meeting" if number else ""


def _action(who: str, said: str) -> str:
    words, when = _parted(said)
    return f"Action{f' for {who}' if who else ''}: {words}{f'. Due: {when}' if when else ''}" if words else ""


def _promise(who: str, said: str) -> str:
    words, when = _parted(said)
    for mark, meant in _TESTS:
        words = re.sub(rf"\s*{mark}\s*", f" {meant} ", words)
    by = f", by {'the ' if when.endswith('meeting') else ''}{when}" if when else ""
    return f"Commitment: {f'{who} - ' if who else ''}{words.strip()}{by}"


_SPELT: dict[str, Callable[[str, str], str]] = {
    "a": _action,
    "p": _promise,
    "q": lambda who, said: f"Question{f' from {who}' if who else ''}: {said}",
    "r": lambda who, said: f"Answer{f' by {who}' if who else ''}: {said}",
}


def _outcome(words: str) -> tuple[str, str]:
    """The reference, if any, and `Outcome: carried to the September meeting`, `16/2018: accepted`; empty for what is no outcome."""
    match = _OUTCOME.fullmatch(words)
    if match is None:
        return "", ""
    until = _FIRST.fullmatch(match["to"] or match["late"] or "")
    when, rest = (_when(until), until["rest"]) if until is not None else (match["to"] or match["late"] or "", "")
    where = f" to {'the ' if when.endswith('meeting') else ''}{when}" if when else ""
    ended = (match["end"] or "").lower().replace("action", "superseded by an action")
    told = ended or f"{'carried' if match['how'] else 'put back'}{where}"
    more = match["more"] or rest
    ref = _OURS.sub(lambda own: own[0].upper(), match["ref"] or "")
    return ref, f"{ref or 'Outcome'}: {told}{f', {more}' if more else ''}"

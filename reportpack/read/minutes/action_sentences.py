"""Actions inside running words: a label in mid-line, a label that holds only owners, a resolution that asks somebody to act."""

from itertools import pairwise

from reportpack import patterns as re
from reportpack.read.minutes.drafts import SENTENCES, TO_DO, Collector, Draft, draft_of
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.labels import MIDLINE, ActionLabel, action_label
from reportpack.read.minutes.outline import INITIALS_ALONE
from reportpack.read.minutes.owners import owner_alone
from reportpack.read.minutes.people import GROUPS, split_owners
from reportpack.read.minutes.undertakings import says_who_acts
from reportpack.read.minutes.wraps import Passage

_RESOLVED = re.compile(r"\W{0,2}(?:it was )?(?:resolved|agreed)\s?[-\u2013\u2014:]\s*(?P<parts>.+)", re.IGNORECASE)
_BRACKETED = re.compile(
    r"[(\[](?:ACTIONS?|Actions?)(?: (?:for|by|on|point))?\s*[:\u2013-]?\s+(?P<words>[A-Z][^()\[\]]{1,200})[)\]]"
)
_CLOSED_BY = re.compile(r"(?<=[.!?])\s+(?:ACTIONS?|Actions?)\s+(?P<owners>[A-Z][A-Za-z/&, ]{1,40})\.?$")
LETTER = re.compile(r"\((?P<letter>[a-z]|[ivx]{1,4})\)\s*")
_RESOLVED_ALONE = re.compile(r"\W{0,2}(?:it was )?resolved(?: that)?\W*", re.IGNORECASE)
_THAT = re.compile(r"\W*(?:\d{1,2}[.)]\s*)?that\s", re.IGNORECASE)
_AND_THAT = re.compile(r"(?:[;,]\s*(?:and\s+)?|\s+and\s+)(?=that\s)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"^\W*\d{1,3}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z])")
_LINKS = listed("of for and on in to the or with from at")
_CHARGED = listed("asked requested invited instructed authorised directed required")
_OFFICERS = listed("chair chairman clerk officer officers secretary treasurer director constable commissioner head")
_OWN_DEEDS = listed(
    "be is are was note receive approve agree endorse accept adopt support welcome thank go continue has have had recognise commend "
    "confirm acknowledge will would should"
)


def take_owner_only(collector: Collector, at: int, passage: Passage, label: ActionLabel, owner: str) -> None:
    """`Action: RJ/DB` below one or more paragraphs: the sentence among them that asks for something, first of these owners."""
    above = _above(collector, at)
    if not above:
        collector.found.append(Draft(owner, at, passage.names, 0.5, label.number, owner))
        return
    names = [name for part in split_owners(owner) for name in collector.people.names_of(part)]
    spoken = [(sentence, one) for one in above for sentence in SENTENCES.split(_PARAGRAPH.sub("", one.text))]
    named = [pair for pair in spoken if any(re.search(rf"\b{re.escape(name)}", pair[0], re.IGNORECASE) for name in names)]
    asking = [pair for pair in named if says_who_acts(pair[0])] or [pair for pair in spoken[-1:] if not named] or named
    words, before = asking[-1]
    collector.found.append(Draft(words.strip(), at, before.names, 0.75, label.number, owner.strip(" .*"), own_line=passage.line))
    collector.last_at = at


def stands_below(collector: Collector, at: int, passage: Passage) -> bool:
    """Whether a line is nothing but initials of people who were there, below words that they may have to act on."""
    before = collector.passages[at - 1] if at else None
    if (
        before is None
        or before.cells
        or len(before.text) < 25
        or passage.cells
        or passage.mark
        or not INITIALS_ALONE.fullmatch(passage.text)
    ):
        return False
    return all(collector.people.known(part) for part in split_owners(passage.text))


def _above(collector: Collector, at: int) -> list[Passage]:
    """The paragraphs above a line of owners, back to a title or to the last action."""
    found: list[Passage] = []
    for number in range(at - 1, max(-1, at - 7), -1):
        one = collector.passages[number]
        if number in collector.outline.titles or number in collector.taken or one.cells or action_label(one.text):
            break
        if len(one.text) > 15:
            found.insert(0, one)
    return found


def _take_bracketed(collector: Collector, at: int, passage: Passage) -> None:
    """`It should be confirmed whether users may download it. (Action DCLG)`: the sentence it closes, or the words in the brackets."""
    for match in _BRACKETED.finditer(passage.text):
        words = match["words"].strip(" .*_")
        line = _line_of(passage, match.group(0)[:12])
        before = passage.text[: match.start()].strip()
        if owner_alone(words, collector.people):
            last = SENTENCES.split(before)[-1].strip()
            if len(last) > 12:
                collector.taken.add(at)
                collector.add(Draft(last, at, passage.names, 0.75, owner=words, own_line=line))
        elif before and not before.endswith((".", "!", "?", ")")) and TO_DO.search(words):
            collector.taken.add(at)
            collector.add(draft_of(words, at, passage, 0.9, line=line))


def _take_closing(collector: Collector, at: int, passage: Passage) -> None:
    """`The plan should be circulated. Action CB`: a sentence with its owner behind it, under no colon."""
    match = _CLOSED_BY.search(passage.text)
    if match is None or not owner_alone(match["owners"], collector.people):
        return
    last = SENTENCES.split(passage.text[: match.start()].strip())[-1].strip()
    if len(last) > 12:
        collector.taken.add(at)
        collector.add(Draft(last, at, passage.names, 0.75, owner=match["owners"], own_line=passage.names[-1]))


def take_mid_line(collector: Collector, at: int, passage: Passage) -> None:
    """`... alternative data sources. Action: For TS/BB to provide ...`."""
    if "ction" not in passage.text and "CTION" not in passage.text:
        return
    _take_bracketed(collector, at, passage)
    _take_closing(collector, at, passage)
    pieces = MIDLINE.split(passage.text)
    labelled = action_label(passage.text) is not None
    for number in range(1, len(pieces) - 1, 2):
        words = pieces[number + 1].strip(" *_")
        if labelled and number == 1 and owner_alone(words, collector.people):
            continue
        before = pieces[number - 1].strip()
        if before.count("(") < before.count(")") or words.count(")") > words.count("("):
            words = words.rstrip(".").removesuffix(")")
        line = _line_of(passage, pieces[number])
        collector.taken.add(at)
        if not words or owner_alone(words, collector.people):
            last = SENTENCES.split(before)[-1].strip()
            if words and last:
                collector.found.append(Draft(last, at, passage.names, 0.75, owner=words.strip(" ."), own_line=line))
            continue
        collector.found.append(draft_of(words, at, passage, 0.93, line=line))
        collector.last_at = at


def _line_of(passage: Passage, label: str) -> str:
    return next((name for name, text in passage.lines if label in text), passage.line)


def take_resolutions(collector: Collector, at: int, passage: Passage) -> None:
    """`Resolved - that the report be noted and that the Commissioner be asked to give ...`: each part that asks somebody else to act."""
    match = _RESOLVED.fullmatch(_PARAGRAPH.sub("", passage.text))
    opened = at > 0 and _RESOLVED_ALONE.fullmatch(collector.passages[at - 1].text) is not None
    goes_on = at - 1 in collector.resolved and _THAT.match(passage.text) is not None
    if match is None and not opened and not goes_on:
        return
    collector.resolved.add(at)
    pieces = LETTER.split(match["parts"] if match is not None else passage.text)
    lettered = [("", pieces[0]), *((f"({pieces[at]})", pieces[at + 1]) for at in range(1, len(pieces) - 1, 2))]
    for letter, text in ((letter, part) for letter, whole in lettered for part in _AND_THAT.split(whole)):
        words = re.sub(r"[;,|\s]*(?:\band)?[;,|\s]*$", "", _PARAGRAPH.sub("", text.strip()))
        who = _asked_to_act(words)
        if who:
            collector.taken.add(at)
            collector.found.append(Draft(words, at, passage.names, 0.85, letter, who))


def _asked_to_act(words: str) -> str:
    """Who is to act by `that X write to Y`, `that X be asked to write`; nobody where the meeting itself notes, agrees or goes on."""
    if not _THAT.match(words):
        return ""
    said = words.split()
    said = said[next(at for at, word in enumerate(said) if word.lower() == "that") + 1 :]
    for at, (word, verb) in enumerate(pairwise(said[:9])):
        if verb.islower() and verb not in _LINKS and (word[:1].isupper() or word.lower() in GROUPS | _OFFICERS):
            passive = verb == "be" and at + 2 < len(said) and said[at + 2].strip(",") in _CHARGED
            acts = verb not in _OWN_DEEDS and not verb.endswith(("ed", "s"))
            return " ".join(said[: at + 1]) if passive or acts else ""
    return ""

"""Which words of a reply are about which row: by the references that they name, in whatever way a person writes one; never by a guess."""

from collections.abc import Iterator, Mapping, Sequence

from reportpack import patterns as re
from reportpack.model.register_columns import SheetName
from reportpack.model.register_row import RegisterRow
from reportpack.model.reply import Passage, Reply
from reportpack.records import dataclass

_NUMBERED = re.compile(
    r"(?<![\w/.])(?P<called>(?:actions?|matters?|item|ref(?:erence)?|no)\.?\s*(?:no\.?|number)?\s*)?"
    r"(?P<prefix>[A-Z]{0,3})(?P<number>\d{1,4})\s*(?:/|\bof\b)\s*(?P<year>(?:19|20)\d\d|\d\d)(?![\d/]|\.\d)",
    re.IGNORECASE,
)
"""`17/2022`, `M3/19`, `Action 05/2019`, `11 of 2019`; not what stands in a date, as in 28/05/2019."""
_OWN_SHAPE = re.compile(r"[A-Za-z]{0,3}\d{1,4}/(?:19|20)\d\d")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z(\d])")
_SIGNED = re.compile(
    r"(?:(?:kind|best|many|warm) )*(?:regards|wishes|thanks|thank you|yours (?:sincerely|faithfully)|cofion)\b.*", re.IGNORECASE
)
"""How people close a letter: no words about anything."""
_SHEETS = (SheetName.ACTIONS, SheetName.MATTERS)
_ANSWERS = re.compile(r"\s*(?:re|fwd?|fw)\s*:", re.IGNORECASE)
_SHORT = 3


class NamedRows:
    """The rows of the register, found by the references that words name."""

    def __init__(self, rows: Sequence[RegisterRow]) -> None:
        self.rows: Mapping[str, RegisterRow] = {row.ref: row for row in rows if row.sheet in _SHEETS and row.ref}
        self._known = {ref.upper(): ref for ref in self.rows}
        others = sorted((ref for ref in self.rows if not _OWN_SHAPE.fullmatch(ref)), key=len, reverse=True)
        self._others = re.compile("|".join(_as_named(ref) for ref in others), re.IGNORECASE) if others else None

    def row(self, ref: str) -> RegisterRow | None:
        """The row of a reference as somebody wrote it, alone."""
        ref = " ".join(ref.split())
        known = self._known.get(ref.upper())
        if known is None:
            match = _NUMBERED.fullmatch(ref)
            known = self._known.get(_plain(match)) if match is not None else None
        return self.rows[known] if known is not None else None

    def named_in(self, words: str) -> tuple[list[str], list[str]]:
        """The references of rows that words name, in their order; and a sentence for each word that may be one and is none, or another thing."""
        found: dict[int, str] = {}
        doubtful: dict[str, None] = {}
        for match in self._others.finditer(words) if self._others is not None else ():
            ref = next(one for one in match.groups() if one)
            found[match.end() - len(ref)] = self._known[ref.upper()]
        for match in _NUMBERED.finditer(words):
            if any(start <= match.start("number") < start + len(ref) for start, ref in found.items()):
                continue
            called, known = bool(match["called"]), self._known.get(_plain(match))
            if known is not None and (called or not _may_be_a_month(match)):
                found[match.start()] = known
            elif known is not None:
                doubtful[f"It says {match[0].strip()}, which may be {known} or a month: say which."] = None
            elif called or (len(match["year"]) == 4 and not _may_be_a_month(match)):
                doubtful[f"It names {match[0].strip()}, which the register does not have."] = None
        return list(dict.fromkeys(found[at] for at in sorted(found))), list(doubtful)

    def without_references(self, words: str) -> str:
        """The words without the references in them."""
        plain = _NUMBERED.sub(" ", words)
        return self._others.sub(" ", plain) if self._others is not None else plain


@dataclass(frozen=True, slots=True)
class Said:
    """By row, the passages about it; and what a reader ought to know."""

    words: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...] = ()


def said_of(reply: Reply, named: NamedRows) -> Said:
    """Every passage of every row. Words that name none are about the quoted lines that they stand under; else, where nothing else
    is, about what the subject names."""
    words: dict[str, list[str]] = {}
    remarks: list[str] = []
    loose: list[str] = []
    for passage in reply.passages or (Passage(reply.text),):
        blocks = list(_blocks(passage.text, named, remarks))
        under, _ = named.named_in(passage.below)
        for refs, text in blocks:
            if not refs and _SIGNED.match(text):
                continue
            about = refs or (under if len(under) == 1 else [])
            if not about and len(under) > 1:
                remarks.append(f'"{_short(text)}" stands under lines that name {", ".join(under)}: say which it is about.')
            elif not about:
                loose.append(text)
            for ref in about:
                words.setdefault(ref, []).append(text)
                remarks.extend(
                    [f"The words about {ref} are in a letter of {passage.by} that it passes on."] if passage.by else []
                )
    for ref in _of_title(reply.title, named, remarks):
        if ref not in words and loose and (not words or not reply.passages[1:]):
            words[ref] = ["\n\n".join(loose)]
    if not (reply.text.strip() or reply.lines or reply.remarks or _ANSWERS.match(reply.title)):
        words = {ref: [reply.title] for ref in named.named_in(reply.title)[0]}
    return Said({ref: tuple(dict.fromkeys(texts)) for ref, texts in words.items()}, tuple(remarks))


def _of_title(title: str, named: NamedRows, remarks: list[str]) -> list[str]:
    refs, doubtful = named.named_in(title)
    remarks.extend(doubtful)
    return refs


def _blocks(text: str, named: NamedRows, remarks: list[str]) -> Iterator[tuple[list[str], str]]:
    """Words from one that names something to the next that does, or to an empty line; what stands before and after names nothing."""
    refs: list[str] = []
    said: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            if said:
                yield refs, "\n".join(said).strip()
            refs, said = [], []
            continue
        for number, sentence in enumerate(_SENTENCE.split(line)):
            here, doubtful = named.named_in(sentence)
            remarks.extend(doubtful)
            if (here or doubtful) and said and here != refs:
                yield refs, "\n".join(said).strip()
                said = []
            if here or doubtful:
                refs = here
            if said and number:
                said[-1] = f"{said[-1]} {sentence}"
            else:
                said.append(sentence)
    if said:
        yield refs, "\n".join(said).strip()


def _plain(match: re.Match[str]) -> str:
    """`4/19` as 4/2019, `M05/2019` as M5/2019."""
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    return f"{match['prefix'].upper()}{int(match['number'])}/{year}"


def _may_be_a_month(match: re.Match[str]) -> bool:
    """`05/2019` may be May 2019, and `4/19` anything."""
    return not match["prefix"] and (match["number"].startswith("0") or len(match["year"]) == 2) and int(match["number"]) <= 12


def _as_named(ref: str) -> str:
    """How words name a reference of another shape: as it is; a very short one only after a word that calls it one."""
    plain = re.escape(ref)
    if len(ref) <= _SHORT:
        return rf"(?:action|matter|item|ref(?:erence)?|log|no)\.?\s*(?:no\.?\s*)?({plain})(?![\w/(])"
    return rf"(?<![\w/])({plain})(?![\w/(])"


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}..."

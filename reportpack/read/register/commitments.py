"""The sheet Commitments: what somebody said would happen, and the test for it."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.commitment import Commitment, CommitmentState, Comparator, Relative, Test
from reportpack.model.measure import Measure
from reportpack.model.office import Office
from reportpack.model.period import Period
from reportpack.model.problem import Problem
from reportpack.model.register_columns import Heading
from reportpack.model.register_row import RegisterRow
from reportpack.model.state_words import SPELT_COMMITMENT
from reportpack.read.periods import Context, read_period
from reportpack.read.register.row_reader import RowReader
from reportpack.read.register.rows import plain

_WORDS_FOR = {
    Comparator.OVER: ("over", "above", "more than", "greater than", "higher than", "exceeds", ">"),
    Comparator.AT_LEAST: ("at least", "no less than", "not less than", "no fewer than", "minimum of", ">=", "\u2265"),
    Comparator.UNDER: ("under", "below", "less than", "fewer than", "lower than", "<"),
    Comparator.AT_MOST: ("at most", "no more than", "not more than", "up to", "maximum of", "<=", "\u2264"),
}
_COMPARATORS = {word: comparator for comparator, words in _WORDS_FOR.items() for word in words}
_COMPARATOR = "|".join(re.escape(word) for word in sorted(_COMPARATORS, key=len, reverse=True))
_SMALL_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEST = re.compile(
    rf"(?:(?P<areas>\d{{1,2}}|all|every|each|{'|'.join(_SMALL_NUMBERS)})(?: (?:of|out of) (?:the )?\w+)?(?: [a-z][a-z' -]*?)?(?: (?:is|are|to be|with|at))? )?"
    rf"(?P<comparator>{_COMPARATOR}) ?(?:of )?\u00a3?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?) ?(?:%|per ?cent)?"
)
_RELATIVE = re.compile(
    r"(?P<way>up|down|rise|fall|higher|lower|increase|reduce|cut)d?(?: by)? (?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<unit>%|per ?cent|(?:percentage )?points?)?"
    r"(?: (?:on|from|since|against|compared with) (?P<base>.+))?"
)
_LASTING = re.compile(
    r"(?i)\b(?:again|never|always|(?:every(?: single)?|each) (?:month|quarter)|(?:(?:each|all|every one) of|for) (?:the |those )?(?:next|coming|following|remaining)|months? running|month (?:by|on|after) month|throughout|at least (?:until|till)|from now on|consistently|in no month|no month|not (?:fall|drop|dip|slip|go|be) below"
    r"|not (?:rise|go|climb|be) above|(?:remain|stay|kept?|hold)s? (?:at|above|below|over|under))\b"
)
"""Words that promise every month from then on, not one."""


def read_commitment(row: RegisterRow, office: Office, measures: Sequence[Measure]) -> tuple[Commitment, tuple[Problem, ...]]:
    """One row as a commitment."""
    reader = RowReader(row, office)
    reference, words = reader.reference(Heading.REFERENCE, "C2/2019"), reader.words(Heading.WORDS)
    owners = reader.owners(Heading.OWNER)
    commitment = Commitment(
        ref=reference,
        words=words,
        source=row.source,
        owner=owners[0] if len(owners) == 1 else reader.text(Heading.OWNER),
        said_at=reader.occasion(Heading.SAID_AT),
        measure=_read_measure(reader, measures),
        test=_read_test_cell(reader, office),
        period=_read_period_cell(reader),
        topic=reader.text(Heading.TOPIC),
        audience=reader.audience(Heading.AUDIENCE),
        state=reader.choice(Heading.STATE, CommitmentState, SPELT_COMMITMENT, CommitmentState.OPEN),
        decided_at=reader.occasion(Heading.DECIDED_AT),
    )
    if commitment.test is not None and not commitment.measure and not reader.text(Heading.MEASURE):
        found = "The test names no measure to be held against."
        reader.say("measure-missing", Heading.MEASURE, found, "Say which measure will show it.")
    return replace(commitment, test=_as_said(commitment.test, words)), tuple(reader.problems)


def noted_test(text: str, words: str, office: Office) -> Test | None:
    """The test that notes give, beside the words that it stands in."""
    return _as_said(read_test(text, _areas_of(office)), words)


def _as_said(test: Test | None, words: str) -> Test | None:
    return replace(test, lasting=True) if test is not None and _LASTING.search(words) else test


def _areas_of(office: Office) -> int:
    return sum(1 for area in office.areas if area.kind == "part" and area.end is None)


def read_test(text: str, areas: int) -> Test | None:
    """`4 areas over 80`, `at least 85%`, `all areas under 1,200`; `areas` is how many the force has."""
    words = " ".join(text.casefold().split()).rstrip(".")
    if (match := _TEST.fullmatch(words)) is None:
        return _read_relative(words)
    number, of = float(match["number"].replace(",", "")), match["areas"] or "0"
    count = _SMALL_NUMBERS.index(of) + 1 if of in _SMALL_NUMBERS else int(of) if of.isdecimal() else areas
    return Test(_COMPARATORS[match["comparator"]], number, count)


def _read_relative(words: str) -> Test | None:
    """`down 10 per cent`, `up 2 points on 2024/25`."""
    match = _RELATIVE.fullmatch(words)
    base = read_period(match["base"], Context(iso_months=True)) if match is not None and match["base"] else None
    if match is None or (match["base"] and base is None):
        return None
    number, down = float(match["number"].replace(",", "")), match["way"] in ("down", "fall", "lower", "reduce", "cut")
    share = (match["unit"] or "").replace(" ", "") in ("%", "percent")
    comparator = Comparator.AT_MOST if down else Comparator.AT_LEAST
    return Test(comparator, -number if down else number, relative=Relative.PER_CENT if share else Relative.AMOUNT, base=base)


def _read_period_cell(reader: RowReader) -> Period | None:
    text = reader.text(Heading.FIGURES_FOR)
    period = read_period(text, Context(iso_months=True))
    if text and period is None:
        remedy = "Type a month, a quarter or a year: June 2019, Q1 2019/20, 2019/20."
        reader.say("period-unreadable", Heading.FIGURES_FOR, f'"{text[:60]}" does not say which figures will show it.', remedy)
    return period


def _read_test_cell(reader: RowReader, office: Office) -> Test | None:
    text = reader.text(Heading.TEST)
    test = read_test(text, _areas_of(office))
    if text and test is None:
        remedy = "Write one like these: 4 areas over 80; at least 85; under 1,200; at most 35; down 10 per cent on 2024/25. Leave it empty if the words give no number."
        reader.say("test-unreadable", Heading.TEST, f'"{text[:60]}" is not a test that figures can be held against.', remedy)
    return test


def _read_measure(reader: RowReader, measures: Sequence[Measure]) -> str:
    text = reader.text(Heading.MEASURE)
    names = {plain(name): one.id for one in measures for name in (one.id, one.title, one.short_title) if name}
    if not text or plain(text) in names:
        return names.get(plain(text), "")
    from rapidfuzz import fuzz, process

    near = process.extractOne(plain(text), list(names), scorer=fuzz.WRatio, score_cutoff=60)
    suggestion = f"If you mean {names[near[0]]}, type that." if near is not None else "Type its id or its title."
    reader.say("measure-unknown", Heading.MEASURE, f'No measure in measures.toml is called "{text[:60]}".', suggestion)
    return ""

"""Words joined to the measure that they are about, by its title, the labels and sheets of its figures, and the names of its topic.

A join is sure only where nothing speaks against it and no other measure fits as well; of a promise with a test any other says why it is a
guess, of all else it is none.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.merge.occasions import plain_words
from reportpack.model.audit import Join
from reportpack.model.commitment import Comparator, Relative, Test
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Unit
from reportpack.model.office import AreaKind, Office
from reportpack.model.period import ANY_MONTH
from reportpack.records import Record

SENTENCE_END = re.compile(r"(?<=[.;!?]) +")
_WORD = re.compile(r"[a-z0-9&'\u2019]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_SMALL = frozenset(
    _WORD.findall(
        "a an the and or of to for from on in at by with as is are be been was were will would shall should can could may might must "
        "has have had do does did this that these those it its their his her they he she we our us not no all any each every more most "
        "than then there which who what when where how if but so into over under about after before during per cent percent percentage "
        "number numbers rate rates total figure figures level levels count value recorded within next last month months year years "
        "quarter week weeks day days end new up down least meeting meetings report reports reported action actions item items update "
        "updates paper papers note notes also further provide provided ensure work working made make take taken give given agreed agree "
        "force police office people area areas data performance improve improvement increase reduce reduction overall time times "
        "offence offences local policing incident incidents case cases"
    )
)  # fmt: skip
_SHARE = re.compile(r"\d\s?(?:%|per ?cent)")
_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Aa]cross|[Ff]or) ((?:[A-Z][a-z'\u2019]+)(?: [A-Z][a-z'\u2019]+)*)")
_NO_PLACE = re.compile(
    rf"(?i)(?:{ANY_MONTH}|q\d|spring|summer|autumn|winter|christmas|easter|january|chief|commissioner|police|force)\b"
)
_MONTH = re.compile(ANY_MONTH)
_ENOUGH = 0.6


class _Name(Record):
    """A name that a measure goes by: its `own`, or its topic's."""

    measure: Measure
    stems: frozenset[str]
    own: bool = True


def stems(text: str) -> frozenset[str]:
    """The words that tell one subject from another, cut short so that forms of one word meet."""
    found = (word.strip("'\u2019") for word in _WORD.findall(_ADDRESS.sub(" ", text.casefold())))
    return frozenset(
        word[:6].removesuffix("s") for word in found if word not in _SMALL and not _MONTH.fullmatch(word) and not word.isdecimal()
    )


def joiner(measures: Sequence[Measure], office: Office) -> Callable[[str, str, Test | None], Join]:
    """What joins words, the heading that they stand under and the test in them: a join to nothing where they are about no measure."""
    names = list(_names(measures, office))

    def join(words: str, heading: str, test: Test | None) -> Join:
        if test is not None:
            return _join(words, heading, test, names, office)
        told = {_join(one, "", None, names, office) for one in SENTENCE_END.split(words)}
        sure = [one for one in told if one.measure and not one.doubt]
        return sure[0] if len(sure) == 1 else Join()

    return join


def _names(measures: Sequence[Measure], office: Office) -> Iterable[_Name]:
    sheets = Counter(place.sheet for one in measures for place in one.places)
    for measure in measures:
        titles, topic = (measure.title, measure.short_title), office.topic(measure.topic)
        labels = [f"{place.figure} {place.table}" for place in measure.places]
        labels += [place.sheet for place in measure.places if sheets[place.sheet] == 1]
        # One word over a column or on a sheet (`Victims`) is told of much else.
        own = [(text, text in titles or len(stems(text)) > 1) for text in (*titles, *labels)]
        of_topic = [(text, False) for text in (topic.title, *topic.aliases)] if topic is not None else []
        yield from (_Name(measure, found, is_own) for text, is_own in (*own, *of_topic) if (found := stems(text)))


def _join(words: str, heading: str, test: Test | None, names: Sequence[_Name], office: Office) -> Join:
    said, above = stems(words), stems(heading)
    whole = [one for one in names if one.stems <= said and _may_be(one.measure, words, test)]
    doubt = ""
    if not whole:
        whole = [one for one in names if heading and one.stems <= said | above and _may_be(one.measure, words, test)]
        doubt = "only the heading above the words names it"
    if not whole:
        near = [(len(one.stems & said) / len(one.stems), one) for one in names if len(one.stems & said) > 1]
        best = max((share for share, _ in near), default=0.0)
        whole = [one for share, one in near if share == best >= _ENOUGH and _may_be(one.measure, words, test)]
        doubt = "the words name only a part of what it is called"
    if not whole:
        return Join()
    most = max(len(one.stems) for one in whole)
    best_names = [one for one in whole if len(one.stems) == most]
    best_names = [one for one in best_names if one.own] or best_names
    fits = list(dict.fromkeys(one.measure for one in best_names))
    if len(fits) > 1:  # of one topic's, the one whose title has a word of it
        shared = [one for one in fits if stems(one.title) & said]
        fits = shared if len(shared) == 1 and not best_names[0].own else fits
    if len(fits) > 1:
        return Join(others=tuple(one.id for one in fits), doubt="several measures fit the words")
    doubt = doubt or ("" if best_names[0].own else "the words name only its topic, or a label of its figures")
    return _placed(Join(fits[0].id, doubt=doubt or _doubt(fits[0], words, test)), words, test, office)


def _may_be(measure: Measure, words: str, test: Test | None) -> bool:
    """Whether the measure's unit can be what the test is of: a share is never a count, nor a count a share."""
    if test is None or test.relative is Relative.PER_CENT:
        return True
    if _SHARE.search(words) and test.relative is None:
        return measure.unit is Unit.PER_CENT
    return test.relative is Relative.AMOUNT or test.areas > 0 or measure.unit is not Unit.PER_CENT or test.threshold <= 100


def _doubt(measure: Measure, words: str, test: Test | None) -> str:
    """Why a join whose words fit is none the less a guess."""
    if test is None:
        return ""
    if measure.unit is Unit.PER_CENT and not test.relative and not _SHARE.search(words) and not test.areas:
        return "the words do not say that the number is a percentage"
    rising = test.comparator in (Comparator.OVER, Comparator.AT_LEAST)
    against = {Better.HIGHER: not rising, Better.LOWER: rising}.get(measure.better, False)
    return "the promise goes the other way than the measure should" if against else ""


def _placed(join: Join, words: str, test: Test | None, office: Office) -> Join:
    """The join with the one area that the words name; a place that is none of the office's areas makes it a guess."""
    plain = f" {' '.join(_WORD.findall(words.casefold()))} "
    named = [
        area
        for area in office.areas
        if any(f" {' '.join(_WORD.findall(name.casefold()))} " in plain for name in (area.name, *area.aliases) if len(name) > 2)
    ]
    parts = [one for one in named if one.kind is AreaKind.PART]
    if len(parts) == 1 and (test is None or not test.areas):
        return replace(join, area=parts[0].id)
    if len(parts) > 1 or any(one.kind is AreaKind.PEER for one in named):
        return replace(join, doubt=join.doubt or "the words name several areas, or another force's")
    known = {plain_words(name) for area in office.areas for name in (area.name, *area.aliases, office.force)}
    strange = [one[1] for one in _PLACE.finditer(words) if not _NO_PLACE.match(one[1]) and plain_words(one[1]) not in known]
    return replace(join, doubt=join.doubt or f"no figures are of {strange[0]} alone") if strange and not named else join

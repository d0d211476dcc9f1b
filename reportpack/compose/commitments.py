"""Commitments held against the figures, in words: met, not met, not yet measurable, with what was found and from where it started."""

from reportpack.compose.area_words import area_name
from reportpack.compose.numbers import Sources, count_printed, difference_printed, per_cent_text, printed, threshold_printed
from reportpack.compose.setting import Setting, anchor, capital, distinct_ids, meeting_label
from reportpack.model.commitment import Commitment, CommitmentState, Comparator, Relative, Test
from reportpack.model.finding import CommitmentFinding, Verdict
from reportpack.model.measure import Measure
from reportpack.model.observation import cells_of
from reportpack.model.office import Office
from reportpack.model.pack import CommitmentEntry
from reportpack.model.problem import Source
from reportpack.model.words import Printed, Sentence

VERDICT = {
    Verdict.MET: "Met",
    Verdict.NOT_MET: "Not met",
    Verdict.NOT_YET: "Not yet measurable",
    Verdict.NO_TEST: "No measurable test",
}
REASON = {
    "no-test": "no test is written for it",
    "unknown-measure": "the measure it names is not among those of this office",
    "no-period": "the words do not say which figures will show it",
    "figures-missing": "the figures for {period} are not in",
    "no-baseline": "the figure that it is to be held against is not there",
    "small-cells": "the figures are small, and not shown in this edition",
    "areas-missing": "the figures for {period} are not complete",
}
_MOST_FAILING = 3
COMPARATOR = {Comparator.OVER: "over", Comparator.AT_LEAST: "at least", Comparator.UNDER: "under", Comparator.AT_MOST: "at most"}


def test_words(test: Test, measure: Measure, office: Office, said: Sources) -> Sentence:
    """What was to be seen: `at least 4 local policing areas over 80%`, `over 80%`; `said` is where the words stand."""
    if test.relative is not None:
        return Sentence.of("a change of ", _size(test, test.threshold, measure, said))
    threshold = Sentence.of(f"{COMPARATOR[test.comparator]} ", threshold_printed(measure, test.threshold, said))
    if not test.areas:
        return threshold
    noun = office.area_noun if test.areas == 1 else office.area_noun_plural
    return Sentence.of("at least ", count_printed(test.areas, said), f" {noun} ", threshold)


def commitment_words(found: CommitmentFinding, measure: Measure | None, office: Office) -> Sentence:
    """`3 of 5 local policing areas over 80% in May 2019, where at least 4 were expected; 3 of 5 in April 2019`: what its verdict rests on."""
    test = found.commitment.test
    if test is None or measure is None or found.verdict is Verdict.NO_TEST:
        return Sentence.of(_reason(found))
    if found.failing:
        return _broken(found, test, measure, office)
    if found.change is not None and found.verdict is not Verdict.NOT_YET:
        if found.value is None or found.period is None or found.baseline_period is None:
            return Sentence.of()
        cells = (*cells_of(*found.observations), *found.baseline_sources)
        then = printed(measure, found.baseline or 0.0, found.baseline_sources)
        now = printed(measure, found.value, cells_of(*found.observations))
        words = Sentence.of(now, f" in {found.period.label}, ", _size(test, found.change, measure, cells))
        words = Sentence.of(words, " than ", then, f" in {found.baseline_period.label}, where ")
        return Sentence.of(words, _size(test, test.threshold, measure, (found.commitment.source,)), " was expected")
    words = Sentence.of()
    if found.verdict is Verdict.NOT_YET:
        words = Sentence.of(_reason(found))
        if found.missing and found.reason == "areas-missing":
            words = Sentence.of(words, f" ({', '.join(area_name(area, office) for area in found.missing)})")
        words = Sentence.of(words, "; looked for: ", test_words(test, measure, office, (found.commitment.source,)))
    elif found.value is not None and found.period is not None:
        words = Sentence.of(_result(found, found.value, test, measure, office), f" in {found.period.label}")
        said, verb = (found.commitment.source,), "was" if test.areas == 1 else "were"
        few = (", where at least ", count_printed(test.areas, said), f" {verb} expected") if test.areas else ()
        words = Sentence.of(words, *(few or (", where ", test_words(test, measure, office, said), " was expected")))
    return Sentence.of(words, _baseline(found, test, measure), _left_open(found, measure))


def _left_open(found: CommitmentFinding, measure: Measure) -> Sentence:
    """That the survey's own range has the promise within it, so that the sample may have decided it."""
    if found.interval is None:
        return Sentence.of()
    low, high = (printed(measure, bound, cells_of(*found.observations)) for bound in found.interval)
    return Sentence.of("; the survey's range, ", low, " to ", high, ", lies on both sides of what was promised")


def _broken(found: CommitmentFinding, test: Test, measure: Measure, office: Office) -> Sentence:
    """`87.0% in February 2026 and 82.0% in March 2026, where at least 90% was to hold every time; 92.6% in April 2026`."""
    shown = found.failing[-_MOST_FAILING:]
    parts = [_at(one, test, measure, office) for one in shown]
    joints = ["", *[", "] * (len(parts) - 2), *([" and "] if len(parts) > 1 else [])]
    words = Sentence.of(*[span for joint, part in zip(joints, parts, strict=True) for span in (joint, part)])
    if len(found.failing) > len(shown):
        cells = cells_of(*(observation for one in found.failing for observation in one.observations))
        words = Sentence.of(count_printed(len(found.failing), cells), " figures failed, the latest ", words)
    words = Sentence.of(
        words, ", where ", test_words(test, measure, office, (found.commitment.source,)), " was to hold every time"
    )
    if found.period == found.failing[-1].period:
        return words
    return Sentence.of(words, "; ", _at(found, test, measure, office))


def _at(found: CommitmentFinding, test: Test, measure: Measure, office: Office) -> Sentence:
    """`87.0% in February 2026`, `3 of 5 local policing areas over 80% in May 2019`, `665 (3% more) in April 2026`."""
    when = f" in {found.period.label}" if found.period is not None else ""
    figure = _result(found, found.value or 0.0, test, measure, office)
    if found.change is None:
        return Sentence.of(figure, when)
    return Sentence.of(figure, " (", _size(test, found.change, measure, cells_of(*found.observations)), ")", when)


def _size(test: Test, change: float, measure: Measure, cells: Sources) -> Sentence:
    """`10% less`, `2.0 percentage points more`."""
    side = "more" if change > 0 else "less"
    if test.relative is Relative.PER_CENT:
        return Sentence.of(Printed(per_cent_text(change), change, cells), f" {side}")
    return Sentence.of(difference_printed(measure, change, cells), f" {side}")


def _reason(found: CommitmentFinding) -> str:
    period = found.period.label if found.period else ""
    return REASON.get(found.reason, "").format(period=period)


def _result(found: CommitmentFinding, value: float, test: Test, measure: Measure, office: Office) -> Sentence:
    figure = _figure(value, found.of, test, measure, cells_of(*found.observations))
    if not test.areas:
        return Sentence.of(figure)
    noun = office.area_noun_plural if found.of != 1 else office.area_noun
    threshold = threshold_printed(measure, test.threshold, (found.commitment.source,))
    return Sentence.of(figure, f" {noun} {COMPARATOR[test.comparator]} ", threshold)


def _figure(value: float, of: int | None, test: Test, measure: Measure, cells: tuple[Source, ...]) -> Printed:
    if test.areas:
        return Printed(f"{value:.0f} of {of}", value, cells)
    return printed(measure, value, cells)


def _baseline(found: CommitmentFinding, test: Test, measure: Measure) -> Sentence:
    """Where it stood when it was said: `; 3 of 5 in April 2019`."""
    if found.baseline is None or found.baseline_period is None:
        return Sentence.of()
    of = found.of if found.baseline_of is None else found.baseline_of
    figure = _figure(found.baseline, of, test, measure, found.baseline_sources)
    return Sentence.of("; ", figure, f" in {found.baseline_period.label}")


_ORDER = (Verdict.NOT_MET, Verdict.MET, Verdict.NOT_YET, Verdict.NO_TEST)
UNCONFIRMED = "Not met by the figures, to be confirmed"


def compose_commitments(setting: Setting) -> tuple[CommitmentEntry, ...]:
    """Those not met first, then met, then those that cannot be told yet."""
    found = sorted((_found(one, setting) for one in setting.view.commitments), key=lambda one: _ORDER.index(one.verdict))
    return distinct_ids(_entry(one, setting) for one in found)


def entries_for(commitments: tuple[Commitment, ...], setting: Setting) -> tuple[CommitmentEntry, ...]:
    """The entries of these commitments, in their order."""
    return tuple(_entry(_found(one, setting), setting) for one in commitments)


def _found(commitment: Commitment, setting: Setting) -> CommitmentFinding:
    found = next((one for one in setting.findings.commitments if one.commitment.ref == commitment.ref), None)
    return found or CommitmentFinding(commitment, Verdict.NO_TEST, "no-test", None, None, None, ())


def _entry(found: CommitmentFinding, setting: Setting) -> CommitmentEntry:
    commitment = found.commitment
    measure = setting.findings.of(commitment.measure)
    owner = setting.people.at(commitment.said_at).title(commitment.owner) if commitment.owner else ""
    return CommitmentEntry(
        id=anchor("commitment", commitment.ref),
        ref=commitment.ref,
        words=commitment.words,
        owner=owner,
        said_at=meeting_label(commitment.said_at),
        verdict=verdict_words(found),
        met=True if found.verdict is Verdict.MET else False if _is_broken(found) else None,
        still=_reported_before(commitment, setting),
        evidence=capital(Sentence.of(commitment_words(found, measure.measure if measure else None, setting.office), ".")),
        topic=setting.topic_link(commitment.topic) or (setting.topic_link(measure.measure.topic) if measure else None),
    )


def verdict_words(found: CommitmentFinding) -> str:
    """What the figures show; that it was not kept is said once a person has confirmed it."""
    if _is_broken(found):
        return "Not kept"
    return UNCONFIRMED if found.verdict is Verdict.NOT_MET else VERDICT[found.verdict]


def _is_broken(found: CommitmentFinding) -> bool:
    return found.commitment.state is CommitmentState.NOT_KEPT and found.verdict is not Verdict.MET


def _reported_before(commitment: Commitment, setting: Setting) -> str:
    """`Still not kept, first reported in June 2019`, when that was to an earlier meeting."""
    then, meeting = commitment.decided_at, setting.view.meeting
    if commitment.state is not CommitmentState.NOT_KEPT or not then or then[:7] == f"{meeting.day:%Y-%m}":
        return ""
    return f"Still not kept, first reported in {meeting_label(then[:7])}"

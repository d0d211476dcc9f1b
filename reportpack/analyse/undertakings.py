"""What came of each undertaking: by the figures where they can show it, else by what later notes say. A verdict that could be wrong is not given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportpack.analyse.commitments import Figures, judge_commitment
from reportpack.model.audit import REGISTER, Came, Judged, Later, Undertaking
from reportpack.model.commitment import Commitment, Test
from reportpack.model.finding import CommitmentFinding, Findings, Verdict
from reportpack.model.observation import Observation, Series
from reportpack.model.office import Office
from reportpack.model.period import Period, long_date
from reportpack.model.words import Sentence

Older = Mapping[tuple[str, str, Period], Sequence[Observation]]
"""Figures that earlier workbooks gave, where a later one gives another."""
Words = Callable[[CommitmentFinding, Figures], Sentence]
"""What a finding rests on, in words."""

_FAR = 3  # So many times beyond every figure there is, a promise is of something else.


def judge_undertaking(one: Undertaking, findings: Findings, office: Office, older: Older, on: date, say: Words) -> Judged:
    """With its figures then and now; a join that is a guess has none. A guess, a figure revised or doubted, or a survey's range leave it not sure."""
    figures = _figures(one, findings) if not one.join.doubt else None
    numbers = figures.force.numbers if figures is not None else ()
    then = next((each for each in reversed(numbers) if one.day and each.period.end < one.day), None)
    bare = Judged(one, Came.NOT_MEASURABLE, Sentence.of(), then, figures.force.latest if figures is not None else None)
    settled = [each for each in one.later if each.end is Came.WITHDRAWN or (each.end is not None and each.by == REGISTER)]
    if settled:
        last = settled[-1]
        return replace(bare, came=last.end or Came.OPEN, why=_told(last, f"{last.end}, by {last.by},"))
    if one.test is not None and one.join.doubt:
        return replace(bare, came=Came.NOT_SURE, why=Sentence.of(f"what it is about is a guess: {one.join.doubt}"))
    if one.test is not None and one.join.measure:
        return _measured(bare, one.test, figures, office, older, on, say)
    spoken = _spoken(bare, on)
    return replace(spoken, came=Came.NOT_SURE, why=Sentence.of(spoken.why, f"; {one.doubt}")) if one.doubt else spoken


def _figures(one: Undertaking, findings: Findings) -> Figures | None:
    found = findings.of(one.join.measure)
    if found is None:
        return None
    areas = {each.area: each.series for each in found.areas}
    own = areas.get(one.join.area, Series(one.join.measure, one.join.area, ())) if one.join.area else found.force
    return Figures(found.measure, own, areas)


def _measured(bare: Judged, test: Test, figures: Figures | None, office: Office, older: Older, on: date, say: Words) -> Judged:
    one = bare.undertaking
    if figures is None or (not figures.force.numbers and not test.areas):
        return replace(bare, why=Sentence.of("there are no figures of it for the force as a whole, or for the area named"))
    said = Commitment(one.ref, one.words, one.source, said_at=one.meeting, measure=one.join.measure, test=test)
    lines = [figures.force] if not test.areas else list(figures.areas.values())
    periods = sorted({each.period for line in lines for each in line.numbers})
    ends = [each for each in periods if one.period is not None and each.end == one.period.end]  # of several the shortest
    due = min(ends, key=lambda each: (each.months, each.days), default=None)
    found = judge_commitment(replace(said, period=due or one.period), figures, office)
    since = [each for each in periods if each.end >= (one.day or on) and (one.period is None or each.end <= one.period.end)]
    tried = {} if test.lasting else {each: judge_commitment(replace(said, period=each), figures, office) for each in since}
    reached = next((each for each, each_found in tried.items() if each_found.verdict is Verdict.MET), None)
    words = Sentence.of(say(found, figures))
    if found.verdict is Verdict.MET:
        return replace(bare, came=Came.KEPT, why=words)
    if one.period is None and not test.lasting:
        if reached is None:
            return replace(bare, why=Sentence.of("the words name no day, and no figure since has reached it"))
        return replace(bare, came=Came.KEPT, why=say(tried[reached], figures))
    if found.verdict is Verdict.NOT_YET:
        last = periods[-1]
        end = one.period.end if one.period is not None else on
        over = f"; the figures end with {last.label}" if last.end < end <= on else ""
        came = Came.NOT_MEASURABLE if over or end <= on else Came.TOO_EARLY
        return replace(bare, came=came, why=Sentence.of(words, over))
    before = next((each for each in reversed(periods) if one.day and each.end < one.day), None) if test.relative is None else None
    held = before is not None and judge_commitment(replace(said, period=before), figures, office).verdict is Verdict.MET
    # What held when it was said was promised for the day itself; that it held for a while after says nothing.
    doubt = _why_unsure(found, None if held else reached, figures, older, said, office)
    came = Came.NOT_SURE if doubt else Came.NOT_KEPT
    return replace(bare, came=came, why=Sentence.of(words, f"; but {doubt}" if doubt else ""))


def _why_unsure(
    found: CommitmentFinding, reached: Period | None, figures: Figures, older: Older, said: Commitment, office: Office
) -> str:
    """What speaks against saying that it was not kept."""
    known = [each.value for line in (figures.force, *figures.areas.values()) for each in line.numbers if each.value]
    bound = abs(said.test.threshold) if said.test is not None and said.test.relative is None else 0
    if bound and known and not min(known) / _FAR <= bound <= max(known) * _FAR:
        return "what was promised is so far from every figure that another measure, or another unit, may be meant"
    if reached is not None:
        return f"it was reached in {reached.label}"
    if found.interval is not None:
        return "the survey's range has it on both sides"
    if any(each.doubt or each.is_provisional for each in found.observations):
        return "the figure itself is doubted or provisional"
    for each in found.observations:
        for before in older.get((each.measure, each.area, each.period), ()):
            then = tuple(before if one.period == before.period else one for one in figures.force.observations)
            line = replace(figures, force=replace(figures.force, observations=then))
            if judge_commitment(replace(said, period=found.period), line, office).verdict is Verdict.MET:
                return f"{before.source.file} had another figure, with which it was kept"
    return ""


def _spoken(bare: Judged, on: date) -> Judged:
    """What no figure shows: what the later notes of its series say of it."""
    one = bare.undertaking
    ends = [each for each in one.later if each.end is not None]
    if ends:
        return replace(bare, came=ends[-1].end or Came.OPEN, why=_told(ends[-1], "reported done"))
    due = one.due or (one.occasion.day if one.occasion is not None else None)
    later = [each for each in one.later if one.day is None or (each.day and each.day > one.day)]
    if later:
        return replace(bare, came=Came.OPEN, why=_told(later[-1], f"last spoken of, known by {later[-1].by},"))
    if due is not None and due > on:
        return replace(bare, came=Came.TOO_EARLY, why=Sentence.of(f"it is due on {long_date(due)}"))
    if not one.meetings_since:
        passed = f"{long_date(due)} has passed, and " if due is not None else ""
        return replace(bare, came=Came.NO_LATER, why=Sentence.of(f"{passed}there are no notes of a later meeting"))
    many = "1 later meeting" if one.meetings_since == 1 else f"{one.meetings_since} later meetings"
    why = f"not in the notes of {many}"
    return replace(bare, came=Came.NOBODY_ASKED, why=Sentence.of(why))


def _told(later: Later, how: str) -> Sentence:
    return Sentence.of(f"{how}{f' on {long_date(later.day)}' if later.day else ''} ({later.source.where})")

"""Everything that was undertaken or asked at all the meetings on record, followed through the notes of later ones: one fold over them in the order of
their days. What later notes say is known again by its reference or its words; by fewer of its words it is only shown as spoken of."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from rapidfuzz import fuzz

from reportpack import patterns as re
from reportpack.merge.back_fill import STATE_BEHIND, own_reference, source_of
from reportpack.merge.joins import SENTENCE_END, joiner, stems
from reportpack.merge.occasions import month_of, plain_words
from reportpack.model.action import Action, ActionState
from reportpack.model.audit import REGISTER, Came, Dropped, Join, Later, Repeated, Undertaking
from reportpack.model.commitment import Commitment, CommitmentState, Test
from reportpack.model.inputs import Inputs
from reportpack.model.measure import Measure
from reportpack.model.minutes import NotedAction, NotedState
from reportpack.model.noted import NotedView, PlacedAction, PlacedCommitment
from reportpack.model.office import Office
from reportpack.model.period import ANY_MONTH, iso_day, long_date, written_day
from reportpack.model.problem import Source
from reportpack.model.state_words import told_state
from reportpack.records import Record

Tests = Callable[[str, str], Test | None]
"""Reads the test that notes give, beside the words that it stands in."""
_Joins = Callable[[str, str, Test | None], Join]
_BY_A_DAY = re.compile(rf"(?i)\b(?:by|before|for|at|on|in)\b[^.;]{{0,24}}\b(?:{ANY_MONTH})\b(?: \d{{4}})?|\bby \d[\d/.-]+")
_ALIKE, _NEARLY, _SPOKEN = 93, 88, 0.6
_FEWEST = 3
_PERHAPS = 0.5
_STANDING = re.compile(
    r"(?i)apolog|welcome|introduc|declaration|any other|\ba\.?o\.?b\b|next meeting|date of|clos(?:e|ing)\b|attend|^present|agenda|urgent|minutes|"
    r"matters arising|actions?\b|exclusion|public question|forward plan|confirmation|^chair|^discussion$|^update|summary|conclusion|in attendance"
)
_ASKS = re.compile(
    r"(?i)\W*(?:agree|cancel|close|complete|conclude|deal|delete|discharge|drop|propose|recommend|remove|resolve|sign|suggest|take|withdraw)"
    r" (?!(?:and|as|at|by|in|now|of|on|with)\b)\w"
)
_ENDS = {ActionState.WITHDRAWN: Came.WITHDRAWN, ActionState.SUPERSEDED: Came.WITHDRAWN, ActionState.PROPOSED: Came.KEPT,
         ActionState.ACCEPTED: Came.KEPT, ActionState.CLOSED: Came.KEPT}  # fmt: skip


def _bare(words: str) -> str:
    """The words without the day by which, and without the state that notes put behind an action that they tell again."""
    return plain_words(_BY_A_DAY.sub("", STATE_BEHIND.sub("", words)))


class Followed(Record):
    """What the notes come to: undertakings in the order of their days, questions put more than once, topics not returned to."""

    undertakings: tuple[Undertaking, ...]
    repeated: tuple[Repeated, ...]
    dropped: tuple[Dropped, ...]


class _Sentence(Record):
    """A sentence of later notes, and the words that tell its subject."""

    view: NotedView
    line: str
    words: str
    stems: frozenset[str]


def _known(noted: Sequence[Undertaking], ref: str, words: str, meeting: str, who: str) -> int | None:
    """The place of the one that notes mean: by its reference, else by its words or nearly; what two are to do at one meeting is each's own."""
    plain = _bare(words)
    alike = [at for at, one in enumerate(noted) if ref and one.ref == ref]
    near = (at for at, one in enumerate(noted) if fuzz.ratio(plain, _bare(one.words)) >= _ALIKE)
    alike = alike or [at for at in near if noted[at].meeting != meeting or not who or not noted[at].who or noted[at].who == who]
    return alike[-1] if alike else None


def follow(
    views: Sequence[NotedView], known: Inputs, office: Office, measures: Sequence[Measure], tests: Tests, origins: Mapping[str, Source]
) -> Followed:  # fmt: skip
    """The views in the order of their days, each series by itself; then the register's rows, `origins` being where each came from."""
    # Names of people, posts and the force stand in notes beside everything, and tell nothing of a subject.
    there = (one for view in views for each in view.minutes.attendance for one in (each.name, each.post))
    posts = (name for one in office.posts for name in (one.title, one.abbreviation))
    join, topics = joiner(measures, office), stems(" ".join(one.title for one in office.topics))
    names = stems(" ".join(filter(None, (*there, *posts, office.force, office.name)))) - topics
    series: dict[str, list[Undertaking]] = {one.meeting.series: [] for one in views}
    for view in views:
        for placed in _placed(view):
            _take(series[view.meeting.series], placed, view, join, tests)
    noted = list(chain(*series.values()))
    read = {one.minutes.file.rpartition("/")[2] for one in views}
    every = [*noted, *_of_rows(noted, known, office, join, read, origins)]
    said = {one.meeting.id: list(_sentences(one, names)) for one in views}
    done = []
    for one in every:
        after = [view for view in views if one.day and view.meeting.day > one.day and one.series in ("", view.meeting.series)]
        later = _spoken_of(one, (sentence for view in after for sentence in said[view.meeting.id]), names)
        done.append(replace(one, meetings_since=len(after), later=(*one.later, *later)))
    done.sort(key=lambda one: (one.day or date.min, one.source.file))
    dropped = [topic for name in series for topic in _dropped([one for one in views if one.meeting.series == name], said, names)]
    return Followed(tuple(done), tuple(_repeated(views)), tuple(dropped))


def _placed(view: NotedView) -> Iterator[PlacedAction | PlacedCommitment]:
    """Promises with a test or a day, then actions; an undertaking that stands in a promise's own sentence is the promise."""
    day = view.meeting.day
    ahead = (one for one in view.commitments if one.due is None or one.due.month is None or one.due.month.end >= day)
    promises = [one for one in ahead if one.noted.test or one.noted.due]
    lines = {(one.noted.line, plain_words(one.noted.words)) for one in promises}
    yield from promises
    for one in view.actions:
        noted = one.noted
        is_end = not noted.ref and _ended(noted) is not None  # says what became of one
        if not is_end and (noted.line, plain_words(noted.words)) not in lines:
            yield one


def _take(
    before: list[Undertaking], placed: PlacedAction | PlacedCommitment, view: NotedView, join: _Joins, tests: Tests
) -> None:
    """One series' undertakings so far, and what these notes add to them."""
    noted, source = placed.noted, source_of(view, placed.noted.line)
    heading, day = placed.item.noted.title if placed.item is not None else "", view.meeting.day
    whose = (view.meeting.id, view.meeting.series, day)
    if isinstance(placed, PlacedCommitment):
        test, owner = tests(placed.noted.test or "", noted.words), placed.noted.owner or ""
        period = placed.due.month if placed.due is not None else None
        joined = join(f"{placed.noted.measure or ''}. {noted.words}", heading, test)
        made = Undertaking(noted.words, source, *whose, owner, occasion=placed.due, test=test, period=period, join=joined)
        nobody = "" if test is not None or owner else "the words expect it of nobody"
        before.append(replace(made, due_words=placed.noted.due or "", doubt=nobody))
        return
    action, ref = placed.noted, own_reference(placed.noted.ref or "") or (placed.noted.ref or "")
    who = "; ".join(one.as_written for one in action.owners)
    at = _known(before, ref, action.words, view.meeting.id, who)
    if at is None and not action.owners and (not stems(action.words) or _ended(action) is not None):
        return  # `12/2022`, `03-02 closed`: what came of something that no notes here have
    if at is None:
        made = Undertaking(action.words, source, *whose, who, ref, action.due, action.due_as_written or "", placed.due)
        perhaps = not action.marked and action.confidence <= _PERHAPS
        doubt = "the notes call it no action, and it may be none" if perhaps else ""
        before.append(replace(made, doubt=doubt, join=join(action.words, heading, None)))
        at = -1
    before[at] = _told_again(before[at], placed, Later(day, source, action.update or action.words, by="its own words"))


def _ended(noted: NotedAction) -> Came | None:
    """What words without an owner say became of something; what they ask for (`Close the counter by June`) has not become."""
    asks = noted.owners or _ASKS.match(noted.words)
    return None if asks else _ENDS.get(told_state(noted.words) or ActionState.OPEN)


def _told_again(one: Undertaking, placed: PlacedAction, later: Later) -> Undertaking:
    """With what these notes say became of it, and its new day where they move it."""
    noted, is_later = placed.noted, bool(one.day and later.day and later.day > one.day)
    end = Came.KEPT if noted.state is NotedState.CLOSED else _ENDS.get(told_state(noted.update) or ActionState.OPEN)
    end = end or (_ended(noted) if not noted.update else None)  # `9/2023: withdrawn, as the supplier is gone`
    if end is not None or is_later:
        one = replace(one, later=(*one.later, replace(later, end=end)))
    due = noted.due or (placed.due.day if placed.due is not None else None)
    due = due or written_day((noted.due_as_written or "").removeprefix("by "))  # already past when it was told again
    before = one.due or (one.occasion.day if one.occasion is not None else None)
    if is_later and due is not None and due != before:
        moved = f"{long_date(before) if before else 'no day'} to {long_date(due)}"
        one = replace(one, due=due, redated=(*one.redated, (moved, later)))
    return one


def _sentences(view: NotedView, names: frozenset[str]) -> Iterator[_Sentence]:
    for passage in view.minutes.passages:
        for words in (passage.words,) if passage.cells else SENTENCE_END.split(passage.words):
            yield _Sentence(view, passage.lines[0], words, stems(words) - names)


def _spoken_of(one: Undertaking, later: Iterable[_Sentence], names: frozenset[str]) -> Iterator[Later]:
    """Sentences of later notes that share most of the words that tell its subject, or name its reference; the first of each meeting."""
    own, seen = stems(one.words) - names, {each.day for each in one.later}
    ref = re.compile(rf"(?<![\w/]){re.escape(one.ref)}(?![\w/])") if "/" in one.ref else None
    for sentence in later:
        named = ref is not None and ref.search(sentence.words) is not None
        shared = len(own & sentence.stems)
        if sentence.view.meeting.day in seen or not (named or (shared >= _FEWEST and shared >= _SPOKEN * len(own))):
            continue
        seen.add(sentence.view.meeting.day)
        state = told_state(sentence.words) if named or shared >= 0.75 * len(own) else None
        end = _ENDS.get(state) if state is not None and "?" not in sentence.words else None
        end = end if named or end is Came.WITHDRAWN else None
        by = "its reference" if named else "most of its words"
        yield Later(sentence.view.meeting.day, source_of(sentence.view, sentence.line), sentence.words, end, by)


def _repeated(views: Sequence[NotedView]) -> Iterator[Repeated]:
    """Questions whose words are nearly the same, put at more than one meeting."""
    groups: list[list[Later]] = []
    for view, question in ((one, each) for one in views for each in one.minutes.questions):
        asked = Later(view.meeting.day, source_of(view, question.line), question.words, by=" and ".join(question.asked_by))
        plain, known = plain_words(question.words), groups if len(stems(question.words)) >= _FEWEST else []
        alike = (group for group in known if fuzz.token_sort_ratio(plain, plain_words(group[0].words)) >= _NEARLY)
        own = next(alike, None)
        groups.append([asked]) if own is None else own.append(asked)
    several = [group for group in groups if len({one.day for one in group}) > 1]
    yield from (Repeated(tuple(group)) for group in sorted(several, key=len, reverse=True))


def _dropped(views: Sequence[NotedView], said: Mapping[str, Sequence[_Sentence]], names: frozenset[str]) -> Iterator[Dropped]:
    """Items of one meeting whose title no later notes of the series have, neither as a heading nor in a sentence."""
    for at, view in enumerate(views):
        later = [one.stems for after in views[at + 1 :] for one in said[after.meeting.id]]
        later += [stems(item.noted.title) for after in views[at + 1 :] for item in after.items]
        for item in view.items if at + 1 < len(views) else ():
            title = item.noted.title.strip()
            own = stems(title)
            named = item.passages and not item.noted.nil and not _STANDING.search(title) and not title.endswith((".", "?"))
            if named and len(own) > 1 and not own <= names and len(title) < 90 and not any(own <= each for each in later):
                yield Dropped(title, source_of(view, item.noted.line), view.meeting.day, view.meeting.series, len(views) - at - 1)


_ACTION_ENDS = {ActionState.CLOSED: Came.KEPT, ActionState.ACCEPTED: Came.KEPT, ActionState.WITHDRAWN: Came.WITHDRAWN,
                ActionState.SUPERSEDED: Came.WITHDRAWN}  # fmt: skip
_PROMISE_ENDS = {CommitmentState.KEPT: Came.KEPT, CommitmentState.ANSWERED: Came.KEPT, CommitmentState.NOT_KEPT: Came.NOT_KEPT,
                 CommitmentState.SUPERSEDED: Came.WITHDRAWN, CommitmentState.CLOSED: Came.WITHDRAWN}  # fmt: skip


def _of_rows(
    noted: list[Undertaking],
    known: Inputs,
    office: Office,
    join: _Joins,
    read: Collection[str],
    origins: Mapping[str, Source],
) -> Iterator[Undertaking]:
    """The register's rows that come from none of these notes; what a row says of a noted one is put into that."""
    places = {_bare(one.words): at for at, one in enumerate(noted)}
    rows: list[Action | Commitment] = [*known.register.actions, *known.register.commitments]
    for row in rows:
        source, at = origins.get(row.ref, row.source), places.get(_bare(row.words))
        if at is not None:
            noted[at] = _with_row(noted[at], row, source, known)
        elif source.file.rpartition("/")[2] not in read:  # else the fold took it otherwise
            topic = next((one.title for one in office.topics if one.id == row.topic), "")
            own = Join(row.measure) if isinstance(row, Commitment) and row.measure else join(row.words, topic, None)
            yield _with_row(replace(_of_row(row, source, known), join=own), row, source, known)


def _of_row(row: Action | Commitment, source: Source, known: Inputs) -> Undertaking:
    said = row.raised if isinstance(row, Action) else row.said_at
    made = Undertaking(row.words, source, said, said[11:], _day_of(said, known), "", row.ref)
    if isinstance(row, Action):
        return replace(made, who=row.owners_as_written, due=row.due, due_words=row.due_as_written or row.due_meeting)
    return replace(made, who=row.owner, test=row.test, period=row.period, due_words=row.period.label if row.period else "")


def _with_row(one: Undertaking, row: Action | Commitment, source: Source, known: Inputs) -> Undertaking:
    end = _ACTION_ENDS.get(row.state) if isinstance(row, Action) else _PROMISE_ENDS.get(row.state)
    day = (row.closed if isinstance(row, Action) else None) or _day_of(row.decided_at, known)
    told = (Later(day, source, row.state.value, end, REGISTER),) if end is not None else ()
    redatings = row.redatings if isinstance(row, Action) else ()
    moved = tuple((f"{_day(each.before)} to {_day(each.after)}", Later(None, source, each.reason)) for each in redatings)
    return replace(one, ref=row.ref, later=(*one.later, *told), redated=max(moved, one.redated, key=len))


def _day_of(meeting: str, known: Inputs) -> date | None:
    month, held = month_of(meeting), [one.day for one in known.meetings if one.id == meeting]
    told = held[0] if held else iso_day(meeting[:10])
    return told or (month.end if month else None)  # where no day is told, its month's last


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else "no day"

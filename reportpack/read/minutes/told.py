"""What notes say of the register's actions and matters by their references, wherever and in whatever words: `14/2019: put back to July`,
`It was agreed that M2/2018 be closed`, a row of any table. A question, a hope and a mention say nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reportpack import patterns as re
from reportpack.model.action import Action, ActionState
from reportpack.model.matter import Matter
from reportpack.model.minutes import ActionKind, BroughtForward, Minutes, NotedAction, NotedPassage, NotedState
from reportpack.model.office import Office
from reportpack.model.register import Register
from reportpack.model.state_words import told_state
from reportpack.read.minutes.action_rows import put_off_in
from reportpack.read.minutes.brought_forward import end_of
from reportpack.read.minutes.dues import Due, due_field
from reportpack.read.minutes.form import ticked
from reportpack.records import dataclass

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=\W*[A-Z\d])")
_NOT_SAID = re.compile(r"(?i)\?|\b(?:ask(?:ed|s)?|whether|if|will|would|could|may|might|hope[ds]?)\b")
_BESIDE = frozenset(["by", "with", "see", "under", "as", "into", "on", "of", "at", "from", "per", "about", "in"])
"""Words before a reference, or a date that looks like one, which is then not what the sentence is about."""
_BETWEEN = re.compile(r"^[\s:.,;|()\u2013\u2014-]*(?:(?:is|was|be|been|has|had|are|were|now|can|should)\s+)*")
_DONE = (ActionState.PROPOSED, ActionState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of one reference: the rest of the sentence, or the cells beside it; `first` when the words begin with it."""

    ref: str
    words: str
    line: str
    item: str | None
    first: bool


def with_told(minutes: Minutes, register: Register | None, office: Office | None) -> Minutes:
    """The notes with what they say of rows of the register that nothing else in them has said."""
    if register is None:
        return minutes
    actions = {one.ref.casefold(): one for one in register.actions if not one.ref.isdigit()}
    matters = {one.ref.casefold(): one for one in register.matters if one.ref}
    for told in [one for passage in minutes.passages for one in _told(passage, frozenset(actions) | frozenset(matters))]:
        if told.ref in actions:
            minutes = _with_action(minutes, actions[told.ref], told, office)
        else:
            minutes = _with_matter(minutes, matters[told.ref], told)
    return minutes


def _told(passage: NotedPassage, known: frozenset[str]) -> Iterator[_Told]:
    line = passage.lines[0]
    if passage.cells:
        refs = [one.strip().casefold() for one in passage.cells]
        at = next((at for at, ref in enumerate(refs) if ref in known), None)
        said = [one.strip() for one in passage.cells[at + 1 :] if one.strip()] if at is not None else []
        if at is not None and said:
            yield _Told(refs[at], ticked(said[-1]) or said[-1], line, passage.item, first=False)
        return
    for number, sentence in enumerate(_SENTENCE.split(passage.words)):
        subjects = list(_subjects(sentence, known))
        first = number == 0 and bool(subjects) and _BETWEEN.sub("", sentence)[: subjects[0][1]].count(" ") <= 1
        if not subjects or (_NOT_SAID.search(sentence) and not first):
            continue
        rest = passage.words[passage.words.index(sentence) :] if first else sentence
        words = _BETWEEN.sub("", rest[subjects[-1][1] :])
        yield from (_Told(ref, words, line, passage.item, first) for ref, _ in subjects)


def _subjects(sentence: str, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    """References that a sentence is about, with where each ends: not those that it names beside others."""
    before = ""
    for match in re.finditer(r"\S+", sentence):
        said = match[0].casefold()
        ref = next((one for one in (said.strip(".,;:"), said.strip(".,;:()[]\u201c\u201d\"'")) if one in known), "")
        if ref and before not in _BESIDE:
            yield ref, match.end()
        before = said.strip(",.;:")


def _with_action(minutes: Minutes, action: Action, told: _Told, office: Office | None) -> Minutes:
    """The news of an action; one that was taken for new under a known reference is told again."""
    own = [one for one in minutes.actions if (one.ref or "").casefold() == told.ref]
    state, (put_off, until) = told_state(told.words), put_off_in(told.words)
    says = [one for one in own if one.update or one.state is NotedState.CLOSED]
    if says or not (state or put_off or (own and told.first)):
        return minutes
    due = due_field(until, minutes.day, _coming(minutes), office) if put_off else Due()
    news = NotedAction(
        action.title or action.words, NotedState.CLOSED if state in _DONE else NotedState.OPEN, ActionKind.DO, told.line,
        0.9, action.ref, due=due.day, due_meeting=due.meeting, due_as_written=due.words, item=told.item, update=told.words,
        put_off=put_off,
    )  # fmt: skip
    return replace(minutes, actions=(*(one for one in minutes.actions if one not in own), news))


def _coming(minutes: Minutes) -> date | None:
    return minutes.next_meeting.day if minutes.next_meeting is not None else None


def _with_matter(minutes: Minutes, matter: Matter, told: _Told) -> Minutes:
    """What became of a matter; nothing where the notes said so at its own place, or say nothing that ends it."""
    became, returns = end_of(told.words, minutes.day, _coming(minutes))
    own = [one for one in minutes.brought_forward if one.title.casefold() == matter.title.casefold() or one.words == matter.words]
    if became is None or any(one.outcome for one in own):
        return minutes
    found = own[0] if own else BroughtForward(matter.title, matter.origin or None, matter.due or None, matter.words, told.line)
    ended = replace(found, outcome=told.words, became=became, returns=returns, evidence=found.evidence or (told.line,))
    others = tuple(one for one in minutes.brought_forward if one not in own)
    return replace(minutes, brought_forward=(*others, ended))

"""The change slip of a later version: which figure, verdict, matter, action or paper is otherwise than in the version its readers had."""

from collections.abc import Iterator
from itertools import chain

from reportpack.compose.appendix import may_show
from reportpack.compose.area_words import area_name
from reportpack.compose.figures import figure_words
from reportpack.compose.judgements import place_words
from reportpack.compose.names import small
from reportpack.compose.papers import paper_lines
from reportpack.compose.setting import Setting
from reportpack.model.judgement import LineKind, Told, ToldLine
from reportpack.model.pack import NOTHING, Pack, Slip, SlipLine
from reportpack.model.words import Sentence

_MOST = 24
"""Lines that stand on one page."""
_NOT_IN_IT = Sentence.of("Not in it")
_GONE = {
    LineKind.MATTER: "It does not come to this meeting any more",
    LineKind.ACTION: "It is not open any more",
    LineKind.PAPER: "It is not for this meeting any more",
}


def told_lines(pack: Pack) -> tuple[ToldLine, ...]:
    """Every matter, action and paper of the pack, as its readers have it."""
    matters = (ToldLine(LineKind.MATTER, one.ref, one.title, _state(one.due, one.outcome, one.evidence)) for one in pack.matters)
    actions = (
        ToldLine(LineKind.ACTION, one.ref, one.title or one.words, _state(one.state, one.due, one.update, one.evidence))
        for group in pack.actions.groups
        for one in group.lines
    )
    papers = (ToldLine(LineKind.PAPER, one.letter, one.title, one.status.text, one.mark) for one in paper_lines(pack))
    return tuple(dict.fromkeys((*matters, *actions, *papers)))


def compose_slip(pack: Pack, setting: Setting) -> Slip | None:
    """What changed since this edition's last released version; None where there was none, or nothing changed."""
    told = next((one for one in setting.told if one.again), None)
    if told is None:
        return None
    verdicts = (
        SlipLine("Verdict", one.name, Sentence.of(one.was), Sentence.of(one.now), one.why) for one in pack.turned if one.again
    )
    lines = tuple(chain(verdicts, _figures(told, setting), _others(told, told_lines(pack))))
    unknown = told.lines is None
    return Slip(told.called, lines[:_MOST], max(len(lines) - _MOST, 0), unknown) if lines else None


def slip_words(slip: Slip | None) -> tuple[str, ...]:
    """The slip's lines for a letter, without the verdicts, which it says by themselves."""
    lines = slip.lines if slip is not None else ()
    return tuple(
        f"{one.kind} {one.name}: was {small(one.was.text)}, is {small(one.now.text)}" for one in lines if one.kind != "Verdict"
    )


def _figures(told: Told, setting: Setting) -> Iterator[SlipLine]:
    for one in told.revisions:
        finding = setting.findings.of(one.now.measure)
        if finding is not None and may_show(one, setting):
            title = finding.measure.short_title or finding.measure.title
            name = f"{title}, {area_name(one.now.area, setting.office)}, {one.now.period.label}"
            was, now = (figure_words(each, finding.measure) for each in (one.before, one.now))
            place = place_words(one.now, setting).strip(" ()")
            yield SlipLine("Figure", name, was, now, Sentence.of(f"So it stands in {place}" if place else "It was revised"))


def _others(told: Told, now: tuple[ToldLine, ...]) -> Iterator[SlipLine]:
    """Matters, actions and papers that are new, gone, or stand otherwise."""
    if told.lines is None:
        return
    before = {(one.kind, one.ref): one for one in told.lines}
    after = {(one.kind, one.ref): one for one in now}
    for key in dict.fromkeys((*after, *before)):
        then, since = before.get(key), after.get(key)
        if then == since:
            continue
        one = since or before[key]
        kind, name = one.kind.value.capitalize(), f"{one.ref}: {one.title}"
        if then is None:
            yield SlipLine(kind, name, _NOT_IN_IT, Sentence.of(one.state), Sentence.of("It is new"))
        elif since is None:
            yield SlipLine(kind, name, Sentence.of(then.state), Sentence.of("No longer in it"), Sentence.of(_GONE[one.kind]))
        elif then.state != since.state:
            yield SlipLine(kind, name, Sentence.of(then.state), Sentence.of(since.state), NOTHING)
        elif then.mark != since.mark:
            yield SlipLine(
                kind, name, Sentence.of("As received"), Sentence.of("Received anew"), Sentence.of("Its file was replaced")
            )
        else:
            yield SlipLine(kind, name, Sentence.of(then.title), Sentence.of(since.title), Sentence.of("It was worded anew"))


def _state(*parts: Sentence | str) -> str:
    return "; ".join(filter(None, (one if isinstance(one, str) else one.text for one in parts)))

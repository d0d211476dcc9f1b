"""What is otherwise than in what a pack's readers had before: its verdicts, with which cells turned them, and the change slip of a later version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import chain

from reportpack.compose.agenda import WAS_WANTED, paper_lines
from reportpack.compose.appendix import may_show
from reportpack.compose.area_words import area_name, quartile_words
from reportpack.compose.commitments import VERDICT, test_words, verdict_words
from reportpack.compose.numbers import figure_words
from reportpack.compose.setting import Setting, anchor, head_of, small
from reportpack.compose.signal_words import ASSURANCE, CHANGED, NO_VERDICT, VARIATION
from reportpack.model.edition import Part, shows
from reportpack.model.finding import CommitmentFinding, MeasureFinding, Standing, Verdict
from reportpack.model.judgement import Judgement, JudgementKind, LineKind, Revision, Told, ToldLine
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.pack import Headline, Pack, Slip, SlipLine, Supplement, Turned
from reportpack.model.period import long_date
from reportpack.model.release import Released
from reportpack.model.words import Sentence
from reportpack.records import Record

_MOST = 3
_STANDING = {Standing.OUTLIER_HIGH: "higher", Standing.OUTLIER_LOW: "lower"}


class _Judged(Record):
    """A verdict with the figures it rests on, what its readers know it by, and where it stands."""

    judgement: Judgement
    figures: tuple[Observation, ...]
    title: str
    target: str


def judgements_of(setting: Setting, headlines: Sequence[Headline]) -> tuple[Judgement, ...]:
    """Every verdict that this edition prints, its headlines last."""
    verdicts = (one.judgement for one in _judged(setting))
    led = (Judgement(JudgementKind.HEADLINE, one.target, one.words.text) for one in headlines)
    return (*verdicts, *led)


def turned_since(setting: Setting, program: str) -> tuple[Turned, ...]:
    """What was said otherwise before, in this pack's last version first."""
    told = sorted(setting.told, key=lambda one: not one.again)
    found = ((then, one, then.judgement(one.judgement.kind, one.judgement.about)) for then in told for one in _judged(setting))
    return tuple(
        _turned(one, before, then, setting, program)
        for then, one, before in found
        if before is not None and before.said != one.judgement.said
    )


def _turned(one: _Judged, before: Judgement, then: Told, setting: Setting, program: str) -> Turned:
    now = one.judgement
    told = Sentence.of(f"{one.title} was “{before.said}” in {then.called} and is “{now.said}” now: ")
    why = _why(one, before, then, setting, program)
    words = Sentence.of(told, why, ".")
    settled = now.kind is JudgementKind.COMMITMENT and VERDICT[Verdict.MET] in (before.said, now.said)
    leads = then.again or settled
    said = (before.said, now.said, words, one.target)
    return Turned(now.kind.value, now.about, then.called, *said, leads, then.again, one.title, why)


def _why(one: _Judged, before: Judgement, then: Told, setting: Setting, program: str) -> Sentence:
    keys = {(figure.measure, figure.area, figure.period) for figure in one.figures}
    revised = [r for r in then.revisions if (r.now.measure, r.now.area, r.now.period) in keys]
    if revised:
        shown = [r for r in revised if may_show(r, setting)]
        lines = [line for r in shown[:_MOST] for line in ("; ", _revised(r, setting))][1:]
        more = f"; and {len(revised) - _MOST} more figures" if len(shown) > _MOST else ""
        return Sentence.of(*lines, more) if lines else Sentence.of("figures that are not shown in this edition were revised")
    if before.basis != one.judgement.basis:
        return Sentence.of(
            f"it was held against {before.basis or 'nothing'} then, and against {one.judgement.basis or 'nothing'} now"
        )
    if then.knew(one.figures):
        method = f"version {program} of the program judges otherwise than version {then.program}"
        return Sentence.of(
            f"the figures are the same; {method if then.program != program else 'what they are judged by has changed'}"
        )
    was, now = (version.partition(" ")[0] for version in (then.program, program))
    return Sentence.of(
        "figures have come in since", f", and version {now} of the program judges, no longer {was}" if was != now else ""
    )


def _revised(revision: Revision, setting: Setting) -> Sentence:
    """`North Worcestershire, April 2019, was 81.9%, is now 79.8% (survey.xlsx, sheet All victims, D36)`, both places where they differ."""
    finding, then, now = setting.findings.of(revision.now.measure), revision.before, revision.now
    if finding is None:
        return Sentence.of()
    start = f"{area_name(now.area, setting.office)}, {now.period.label}, was "
    was, is_now = figure_words(then, finding.measure), figure_words(now, finding.measure)
    place = place_words(now, setting)
    return Sentence.of(start, was, before if (before := place_words(then, setting)) != place else "", ", is now ", is_now, place)


def place_words(figure: Observation, setting: Setting) -> str:
    """` (survey.xlsx, sheet All victims, D36)`, for those who may know of files."""
    return f" ({figure.source.where})" if shows(setting.edition, Part.FILES) else ""


def _judged(setting: Setting) -> Iterator[_Judged]:
    shown = {one.ref for one in setting.view.commitments}
    yield from (_commitment(one, setting) for one in setting.findings.commitments if one.commitment.ref in shown)
    for finding in setting.findings.measures:
        yield from _measure(finding, setting)


def _commitment(found: CommitmentFinding, setting: Setting) -> _Judged:
    commitment, finding = found.commitment, setting.findings.of(found.commitment.measure)
    basis = ""
    if commitment.test is not None and finding is not None:
        period = f" in {commitment.period.label}" if commitment.period is not None else ""
        basis = f"{test_words(commitment.test, finding.measure, setting.office, ()).text}{period}"
    judgement = Judgement(JudgementKind.COMMITMENT, commitment.ref, verdict_words(found), basis)
    return _Judged(judgement, found.observations, commitment.ref, anchor("commitment", commitment.ref))


def _measure(finding: MeasureFinding, setting: Setting) -> Iterator[_Judged]:
    measure, xmr = finding.measure, finding.xmr
    title, target = measure.short_title or measure.title, setting.measure_target(measure.id)

    def judged(kind: JudgementKind, said: str, figures: tuple[Observation, ...], name: str, basis: str = "") -> _Judged:
        return _Judged(Judgement(kind, measure.id, said, basis), figures, f"{title}{name}", target)

    numbers = tuple(finding.force.numbers)
    if xmr is not None:
        # The verdict without its figures, which change every month.
        verdict = CHANGED if xmr.signals else VARIATION
        said = NO_VERDICT.get(xmr.reason, NO_VERDICT[""]) if xmr.variation is None else verdict[xmr.variation]
        yield judged(JudgementKind.SIGNAL, said, numbers, "")
    if xmr is not None and xmr.assurance is not None:
        target_now = finding.target
        upper = f" to {target_now.up_to:g}" if target_now is not None and target_now.up_to is not None else ""
        basis = f"a target of {target_now.value:g}{upper}" if target_now is not None else ""
        yield judged(JudgementKind.TARGET, ASSURANCE[xmr.assurance], numbers, "", basis)
    if finding.rank is not None:
        yield judged(JudgementKind.RANK, quartile_words(finding.rank) or "in the middle half", numbers, ", by rank,")
    if finding.areas:
        out = [
            f"{area_name(one.area, setting.office)} {_STANDING.get(one.standing, '')}" for one in finding.areas if one.stands_out
        ]
        latest = tuple(one.latest for one in finding.areas if one.latest is not None)
        yield judged(JudgementKind.AREAS, ", ".join(out) or "none", latest, ", areas that stand out,")


_MOST_LINES = 24  # that stand on one page
_GONE = {
    LineKind.MATTER: "It does not come to this meeting any more",
    LineKind.ACTION: "It is not open any more",
    LineKind.PAPER: "It is not for this meeting any more",
    LineKind.ITEM: "It is not on the agenda any more",
}


def told_lines(pack: Pack) -> tuple[ToldLine, ...]:
    """Every line of the agenda, matter, action and paper of the pack, as its readers have it."""
    matters = (ToldLine(LineKind.MATTER, one.ref, one.title, _state(one.due, one.outcome, one.evidence)) for one in pack.matters)
    actions = (
        ToldLine(LineKind.ACTION, one.ref, one.title or one.words, _state(one.state, one.due, one.update, one.evidence))
        for one in chain.from_iterable(group.lines for group in pack.actions.groups)
    )
    papers = (  # that a day went by changes nothing
        ToldLine(LineKind.PAPER, one.letter, one.title, one.status.text.replace(WAS_WANTED, ""), one.mark)
        for one in paper_lines(pack)
    )
    items = (ToldLine(LineKind.ITEM, one.number, one.title, "On the agenda") for one in pack.agenda)
    return tuple(dict.fromkeys((*items, *matters, *actions, *papers)))


def compose_slip(pack: Pack, setting: Setting) -> Slip | None:
    """What changed since this edition's last released version; None where there was none, or nothing changed."""
    told = next((one for one in setting.told if one.again), None)
    if told is None:
        return None
    verdicts = (
        SlipLine("Verdict", one.name, Sentence.of(one.was), Sentence.of(one.now), one.why) for one in pack.turned if one.again
    )
    lines = tuple(chain(verdicts, _figures(told, setting), _others(told.lines, told_lines(pack))))
    return Slip(told.called, lines[:_MOST_LINES], max(len(lines) - _MOST_LINES, 0), told.lines is None) if lines else None


def compose_supplement(pack: Pack, office: Office, then: Released, earlier: Sequence[Released], called: str) -> Supplement | None:
    """What has come since the version `then` that is in no `earlier` supplement, with what changed among the papers since the last that
    followed that version; None where nothing has."""
    known = {(one.ref, one.mark) for release in (then, *earlier) for one in release.has or ()}
    given = [one for one in earlier if one.build > then.build]
    since = " and ".join((f"v{then.version}", *(f"Supplement {one.version}" for one in given[-1:])))
    late = tuple(one.letter for one in paper_lines(pack) if one.mark and (one.letter, one.mark) not in known)
    if not late or then.has is None:
        return None
    had = {one.ref: one for release in (then, *given) for one in release.has or () if one.kind is LineKind.PAPER}
    now = [one for one in told_lines(pack) if one.kind is LineKind.PAPER]
    title = f"{called}: {pack.cover.title}, {long_date(pack.cover.day)}"
    head = head_of(office, pack.edition, pack.on, called, title, title, title)
    own = {**head, "slip": Slip(since, tuple(_others(had.values(), now))), "late": late}
    return Supplement(**({one.name: getattr(pack, one.name) for one in fields(pack)} | own))


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


def _others(had: Iterable[ToldLine] | None, now: Iterable[ToldLine]) -> Iterator[SlipLine]:
    if had is None:
        return
    before = {(one.kind, one.ref): one for one in had}
    sections = any(kind is LineKind.ITEM for kind, _ in before)  # which were not recorded at first
    after = {(one.kind, one.ref): one for one in now if sections or one.kind is not LineKind.ITEM}
    for key in dict.fromkeys((*after, *before)):
        then, since = before.get(key), after.get(key)
        if then == since:
            continue
        one = since or before[key]
        kind, name = one.kind.value.capitalize(), f"{one.ref}: {one.title}"
        if then is None:
            words = "Not in it", one.state, "It is new"
        elif since is None:
            words = then.state, "No longer in it", _GONE[one.kind]
        elif then.state != since.state:
            words = then.state, since.state, ""
        elif then.mark != since.mark:
            words = "As received", "Received anew", "Its file was replaced"
        else:
            words = then.title, since.title, "It was worded anew"
        yield SlipLine(kind, name, *map(Sentence.of, words))


def _state(*parts: Sentence | str) -> str:
    return "; ".join(filter(None, (one if isinstance(one, str) else one.text for one in parts)))

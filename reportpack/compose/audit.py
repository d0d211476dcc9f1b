"""The promise audit composed: each undertaking with its place, its figures then and now and what came of it; what is not sure in a part of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from reportpack.compose.appendix import list_abbreviations
from reportpack.compose.area_words import area_name
from reportpack.compose.audience import number_sources
from reportpack.compose.numbers import count_printed, printed
from reportpack.compose.setting import capital, head_of, join_words, meeting_label, occasion_words
from reportpack.model import audit as model
from reportpack.model.edition import Audience
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Sentence

PARTS = {
    model.Came.NOT_KEPT: "By the figures, on the day that the words name. A join that is a guess never stands here.",
    model.Came.OPEN: "Spoken of again, without an end.",
    model.Came.NOBODY_ASKED: "No sentence of later notes of the same meetings has its reference or most of its words.",
    model.Came.NOT_MEASURABLE: "There is a promise, and no figure that shows what came of it.",
    model.Came.NO_LATER: "From the last notes that there are of these meetings.",
    model.Came.TOO_EARLY: "Not yet due.",
    model.Came.KEPT: "By the figures, or as later notes report.",
    model.Came.WITHDRAWN: "Withdrawn or superseded, in the words of later notes.",
    model.Came.NOT_SURE: "What the program cannot tell for certain, and why. A person decides.",
}
"""Each part in its order, with what it holds."""


def compose_audit(
    judged: Sequence[model.Judged],
    repeated: Iterable[model.Repeated],
    dropped: Iterable[model.Dropped],
    files: Iterable[model.AuditLine],
    remarks: Sequence[str],
    office: Office,
    measures: Sequence[Measure],
    on: date,
) -> model.PromiseAudit:
    """The document as at `on`, for the office alone."""
    as_at, known = f"as at {long_date(on)}", {one.id: one for one in measures}
    parts = tuple(
        model.AuditPart(came.name.lower().replace("_", "-"), came.value.capitalize(), note, rows)
        for came, note in PARTS.items()
        if (rows := tuple(_row(one, office, known) for one in sorted(judged, key=_heaviest) if one.came is came))
    )
    titles = (f"Promise audit: {office.name_on(on)}, {as_at}", "Promise audit")
    audit = model.PromiseAudit(
        **head_of(office, Audience.OFFICE, on, as_at, *titles, f"What was undertaken, and what came of it, {as_at}"),
        summary=tuple(Sentence.of(count_printed(len(one.rows)), f" {one.title.lower()}") for one in parts),
        remarks=tuple(remarks),
        parts=parts,
        questions=tuple(_question(one) for one in repeated),
        topics=tuple(_topic(one, office) for one in dropped),
        files=tuple(files),
        abbreviations=list_abbreviations(office),
    )
    return replace(audit, sources=number_sources(audit))


def _heaviest(one: model.Judged) -> tuple[bool, int, bool, bool, int]:
    """What figures can show comes first, then what was put off most often, had a day, was somebody's; of these the newest."""
    said = one.undertaking
    shown = bool(said.join.measure) and not said.join.doubt
    return not shown, -len(said.redated), not (said.due or said.period), not said.who, -(said.day or date.min).toordinal()


def _row(one: model.Judged, office: Office, measures: dict[str, Measure]) -> model.AuditRow:
    said, measure = one.undertaking, measures.get(one.undertaking.join.measure)
    series = office.series_of(said.series)
    others = [measures[each].title for each in said.join.others]
    area = f", {area_name(said.join.area, office)}" if said.join.area else ""
    about = f"{measure.title}{area}" if measure is not None else f"One of {join_words(others)}" if others else ""
    perhaps = "Perhaps " if measure is not None and said.join.doubt else ""
    moved = {later.source for _, later in said.redated}
    after = (each for each in said.later if said.day is None or (each.day and each.day > said.day))
    return model.AuditRow(
        words=said.words,
        where=said.source.where,
        series=series.title_on(said.day) if series is not None else said.series,
        when=meeting_label(said.meeting),
        who=_who(said.who, said.day, office),
        due=_due(said),
        measure=f"{perhaps}{about}",
        then=_figure(one.then, measure),
        now=_figure(one.now, measure),
        came=one.came.value,
        why=capital(one.why),
        redated=tuple(f"{moved} ({_at(later)})" for moved, later in said.redated),
        later=tuple(f"{_at(each)}: {each.words}" for each in after if each.source not in moved),
    )


def _due(said: model.Undertaking) -> str:
    if said.due is not None:
        return long_date(said.due)
    return said.period.label if said.period is not None else occasion_words(said.occasion) or said.due_words


def _who(written: str, day: date | None, office: Office) -> str:
    """As the notes have it; a post with whoever held it then."""
    names = {name.casefold(): post for post in office.posts for name in (post.title, post.abbreviation, post.id, *post.aliases)}
    post = names.get(written.casefold())
    holders = office.holders_on(post.id, day) if post is not None and day is not None else ()
    name = post.title if post is not None and written == post.id else written
    return f"{name} ({holders[0].name})" if len(holders) == 1 and holders[0].name != name else name


def _figure(figure: Observation | None, measure: Measure | None) -> Sentence:
    if figure is None or measure is None or figure.value is None:
        return Sentence.of()
    return Sentence.of(printed(measure, figure.value, figure.cells), f" in {figure.period.label}")


def _at(later: model.Later) -> str:
    return ", ".join(filter(None, (long_date(later.day) if later.day else "", later.source.where)))


def _question(one: model.Repeated) -> model.AuditLine:
    return model.AuditLine(one.asked[0].words, tuple(f"{_at(each)}{f', {each.by}' if each.by else ''}" for each in one.asked))


def _topic(one: model.Dropped, office: Office) -> model.AuditLine:
    series = office.series_of(one.series)
    meetings = "1 later meeting has" if one.meetings_since == 1 else f"{one.meetings_since} later meetings have"
    met = f"{series.title_on(one.day) if series is not None else one.series}, {long_date(one.day)} ({one.source.file}; {meetings} notes)"
    return model.AuditLine(one.title, (met, one.source.cell))

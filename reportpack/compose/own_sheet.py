"""A post's own sheet and reply form, taken from the pack for the same readers: what is not in that pack cannot be in them."""

from collections.abc import Iterator
from dataclasses import replace

from reportpack.compose.appendix import list_abbreviations
from reportpack.compose.head import head_of
from reportpack.model.agenda_view import AgendaView
from reportpack.model.commission import FormAction, OwnArea, OwnQuestion, OwnSheet, ReplyForm
from reportpack.model.edition import Part, shows
from reportpack.model.office import Office, Post
from reportpack.model.pack import ActionLine, Pack
from reportpack.model.period import long_date

FORM = 1
"""The form's own version: raised when its columns change."""
_EXCEPTIONS = 6


def compose_own_sheet(pack: Pack, view: AgendaView, office: Office, post: Post, areas: tuple[str, ...], version: str) -> OwnSheet:
    """The sheet of the post; `areas` narrow it to theirs, without them it shows what needs attention in the whole force."""
    meeting = view.meeting
    return OwnSheet(
        **head_of(
            office,
            pack.edition,
            pack.on,
            version,
            f"{post.title}: actions and questions, {meeting.title}, {long_date(meeting.day)}",
            f"{post.title}, {meeting.title}, {long_date(meeting.day)}",
            f"What the meeting of {long_date(meeting.day)} asks of the {post.title}",
        ),
        meeting=pack.meeting,
        heading=f"{meeting.title}, {long_date(meeting.day)}",
        post=post.title,
        actions=tuple(replace(one, id=f"own-{number}") for number, one in enumerate(own_actions(pack, view, post), start=1)),
        questions=tuple(_questions(pack, view, post)),
        areas=tuple(_areas(pack, {area.name for area in office.areas if area.id in areas})),
        exceptions=() if areas else pack.glance.exceptions[:_EXCEPTIONS],
        note=pack.cover.note,
        abbreviations=list_abbreviations(office),
        sources=pack.sources,
    )


def compose_reply_form(pack: Pack, view: AgendaView, post: Post, version: str, reply_to: str) -> ReplyForm:
    """The form in which the post says how its actions stand."""
    actions = tuple(
        FormAction(one.ref, f"{one.title}: {one.words}" if one.title else one.words, one.due.text)
        for one in own_actions(pack, view, post)
    )
    identity = f"Reply form {FORM}, {pack.meeting}, {post.abbreviation or post.id}, {version}"
    meeting = f"{view.meeting.title}, {long_date(view.meeting.day)}"
    return ReplyForm(identity, meeting, post.title, pack.marking, reply_to, pack.on, actions)


def own_actions(pack: Pack, view: AgendaView, post: Post) -> tuple[ActionLine, ...]:
    """The open actions in this pack that the post owns, alone or with others, overdue first."""
    owned = {one.action.ref for one in view.actions if post.id in one.action.owners}
    lines = [line for group in pack.actions.groups for line in group.lines if line.ref in owned]
    return tuple(replace(one, topic=None) for one in sorted(lines, key=lambda line: not line.overdue))


def _questions(pack: Pack, view: AgendaView, post: Post) -> Iterator[OwnQuestion]:
    """What this pack says will be put where the post leads, or where nobody is named; the office asks itself nothing."""
    if not shows(pack.edition, Part.QUESTIONS_PUT):
        return
    leads = {one.item.number: one.item.lead for one in view.items}
    for page in (*pack.topics, *pack.items):
        if leads.get(page.number, "") in ("", post.id):
            for words in page.asked:
                yield OwnQuestion(page.number, page.title, words)


def _areas(pack: Pack, names: set[str]) -> Iterator[OwnArea]:
    for page in pack.topics:
        for measure in page.measures:
            rows = tuple(row for row in measure.areas.rows if row.area in names) if measure.areas is not None else ()
            if rows and measure.areas is not None:
                yield OwnArea(measure.title, measure.areas.period, rows)

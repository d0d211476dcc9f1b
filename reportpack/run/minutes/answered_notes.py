"""The notes as they count for the register: with what the answers to their queries add. Their words stay as they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportpack.merge.noted import place_notes, references_of
from reportpack.merge.occasions import plain_words, settle_topics
from reportpack.model.answer import AskedQuery, Verdict
from reportpack.model.minutes import BroughtForward, Minutes, NotedAction, NotedOwner, NotedQuestion
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.read.minutes.brought_forward import end_of
from reportpack.read.minutes.dues import due_field
from reportpack.read.posts import read_owners
from reportpack.read.register.reading import register_of_rows
from reportpack.run.minutes.annex_reading import ReadNotes


def with_answers(read: ReadNotes) -> NotedView:
    """The notes as they count for the register: with the owners, days, outcomes and answers that were given to their queries."""
    minutes = _answered_minutes(read.minutes, read.view.asked, read.settings.office)
    if minutes == read.minutes:
        return read.view
    register, _ = register_of_rows(read.standing.rows, read.settings.office, read.settings.measures)
    settled, _ = settle_topics(register, read.settings.office, read.settings.measures)
    given = references_of(read.earlier.given if read.earlier is not None else ())
    placed = place_notes(minutes, read.view.meeting, read.meetings, read.settings.office, settled, read.view.standing, given)
    return replace(placed, asked=read.view.asked, corrections=read.view.corrections)


def _answered_minutes(minutes: Minutes, asked: Sequence[AskedQuery], office: Office) -> Minutes:
    said = {
        (one.query.kind, one.query.line, plain_words(one.query.about)): one.answer.given.words
        for one in asked
        if one.answer is not None and one.answer.given.verdict is Verdict.ANSWERED
    }
    if not said:
        return minutes
    coming = minutes.next_meeting.day if minutes.next_meeting is not None else None
    return replace(
        minutes,
        actions=tuple(_answered_action(one, said, office, minutes.day, coming) for one in minutes.actions),
        brought_forward=tuple(_answered_matter(one, said, minutes.day, coming) for one in minutes.brought_forward),
        questions=tuple(_answered_question(one, said) for one in minutes.questions),
    )


_Said = dict[tuple[str, str, str], str]


def _answered_action(action: NotedAction, said: _Said, office: Office, at: date | None, coming: date | None) -> NotedAction:
    """With the owner or the day that an answer names, where every word of it can be read as one."""
    about = plain_words(action.words)
    owner = said.get(("action-without-owner", action.line, about), "")
    owners = read_owners(owner, office) if owner else None
    if owners is not None and owners.posts and not owners.unknown:
        posts = [post for post in office.posts if post.id in owners.posts]
        action = replace(action, owners=tuple(NotedOwner(post.abbreviation or post.title, post.id) for post in posts))
    due = due_field(said.get(("action-without-date", action.line, about), ""), at, coming)
    if due.day is not None or due.meeting is not None:
        action = replace(action, due=due.day, due_meeting=due.meeting, due_as_written=due.words)
    return action


def _answered_matter(matter: BroughtForward, said: _Said, at: date | None, coming: date | None) -> BroughtForward:
    outcome = said.get(("matter-without-outcome", matter.line, plain_words(f"{matter.title} {matter.words}")))
    if not outcome or matter.outcome:
        return matter
    became, returns = end_of(outcome, at, coming)
    return replace(matter, outcome=outcome, became=became, returns=returns)


def _answered_question(question: NotedQuestion, said: _Said) -> NotedQuestion:
    answer = said.get(("question-unanswered", question.line, plain_words(question.words)))
    return replace(question, answer=answer, clear=False) if answer else question

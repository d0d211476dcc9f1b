"""The minutes-and-actions annex, composed: the notes as they are, and what they ask for, for the readers of one edition."""

from datetime import date

from reportpack.compose.annex_actions import (
    compose_arising,
    compose_commitments,
    compose_decisions,
    compose_earlier,
    compose_returns,
)
from reportpack.compose.annex_head import compose_attendance, compose_coming, compose_gist, compose_head, compose_matters
from reportpack.compose.annex_notes import compose_notes
from reportpack.compose.annex_said import AnnexSetting, compose_corrections, marks_on, remarks_on
from reportpack.compose.appendix import list_abbreviations
from reportpack.compose.head import head_of
from reportpack.compose.occasions import count_words
from reportpack.model.annex import Annex
from reportpack.model.answer import Stands
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.minutes import NotedState
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Sentence


def compose_annex(view: NotedView, edition: Audience, office: Office, on: date, version: str) -> Annex:
    """The annex of the notes in `view`; what its readers may not see is out of it before the first sentence."""
    setting = AnnexSetting(view, edition, office)
    matters, arising, commitments = compose_matters(setting), compose_arising(setting), compose_commitments(setting)
    meeting, corrections = view.meeting, compose_corrections(setting)
    matters_out, actions_out = _left_out(setting, len(arising), len(matters))
    return Annex(
        **head_of(
            office,
            edition,
            on,
            version,
            f"Meeting notes and actions: {meeting.title}, {long_date(meeting.day)}",
            f"Notes and actions: {meeting.title}, {long_date(meeting.day)}",
            f"Notes of the meeting of {long_date(meeting.day)}, with the actions arising",
        ),
        meeting=meeting.id,
        head=compose_head(setting, compose_gist(matters, arising, commitments, actions_out, len(corrections))),
        attendance=compose_attendance(setting),
        matters=matters,
        items=compose_notes(setting),
        decisions=compose_decisions(setting),
        actions=arising,
        earlier=compose_earlier(setting),
        commitments=commitments,
        returns=compose_returns(setting),
        coming=compose_coming(setting),
        made_from=_made_from(setting),
        marked=marks_on(setting, Stands.HEAD, lambda _: True),
        matters_withheld=matters_out,
        actions_withheld=actions_out,
        attendance_remarks=remarks_on(setting, Stands.ATTENDANCE, lambda _: True),
        corrections=corrections,
        abbreviations=list_abbreviations(office),
    )


def _made_from(setting: AnnexSetting) -> Sentence:
    """For those who may know the office's files."""
    if not shows(setting.edition, Part.WORKINGS):
        return Sentence.of()
    minutes = setting.view.minutes
    return Sentence.of(f"Made from {minutes.file} (sha256 {minutes.sha256[:16]}).")


def _left_out(setting: AnnexSetting, arising: int, matters: int) -> tuple[str, str]:
    """That matters and actions are left out of this edition, and how many for those who may know it; the items say so themselves."""
    every = [one for one in setting.view.actions if one.noted.marked and one.noted.state is NotedState.NEW]
    counted = shows(setting.edition, Part.REFERENCES)
    return _left(len(setting.view.matters) - matters, "matter", counted), _left(len(every) - arising, "action", counted)


def _left(count: int, noun: str, counted: bool) -> str:
    how_many = count_words(count, noun).capitalize() if counted else f"Some {noun}s"
    return f"{how_many} left out of this edition." if count else ""

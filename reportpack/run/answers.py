"""What a verb answers, for machines: one JSON form for each kind of record, whoever asks (`--json`, a page, a script, pack.json)."""

from collections.abc import Callable, Mapping
from datetime import date, time
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from reportpack import patterns as re
from reportpack.errors import Remedy

Json: TypeAlias = dict[str, object]

_FORMS = """
# what verbs answer
run.analyse_csv.CsvAnalysis: points=reference.points variation=reference.variation assurance=reference.assurance judged
    problems
run.minutes.annex_issue.BuiltAnnex: paths meeting edition version pages? actions queries blocking corrections given problems
run.minutes.settling.Corrections: meeting corrections changed=changed.number register=rows problems
run.minutes.back_fill.BackFill: recorded meetings=notes recorded_before=known not_set=unset
run.meetings.changes.CalledOff: id=meeting.id cancelled=meeting.cancelled due
run.check.Checked: meeting problems accepted queries
run.first_day.setting_up.FirstDay: office meeting new=is_new files=accounts questions=answered
run.first_day.setting_up.Account: file kind=what taken? left_out=why_not?
run.first_day.office.Answered: name=question.name question=question.text likely=question.likely answer unconfirmed=taken
run.audit.MadeAudit: counts undertakings=rows questions=audit.questions topics=audit.topics files=audit.files paths problems
model.audit.AuditRow: words where meeting=series when who due measure then now came why redated later
model.audit.AuditLine: words where
run.handover.HandedOver: edition paths sha256 files problems
run.dossier.MadeDossier: topic=dossier.topic title=dossier.title edition=dossier.edition on=dossier.on paths
    also_called=dossier.names measures=dossier.measures matters=dossier.matters commitments=dossier.commitments
    actions=dossier.actions questions=dossier.questions statements=dossier.statements documents=dossier.carried
    withheld=dossier.withheld numbers sources=dossier.sources
model.minutes.Minutes: file sha256 title date=day start_time=start end_time=end venue chair note_taker attendance items
    brought_forward actions decisions commitments statements figures next_meeting queries
run.minutes.settling.Queries: meeting queries=asked changed=changed.name problems
run.pack.BuiltPack: paths meeting edition on pages again made_by? problems
run.letters.proposal.Releasing: meeting document new editions lines paths
run.letters.publish.Publishing: meeting document=release.document version=release.version paths=files steps warnings asked
run.doctor.Examined: parts problems mended
run.papers.PapersLook: meeting papers problems
run.papers.PaperLook: letter=paper.letter item=paper.item title=paper.title author=paper.author? status=paper.status wanted_by=paper.wanted_by
    audience=paper.audience health remarks
run.due.day.DueReport: busy deeds waiting replies problems
run.due.day.Foreseen: duties=decisions waiting later
run.why.WhyAnswer: name editions

# a row of the register, and what was recorded of it
model.register_row.RegisterRow: sheet reference=ref words=texts
model.register_row.CellChange: heading=header before after
run.register.rows.Step: event=event.number recorded=event.recorded by=change.cause undone=undone.1 changes=change.changes
model.event.RowChange: sheet ref new=is_new line=source.cell cells=words
model.event.GivenReference: sheet ref words
model.problem.Problem: kind weight file=source.file? sheet=source.sheet? cell=source.cell? found remedy action fingerprint

# meetings and their notes
run.meetings.listing.MeetingLine: id=meeting.id date=meeting.day title=meeting.title series=meeting.series proposed
    cancelled=meeting.cancelled next=is_next notes=has_notes minutes=has_minutes papers
model.recurrence.ProposedDay: id date=day by_rule series proposed why?
merge.brought_forward.DueThere: ref title comes_back=when
model.answer.AskedQuery: number=name question=number cause asked key kind=query.kind line=query.line# found=query.found remedy=query.remedy
    suggested=query.suggested? blocking=query.blocking answer
model.answer.Answer: verdict=given.verdict words=given.words? why=given.why? by on=given.on
model.correction.Correction: number kind=proposed.found.kind author=proposed.found.author? date=proposed.found.made
    tracked=proposed.found.tracked resolved=proposed.found.resolved section=proposed.found.place.section?
    heading=proposed.found.place.heading? row=proposed.found.place.row? column=proposed.found.place.column?
    item=proposed.found.place.item? line=proposed.found.place.line?# before=reading.0? after=reading.1?
    comment=proposed.found.comment? reply_to=proposed.found.reply_to? version=proposed.version file=proposed.file settled
model.correction.CorrectionSettled: accepted on why? words?
run.minutes.back_fill.OldNotes: meeting=view.meeting file=view.minutes.file sha256=view.minutes.sha256 rows=filled.changes
run.minutes.back_fill.Unset: file date=day command
model.minutes.Attendance: name post status line#
model.minutes.NotedItem: path title line# nil
model.minutes.BroughtForward: title origin due text=words line# discussed_at evidence_lines=evidence#
model.minutes.NotedAction: ref status=state text=words owners kind due due_as_written condition item marked line# confidence
model.minutes.NotedOwner: as_written post
model.minutes.NotedDecision: text=words item line# confidence
model.minutes.NotedCommitment: text=words owner measure test tests condition? due line#
model.minutes.NotedTest: test measure
model.minutes.NotedStatement: speakers text=words item line#
model.minutes.NotedFigure: text=words type value item line#
model.minutes.NextMeeting: title type date=day time venue line#

model.paper.PaperHealth: file kind size pages sizes tagged accessible language? title? fonts scanned signed encrypted fields
    left_out remarks=remarks.found refused=refused.found?
# between meetings: duties, letters, replies
run.due.facts.Deed: duties became said waiting missing letters=held?
model.duty.Duty: duty=kind about occasion on=day
model.duty.Decision: duty=duty.kind about=duty.about occasion=duty.occasion do why
run.due.letters.Held: number duty=what.duty about=what.about? since letters=what.letters
model.letter.Letter: to=to.email name=to.name edition subject text
model.letter.Enclosure: name sha256
model.outbox.LetterStanding: key state kind=letter.kind meeting=letter.meeting document=letter.document
    version=letter.version edition=letter.edition name=letter.to.name email=letter.to.email post=letter.to.post
    subject=letter.subject message_id=queued.message_id attempts last said=reply settled_by=who? rehearsed
    files=letter.enclosures
run.due.inbox.WaitingReply: number file=kept.file sha256=kept.sha256 from sent=kept.sent kind=kept.kind
    apologies=kept.apologies? subject=kept.title text=kept.text attached=kept.attached proposals remarks=kept.remarks
model.reply.KeptFile: name sha256
model.reply.Proposal: sheet ref saying words evidence against?
run.letters.proposal.Proposed: edition=release.edition version=release.version pages=release.pages files asked
model.release.ReleasedLine: id words
model.release.PublishedPaper: title meeting date=day document version published=on files
model.release.PublishedFile: href type=media_type sha256

# figures, packs and dossiers
analyse.xmr.ReferencePoint: date=day value rebase_group=group short_group_warning=short_group fix_y moving_range
    moving_range_used amr_unscreened=lines.amr_unscreened amr=lines.amr mean=lines.mean lpl=lines.lpl upl=lines.upl
    nlpl=lines.nlpl nupl=lines.nupl outside_limits=flags.outside relative_to_mean=flags.relative close_to_limits=flags.close
    rule_outside=flags.outside# rule_trend=flags.trend# rule_two_in_three=flags.two_in_three# rule_shift=flags.shift#
    special_cause_type=flags.cause special_cause_flag=flags.special point_type
model.finding.Xmr: variation assurance reason? assurance_reason? gaps=gaps.iso short_group_warning=short seasonal
    suggested_rebase=suggested_rebase.start
model.statement.Passage: words place title file day edition
model.edition.Ruling: edition shown because reason
model.edition.Claim: what audience where
render.element.PrintedNumber: text value section sources
model.pack.SourceEntry: id file sheet sha256
model.pack.RevisionLine: measure area period was=before now since
model.pack.Turned: kind of=about since was now words
model.judgement.Judgement: kind of=about said by=basis
model.pack.MeasurePage: title finding facts
model.pack.CommitmentEntry: ref words owner said_at verdict evidence
model.pack.QuestionLine: words asked_by meeting became answer
model.pack.StatementBlock: author words=blocks.text
model.pack.Withheld: section ref title reason
model.dossier.CarriedLine: document meeting edition made named=note
model.dossier.DossierMatter: ref title words said origin due state carried_again=earlier condition readiness outcome evidence
    life
model.dossier.DossierAction: ref=line.ref title=line.title words=line.words owners=line.owners holders raised=line.raised
    due=line.due overdue=line.overdue state=line.state redated=redatings condition=line.condition readiness=line.readiness
    update=line.update evidence=line.evidence life
model.dossier.LifeLine: day words
"""
"""By the record: the keys, each with the field that it shows where that is called otherwise. What ends in ? is null where
it says nothing, and what ends in # is a number where it is one. A key that is no field is made below."""

FORMS: Mapping[str, str] = dict(re.findall(r"^([\w.]+): (.*(?:\n .*)*)", _FORMS, re.MULTILINE))
_MADE: Mapping[str, Callable[[Any], Json]] = {
    "run.analyse_csv.CsvAnalysis": lambda one: {"judged": as_json(one.judged) | {"words": list(one.sentences)}},
    "model.correction.Correction": lambda one: {"settled": one.settled and as_json(one.settled) | {"by": one.by}},
    "run.doctor.Examined": lambda one: {"parts": dict(one.parts)},
    "run.due.facts.Deed": lambda one: {"became": "failed", "said": one.failed.found} if one.failed is not None else {},
    "run.due.inbox.WaitingReply": lambda one: {
        "from": {"name": one.kept.name, "address": one.kept.address, "post": one.kept.post or None, "known": one.known}
    },
    "run.meetings.listing.MeetingLine": lambda one: {"proposed": False, "papers": len(one.meeting.papers)},
    "model.minutes.Minutes": lambda one: {"queries": _queries(one)},
    "model.answer.AskedQuery": lambda one: {"asked": one.cause.name != "MARKED"},
    "model.minutes.NotedAction": lambda one: (
        {"confidence": round(one.confidence, 2)} | ({"due": {"meeting": one.due_meeting}} if one.due_meeting else {})
    ),
    "model.pack.MeasurePage": lambda one: {"facts": {fact.label: fact.words.text for fact in one.facts}},
    "render.element.PrintedNumber": lambda one: {"value": float(one.value)},
    "model.problem.Problem": lambda one: {"action": _action(one.remedy)},
    "run.letters.proposal.Releasing": lambda one: {"new": not one.nothing_new},
    "run.letters.proposal.Proposed": lambda one: {
        "files": {file.role.value: file.sha256 for file in one.release.files if not file.post}
    },
    "model.recurrence.ProposedDay": lambda one: (
        {"id": None, "proposed": True} | ({"by_rule": f"{one.by_rule:%Y-%m}"} if one.month_only else {})
    ),
    "model.edition.Ruling": lambda one: {"because": [as_json(each) for each in (one.claims if one.shown else one.closed_by)]},
    "run.why.WhyAnswer": lambda one: {
        "editions": [
            as_json(each) | {"shown": each.shown or each.edition in one.released_to, "released": each.edition in one.released_to}
            for each in one.rulings
        ]
    },
}


def as_json(answer: object) -> Json:
    """The answer as a JSON object; TypeError for what is no answer of a verb."""
    name = _name_of(answer)
    if name not in FORMS:
        raise TypeError(f"{name} has no JSON form")
    made = _MADE[name](answer) if name in _MADE else {}
    return {key: made[key] if key in made else _shown(answer, path, marks) for key, path, marks in keys_of(FORMS[name])}


def _name_of(noun: object) -> str:
    return f"{type(noun).__module__}.{type(noun).__qualname__}".removeprefix("reportpack.")


@cache
def keys_of(form: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Each key of a form, the fields that lead to what it shows, and its marks."""
    found = []
    for word in form.split():
        key, _, path = word.rstrip("?#").partition("=")
        found.append((key, tuple((path or key).split(".")), word[len(word.rstrip("?#")) :]))
    return tuple(found)


def _shown(answer: object, path: tuple[str, ...], marks: str) -> object:
    value: Any = answer
    for name in path:
        if isinstance(value, tuple):
            value = value[int(name)] if name.isdigit() else tuple(getattr(one, name) for one in value)
        elif value is not None:
            value = getattr(value, name)
    if "?" in marks and not value:
        return None
    return _plain(_number(value) if "#" in marks else value)


def _number(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_number(one) for one in value)
    return int(value) if isinstance(value, bool) or (isinstance(value, str) and value.isdigit()) else value


_IN_A_WORD = {"model.meeting.Meeting": "id", "model.words.Sentence": "text"}  # nouns that show as one of their fields


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping) and not all(isinstance(key, Path) for key in value):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | Mapping):
        return [_plain(one) for one in value]
    if (name := _name_of(value)) in _IN_A_WORD:
        return getattr(value, _IN_A_WORD[name])
    return str(value) if isinstance(value, Path) else as_json(value)


def _queries(minutes: Any) -> list[Json]:
    from reportpack.merge.noted_corrections import group_queries

    return [as_json(one) for one in group_queries(minutes)]


def _action(remedy: str) -> Json | None:
    if not isinstance(remedy, Remedy):
        return None
    verb, about, options = remedy.action
    return {"verb": verb, "about": list(about), "options": dict(options)}

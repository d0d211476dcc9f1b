"""`reportpack register topic`: everything on record about one topic, to read here, for machines, or as a document."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from reportpack.cli.options import Asked, asks, flag, named, told
from reportpack.cli.say import give, problems, progress, remark
from reportpack.model.edition import Audience, Part, shows

if TYPE_CHECKING:
    from reportpack.model.dossier import Dossier, DossierAction, DossierMatter
    from reportpack.model.pack import CommitmentEntry, MeasurePage, QuestionLine

_WIDTH = 100


@asks("edition", "templates", "build", "on", "json")
def topic(
    asked: Asked,
    name: Annotated[list[str], named("NAME...", "The topic, by any of its names in office.toml.")],
    pdf: Annotated[bool, flag("--pdf", "Make it as a PDF and a web page in build/dossiers.")] = False,
    output: Annotated[Path | None, told("--output", "FILE", "Write the PDF here, and the web page beside it.")] = None,
) -> None:
    """Show the dossier of a topic: matters, promises, actions, questions, the trend, and each document that carried it. Without --edition: the office's."""
    from reportpack.run.dossier import DossierOrder, make_dossier

    edition = asked.edition or Audience.OFFICE
    order = DossierOrder(" ".join(name), edition, asked.today, asked.on, pdf or output is not None, output)
    with progress() as say:
        made = make_dossier(asked.folders, order, say)
    give(made, made.paths or _lines(made.dossier), as_json=asked.json)
    if shows(edition, Part.WORKINGS):
        remark("It holds what is for the office alone; --edition force or public makes one for others.")
    problems(made.problems)


def _lines(dossier: "Dossier") -> Iterator[str]:
    yield dossier.title
    yield "; ".join(line.text for line in dossier.summary) + "."
    if dossier.names:
        yield f"Also called: {', '.join(dossier.names)}."
    if dossier.below:
        yield f"Topics under it: {', '.join(dossier.below)}."
    yield from _part("What the figures say", [_trend(one) for one in dossier.measures])
    yield from _part("Matters", [list(_matter(one)) for one in dossier.matters])
    yield from _part("What was said would happen", [list(_commitment(one)) for one in dossier.commitments])
    yield from _part("Actions", [list(_action(one)) for one in dossier.actions])
    yield from _part("Questions", [list(_question(one)) for one in dossier.questions])
    words = [[one.author, *(f"“{block.text}”" for block in one.blocks)] for one in dossier.statements]
    yield from _part("In people's words", words)
    carried = []
    for one in dossier.carried:
        note = f" ({one.note})" if one.note else ""
        made = f"{one.made.day} {one.made:%B %Y}"
        carried.append([f"{one.document}, meeting of {one.meeting}: {one.edition}, made {made}{note}"])
    yield from _part("Documents that carried it", carried)
    if dossier.withheld:
        left = [
            [f"{one.section}: {f'{one.ref} ' if one.ref else ''}{one.title}.{f' {one.reason}' if one.reason else ''}"]
            for one in dossier.withheld
        ]
        yield from _part("Left out of this edition", left)


def _part(title: str, entries: list[list[str]]) -> Iterator[str]:
    yield ""
    yield title.upper()
    for first, *rest in entries:
        yield from textwrap.wrap(first, _WIDTH, initial_indent="- ", subsequent_indent="  ")
        for line in rest:
            yield from textwrap.wrap(" ".join(line.split()), _WIDTH, initial_indent="    ", subsequent_indent="    ")
    if not entries:
        yield "  None."


def _trend(measure: "MeasurePage") -> list[str]:
    facts = [f"{fact.label}: {fact.words.text}" for fact in measure.facts]
    rows = [
        f"{row.span}: {row.now.text} ({row.now_period}); before, {row.then.text}. {row.change.text}"
        for row in measure.comparisons
    ]
    return [f"{measure.title}: {measure.finding.text}", *facts, *rows]


def _matter(matter: "DossierMatter") -> Iterator[str]:
    yield f"{matter.ref} {matter.title}: {matter.state}"
    yield f"{matter.origin}. {matter.due}." if matter.origin else f"{matter.due}."
    yield f"“{matter.words}”"
    if matter.said:
        yield f"Said and promised then: “{matter.said}”"
    if matter.condition:
        yield f"Condition: {matter.condition}. {matter.readiness.text}"
    yield from (f"Carried again: {one}" for one in matter.earlier)
    if matter.outcome:
        yield f"Outcome: {matter.outcome}"
    if matter.evidence:
        yield f"Evidence: {matter.evidence}"
    yield from (
        f"{row.measure}: {row.then.text} ({row.then_period}) then, {row.now.text} ({row.now_period}) now. {row.change.text}. {row.reading.text}."
        for row in matter.since
    )
    yield from (f"{step.day.day} {step.day:%B %Y}: {step.words}" for step in matter.life)


def _commitment(entry: "CommitmentEntry") -> Iterator[str]:
    yield f"{entry.ref} {entry.verdict}: “{entry.words}”"
    yield ", ".join(filter(None, (entry.owner or "Nobody named", entry.said_at)))
    yield entry.evidence.text


def _action(action: "DossierAction") -> Iterator[str]:
    line = action.line
    yield f"{line.ref} {line.title or line.words}: {line.state.text}"
    yield f"“{line.words}”"
    owner = line.owners or "No owner stated"
    yield "; ".join(filter(None, (f"{owner}{f', {action.holders}' if action.holders else ''}", line.due.text)))
    yield from (f"Re-dated: {one}" for one in action.redatings)
    if line.condition:
        yield f"Condition: {line.condition}. {line.readiness.text}"
    if line.update:
        yield f"Update: {line.update}"
    if line.evidence:
        yield f"Evidence offered: {line.evidence}"
    yield from (f"{step.day.day} {step.day:%B %Y}: {step.words}" for step in action.life)


def _question(question: "QuestionLine") -> Iterator[str]:
    yield f"{', '.join(filter(None, (question.meeting, question.asked_by)))}: “{question.words}” {question.became}."
    if question.answer:
        yield f"Answer: “{question.answer}”"

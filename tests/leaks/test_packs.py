"""A leak hunt over packs: words planted in everything, looked for in every byte of the editions whose readers may not see them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reportpack.analyse.findings import analyse
from reportpack.compose.pack import compose_pack
from reportpack.ledger import no_ledger
from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.figures import apply_corrections, find_revisions
from reportpack.model.agenda_view import AgendaView
from reportpack.model.edition import Audience
from reportpack.model.inputs import Inputs, Settings
from reportpack.model.measure import Correction
from reportpack.model.pack import Pack
from reportpack.model.problem import Problem, Source
from reportpack.render.element import Document, image_sources
from reportpack.render.page import read_rendered, render_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.templates import load_templates
from reportpack.render.web import render_web
from reportpack.run.gather import gather
from reportpack.run.look import read_look
from reportpack.run.office_files import Folders
from reportpack.run.pack_record import pack_record
from reportpack.run.program import program_templates
from tests.leaks.planting import Planted, plant, shuffle_audiences
from tests.leaks.searching import found_in

EXAMPLE = Folders(Path(__file__).resolve().parents[2] / "inputs", Path("/nonexistent/build"))
DAY = date(2019, 5, 28)
BEYOND = [(seed, edition) for seed in range(4) for edition in (Audience.FORCE, Audience.PUBLIC)]


@dataclass(frozen=True)
class Sown:
    """What an edition is composed from, with the words that were planted in it."""

    settings: Settings
    inputs: Inputs
    planted: Planted


@cache
def read_once() -> tuple[Settings, Inputs]:
    gathered = gather(EXAMPLE, "2019-05-28", DAY, None, no_ledger(EXAMPLE.memory), lambda _: None, lambda _: None)
    measures = tuple(
        replace(one, corrections=(_correction(one.id, gathered.inputs),)) if _has(one.id, gathered.inputs) else one
        for one in gathered.settings.measures
    )
    return replace(gathered.settings, measures=measures), gathered.inputs


def _has(measure: str, inputs: Inputs) -> bool:
    return any(one.measure == measure and one.value is not None for one in inputs.observations)


def _correction(measure: str, inputs: Inputs) -> Correction:
    figure = [one for one in inputs.observations if one.measure == measure and one.value is not None][-1]
    return Correction(
        figure.area,
        figure.period,
        (figure.value or 0) + 1,
        by="A person",
        on=DAY,
        reason="A slip of the pen",
        source=Source("measures.toml", cell="line 9"),
    )


@cache
def sown(seed: int) -> Sown:
    settings, inputs = read_once()
    planted = Planted(seed)
    lot = planted.lot()
    settings, inputs = shuffle_audiences(settings, lot), shuffle_audiences(inputs, lot)
    return Sown(*plant(settings, inputs, planted), planted)


@cache
def packed(seed: int, edition: Audience) -> tuple[Pack, AgendaView, tuple[Problem, ...]]:
    """The edition as `pack` composes it, with what it is composed from."""
    made = sown(seed)
    office, measures = made.settings.office, made.settings.measures
    meeting = next(one for one in made.inputs.meetings if one.day == DAY)
    figures, corrections, more = apply_corrections(made.inputs.observations, measures, office)
    inputs = replace(made.inputs, observations=figures)
    view, of_merge = merge_for_meeting(inputs, office, measures, meeting, DAY)
    findings = analyse(figures, measures, office, view.register, meeting.day, DAY)
    problems = (*inputs.problems, *more, *of_merge, *findings.problems)
    before = tuple(replace(one, value=one.value + 2) if one.value is not None else one for one in figures[::7])
    revisions = find_revisions(before, figures)
    pack = compose_pack(view, edition, office, findings, problems, revisions, DAY, "draft", corrections=corrections)
    return pack, view, problems


@cache
def composed(seed: int, edition: Audience) -> tuple[str, Document, bytes]:
    """The edition's page source, as text and parsed, and its pack.json, made as `pack` makes them."""
    pack, view, problems = packed(seed, edition)
    templates = load_templates(program_templates(), None)
    source = render_page_source(pack, templates)
    document = read_rendered(source, pack, templates)
    return source, document, pack_record(pack, document, "0", sown(seed).inputs.files, problems, (), view)


def leaks_in(seed: int, edition: Audience, files: Mapping[str, bytes]) -> list[str]:
    """What the edition's readers may not see, and where it is."""
    secret = sown(seed).planted.beyond(edition)
    return sorted({f"{name}: {secret[word]}" for name, data in files.items() for word in found_in(name, data, secret)})


@pytest.mark.parametrize(("seed", "edition"), BEYOND, ids=[f"{edition} {seed}" for seed, edition in BEYOND])
def test_nothing_beyond_an_editions_readers_is_composed(seed: int, edition: Audience) -> None:
    source, _, record = composed(seed, edition)
    assert leaks_in(seed, edition, {"briefing-pack.page-source.html": source.encode(), "pack.json": record}) == []


@pytest.mark.parametrize("edition", [Audience.FORCE, Audience.PUBLIC])
def test_nothing_beyond_an_editions_readers_is_in_any_byte_of_its_files(edition: Audience) -> None:
    """Slow on purpose: the PDF's every object and the web page's every byte, for one lot."""
    _, document, _ = composed(0, edition)
    look = read_look(None, image_sources(document))
    files = {
        "briefing-pack.html": render_web(document, look.theme, look.assets),
        "briefing-pack.pdf": render_pdf(document, look.theme, look.assets).pdf,
    }
    assert leaks_in(0, edition, files) == []


def test_the_words_reach_the_pages_where_they_may() -> None:
    """The hunt could find nothing where nothing is planted: the office's edition has words of every kind."""
    kinds = set()
    for seed in range(2):
        planted = sown(seed).planted
        there = found_in("x.html", composed(seed, Audience.OFFICE)[0].encode(), planted.words)
        kinds |= {place for place, audience in (planted.words[word] for word in there) if audience is Audience.OFFICE}
    assert {
        "Action.words", "Matter.words", "Matter.said", "Question.words", "Block.text", "Commitment.words", "Paper.title", "Measure.title",
        "DatedNote.text", "Rebase.reason", "Problem.found", "Source.file", "Source.sheet", "AgendaItem.title", "Correction.reason",
        "Action.update", "Redating.reason", "Topic.title",
    } <= kinds  # fmt: skip

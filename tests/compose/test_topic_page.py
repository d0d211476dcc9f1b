"""A topic's page: its figures large, what is said of them short, what was promised in the order of days."""

from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from reportpack.compose.appendix import compose_marks
from reportpack.compose.numbers import rank_printed
from reportpack.compose.pack import compose_pack
from reportpack.compose.setting import capital, small
from reportpack.model.edition import Audience
from reportpack.model.finding import RankFinding
from reportpack.model.pack import EnquiryLine, StatementBlock, WordsBlock
from reportpack.model.period import Period
from reportpack.model.statement import BlockKind
from reportpack.model.words import Sentence
from reportpack.render.page import render_page_source
from reportpack.render.page_source import parse_page_source
from reportpack.render.templates import load_templates
from tests.compose import every_case, northmoor
from tests.compose.test_pack import compose, office_pack

ROOT = Path(__file__).parents[2]


def test_the_strip_says_the_latest_figure_its_distance_from_the_target_and_the_latest_year() -> None:
    satisfaction = office_pack().topics[1].measures[0]
    said = [(one.figure.text, one.words.text) for one in satisfaction.strip]
    assert said[0] == ("79.0%", "January 2031, 316 of 400")
    assert said[1] == ("6.0", "points below the target of 85%")
    assert said[2][1].startswith("latest 12 months, was ")
    assert all(one.figure.numbers for one in satisfaction.strip)


def test_what_is_said_of_the_figures_repeats_none_of_them() -> None:
    for topic in office_pack().topics:
        for page in topic.measures:
            latest = page.strip[0].figure.text if page.strip else "-"
            assert f"{latest} in" not in page.finding.text or page.finding.text.startswith(latest)
    burglary = office_pack().topics[0].measures[0]
    assert burglary.finding.text.startswith("Deteriorating: ")


def test_a_long_finding_leaves_what_stands_out_to_a_sentence_below_it() -> None:
    view, findings, office = every_case.a_view(), every_case.the_findings(), every_case.an_office()
    pack = compose_pack(view, Audience.OFFICE, office, findings, (), (), northmoor.ON, "draft")
    pages = [page for topic in pack.topics for page in topic.measures]
    below = [(page.finding.text, fact.words.text) for page in pages for fact in page.facts if fact.label == "Areas"]
    beside = [page.finding.text for page in pages if "outlier" in page.finding.text]
    assert below
    assert all("outlier" in areas and "outlier" not in title and len(title) + len(areas) > 90 for title, areas in below)
    assert beside
    assert [title for title in beside if len(title) > 90] == []


def test_comparisons_stand_in_a_line_with_their_signs() -> None:
    brief = [row.brief.text for row in office_pack().topics[1].measures[0].comparisons]
    assert brief[0] == "82.5% (−3.5, by chance)"
    assert all("(" in one for one in brief)


def test_what_was_promised_and_asked_stands_in_the_order_of_days() -> None:
    order = {
        name: place
        for place, name in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
    }
    for topic in office_pack().topics:
        days = [(event.when.split()[1], order[event.when.split()[0]]) for event in topic.events if event.when]
        assert days == sorted(days)
        assert len(topic.recent) + len(topic.earlier) == len(topic.events)
    refs = {event.ref.text for topic in office_pack().topics for event in topic.events if event.ref}
    assert {"M1/2030"} <= refs or refs


def test_nothing_of_a_topic_is_lost_among_its_events() -> None:
    for topic in office_pack().topics:
        words = [event.words for event in topic.events]
        held = [one.words for one in topic.actions] + [one.words for one in topic.commitments]
        assert set(held + [one.words for one in topic.past_questions]) <= set(words)


def test_quiet_measures_stand_in_rows_and_at_least_one_has_its_chart() -> None:
    for topic in compose(view=northmoor.a_view()).topics:
        if topic.measures:
            assert not all(one.brief for one in topic.measures)


def test_a_rank_that_is_shared_begins_its_sentence_with_a_capital() -> None:
    rank = RankFinding(30, 43, 1, Period.month(2031, 1), (), joint=True)
    assert capital(Sentence.of(rank_printed(rank), " in January 2031")).text == "Joint 30th of 43 in January 2031"


def test_a_measure_s_name_within_a_sentence_begins_small_and_an_abbreviation_stays() -> None:
    assert [small(name) for name in ("Violence without injury", "DA offences", "")] == [
        "violence without injury",
        "DA offences",
        "",
    ]


def test_the_mark_of_a_shared_rank_is_explained_where_it_stands() -> None:
    assert [mark.sign for mark in compose_marks((Sentence.of("30th [=]"), Sentence.of("79.4%")))] == ["[=]"]


def said(*blocks: WordsBlock) -> StatementBlock:
    return StatementBlock("Deputy Chief Constable", blocks)


def paragraph(text: str) -> WordsBlock:
    return WordsBlock(BlockKind.PARAGRAPH, text)


LONG = "The survey was redesigned in November, so that May cannot be held against it. " * 4


@pytest.mark.parametrize(
    ("statement", "opening"),
    [
        (said(paragraph(LONG)), "The survey was redesigned in November, so that May cannot be held against it."),
        (said(paragraph("Too late.")), "Too late."),
        (said(paragraph("No. The report by Dr. Hale of 3.5 per cent is late. It comes in June.")), None),
        (said(WordsBlock(BlockKind.HEADING, "Why"), paragraph("Because of the move to the new system, they say.")), None),
        (said(WordsBlock(BlockKind.TABLE, rows=(("Area", "Visits"), ("North", "3")))), ""),
        (said(WordsBlock(BlockKind.BULLET, entries=(paragraph("First of all, the call-backs began in January."),))), None),
    ],
)
def test_the_opening_of_somebody_s_words_is_their_first_sentence_and_never_part_of_one(
    statement: StatementBlock, opening: str | None
) -> None:
    whole = " ".join([block.text or " ".join(one.text for one in block.entries) for block in statement.blocks])
    assert statement.opening in whole
    assert not statement.opening or statement.opening[-1] in ".!?"
    if opening is not None:
        assert statement.opening == opening


def test_what_a_topic_s_page_has_no_room_for_stands_in_the_appendix() -> None:
    pack = compose(view=northmoor.a_view())
    topic = next(one for one in pack.topics if one.statements)
    long = replace(topic, statements=(said(paragraph(LONG), paragraph("And that is all.")),))
    source = render_page_source(replace(pack, topics=(long,)), load_templates(ROOT / "templates"))
    page, appendix = source.split('<section id="in-full"')
    assert "And that is all." not in page
    assert "And that is all." in appendix
    assert all(escape(event.words) in appendix for event in long.earlier)
    assert f'href="#{topic.id}-in-full"' in page
    parse_page_source(source, "pack")


def test_what_a_full_page_leaves_out_stands_in_the_appendix_and_people_s_own_questions_never_do() -> None:
    pack = compose(view=northmoor.a_view())
    topic = next(one for one in pack.topics if one.questions and any(page.areas for page in one.measures))
    lead, *_ = [one for one in topic.measures if one.areas]
    rows = tuple(
        replace(lead, id=f"row-{at}", table="", chart=None, brief=True, peers_words=Sentence.of(f"Row {at} beside its peers"))
        for at in range(4)
    )
    enquiries = tuple(EnquiryLine(Sentence.of(f"Suggested {at}?"), Sentence.of()) for at in range(3))
    lead = replace(lead, drivers_words=Sentence.of("Made up of two things."))
    full = replace(topic, measures=(lead, *rows), enquiries=enquiries)
    assert full.is_full
    source = render_page_source(replace(pack, topics=(full,)), load_templates(ROOT / "templates"))
    page, appendix = source.split('<section id="in-full"')
    moved = [one.words.text for one in enquiries if one not in full.suggested]
    moved += [one.peers_words.text for one in rows] + ["Made up of two things."]
    assert moved[0] == f"Suggested {max(2 - len(full.questions), 0)}?"
    assert all(words not in page and words in appendix for words in moved)
    assert all(escape(one.words, quote=False) in page for one in full.questions)
    assert page.count("Suggested by the figures") == len(full.suggested)
    assert not replace(full, measures=(lead,)).is_full

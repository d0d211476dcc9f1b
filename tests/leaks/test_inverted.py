"""Each rule of the policy turned round: a hunt finds nothing as it is declared, and finds it as soon as the rule is not kept."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from reportpack.compose.annex import compose_annex
from reportpack.compose.audience import Claims, HasAudience, restrict
from reportpack.compose.dossier import life_lines
from reportpack.compose.pack import compose_pack
from reportpack.errors import RefusedError
from reportpack.ledger import no_ledger
from reportpack.model import edition as policy
from reportpack.model.answer import Answer, AskedQuery, QueryAnswered, Verdict
from reportpack.model.dossier import RowStep
from reportpack.model.edition import Audience, Claim, Part
from reportpack.model.minutes import Query
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.register import Register
from reportpack.model.register_row import CellChange
from reportpack.model.release import ReleasedLine
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.release import prepare_release
from reportpack.run.minutes.annex_issue import issue_annex, refuse_unreleased
from reportpack.run.minutes.annex_reading import AnnexOrder, read_for_annex
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from tests.compose import northmoor
from tests.leaks import test_packs

ROOT = Path(__file__).parents[2]
NOW = datetime(2019, 6, 3, 9, tzinfo=UTC)
SECRET = "zqsecret"
Hunt = Callable[[Audience, Path], bool]


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing that was composed under one policy is looked at under another."""
    for kept in (test_packs.packed, test_packs.composed):
        kept.cache_clear()
    yield
    for kept in (test_packs.packed, test_packs.composed):
        kept.cache_clear()


def in_the_pack(edition: Audience, _: Path) -> bool:
    for seed in range(4):
        source, _document, record = test_packs.composed(seed, edition)
        if test_packs.leaks_in(seed, edition, {"pack.page-source.html": source.encode(), "pack.json": record}):
            return True
    return False


def in_its_references(edition: Audience, _: Path) -> bool:
    left_out = compose_pack(
        northmoor.a_view(), edition, northmoor.an_office(), northmoor.the_findings(), (), (), northmoor.ON, "draft"
    ).appendix.withheld
    return any(one.ref == northmoor.OFFICE_ACTION.ref for one in left_out)


def in_a_released_line(edition: Audience, _: Path) -> bool:
    """Released to the force, and so to nobody else."""
    view = northmoor.a_view()
    page = next(one for one in view.topics if one.questions)
    question = replace(page.questions[0], words=SECRET, audience=Audience.OFFICE)
    view = replace(view, topics=tuple(replace(one, questions=(question,)) if one is page else one for one in view.topics))
    lines = (ReleasedLine("1", SECRET, "", f"topic-{page.topic.id}"),)
    office, findings = northmoor.an_office(), northmoor.the_findings()
    return SECRET in repr(compose_pack(view, edition, office, findings, (), (), northmoor.ON, "draft", released=lines))


def in_a_row_s_life(edition: Audience, _: Path) -> bool:
    step = RowStep(NOW, SECRET, (CellChange("Action", "before", SECRET),))
    return SECRET in repr(life_lines((step, step), edition))


@cache
def noted() -> tuple[NotedView, Office]:
    """The example's notes, of a meeting that was public."""
    folders = Folders(ROOT / "inputs", Path("/nonexistent/build"))
    read = read_for_annex(folders, AnnexOrder("", None, NOW, NOW.date()), no_ledger(folders.memory), lambda _: None)
    series = replace(read.view.series, public=True) if read.view.series else None
    return replace(read.view, series=series), read.settings.office


def in_the_annex(view: NotedView, office: Office, edition: Audience, words: str) -> bool:
    return words in repr(compose_annex(view, edition, office, NOW.date(), "draft"))


def in_who_answered(edition: Audience, _: Path) -> bool:
    view, office = noted()
    query = Query("attendance-unknown", "1", "Who was there?", "Say so.")
    given = QueryAnswered(view.meeting.id, "key", query.kind, query.found, Verdict.ANSWERED, NOW.date(), "All were there.")
    return in_the_annex(replace(view, asked=(AskedQuery(1, "key", query, Answer(given, SECRET)),)), office, edition, SECRET)


def in_a_private_passage(edition: Audience, _: Path) -> bool:
    view, office = noted()
    item = next(one for one in view.items if one.audience is Audience.PUBLIC and one.passages)
    private = replace(item.passages[0], words=SECRET)
    items = tuple(replace(one, passages=(private,)) if one is item else one for one in view.items)
    return in_the_annex(replace(view, items=items, private=frozenset(private.lines)), office, edition, SECRET)


def in_a_private_meeting(edition: Audience, _: Path) -> bool:
    view, _office = noted()
    try:
        refuse_unreleased(replace(view, series=replace(view.series, public=False) if view.series else None), edition)
    except RefusedError as error:
        # What the policy lets through, the look at the finished bytes may still stop: then the rule was not kept either.
        return "holds words that are not for its readers" in error.found
    return True


def unseen_by_anybody(edition: Audience, place: Path) -> bool:
    """The series' own edition was built and looked at; this one was not."""
    shutil.copytree(ROOT / "inputs", place / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    folders = Folders(place / "inputs", place / "build")
    now = datetime(2019, 5, 24, 9, tzinfo=UTC)
    build_pack(folders, Order("2019-05-28", None, None, now, now.date()), lambda _: None)
    return released(folders, edition, "pack", now)


def with_queries_open(edition: Audience, place: Path) -> bool:
    shutil.copytree(ROOT / "inputs", place / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    settings = place / "inputs" / "office.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('edition = "office"\npapers_days', 'edition = "office"\npublic = true\npapers_days', 1), "utf-8"
    )
    folders = Folders(place / "inputs", place / "build")
    issue_annex(folders, AnnexOrder("2019-05-28", None, NOW, NOW.date()), lambda _: None)
    return released(folders, edition, "annex", NOW)


def released(folders: Folders, edition: Audience, document: str, now: datetime) -> bool:
    order = ReleaseOrder("2019-05-28", document, (edition,), None, "A Person", now, now.date())
    try:
        prepare_release(folders, order, lambda _: None)
    except RefusedError as error:
        # What the policy lets through, the look at the finished bytes may still stop: then the rule was not kept either.
        return "holds words that are not for its readers" in error.found
    return True


HUNTS: dict[Part, tuple[Hunt, tuple[Audience, ...]]] = {
    Part.WORKINGS: (in_the_pack, (Audience.FORCE, Audience.PUBLIC)),
    Part.CHANGES: (in_a_row_s_life, (Audience.FORCE, Audience.PUBLIC)),
    Part.ANSWERERS: (in_who_answered, (Audience.PUBLIC,)),
    Part.FILES: (in_the_pack, (Audience.PUBLIC,)),
    Part.PRIVATE_PASSAGES: (in_a_private_passage, (Audience.PUBLIC,)),
    Part.REFERENCES: (in_its_references, (Audience.PUBLIC,)),
    Part.RELEASED_LINES: (in_a_released_line, (Audience.PUBLIC,)),
    Part.PRIVATE_MEETINGS: (in_a_private_meeting, (Audience.PUBLIC,)),
    Part.OPEN_QUERIES: (with_queries_open, (Audience.PUBLIC,)),
    Part.SEEN_IN_ANOTHER: (unseen_by_anybody, (Audience.PUBLIC,)),
}
CASES = [(part, hunt, edition) for part, (hunt, editions) in HUNTS.items() for edition in editions]
NAMES = [f"{part.name} {edition}" for part, _, edition in CASES]


@pytest.mark.parametrize(("part", "hunt", "edition"), CASES, ids=NAMES)
def test_a_part_that_an_edition_does_not_show_is_found_once_it_does(
    part: Part, hunt: Hunt, edition: Audience, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not hunt(edition, tmp_path / "declared")
    fresh_policy = {
        one.audience: replace(one, shows=one.shows | {part}) if one.audience is edition else one for one in policy.EDITIONS
    }
    test_packs.packed.cache_clear()
    test_packs.composed.cache_clear()
    monkeypatch.setattr(policy, "_BY_AUDIENCE", fresh_policy)
    assert hunt(edition, tmp_path / "inverted")


def test_every_part_that_keeps_something_back_is_hunted() -> None:
    """What the public's edition shows is not kept from anybody but the office itself, which asks itself nothing."""
    public = next(one for one in policy.EDITIONS if one.audience is Audience.PUBLIC)
    assert set(HUNTS) == set(Part) - public.shows


@pytest.mark.parametrize("edition", [Audience.FORCE, Audience.PUBLIC])
def test_a_wider_audience_than_declared_is_found(edition: Audience, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not in_the_pack(edition, tmp_path)
    test_packs.packed.cache_clear()
    test_packs.composed.cache_clear()
    monkeypatch.setattr(policy, "_WIDTH", {**policy._WIDTH, Audience.OFFICE: policy._WIDTH[edition]})
    assert in_the_pack(edition, tmp_path)


@pytest.mark.parametrize("forgotten", ["it", "its topic", "its measure"])
def test_a_claim_that_is_not_asked_for_is_found(forgotten: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    every = Claims.of

    def fewer(self: Claims, item: HasAudience, topic: str = "") -> tuple[Claim, ...]:
        found = every(self, item, topic)
        return tuple(one for one in found if not one.what.startswith(forgotten)) or (Claim("all", Audience.PUBLIC),)

    monkeypatch.setattr(Claims, "of", fewer)
    assert in_the_pack(Audience.PUBLIC, tmp_path)


def test_a_field_that_is_named_too_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    view = replace(northmoor.a_view(), register=Register(actions=(northmoor.OFFICE_ACTION,)))

    def found() -> bool:
        policy._unnamed.cache_clear()
        return northmoor.OFFICE_ACTION.words in repr(
            restrict(view, northmoor.the_findings(), Audience.PUBLIC, northmoor.an_office()).view
        )

    assert not found()
    monkeypatch.setitem(policy.FIELDS, "AgendaView", f"{policy.FIELDS['AgendaView']} register")
    assert found()
    monkeypatch.undo()
    policy._unnamed.cache_clear()

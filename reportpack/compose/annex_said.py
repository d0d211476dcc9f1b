"""What an edition of the annex may carry, and what was said after the meeting: answers and accepted corrections. The notes stay as they are."""

from collections.abc import Callable, Iterator
from datetime import date

from reportpack.compose.setting import anchor
from reportpack.model.annex import AnnexCorrection, AnnexRemark
from reportpack.model.answer import Answer, Cause, Stands, Verdict, kind_of
from reportpack.model.correction import Correction, CorrectionKind
from reportpack.model.edition import NOT_HERE, UNTITLED, Audience, Part, may_read, shows
from reportpack.model.minutes import Query
from reportpack.model.noted import NotedView, PlacedItem
from reportpack.model.office import Office
from reportpack.model.pack import Link
from reportpack.model.period import long_date
from reportpack.model.words import Sentence
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class AnnexSetting:
    """Whose annex it is, and of which notes."""

    view: NotedView
    edition: Audience
    office: Office

    def reads(self, audience: Audience, *lines: str) -> bool:
        """Whether the edition carries what stands on those lines: passages with private details only where its policy says so."""
        private = not shows(self.edition, Part.PRIVATE_PASSAGES) and not self.view.private.isdisjoint(lines)
        return may_read(self.edition, audience) and not private

    def told(self, item: PlacedItem) -> str:
        """What stands in the place of an item that the edition leaves out: the reason that a person gave, or that it is not here."""
        return self.office.reason(item.withheld) or NOT_HERE

    def link(self, item: PlacedItem | None) -> Link | None:
        """`2.1.5 Outcome 16`, where it stands among the notes."""
        if item is None:
            return None
        return Link(f"{item.number} {self.title(item)}".strip(), note_id(item))

    def title(self, item: PlacedItem) -> str:
        """The item's own title, where this edition may show it."""
        return item.noted.title if self.reads(item.audience) else item.public_title or UNTITLED


def note_id(item: PlacedItem) -> str:
    """The anchor of an item among the notes."""
    return anchor("note", item.noted.path)


_FEW = 6


def remarks_on(setting: AnnexSetting, place: Stands, fits: Callable[[Query], bool]) -> tuple[AnnexRemark, ...]:
    """The answers to queries that stand there, where they fit. What was left as it is says nothing."""
    return tuple(
        remark
        for one in setting.view.asked
        if one.answer is not None and kind_of(one.query.kind).stands is place and fits(one.query)
        for remark in _remark(one.query, one.answer, setting)
    )


def marks_on(setting: AnnexSetting, place: Stands, fits: Callable[[Query], bool]) -> tuple[AnnexRemark, ...]:
    """What is open there and nobody is asked: said in the office's draft alone."""
    if setting.view.standing.issued is not None or not shows(setting.edition, Part.WORKINGS):
        return ()
    left = (
        one.query.found.partition(': "')
        for one in setting.view.asked
        if one.answer is None and one.cause is Cause.MARKED and kind_of(one.query.kind).stands is place and fits(one.query)
    )
    return tuple(
        AnnexRemark("", Sentence.of(f"Left open: {said.rstrip('.')}"), about=quoted.removesuffix('"')) for said, _, quoted in left
    )


def item_remarks(item: PlacedItem, setting: AnnexSetting) -> tuple[AnnexRemark, ...]:
    """The answers and the corrections to what stands in an item."""
    lines = {line for passage in item.passages for line in passage.lines} | {item.noted.line}

    def is_here(query: Query) -> bool:
        return query.line in lines and setting.reads(item.audience, query.line)

    corrections = correction_remarks(setting, lambda one: one.proposed.found.place.item == item.noted.path)
    return (*remarks_on(setting, Stands.ITEM, is_here), *marks_on(setting, Stands.ITEM, is_here), *corrections)


def correction_remarks(setting: AnnexSetting, fits: Callable[[Correction], bool]) -> tuple[AnnexRemark, ...]:
    """That it is corrected, with a link to how."""
    return tuple(
        AnnexRemark("", Sentence.of("Corrected"), Link(f"correction {one.number}", _id(one)))
        for one in accepted(setting)
        if fits(one)
    )


def _remark(query: Query, answer: Answer, setting: AnnexSetting) -> Iterator[AnnexRemark]:
    given = answer.given
    who = f" by {answer.by}" if answer.by and shows(setting.edition, Part.ANSWERERS) else ""
    about = _quoted(query.found) if kind_of(query.kind).stands is Stands.ITEM else ""
    if given.verdict is Verdict.ANSWERED:
        yield AnnexRemark(given.words, Sentence.of(f"Answered{who} on {long_date(given.on)}"), about=about)
    elif given.verdict is Verdict.NOT_KNOWN:
        said = f"{kind_of(query.kind).short} Not known, said{who} on {long_date(given.on)}".strip()
        yield AnnexRemark("", Sentence.of(said), about=about)


def _quoted(found: str) -> str:
    """The words of the notes that a query quotes."""
    start = found.find('"')
    end = found.find('"', start + 1) if start == 0 else found.rfind('"')
    return found[start + 1 : end] if 0 <= start < end else ""


def accepted(setting: AnnexSetting) -> Iterator[Correction]:
    """The accepted corrections that this edition may carry: each as the item it stands in is now; one at no item, as when it was proposed."""
    for one in setting.view.corrections:
        item = _item(one, setting)
        audience = item.audience if item is not None else one.proposed.audience
        if one.accepted and setting.reads(audience, one.proposed.found.place.line):
            yield one


def _item(correction: Correction, setting: AnnexSetting) -> PlacedItem | None:
    path = correction.proposed.found.place.item
    return next((one for one in setting.view.items if one.noted.path == path), None) if path else None


def compose_corrections(setting: AnnexSetting) -> tuple[AnnexCorrection, ...]:
    """What should read otherwise, each with who proposed and who accepted it, where the edition may name them."""
    return tuple(_correction(one, setting) for one in accepted(setting))


def _correction(correction: Correction, setting: AnnexSetting) -> AnnexCorrection:
    found = correction.proposed.found
    before, after = correction.reading
    return AnnexCorrection(
        id=_id(correction),
        number=correction.number,
        place=setting.link(_item(correction, setting)),
        section=found.place.section,
        before=before,
        after=after,
        comment=found.kind is CorrectionKind.COMMENT,
        note=_note(correction, setting),
        beside=" ".join(found.passage.split()[:_FEW]) if found.kind is CorrectionKind.ADDED else "",
    )


def _note(correction: Correction, setting: AnnexSetting) -> Sentence:
    settled = correction.settled
    on: date | None = settled.on if settled is not None else None
    when = f"on {long_date(on)}" if on is not None else ""
    if not shows(setting.edition, Part.CHANGES):
        return Sentence.of(f"Accepted {when}")
    author = correction.proposed.found.author
    proposed = f"Proposed by {author}; accepted" if author else "Changed in the returned copy without tracking; accepted"
    return Sentence.of(f"{proposed} by {correction.by} {when}")


def _id(correction: Correction) -> str:
    return f"correction-{correction.number}"

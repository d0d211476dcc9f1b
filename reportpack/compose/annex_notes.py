"""The notes item by item, word for word: only who may read them is decided here."""

from collections.abc import Iterable, Iterator, Sequence

from reportpack.compose.annex_said import AnnexSetting, item_remarks, note_id
from reportpack.model.annex import AnnexItem, NoteBlock
from reportpack.model.edition import Audience
from reportpack.model.minutes import NotedPassage
from reportpack.model.noted import PlacedItem

PRIVATE = "A passage with private details is left out of this edition."


def compose_notes(setting: AnnexSetting) -> tuple[AnnexItem, ...]:
    """Every item; what stands before the first is the office's."""
    items = tuple(_item(one, setting) for one in setting.view.items)
    if not setting.view.loose or not setting.reads(Audience.OFFICE):
        return items
    blocks = tuple(note_blocks(setting.view.loose))
    return (AnnexItem("note-before", "", "Before the first item", 1, nil=False, blocks=blocks), *items)


def _item(item: PlacedItem, setting: AnnexSetting) -> AnnexItem:
    readable = setting.reads(item.audience)
    kept = [one for one in item.passages if setting.reads(item.audience, *one.lines)]
    return AnnexItem(
        id=note_id(item),
        number=item.number,
        title=setting.title(item),
        depth=min(item.number.count(".") + 1, 3) if item.number else 1,
        nil=item.noted.nil,
        blocks=tuple(note_blocks(kept)),
        withheld="" if readable else setting.told(item),
        left_out=PRIVATE if readable and len(kept) < len(item.passages) else "",
        remarks=item_remarks(item, setting) if readable else (),
    )


def note_blocks(passages: Iterable[NotedPassage]) -> Iterator[NoteBlock]:
    """Passages as they are printed: entries that follow one another are one list, rows one table."""
    run: list[NotedPassage] = []
    for passage in passages:
        if run and _kind(run[-1]) != _kind(passage):
            yield _block(run)
            run = []
        run.append(passage)
        if _kind(passage) == "paragraph":
            yield _block(run)
            run = []
    if run:
        yield _block(run)


def _kind(passage: NotedPassage) -> str:
    if passage.cells:
        return "table"
    return "list" if passage.bullet else "paragraph"


def _block(run: Sequence[NotedPassage]) -> NoteBlock:
    kind = _kind(run[0])
    if kind == "table":
        width = max(len(one.cells) for one in run)
        return NoteBlock(kind, rows=tuple((*one.cells, *("",) * (width - len(one.cells))) for one in run))
    if kind == "list":
        return NoteBlock(kind, entries=tuple(one.words for one in run))
    return NoteBlock(kind, run[0].words)

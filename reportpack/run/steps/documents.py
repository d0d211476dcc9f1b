"""Any document from what was composed to its files: laid out as page source, set as what its kind is made as, named, and recorded."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from reportpack.compose.audience import as_cited
from reportpack.drive_files import sha256_of
from reportpack.errors import InputError
from reportpack.ledger import Ledger
from reportpack.model.document import APPENDIX, FULL_PACK, SUPPLEMENT, DocumentKind, Output, PdfStandard
from reportpack.model.edition import Audience
from reportpack.model.event import Build, BuildFile, FileRole
from reportpack.model.problem import Problem
from reportpack.records import Record
from reportpack.render.element import Document, image_sources, split_appendix
from reportpack.render.full_tables import full_tables_workbook
from reportpack.render.page import Printable, read_rendered, render_page_source
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import chart_style, render_pdf
from reportpack.render.templates import Templates
from reportpack.render.web import render_web
from reportpack.run.look import Look, look_cautions, look_of, read_look
from reportpack.run.office_files import Folders

NO_FILES: Mapping[str, bytes] = MappingProxyType({})
PAGE_SOURCE = "reportpack page source"  # The property by which a Word copy says which page source it was made from.


class LaidOut(Record):
    """A document as page source, and the same parsed."""

    kind: DocumentKind
    source: str
    document: Document


class SetDocument(Record):
    """A document as files by the ends of their names, with how it looked, how many pages it has, and what to know about them; `appendix` are
    the files of its appendix, where that is not bound in."""

    kind: DocumentKind
    files: Mapping[str, bytes]
    look: Look
    pages: int
    problems: tuple[Problem, ...]
    appendix: Mapping[str, bytes] = NO_FILES

    def named(self, folder: Path, edition: Audience, own: Audience) -> dict[Path, bytes]:
        """Its files by their places."""
        every = [*((self.kind, *one) for one in self.files.items()), *((APPENDIX, *one) for one in self.appendix.items())]
        return {folder / file_name(kind, edition, own, ending): data for kind, ending, data in every}


def remove_what_is_no_more(files: Collection[Path], folder: Path, edition: Audience, own: Audience) -> None:
    """An appendix from before it was bound into its pack, a full pack of papers that are gone, or a supplement that went, goes from beside it; one that somebody has open stays."""
    named = (folder / file_name(one, edition, own, ending) for one in (APPENDIX, FULL_PACK, SUPPLEMENT) for ending in one.outputs)
    ending = file_name(FULL_PACK, edition, own, ".pdf").removeprefix(FULL_PACK.stem)
    every = (path for kind in (FULL_PACK, SUPPLEMENT) for path in folder.glob(f"{kind.stem} part *{ending}"))
    parts = (one for one in every if one.name.partition(".")[2] == ending[1:])
    for path in (*named, *parts):
        if path not in files:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def file_name(kind: DocumentKind, edition: Audience, own: Audience, ending: str, stem: str = "") -> str:
    """`briefing-pack.force.pdf`: only an edition that is not the series' own is named in it."""
    which = "" if edition is own else f".{edition}"
    return f"{stem or kind.stem}{which}{ending}"


def lay_out_document(printed: Printable, templates: Templates, folders: Folders) -> LaidOut:
    """The page source, by the templates of its kind; charts as the office's theme has them."""
    look = read_look(folders.templates)
    printed = as_cited(printed)
    source = render_page_source(printed, templates, chart_style(look.theme, look.assets), kept=True)
    return LaidOut(printed.kind, source, read_rendered(source, printed, templates))


def laid_out_before(kind: DocumentKind, source: bytes) -> LaidOut:
    """A page source that was kept."""
    text = source.decode()
    return LaidOut(kind, text, parse_page_source(text, "page source"))


def set_laid_out(
    laid: LaidOut, folders: Folders, facts: Mapping[str, str] | None = None, look: Look | None = None
) -> SetDocument:
    """What its kind is made as, in today's look or the one that was kept. A Word copy carries `facts`, by which it is known when it comes back;
    once the document is checked for accuracy, changes in it are tracked."""
    document = laid.document
    cautions: tuple[Problem, ...] = ()
    if look is None:
        look = read_look(folders.templates, image_sources(document), folders.pdf)
        cautions = look_cautions(folders, look)
    document, behind = split_appendix(document)
    pages = render_pdf(document, look.theme, look.assets)
    files = {Output.PDF.value: pages.pdf}
    if Output.WEB in laid.kind.outputs:
        files[Output.WEB] = render_web(document, look.theme, look.assets)
    appendix = {}
    if behind is not None:
        more = render_pdf(behind, look.theme, look.assets)
        cautions = (*cautions, *more.problems)
        appendix = {Output.PDF.value: more.pdf, Output.WEB.value: render_web(behind, look.theme, look.assets)}
        appendix |= {Output.BOOK.value: book} if (book := full_tables_workbook(behind)) is not None else {}
    if Output.WORD in laid.kind.outputs:
        files[Output.WORD] = _word(laid, look, facts or {})
    if Output.PAGE_SOURCE in laid.kind.outputs:
        files[Output.PAGE_SOURCE] = laid.source.encode()
    return SetDocument(laid.kind, files, look, pages.pages, (*cautions, *pages.problems), appendix)


def set_to_bind(laid: LaidOut, pages: SetDocument, folders: Folders) -> SetDocument:
    """The same as others' papers can be bound behind it: they keep to no more than PDF/UA-1."""
    theme = pages.look.theme
    if theme.page.pdf is PdfStandard.UA1:
        return pages
    look = replace(pages.look, theme=replace(theme, page=replace(theme.page, pdf=PdfStandard.UA1)))
    return set_laid_out(laid, folders, look=look)


def set_web_page(laid: LaidOut, folders: Folders, page: str) -> bytes:
    """The HTML of one section alone, by its id; InputError where the document has none of it."""
    look = read_look(folders.templates, image_sources(laid.document))
    document, _ = split_appendix(laid.document)
    ids = ((next((each.get("id") for each in one.walk() if each.get("id")), ""), one) for one in document.sections)
    found = tuple(section for name, section in ids if name == page)
    if not found:
        raise InputError("That page is not in the document any more.", "Build it again, and choose another page.")
    return render_web(replace(document, sections=found), look.theme, look.assets)


def set_document(
    printed: Printable, templates: Templates, folders: Folders, facts: Mapping[str, str] | None = None
) -> SetDocument:
    """A document laid out and set."""
    return set_laid_out(lay_out_document(printed, templates, folders), folders, facts)


def _word(laid: LaidOut, look: Look, facts: Mapping[str, str]) -> bytes:
    from reportpack.render.word.document import render_word

    own = {**facts, PAGE_SOURCE: sha256_of(laid.source.encode())}
    checked = laid.document.meta.version.endswith("for accuracy")
    return render_word(laid.document, look.theme, own, tracked=checked)


def keep_pages(ledger: Ledger, kind: DocumentKind, source: bytes, look: Look) -> tuple[BuildFile, ...]:
    """What the same pages are made from again: the page source and the look, kept."""
    return (
        BuildFile(FileRole.PAGE_SOURCE, f"{kind.stem}{Output.PAGE_SOURCE}", ledger.keep(source)),
        *(BuildFile(FileRole.THEME, f"theme {number}", ledger.keep(text)) for number, text in enumerate(look.texts, start=1)),
        *(BuildFile(FileRole.ASSET, name, ledger.keep(data)) for name, data in sorted(look.assets.items())),
    )


def kept_look(ledger: Ledger, build: Build) -> Look:
    """How the pages of that build looked."""
    texts = [ledger.kept(file.sha256) for file in build.files_of(FileRole.THEME)]
    return look_of(texts, {file.name: ledger.kept(file.sha256) for file in build.files_of(FileRole.ASSET)})

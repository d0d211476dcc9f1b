"""The kinds of document that the program makes, each declared once, and the head that they share."""

from datetime import date
from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.records import Record


class Output(StrEnum):
    """What a document is made as; its file's name ends so."""

    PDF = ".pdf"
    WEB = ".html"
    WORD = ".docx"
    BOOK = ".xlsx"
    PAGE_SOURCE = ".page-source.html"


class PdfStandard(StrEnum):
    """The standards that a PDF keeps: PDF/UA-1 and PDF/A-2a, or, in PDF 2.0, PDF/UA-2 and PDF/A-4."""

    UA1 = "ua1"
    UA2 = "ua2"


_PAGES = (Output.PDF, Output.WEB, Output.PAGE_SOURCE)


class DocumentKind(Record):
    """A kind of document: its files' names begin with `stem`, `template` lays it out and calls it `called`, `outputs` are what it
    is made as. `short` is what it is called on the command line, `spoken` within a sentence; both are empty where it is not
    released by itself."""

    stem: str
    title: str
    template: str
    called: str
    outputs: tuple[Output, ...] = _PAGES
    short: str = ""
    spoken: str = ""
    letter: str = ""

    @property
    def in_letters(self) -> str:
        """What a letter that carries it says it is."""
        return self.letter or self.title


PACK = DocumentKind("briefing-pack", "Briefing pack", "pack.html", "pack", short="pack", spoken="the briefing pack")
_ANNEX = ("annex", "Meeting notes and actions", "annex.html", "annex", (Output.PDF, Output.WEB, Output.WORD, Output.PAGE_SOURCE))
ANNEX = DocumentKind(*_ANNEX, short="annex", spoken="the notes and actions", letter="Notes and actions")
APPENDIX = DocumentKind("appendix", "Appendix", PACK.template, "pack", (Output.PDF, Output.WEB, Output.BOOK), "", "its appendix")
"""Laid out with its pack, as one page source; a file of its own unless the office binds it in."""
QUERIES = DocumentKind("queries", "Queries for the note taker", "queries.html", "queries")
DOSSIER = DocumentKind("dossier", "Dossier", "dossier.html", "dossier", (Output.PDF, Output.WEB))
AUDIT = DocumentKind("promise-audit", "Promise audit", "audit.html", "audit", (Output.PDF, Output.WEB))
INHERIT = DocumentKind("what-you-inherit", "What you inherit", "inherit.html", "pack", (Output.PDF, Output.WEB))
OWN_SHEET = DocumentKind("own-sheet", "Own sheet", "own-sheet.html", "sheet", (Output.PDF,))
COMMISSION = DocumentKind("commissioning-note", "Commissioning note", "commission.html", "note")
MINUTES_FORM = DocumentKind("minutes-form", "Form for the notes", "minutes-form.html", "form", (Output.WORD,))
SUPPLEMENT = DocumentKind("supplement", "Supplement", "supplement.html", "pack", (Output.PDF,), "supplement", "the supplement")
"""What has come since a version of the pack that people have: the late papers, what changed and the agenda. Its version is its number."""
FULL_PACK = DocumentKind("full-pack", "Papers", "papers.html", "papers", (Output.PDF,))
"""The pack with every paper behind it; what is laid out by itself are the list of papers and the sheet before each."""
KINDS = (PACK, APPENDIX, ANNEX, QUERIES, DOSSIER, AUDIT, INHERIT, OWN_SHEET, COMMISSION, MINUTES_FORM, FULL_PACK, SUPPLEMENT)
_BY_STEM = {one.stem: one for one in KINDS}
RELEASED = tuple(one for one in KINDS if one.short)  # those that a person releases, and people are sent


class Head(Record):
    """What every document says of itself: for whom, its titles, author and marking, its version, and the day that it is as at."""

    edition: Audience
    language: str
    title: str
    running_title: str
    author: str
    description: str
    marking: str
    version: str
    on: date
    citing: tuple[tuple[str, str], ...]


def kind_of(stem: str) -> DocumentKind:
    """The kind whose files begin so. KeyError where there is none."""
    return _BY_STEM[stem]

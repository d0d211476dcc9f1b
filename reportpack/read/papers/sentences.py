"""What can be said of a paper's file, in a sentence each: what was found, what its author is asked for, and what else can be done."""

from collections.abc import Iterator

from reportpack.model.paper import PaperHealth, Remark

_FOUND = {
    # why it cannot be bound
    "paper-password": "It opens only with a password.",
    "paper-damaged": "It is damaged and cannot be opened: {}.",
    "paper-no-pages": "It has no pages.",
    "paper-portfolio": "It is a portfolio, a folder of files inside a PDF ({}).",
    "paper-hidden-layers": "It has layers that are hidden when it is opened ({}), and their words would stay in the pack.",
    "paper-redactions": "Words in it are marked to be blacked out, and are still there.",
    "paper-form-program": "It is a form that only Adobe's programs show (XFA).",
    "paper-too-large": "It is {} MB, more than a pack that people open and are sent can hold.",
    "paper-kind": "It is no PDF, and no Word or Excel file: {}.",
    "paper-no-office": "It is turned into a PDF by LibreOffice, which is not installed here.",
    "paper-not-turned": "It has to be turned into a PDF, and LibreOffice {}.",
    # worth knowing
    "paper-mended": "The file is damaged; it was mended as far as it can be.",
    "paper-not-tagged": "It is not tagged: a screen reader reads its words in the order in which they were drawn, if at all.",
    "paper-scanned": "{} pictures without words, which nobody can search or have read out.",
    "paper-fonts": "Fonts that are not embedded look otherwise on another machine: {}.",
    "paper-signed": "It is signed. The signature holds for the file as it is; the copy in the pack bears none.",
    "paper-locked": "Its author locked it against copying or changes; the copy in the pack is not locked.",
    "paper-form": "It is a form. Its fields stand in the pack as they are filled in, and can be typed in no more.",
    "paper-left-out": "In the file, and left out of the pack: {}.",
    "paper-cropped": "{} cropped; what was cut off is still in the file, for whoever looks.",
    "paper-turned": "{} turned; in the pack they stand as the file shows them.",
    "paper-tracked": "The document holds tracked changes or comments; its PDF may show them.",
    "paper-hidden-sheets": "Sheets of it are hidden and left out of the pack: {}.",
    "paper-marked": 'It is marked "{}", of the scheme that ended on 2 April 2014, and its pages show it in the pack.',
    # said to its author alone
    "paper-no-title": "The file does not say its title.",
    "paper-no-language": "The file does not say its language, so a screen reader has to guess at it.",
}
_WANTED = {
    "paper-password": "a copy without one",
    "paper-damaged": "the file again",
    "paper-no-pages": "the file again",
    "paper-portfolio": "each of its files by itself",
    "paper-hidden-layers": "a copy without them",
    "paper-redactions": "a copy in which the redactions are applied",
    "paper-form-program": "a PDF that is printed from it",
    "paper-too-large": "a smaller copy",
    "paper-kind": "a PDF, or the Word file",
    "paper-not-turned": "a PDF of it",
    "paper-mended": "the file again, saved anew",
    "paper-not-tagged": "a tagged PDF, or the Word file",
    "paper-scanned": "the original",
    "paper-fonts": "a PDF with its fonts in it",
    "paper-signed": "word whether the signature matters to its readers",
    "paper-locked": "a copy that is not locked",
    "paper-form": "it filled in",
    "paper-left-out": "a copy without, or word of what its readers need",
    "paper-cropped": "a copy without it",
    "paper-tracked": "a copy without them",
    "paper-hidden-sheets": "word of whether its readers need them",
    "paper-marked": "a copy with a marking of today, unless it was written before then",
    "paper-no-title": "it again with one",
    "paper-no-language": "it again with its language",
}
"""What its author is asked for; a kind that is not here is nothing that the author can mend."""
_REMEDIES = {
    "paper-portfolio": "Take the files out and put each in its place.",
    "paper-form-program": "Print it as a PDF there, and put that in its place.",
    "paper-kind": "Save it as a PDF, and put that in its place.",
    "paper-no-office": "Install LibreOffice, or save it as a PDF and put that in its place.",
    "paper-not-turned": "Save it as a PDF and put that in its place.",
    "paper-mended": "Look at its pages in the pack.",
    "paper-signed": "Where the signature matters, send the file itself too.",
    "paper-locked": "Ask, if that matters.",
    "paper-form": "",
    "paper-left-out": "Look whether its readers need it.",
    "paper-turned": "",
    "paper-hidden-sheets": "Look whether its readers need them.",
    "paper-tracked": "Accept or refuse them in Word, and put that in its place.",
}
"""What the office does where it does not simply ask the author."""


def remark(kind: str, what: str = "") -> Remark:
    """The remark of that kind; `what` are the words that its sentence leaves open."""
    remedy = _REMEDIES[kind] if kind in _REMEDIES else f"Ask its author for {_WANTED[kind]}."
    return Remark(kind, _FOUND[kind].format(what), remedy)


def asked_of_author(sheet: PaperHealth) -> Iterator[str]:
    """What is to be put right in a paper's file and its author can do, a line each: what was found, and what is asked for."""
    lacks = (("paper-no-title", sheet.title), ("paper-no-language", sheet.language)) if sheet.pages else ()
    found = [*([sheet.refused] if sheet.refused is not None else []), *sheet.remarks]
    for one in (*found, *(remark(kind) for kind, there in lacks if not there)):
        if one.kind in _WANTED:
            yield f"{one.found} Please send {_WANTED[one.kind]}."


def pages_are(count: int, of: int) -> str:
    """`All pages are`, `1 of its 12 pages is`, `3 of its 12 pages are`."""
    return "All pages are" if count == of else f"{count} of its {of} pages {'is' if count == 1 else 'are'}"

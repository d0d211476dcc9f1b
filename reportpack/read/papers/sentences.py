"""What can be said of a paper's file, in a sentence each."""

from reportpack.model.paper import Remark

_ASK = "Ask its author for {}."
_SENTENCES = {
    # why it cannot be bound
    "paper-password": ("It opens only with a password.", _ASK.format("a copy without one")),
    "paper-damaged": ("It is damaged and cannot be opened: {}.", _ASK.format("the file again")),
    "paper-no-pages": ("It has no pages.", _ASK.format("the file again")),
    "paper-portfolio": (
        "It is a portfolio, a folder of files inside a PDF ({}).",
        "Take the files out and put each in its place.",
    ),
    "paper-hidden-layers": (
        "It has layers that are hidden when it is opened ({}), and their words would stay in the pack.",
        _ASK.format("a copy without them"),
    ),
    "paper-redactions": (
        "Words in it are marked to be blacked out, and are still there.",
        _ASK.format("a copy in which the redactions are applied"),
    ),
    "paper-form-program": (
        "It is a form that only Adobe's programs show (XFA).",
        "Print it as a PDF there, and put that in its place.",
    ),
    "paper-too-large": ("It is {} MB, more than a pack that people open and are sent can hold.", _ASK.format("a smaller copy")),
    "paper-kind": ("It is no PDF, and no Word or Excel file: {}.", "Save it as a PDF, and put that in its place."),
    "paper-no-office": (
        "It is turned into a PDF by LibreOffice, which is not installed here.",
        "Install LibreOffice, or save it as a PDF and put that in its place.",
    ),
    "paper-not-turned": ("It has to be turned into a PDF, and LibreOffice {}.", "Save it as a PDF and put that in its place."),
    # worth knowing
    "paper-mended": ("The file is damaged; it was mended as far as it can be.", "Look at its pages in the pack."),
    "paper-not-tagged": (
        "It is not tagged: a screen reader reads its words in the order in which they were drawn, if at all.",
        _ASK.format("a tagged PDF, or the Word file"),
    ),
    "paper-scanned": ("{} pictures without words, which nobody can search or have read out.", _ASK.format("the original")),
    "paper-fonts": (
        "Fonts that are not embedded look otherwise on another machine: {}.",
        _ASK.format("a PDF with its fonts in it"),
    ),
    "paper-signed": (
        "It is signed. The signature holds for the file as it is; the copy in the pack bears none.",
        "Where the signature matters, send the file itself too.",
    ),
    "paper-locked": (
        "Its author locked it against copying or changes; the copy in the pack is not locked.",
        "Ask, if that matters.",
    ),
    "paper-form": ("It is a form. Its fields stand in the pack as they are filled in, and can be typed in no more.", ""),
    "paper-left-out": ("In the file, and left out of the pack: {}.", "Look whether its readers need it."),
    "paper-cropped": ("{} cropped; what was cut off is still in the file, for whoever looks.", _ASK.format("a copy without it")),
    "paper-turned": ("{} turned; in the pack they stand as the file shows them.", ""),
    "paper-tracked": (
        "The document holds tracked changes or comments; its PDF may show them.",
        "Accept or refuse them in Word, and put that in its place.",
    ),
}


def remark(kind: str, what: str = "") -> Remark:
    """The remark of that kind; `what` are the words that its sentence leaves open."""
    found, remedy = _SENTENCES[kind]
    return Remark(kind, found.format(what), remedy)


def pages_are(count: int, of: int) -> str:
    """`All pages are`, `1 of its 12 pages is`, `3 of its 12 pages are`."""
    return "All pages are" if count == of else f"{count} of its {of} pages {'is' if count == 1 else 'are'}"

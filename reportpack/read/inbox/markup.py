"""A letter's page of HTML as the lines that it shows. What nobody sees is left out and said; so is what is struck through."""

from typing import Any

from reportpack import patterns as re
from reportpack.read.documents.lines import said_in_rows
from reportpack.read.inbox.own_words import MAX_TEXT, LetterLine, announces, clean
from reportpack.read.workbook.markup import whole
from reportpack.records import Record

_BREAK_NAMES = "address article blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul"
_BREAKS = frozenset(_BREAK_NAMES.split())
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object"})
_STRUCK = frozenset({"del", "s", "strike"})
_QUOTE_CLASS = re.compile(r"(?i)quote|moz-cite|yahoo_")
_AROUND = re.compile(r"(?i)gmail_quote|protonmail_quote")  # Stands around answers, too: what is quoted is a block inside.
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|opacity:0(?:\.0*)?(?:;|$)|font-size:0*[01](?:\.\d+)?(?:px|pt)?(?:;|$)"
)
_WHITE = r"(?:#fff(?:fff)?|white|rgb\(255,255,255\))(?:;|$)"
_WHITE_WORDS = re.compile(rf"(?<![\w-])color:{_WHITE}")
_GROUND = re.compile(rf"(?:bgcolor|background(?:-color)?):(?!{_WHITE}|;|$|none|transparent|inherit|initial)")
_DETOUR = re.compile(r"https://[\w.-]*safelinks\.protection\.outlook\.com/.*?[?&]url=([^&]+)")
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_STRUCK_STYLE = re.compile(r"text-decoration[a-z-]*:[^;]*line-through")
_MISSED = 200
_COLOURED = re.compile(
    r"(?<![\w-])color:(?:red|blue|green|purple|#(?:f00|00f|[c-f]\w0{4}|0{4}[c-f]\w|00b050|0070c0)|rgb\(2\d\d,0,0)"
)
"""The colours that mail programs offer to those who answer in one: no grey, and not the dark blue that some write in."""


def read_markup(markup: str, *, answers: bool = False, most: int = 20 * MAX_TEXT) -> "Markup":
    """The page, whatever its faults. `answers`: the letter is a reply, so a block that is set in is what it quotes."""
    from lxml import etree

    shown = clean(markup[:most])
    parser = etree.HTMLParser(recover=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(shown, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    page = Markup(answers)
    for event, element in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        page.start(element) if event == "start" else page.end(element)
    page.line_ends()
    page.cut = "Excessive depth" in str(parser.error_log)
    page.struck, page.hidden = _joined(page.struck), _joined(page.hidden)
    return page


class _State(Record):
    unseen: bool = False
    hidden: bool = False
    struck: bool = False
    depth: int = 0
    table: int = 0
    preformatted: bool = False
    coloured: bool = False
    ground: bool = False


class Markup:
    """A page as it is walked through: its lines, its tables by their number as rows of cells (each with over how many columns and rows it goes) and
    in which other table each stands, and the words that are struck through or cannot be seen."""

    def __init__(self, answers: bool) -> None:
        self.lines, self.rows, self.within = list[LetterLine](), dict[int, list[list[tuple[str, int, int]]]](), dict[int, int]()
        self.struck, self.hidden, self.cut = list[str](), list[str](), False
        self._answers, self._words, self._coloured, self._cells = answers, list[str](), list[str](), list[list[str]]()
        self._states, self._at = [_State()], _State()

    @property
    def tables(self) -> dict[int, list[list[str]]]:
        """Its tables as rows of texts."""
        return {number: _laid(rows) for number, rows in self.rows.items()}

    def start(self, element: Any) -> None:
        """An element begins, and its first words."""
        tag, before = element.tag, self._states[-1]
        if tag in _BREAKS:
            self.line_ends(blank=tag == "br")
        state = self._inside(element, before)
        self._states.append(state)
        if tag == "table":
            self.rows[state.table], self.within[state.table] = [], before.table
        elif tag == "tr" and state.table:
            self.rows[state.table].append([])
        elif tag in ("td", "th"):
            self._cells.append([])
        if tag == "img" and (text := (element.get("alt") or "").strip()) and not state.hidden:
            self._say(f"[picture: {text}]", state)
        self._say(element.text or "", state)

    def end(self, element: Any) -> None:
        """An element ends; the text behind it belongs to what it stands in."""
        tag, state = element.tag, self._states.pop()
        if tag == "a" and not (state.unseen or state.hidden or state.struck):
            self._say(_address(element), state)
        if tag in ("td", "th"):
            self._words.append(" ")
            text = "\n".join(filter(None, (" ".join(row.split()) for row in "".join(self._cells.pop()).split("\n"))))
            if rows := self.rows.get(state.table):
                across, down = (max(whole(element.get(name), 1), 1) for name in ("colspan", "rowspan"))
                rows[-1].append((text, across, down))
        elif tag == "table" and self._cells:
            self._cells[-1].append(f"\n{said_in_rows(_laid(self.rows[state.table]))[:MAX_TEXT]}\n")
        if tag in _BREAKS and tag != "br":
            self.line_ends()
        self._say(element.tail or "", self._states[-1])

    def line_ends(self, *, blank: bool = False) -> None:
        """What was said since the last break is a line; a break after a break, and a space that is held open, leave one blank."""
        said = "".join(self._words)
        text = " ".join(said.split())
        self._words.clear()
        at = self._at
        if self._cells:
            self._cells[-1].append("\n")
        if text:
            self.lines.append(LetterLine(text, at.depth, at.table, " ".join("".join(self._coloured).split())))
            self._coloured.clear()
        elif (blank or "\xa0" in said) and self.lines and self.lines[-1].text:
            self.lines.append(LetterLine("", self.lines[-1].depth))

    def _inside(self, element: Any, before: _State) -> _State:
        tag, own = element.tag, (f"{name}:{element.get(name) or ''}" for name in ("color", "bgcolor"))
        style = "".join(";".join((element.get("style") or "", *own)).lower().split())
        last = next((line.text for line in reversed(self.lines) if line.text), "") if tag == "blockquote" else ""
        quoted = _is_quote(element) or (tag == "blockquote" and (self._answers or announces(last)))
        ground = before.ground or _GROUND.search(style) is not None
        white = not ground and _WHITE_WORDS.search(style) is not None
        hidden = before.hidden or white or element.get("hidden") is not None or _HIDDEN_STYLE.search(style) is not None
        struck = before.struck or tag in _STRUCK or _STRUCK_STYLE.search(style) is not None
        table, typed = len(self.rows) + 1 if tag == "table" else before.table, before.preformatted or tag == "pre"
        coloured = before.coloured or _COLOURED.search(style) is not None
        return _State(before.unseen or tag in _UNSEEN, hidden, struck, before.depth + quoted, table, typed, coloured, ground)

    def _say(self, text: str, state: _State) -> None:
        if not text or state.unseen:
            return
        if state.hidden or state.struck:
            (self.hidden if state.hidden else self.struck).append(text)
            self._words.append(" ")
            return
        for row in text.split("\n") if state.preformatted and "\n" in text else ():
            self._words.append(row)
            if self._cells:
                self._cells[-1].append(row)
            self._at, text = state, ""
            self.line_ends()
        self._at = state if text.strip() else self._at
        if self._cells:
            self._cells[-1].append(text.replace("\n", " "))
        self._words.append(text.replace("\n", " "))
        self._coloured.extend([text] if state.coloured else [])


def _laid(rows: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """The texts of a table's rows by column, of cells that say over how many columns and rows they go; one over several rows is said of each."""
    grid, held = list[list[str]](), dict[int, tuple[str, int, int]]()
    for row in rows:
        grid.append([])
        cells = iter(row)
        while (cell := held.pop(at := len(grid[-1]), None) or next(cells, None)) is not None:
            text, across, down = cell
            grid[-1].extend([text, *[""] * (min(across, 60) - 1)])
            held.update({at: (text, across, min(down, 999) - 1)} if down > 1 else {})
    return grid


def _is_quote(element: Any) -> bool:
    if element.tag == "blockquote" and (element.get("type") == "cite" or element.get("cite") is not None):
        return True
    called = (element.get("class") or "") if element.tag in ("blockquote", "div") else ""
    if element.tag == "div" and _AROUND.search(called) is not None:
        return False
    return _QUOTE_CLASS.search(called) is not None and "attr" not in called


def _address(link: Any) -> str:
    """Where a link leads, where its words do not say so already; without the detour that a mail gateway puts before it."""
    target = (link.get("href") or "").strip()
    if detour := _DETOUR.match(target):
        target = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), detour[1].encode()).decode("utf-8", "replace")
    words = "".join(link.itertext())
    return f" ({target})" if target.startswith(("http://", "https://")) and target.rstrip("/") not in words else ""


def _joined(texts: list[str]) -> list[str]:
    return list(filter(None, (" ".join(text.split()) for text in texts[:_MISSED])))

"""A Word copy as people send it back: changes tracked or not, comments, and what other programs leave out."""

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
_RUN = re.compile(r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">([^<]*)</w:t></w:r>')


class WordCopy:
    """A document whose words can be changed as Word changes them."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            self.parts = {name: file.read(name).decode() for name in file.namelist()}
        self.comments: list[tuple[str, str, str, bool]] = []

    @property
    def document(self) -> str:
        return self.parts["word/document.xml"]

    @document.setter
    def document(self, text: str) -> None:
        self.parts["word/document.xml"] = text

    def track(self, old: str, new: str, author: str = "A Reader", made: str = "2019-06-05T10:00:00Z", within: str = "") -> None:
        """Old words struck out and new ones put in, both tracked; either may be empty (`within` then says where, at its end)."""
        marks = f'w:id="900" w:author="{escape(author)}" w:date="{made}"'
        gone = f'<w:del {marks}><w:r><w:delText xml:space="preserve">{escape(old)}</w:delText></w:r></w:del>' if old else ""
        come = f"<w:ins {marks}>{_run(new)}</w:ins>" if new else ""
        self._split(old or within, lambda kept: f"{gone or kept}{come}")

    def change(self, old: str, new: str) -> None:
        """Words changed with nothing tracked."""
        assert escape(old) in self.document, old
        self.document = self.document.replace(escape(old), escape(new), 1)

    def comment(self, about: str, words: str, author: str = "A Reader", *, reply_to: int = -1, resolved: bool = False) -> None:
        """A comment on words, or an answer to the comment of that number."""
        number = len(self.comments)
        parent = f"{reply_to:08X}" if reply_to >= 0 else ""
        self.comments.append((author, words, parent, resolved))
        start, end = f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>'
        mark = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        if reply_to < 0:
            self._split(about, lambda kept: f"{start}{kept}{end}{mark}")

    def add_paragraph(self, after: str, words: str, author: str = "A Reader") -> None:
        """A paragraph put in below another, tracked: Word marks the end of the one above as inserted."""
        marks = f'w:id="901" w:author="{escape(author)}" w:date="2019-06-05T10:00:00Z"'
        at = self.document.index(escape(after))
        end = self.document.index("</w:p>", at)
        start = self.document.rindex("<w:p>", 0, at)
        body = self.document[start:end].replace("<w:pPr>", f"<w:pPr><w:rPr><w:ins {marks}/></w:rPr>", 1)
        new = f"<w:p><w:pPr></w:pPr><w:ins {marks}>{_run(words)}</w:ins></w:p>"
        self.document = f"{self.document[:start]}{body}</w:p>{new}{self.document[end + len('</w:p>') :]}"

    def forget_properties(self) -> None:
        """As Google Docs does: no properties, no headers, other styles' names."""
        for name in ("docProps/custom.xml", "word/header1.xml", "word/footer1.xml"):
            del self.parts[name]
        self.document = re.sub(r"<w:(?:header|footer)Reference[^>]*/>", "", self.document).replace("\u00a0", " ")

    def set_property(self, name: str, value: str) -> None:
        self.parts["docProps/custom.xml"] = re.sub(
            rf'(name="{name}"><vt:lpwstr>)[^<]*', rf"\g<1>{value}", self.parts["docProps/custom.xml"]
        )

    def _split(self, words: str, made: Callable[[str], str]) -> None:
        """Cut the run that holds the words, and put something else in their place."""
        wanted = escape(words)
        for match in _RUN.finditer(self.document):
            if wanted in match[2]:
                before, _, after = match[2].partition(wanted)
                looks = match[1] or ""
                parts = (_run(before, looks, raw=True), made(_run(wanted, looks, raw=True)), _run(after, looks, raw=True))
                self.document = self.document[: match.start()] + "".join(parts) + self.document[match.end() :]
                return
        raise AssertionError(f"No run holds {words!r}.")

    def data(self) -> bytes:
        """The file."""
        if self.comments:
            lines = "".join(
                f'<w:comment w:id="{at}" w:author="{escape(author)}" w:date="2019-06-06T11:00:00Z">'
                f'<w:p w14:paraId="{at:08X}">{_run(words)}</w:p></w:comment>'
                for at, (author, words, _, _) in enumerate(self.comments)
            )
            self.parts["word/comments.xml"] = f"<w:comments {_W} {_W14}>{lines}</w:comments>"
            threads = "".join(
                f'<w15:commentEx w15:paraId="{at:08X}"{f" w15:paraIdParent={chr(34)}{parent}{chr(34)}" if parent else ""} '
                f'w15:done="{int(resolved)}"/>'
                for at, (_, _, parent, resolved) in enumerate(self.comments)
            )
            self.parts["word/commentsExtended.xml"] = f"<w15:commentsEx {_W15}>{threads}</w15:commentsEx>"
            self._declare("comments", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments")
            self._declare("commentsExtended", "http://schemas.microsoft.com/office/2011/relationships/commentsExtended")
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in self.parts.items():
                file.writestr(name, text)
        return stream.getvalue()

    def _declare(self, name: str, kind: str) -> None:
        """Name a part where a word processor looks for it."""
        types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
        if f"{name}.xml" in self.parts[relations]:
            return
        media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        self.parts[types] = self.parts[types].replace(
            "</Types>", f'<Override PartName="/word/{name}.xml" ContentType="{media}"/></Types>'
        )
        self.parts[relations] = self.parts[relations].replace(
            "</Relationships>", f'<Relationship Id="rId{name}" Type="{kind}" Target="{name}.xml"/></Relationships>'
        )


def _run(words: str, looks: str = "", *, raw: bool = False) -> str:
    return f'<w:r>{looks}<w:t xml:space="preserve">{words if raw else escape(words)}</w:t></w:r>' if words else ""

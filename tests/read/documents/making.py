"""Word and LibreOffice files with a word put wherever they can show one."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header1": "header",
    "footer1": "footer",
    "charts/chart1": "chart",
}


def p(words: str, run: str = "", paragraph: str = "") -> str:
    """A paragraph of one run, with settings of its own."""
    return f'<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, settings: str = "") -> str:
    """A row; a cell is words, or the inside of one."""
    inside = (cell if cell.startswith("<w:") else p(cell) for cell in cells)
    return f"<w:tr>{settings}{''.join(f'<w:tc>{cell}</w:tc>' for cell in inside)}</w:tr>"


def docx_of(body: str, **parts: str) -> bytes:
    """A Word file of this body and these parts, each the inside of its root."""
    roots = {"numbering": "numbering", "styles": "styles", "header1": "hdr", "footer1": "ftr"}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
        relations = ['<Relationship Id="link" Type="x/hyperlink" Target="https://example.org/plan" TargetMode="External"/>']
        for key, inside in parts.items():
            name = key.replace("__", "/")
            root = roots.get(name, name)
            tag = "c:chartSpace" if name.startswith("charts") else f"w:{root}"
            archive.writestr(f"word/{name}.xml", f"<{tag} {_SPACES}>{inside}</{tag}>")
            relations.append(f'<Relationship Id="{key}" Type="x/{_KINDS[name]}" Target="{name}.xml"/>')
        around = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{around}">{"".join(relations)}</Relationships>')
    return stream.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_SPACES = " ".join(
    f'xmlns:{short}="{_ODF}:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "form": "form",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def odt_of(body: str, styles: str = "", named: str = "") -> bytes:
    """An OpenDocument text of this body, these automatic styles, and these parts of styles.xml."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_ODF_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("styles.xml", f"<office:document-styles {_ODF_SPACES}>{named}</office:document-styles>")
    return stream.getvalue()

"""The parts of a Word file around its words: styles, lists, running matter, properties, and the zip that holds them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from reportpack.render.element import Document
from reportpack.render.theme import Theme

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BULLETS = 1
"""The list of the bullets; each numbered list has one of its own, from the next on."""
LEVELS = 6
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FONT = "Arial"
"""On every machine that has Word, and what guides on accessible documents ask for."""
_UNDATED = "2000-01-01"


def word_file(document: Document, theme: Theme, body: str, links: Sequence[str], lists: Sequence[int], facts: Mapping[str, str],
              *, tracked: bool) -> bytes:  # fmt: skip
    """The whole file. `links` are outside addresses (rId101 on), `lists` the first number of each numbered list, `facts` its own properties."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("rId1", f"{_RELATIONS}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_RELATIONS}/custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": f"<w:document {W} {R}><w:body>{body}{_page(theme)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            *(
                (f"rId{at}", f"{_RELATIONS}/{name}", f"{name}.xml")
                for at, name in enumerate(("styles", "numbering", "settings"), 1)
            ),
            *((f"rId{at}", f"{_RELATIONS}/{name[:6]}", f"{name}.xml") for at, name in enumerate(("header1", "footer1"), 4)),
            *((f"rId{at}", f"{_RELATIONS}/hyperlink", address) for at, address in enumerate(links, 101)),
        ),
        "word/styles.xml": _styles(document, theme),
        "word/numbering.xml": _numbering(lists),
        "word/settings.xml": _settings(document, tracked=tracked),
        "word/header1.xml": f"<w:hdr {W}>{_header(document)}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{_footer(document)}</w:ftr>",
        "docProps/core.xml": _core(document),
        "docProps/custom.xml": _custom(facts),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), f"{XML}{text}", zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _content_types() -> str:
    names = ("styles", "numbering", "settings", "header1", "footer1")
    own = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_KINDS}.{name.rstrip("1")}+xml"/>' for name in names)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KINDS}.document.main+xml"/>{own}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target={quoteattr(target)}'
        f"{' TargetMode=' + quoteattr('External') if kind.endswith('/hyperlink') else ''}/>"
        for name, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _page(theme: Theme) -> str:
    page = theme.page
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        f'<w:pgSz w:w="{_twips(page.width)}" w:h="{_twips(page.height)}"{turned}/>'
        f'<w:pgMar w:top="{_twips(page.margin_top + 14)}" w:right="{_twips(page.margin_right)}" '
        f'w:bottom="{_twips(page.margin_bottom + 14)}" w:left="{_twips(page.margin_left)}" w:header="600" w:footer="500" w:gutter="0"/>'
        "</w:sectPr>"
    )


def text_width(theme: Theme) -> int:
    """Twentieths of a point between the margins."""
    return _twips(theme.page.width - theme.page.margin_left - theme.page.margin_right)


def _twips(points: float) -> int:
    return round(points * 20)


def _header(document: Document) -> str:
    """The marking, then which document this is and how far it has come."""
    meta = document.meta
    words = ", ".join(part for part in (meta.running_title or document.title, meta.version, meta.edition) if part)
    return f"{_running('Marking', meta.marking)}{_running('Header', words, always=True)}"


def _footer(document: Document) -> str:
    pages = (
        '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">Page </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> of </w:t></w:r>'
        '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    )
    return f"{pages}{_running('Marking', document.meta.marking)}"


def _running(style: str, words: str, *, always: bool = False) -> str:
    if not words and not always:
        return ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def _settings(document: Document, *, tracked: bool) -> str:
    """Where the copy is to be checked, what is typed in it is tracked from the first letter on."""
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/>{"<w:trackRevisions/>" if tracked else ""}<w:defaultTabStop w:val="567"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f"<w:themeFontLang w:val={quoteattr(document.language)}/></w:settings>"
    )


def _core(document: Document) -> str:
    """What the file says of itself: the office as its author, and nobody's name."""
    meta = document.meta
    day = meta.date or _UNDATED
    moment = f"{day}Z" if "T" in day else f"{day}T00:00:00Z"
    dates = "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified"))
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{escape(meta.author)}</dc:creator>"
        f"<dc:description>{escape(meta.description)}</dc:description><dc:language>{escape(document.language)}</dc:language>"
        f"<cp:lastModifiedBy></cp:lastModifiedBy>{dates}</cp:coreProperties>"
    )


def _custom(facts: Mapping[str, str]) -> str:
    lines = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{at}" name={quoteattr(name)}><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for at, (name, value) in enumerate(facts.items(), 2)
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{lines}</Properties>'
    )


def _numbering(lists: Sequence[int]) -> str:
    bullets = "".join(_level(level, "bullet", "\u2022" if level % 2 == 0 else "\u2013") for level in range(LEVELS))
    numbers = "".join(_level(level, "decimal", f"%{level + 1}.") for level in range(LEVELS))
    own = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
        for at, first in enumerate(lists, BULLETS + 1)
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{numbers}</w:abstractNum>'
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>{own}</w:numbering>'
    )


def _level(level: int, kind: str, mark: str) -> str:
    indent = 360 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def _styles(document: Document, theme: Theme) -> str:
    colours = {
        name: getattr(theme.colours, name).lstrip("#") for name in ("ink", "quiet", "accent", "tint", "link", "rule", "marking")
    }
    size = max(round(theme.text.size * 2), 22)
    small = max(round(theme.text.small * 2), 18)
    heads = (theme.text.h1, theme.text.h2, theme.text.h3, theme.text.h4)
    paragraphs = (
        *(_heading(level, max(round(points * 2), size), colours["ink"]) for level, points in enumerate(heads, 1)),
        _paragraph("Subtitle", "Subtitle", f'<w:color w:val="{colours["quiet"]}"/><w:sz w:val="{size + 2}"/>'),
        _paragraph("Lead", "Lead", f'<w:sz w:val="{size + 4}"/>'),
        _paragraph("Note", "Note", f'<w:color w:val="{colours["quiet"]}"/><w:sz w:val="{small}"/>'),
        _paragraph("Caption", "caption", "<w:b/>", "<w:keepNext/>"),
        _paragraph("ListParagraph", "List Paragraph", "", '<w:spacing w:after="60"/>'),
        _paragraph("Term", "Term", "<w:b/>", '<w:keepNext/><w:spacing w:after="40"/>'),
        _paragraph("Fact", "Fact", "", '<w:tabs><w:tab w:val="left" w:pos="2835"/></w:tabs><w:ind w:left="2835" w:hanging="2835"/>'),
        _paragraph("Definition", "Definition", "", '<w:ind w:left="567"/>'),
        _paragraph(
            "Callout",
            "Callout",
            "",
            f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{colours["accent"]}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{colours["tint"]}"/><w:ind w:left="227"/>',
        ),
        _paragraph("TableWords", "Table words", f'<w:sz w:val="{max(size - 2, 20)}"/>', '<w:spacing w:before="20" w:after="40" w:line="240" w:lineRule="auto"/>'),
        _paragraph("Marking", "Marking", f'<w:b/><w:color w:val="{colours["marking"]}"/>', '<w:spacing w:after="40"/><w:jc w:val="center"/>'),
        _paragraph("Header", "header", f'<w:color w:val="{colours["quiet"]}"/><w:sz w:val="{small}"/>', '<w:spacing w:after="0"/>'),
        _paragraph("Footer", "footer", f'<w:color w:val="{colours["quiet"]}"/><w:sz w:val="{small}"/>', '<w:spacing w:after="0"/><w:jc w:val="right"/>'),
    )  # fmt: skip
    return (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}" '
        f'w:eastAsia="{_FONT}"/><w:color w:val="{colours["ink"]}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f"<w:lang w:val={quoteattr(document.language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        f'<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="{colours["link"]}"/>'
        '<w:u w:val="single"/></w:rPr></w:style>'
        f"{''.join(paragraphs)}{_table_style(colours['ink'], colours['rule'], colours['tint'])}</w:styles>"
    )


def _heading(level: int, size: int, colour: str) -> str:
    before = (360, 320, 240, 200)[level - 1]
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="120"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _paragraph(identity: str, name: str, run: str, layout: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{layout}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _table_style(ink: str, rule: str, tint: str) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (("top", 8, ink), ("bottom", 8, ink), ("insideH", 4, rule), ("insideV", 4, rule))
    )
    return (
        '<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report table"/><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f'<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        '</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/></w:tcPr></w:tblStylePr></w:style>'
    )

"""What a file says about itself: its XMP packet, its information dictionary, and the colour space its colours are meant in."""

from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from reportpack.render.element import Document
from reportpack.render.pdf.objects import Output, text_string

PRODUCER = "reportpack"
_EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - timezone is imported for offsets anyway
_SCHEMA = "http://www.aiim.org/pdfa/ns/"


@cache
def srgb_profile() -> bytes:
    """The 588 bytes of the sRGB profile that Little CMS makes, its creation date set to 2000-01-01; a test makes it again."""
    return Path(__file__).with_name("srgb.icc").read_bytes()


def read_date(text: str) -> datetime:
    """The document's date as an instant; without one, the beginning of 2000. A time without a zone is taken as UTC."""
    padded = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        instant = datetime.fromisoformat(padded)
    except ValueError:
        return _EPOCH
    return instant if instant.tzinfo else instant.replace(tzinfo=_EPOCH.tzinfo)


def write_properties(output: Output, document: Document) -> tuple[int, int, int]:
    """Write the XMP packet, the information dictionary and the output intent; their object numbers."""
    instant = read_date(document.meta.date)
    packet = _packet(document, instant).encode("utf-8")
    metadata = output.take()
    output.stream(packet, "/Type/Metadata/Subtype/XML", metadata, packed=True)
    profile = output.stream(srgb_profile(), "/N 3")
    intent = output.add(
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {profile} 0 R>>"
    )
    return metadata, _information(output, document, instant), intent


def _information(output: Output, document: Document, instant: datetime) -> int:
    meta = document.meta
    entries = {"Title": document.title, "Author": meta.author, "Subject": meta.description, "Keywords": meta.keywords}
    words = "".join(f"/{name}{text_string(value)}" for name, value in entries.items() if value)
    stamp = _pdf_date(instant)
    return output.add(f"<<{words}/Creator({PRODUCER})/Producer({PRODUCER})/CreationDate({stamp})/ModDate({stamp})>>")


def _pdf_date(instant: datetime) -> str:
    offset = instant.utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}'{abs(minutes) % 60:02d}'"
    return f"D:{instant:%Y%m%d%H%M%S}{zone}"


def _packet(document: Document, instant: datetime) -> str:
    meta = document.meta
    stamp = instant.replace(microsecond=0).isoformat()
    dublin = f"<dc:format>application/pdf</dc:format><dc:title>{_alternatives(document.title)}</dc:title>"
    dublin += f"<dc:language><rdf:Bag><rdf:li>{_words(document.language)}</rdf:li></rdf:Bag></dc:language>"
    if meta.author:
        dublin += f"<dc:creator><rdf:Seq><rdf:li>{_words(meta.author)}</rdf:li></rdf:Seq></dc:creator>"
    if meta.description:
        dublin += f"<dc:description>{_alternatives(meta.description)}</dc:description>"
    keywords = f"<pdf:Keywords>{_words(meta.keywords)}</pdf:Keywords>" if meta.keywords else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        + _description("dc", "http://purl.org/dc/elements/1.1/", dublin)
        + _description(
            "xmp",
            "http://ns.adobe.com/xap/1.0/",
            f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>",
        )
        + _description("pdf", "http://ns.adobe.com/pdf/1.3/", f"<pdf:Producer>{PRODUCER}</pdf:Producer>{keywords}")
        + _description("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", "<pdfuaid:part>1</pdfuaid:part>")
        + _description("pdfaid", f"{_SCHEMA}id/", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>")
        + _extension()
        + '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _words(text: str) -> str:
    """Text that XML can hold."""
    text = "".join(character for character in text if character >= " " and not "\ud800" <= character <= "\udfff")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_words(text)}</rdf:li></rdf:Alt>'


def _description(prefix: str, namespace: str, body: str) -> str:
    return f'<rdf:Description rdf:about="" xmlns:{prefix}="{namespace}">{body}</rdf:Description>\n'


def _extension() -> str:
    """PDF/A wants the PDF/UA identifier's schema described (ISO 19005-2, 6.6.2.3.3)."""
    part = (
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
        "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
        "<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description></rdf:li>"
    )
    return (
        f'<rdf:Description rdf:about="" xmlns:pdfaExtension="{_SCHEMA}extension/" xmlns:pdfaSchema="{_SCHEMA}schema#"'
        f' xmlns:pdfaProperty="{_SCHEMA}property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{part}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"
    )

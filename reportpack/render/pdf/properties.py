"""What a file says about itself: its XMP packet, its information dictionary, and the colour space its colours are meant in."""

from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from reportpack.render.element import Document
from reportpack.render.pdf.objects import Output, text_string

PRODUCER = "reportpack"
_EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - timezone is imported for offsets anyway


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
    instant, meta = read_date(document.meta.date), document.meta
    metadata = output.stream(_packet(document, instant).encode("utf-8"), "/Type/Metadata/Subtype/XML", packed=True)
    profile = output.stream(srgb_profile(), "/N 3")
    intent = output.add(
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {profile} 0 R>>"
    )
    entries = {"Title": document.title, "Author": meta.author, "Subject": meta.description, "Keywords": meta.keywords}
    words = "".join(f"/{name}{text_string(value)}" for name, value in entries.items() if value)
    minutes = int((instant.utcoffset() or timedelta()).total_seconds() // 60)
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}'{abs(minutes) % 60:02d}'"
    stamp = f"D:{instant:%Y%m%d%H%M%S}{zone}"
    said = f"<<{words}/Creator({PRODUCER})/Producer({PRODUCER})/CreationDate({stamp})/ModDate({stamp})>>"
    return metadata, output.add(said), intent


def _packet(document: Document, instant: datetime) -> str:
    """`packet.xmp` filled in; what it says of PDF/UA's own schema, PDF/A wants said (ISO 19005-2, 6.6.2.3.3)."""
    meta = document.meta
    author, about, keywords = _words(meta.author), _words(meta.description), _words(meta.keywords)
    abstract = f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{about}</rdf:li></rdf:Alt></dc:description>'
    return Template(Path(__file__).with_name("packet.xmp").read_text("utf-8").rstrip("\n")).substitute(
        mark="\ufeff",
        title=_words(document.title),
        language=_words(document.language),
        author=f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>" if author else "",
        description=abstract if about else "",
        producer=PRODUCER,
        stamp=instant.replace(microsecond=0).isoformat(),
        keywords=f"<pdf:Keywords>{keywords}</pdf:Keywords>" if keywords else "",
    )


def _words(text: str) -> str:
    return escape("".join(character for character in text if character >= " " and not "\ud800" <= character <= "\udfff"))

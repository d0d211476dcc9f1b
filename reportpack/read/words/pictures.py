"""Pictures in people's words, made ready to print: no larger than print can show, and without what a camera or a program wrote beside them,
such as where and by whom they were taken."""

from base64 import b64encode
from io import BytesIO

from reportpack.model.statement import Picture

_MOST_PIXELS = 50_000_000
_MOST = (2055, 2800)  # Pixels across and down a page at 300 dots to the inch.


def printed_picture(data: bytes, width: int) -> Picture | None:
    """The picture as it prints, shown at that width in CSS pixels (0: its own); None where the bytes are none that can be drawn, or too many."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            kind = "JPEG" if image.format == "JPEG" else "PNG"
            upright = ImageOps.exif_transpose(image)
            kept = upright.convert("RGBA" if upright.has_transparency_data and kind == "PNG" else "RGB")
    except (OSError, ValueError, SyntaxError, ArithmeticError, MemoryError, Image.DecompressionBombError):
        return None
    kept.thumbnail(_MOST)
    clean, out = Image.new(kept.mode, kept.size), BytesIO()
    clean.paste(kept)
    clean.save(out, kind, quality=88)
    return Picture(f"data:image/{kind.lower()};base64,{b64encode(out.getvalue()).decode()}", width or upright.width)

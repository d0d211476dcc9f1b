"""Pictures: PNG and JPEG as image objects. What can be passed through is not decoded; what is larger than print can show is reduced."""

import base64
import struct
from collections.abc import Mapping
from io import BytesIO
from zlib import compress

from reportpack.errors import TemplateError
from reportpack.records import Changing
from reportpack.render.pdf.objects import Output

DOTS = 300.0
_MOST_PIXELS = 250_000_000
_SOF = frozenset((0xC0, 0xC1, 0xC2))


class Picture(Changing):
    """An image file as it came: its size in pixels, and how it is kept. `plain` can be passed through."""

    data: bytes
    width: int
    height: int
    kind: str
    plain: bool
    components: int = 3


class Images:
    """The pictures of a file, each embedded once."""

    def __init__(self, output: Output, assets: Mapping[str, bytes]) -> None:
        self.output, self.assets = output, assets
        self.pictures: dict[str, Picture] = {}
        self.objects: dict[str, tuple[str, int]] = {}

    def picture(self, source: str, where: str) -> Picture:
        """The picture, its header read; TemplateError when it is none."""
        picture = self.pictures.get(source)
        if picture is None:
            try:
                coded = source.startswith("data:")
                data = base64.b64decode(source.partition(",")[2], validate=True) if coded else self.assets.get(source)
            except ValueError as error:
                raise TemplateError(f"{where}: the data: image is not base64 ({error}).", "Encode it again.") from error
            if data is None:
                raise TemplateError(
                    f"{where}: the image {source} was not found.", "Put it beside the page source, or mend its src."
                )
            picture = self.pictures[source] = read_picture(data, where)
        return picture

    def embed(self, source: str, where: str, width: float) -> tuple[str, bool]:
        """The name under which pages draw it, and whether it was reduced; `width` is how wide it prints, in points."""
        picture = self.picture(source, where)
        most = max(int(width / 72 * DOTS), 1)
        reduced = picture.width > most * 1.5 and picture.width * picture.height > 1_000_000
        if source not in self.objects:
            number = self._write(picture, most if reduced else picture.width, where)
            self.objects[source] = (f"I{len(self.objects)}", number)
        return self.objects[source][0], reduced

    def _write(self, picture: Picture, width: int, where: str) -> int:
        if width == picture.width and picture.plain:
            space = "/DeviceGray" if picture.components == 1 else "/DeviceRGB"
            if picture.kind == "jpeg":
                return self._raw(picture.data, width, picture.height, space, "/Filter/DCTDecode")
            parms = f"/DecodeParms<</Predictor 15/Colors {picture.components}/BitsPerComponent 8/Columns {width}>>"
            parts, place = [], 8
            while place + 8 <= len(picture.data):
                length = struct.unpack_from(">I", picture.data, place)[0]
                if picture.data[place + 4 : place + 8] == b"IDAT":
                    parts.append(picture.data[place + 8 : place + 8 + length])
                place += length + 12
            return self._raw(b"".join(parts), width, picture.height, space, f"/Filter/FlateDecode{parms}")
        try:
            return self._convert(picture, width)
        except (OSError, ValueError, SyntaxError, struct.error, MemoryError) as error:
            raise TemplateError(f"{where}: the image cannot be read ({error}).", "Save it again as PNG or JPEG.") from error

    def _convert(self, picture: Picture, width: int) -> int:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
        with Image.open(BytesIO(picture.data)) as image:
            height = max(round(picture.height * width / picture.width), 1)
            image.draft("RGB", (width, height))
            image.load()
            has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
            opaque = image.convert("RGBA" if has_alpha else "L" if image.mode in ("1", "L", "I", "I;16") else "RGB")
            if opaque.size != (width, height):
                opaque = opaque.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            mask = ""
            if has_alpha:
                alpha = compress(opaque.getchannel("A").tobytes(), 6)
                opaque = opaque.convert("RGB")
                mask = f"/SMask {self._raw(alpha, width, height, '/DeviceGray')} 0 R"
            space = "/DeviceGray" if opaque.mode == "L" else "/DeviceRGB"
            return self._raw(compress(opaque.tobytes(), 6), width, height, space, f"{mask}/Filter/FlateDecode")

    def _raw(self, data: bytes, width: int, height: int, space: str, filtered: str = "/Filter/FlateDecode") -> int:
        entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace{space}/BitsPerComponent 8{filtered}"
        return self.output.stream(data, entries, packed=True)


def read_picture(data: bytes, where: str) -> Picture:
    """What the header of a PNG or JPEG says; TemplateError for anything else."""
    picture: Picture | None = None
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            width, height, depth, colour, _, _, interlace = struct.unpack_from(">IIBBBBB", data, 16)
            plain = depth == 8 and colour in (0, 2) and not interlace and b"tRNS" not in data[:1000] and data[12:16] == b"IHDR"
            picture = Picture(data, width, height, "png", plain, 1 if colour == 0 else 3)
        elif data[:3] == b"\xff\xd8\xff":
            picture = _read_jpeg(data)
    except (struct.error, IndexError):
        picture = None
    if picture is None or picture.width < 1 or picture.height < 1:
        begins = data[:12].decode("ascii", "replace").strip()
        raise TemplateError(f"{where}: the image is neither PNG nor JPEG (it begins with “{begins}”).", "Save it as PNG or JPEG.")
    if picture.width * picture.height > _MOST_PIXELS:
        raise TemplateError(
            f"{where}: the image has {picture.width} x {picture.height} pixels.", "Save it smaller: 3,000 across is ample."
        )
    return picture


def _read_jpeg(data: bytes) -> Picture | None:
    place = 2
    while place + 9 < len(data):
        if data[place] != 0xFF:
            place += 1
            continue
        marker = data[place + 1]
        if marker in _SOF:
            depth, height, width, components = struct.unpack_from(">BHHB", data, place + 4)
            return Picture(data, width, height, "jpeg", depth == 8 and components in (1, 3), components)
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD8:
            place += 1 if marker == 0xFF else 2
            continue
        place += 2 + struct.unpack_from(">H", data, place + 2)[0]
    return None

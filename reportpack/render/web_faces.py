"""The faces of a page in its HTML edition: each cut down to the letters that stand there and held in the file itself, as WOFF 1.0."""

import base64
from collections.abc import Iterable, Mapping
from struct import pack, unpack_from
from zlib import compress

from reportpack.render.pdf.document import font_files
from reportpack.render.pdf.faces import read_face
from reportpack.render.theme import Theme

FAMILY = "Pack"
_WAYS = ((False, False, "400"), (True, False, "600 700"), (False, True, "400"))
"""Bold, italic, and the weights that the face stands for."""


def face_rules(theme: Theme, assets: Mapping[str, bytes], letters: Iterable[str]) -> str:
    """Style rules with a face for each letter that one may stand for; none of a font whose licence keeps it from being handed on."""
    files, every = font_files(theme, assets), frozenset(one for one in letters if one.isprintable())
    rules = []
    for bold, italic, weight in _WAYS:
        left = every
        for name in theme.fonts.chain(bold=bold, italic=italic):
            face = read_face(files[name], "", name)
            codes = sorted(ord(one) for one in left & face.known & face.glyphs.keys())
            left -= face.known
            if codes and face.font.travels:
                held = base64.b64encode(as_woff(face.font.web_file(codes))).decode()
                where = "" if face.known >= every else f";unicode-range:{','.join(f'U+{code:X}' for code in codes)}"
                kind = f"font-weight:{weight};font-style:{'italic' if italic else 'normal'}{where}"
                rules.append(f'@font-face{{font-family:{FAMILY};{kind};src:url(data:font/woff;base64,{held})format("woff")}}\n')
    return "".join(rules)


def as_woff(font: bytes) -> bytes:
    """The same font file, each of its tables compressed where that makes it smaller."""
    count = unpack_from(">H", font, 4)[0]
    directory, body, begun = b"", b"", 44 + 20 * count
    for tag, check, start, length in (unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(count)):
        table = min(whole := font[start : start + length], compress(whole, 9), key=len)
        directory += pack(">4sLLLL", tag, begun + len(body), len(table), length, check)
        body += table + bytes(-len(table) % 4)
    head = pack(">4s4sLHHLHH20x", b"wOFF", font[:4], begun + len(body), count, 0, len(font), 1, 0)
    return head + directory + body

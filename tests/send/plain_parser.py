"""A second reader of messages, written from RFC 5322, 2045 to 2047 and 2231 alone: it shares no code with what writes them."""

import binascii
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_WORD = re.compile(rb"=\?([^?]+)\?([bBqQ])\?([^?]*)\?=")


@dataclass
class Part:
    headers: list[tuple[str, str]]
    data: bytes
    parts: list["Part"]

    def header(self, name: str) -> str:
        found = [value for one, value in self.headers if one.lower() == name.lower()]
        assert len(found) <= 1, f"{name} stands there {len(found)} times"
        return found[0] if found else ""

    @property
    def media(self) -> str:
        return self.header("Content-Type").partition(";")[0].strip().lower()

    def parameter(self, header: str, name: str) -> str:
        value = self.header(header)
        plain = re.search(rf';\s*{name}="((?:[^"\\]|\\.)*)"', value) or re.search(rf";\s*{name}=([^;\s]+)", value)
        if plain:
            return re.sub(r"\\(.)", r"\1", plain[1])
        pieces = re.findall(rf";\s*{name}\*(?:(\d+)\*?)?=\"?([^;\s\"]+)", value)
        joined = "".join(text for _, text in sorted(pieces, key=lambda one: int(one[0] or 0)))
        charset, _, rest = joined.partition("'")
        return unquote_to_bytes(rest.partition("'")[2]).decode(charset) if rest else joined

    def leaves(self) -> list["Part"]:
        return [leaf for part in self.parts for leaf in part.leaves()] if self.parts else [self]

    def text(self) -> str:
        return self.data.decode(self.parameter("Content-Type", "charset") or "ascii").replace("\r\n", "\n")


def parse(data: bytes) -> Part:
    head, _, body = data.partition(b"\r\n\r\n")
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    unfolded = re.sub(rb"\r\n[ \t]+", b" ", head)
    headers = []
    for line in unfolded.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        assert colon, f"no header: {line!r}"
        assert re.fullmatch(rb"[!-9;-~]+", name), f"no header name: {name!r}"
        headers.append((name.decode("ascii"), _words(value.strip())))
    part = Part(headers, b"", [])
    if part.media.startswith("multipart/"):
        mark = b"--" + part.parameter("Content-Type", "boundary").encode()
        pieces = re.split(rb"(?:^|\r\n)" + re.escape(mark) + rb"(?:--)?[ \t]*(?=\r\n|$)", body)
        part.parts = [parse(piece.removeprefix(b"\r\n")) for piece in pieces[1:-1]]
    else:
        part.data = _decoded(body, part.header("Content-Transfer-Encoding").lower())
    return part


def _words(value: bytes) -> str:
    joined = re.sub(rb"(=\?[^?]+\?[bBqQ]\?[^?]*\?=)\s+(?==\?)", rb"\1", value)

    def word(match: "re.Match[bytes]") -> bytes:
        charset, how, text = match[1].decode(), match[2].lower(), match[3]
        raw = binascii.a2b_base64(text) if how == b"b" else binascii.a2b_qp(text.replace(b"_", b" "), header=True)
        return raw.decode(charset).encode()

    return _WORD.sub(word, joined).decode()


def _decoded(body: bytes, how: str) -> bytes:
    if how == "base64":
        return binascii.a2b_base64(body)
    if how == "quoted-printable":
        return binascii.a2b_qp(body)
    return body

"""Bytes of a text file to characters: by its mark, else UTF-16 if it looks so, else UTF-8, else Windows-1252."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding's name. Never raises; what no encoding explains becomes U+FFFD."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    if wide := _wide(data[:4096]):
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "windows-1252"


def _wide(head: bytes) -> str:
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if max(odd, even) <= len(head) // 3:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"

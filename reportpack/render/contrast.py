"""Colours that can be read: contrast as WCAG 2.2 defines it, and the nearest shade that has enough of it."""

from collections.abc import Iterable

WORDS = 4.5
"""What WCAG asks of words of ordinary size; 3 of shapes."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb`, 1 to 21 (WCAG 2.2, relative luminance and contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: str, grounds: Iterable[str], least: float = WORDS) -> str:
    """The colour, or as little darker or lighter as gives this contrast on every ground."""
    against = tuple(grounds)
    end = "#000000" if _luminance(against[0]) > 0.18 else "#ffffff"
    for step in range(21):
        pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(end[1:]), strict=True)
        shade = f"#{bytes(round(a + (b - a) * step / 20) for a, b in pairs).hex()}"
        if all(contrast(shade, ground) >= least for ground in against):
            return shade
    return end


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in bytes.fromhex(colour[1:])]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

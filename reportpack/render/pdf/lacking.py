"""What prints characters that a face lacks: another character that is like them, another face, or words."""

import unicodedata

_ALIKE = {
    "\u2009": "\u00a0", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u200a": "", "\u2002": " ", "\u2003": " ", "\u2008": " ",
    "\u2028": " ", "\u2029": " ", "\u200c": "", "\u200d": "", "\ufeff": "", "\u200e": "", "\u200f": "", "\ufe0f": "", "\ufe0e": "",
    "\u25cf": "•", "\u25aa": "•", "\u2023": "•", "\u2010": "-", "\u2011": "-", "\u2015": "—", "\u2212": "−", "\u2715": "×",
    "\u2714": "✓", "\u2612": "☑", "\u2716": "×", "\u2717": "×", "\u2718": "×", "\u2022": "•", "\u2032": "'", "\u2033": '"', "\u2044": "/", "\u2215": "/", "\u25a1": "☐",
}  # fmt: skip
"""The few characters that another can stand for where a face lacks them."""


def segments(text: str, known: frozenset[str], *, last: bool) -> list[tuple[str, bool]]:
    """The text in runs: characters that are known, and characters that are not (with the spaces between such words). A letter goes with what
    stands on top of it, but where this face is the `last` that is asked."""
    runs: list[tuple[str, bool]] = []
    for character in "".join(one if one in known else _ALIKE.get(one, one) for one in text):
        lacking = character not in known or (character == " " and bool(runs) and runs[-1][1])
        if lacking and not last and runs and not runs[-1][1] and unicodedata.combining(character):
            before = runs.pop()[0]
            runs += [(before[:-1], False), (before[-1:], True)]
        if runs and runs[-1][1] == lacking:
            runs[-1] = (runs[-1][0] + character, lacking)
        else:
            runs.append((character, lacking))
    pieces: list[tuple[str, bool]] = []
    for run, lacking in runs:
        bare = run.rstrip(" ") if lacking else run
        pieces += [(bare, lacking)] if bare == run else [(bare, True), (run[len(bare) :], False)]
    return [piece for piece in pieces if piece[0]]


def stand_in(text: str) -> str:
    """What prints instead of characters that the fonts lack; nothing for marks that only go on top of others."""
    words: list[str] = []
    for character in text:
        word = _describe(character)
        if word and (not words or words[-1] != word):
            words.append(word)
    return f"[{', '.join(words[:6])}{' …' if len(words) > 6 else ''}]" if words else ""


def _describe(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Mc", "Zs", "Cf"):
        return ""
    if category == "Co":
        return f"private character {ord(character):X}"
    name = unicodedata.name(character, f"character {ord(character):X}").lower()
    if category.startswith("L"):
        return "Chinese" if name.startswith("cjk") else name.split()[0].title()
    return name

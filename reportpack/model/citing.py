"""References as the public reads them: letters, which tell neither how many rows there are nor where in their order one stands.

They are made from a row's own reference under the ledger's key, so that they stay for ever, in every edition, and nobody outside can go back."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.register_columns import table_of
from reportpack.model.register_row import RegisterRow

_LETTERS, _LENGTH = "BCDFGHJKLMNPQRSTVWXZ", 5  # without vowels they make no words
_NAMED = re.compile(r"(?<![\w/.])(?P<before>[a-z]{1,20}-)?(?=[\w/-]{0,30}\d)\w{1,30}(?:[/-]\w{1,30}){0,4}(?![\w/])")
_SPOKEN = re.compile(r"(?i)\b(?:actions?|matters?|commitments?|promises?|risks?|recommendations?|ref)\b")


def with_public_references(rows: Iterable[RegisterRow], key: str) -> tuple[RegisterRow, ...]:
    """The rows, each with its reference for the public: `M-KTRBQ/2019` for M1/2019, `A-` and five letters for an action."""
    taken, found = {""}, []
    for row in rows:
        year = re.search(r"/\d{4}$", row.ref)
        number = int(hashlib.sha256(f"{key}\0{row.sheet}\0{row.ref}".encode("utf-8", "surrogatepass")).hexdigest(), 16)
        letters, public = "", ""
        while row.ref and (len(letters) < _LENGTH or public in taken):  # one that comes upon another's letters has one more
            letters, number = letters + _LETTERS[number % len(_LETTERS)], number // len(_LETTERS)
            public = f"{table_of(row.sheet).prefix or 'A'}-{letters}{year[0] if year else ''}"
        taken.add(public)
        found.append(replace(row, public=public))
    return tuple(found)


def public_words(citing: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """What says a text with the public's references in the place of the office's, wherever they stand in it and however they are spelt."""
    known = {own.upper(): public for own, public in citing}

    def told(match: "re.Match[str]", *, short: bool) -> str:
        before, ref = match["before"] or "", match[0].upper()
        ref = re.sub(r"(?<=/)(?=\d\d$)", "20", ref) if short else ref
        if ref in known and not ref.isdigit():
            return known[ref]
        anchor = ref[len(before) :]
        public = known.get(anchor.replace("-", "/"), known.get(anchor, "")) if before else ""
        return f"{before}{public.replace('/', '-')}" if public else match[0]

    def said(text: str) -> str:
        return known.get(text.upper()) or _NAMED.sub(lambda one: told(one, short=_SPOKEN.search(text) is not None), text)

    return said

"""docs/page-source.md names every element, attribute and meta of the vocabulary, and no other."""

import re
from pathlib import Path

from reportpack.render.vocabulary import KINDS, META_NAMES, SVG

DOCS = re.sub(r"(?s)```.*?```", "", (Path(__file__).parents[2] / "docs" / "page-source.md").read_text("utf-8"))
CODE = {word for part in re.findall(r"`([^`]+)`", DOCS) for word in re.findall(r"[A-Za-z][A-Za-z0-9-]*", part)}
OUTERMOST = {"html", "head", "body", "meta", "charset", "content", "name", "title"}


def test_every_element_is_documented() -> None:
    named = CODE | OUTERMOST
    assert [kind.tag for kind in KINDS.values() if kind.tag not in named] == []


def test_every_attribute_is_documented() -> None:
    named = CODE | OUTERMOST
    missing = {f"{kind.tag} {name}" for kind in KINDS.values() for name in kind.attributes if name not in named}
    assert missing == set()


def test_every_meta_is_documented() -> None:
    assert set() == META_NAMES - CODE


def test_charts_hold_no_scripts_styles_or_links() -> None:
    drawn = {kind.tag for name, kind in KINDS.items() if name.startswith(SVG)}
    assert drawn.isdisjoint({"script", "style", "a", "image", "use", "foreignObject", "filter", "animate"})
    assert not [name for kind in KINDS.values() for name in kind.attributes if name.startswith("on") or name == "style"]

"""The page source of a small pack, an edition at a time. Drawings are left out: they have tests of their own."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportpack.compose.pack import compose_pack
from reportpack.model.edition import Audience
from reportpack.render.page import render_page_source
from reportpack.render.templates import load_templates
from tests.compose import northmoor

HERE = Path(__file__).parent
_DRAWN = re.compile(r"(<svg [^>]*>\s*(?:<title[^>]*>.*?</title>\s*)?(?:<desc[^>]*>.*?</desc>)?).*?(</svg>)", re.DOTALL)
_TAG = re.compile(r"(<svg xmlns=\S+) [^>]*>")


@pytest.mark.parametrize("edition", list(Audience))
def test_the_page_source_is_what_a_person_looked_at(edition: Audience, golden: Callable[[Path, str], None]) -> None:
    pack = compose_pack(
        northmoor.a_view(), edition, northmoor.an_office(), northmoor.the_findings(), (), (), northmoor.ON, "draft"
    )
    source = render_page_source(pack, load_templates(HERE.parents[1] / "templates"))
    golden(HERE / "northmoor" / "expected" / f"briefing-pack.{edition}.html", without_drawings(source))


def without_drawings(source: str) -> str:
    """What a page source says, and what its drawings are said to show."""
    return _TAG.sub(r"\1>", _DRAWN.sub(r"\1\2", source))

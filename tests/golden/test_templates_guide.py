"""docs/templates.md: every example in it works, and its list of what can be printed is the pack's own."""

import re
import tomllib
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from reportpack.compose.pack import compose_pack
from reportpack.model import pack as nouns
from reportpack.model.edition import Audience
from reportpack.model.pack import Pack
from reportpack.render.page import render_page_source
from reportpack.render.page_source import parse_page_source
from reportpack.render.templates import load_templates
from reportpack.render.theme import read_theme
from tests.compose import northmoor

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "templates.md"
EXAMPLE = re.compile(r"^`templates/([\w.-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LISTED = re.compile(r"(?<=<!-- fields -->\n).*?(?=<!-- end of fields -->)", re.DOTALL)


def examples() -> dict[str, dict[str, str]]:
    """The files of each section of the guide."""
    sections = re.split(r"^## ", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {section.splitlines()[0]: dict(EXAMPLE.findall(section)) for section in sections}
    return {heading: files for heading, files in found.items() if files}


@pytest.mark.parametrize("heading", list(examples()))
def test_every_example_in_the_guide_works(heading: str, tmp_path: Path) -> None:
    files = examples()[heading]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    if "theme.toml" in files:
        assert tomllib.loads(files["theme.toml"])
        read_theme((ROOT / "templates" / "theme.toml").read_text(encoding="utf-8"), files["theme.toml"], ("theme.toml", "own"))
    pack = compose_pack(
        northmoor.a_view(), Audience.OFFICE, northmoor.an_office(), northmoor.the_findings(), (), (), northmoor.ON, "draft"
    )
    source = render_page_source(pack, load_templates(ROOT / "templates", tmp_path))
    parse_page_source(source, heading)
    assert all(line in source for text in files.values() for line in re.findall(r"<h1>[^{<]+</h1>|<li>[^{<]+</li>", text))


def test_every_picture_in_the_guide_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", GUIDE.read_text(encoding="utf-8"))
    assert pictures
    assert all((GUIDE.parent / picture).is_file() for picture in pictures)


def test_the_guide_lists_what_there_is_to_print(golden: Callable[[Path, str], None]) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    golden(GUIDE, LISTED.sub(lambda _: "\n" + "\n".join(listing(Pack, set())) + "\n\n", text))


NAMES = {"str": "words", "Sentence": "sentence", "bool": "yes or no", "int": "number", "date": "day"}


def listing(noun: type, told: set[type]) -> Iterator[str]:
    """A noun of the pack with its fields and what each holds, where that is not plain words; then each noun that it holds, once."""
    told.add(noun)
    inner: list[type] = []
    described: list[str] = []
    hints = typing.get_type_hints(noun)
    for field in fields(noun):
        if field.name == "citing":  # how its references are read; no template has it
            continue
        kinds = [kind for kind in _kinds(hints[field.name]) if kind is not type(None)]
        inner += [kind for kind in kinds if is_dataclass(kind) and kind.__module__ == nouns.__name__]
        held = ("several: " if "tuple[" in str(hints[field.name]) else "") + ", ".join(
            NAMES.get(kind.__name__, kind.__name__) for kind in kinds
        )
        described.append(f"`{field.name}`" + (f" ({held})" if held != "words" else ""))
    promise = " ".join((noun.__doc__ or "").split())
    yield f"- **{noun.__name__}**: {promise} {', '.join(described)}."
    for kind in inner:
        if kind not in told:
            yield from listing(kind, told)


def _kinds(hint: object) -> list[type]:
    """The plain types inside a hint."""
    arguments = [one for one in typing.get_args(hint) if one is not Ellipsis]
    if not arguments:
        return [hint] if isinstance(hint, type) else []
    return list(dict.fromkeys(kind for one in arguments for kind in _kinds(one)))

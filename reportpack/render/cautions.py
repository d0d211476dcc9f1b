"""What an office's own look does that nobody could want: colours that cannot be read, templates and blocks that nothing uses."""

from collections.abc import Iterator

from reportpack import patterns as re
from reportpack.model.problem import Problem, Source
from reportpack.render.templates import PROGRAM, TemplateFile, Templates
from reportpack.render.theme import WORDS, Theme, contrast
from reportpack.toml.text import nearest

_PAPER = "#ffffff"
_WORDS = ("ink", "quiet", "link", "good", "bad", "watch", "marking")
_ON_TINT = ("ink", "link")
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_EDGE = re.compile(r"\{%-?\s*(?:block\s+(?P<name>\w+)|endblock\b)")
_EXTENDS = re.compile(r"\{%-?\s*extends\s+[\"']([^\"']+)[\"']")


def theme_cautions(theme: Theme, name: str) -> tuple[Problem, ...]:
    """Colours of words that have not the contrast that WCAG 2.2 asks of words, on the paper or on the tint that they stand on."""
    colours = theme.colours
    pairs = [(key, "the paper", _PAPER) for key in _WORDS] + [(key, "the tint", colours.tint) for key in _ON_TINT]
    ratios = ((key, ground, contrast(getattr(colours, key), colour)) for key, ground, colour in pairs)
    return tuple(
        Problem(
            "colour-hard-to-read",
            Source(name),
            f"[colours] {key} has a contrast of {ratio:.2f} to 1 on {ground}; words need {WORDS} to 1.",
            "Take a darker colour for it, or a lighter ground.",
        )
        for key, ground, ratio in ratios
        if ratio < WORDS
    )


def template_cautions(templates: Templates) -> tuple[Problem, ...]:
    """The office's templates that no other takes in, and blocks of them that the template below them does not have."""
    own = [one for one in templates.files if one.own]
    return tuple(problem for one in own for problem in (*_unused(one, templates), *_unknown_blocks(one, templates)))


def _unused(one: TemplateFile, templates: Templates) -> Iterator[Problem]:
    known = [each.name for each in templates.files if not each.own] + [each.name for each in templates.replaced]
    named = any(f'"{one.name}"' in each.text or f"'{one.name}'" in each.text for each in templates.files if each is not one)
    if one.name not in known and not named:
        found = "Nothing uses this template, so it changes nothing."
        yield Problem("template-unused", Source(one.shown), found, nearest(one.name, known))


def _unknown_blocks(one: TemplateFile, templates: Templates) -> Iterator[Problem]:
    known: list[str] = []
    match, folder = _EXTENDS.search(one.text), ""
    while match is not None and len(known) < 1000:
        below = templates.file(match[1] if match[1].startswith(PROGRAM) else f"{folder}{match[1]}")
        known.extend(_BLOCK.findall(below.text) if below is not None else ())
        match, folder = _EXTENDS.search(below.text) if below is not None else None, PROGRAM
    for name in _outermost(one.text) if known else ():
        if name not in known:
            found = f'{_EXTENDS.findall(one.text)[0]} has no block "{name}", so what stands in it is never printed.'
            yield Problem("template-block-unknown", Source(one.shown), found, nearest(name, known))


def _outermost(text: str) -> Iterator[str]:
    """The blocks that stand in no other: one inside a block is printed with it."""
    depth = 0
    for match in _EDGE.finditer(text):
        if match["name"] and not depth:
            yield match["name"]
        depth += 1 if match["name"] else -1

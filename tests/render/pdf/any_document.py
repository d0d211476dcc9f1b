"""Random page sources: any element within any other that may hold it, with words that fit badly."""

import random
import re

SVG = 'xmlns="http://www.w3.org/2000/svg"'
WORDS = [
    "the",
    "of",
    "28",
    "May",
    "2019",
    "re-offending",
    "burglary",
    "79.5%",
    "−1.2",
    "Łódź",
    "£1,204",
    "(none)",
    "“quoted”",
    "https://example.org/a/b/c?d=e",
    "a/b",
    "x",
]
ICON = f'<svg {SVG} class="icon" aria-hidden="true" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'
LINK = "#LINK"


class AnyDocument:
    """One random page source; `text` is the whole of it."""

    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)  # noqa: S311 - the same document for a seed, no secret
        self.count = 0
        self.in_table = False

    @property
    def text(self) -> str:
        body = "".join(self.section(1) for _ in range(self.choose.randint(1, 2)))
        names = re.findall(r' id="(i\d+)"', body)
        while LINK in body:
            body = body.replace(LINK, f"#{self.choose.choice(names)}", 1)
        entries = "".join(f'<li><a href="#{name}">{self.words(3)}</a></li>' for name in names[:12])
        contents = f'<section><h1>Contents</h1><ol class="contents">{entries}</ol></section>'
        return (
            '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>Any</title>'
            f'<meta name="marking" content="OFFICIAL"/></head><body>{contents}{body}</body></html>'
        )

    def name(self) -> str:
        self.count += 1
        return f' id="i{self.count}"'

    def words(self, count: int = 0) -> str:
        return " ".join(self.choose.choice([*WORDS, "long" * 30]) for _ in range(count or self.choose.choice((1, 2, 9))))

    def section(self, level: int) -> str:
        kind = self.choose.choice(("", "landscape", "cover") if level == 1 else ("", "keep-together", "break-before"))
        inner = "".join(self.block(0) for _ in range(self.choose.randint(0, 3)))
        below = self.section(level + 1) if level < 4 and self.choose.random() < 0.5 else ""
        return f'<section{self.name()} class="{kind}"><h{level}>{self.words(4)}</h{level}>{inner}{below}</section>'

    def inline(self, depth: int = 0) -> str:
        return self.choose.choice((" ", "")).join(self.run(depth) for _ in range(self.choose.randint(1, 4)))

    def run(self, depth: int) -> str:
        kind = self.choose.randint(0, 12) if depth < 3 else 0
        if kind < 5:
            return self.words()
        if kind == 5:
            return self.choose.choice((ICON, "<br/>"))
        if kind == 6 and not depth:
            return f'<a class="page" href="{LINK}">{self.words(2)}</a>.'
        tag = (
            "strong",
            "em",
            "q",
            'span class="nowrap"',
            'span lang="cy"',
            'abbr title="What"',
            'data value="1" data-source="s"',
        )[kind - 6]
        return f"<{tag}>{self.inline(depth + 1)}</{tag.split()[0]}>"

    def block(self, depth: int) -> str:
        kind = self.choose.randint(0, 10) if depth < 3 else 0
        hint = self.choose.choice(("", "keep-together", "keep-with-next", "note", "lead"))
        if kind < 3:
            return f'<p class="{hint}">{self.inline()}</p>'
        if kind < 5:
            items = "".join(f"<li>{self.inline()}{self.block(depth + 1)}</li>" for _ in range(self.choose.choice((1, 4))))
            return self.choose.choice(
                (f'<ul class="plain">{items}</ul>', f'<ol class="headlines">{items}</ol>', f"<ul>{items}</ul>")
            )
        if kind == 5:
            return f'<dl class="facts"><dt>{self.words(2)}</dt><dd>{self.inline()}</dd><dt>x</dt><dd>{self.block(depth + 1)}</dd></dl>'
        if kind == 6:
            return f'<aside class="{hint} quote">{self.block(depth + 1)}{self.block(depth + 1)}</aside>'
        if kind == 7:
            self.count += 1
            note = f"n{self.count}"
            return f'<p>{self.words()}<a class="footnote" href="#{note}">1</a></p><aside class="footnote" id="{note}">{self.words()}</aside>'
        if kind == 8:
            size = f"{self.choose.choice((100, 2000))} {self.choose.choice((50, 900))}"
            return f'<figure><svg {SVG} viewBox="0 0 {size}"><title>{self.words(2)}</title><text y="9">a <tspan dx="2">b</tspan></text></svg></figure>'
        return f'<p class="write" data-lines="9">{self.words(1)}</p>' if self.in_table else self.table(depth)

    def table(self, depth: int) -> str:
        self.in_table = True
        columns, rows = self.choose.choice((1, 2, 5)), self.choose.choice((1, 3, 9))
        head = "".join(f"<th>{self.words(2)}</th>" for _ in range(columns))
        body = "".join(self.row(columns, depth) for _ in range(rows))
        kind = self.choose.choice(("fit", "tight banded", "plain", "full", ""))
        self.in_table = False
        columns_said = '<colgroup><col class="number"/></colgroup>'
        return f'<table class="{kind}"><caption>{self.inline()}</caption>{columns_said}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def row(self, columns: int, depth: int) -> str:
        cells = [f"<td>{self.cell(depth)}</td>" for _ in range(columns)]
        kind = self.choose.choice(("", "", "total", "group", "marked"))
        if columns > 2 and self.choose.random() < 0.2:
            below = "".join(f"<td>{self.words(1)}</td>" for _ in range(columns - 1))
            return f'<tr class="{kind}"><th rowspan="2">x</th>{"".join(cells[1:])}</tr><tr>{below}</tr>'
        return f'<tr class="{kind}">{"".join(cells)}</tr>'

    def cell(self, depth: int) -> str:
        kind = self.choose.randint(0, 40)
        if kind == 0:
            return self.words(700)
        if kind < 3:
            return self.block(depth + 1)
        return self.choose.choice(("", "12", "−3.5%", "1,204", "–", self.inline(1)))

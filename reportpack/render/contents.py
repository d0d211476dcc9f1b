"""What a page source says of itself: its contents, listed where `<contents/>` stands, and links only to what is there."""

from reportpack import patterns as re

_PLACE = re.compile(r"<contents\s*/>")
_SECTIONS = re.compile(r"<(/?)section\b([^>]*)>|<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'<a\s[^>]*?\bhref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_OWN = re.compile(
    r"(?:topic|measure|matter|action|commitment|item|table|note)-.*|s\d+|cover|agenda|glance|matters|actions|commitments|items|forward"
    r"|tables|changes|sources|method|abbreviations|running-sheet|attendance|notes|decisions|returns|next-meeting"
)
"""The ids of sections and rows that the program's templates make."""


def list_contents(source: str) -> str:
    """The page source with an entry for each section that follows the place of the contents, by its first heading. Adds no line ends."""
    place = _PLACE.search(source)
    if place is None:
        return source
    entries = "".join(f'<li><a href="#{identity}">{title}</a></li>' for identity, title in _titles(source, place.end()))
    return f'{source[: place.start()]}<ol class="contents">{entries}</ol>{source[place.end() :]}'


def _titles(source: str, start: int) -> list[tuple[str, str]]:
    """The id and first heading of each top-level section; one without either is left out."""
    titles: list[tuple[str, str]] = []
    depth, identity = source.count("<section", 0, start) - source.count("</section>", 0, start), ""
    for found in _SECTIONS.finditer(source, start):
        if found[3] is not None:
            if identity and depth == 1:
                titles.append((identity, found[3].strip()))
            identity = ""
        elif found[1]:
            depth -= 1
        else:
            depth += 1
            if depth == 1:
                match = _ID.search(found[2])
                identity = match[1] if match else ""
    return titles


def settle_links(source: str) -> str:
    """Links to the pack's own sections and rows that the templates left out become plain words; any other wrong link stays a mistake."""
    known = set(_ID.findall(source))

    def settle(link: re.Match[str]) -> str:
        target = link[1]
        left_out = target not in known and _OWN.fullmatch(target)
        return f"<span>{link[2]}</span>" if left_out else link[0]

    return _LINK.sub(settle, source)

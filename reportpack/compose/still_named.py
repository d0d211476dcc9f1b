"""What words that are held back name, and an edition says still: asked of a person, who alone knows whether it tells what was held back."""

import unicodedata
from calendar import day_name, month_name
from collections.abc import Container, Iterable, Iterator

from reportpack import patterns as re
from reportpack.compose.annex_parts import AnnexSetting
from reportpack.compose.passages import Passages, Printed, placed_texts
from reportpack.model.edition import Audience
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.pack import find_values
from reportpack.model.passage import HeldBack

_TOKEN = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
_CODE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.\w+)+|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\b[A-Z]{0,3}\d+(?:/\d+)*/\d{4}\b"
    r"|\b(?=[A-Z\d]*[A-Z])(?=[A-Z\d]*\d)[A-Z\d]{4,}\b|\b\d[\d ]{4,}\d\b"
)
"""Addresses for mail, postcodes, references, registrations of vehicles, numbers of telephones and of crimes."""
_USUAL = (*month_name, *day_name, "Mr Mrs Ms Miss Dr Sir")
_LONG, _FEW, _BESIDE = 6, 3, 60


def printed_notes(view: NotedView, edition: Audience, office: Office) -> Iterator[Printed]:
    """What that edition of the notes says of who was there and, item by item, what was said."""
    setting = AnnexSetting(Passages(edition, view.held, office).in_notes(view), edition, office)
    yield from (Printed("attendance", one.name) for one in view.minutes.attendance if one.name)
    every = (
        (one, item.audience if item is not None else Audience.OFFICE, lines) for one, item, lines in placed_texts(setting.view)
    )
    yield from (one for one, audience, lines in every if setting.reads(audience, *lines))


def still_named(held: Iterable[HeldBack], printed: Iterable[Printed], office: Office) -> Iterator[str]:
    """A question for each name, reference or rare word of what is held back that is printed still: `Does "Lower Wick" tell what was held
    back from the public edition? It still says it: item 2.1.2, line 17 ("the road to Lower Wick").`"""
    every, said, small = [(one, _plain(one.text)) for one in printed], dict[str, str](), dict[str, list[str]]()
    for one, text in every:
        for word in dict.fromkeys(filter(str.islower, _TOKEN.findall(text))):
            small.setdefault(word, []).append(one.item)
    own = (office.name, office.short_name, office.force, office.posts, office.topics, office.series, office.abbreviations)
    usual = {word.casefold() for text in (*_USUAL, *find_values(own, str)) for word in _TOKEN.findall(_plain(text))}
    for passage in held:
        words, instead = _plain(passage.words), _plain(passage.instead)
        few = (one for one in dict.fromkeys(_TOKEN.findall(words)) if len(one) >= _LONG and one not in instead)
        rare = [one for one in few if len(at := small.get(one, ())) < _FEW and len({*at} - {""}) == 1]  # said of one item alone
        for name, whole in (*_names(words, usual, small), *((one, "") for one in (*_CODE.findall(words), *rare[:_FEW]))):
            if name not in said and (places := list(_places(name, whole, every))):
                more = f" and {len(places) - _FEW} more" if len(places) > _FEW else ""
                asked = f'Does "{name}" tell what was held back from the {passage.edition} edition? It still says it'
                said[name] = f"{asked}: {'; '.join(places[:_FEW])}{more}."
    yield from said.values()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")


def _names(words: str, usual: Container[str], small: Container[str]) -> Iterator[tuple[str, str]]:
    """Runs of words written large that are not all usual, without one that is written so because a sentence begins; of a longer run also
    each word that is written small nowhere, with the run."""
    runs, last = list[list[str]](), -2
    for match in _TOKEN.finditer(words):
        word = match[0].removesuffix("'s")
        begins = re.search(r"(?:^|[.?!:])\W*$", words[: match.start()])
        if word[:1].isupper() and not (begins and word.casefold() in small):
            runs = [*runs[:-1], [*runs[-1], word]] if runs and last == match.start() - 1 else [*runs, [word]]
            last = match.start() + len(word)
    for run in runs:
        telling = [word for word in run if word.casefold() not in usual]
        yield from ((" ".join(run), ""),) if telling else ()
        more = (word for word in telling if len(run) > 1 and len(word) > 3 and word.casefold() not in small)
        yield from ((word, " ".join(run)) for word in more)


def _places(name: str, whole: str, every: Iterable[tuple[Printed, str]]) -> Iterator[str]:
    """`item 2.1.2, line 17 ("the road to Lower Wick")`: outside the longer name that it is of."""
    wanted = re.compile(rf"(?i)(?<!\w)(?:{re.escape(whole or name)}|(?P<name>{re.escape(name)}))(?!\w)")
    for one, text in every:
        for match in wanted.finditer(text):
            if (not whole or match["name"]) and (match[0][:1].isupper() or not name[:1].isupper()):
                before, after = text[: match.start()][-_BESIDE:].split(" "), text[match.end() :][:_BESIDE].split(" ")
                yield f'{one.place} ("{" ".join(before[-5:])}{match[0]}{" ".join(after[:5])}")'

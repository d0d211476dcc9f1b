"""Find: every word that was ever said or issued, the newest first; what is looked for stays out of the address."""

import shlex

from starlette.responses import Response

from reportpack.model.edition import EDITIONS
from reportpack.model.statement import Passage
from reportpack.run.find import FindRequest, find_words
from reportpack.run.register.add import find_rows
from reportpack.run.register.lines import RowLine, register_lines
from reportpack.web.frame import counted, page
from reportpack.web.visit import Done, Visit

_MOST = 40


def find(visit: Visit) -> Response:
    """What holds all of the words: rows of the register first, then everything issued, noted and sent."""
    words, edition = visit.typed("words"), visit.typed("edition")
    phrases = _phrases(words)
    passages: tuple[Passage, ...] = ()
    more, rows = False, list[RowLine]()
    if phrases:
        audience = next((one.audience for one in EDITIONS if one.audience.value == edition), None)
        found = find_words(visit.folders, FindRequest(phrases, audience, _MOST), lambda _: None)
        passages, more = found.passages, found.more
        lines = visit.desk.look("register", lambda: register_lines(visit.folders, visit.today)).lines
        holding = {id(one) for one in find_rows([one.row for one in lines], words.replace('"', ""))} if not audience else set()
        rows = [one for one in lines if id(one.row) in holding]
        visit.runs("find", *phrases)
    count = len(rows) + len(passages)
    return page(
        visit,
        "find.jinja",
        "find",
        title=f"“{words}”: {counted(count, 'place')}{' and more' if more else ''}" if phrases else "Find words",
        words=words,
        phrases=[one.casefold() for one in phrases],
        edition=edition,
        editions=[one.audience for one in EDITIONS],
        rows=rows,
        passages=passages,
        more=more,
    )


def look_for(visit: Visit) -> Done:
    """The words go with the page, not with its address."""
    return Done("/find", typed=visit.every_word())


def _phrases(words: str) -> tuple[str, ...]:
    """Words, and what stands between quotation marks as one."""
    try:
        return tuple(shlex.split(words.replace("“", '"').replace("”", '"').replace("'", "\\'")))
    except ValueError:
        return tuple(words.replace('"', " ").split())

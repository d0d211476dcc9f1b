"""The letter that each paper of a meeting keeps for good: its own from before, else the next that no paper ever had."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from string import ascii_uppercase

from reportpack.ledger import Ledger
from reportpack.model.meeting import Meeting, Paper
from reportpack.model.paper import PaperLettered


def with_letters(ledger: Ledger, meeting: Meeting) -> Meeting:
    """The meeting with a letter at each paper: its own from before, else the next that no paper ever had. Notes to be agreed have none."""
    known = _known(ledger, meeting)
    alphabet = (*ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2)))
    free = (one for one in alphabet if one not in {each.letter for each in known})
    papers, present = list[Paper](), {(one.item, one.title.casefold()) for one in meeting.papers}
    for paper in meeting.papers:
        words, taken = (paper.item, paper.title.casefold()), {one.letter for one in papers}
        same = (one for one in known if (one.item, one.title.casefold()) == words or (paper.file and one.file == paper.file))
        moved = (one for one in known if one.title.casefold() == words[1] and (one.item, words[1]) not in present)
        had = next((one.letter for one in (*same, *moved) if one.letter not in taken), "")
        papers.append(replace(paper, letter=had or next(free)) if paper.source.file else paper)
    return replace(meeting, papers=tuple(papers))


def letters_to_record(ledger: Ledger, meeting: Meeting) -> tuple[PaperLettered, ...]:
    """What the ledger does not know yet of the letters that the papers have."""
    known = _known(ledger, meeting)
    now = (PaperLettered(meeting.id, one.letter, one.item, one.title, one.file) for one in meeting.papers if one.letter)
    return tuple(one for one in now if one not in known)


def _known(ledger: Ledger, meeting: Meeting) -> Sequence[PaperLettered]:
    return tuple({one.letter: one for one in ledger.happened(PaperLettered) if one.meeting == meeting.id}.values())

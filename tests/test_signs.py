"""The signs of live notes, spelt out as the labelled lines that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.signs import read_sign

POSTS = ("cc", "dcc", "pcc", "po")


def spelt(line: str) -> str | None:
    sign = read_sign(line, lambda word: word.upper() if word.lower() in POSTS else "")
    return sign.text if sign is not None else None


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("/a cc custody note 14/6", "Action for CC: custody note. Due: 14 June"),
        ("/A CC Custody note 14/06/19", "Action for CC: Custody note. Due: 14 June 2019"),
        ("/a cc+dcc send the map fri", "Action for CC+DCC: send the map. Due: Friday"),
        ("/a cc report back by sep", "Action for CC: report back. Due: September meeting"),
        ("/a cc report on 14 june", "Action for CC: report on. Due: 14 June"),
        ("/a ? custody note ?", "Action: custody note"),
        ("/a custody note", "Action: custody note"),
        ("/a dcc write to whoever may", "Action for DCC: write to whoever may"),
        ("/a dcc open the room on sat", "Action for DCC: open the room on sat"),
        ("/a cc ward meetings 31/6", "Action for CC: ward meetings. Due: 31 June"),
        ("/a cc version 3/14", "Action for CC: version 3/14"),
        ("/d notes go to the force", "Decision: notes go to the force"),
        ("/q pcc by when, and how", "Question from PCC: by when, and how"),
        ("/q by when", "Question: by when"),
        ("/r cc top quartile; the courts", "Answer by CC: top quartile; the courts"),
        ("/p cc 999 >= 90 each month", "Commitment: CC - 999 at least 90 each month"),
        ("/p dcc sickness<5% sep", "Commitment: DCC - sickness under 5%, by the September meeting"),
        ("=carry sep", "Outcome: carried to the September meeting"),
        ("= carry to may after two quarters", "Outcome: carried to the May meeting, after two quarters"),
        ("=carry 14/6", "Outcome: carried to 14 June"),
        ("=Closed", "Outcome: closed"),
        ("=not reached", "Outcome: not reached"),
        ("=action", "Outcome: superseded by an action"),
        ("=m3/2018 carry nov", "M3/2018: carried to the November meeting"),
        ("=16/2018 accepted", "16/2018: accepted"),
        ("=1/2019 disputed not what was asked", "1/2019: disputed, not what was asked"),
        ("=4/2019 28/6 regional figures late", "4/2019: put back to 28 June, regional figures late"),
        ("/i + custody deaths", "Custody deaths"),
        ("//bin is a folder", "/bin is a folder"),
        ("==equal", "=equal"),
        ("/i 2.1.5", ""),
        ("/x what", ""),
        ("/a", ""),
        ("=AP-12 accepted", "AP-12: accepted"),
        ("=26/07 30/6", "26/07: put back to 30 June"),
        ("=391(a) carry sep", "391(a): carried to the September meeting"),
        ("=Gov/24/3 closed", "Gov/24/3: closed"),
        ("=accepted", ""),
        ("= 5 per cent more", ""),
        ("A large part of it", None),
        ("and/or", None),
        ("=====", None),
        ("/etc/hosts", None),
    ],
)
def test_a_sign_is_spelt_out_as_what_it_means(line: str, means: str | None) -> None:
    assert spelt(line) == means


@given(st.text(alphabet="abcdp /=?+<>.:0123456789-MmaryJune\u2013\u00a0", max_size=60))
def test_a_line_is_prose_or_keeps_every_letter_of_its_words(words: str) -> None:
    said = spelt(f"/d {words}")
    assert said == (f"Decision: {words.strip()}" if words.strip() else "")
    for sign in ("/a ", "/q ", "/r ", "/p ", "=", "/i "):
        read_sign(f"{sign}{words}", lambda word: word.upper())
    assert spelt(f"A{words}") is None


def test_what_is_said_to_be_not_known_is_not_asked() -> None:
    sign = read_sign("/a ? custody note ?", str.upper)
    assert sign is not None
    assert {"action-without-owner", "action-without-date"} <= set(sign.unsaid)
    asked = read_sign("/a cc custody note", str.upper)
    assert asked is not None
    assert asked.unsaid == ()

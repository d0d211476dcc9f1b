"""What is new in a pack is told from what the build before carried, not from a file that it wrote."""

from dataclasses import replace
from datetime import date

from reportpack.ledger.event_text import restore, store
from reportpack.model.edition import Audience
from reportpack.model.event import Build, Carried, Event
from reportpack.run.pack_record import News, news_since
from tests.ledger.test_ledger import NOON

BEFORE = Build(
    "2019-05-28-assurance",
    "briefing-pack",
    Audience.OFFICE,
    date(2019, 5, 21),
    "0.2.0",
    carried=Carried(("M1/2018",), ("12/2019 open",), ("Finance (awaited)",)),
)


def test_what_stands_otherwise_or_is_there_for_the_first_time_is_new() -> None:
    now = replace(BEFORE, carried=Carried(("M1/2018", "M2/2018"), ("12/2019 proposed complete",), ("Finance (awaited)",)))
    assert news_since(BEFORE, (), now) == News(0, ("M2/2018",), ("12/2019 proposed complete",), ())
    assert news_since(None, (), now) == News(first=True)
    assert news_since(BEFORE, (), BEFORE) == News()


def test_a_build_of_an_earlier_program_did_not_record_what_it_carried_and_nothing_is_said_to_be_new_for_that() -> None:
    event = Event(BEFORE, NOON)
    assert restore(0, store(event)) == event
    row = store(Event(replace(BEFORE, carried=None), NOON))
    old = restore(0, replace(row, body=row.body.replace('"carried":null,', "")))
    assert isinstance(old.what, Build)
    assert news_since(old.what, (), BEFORE) == News()

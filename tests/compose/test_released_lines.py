"""Lines of the office's reach the force only where a person has let them: that line, on that page, and no other."""

from dataclasses import replace
from datetime import date

from reportpack.compose.pack import compose_pack
from reportpack.compose.topics import known_by, office_lines
from reportpack.model.edition import Audience
from reportpack.model.pack import Pack
from reportpack.model.release import ReleasedLine
from tests.compose.northmoor import a_view, an_office, the_findings


def pack(edition: Audience, *lines: ReleasedLine) -> Pack:
    return compose_pack(a_view(), edition, an_office(), the_findings(), (), (), date(2025, 5, 20), "draft", released=lines)


OFFERED = office_lines(pack(Audience.OFFICE))


def test_every_line_has_a_number_of_its_own() -> None:
    assert len(OFFERED) > 2
    assert len({one.id for one in OFFERED}) == len(OFFERED) == len(known_by(OFFERED))


def test_without_a_release_the_force_reads_none_of_them() -> None:
    assert office_lines(pack(Audience.FORCE)) == ()


def test_each_is_released_alone_and_only_on_its_own_page() -> None:
    readable = known_by(office_lines(pack(Audience.FORCE, *OFFERED)))
    assert readable
    pages = {one.place for one in OFFERED}
    for line in OFFERED:
        wanted = known_by([line]) & readable
        assert known_by(office_lines(pack(Audience.FORCE, line))) == wanted
        for elsewhere in pages - {line.place}:
            assert not known_by(office_lines(pack(Audience.FORCE, replace(line, place=elsewhere)))) & wanted


def test_no_release_to_the_force_reaches_the_public() -> None:
    assert office_lines(pack(Audience.PUBLIC, *OFFERED)) == office_lines(pack(Audience.PUBLIC))

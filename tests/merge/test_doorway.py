"""What the room gives is what it says, whatever was imported before."""

from types import ModuleType

import reportpack.merge


def test_nothing_that_the_room_gives_has_the_name_of_one_of_its_files() -> None:
    assert [name for name in reportpack.merge.__all__ if isinstance(getattr(reportpack.merge, name), ModuleType)] == []
    assert [name for name, place in reportpack.merge._PLACES.items() if place.partition(".")[0] == name] == []

"""The same tests over every kind of store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.stores import Store, Stores, server


@pytest.fixture(scope="session")
def pg_server() -> Iterator[Stores]:
    """One server for all the tests of a run."""
    with server() as stores:
        yield stores


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql", "module:psycopg"))],
)
def stores(request: pytest.FixtureRequest) -> Stores:
    """Gives a new store for a folder."""
    if request.param == "sqlite":
        return Store
    found: Stores = request.getfixturevalue("pg_server")
    return found


@pytest.fixture
def store(stores: Stores, tmp_path: Path) -> Store:
    """An office's store, with nothing in it."""
    return stores(tmp_path)


@pytest.fixture(scope="session")
def lasting(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store for a test that records one thing after another."""
    return stores(tmp_path_factory.mktemp("lasting"))


@pytest.fixture
def one(stores: Stores, tmp_path: Path) -> Store:
    """The store of a ledger that is backed up."""
    return stores(tmp_path / "one")


@pytest.fixture
def two(stores: Stores, tmp_path: Path) -> Store:
    """The store that it is restored to."""
    return stores(tmp_path / "two")

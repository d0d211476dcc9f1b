"""`annex` has a verb for each thing that it does; the options that stood for them mean the same."""

import pytest
import typer

from reportpack.cli.annex import AnnexGroup, app


@pytest.fixture
def group() -> AnnexGroup:
    found = typer.main.get_command(app)
    assert isinstance(found, AnnexGroup)
    return found


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("", "draft"),
        ("2019-05-28 --json", "draft 2019-05-28 --json"),
        ("2019-05-28 --issue --same 1/2019", "issue 2019-05-28 --same 1/2019"),
        ("--agreed 2019-05-28", "agree 2019-05-28"),
        ("2019-05-28 --returned a.docx", "returned 2019-05-28 a.docx"),
        ("2019-05-28 --corrections", "corrections 2019-05-28"),
        ("--accept 1,3 2019-05-28 --by X --accept=7", "accept 2019-05-28 --by X 1,3 7"),
        ("2019-05-28 --refuse all --why no", "refuse 2019-05-28 --why no all"),
        ("issue 2019-05-28", "issue 2019-05-28"),
        ("--help", "--help"),
    ],
)
def test_what_is_typed_is_the_verb_that_it_means(group: AnnexGroup, words: str, meant: str) -> None:
    assert group.with_verb(words.split()) == meant.split()


def test_two_of_them_at_a_time_are_refused(group: AnnexGroup) -> None:
    with pytest.raises(typer.BadParameter, match="one of --issue, --agreed at a time"):
        group.with_verb(["2019-05-28", "--issue", "--agreed"])


def test_a_verb_takes_no_more_than_its_own_options(group: AnnexGroup) -> None:
    options = {name: {option for one in verb.params for option in one.opts} for name, verb in group.commands.items()}
    assert set(group.spelt.values()) | {group.default} <= set(options)
    assert "--same" not in options["agree"] | options["draft"] | options["accept"]
    assert "--words" not in options["refuse"] | options["issue"]

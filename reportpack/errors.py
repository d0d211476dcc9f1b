"""What stops a run: each kind of error holds its exit code and what to do about it."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """How a run ended, for scripts. The numbers are never changed."""

    DONE = 0
    BUG = 1
    USAGE = 2
    INPUT = 3
    TEMPLATE = 4
    OUTPUT = 5
    DELIVERY = 6
    REFUSED = 7
    STRICT = 10


class Command(NamedTuple):
    """A verb with what it is about and its options. A value in capitals is one that the person gives; a flag has none."""

    verb: str
    about: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """As it is typed."""
        options = (f"--{name} {shlex.quote(value) if value else ''}".rstrip() for name, value in self.options)
        return " ".join(("reportpack", self.verb, *(shlex.quote(one) for one in self.about), *options))


class Remedy(str):
    """What to do, as text: words, and the command that does it as it is typed. A door that has no command line renders `words` and `action`."""

    __slots__ = ("action", "words")
    action: Command
    words: str

    def __new__(cls, words: str, verb: str, *about: str, then: str = "", **options: str) -> "Remedy":
        """`then` follows on the command."""
        action = Command(verb, about, tuple(options.items()))
        made = super().__new__(cls, f"{words} {action.line}{then}")
        made.words, made.action = words, action
        return made


class ReportpackError(Exception):
    """A run cannot go on: `found` says what and where, `remedy` what to do."""

    exit_code = ExitCode.BUG

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(f"{found} {remedy}".strip())
        self.found, self.remedy = found, remedy


class InputError(ReportpackError):
    """Something that people put in cannot be used at all."""

    exit_code = ExitCode.INPUT


class TemplateError(ReportpackError):
    """A template, a theme or a page source has a mistake."""

    exit_code = ExitCode.TEMPLATE


class OutputError(ReportpackError):
    """What was made cannot be written where it belongs."""

    exit_code = ExitCode.OUTPUT


class DeliveryError(ReportpackError):
    """A letter could not be handed over."""

    exit_code = ExitCode.DELIVERY


class RefusedError(ReportpackError):
    """Going on would show or send what nobody has allowed, or lose what somebody wrote."""

    exit_code = ExitCode.REFUSED


class StrictError(ReportpackError):
    """`--strict` was given and problems were found; nothing was written."""

    exit_code = ExitCode.STRICT


@contextmanager
def fails_as(kind: type[ReportpackError], found: str, remedy: str) -> Iterator[None]:
    """What the system refuses inside is that error: its own reason follows on `found`."""
    try:
        yield
    except OSError as error:
        raise kind(f"{found}: {error.strerror or type(error).__name__}.", remedy) from error

"""The verbs of the command line, each imported when it is asked for: a run needs one of them."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_group


class DefaultGroup(TyperGroup):
    """A verb with verbs of its own, of which the everyday one may be left out: `send MEETING` is `send letters MEETING`.

    `default` is the verb that may be left out; `spelt` are the options that stand for another, by their verb.
    """

    default: ClassVar[str]
    spelt: ClassVar[Mapping[str, str]] = {}
    alone: ClassVar[frozenset[str]] = frozenset()
    """Those of them that take no value; the value of another goes to the end, as its verb takes it."""

    def with_verb(self, words: Sequence[str]) -> list[str]:
        """The words with the verb in front that they mean."""
        if words and (words[0] in self.commands or words[0] in ("-h", "--help")):
            return [*words]
        verbs: dict[str, str] = {}
        rest: list[str] = []
        values: list[str] = []
        left = iter(words)
        for word in left:
            option, sign, value = word.partition("=")
            if option not in self.spelt:
                rest.append(word)
                continue
            verbs[self.spelt[option]] = option
            if option not in self.alone:
                values += [value] if sign else [one for one in (next(left, None),) if one is not None]
        if len(verbs) > 1:
            raise typer.BadParameter(f"give one of {', '.join(verbs.values())} at a time")
        return [*(verbs or [self.default]), *rest, *values]

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put the verb in that was left out."""
        return super().parse_args(ctx, self.with_verb(args))


def default_group(default: str) -> type[DefaultGroup]:
    """Where that verb may be left out: any word that is no verb of its own is the verb's first."""
    return type("Default", (DefaultGroup,), {"default": default})


VERBS = {
    "serve": "Open the desk: a page in the browser of this machine",
    "check": "What should be put right",
    "pack": "Build the briefing pack",
    "release": "Let a document out, as you saw it",
    "publish": "Put a released public edition out for the web site",
    "why": "Why something is or is not in an edition",
    "find": "Where words were said or issued",
    "inspect": "How a workbook is read",
    "analyse": "What an XmR chart says of a csv file",
    "render": "Set a page source as a PDF",
    "theme": "Whether the office's own look can be read, and how it looks",
    "init": "Make a new office's folder, from your own files where you have some",
    "guide": "The guides, to read here",
    "audit": "Every promise, the figures then and now, and what came of it",
    "handover": "The office's whole memory as one archive that opens anywhere",
    "annex": "Make the notes of a meeting into the annex",
    "send": "Send what was released to the people who get it",
    "meeting": "The meetings that are set",
    "papers": "The papers of a meeting, and how each file is",
    "minutes": "The notes taken at meetings",
    "measure": "What is measured, and where its figures stand",
    "figure": "Answers about single figures of the workbooks",
    "register": "Matters, actions, commitments, questions, risks",
    "ledger": "What the program remembers: back up, restore, erase",
    "doctor": "Whether the office is whole; what can be mended is",
    "due": "Do what fell due, once",
    "inbox": "What came in: put in its place, or kept as a reply",
    "schedule": "Have the machine run `due` every day",
}
_TOGETHER = {
    "audit": ("handover",),
    "look": ("serve", "why", "find", "guide", "doctor", "theme"),
    "measure": ("inspect", "analyse", "render", "figure"),
    "send": ("release", "publish"),
    "due": ("inbox", "schedule"),
    "pack": ("check",),
    "meeting": ("papers",),
    "register": ("ledger",),
}
_ELSEWHERE = {verb: module for module, verbs in _TOGETHER.items() for verb in verbs}
"""Verbs that stand in the module of another; where one has verbs of its own, they are called `VERB_app`."""


class Verbs(dict[str, Any]):
    """By name, as typer's groups keep their commands; each is made when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        if name in self and super().__getitem__(name) is None:
            module = import_module(f"reportpack.cli.{_ELSEWHERE.get(name, name)}")
            group = getattr(module, f"{name}_app" if name in _ELSEWHERE else "app", None)
            alone = typer.Typer(rich_markup_mode=None)
            if group is not None:
                alone.add_typer(group, name=name, short_help=VERBS[name])
            else:
                alone.command(short_help=VERBS[name])(getattr(module, name))
            self[name] = get_group(alone).commands[name]
        return super().__getitem__(name)


class VerbGroup(TyperGroup):
    """The program: its verbs, none of them imported yet."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = Verbs(dict.fromkeys(VERBS))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as typer calls it
        """The verb of that name."""
        return self.commands[cmd_name] if cmd_name in self.commands else None  # noqa: SIM401 - `get` makes none

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - as typer calls it
        """The list in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

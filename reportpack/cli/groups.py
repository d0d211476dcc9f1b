"""A verb with verbs of its own, of which the everyday one may be left out: `send MEETING` is `send letters MEETING`."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import typer
from typer.core import TyperGroup


class DefaultGroup(TyperGroup):
    """`default` is the verb that may be left out; `spelt` are the options that stand for another, by their verb."""

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

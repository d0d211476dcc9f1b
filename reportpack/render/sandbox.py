"""The room in which templates run: they arrange what they are given, within bounds of work and size. They compute, call and reach nothing.

The program's own are kept compiled, as Python keeps modules, while nothing they come from has changed."""

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError, Undefined, UndefinedError, nodes, pass_context
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError
from jinja2.loaders import FunctionLoader
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from reportpack import __version__
from reportpack.bytecode import Compiled
from reportpack.errors import TemplateError
from reportpack.render.print_values import UnprintableError
from reportpack.render.templates import TemplateFile, Templates

LARGEST = 64_000_000  # Characters in one document.
STEPS = 3_000_000  # Turns of loops and calls of macros in one document.

_FILTERS = ("default", "first", "last", "length", "list", "map", "reject", "rejectattr", "reverse", "select", "selectattr")
_REMEDY_OWN = "Mend that line, or take the file out of your templates folder to use the program's own."
_REMEDY_PROGRAM = "This file is the program's own: put it back as it came, or say so to whoever looks after the program."
_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "**", "%"})
_PARTS = (LoopContext, BlockReference, Macro)
_COMPILERS = ("sandbox.py", "print_values.py")  # The files that decide what a template is compiled to.
_KEPT = Compiled(__file__)
Filters = dict[str, Callable[..., Any]]


class TooMuchError(Exception):
    """A template went on for too long or made too much."""


_MISTAKES = (JinjaError, UnprintableError, TooMuchError, RecursionError, TypeError, ValueError, AttributeError, LookupError)


class TemplateEnvironment(SandboxedEnvironment):
    """`finalize` turns each printed value into markup; `filters` are the only ones besides Jinja's harmless few.

    With `traced`, the output says before each line which template line it came from. Where they are `kept`, the program's own are
    compiled once; an office's own are compiled anew: their folder may be open to many."""

    intercepted_binops = _ARITHMETIC
    intercepted_unops = frozenset({"-", "+"})

    def __init__(
        self, templates: Templates, finalize: Callable[[Any], str], filters: Filters, *, traced: bool = False, kept: bool = False
    ) -> None:
        def find(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            file = templates.file(name)
            return None if file is None else (file.text, file.shown, lambda: True)

        super().__init__(
            loader=FunctionLoader(find),
            autoescape=True,
            optimized=False,
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._print, self._templates = finalize, templates
        self._traced, self._kept = traced, kept
        self._steps = 0
        self.globals.clear()
        harmless = {name: self.filters[name] for name in _FILTERS}
        self.filters.clear()
        self.filters.update(harmless | filters | {"count_step": self.count_step, "join_words": self.join_words})
        self.concat = _joined  # type: ignore[method-assign] # Jinja joins through this name

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in list(_statements(tree.body)):
            if isinstance(node, (nodes.For, nodes.Macro, nodes.CallBlock)):
                node.body.insert(0, nodes.ExprStmt(_call("count_step", nodes.Const(None)), lineno=node.lineno))
        for concat in tree.find_all(nodes.Concat) if "~" in source else ():
            concat.nodes = [_call("join_words", nodes.List(concat.nodes))]
        if self._traced:
            for output in tree.find_all(nodes.Output):
                output.nodes = list(_traced(output, filename or name or ""))
        return tree

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *_: Any) -> Any:
        """The code of one template; what was kept is known by all that it comes from, and the file that mistakes are named by."""
        compiled, file = super().compile, self._templates.file(name or "")
        if not self._kept or file is None or file.own:
            return compiled(source, name, filename)
        made_from = "\0".join((_compiler(), name or "", filename or "", source))
        return _KEPT.get(hashlib.sha256(made_from.encode()).digest(), lambda: compiled(source, name, filename))

    @pass_context
    def count_step(self, _: Context, __: None) -> None:
        """One turn of a loop or one call of a macro. It takes the context so that Jinja cannot work it out beforehand."""
        self._steps += 1
        if self._steps > STEPS:
            raise TooMuchError("goes round more than three million times")

    def join_words(self, parts: Iterable[Any]) -> Markup:
        """Values one after another, each printed as it would be alone."""
        return Markup(_joined(Markup.escape(self._print(part)) for part in parts))  # noqa: S704 - every part is escaped

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of the nouns, macros of an imported template, and a loop's own facts."""
        if attr.startswith("_"):
            return False
        module = type(obj).__module__
        noun_or_part = module.startswith("reportpack.model") or isinstance(value, _PARTS)
        return noun_or_part or (module.startswith("jinja2.") and not callable(value))

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros and blocks."""
        return isinstance(obj, (Macro, BlockReference))

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro; nothing else can be called."""
        if isinstance(obj, Undefined):
            return obj()
        if not self.is_safe_callable(obj):
            raise SecurityError("only macros can be called in a template")
        return context.call(obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Refuse: figures are computed before a template sees them."""
        raise SecurityError(f"a template does not compute: {operator} is not there")

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Refuse, except for a number written with its sign."""
        if isinstance(arg, int):
            return -arg if operator == "-" else arg
        raise SecurityError(f"a template does not compute: {operator} is not there")


@cache
def _compiler() -> str:
    room = "".join(Path(__file__).with_name(name).read_text("utf-8") for name in _COMPILERS)
    return "\0".join((jinja2.__version__, __version__, room))


def _statements(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    for node in body:
        yield node
        for name in ("body", "elif_", "else_"):
            yield from _statements(getattr(node, name, ()))


def _call(name: str, argument: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(argument, name, [], [], None, None)


def _traced(output: nodes.Output, filename: str) -> Iterable[nodes.Expr]:
    for node in output.nodes:
        if not isinstance(node, nodes.TemplateData):
            yield nodes.TemplateData(f"\x00{filename}\x01{node.lineno}\x02", lineno=node.lineno)
            yield node
            continue
        for offset, text in enumerate(node.data.splitlines(keepends=True)):
            line = node.lineno + offset
            yield nodes.TemplateData(f"\x00{filename}\x01{line}\x02{text}", lineno=line)


def fill_template(environment: TemplateEnvironment, templates: Templates, name: str, names: Mapping[str, object]) -> str:
    """What the template of that name makes of these; TemplateError names the file and line of a mistake."""
    try:
        return _joined(environment.get_template(name).generate(names))
    except TemplateSyntaxError as error:
        raise _mistake(templates, error.filename or error.name or name, error.lineno, error.message or "") from error
    except _MISTAKES as error:
        shown, line = _place(error, templates, name)
        raise _mistake(templates, shown, line, _words(error)) from error


def _joined(parts: Iterable[str]) -> str:
    joined, size = [], 0
    for part in parts:
        size += len(part)
        if size > LARGEST:
            raise TooMuchError("makes a document of more than 64 million characters")
        joined.append(part)
    return "".join(joined)


def _place(error: BaseException, templates: Templates, document: str) -> tuple[str, int]:
    shown = {file.shown for file in (*templates.files, *templates.replaced)}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in shown]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else (document, 1)


def _words(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return f"asks for {error.name}, which is not among the templates; a template includes only files of its own folder"
    if isinstance(error, SecurityError):
        return f"is not allowed: {error.message}"
    if isinstance(error, UndefinedError):
        return f"asks for something that is not there: {error.message}"
    if isinstance(error, RecursionError):
        return "goes round without end: a template includes, or a macro calls, itself"
    if isinstance(error, TooMuchError):
        return f"goes on for ever, or nearly: it {error}"
    if isinstance(error, JinjaError):
        return str(error.message)
    return str(error)


def _mistake(templates: Templates, shown: str, line: int, words: str) -> TemplateError:
    return TemplateError(f"{shown}, line {line}: {words.rstrip('.')}.", remedy_for(templates, shown))


def remedy_for(templates: Templates, shown: str) -> str:
    """What to do about a mistake in that file."""
    file: TemplateFile | None = next((one for one in (*templates.files, *templates.replaced) if one.shown == shown), None)
    return _REMEDY_PROGRAM if file is not None and not file.own else _REMEDY_OWN

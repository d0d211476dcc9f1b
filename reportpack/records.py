"""Dataclasses as the standard library makes them; the frozen ones with slots, which are our records, in a third of the time.

The standard decorator compiles a function at a time, six a class; there are hundreds of records, and every run makes them all.
Here a class's methods are compiled together, and those that are the same for every record are shared. (Python 3.13 does much the same.)
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_COMPARED = (
    "def {name}(self, other):\n if other.__class__ is self.__class__: return {mine} {sign} {others}\n return NotImplemented"
)
_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


@overload
def dataclass(cls: type[T], /) -> type[T]: ...


@overload
def dataclass(
    *, frozen: bool = False, slots: bool = False, order: bool = False, eq: bool = True
) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(field_specifiers=(dataclasses.field, dataclasses.Field))
def dataclass(
    cls: type[T] | None = None, /, *, frozen: bool = False, slots: bool = False, order: bool = False, eq: bool = True
) -> type[T] | Callable[[type[T]], type[T]]:
    """As `dataclasses.dataclass`, whose words these are."""
    if cls is not None:
        return dataclasses.dataclass(cls)
    if frozen and slots and eq:
        return lambda given: _made(given, order=order)
    return dataclasses.dataclass(frozen=frozen, slots=slots, order=order, eq=eq)


def _made(cls: type[T], *, order: bool) -> type[T]:
    own = {name for name, value in cls.__dict__.items() if value is not None}
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    known: dict[str, Any] = {"__name__": cls.__module__, "MISSING": MISSING}
    methods: dict[str, Any] = {}
    exec(_source(made, known, order=order), known, methods)  # noqa: S102 - names of fields that Python took, and nothing else
    for name, method in methods.items():
        method.__qualname__ = f"{cls.__qualname__}.{name}"
    for name, method in (methods | _SHARED).items():
        if name not in own:
            setattr(made, name, method)
    return made


def _source(cls: Any, known: dict[str, Any], *, order: bool) -> str:
    """The methods of one class; what they use beside their arguments goes into `known`."""
    every = fields(cls)
    lines = [f"def __init__(self, {', '.join(_parameter(field, known) for field in every)}):"]
    for field in every:
        known[f"_set_{field.name}"] = getattr(cls, field.name).__set__
        made = f"_make_{field.name}() if {field.name} is MISSING else " if field.default_factory is not MISSING else ""
        lines.append(f" _set_{field.name}(self, {made}{field.name})")
    lines.append(" self.__post_init__()" if hasattr(cls, "__post_init__") else " return")
    compared = [field.name for field in every if field.compare]
    mine, others = (f"({''.join(f'{of}.{name}, ' for name in compared)})" for of in ("self", "other"))
    signs = {"__eq__": "==", **(_ORDER if order else {})}
    lines += [_COMPARED.format(name=name, mine=mine, sign=sign, others=others) for name, sign in signs.items()]
    lines.append(f"def __hash__(self):\n return hash({mine})")
    return "\n".join(lines)


def _parameter(field: "dataclasses.Field[Any]", known: dict[str, Any]) -> str:
    if field.default_factory is not MISSING:
        known[f"_make_{field.name}"] = field.default_factory
        return f"{field.name}=MISSING"
    if field.default is not MISSING:
        known[f"_default_{field.name}"] = field.default
        return f"{field.name}=_default_{field.name}"
    return field.name


def _refuse_change(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_removal(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _shown(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{field.name}={getattr(self, field.name)!r}' for field in fields(self))})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_SHARED = {
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_removal,
    "__repr__": _shown,
    "__getstate__": _state,
    "__setstate__": _take_state,
}

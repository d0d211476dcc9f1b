"""Dataclasses as the standard library makes them, in a tenth of the time.

The standard decorator writes and compiles six functions a class; there are hundreds of classes, and every run makes them all. Here they share
what is the same for every class, and what is a class's own is compiled when it is first used, and kept for the next run."""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from typing import Any, ClassVar, NoReturn, dataclass_transform

from reportpack.bytecode import Compiled

KEY = "key"
_KEPT = Compiled(__file__)
_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_SIGNS = {"__eq__": "==", **_ORDER}


@dataclasses.dataclass(frozen=True, slots=True)
class KeyWords:
    """What is said of a key of a TOML file where its field stands: its name where that is not the field's, its bounds where it is a whole number."""

    meaning: str = ""
    needed: bool = False
    name: str = ""
    least: int = 0
    most: int | None = None


def key(meaning: str, *, default: Any = MISSING, name: str = "", least: int = 0, most: int | None = None) -> Any:
    """A field that a person gives in a TOML file. Without a default it is nothing of its kind where they leave it out."""
    return dataclasses.field(default=default, metadata={KEY: KeyWords(meaning, False, name, least, most)})


def needed(meaning: str, *, default: Any = MISSING, name: str = "", least: int = 0) -> Any:
    """One that they may not leave out; the default is for records that the program makes."""
    return dataclasses.field(default=default, metadata={KEY: KeyWords(meaning, True, name, least)})


class _Maker(type):
    """Makes each class of records as it is written."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, order: bool = False, eq: bool = True) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, body)
        frozen = not issubclass(bases[0], Changing)
        return _made(super().__new__, cls, name, bases, body, frozen=frozen, order=order, eq=eq)


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field, dataclasses.Field, key, needed))
class Record(metaclass=_Maker):
    """What each record is: a dataclass that is frozen and has slots."""

    __slots__ = ()


@dataclass_transform(field_specifiers=(dataclasses.field, dataclasses.Field))
class Changing(metaclass=_Maker):
    """A dataclass with slots that is no record: it changes."""

    __slots__ = ()


def _made(
    new: Any, maker: type, name: str, bases: tuple[type, ...], given: dict[str, Any], *, frozen: bool, order: bool, eq: bool
) -> Any:
    inherited: dict[str, Field[Any]] = {}
    for base in reversed(bases):
        inherited |= getattr(base, "__dataclass_fields__", {})
    told = given.get("__annotations__", {}).items()
    kinds = {one: kind for one, kind in told if ClassVar not in (kind, getattr(kind, "__origin__", None))}
    added = {one: _field(one, kind, given.get(one, MISSING)) for one, kind in kinds.items()}
    every = {**inherited, **added}
    own = {one: value for one, value in given.items() if one not in added}
    says = {one for one, value in own.items() if value is not None}
    body = {
        "__repr__": _shown,
        **(_FROZEN if frozen else {}),
        **({"__hash__": None} if eq and not frozen else {}),
        "__slots__": tuple(one for one in added if one not in inherited),
        **own,
        "__match_args__": tuple(every),
        "__dataclass_fields__": every,
        "__dataclass_params__": _PARAMS,
    }
    made = new(maker, name, bases, body)
    compared = ("__eq__", *(["__hash__"] if frozen else [])) if eq else ()
    for one in ("__init__", *compared, *(_ORDER if order else [])):
        if one not in says:
            setattr(made, one, _at_first_use(made, one))
    return made


def _field(name: str, kind: Any, given: Any) -> "Field[Any]":
    one: Any = given if isinstance(given, Field) else dataclasses.field(default=given)
    one.name, one.type, one._field_type = name, kind, _FIELD_TYPE
    made: Field[Any] = one
    return made


def _at_first_use(cls: Any, name: str) -> Callable[..., Any]:
    """Compiles the method of that name, puts it in its own place, and goes on with it."""

    def method(self: Any, *given: Any, **named: Any) -> Any:
        known: dict[str, Any] = {"__name__": cls.__module__, "MISSING": MISSING}
        methods: dict[str, Any] = {}
        source = _init(cls, known) if name == "__init__" else _comparison(cls, name)
        exec(_KEPT.get(source, lambda: compile(source, "<record>", "exec")), known, methods)  # noqa: S102 - names of fields that Python took, and nothing else
        compiled = methods[name]
        compiled.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, compiled)
        return compiled(self, *given, **named)

    return method


def _init(cls: Any, known: dict[str, Any]) -> str:
    frozen = cls.__setattr__ is _refuse_change
    arguments, lines = ["self"], []
    for field in fields(cls):
        name, value = field.name, field.name
        if field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            value = f"_make_{name}() if {name} is MISSING else {name}"
            arguments.append(f"{name}=MISSING")
        elif field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            arguments.append(f"{name}=_default_{name}")
        elif field.init:
            arguments.append(name)
        else:
            continue  # `__post_init__` sets it
        known[f"_set_{name}"] = getattr(cls, name).__set__ if frozen else None
        lines.append(f" _set_{name}(self, {value})" if frozen else f" self.{name} = {value}")
    lines.append(" self.__post_init__()" if hasattr(cls, "__post_init__") else " return")
    return "\n".join([f"def __init__({', '.join(arguments)}):", *lines])


def _comparison(cls: Any, name: str) -> str:
    """Records of one class are compared, and hashed, as tuples of their fields are."""
    compared = [field.name for field in fields(cls) if field.compare]
    mine, others = (f"({''.join(f'{of}.{field}, ' for field in compared)})" for of in ("self", "other"))
    if name == "__hash__":
        return f"def __hash__(self):\n return hash({mine})"
    same = f" if other.__class__ is self.__class__: return {mine} {_SIGNS[name]} {others}"
    return f"def {name}(self, other):\n{same}\n return NotImplemented"


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


_FROZEN = {"__setattr__": _refuse_change, "__delattr__": _refuse_removal, "__getstate__": _state, "__setstate__": _take_state}


@dataclasses.dataclass
class _Standard:
    """What the standard library says of a dataclass and of a field."""

    field: int


_FIELDS: Any = vars(_Standard)
_PARAMS = _FIELDS["__dataclass_params__"]
_FIELD_TYPE = _FIELDS["__dataclass_fields__"]["field"]._field_type

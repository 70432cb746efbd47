"""A reading to and from plain JSON values: what is kept between upload and saving. Exact both ways."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from thidua.rules.sheet_reading.values import Reading


def reading_to_plain(reading: Reading) -> dict[str, Any]:
    """Nothing but dicts, lists, strings, numbers, booleans and None; fields that hold their default are left out."""
    plain = to_plain(reading)
    assert isinstance(plain, dict)
    return plain


def reading_from_plain(plain: Mapping[str, Any]) -> Reading:
    """The reading written by ``reading_to_plain``. Raises KeyError, TypeError or ValueError for anything else."""
    reading = from_plain(Reading, plain)
    assert isinstance(reading, Reading)
    return reading


def to_plain(value: object) -> object:
    """Dataclasses as dicts without what holds its default, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {}
        for one in fields(value):
            held = getattr(value, one.name)
            if held != one.default:
                plain[one.name] = to_plain(held)
        return plain
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    return value


def from_plain(kind: Any, plain: Any) -> Any:
    """A value of the type ``kind``: a dataclass, a tuple of these, or a plain value of the right type."""
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # a dataclass is hashable
        if not isinstance(plain, Mapping) or not set(plain) <= set(hints):
            raise ValueError(kind)
        return kind(**{name: from_plain(hints[name], held) for name, held in plain.items()})  # type: ignore[operator]
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind), plain)
    if origin in (Union, UnionType):
        return (
            None if plain is None else from_plain(next(one for one in get_args(kind) if one is not type(None)), plain)
        )
    allowed = get_args(kind) if origin is Literal else None
    if (allowed and plain not in allowed) or (not allowed and type(plain) is not kind):
        raise TypeError(kind)
    return plain


def _tuple(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise TypeError(kinds)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(from_plain(kinds[0], one) for one in plain)
    return tuple(from_plain(kind, one) for kind, one in zip(kinds, plain, strict=True))


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)

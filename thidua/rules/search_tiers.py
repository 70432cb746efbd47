"""A query written out for SQLite FTS5 and for PostgreSQL, with the same meaning in both.

Every word is letters and digits only (see `search_keys`) and quoted, so nothing typed is ever syntax.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from thidua.rules.search_query import Atom, Choices, Query, Term

Kind = Literal["exact", "folded", "prefix", "most"]


class Tier(NamedTuple):
    """One question to the index; ask the next only when this and those before gave too little."""

    kind: Kind
    match: str


class _Dialect(NamedTuple):
    atom: Callable[[Atom], str]
    both: str
    either: str
    without: str


def fts5_tiers(query: Query) -> list[Tier]:
    """MATCH expressions for columns t, ex, fo, xt; none for an empty query."""
    return _tiers(query, _FTS5)


def tsquery_tiers(query: Query) -> list[Tier]:
    """Texts to be cast to ``tsquery`` and matched with the vectors of `search_keys.tsvector_literal`."""
    return _tiers(query, _TSQUERY)


def _fts5_atom(atom: Atom) -> str:
    column = "{t fo}" if atom.field == "fo" else atom.field
    return f'{column} : "{" ".join(atom.words)}"{" *" if atom.prefix else ""}'


def _tsquery_atom(atom: Atom) -> str:
    lexemes = [f"'{atom.field[0]}{word}'" for word in atom.words]
    if atom.prefix:
        lexemes[-1] += ":*"
    return f"({' <-> '.join(lexemes)})"


_FTS5 = _Dialect(_fts5_atom, " AND ", " OR ", " NOT ")
_TSQUERY = _Dialect(_tsquery_atom, " & ", " | ", " & !")


def _tiers(query: Query, dialect: _Dialect) -> list[Tier]:
    if query.is_empty:
        return []
    *before, last = query.terms
    exact = _all_of([term.exact for term in query.terms], dialect)
    folded = [term.folded for term in query.terms]
    questions: list[tuple[Kind, str]] = [("exact", exact), ("folded", _all_of(folded, dialect))]
    if last.begun:
        questions.append(("prefix", _all_of([*(term.folded for term in before), last.begun], dialect)))
    if len(folded) > 2:
        questions.append(("most", _all_but_one(folded, dialect)))
    excluded = _excluded(query.excluded, dialect)
    first_kinds: dict[str, Kind] = {}
    for kind, match in questions:
        first_kinds.setdefault(f"({match}){excluded}" if excluded else match, kind)
    return [Tier(kind, match) for match, kind in first_kinds.items()]


def _excluded(terms: tuple[Term, ...], dialect: _Dialect) -> str:
    """Exclusions are as exact as typed, in every tier."""
    if not terms:
        return ""
    return dialect.without + "(" + dialect.either.join(_any_of(term.exact, dialect) for term in terms) + ")"


def _all_but_one(wanted: list[Choices], dialect: _Dialect) -> str:
    kept = (wanted[:left_out] + wanted[left_out + 1 :] for left_out in range(len(wanted)))
    return dialect.either.join(f"({_all_of(rest, dialect)})" for rest in kept)


def _all_of(wanted: list[Choices], dialect: _Dialect) -> str:
    return dialect.both.join(_any_of(choices, dialect) for choices in wanted)


def _any_of(choices: Choices, dialect: _Dialect) -> str:
    options = [dialect.both.join(map(dialect.atom, choice)) for choice in dict.fromkeys(choices)]
    return "(" + dialect.either.join(f"({option})" for option in options) + ")"

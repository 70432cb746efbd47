"""What the search index keeps of a passage: keys made here, so that every database sees the same words.

Four fields of words (letters and digits only, separated by spaces), one column each in SQLite FTS5
(``tokenize='unicode61 remove_diacritics 0'``):

    t   folded words of the title        "ke hoach kiem tra"
    ex  canonical words, accents kept    "kê hoachj kiêmr tra"    (title and body)
    fo  folded words of the body         "ke hoach kiem tra"
    xt  tokens of dates, phones, numbers "d20200908 m202009 y2020 p0961071956 n217qchts"

PostgreSQL has one ``tsvector``; there the class is the first letter of each lexeme (``e``, ``f``, ``x``)
and the vector is written out by `tsvector_literal`, so its parser never breaks a word.

An index written under another `NORMALISER_VERSION` must be rebuilt: contentless FTS5 deletes a row only
when given the very keys it was stored with.
"""

from dataclasses import dataclass

from thidua.rules.search_extras import find_extras
from thidua.rules.vietnamese import clean_text, nfc, words_of

NORMALISER_VERSION = 1


@dataclass(frozen=True, slots=True)
class Keys:
    """The four indexed fields of a passage, in the order of the columns t, ex, fo, xt."""

    title: str
    canonical: str
    folded: str
    extra: str


def make_keys(body: str, title: str = "") -> Keys:
    """The keys of a passage. The same text, composed or not, in any spelling of tones, gives the same."""
    title, body = clean_text(title), clean_text(body)
    whole = f"{title}\n{body}" if title else body
    return Keys(folded_key(title), canonical_key(whole), folded_key(body), extra_tokens(whole))


def canonical_key(text: str) -> str:
    """Words with their letters, tone last: "Bắc Giang" -> "băcs giang"."""
    return " ".join(word.canonical for word in words_of(nfc(text)))


def folded_key(text: str) -> str:
    """Words without any mark: "Bắc Giang" -> "bac giang"."""
    return " ".join(word.folded for word in words_of(nfc(text)))


def extra_tokens(text: str) -> str:
    """Tokens of the dates, phones and document numbers in a text, each once, in order."""
    found = dict.fromkeys(token for extra in find_extras(nfc(text)) for token in extra.tokens)
    return " ".join(found)


def tsvector_literal(keys: Keys, most_positions: int = 16_000) -> str:
    """The keys as text to be cast to PostgreSQL's ``tsvector``: ``'ebăcs':1 'fbac':1 'xd20200908'``.

    Canonical and folded words of one place share the position, so phrases work in either.
    """
    places: dict[str, list[int]] = {}
    folded = f"{keys.title} {keys.folded}".split()
    for mark, words in (("e", keys.canonical.split()), ("f", folded)):
        for position, word in enumerate(words, start=1):
            places.setdefault(mark + word, []).append(min(position, most_positions))
    lexemes = [f"'{word}':{','.join(map(str, found[:255]))}" for word, found in places.items()]
    return " ".join([*lexemes, *(f"'x{token}'" for token in keys.extra.split())])

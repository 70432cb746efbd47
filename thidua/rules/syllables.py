"""What can be a Vietnamese syllable: the spelling alone, not whether such a word exists.

An initial, a rhyme and at most one tone, which stands on its vowel (hòa and hoà are both taken); a rhyme that ends in
c, ch, p or t carries sắc or nặng.
"""

from functools import lru_cache

from thidua.rules.vietnamese import TONES, nfc

_WRITTEN_INITIALS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_WRITTEN_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay "
    "ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oc oe oem oen oeo oet oi om on ong "
    "ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên "
    "uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu"
)
_WRITTEN_AFTER_QU = "ôc yt ynh ych yên yêt yêu ya yu"
_INITIALS = (*_WRITTEN_INITIALS.split(), "")
_RHYMES, _AFTER_QU = frozenset(_WRITTEN_RHYMES.split()), frozenset(_WRITTEN_AFTER_QU.split())
_STOPS = ("c", "ch", "p", "t")
_STOPPED_TONES = "\u0301\u0323"
_PLAIN, _SHAPED = "aeiouy", "ăâêôơư"
_EITHER = ("oa", "oe", "uy")
_LONGEST = 7  # nghiêng

_LETTERS = {letter: (letter, "") for letter in "bcdđghklmnpqrstvx" + _PLAIN + _SHAPED}
_LETTERS |= {nfc(vowel + tone): (vowel, tone) for vowel in _PLAIN + _SHAPED for tone in TONES}


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """ "Thưởng", "QUYẾT" and "gì" can be Vietnamese; "Néi", "thôûng" and "café" cannot."""
    if len(word) > _LONGEST * 3:  # each letter may stand with two marks of its own
        return False
    read = [_LETTERS.get(letter) for letter in nfc(word).lower()]
    letters = "".join(one[0] for one in read if one)
    places = [place for place, one in enumerate(read) if one and one[1]]
    if None in read or not letters or len(letters) > _LONGEST or len(places) > 1:
        return False
    tone = next((one[1] for one in read if one and one[1]), "")
    if letters.endswith(_STOPS) and (not tone or tone not in _STOPPED_TONES):
        return False
    return any(_fits(letters, initial, places) for initial in _INITIALS if letters.startswith(initial))


def _fits(letters: str, initial: str, places: list[int]) -> bool:
    rhyme = letters[len(initial) :]
    if rhyme not in _RHYMES and not (initial == "qu" and rhyme in _AFTER_QU):
        return False
    return all(place - len(initial) in _places_of_tone(rhyme) for place in places)


@lru_cache(maxsize=512)
def _places_of_tone(rhyme: str) -> tuple[int, ...]:
    shaped = [place for place, letter in enumerate(rhyme) if letter in _SHAPED]
    if shaped:
        return (shaped[-1],)
    vowels = [place for place, letter in enumerate(rhyme) if letter in _PLAIN]
    if rhyme in _EITHER:
        return tuple(vowels)
    has_end = rhyme[-1] not in _PLAIN
    return (vowels[1 if len(vowels) > 1 and (has_end or len(vowels) > 2) else 0],)

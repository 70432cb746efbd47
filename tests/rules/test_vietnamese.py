"""Vietnamese text is cleaned, folded, sorted and filtered as a Vietnamese reader expects."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.rules.vietnamese import (
    canonical_word,
    clean_line,
    clean_text,
    collate_key,
    fold,
    given_name_key,
    matches_search,
    nfc,
    split_tone,
    words_of,
)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_cleaning_composes_and_makes_odd_spaces_plain() -> None:
    assert clean_text(nfd("Trường Sơn")) == "Trường Sơn"
    assert clean_text("72\u00a0/HTS\u2003ngày\t08") == "72 /HTS ngày 08"


def test_cleaning_removes_what_cannot_be_seen() -> None:
    assert clean_text("\ufeffTrư\u200bờng\u00ad \u202eSơn\u202c\x00\x07") == "Trường Sơn"
    assert clean_text("a\ud800b") == "ab"


def test_a_zero_width_space_between_letter_and_mark_does_not_split_the_letter() -> None:
    assert clean_text("Ho\u200b\u0300a") == "Hòa"


def test_cleaning_keeps_lines_and_trims_their_ends() -> None:
    assert clean_text("  một   hai  \r\n\r\n ba \x0b bốn\n\n") == "một hai\n\nba\nbốn"
    assert clean_line(" một\n hai\u2028ba ") == "một hai ba"


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_changes_nothing_and_gives_storable_text(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once == nfc(once)
    assert "\x00" not in once
    once.encode()
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đắk Lắk", "dak lak"), ("ÐẠI HỘI", "dai hoi"), ("ở ộ ữ ắ ơ ư", "o o u a o u"), ("217/QĐ-HTS", "217/qd-hts")],
)
def test_folding_takes_off_every_mark(text: str, folded: str) -> None:
    assert fold(text) == fold(nfd(text)) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("quý", "qúy"),
        ("quý", "quí"),
        ("kỹ", "kĩ"),
        ("Mỹ", "mĩ"),
        ("a\u0301\u0302", "ấ"),
    ],
)
def test_two_ways_of_writing_a_syllable_are_one_canonical_word(one: str, other: str) -> None:
    assert canonical_word(one) == canonical_word(other) == canonical_word(nfd(other))


def test_different_syllables_stay_different() -> None:
    assert canonical_word("thuý") != canonical_word("thúi")
    assert canonical_word("thưởng") == "thươngr"
    assert len({canonical_word(word) for word in ("bắc", "bác", "bạc", "bậc", "bấc", "bac")}) == 6
    assert split_tone("Bắc") == ("băc", "s")


def test_words_know_their_place_in_the_text() -> None:
    text = "Số: 217/QC-HTS, covid19"
    words = [text[word.start : word.end] for word in words_of(text)]
    assert words == ["Số", "217", "QC", "HTS", "covid", "19"]


def test_letters_sort_in_the_order_of_the_vietnamese_alphabet() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    backwards = letters[::-1]
    assert sorted(backwards, key=collate_key) == letters


def test_tones_sort_after_letters() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    backwards = tones[::-1]
    assert sorted(backwards, key=collate_key) == tones
    assert sorted(["hải", "hà", "hạ", "han"], key=collate_key) == ["hà", "hạ", "hải", "han"]


def test_the_tone_of_a_syllable_counts_before_the_next_syllable() -> None:
    assert sorted(["Hòa Bình", "Hoa Lư", "Hoa"], key=collate_key) == ["Hoa", "Hoa Lư", "Hòa Bình"]


def test_numbers_sort_by_value_and_before_letters() -> None:
    names = ["Sư đoàn 470", "Sư đoàn 471", "Sư đoàn 1000", "Sư đoàn bộ"]
    backwards = names[::-1]
    assert sorted(backwards, key=collate_key) == names
    assert sorted(["Lữ đoàn 4B", "Lữ đoàn 12A", "Lữ đoàn 4"], key=collate_key) == [
        "Lữ đoàn 4",
        "Lữ đoàn 4B",
        "Lữ đoàn 12A",
    ]


@settings(deadline=None)
@given(st.lists(st.text(), max_size=6))
def test_any_text_has_a_place_in_the_order(texts: list[str]) -> None:
    backwards = texts[::-1]
    for key in (collate_key, given_name_key):
        assert sorted(texts, key=key) == sorted(backwards, key=key)


def test_placement_of_the_tone_does_not_change_the_order() -> None:
    assert sorted(["Hoà B", "Hòa A", "Hòa C"], key=collate_key) == ["Hòa A", "Hoà B", "Hòa C"]


def test_people_are_listed_by_given_name_then_family_name() -> None:
    people = ["Nguyễn Văn An", "Trần Văn An", "Lê Thị Ân", "Đặng Bình", "Nguyễn Hoa", "Bùi Hòa", ""]
    assert sorted(people, key=given_name_key) == [
        "",
        "Nguyễn Văn An",
        "Trần Văn An",
        "Lê Thị Ân",
        "Đặng Bình",
        "Nguyễn Hoa",
        "Bùi Hòa",
    ]


@pytest.mark.parametrize(
    ("needle", "found"),
    [
        ("", True),
        ("hoa binh", True),
        ("HOÀ", True),
        ("bình hòa", True),
        ("hóa", False),
        ("hoa x", False),
        ("thuong", True),
        ("thươ", True),
        ("thưở", True),
        ("thướ", False),
        ("quy", True),
        ("quyê", True),
        ("470", True),
        ("47", True),
        ("kỹ", True),
    ],
)
def test_a_list_is_filtered_by_what_is_typed(needle: str, found: bool) -> None:
    assert matches_search("Ban Hòa Bình, Sư đoàn 470: khen thưởng, quyết tâm, kĩ sư", needle) is found


def test_accents_typed_must_be_right() -> None:
    assert matches_search("Bắc Giang", "bắc")
    assert not matches_search("Bác Hồ", "bắc")
    assert matches_search("Bác Hồ", "bac")

"""The same words, however they are typed, give the same keys; different words do not."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.rules.search_keys import canonical_key, extra_tokens, folded_key, make_keys, tsvector_literal


def test_the_canonical_key_keeps_accents_and_puts_the_tone_last() -> None:
    assert canonical_key("Bắc Giang, khen thưởng!") == "băcs giang khen thươngr"
    assert folded_key("Bắc Giang, khen thưởng!") == "bac giang khen thuong"


def test_d_with_stroke_folds_even_when_typed_as_the_icelandic_letter() -> None:
    assert canonical_key("Đường") == canonical_key("Ðường") == "đươngf"
    assert folded_key("Đường ÐẠI đẹp") == "duong dai dep"


def test_decomposed_text_gives_the_same_keys() -> None:
    text = "Hội Truyền thống Trường Sơn, ngày 08 tháng 9 năm 2020, số 205/QĐ-HTSVN"
    assert make_keys(unicodedata.normalize("NFD", text)) == make_keys(text)


@pytest.mark.parametrize("written", ["covid-19", "Covid 19", "COVID19", "covid – 19"])
def test_joined_and_separate_words_are_the_same_words(written: str) -> None:
    assert folded_key(written) == "covid 19"


@pytest.mark.parametrize(
    "written",
    [
        "8/9/2020",
        "08/09/2020",
        "08 / 9 / 2020",
        "8.9.2020",
        "08-09-2020",
        "2020-09-08",
        "8/9/20",
        "ngày 8  tháng  9  năm 2020",
        "ngày 08 tháng 9 năm 2020",
        "Hà Nội, Ngày 08 tháng 09 năm 2020.",
        "ngay 8 thang 9 nam 2020",
        "mồng 8 tháng chín năm 2020",
        "ngày mùng 8 tháng 9/2020",
        "(8/9/2020)",
        "từ 8/9/2020-15/9/2020",
    ],
)
def test_a_day_in_figures_and_in_words_is_one_token(written: str) -> None:
    assert extra_tokens(written).split()[:4] == ["d20200908", "m202009", "y2020", "g0908"]


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("tháng 9 năm 2020", "m202009 y2020"),
        ("tháng chín năm 2020", "m202009 y2020"),
        ("9/2020", "m202009 y2020"),
        ("năm 2020", "y2020"),
        ("ngày 19/5", "g0519"),
        ("19 tháng 5", "g0519"),
        ("ngày 19/5/59", "d19590519 m195905 y1959 g0519"),
        ("trong 9 tháng năm 2020", "y2020"),
    ],
)
def test_parts_of_a_date_have_their_own_tokens(written: str, tokens: str) -> None:
    assert extra_tokens(written) == tokens


@pytest.mark.parametrize("written", ["31/2/2020", "8/13/2020", "45/9/2020", "mục 1.2.10", "tỷ số 8/9", "6/2019-2020/1"])
def test_what_is_no_date_gives_no_day(written: str) -> None:
    assert not [token for token in extra_tokens(written).split() if token[0] in "dg"]


@pytest.mark.parametrize(
    "written",
    ["0961071956", "0961.071.956", "0961 071 956", "096-107-1956", "+84 961 071 956", "(+84) 961071956", "84961071956"],
)
def test_a_phone_is_one_token_however_it_is_spaced(written: str) -> None:
    assert extra_tokens(f"Điện thoại: {written}, gặp đồng chí An") == "p0961071956"


def test_a_landline_and_a_number_after_a_phone_are_told_apart() -> None:
    assert extra_tokens("(024) 3733 6666") == "p02437336666"
    assert extra_tokens("0961 071 956 5 người") == "p0961071956"


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("217/QC-HTS", "n217qchts s217hts"),
        ("Số: 72 /HTS", "n72hts"),
        ("72/KH-HTS – Kế hoạch", "n72khhts s72hts"),
        ("05/BB-HTS", "n5bbhts s5hts"),
        ("30/2020/NĐ-CP", "n30y2020ndcp s30ndcp s30y2020cp s30cp"),
        ("15/2003/QH11", "n15y2003qh11 s15qh11"),
    ],
)
def test_a_document_number_is_known_in_full_and_shortened(written: str, tokens: str) -> None:
    assert extra_tokens(written) == tokens


def test_title_and_body_go_to_their_fields() -> None:
    keys = make_keys("Họp ngày 8/9/2020", title="Bắc Giang")
    assert (keys.title, keys.folded) == ("bac giang", "hop ngay 8 9 2020")
    assert keys.canonical == "băcs giang hopj ngayf 8 9 2020"
    assert keys.extra.startswith("d20200908")


def test_the_vector_for_postgresql_puts_both_spellings_at_one_place() -> None:
    literal = tsvector_literal(make_keys("giang 8/9/2020", title="Bắc"))
    assert literal.startswith("'ebăcs':1 'egiang':2 'e8':3 'e9':4 'e2020':5 'fbac':1 'fgiang':2")
    assert literal.endswith("'xd20200908' 'xm202009' 'xy2020' 'xg0908'")


@settings(deadline=None)
@given(st.text())
def test_keys_hold_only_letters_digits_and_spaces(text: str) -> None:
    keys = make_keys(text, title=text)
    for field in (keys.title, keys.canonical, keys.folded, keys.extra):
        assert field.replace(" ", "").isalnum() or not field
        assert field == " ".join(field.split())
    assert len(keys.canonical.split()) == len(f"{keys.title} {keys.folded}".split())

"""What is typed finds what is meant: asked of a real FTS5 table, the exact answers first."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thidua.rules.abbreviations import DEFAULT_ABBREVIATIONS, with_own
from thidua.rules.search_keys import make_keys
from thidua.rules.search_query import MOST_TERMS, parse_query
from thidua.rules.search_tiers import fts5_tiers, tsquery_tiers

PASSAGES = {
    "bắc": "Hội Trường Sơn tỉnh Bắc Giang họp bàn",
    "bác": "Học tập và làm theo lời Bác",
    "bạc": "Kỷ niệm đám cưới bạc của hội viên",
    "hoà": "Tỉnh Hoà Bình",
    "hoa": "Tặng hoa chúc mừng",
    "thuỷ": "Chi hội đường thuỷ",
    "kỹ": "Kỹ sư cầu đường",
    "quý": "Quý I năm 2021",
    "đường": "Đường Hồ Chí Minh",
    "quy chế": "Thực hiện Quy chế 217/QC-HTS của Thường trực Hội",
    "217": "Có 217 hội viên; HTS họp; góp ý QC",
    "kế hoạch": "Kế hoạch số 72 /HTS ngày 08 tháng 9 năm 2020",
    "kế hoạch đủ": "Theo Kế hoạch 72/KH-HTS đã ban hành",
    "luật": "Nghị định 30/2020/NĐ-CP về công tác văn thư",
    "covid": "Khó khăn do dịch covid 19 kéo dài",
    "COVID-19": "Phòng chống COVID-19",
    "điện thoại": "Liên hệ đồng chí An, điện thoại 0961.071.956",
    "tđkt": "Công tác TĐKT của BLL",
    "thi đua": "Công tác Thi đua – Khen thưởng của Ban Liên lạc",
    "thăm": "Thăm hộ nghèo ngày 8/9/2020",
    "tháng 9": "Sơ kết tháng 9/2020",
    "truyền thống": "Kỷ niệm ngày 19/5, mở đường Trường Sơn",
    "quyết": "Sự quyết tâm của tập thể",
}
NAMES = list(PASSAGES)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE passage_fts USING fts5("
            "t, ex, fo, xt, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        for rowid, body in enumerate(PASSAGES.values()):
            keys = make_keys(body)
            row = (rowid, keys.title, keys.canonical, keys.folded, keys.extra)
            connection.execute("INSERT INTO passage_fts(rowid, t, ex, fo, xt) VALUES (?, ?, ?, ?, ?)", row)
        titled = make_keys("Biểu dương chi hội", title="Hội Nữ chiến sĩ")
        row = (len(NAMES), titled.title, titled.canonical, titled.folded, titled.extra)
        connection.execute("INSERT INTO passage_fts(rowid, t, ex, fo, xt) VALUES (?, ?, ?, ?, ?)", row)
        yield connection
    connection.close()


def tiers(index: sqlite3.Connection, typed: str) -> dict[str, list[str]]:
    """For each tier the names of the passages it finds, newest first."""
    asked = "SELECT rowid FROM passage_fts WHERE passage_fts MATCH ? ORDER BY rowid DESC"
    return {
        tier.kind: [[*NAMES, "titled"][rowid] for (rowid,) in index.execute(asked, (tier.match,))]
        for tier in fts5_tiers(parse_query(typed))
    }


def search(index: sqlite3.Connection, typed: str) -> list[str]:
    """Exact first, then folded; prefix and most only when these find nothing, as the search room does."""
    found = tiers(index, typed)
    near = dict.fromkeys(found.get("exact", []) + found.get("folded", []))
    return list(near or dict.fromkeys(found.get("prefix", []) + found.get("most", [])))


def test_the_exact_accent_comes_first_and_alone_in_its_tier(index: sqlite3.Connection) -> None:
    assert tiers(index, "bắc")["exact"] == ["bắc"]
    assert search(index, "bắc") == ["bắc", "bạc", "bác"]
    assert search(index, "bác")[0] == "bác"


def test_without_accents_every_spelling_is_found(index: sqlite3.Connection) -> None:
    assert set(search(index, "bac")) == {"bắc", "bác", "bạc"}
    assert search(index, "bac giang") == ["bắc"]
    assert search(index, "duong thuy") == ["thuỷ"]


@pytest.mark.parametrize(
    ("typed", "passage"),
    [
        ("hòa bình", "hoà"),
        ("đường thủy", "thuỷ"),
        ("kĩ sư", "kỹ"),
        ("qúy", "quý"),
        ("quí I", "quý"),
        ("Đ\u01b0\u01a1\u0300ng Hồ", "đường"),
        ("ÐƯỜNG hồ", "đường"),
    ],
)
def test_the_way_of_typing_a_letter_does_not_matter(index: sqlite3.Connection, typed: str, passage: str) -> None:
    assert tiers(index, typed)["exact"] == [passage]


def test_hoa_with_a_tone_is_not_a_flower(index: sqlite3.Connection) -> None:
    assert tiers(index, "hòa")["exact"] == ["hoà"]
    assert tiers(index, "hoa")["exact"] == ["hoa", "hoà"]


@pytest.mark.parametrize(
    "typed", ["217/QC-HTS", "217 / qc-hts", "217 qc hts", "217 QC-HTS", '"217 qc hts"', "217-QC/HTS"]
)
def test_a_document_number_is_found_however_typed(index: sqlite3.Connection, typed: str) -> None:
    assert tiers(index, typed)["exact"] == ["quy chế"]


def test_a_document_number_may_leave_out_type_or_year(index: sqlite3.Connection) -> None:
    assert tiers(index, "72/HTS")["exact"] == ["kế hoạch đủ", "kế hoạch"]
    assert tiers(index, "72/KH-HTS")["exact"] == ["kế hoạch đủ"]
    assert tiers(index, "72/KH-HTS")["folded"] == ["kế hoạch đủ", "kế hoạch"]
    assert search(index, "30/NĐ-CP") == search(index, "30/2020/nđ-cp") == ["luật"]


def test_words_of_a_number_typed_with_spaces_are_found_scattered_but_later(index: sqlite3.Connection) -> None:
    assert search(index, "217 qc hts") == ["quy chế", "217"] or search(index, "217 qc hts") == ["217", "quy chế"]
    assert "217" not in tiers(index, "217 qc hts")["exact"]


@pytest.mark.parametrize("typed", ["covid-19", "COVID 19", "covid19", "covid – 19"])
def test_joined_words_are_found_apart_and_joined(index: sqlite3.Connection, typed: str) -> None:
    assert set(search(index, typed)) == {"covid", "COVID-19"}


@pytest.mark.parametrize("typed", ["0961071956", "0961 071 956", "+84 961.071.956"])
def test_a_phone_is_found_however_spaced(index: sqlite3.Connection, typed: str) -> None:
    assert search(index, typed) == ["điện thoại"]


def test_the_beginning_of_a_phone_finds_it(index: sqlite3.Connection) -> None:
    assert search(index, "096107") == ["điện thoại"]


@pytest.mark.parametrize(
    "typed", ["8/9/2020", "ngày 08 tháng 9 năm 2020", "08.09.2020", "ngay 8 thang 9 nam 2020", "2020-09-08"]
)
def test_a_day_is_found_in_figures_and_in_words(index: sqlite3.Connection, typed: str) -> None:
    assert search(index, typed) == ["thăm", "kế hoạch"]


def test_a_month_a_year_and_a_day_of_any_year_find_their_days(index: sqlite3.Connection) -> None:
    assert search(index, "tháng 9/2020") == ["tháng 9", "thăm", "kế hoạch"]
    assert search(index, "năm 2020") == ["tháng 9", "thăm", "luật", "kế hoạch"]
    assert search(index, "ngày 8/9") == ["thăm", "kế hoạch"]
    assert search(index, "19/5") == ["truyền thống"]


def test_a_date_narrows_other_words(index: sqlite3.Connection) -> None:
    assert search(index, "thăm ngày 8/9/2020") == ["thăm"]
    assert search(index, "họp 8/9/2020") == []


@pytest.mark.parametrize(
    "typed", ["TĐKT", "tdkt", "thi đua khen thưởng", "thi dua khen thuong", '"thi đua khen thưởng"']
)
def test_abbreviations_are_read_both_ways(index: sqlite3.Connection, typed: str) -> None:
    assert search(index, typed) == ["thi đua", "tđkt"]


def test_our_own_abbreviations_can_be_given(index: sqlite3.Connection) -> None:
    query = parse_query("đhcm", abbreviations=(("ĐHCM", "đường Hồ Chí Minh"),))
    found = index.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?", (fts5_tiers(query)[0].match,))
    assert [NAMES[rowid] for (rowid,) in found] == ["đường"]


def test_exclusion_is_a_hyphen_at_the_start_of_a_word(index: sqlite3.Connection) -> None:
    assert search(index, "bac -giang") == ["bạc", "bác"]
    assert search(index, "bac -bạc -bác") == ["bắc"]
    assert search(index, 'công tác -"ban liên lạc"') == ["luật"]
    assert search(index, "covid -19") == []
    assert search(index, "thi đua – khen thưởng") == ["thi đua", "tđkt"]


def test_a_phrase_in_quotes_keeps_its_order(index: sqlite3.Connection) -> None:
    assert search(index, '"bắc giang"') == ["bắc"]
    assert search(index, '"giang bắc"') == []
    assert search(index, "“hồ chí minh”") == ["đường"]
    assert search(index, '"hồ chí') == ["đường"]


def test_the_last_word_may_be_unfinished(index: sqlite3.Connection) -> None:
    assert search(index, "quyế") == ["quyết"]
    assert "quyết" in tiers(index, "sự quy")["prefix"]
    assert search(index, "72/K") == ["kế hoạch đủ"]


def test_titles_are_found_with_and_without_accents(index: sqlite3.Connection) -> None:
    assert search(index, "hội nữ") == search(index, "hoi nu") == ["titled"]
    assert tiers(index, "hội nữ biểu dương")["exact"] == ["titled"]


def test_one_word_too_many_still_finds_the_rest(index: sqlite3.Connection) -> None:
    assert search(index, "kỹ sư xây cầu đường") == ["kỹ"]


@pytest.mark.parametrize("typed", ["", " ", '"', "-", "–", "...!?", "\x00", '""', "-bắc", "*", "()", "\u200b"])
def test_a_query_of_nothing_asks_nothing(typed: str) -> None:
    query = parse_query(typed)
    assert query.is_empty
    assert fts5_tiers(query) == tsquery_tiers(query) == []


FTS5_SYNTAX = st.sampled_from([*"\"'*^:{}()-+ ,/\x00\ufeff½ﷺ中\ud800", "AND", "OR", "NOT", "NEAR(", "ex:"])
VIETNAMESE = st.sampled_from(["bắc", "hoà", "217/QC-HTS", "8/9/2020", "0961071956", "TĐKT", "thi đua", "covid-19"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(FTS5_SYNTAX | VIETNAMESE, max_size=40).map("".join)))
def test_any_string_is_a_valid_query(index: sqlite3.Connection, typed: str) -> None:
    query = parse_query(typed)
    assert len(query.terms) + len(query.excluded) <= MOST_TERMS
    for tier in fts5_tiers(query):
        index.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?", (tier.match,)).fetchall()
    for tier in tsquery_tiers(query):
        assert not set(tier.match) & set('"\\;\x00')


@pytest.mark.parametrize("typed", ["a" * 10_000, "bắc " * 5_000, '"' * 9_999, "-" * 10_000, "1/" * 5_000, "0 " * 5_000])
def test_a_flood_of_letters_stays_a_small_query(index: sqlite3.Connection, typed: str) -> None:
    for tier in fts5_tiers(parse_query(typed)):
        assert len(tier.match) < 20_000
        index.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?", (tier.match,)).fetchall()


@settings(deadline=None)
@given(st.text(min_size=1))
@example("0×CT")
def test_every_word_of_a_text_finds_the_text(text: str) -> None:
    keys = make_keys(text)
    held = {"ex": keys.canonical, "fo": keys.folded, "xt": keys.extra}
    for term in parse_query(text).terms:
        # "217 qc" is looked for as a document number first, and as the two words it may also be
        assert any(all(f" {' '.join(atom.words)} " in f" {held[atom.field]} " for atom in way) for way in term.exact)


def test_the_office_adds_its_own_abbreviations_and_none_twice() -> None:
    own = (("TĐKT", "thi đua, khen thưởng"), ("CLB", "câu lạc bộ"), ("CLB", "câu lạc bộ"))
    table = with_own(own)
    assert table == (*DEFAULT_ABBREVIATIONS, ("CLB", "câu lạc bộ"))
    [asked] = parse_query("CLB", table).terms
    assert ("cau", "lac", "bo") in {atom.words for way in asked.folded for atom in way}

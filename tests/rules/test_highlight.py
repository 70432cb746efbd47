"""What was found is marked in the text as it was written."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.rules.highlight import highlight, snippet
from thidua.rules.search_query import parse_query

LONG = (
    "Hội nghị khai mạc. " + "Các đại biểu thảo luận sôi nổi. " * 30
    + "Đồng chí Trưởng đoàn đề nghị Hội tỉnh Bắc Giang khen thưởng kịp thời. "
    + "Các đại biểu nhất trí. " * 30
)  # fmt: skip


def marked(text: str, typed: str) -> list[str]:
    return [segment for segment, found in highlight(text, parse_query(typed)) if found]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Tỉnh Bắc Giang, nhớ Bác", "bắc", ["Bắc"]),
        ("Tỉnh Bắc Giang, nhớ Bác", "bac", ["Bắc", "Bác"]),
        ("Chỉ có lời Bác", "bắc", ["Bác"]),
        ("Tỉnh Bắc Giang", "bac giang", ["Bắc Giang"]),
        ("Hoà Bình", "hòa", ["Hoà"]),
        ("Thực hiện Quy chế 217/QC-HTS ngay", "217 qc hts", ["217/QC-HTS"]),
        ("Ngày 08 tháng 9 năm 2020, họp", "8/9/2020", ["Ngày 08 tháng 9 năm 2020"]),
        ("gọi 0961.071.956.", "0961071956", ["0961.071.956"]),
        ("Công tác TĐKT; thi đua, khen thưởng", "thi đua khen thưởng", ["TĐKT", "thi đua, khen thưởng"]),
        ("Thi thể thao; đua xe; khen; thưởng", "thi đua khen thưởng", ["Thi", "đua", "khen", "thưởng"]),
        ("Sự quyết tâm", "quy", ["quyết"]),
        ("Bác và bắc", "hoa -bác", []),
        ("<b>Bắc</b> & Nam", "bắc", ["Bắc"]),
        ("", "bắc", []),
    ],
)
def test_the_best_reading_is_marked(text: str, typed: str, found: list[str]) -> None:
    assert marked(text, typed) == found


def test_decomposed_text_is_shown_composed() -> None:
    assert highlight(unicodedata.normalize("NFD", "ở Bắc Giang"), parse_query("bắc")) == [
        ("ở ", False),
        ("Bắc", True),
        (" Giang", False),
    ]


@settings(deadline=None)
@given(st.text(), st.text())
def test_nothing_of_the_text_is_lost(text: str, typed: str) -> None:
    segments = highlight(text, parse_query(typed))
    assert "".join(segment for segment, _ in segments) == unicodedata.normalize("NFC", text)
    assert all(segment for segment, _ in segments)


def test_a_snippet_shows_the_place_where_the_words_stand_together() -> None:
    shown = snippet(LONG, parse_query("khen thưởng bắc giang đại biểu"), width=120)
    text = "".join(segment for segment, _ in shown)
    assert "Bắc Giang khen thưởng" in text
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) <= 124
    assert ("Bắc Giang khen thưởng", True) in shown


def test_a_snippet_is_cut_between_words() -> None:
    for width in range(40, 200):
        text = "".join(segment for segment, _ in snippet(LONG, parse_query("thưởng"), width=width))
        assert set(text.replace("…", "").split()) <= set(LONG.split())


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    assert snippet("Hội\nBắc  Giang", parse_query("hoa")) == [("Hội Bắc Giang", False)]


def test_without_a_match_the_beginning_is_shown() -> None:
    shown = snippet(LONG, parse_query("không có"), width=60)
    assert shown[0][0].startswith("Hội nghị khai mạc.")
    assert not any(found for _, found in shown)


@settings(deadline=None)
@given(st.text(), st.text(), st.integers(min_value=1, max_value=60))
def test_a_snippet_is_never_much_longer_than_asked(text: str, typed: str, width: int) -> None:
    shown = "".join(segment for segment, _ in snippet(text, parse_query(typed), width=width))
    assert len(shown) <= width + 4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.rules.errors import InvalidEntry
from thidua.rules.points import LARGEST, api_points, format_points, parse_points


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("8", 800),
        ("8,5", 850),
        ("8.5", 850),
        ("8,25", 825),
        ("08", 800),
        ("0", 0),
        ("0,05", 5),
        ("\u00a08,5\u202f", 850),
        ("  7 ", 700),
        ("9999", 999900),
        ("9999,00", 999900),
    ],
)
def test_points_are_read_with_comma_or_dot(typed: str, points: int) -> None:
    assert parse_points(typed) == points


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "1e3",
        "NaN",
        "inf",
        "1.234,5",
        "8,,5",
        "8,5,5",
        "8,",
        ",5",
        "8,555",
        "tám",
        "8 5",
        "+8",
        "8%",
        "0x8",
        "10000",
        "9999,01",
        "99999999999999999999",
        "８",
        "٨",
        "8½",
        "--8",
        "1_000",
        "8\n,5",
    ],
)
def test_what_is_not_a_number_of_points_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        parse_points(typed, allow_negative=True)
    assert "Xin nhập" in refusal.value.message
    assert refusal.value.message.endswith(".")
    assert (refusal.value.status, refusal.value.field) == (422, "points")


def test_negative_points_need_leave() -> None:
    with pytest.raises(InvalidEntry, match="không được âm"):
        parse_points("-1")
    assert parse_points("-1,5", allow_negative=True) == -150
    assert parse_points("\u22121", allow_negative=True) == -100


def test_points_are_printed_with_a_comma_and_sent_with_a_dot() -> None:
    assert [format_points(one) for one in (850, 800, 825, 5, 0, -50, -1025, 10700)] == [
        "8,5",
        "8",
        "8,25",
        "0,05",
        "0",
        "-0,5",
        "-10,25",
        "107",
    ]
    assert [api_points(one) for one in (850, 800, -50, 0)] == ["8.50", "8.00", "-0.50", "0.00"]


@given(st.integers(-LARGEST, LARGEST))
def test_what_is_printed_or_sent_reads_back_the_same(points: int) -> None:
    assert parse_points(format_points(points), allow_negative=True) == points
    assert parse_points(api_points(points), allow_negative=True) == points


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_never_a_crash(typed: str) -> None:
    try:
        assert -LARGEST <= parse_points(typed, allow_negative=True) <= LARGEST
    except InvalidEntry as refusal:
        assert refusal.message.endswith(".")

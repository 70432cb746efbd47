import pytest

from tests.rules.sheets import NOT_APPLICABLE, checklist72, leaf, section
from thidua.rules.entries import Entry, check_entry, choices, entry_points
from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import Criterion, Level

POINTS = Criterion(4, "1.4", "Tranh thủ sự ủng hộ", maximum=1000)
LEVELS = Criterion(
    5,
    "2.1",
    "Hội đồng",
    kind="levels",
    maximum=800,
    minimum=-100,
    levels=(Level("Đủ", 800), Level("Một phần", 500), Level("Chưa", 0), Level("Vi phạm", -100)),
)
COUNT = Criterion(6, "3.5", "Ấn phẩm", kind="count", maximum=200, points_per_count=50)
ABSENCES = Criterion(7, "3.6", "Họp", kind="count", maximum=500, points_per_count=-100)
PENALTY = Criterion(8, "3.7", "Đưa thông tin sai", polarity="penalty", maximum=0, minimum=-1000)
NOTE = Criterion(9, "4", "Nhận xét", kind="note")


def refusal(criterion: Criterion, **typed: object) -> InvalidEntry:
    with pytest.raises(InvalidEntry) as caught:
        check_entry(criterion, **typed)  # type: ignore[arg-type]
    return caught.value


def test_points_within_the_range_and_the_step_are_taken() -> None:
    assert check_entry(POINTS, points=" 8,5 ") == Entry(points=850)
    assert check_entry(POINTS, points="0") == Entry(points=0)
    assert check_entry(POINTS, points="10.0") == Entry(points=1000)


@pytest.mark.parametrize("typed", ["10,5", "8,3", "8,25", "11"])
def test_points_outside_the_range_or_the_step_are_refused_with_the_range(typed: str) -> None:
    refused = refusal(POINTS, points=typed)
    assert refused.message == "Tiêu chí 1.4: điểm phải từ 0 đến 10, mỗi nấc 0,5. Xin nhập lại."
    assert (refused.field, refused.status) == ("points", 422)


def test_what_is_no_number_is_refused_with_the_number_of_the_criterion() -> None:
    assert refusal(POINTS, points="tám").message.startswith("Tiêu chí 1.4: “tám” không phải là điểm")
    assert "không được âm" in refusal(POINTS, points="-1").message


def test_the_maximum_is_allowed_even_off_the_step() -> None:
    odd = leaf(1, 725, step=50)
    assert check_entry(odd, points="7,25") == Entry(points=725)
    assert [choice.label for choice in choices(leaf(1, 225, step=100))] == ["0", "1", "2", "2,25"]


def test_exactly_one_thing_is_to_be_given() -> None:
    assert "chưa có gì" in refusal(POINTS, points="  ", text="").message
    assert "chỉ được chọn một" in refusal(POINTS, points="8", not_applicable=True).message
    assert "chỉ được chọn một" in refusal(LEVELS, points="8", level="0").message


def test_the_wrong_kind_of_answer_is_refused_with_the_right_one() -> None:
    assert "Xin nhập điểm" in refusal(POINTS, level="1").message
    assert "Xin chọn một trong các mức" in refusal(LEVELS, count="1").message
    assert "Xin nhập số lần" in refusal(COUNT, points="1").message
    assert "không chấm điểm" in refusal(NOTE, points="1").message
    assert "từng tiêu chí" in refusal(section(1, POINTS), points="1").message


def test_a_level_is_chosen_by_its_place_or_by_its_points() -> None:
    assert check_entry(LEVELS, level="1") == Entry(level=1)
    assert check_entry(LEVELS, points="5,0") == Entry(level=1)
    assert check_entry(LEVELS, points="-1") == Entry(level=3)
    assert refusal(LEVELS, points="6").message == "Tiêu chí 2.1: chỉ có các mức 8, 5, 0, -1. Xin nhập lại."
    assert refusal(LEVELS, level="4").field == "level"
    assert refusal(LEVELS, level="²").field == "level"
    assert refusal(LEVELS, level="-1").field == "level"


def test_not_applicable_is_neither_zero_nor_an_absence() -> None:
    for criterion in (POINTS, LEVELS, COUNT, PENALTY, NOTE):
        entry = check_entry(criterion, not_applicable=True)
        assert entry == NOT_APPLICABLE != Entry(points=0)
        assert entry_points(criterion, entry) is None


def test_counts_are_multiplied_and_capped() -> None:
    assert [entry_points(COUNT, check_entry(COUNT, count=n)) for n in ("0", "3", "9")] == [0, 150, 200]
    assert [entry_points(ABSENCES, check_entry(ABSENCES, count=n)) for n in ("0", "2", "9")] == [500, 300, 0]
    assert "từ 0 đến 999" in refusal(COUNT, count="1000").message
    assert refusal(COUNT, count="1,5").field == "count"


def test_a_deduction_may_be_typed_with_or_without_its_sign() -> None:
    assert check_entry(PENALTY, points="5") == check_entry(PENALTY, points="-5") == Entry(points=-500)
    assert refusal(PENALTY, points="11").message == (
        "Tiêu chí 3.7: điểm trừ phải từ 0 đến 10, mỗi nấc 0,5. Xin nhập lại."
    )
    unlimited = Criterion(8, "3.8", "Vi phạm", kind="count", polarity="penalty", points_per_count=-200)
    assert entry_points(unlimited, Entry(count=7)) == -1400


def test_a_note_brings_words_and_no_points() -> None:
    entry = check_entry(NOTE, text=" Có nhiều tiến bộ ")
    assert entry == Entry(text="Có nhiều tiến bộ")
    assert entry_points(NOTE, entry) is None


def test_keys_are_shown_for_at_most_twelve_values() -> None:
    assert [choice.value for choice in choices(leaf(1, 550))][-1] == "5.50"
    assert len(choices(leaf(1, 550))) == 12
    assert choices(leaf(1, 600)) == ()
    assert choices(COUNT) == choices(NOTE) == ()
    assert [(choice.label, choice.level) for choice in choices(LEVELS)][:2] == [("Đủ", 0), ("Một phần", 1)]


def test_every_key_shown_is_accepted_when_sent() -> None:
    for criterion in (*checklist72().leaves, LEVELS, PENALTY, leaf(1, 550), leaf(1, 225, step=100)):
        for choice in choices(criterion):
            entry = check_entry(criterion, points=choice.value)
            assert entry_points(criterion, entry) == choice.points


def test_a_bonus_never_takes_points_away() -> None:
    odd = Criterion(
        1,
        "1",
        "Sáng kiến",
        kind="levels",
        polarity="bonus",
        maximum=300,
        levels=(Level("Có", 300), Level("Nộp muộn", -25)),
    )
    assert entry_points(odd, Entry(level=1)) == 0

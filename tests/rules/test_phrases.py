import pytest

from thidua.rules.phrases import ended, enumerated, flowing, joined, lower_first, sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công tác tuyên truyền", "công tác tuyên truyền"),
        ("Hội viên đông đủ", "hội viên đông đủ"),
        ("Hội Trường Sơn", "Hội Trường Sơn"),
        ("Hội đã chủ động", "Hội đã chủ động"),
        ("Ban hành quy chế", "ban hành quy chế"),
        ("Ban Thường vụ", "Ban Thường vụ"),
        ("Đoàn kết nội bộ", "đoàn kết nội bộ"),
        ("Đảng viên gương mẫu", "đảng viên gương mẫu"),
        ("Trung ương Hội", "Trung ương Hội"),
        ("Trung bình mỗi năm", "trung bình mỗi năm"),
        ("BLL chưa họp", "BLL chưa họp"),
        ("Ý thức tốt", "ý thức tốt"),
        ("", ""),
    ],
)
def test_a_sentence_goes_on_in_small_letters_but_names_keep_their_capital(text, expected):
    assert lower_first(text) == expected


def test_items_of_a_list_end_in_semicolons_and_the_last_in_a_full_stop():
    assert enumerated(["một.", " hai;", "", "ba"]) == ("một;", "hai;", "ba.")


def test_items_that_are_sentences_end_as_sentences():
    assert enumerated(["một. Thêm nữa", "hai"]) == ("Một. Thêm nữa.", "Hai.")
    assert enumerated(["vì sao?", "do dịch"]) == ("Vì sao?", "Do dịch.")
    assert enumerated(["làm ngay; giao A", "hai;"]) == ("Làm ngay; giao A.", "Hai.")


def test_things_are_joined_as_they_are_spoken():
    assert [joined(items) for items in ([], ["a"], ["a", "b"], ["a", "", "b", "c"])] == ["", "a", "a và b", "a, b và c"]


def test_ends_are_put_once():
    assert ended("a..", ".") == "a." and sentence("được chưa?") == "Được chưa?" and flowing("Tốt lắm. ") == "tốt lắm"

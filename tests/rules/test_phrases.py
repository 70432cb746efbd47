import pytest

from thidua.rules.phrases import (
    concerning,
    ended,
    enumerated,
    flowing,
    in_quotes,
    joined,
    lower_first,
    one_line,
    points_of,
    sentence,
)


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


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("- Một\n- Hai\n\n3. Ba", ["Một", "Hai", "Ba"]),
        ("-Đẩy mạnh\n• Duy trì", ["Đẩy mạnh", "Duy trì"]),
        ("Hồ sơ gồm:\n- Quyết định số 1\n- Quy chế", ["Hồ sơ gồm: quyết định số 1; quy chế"]),
        ("Phong trào đều\nvà mạnh ở cơ sở\nQuỹ vượt.", ["Phong trào đều và mạnh ở cơ sở", "Quỹ vượt."]),
        ("8.5 điểm\n1.250 hội viên", ["8.5 điểm", "1.250 hội viên"]),
        (" \n - \n.", []),
    ],
)
def test_lines_somebody_typed_as_a_list_are_points_without_their_bullets(typed, points):
    assert points_of(typed) == points


def test_lines_become_one_with_a_mark_between_them():
    assert one_line("Hồ sơ thiếu\nSổ sách chậm") == "Hồ sơ thiếu; sổ sách chậm"
    assert one_line("Hồ sơ thiếu.\nsổ sách chậm") == "Hồ sơ thiếu. Sổ sách chậm"
    assert one_line("Hồ sơ thiếu,\nSổ sách chậm") == "Hồ sơ thiếu, sổ sách chậm"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("xong..", "Xong."), ("xong...", "Xong…"), ("được chưa?", "Được chưa?"), ("a ./.", "A."), ("a;;", "A."),
        ("nói “Làm ngay.”", "Nói “Làm ngay.”"), ("phong trào “Tự hào”", "Phong trào “Tự hào”."),
        ("đạt 100%", "Đạt 100%."),
    ],
)  # fmt: skip
def test_a_sentence_ends_once_however_it_was_typed(typed, expected):
    assert sentence(typed) == expected


def test_a_judgement_names_its_criterion_once():
    assert concerning("Minh chứng chưa đủ.", "1.1") == "Minh chứng chưa đủ (mục 1.1)."
    assert concerning("Minh chứng mục 1.1 chưa đủ", "1.1") == "Minh chứng mục 1.1 chưa đủ"
    assert concerning("Một\nHai", "1.1") == "Một\nHai" and concerning("Một", "") == "Một"


def test_a_quotation_is_put_in_quotes_once():
    assert in_quotes("“Một hai”") == "“Một hai”" and in_quotes(" \n ") == ""

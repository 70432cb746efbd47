from thidua.rules.differences import differences
from thidua.rules.documents import Document, Listing, Paragraph
from thidua.rules.past_phrases import kind_of, phrases_of, suggest

UNIT = "Hội Trường Sơn tỉnh Bắc Giang"


def phrases(year=2020, **blocks):
    made = tuple(
        Listing(name.replace("_", "-"), text) if isinstance(text, tuple) else Paragraph(name.replace("_", "-"), text)
        for name, text in blocks.items()
    )
    return list(phrases_of(Document("BB", "", "Biên bản", made), unit=UNIT, year=year))


def test_sentences_are_offered_to_paragraphs_of_their_kind_only():
    given = phrases(
        strengths=("Phong trào sôi nổi, đều khắp;", "Hồ sơ lưu trữ khoa học."), causes="Cán bộ mới nhận việc."
    )
    assert [one.text for one in suggest(given, "strengths", "")] == [
        "Phong trào sôi nổi, đều khắp",
        "Hồ sơ lưu trữ khoa học",
    ]
    assert suggest(given, "opening", "") == ()
    assert (kind_of("conclusion-2"), kind_of("strengths-more-3"), kind_of("team")) == ("conclusion", "strengths", "")


def test_what_names_a_person_a_number_or_the_unit_is_not_offered():
    given = phrases(
        conclusion=f"{UNIT} làm tốt công tác thi đua. Đạt 92,5 điểm, xếp loại Tốt. Biểu dương đồng chí Hoàng Văn Bắc. "
        "Đề nghị phát huy kết quả đạt được."
    )
    assert [one.text for one in given] == ["Đề nghị phát huy kết quả đạt được"]


def test_a_recommendation_is_offered_without_its_owner_and_day():
    text = "Kiện toàn Hội đồng Thi đua; giao Ban Thường vụ thực hiện, hoàn thành chậm nhất ngày 30 tháng 6 năm 2021."
    assert [one.text for one in phrases(recommendations=text)] == ["Kiện toàn Hội đồng Thi đua"]


def test_the_likest_comes_first_then_the_most_used_and_what_stands_there_already_not_at_all():
    given = [
        *phrases(2018, shortcomings=("Hồ sơ lưu trữ chưa thống nhất;", "Sinh hoạt chi hội chưa đều.")),
        *phrases(2019, shortcomings=("Sinh hoạt chi hội chưa đều;", "Quỹ thi đua chưa được lập.")),
    ]
    assert suggest(given, "shortcomings", "")[0].text == "Sinh hoạt chi hội chưa đều"
    assert (suggest(given, "shortcomings", "")[0].times, suggest(given, "shortcomings", "")[0].year) == (2, 2019)
    assert suggest(given, "shortcomings", "ho so luu")[0].text == "Hồ sơ lưu trữ chưa thống nhất"
    left = suggest(given, "shortcomings", "SINH HOẠT chi hội chưa đều.")
    assert "Sinh hoạt chi hội chưa đều" not in [one.text for one in left] and len(left) == 2


def test_differences_put_both_texts_together_again():
    before, after = "Minh chứng chưa đầy đủ.", "Minh chứng còn thiếu,\nchưa đầy đủ ở đợt hai."
    changes = differences(before, after)
    assert "".join(text for kind, text in changes if kind != "removed") == after
    assert [text for kind, text in changes if kind == "same"] == ["Minh chứng ", "chưa đầy "]
    assert differences("", "") == () and differences("a", "") == (("removed", "a"),)


def test_very_long_texts_are_not_compared_word_by_word():
    assert [kind for kind, _ in differences("a " * 5000, "b " * 5000)] == ["removed", "added"]

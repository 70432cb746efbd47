"""Searching past inspections: what is found, how it is shown, and to whom."""

import re

import pytest

from tests.archive import STRENGTHS, record
from thidua.extensions import begin_writing, db
from thidua.models import Unit


def sentences(page: str) -> list[str]:
    """The sentences of the hits, without marks; not the head of the minutes."""
    found = re.findall(r'hit__sentence">(.*?)</p>', page, re.DOTALL)
    plain = [re.sub(r"</?mark>", "", one) for one in found]
    return [one for one in plain if "Phạm Tiến Ích" not in one]


def ask(client, **question):
    answer = client.get("/search", query_string=question)
    assert answer.status_code == 200
    return answer.text


def test_a_remark_is_found_without_accents_and_marked_in_the_original_text(app, client_of, world):
    record(app, world, *STRENGTHS)
    page = ask(client_of("can-bo"), q="quy khen thuong")
    assert sentences(page) == [STRENGTHS[0]]
    assert "<mark>quỹ khen thưởng</mark>" in page
    for shown in (
        "Hội Trường Sơn tỉnh Bắc Giang",
        "20/10/2020",
        "Kế hoạch 72/HTS",
        "Ưu điểm",
        f'href="/conclusions/{world.conclusion_id}"',
    ):
        assert shown in page


def test_exact_accents_come_first_and_the_others_under_a_heading(app, client_of, world):
    record(app, world, "Lên miền bắc", "Gặp bác sĩ")
    page = ask(client_of("can-bo"), q="bác")
    assert page.index("Gặp <mark>bác</mark> sĩ") < page.index("Không phân biệt dấu") < page.index("<mark>bắc</mark>")
    assert "Không phân biệt dấu" not in ask(client_of("can-bo"), q="bac")


def test_what_was_written_is_shown_as_text_never_as_markup(app, client_of, world):
    record(app, world, "Nói <script>alert(1)</script> & “quỹ”")
    page = ask(client_of("can-bo"), q="alert quỹ")
    assert "&lt;script&gt;<mark>alert</mark>" in page
    assert "<script>alert" not in page
    assert '<b>"><img' not in ask(client_of("can-bo"), q='<b>"><img src=x>')


def test_typing_gets_the_answer_alone_and_the_address_of_the_page(app, client_of, world):
    record(app, world, *STRENGTHS)
    headers = {"HX-Request": "true", "HX-Trigger": "search-form"}
    typed = client_of("can-bo").get(
        "/search/answer", query_string={"q": "kỷ niệm", "unit": world.unit_id}, headers=headers
    )
    assert sentences(typed.text) == [STRENGTHS[2]]
    assert "<html" not in typed.text
    assert typed.headers["HX-Replace-Url"] == f"/search?q=k%E1%BB%B7+ni%E1%BB%87m&unit={world.unit_id}"
    chosen = client_of("can-bo").get("/search/answer?q=a&year=2020", headers=headers | {"HX-Trigger": "filter-year"})
    assert chosen.headers["HX-Push-Url"] == "/search?q=a&year=2020"


def test_unit_year_and_kind_filter_and_show_their_counts(app, client_of, world):
    record(app, world, "Công khai quỹ", "Công khai danh sách")
    record(app, world, "Chưa công khai quỹ", kind="shortcoming", session_id=world.planned_id)
    staff = client_of("can-bo")
    everywhere = ask(staff, q="công khai")
    for choice in ("tỉnh Bắc Giang (2)", "tỉnh Hải Dương (1)", "Năm 2020 (3)", "Ưu điểm (2)", "Hạn chế (1)"):
        assert choice in everywhere
    assert sentences(ask(staff, q="công khai", unit=world.other_unit_id)) == ["Chưa công khai quỹ"]
    assert sentences(ask(staff, q="công khai", kind="shortcoming")) == ["Chưa công khai quỹ"]
    assert "Tìm trong mọi đơn vị, mọi năm" in ask(staff, q="công khai", year=2019)


def test_each_sees_and_counts_only_what_is_theirs(app, client_of, world):
    record(app, world, "Công khai quỹ")
    record(app, world, "Công khai sổ sách", session_id=world.planned_id, state="closed")
    seen = {
        name: len(sentences(ask(client_of(name), q="công khai")))
        for name in ("can-bo", "quan-tri", "truong-doan", "thanh-vien-2", "don-vi", "don-vi-khac", "nguoi-ngoai")
    }
    assert seen == {
        "can-bo": 2,
        "quan-tri": 2,
        "truong-doan": 2,
        "thanh-vien-2": 2,
        "don-vi": 1,
        "don-vi-khac": 0,
        "nguoi-ngoai": 0,
    }
    assert "Hải Dương (" not in ask(client_of("don-vi"), q="công khai")
    assert "Chưa ký biên bản" in ask(client_of("thu-ky"), q="sổ sách")


def test_a_stranger_is_sent_to_the_login(client_of):
    assert client_of("").get("/search?q=quỹ").status_code == 302
    assert client_of("").get("/search/answer?q=quỹ", headers={"HX-Request": "true"}).status_code == 401
    assert client_of("").get("/api/search?q=quỹ").status_code == 401


def test_further_hits_follow_without_gap_or_repetition(app, client_of, world):
    record(app, world, *(f"Việc tốt số {n}" for n in range(45)))
    staff = client_of("can-bo")
    first, second, third = (ask(staff, q="việc tốt", offset=start) for start in ("", "20", "40"))
    assert "45 đoạn" in first and "Xem thêm" in first and "Xem thêm" not in third
    assert len({*sentences(first), *sentences(second), *sentences(third)}) == 45
    part = staff.get("/search/further?q=việc+tốt&offset=20", headers={"HX-Request": "true"}).text
    assert sentences(part) == sentences(second)
    assert "<html" not in part
    assert "Hết kết quả" in ask(staff, q="việc tốt", offset="60")


def test_units_and_plans_are_found_by_name_and_number(client_of, world):
    page = ask(client_of("thu-ky"), q="bac gi")
    assert "Đơn vị: Hội Trường Sơn tỉnh Bắc Giang" in page
    assert f'href="/units/{world.unit_id}"' in page
    for typed in ("72", "72/HTS", "kế hoạch 72", "ke hoach so 72/KH-HTS", "Kế hoạch 72/HTS năm 2020"):
        assert f'href="/plans/{world.plan_id}"' in ask(client_of("thu-ky"), q=typed), typed
    assert "/plans/" not in ask(client_of("thu-ky"), q="72 đồng chí").split('id="answer"')[1]


def test_a_unit_named_among_the_words_narrows_when_nothing_else_is_found(app, client_of, world):
    record(app, world, "Nhà tình nghĩa được sửa")
    record(app, world, "Nhà tình nghĩa còn dột", session_id=world.planned_id)
    page = ask(client_of("can-bo"), q="nhà tình nghĩa hải dương")
    assert sentences(page) == ["Nhà tình nghĩa còn dột"]
    assert "trong các buổi kiểm tra của <b>Hội Trường Sơn tỉnh Hải Dương</b>" in page
    assert client_of("can-bo").get("/api/search?q=nha+tinh+nghia+hai+duong").json["total"] == 1


def test_the_empty_page_gives_examples_and_the_empty_answer_gives_advice(client_of):
    assert "ky niem chuong" in ask(client_of("don-vi"))
    assert "Không thấy “voi xanh”" in ask(client_of("don-vi"), q="voi xanh")


STRANGE = (
    "",
    "'",
    '"',
    "*",
    "a OR b",
    "NEAR(",
    "ex:a",
    "%",
    "\\",
    "((",
    "\x00",
    "😀",
    "- -",
    "'' | 'x",
    "a" * 5000,
    "1/2/3/4",
    "{{ 7*7 }}",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "9" * 400,
    "thi " * 900,
)


@pytest.mark.parametrize("address", ["/search", "/search/answer", "/search/further", "/api/search"])
def test_any_string_whatever_is_answered(app, client_of, world, address):
    record(app, world, *STRENGTHS)
    client = client_of("can-bo")
    for q in STRANGE:
        assert client.get(address, query_string={"q": q}).status_code == 200, q
    for wrong in ("-1", "abc", "9" * 30, "1e9", "٣", ""):
        odd = {"q": "quỹ", "unit": wrong, "year": wrong, "kind": wrong, "offset": wrong, "limit": wrong}
        assert client.get(address, query_string=odd).status_code == 200, wrong


def test_the_api_gives_hits_total_and_facets(app, client_of, world):
    record(app, world, *STRENGTHS, "<b>Quỹ</b> nghĩa tình")
    answer = client_of("can-bo").get("/api/search?q=quỹ&year=2020").json
    assert [hit["tier"] for hit in answer["hits"]] == ["exact", "exact", "folded"]
    assert answer["total"] == 3
    first = next(hit for hit in answer["hits"] if hit["text"] == STRENGTHS[0])
    assert (first["unit"], first["year"], first["title"]) == ("Hội Trường Sơn tỉnh Bắc Giang", 2020, "Ưu điểm")
    assert "<mark>quỹ</mark> khen thưởng" in first["snippet"]
    assert any("&lt;b&gt;<mark>Quỹ</mark>" in hit["snippet"] for hit in answer["hits"])
    assert answer["facets"]["units"] == [{"id": world.unit_id, "name": "Hội Trường Sơn tỉnh Bắc Giang", "count": 3}]
    assert answer["facets"]["years"] == [{"year": 2020, "count": 3}]
    assert first["id"] < 2**53
    assert client_of("nguoi-ngoai").get("/api/search?q=quỹ").json == {
        "hits": [],
        "total": 0,
        "more": False,
        "facets": {"units": [], "years": [], "kinds": []},
    }


def test_a_unit_renamed_later_is_shown_by_its_name_of_today(app, client_of, world):
    record(app, world, *STRENGTHS)
    with app.app_context():
        begin_writing()
        db.session.get(Unit, world.unit_id).name = "Hội Trường Sơn Kinh Bắc"
        db.session.commit()
    assert "Hội Trường Sơn Kinh Bắc" in ask(client_of("can-bo"), q="kỷ niệm chương")

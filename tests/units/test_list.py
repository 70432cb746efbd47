"""The list of units: search with and without accents, two orders, an address that can be shared."""

import pytest


def names(page: str) -> list[str]:
    return [name for name in ("tỉnh Bắc Giang", "tỉnh Hải Dương") if name in page]


@pytest.mark.parametrize("q", ["bac", "Bắc", "bắc gi", "BAC GIANG", "hoàng văn"])
def test_search_finds_a_unit_with_and_without_accents(client_of, q):
    page = client_of("thanh-vien-1").get("/units", query_string={"q": q}).text
    assert names(page) == ["tỉnh Bắc Giang"]
    assert f'value="{q}"' in page


def test_a_wrong_accent_finds_nothing_and_says_what_to_do(client_of):
    page = client_of("thanh-vien-1").get("/units?q=bác").text
    assert names(page) == []
    assert "Không có đơn vị nào khớp" in page


def test_typing_gets_the_list_alone_and_the_page_address(client_of):
    answer = client_of("don-vi").get("/units/list?q=hải+dương&order=az", headers={"HX-Request": "true"})
    assert names(answer.text) == ["tỉnh Hải Dương"]
    assert "<html" not in answer.text
    assert answer.headers["HX-Replace-Url"] == "/units?q=h%E1%BA%A3i+d%C6%B0%C6%A1ng&order=az"


def test_units_stand_in_the_order_of_the_federation_or_of_the_alphabet(client_of):
    staff = client_of("can-bo")
    staff.post("/units/new", data={"name": "BLL tỉnh Ất", "kind": "ban_lien_lac"}, follow_redirects=True)
    page = staff.get("/units").text
    assert page.index("tỉnh Hải Dương") < page.index("BLL tỉnh Ất")
    page = staff.get("/units?order=az").text
    assert page.index("BLL tỉnh Ất") < page.index("tỉnh Bắc Giang")


def test_who_is_not_signed_in_is_sent_to_the_login(client_of):
    assert client_of("").get("/units").status_code == 302


def test_only_the_office_sees_the_buttons_for_changing(client_of):
    assert "Thêm đơn vị" in client_of("can-bo").get("/units").text
    assert "Thêm đơn vị" not in client_of("thu-ky").get("/units").text

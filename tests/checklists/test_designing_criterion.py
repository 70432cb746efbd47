"""The form of a criterion: every kind, every error by field, nothing typed lost, nobody's change overwritten unseen."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from tests.checklists.drafts import add_draft, named, read, sheet, told

HX = {"HX-Request": "true"}
BASE = {"text": "Hồ sơ", "kind": "points", "polarity": "base", "step": "50", "maximum": "20"}


@pytest.fixture
def draft_id(app: Flask) -> int:
    return add_draft(app)


def save(client: Any, app: Flask, draft_id: int, which: str, hx: bool = False, /, **fields: Any) -> Any:
    address = f"/checklists/{draft_id}/design/criteria/{named(app, draft_id, which).id}"
    return client.post(address, data=BASE | {"text": which} | fields, headers=HX if hx else {})


def opened(client: Any, app: Flask, draft_id: int, text: str) -> str:
    """The hidden base of the form as it is opened now."""
    page = client.get(f"/checklists/{draft_id}/design/criteria/{named(app, draft_id, text).id}").text
    return unescape(re.search(r'name="base"[^>]*value="([^"]*)"', page)[1])


def test_points_with_everything_around_them(app: Flask, client_of: Any, draft_id: int) -> None:
    before = named(app, draft_id, "Hồ sơ")
    answer = save(
        client_of("thu-ky"), app, draft_id, "Hồ sơ",
        maximum="12,5", minimum="-2", step="25", critical="y", cap="10", guidance="Xem sổ.\nĐối chiếu.",
        refs="36/HD-HTS\n- 205/QĐ", applies_to=["hoi_nu", "hoi_tinh"], applies_free="Cụm 1, Khối Đảng",
    )  # fmt: skip
    assert answer.status_code == 303
    one = named(app, draft_id, "Hồ sơ")
    assert one.id == before.id and one.number == "1"
    assert (one.maximum, one.minimum, one.step, one.cap, one.critical) == (1250, -200, 25, 1000, True)
    assert one.refs == ("36/HD-HTS", "205/QĐ") and one.guidance == "Xem sổ.\nĐối chiếu."
    assert one.applies_to == ("hoi_tinh", "hoi_nu", "Cụm 1", "Khối Đảng")
    page = client_of("thu-ky").get(f"/checklists/{draft_id}/design/criteria/{one.id}").text
    assert 'value="12,5"' in page and 'value="-2"' in page and "Cụm 1, Khối Đảng" in page


def test_levels_counts_notes_penalties_and_sections(app: Flask, client_of: Any, draft_id: int) -> None:
    client = client_of("thu-ky")
    levels = {"level_text": ["Đủ", "Thiếu", "Không có", ""], "level_points": ["8", "4,5", "-1", ""]}
    save(client, app, draft_id, "Hồ sơ", kind="levels", maximum="", **levels)
    one = named(app, draft_id, "Hồ sơ")
    assert [(level.text, level.points) for level in one.levels] == [("Đủ", 800), ("Thiếu", 450), ("Không có", -100)]
    assert one.maximum == 800
    save(client, app, draft_id, "Hồ sơ", kind="count", maximum="10", points_per_count="-0,5")
    one = named(app, draft_id, "Hồ sơ")
    assert (one.points_per_count, one.maximum, one.levels) == (-50, 1000, ())
    save(client, app, draft_id, "Hồ sơ", kind="count", polarity="penalty", points_per_count="2", deduction="6")
    one = named(app, draft_id, "Hồ sơ")
    assert (one.points_per_count, one.maximum, one.minimum) == (-200, 0, -600)
    save(client, app, draft_id, "Hồ sơ", kind="points", polarity="penalty", deduction="3")
    assert (named(app, draft_id, "Hồ sơ").maximum, named(app, draft_id, "Hồ sơ").minimum) == (0, -300)
    save(client, app, draft_id, "Hồ sơ", kind="note")
    assert (named(app, draft_id, "Hồ sơ").kind, named(app, draft_id, "Hồ sơ").maximum) == ("note", None)
    save(client, app, draft_id, "Khen thưởng", kind="section", maximum="30", cap="25", only_highest="y", critical="y")
    section = named(app, draft_id, "Khen thưởng")
    assert (section.maximum, section.cap, section.only_highest, section.critical) == (3000, 2500, True, False)
    save(client, app, draft_id, "Hồ sơ", kind="points", polarity="bonus", maximum="")
    assert named(app, draft_id, "Hồ sơ").maximum is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Xin ghi nội dung."),
        ({"maximum": ""}, "Xin ghi điểm tối đa"),
        ({"maximum": "mười"}, "Điểm tối đa: “mười” không phải là điểm"),
        ({"maximum": "5", "minimum": "6"}, "lớn hơn điểm tối đa"),
        ({"kind": "lạ"}, "Xin chọn loại."),
        ({"polarity": ""}, "Xin chọn điểm thường"),
        ({"step": "3"}, "Xin chọn nấc điểm"),
        ({"kind": "count", "points_per_count": ""}, "Xin ghi số điểm cho mỗi lần"),
        ({"kind": "count", "polarity": "bonus", "points_per_count": "-1"}, "xin ghi số dương"),
        ({"kind": "levels"}, "Xin ghi ít nhất một mức"),
        ({"kind": "levels", "level_text": ["Đủ"], "level_points": ["tám"]}, "Mức 1: “tám” không phải là điểm"),
        ({"kind": "levels", "level_text": [""], "level_points": ["8"]}, "Mức 1: xin ghi lời của mức"),
        ({"kind": "levels", "level_text": ["A", "A"], "level_points": ["8", "4"]}, "hai mức cùng lời"),
        ({"kind": "levels", "polarity": "penalty", "level_text": ["A"], "level_points": ["8"]}, "ghi số âm"),
        ({"own_number": "y", "number": ""}, "Xin ghi số thứ tự"),
        ({"cap": "x"}, "Điểm trần"),
        ({"kind": "section", "starts_full": "y", "maximum": ""}, "cần có điểm tối đa"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    app: Flask, client_of: Any, draft_id: int, fields: dict[str, Any], sentence: str
) -> None:
    before = sheet(app, draft_id)
    for hx in (False, True):
        answer = save(client_of("thu-ky"), app, draft_id, "Hồ sơ", hx, guidance="Điều đang gõ dở", **fields)
        assert answer.status_code == 422
        assert sentence in answer.text and "Điều đang gõ dở" in answer.text
        assert ("<html" in answer.text) is not hx
    assert sheet(app, draft_id) == before


def test_a_number_of_ones_own_and_back_to_the_machines(app: Flask, client_of: Any, draft_id: int) -> None:
    client = client_of("thu-ky")
    save(client, app, draft_id, "Kế hoạch", own_number="y", number="Đ.1")
    assert told(app, draft_id)[1:3] == ["Đ.1 Kế hoạch", "2 Kết quả"]
    assert 'name="own_number" type="checkbox" value="y" checked' in re.sub(
        r"<input([^>]*)>",
        lambda m: "<input " + " ".join(sorted(re.findall(r'[\w-]+="[^"]*"|checked', m[1]), key=_order)) + ">",
        client.get(f"/checklists/{draft_id}/design/criteria/{named(app, draft_id, 'Kết quả').id}").text,
    )
    twice = save(client, app, draft_id, "Kết quả", own_number="y", number="Đ.1")
    assert twice.status_code == 409 and "đã có ở nội dung bên cạnh" in twice.text
    save(client, app, draft_id, "Kết quả")
    assert told(app, draft_id)[1:3] == ["Đ.1 Kế hoạch", "Đ.2 Kết quả"]


def _order(attribute: str) -> int:
    names = ("name=", "type=", "value=", "checked")
    return next((place for place, name in enumerate(names) if attribute.startswith(name)), 9)


def test_two_people_on_one_criterion(app: Flask, client_of: Any, draft_id: int) -> None:
    first, second = client_of("thu-ky"), client_of("can-bo")
    base = opened(first, app, draft_id, "Hồ sơ")
    save(second, app, draft_id, "Hồ sơ", maximum="15")
    answer = save(first, app, draft_id, "Hồ sơ", maximum="18", guidance="Chữ của tôi", base=base)
    assert answer.status_code == 409
    for words in ("Điểm tối đa: trước là 20, nay là 15", 'value="18"', "Chữ của tôi"):
        assert words in answer.text
    assert named(app, draft_id, "Hồ sơ").maximum == 1500
    again = save(first, app, draft_id, "Hồ sơ", maximum="18", base=opened(first, app, draft_id, "Hồ sơ"))
    assert again.status_code == 303 and named(app, draft_id, "Hồ sơ").maximum == 1800


def test_somebody_elses_change_elsewhere_does_not_stop_mine(app: Flask, client_of: Any, draft_id: int) -> None:
    first, second = client_of("thu-ky"), client_of("can-bo")
    base, seen = opened(first, app, draft_id, "Hồ sơ"), read(app, draft_id).revision
    save(second, app, draft_id, "Kế hoạch", maximum="15")
    answer = save(first, app, draft_id, "Hồ sơ", True, maximum="18", base=base, revision=seen)
    assert answer.status_code == 200 and named(app, draft_id, "Hồ sơ").maximum == 1800
    assert 'id="outline"' in answer.text  # the whole outline: the screen was behind


def test_the_panel_saves_and_goes_on_to_the_next_row(app: Flask, client_of: Any, draft_id: int) -> None:
    client, leaf = client_of("thu-ky"), named(app, draft_id, "Hồ sơ").id
    panel = client.get(f"/checklists/{draft_id}/design/criteria/{leaf}/panel")
    assert panel.status_code == 200 and "<html" not in panel.text and "hx-post" in panel.text
    answer = save(client, app, draft_id, "Hồ sơ", True, revision="0", then="sibling", maximum="7")
    assert [(one.number, one.maximum) for one in named(app, draft_id, "Khen thưởng").children] == [
        ("1", 700),
        ("2", 700),
    ]
    assert 'id="criterion-form"' in answer.text and "Nội dung mới" in answer.text
    plain = save(client, app, draft_id, "Hồ sơ", then="sibling")
    assert plain.status_code == 303 and "/design/criteria/" in plain.location


def test_rows_of_levels_come_and_go_without_being_saved(app: Flask, client_of: Any, draft_id: int) -> None:
    client, leaf = client_of("thu-ky"), named(app, draft_id, "Hồ sơ").id
    before = sheet(app, draft_id)
    address = f"/checklists/{draft_id}/design/criteria/{leaf}"
    rows = {"level_text": ["Đủ", "Thiếu"], "level_points": ["8", "4"]}

    def texts(page: str) -> list[str]:
        return re.findall(r'name="level_text" value="([^"]*)"', page)

    for move, expected in (
        ("add", ["Đủ", "Thiếu", ""]),
        ("down-0", ["Thiếu", "Đủ"]),
        ("up-1", ["Thiếu", "Đủ"]),
        ("drop-0", ["Thiếu"]),
        ("drop-7", ["Đủ", "Thiếu"]),
    ):
        part = client.post(f"{address}/levels", data=rows | {"level_move": move}, headers=HX)
        assert texts(part.text) == expected and "<html" not in part.text
    page = client.post(address, data=BASE | rows | {"level_move": "add", "kind": "levels", "guidance": "Dở dang"})
    assert page.status_code == 200 and texts(page.text) == ["Đủ", "Thiếu", ""] and "Dở dang" in page.text
    assert sheet(app, draft_id) == before


def test_a_section_with_children_stays_a_section(app: Flask, client_of: Any, draft_id: int) -> None:
    answer = save(client_of("thu-ky"), app, draft_id, "Khen thưởng", kind="points")
    assert answer.status_code == 422 and "phải là Mục" in answer.text
    assert named(app, draft_id, "Khen thưởng").is_section

"""Settings, ratings and gates of a draft: saved as typed, refused by field, nobody's change overwritten unseen."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.checklists.drafts import add_draft, named, read, sheet
from thidua.rules.sheet import Band, Cluster, Gate

HX = {"HX-Request": "true"}
SETTINGS = {"name": "Bảng đang soạn", "declared_max": "100", "not_applicable": "leave_out", "revision": "0"}
BANDS = {
    "band_label": ["Tốt", "Khá", "Yếu"],
    "band_minimum": ["80", "50", "0"],
    "band_maximum": ["100", "", ""],
    "band_by_kind": ["Hội Nữ: 75; Khối Đảng: 85", "", ""],
}


def gates(*rows: tuple[str, str, str, str, str, str]) -> dict[str, list[str]]:
    names = ("kind", "criterion", "threshold", "effect", "label", "text")
    return {f"gate_{name}": [row[place] for row in rows] for place, name in enumerate(names)}


@pytest.fixture
def draft_id(app: Flask) -> int:
    return add_draft(app)


def test_settings_are_saved_as_typed(app: Flask, client_of: Any, draft_id: int) -> None:
    client, address = client_of("thu-ky"), f"/checklists/{draft_id}/design/settings"
    answer = client.post(
        address,
        data=SETTINGS
        | {
            "name": "Tên mới", "note": "Căn cứ quy chế.", "declared_max": "140",
            "by_kind": "Hội Nữ: 90\nKhối Đảng: 80,5",
            "not_applicable": "full_marks", "bonus_cap": "10", "total_cap": "150",
            "cluster_number": ["1", ""], "cluster_name": ["Cụm miền Bắc", ""],
            "cluster_units": ["Hà Nội; Bắc Giang", ""],
        },
    )  # fmt: skip
    assert answer.status_code == 303
    saved = sheet(app, draft_id)
    assert (saved.name, saved.note, saved.declared_max, saved.not_applicable) == (
        *("Tên mới", "Căn cứ quy chế.", 14000, "full_marks"),
    )
    assert saved.declared_max_by_kind == (("hoi_nu", 9000), ("Khối Đảng", 8050))
    assert (saved.bonus_cap, saved.total_cap) == (1000, 15000)
    assert saved.clusters == (Cluster("1", "Cụm miền Bắc", ("Hà Nội", "Bắc Giang")),)
    page = client.get(address).text
    assert "Hội Nữ: 90\nKhối Đảng: 80,5" in page and "Hà Nội; Bắc Giang" in page
    client.post(address, data=SETTINGS | {"revision": "1"})
    assert (sheet(app, draft_id).bonus_cap, sheet(app, draft_id).clusters) == (None, ())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Xin ghi tên bảng điểm."),
        ({"declared_max": ""}, "Xin ghi tổng điểm"),
        ({"by_kind": "Hội Nữ"}, "chưa đúng. Xin ghi “Loại đơn vị: số điểm”"),
        ({"by_kind": "Hội Nữ: x"}, "“x” không phải là điểm"),
        ({"by_kind": "Hội Nữ: 1; hội nữ: 2"}, "ghi hai lần"),
        ({"bonus_cap": "-1"}, "Trần điểm thưởng: Điểm không được âm"),
        ({"not_applicable": "lạ"}, "Xin chọn cách tính"),
        ({"cluster_number": ["1"], "cluster_name": [""], "cluster_units": ["A"]}, "xin ghi tên cụm"),
    ],
)
def test_wrong_settings_are_told_and_kept(
    app: Flask, client_of: Any, draft_id: int, fields: dict[str, Any], sentence: str
) -> None:
    answer = client_of("thu-ky").post(
        f"/checklists/{draft_id}/design/settings", data=SETTINGS | {"note": "Điều gõ dở"} | fields
    )
    assert answer.status_code == 422 and sentence in answer.text and "Điều gõ dở" in answer.text
    assert read(app, draft_id).revision == 0


def test_settings_on_an_old_picture_show_what_is_saved_now(app: Flask, client_of: Any, draft_id: int) -> None:
    address = f"/checklists/{draft_id}/design/settings"
    client_of("can-bo").post(address, data=SETTINGS | {"declared_max": "120"})
    answer = client_of("thu-ky").post(address, data=SETTINGS | {"declared_max": "130", "note": "Của tôi"})
    assert answer.status_code == 409
    assert "Tổng điểm ghi trên bảng: nay đang lưu là “120”" in answer.text
    assert 'value="130"' in answer.text and "Của tôi" in answer.text
    assert re.search(r'name="revision"[^>]*value="1"', answer.text)
    again = client_of("thu-ky").post(address, data=SETTINGS | {"declared_max": "130", "revision": "1"})
    assert again.status_code == 303 and sheet(app, draft_id).declared_max == 13000


def test_ratings_and_gates_are_saved_as_typed(app: Flask, client_of: Any, draft_id: int) -> None:
    client, address = client_of("thu-ky"), f"/checklists/{draft_id}/design/ratings"
    rows = gates(
        ("critical_zero", "", "", "at_most", "Khá", ""),
        ("critical_zero", "2", "", "lower_one", "", ""),
        ("section_below", "I", "50", "at_most", "Khá", ""),
        ("manual", "2", "", "not_rated", "", "Có đơn thư tố cáo đúng"),
    )
    assert client.post(address, data=BANDS | rows | {"revision": "0"}).status_code == 303
    saved = sheet(app, draft_id)
    assert saved.bands == (
        Band("Tốt", 8000, 10000, (("hoi_nu", 7500), ("Khối Đảng", 8500))),
        Band("Khá", 5000),
        Band("Yếu", 0),
    )
    assert saved.gates == (
        Gate("critical_zero", None, None, "at_most", "Khá"),
        Gate("critical_zero", "2", None, "lower_one"),
        Gate("section_below", "I", 50, "at_most", "Khá"),
        Gate("manual", None, None, "not_rated", None, "Có đơn thư tố cáo đúng"),
    )
    page = client.get(address).text
    assert "Hội Nữ: 75; Khối Đảng: 85" in page and "Có đơn thư tố cáo đúng" in page


def test_a_gate_follows_its_criterion_when_numbers_change(app: Flask, client_of: Any, draft_id: int) -> None:
    client = client_of("thu-ky")
    rows = gates(("critical_zero", "2", "", "lower_one", "", ""))
    client.post(f"/checklists/{draft_id}/design/ratings", data=BANDS | rows | {"revision": "0"})
    row = named(app, draft_id, "Kết quả").id
    client.post(f"/checklists/{draft_id}/design/outline", data={"act": "up", "criterion": row, "revision": "1"})
    saved = sheet(app, draft_id)
    assert saved.gates[0].criterion == "I.1" and saved.numbered("I.1").id == row
    refused = client.post(
        f"/checklists/{draft_id}/design/outline", data={"act": "remove", "criterion": row, "revision": "2"}
    )
    assert refused.status_code == 409 and "Khống chế xếp loại đang dẫn đến" in refused.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"band_label": ["", "Khá", "Yếu"]}, "xin ghi tên mức"),
        ({"band_label": ["Khá", "Khá", "Yếu"]}, "đã dùng ở dòng khác"),
        ({"band_minimum": ["", "50", "0"]}, "xin ghi điểm thấp nhất"),
        ({"band_minimum": ["tám", "50", "0"]}, "“tám” không phải là điểm"),
        ({"band_by_kind": ["Hội Nữ", "", ""]}, "Loại đơn vị: số điểm"),
        (gates(("lạ", "", "", "at_most", "Khá", "")), "xin chọn khi nào áp dụng"),
        (gates(("critical_zero", "", "", "at_most", "Giỏi", "")), "xin chọn không quá mức nào"),
        (gates(("critical_zero", "99", "", "lower_one", "", "")), "không có nội dung nào mang số “99”"),
        (gates(("section_below", "I", "500", "lower_one", "", "")), "xin ghi tỷ lệ từ 1 đến 100"),
        (gates(("manual", "", "", "not_rated", "", "")), "xin ghi trường hợp áp dụng"),
        (gates(("manual", "", "", "", "", "Kỷ luật")), "xin chọn áp dụng thế nào"),
    ],
)
def test_wrong_ratings_are_told_and_kept(
    app: Flask, client_of: Any, draft_id: int, fields: dict[str, Any], sentence: str
) -> None:
    answer = client_of("thu-ky").post(f"/checklists/{draft_id}/design/ratings", data=BANDS | {"revision": "0"} | fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert 'value="Yếu"' in answer.text and read(app, draft_id).revision == 0


def test_ratings_on_an_old_picture_are_kept_beside_what_is_saved(app: Flask, client_of: Any, draft_id: int) -> None:
    address = f"/checklists/{draft_id}/design/ratings"
    client_of("can-bo").post(address, data=BANDS | {"revision": "0"})
    mine = BANDS | {"band_minimum": ["90", "50", "0"], "revision": "0"}
    answer = client_of("thu-ky").post(address, data=mine)
    assert answer.status_code == 409 and 'value="90"' in answer.text and "Tốt: từ 80 điểm" in answer.text
    assert client_of("thu-ky").post(address, data=mine | {"revision": "1"}).status_code == 303
    assert sheet(app, draft_id).bands[0].minimum == 9000


def test_rows_come_and_go_without_being_saved(app: Flask, client_of: Any, draft_id: int) -> None:
    client, address = client_of("thu-ky"), f"/checklists/{draft_id}/design"
    labels = r'name="band_label" value="([^"]*)"'
    part = client.post(f"{address}/ratings/band", data=BANDS | {"band_move": "down-0"}, headers=HX)
    assert re.findall(labels, part.text) == ["Khá", "Tốt", "Yếu"] and "<html" not in part.text
    page = client.post(f"{address}/ratings", data=BANDS | {"band_move": "drop-2", "revision": "0"})
    assert page.status_code == 200 and re.findall(labels, page.text) == ["Tốt", "Khá"]
    part = client.post(f"{address}/ratings/gate", data={"gate_move": "add"}, headers=HX)
    assert part.text.count('name="gate_kind"') == 1
    part = client.post(f"{address}/settings/clusters", data={"cluster_move": "add"}, headers=HX)
    assert part.text.count('name="cluster_name"') == 1
    page = client.post(f"{address}/settings", data=SETTINGS | {"cluster_move": "add", "note": "Dở dang"})
    assert page.status_code == 200 and "Dở dang" in page.text and page.text.count('name="cluster_name"') == 1
    assert read(app, draft_id).revision == 0

"""Designing a draft: buttons change the outline, on an old picture they are refused, what is removed comes back."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.checklists.drafts import add_draft, named, read, sheet, told

HX = {"HX-Request": "true"}


@pytest.fixture
def draft_id(app: Flask) -> int:
    return add_draft(app)


def press(client: Any, app: Flask, draft_id: int, act: str, text: str = "", **more: str) -> Any:
    """A button of the outline, pressed on the picture of now."""
    fields = {"revision": str(read(app, draft_id).revision)} | more
    if text:
        fields["criterion"] = str(named(app, draft_id, text).id)
    headers = HX if fields.pop("hx", "") else {}
    return client.post(f"/checklists/{draft_id}/design/outline", data=fields | {"act": act}, headers=headers)


def test_a_secretary_starts_a_sheet_from_nothing(app: Flask, client_of: Any) -> None:
    client = client_of("thu-ky")
    assert "Soạn bảng điểm mới" in client.get("/checklists").text
    answer = client.post(
        "/checklists/new",
        data={"name": "Bảng điểm 2026", "declared_max": "90", "not_applicable": "full_marks", "step": "25"},
    )
    assert answer.status_code == 303
    draft_id = int(re.search(r"/checklists/(\d+)/design", answer.location)[1])
    made = read(app, draft_id)
    assert (made.state, made.declared_max, made.not_applicable) == ("draft", 9000, "full_marks")
    assert [(one.kind, one.step) for one in made.sheet.leaves] == [("points", 25)]
    page = client.get(answer.location).text
    assert "chưa ghi nội dung" in page and "Cộng được" in page


def test_a_sheet_starts_as_a_copy_of_another(app: Flask, client_of: Any, world: Any) -> None:
    answer = client_of("can-bo").post(
        "/checklists/new",
        data={
            "name": "Bản chép", "declared_max": "100", "not_applicable": "leave_out", "step": "50",
            "copied_from": str(world.checklist_id),
        },
    )  # fmt: skip
    copy = sheet(app, int(re.search(r"(\d+)/design", answer.location)[1]))
    original = sheet(app, world.checklist_id)
    assert [one.text for one in copy.all] == [one.text for one in original.all]
    assert copy.gates == original.gates and copy.bands == original.bands and copy.name == "Bản chép"


def test_what_is_wrong_with_a_new_sheet_is_told_by_field_and_kept(client_of: Any) -> None:
    answer = client_of("can-bo").post(
        "/checklists/new",
        data={"name": "", "declared_max": "một trăm", "not_applicable": "x", "step": "7", "copied_from": "999"},
    )
    assert answer.status_code == 422
    for words in (
        "Xin ghi tên bảng điểm.",
        "“một trăm” không phải là điểm",
        "Xin chọn nấc điểm.",
        "Xin chọn trong danh sách.",
        'value="một trăm"',
    ):
        assert words in answer.text


def test_the_buttons_work_without_scripts(app: Flask, client_of: Any, draft_id: int) -> None:
    client = client_of("thu-ky")
    answer = press(client, app, draft_id, "down", "Kế hoạch")
    assert answer.status_code == 303 and answer.location.endswith(f"#row-{named(app, draft_id, 'Kế hoạch').id}")
    assert told(app, draft_id)[1:3] == ["1 Kết quả", "2 Kế hoạch"]
    page = client.get(answer.location).text
    assert "Đã đưa xuống: 2 Kế hoạch" in page
    assert re.search(rf'value="{named(app, draft_id, "Kế hoạch").id}"[^>]* checked', page)
    press(client, app, draft_id, "indent", "Kế hoạch")
    assert named(app, draft_id, "Kết quả").children[0].text == "Kế hoạch"
    press(client, app, draft_id, "outdent", "Kế hoạch")
    press(client, app, draft_id, "up", "Kế hoạch")
    assert told(app, draft_id)[:3] == ["I Phong trào thi đua", "1 Kế hoạch", "2 Kết quả"]
    press(client, app, draft_id, "duplicate", "Hồ sơ")
    assert told(app, draft_id)[-2:] == ["1 Hồ sơ", "2 Hồ sơ"]
    added = press(client, app, draft_id, "sibling", "Khen thưởng")
    assert "/design/criteria/" in added.location and told(app, draft_id)[-1] == "III "
    assert press(client, app, draft_id, "edit", "Kết quả").location.endswith(
        f"/criteria/{named(app, draft_id, 'Kết quả').id}"
    )
    press(client, app, draft_id, "renumber", "Kết quả")


def test_a_removal_is_undone_with_the_same_ids_also_on_another_day(app: Flask, client_of: Any, draft_id: int) -> None:
    client = client_of("thu-ky")
    before = sheet(app, draft_id)
    section = named(app, draft_id, "Phong trào thi đua")
    press(client, app, draft_id, "remove", "Phong trào thi đua")
    assert told(app, draft_id) == ["I Khen thưởng", "1 Hồ sơ"]
    page = client_of("can-bo").get(f"/checklists/{draft_id}/design").text
    assert "Đã xóa: I Phong trào thi đua và 2 nội dung bên dưới" in page
    press(client, app, draft_id, f"restore-{section.id}")
    assert sheet(app, draft_id) == before
    again = press(client, app, draft_id, f"restore-{section.id}")
    assert again.status_code == 409 and "đã được đưa lại" in again.text


def test_with_htmx_only_what_changed_comes_back(app: Flask, client_of: Any, draft_id: int) -> None:
    client = client_of("thu-ky")
    answer = press(client, app, draft_id, "down", "Kế hoạch", hx="1")
    ids = {one.text: one.id for one in sheet(app, draft_id).all}
    assert answer.status_code == 200 and "<html" not in answer.text
    assert f'id="row-{ids["Kết quả"]}"' in answer.text
    assert f'id="row-{ids["Hồ sơ"]}"' not in answer.text and f'id="row-{ids["Khen thưởng"]}"' not in answer.text
    assert 'name="revision" value="1"' in answer.text
    added = press(client, app, draft_id, "sibling", "Hồ sơ", hx="1", panel="1")
    assert 'id="criterion-form"' in added.text and 'hx-swap-oob="afterend:#row-' in added.text
    on_a_phone = press(client, app, draft_id, "child", "Khen thưởng", hx="1")
    assert on_a_phone.status_code == 204 and "/design/criteria/" in on_a_phone.headers["HX-Redirect"]


def test_an_old_picture_is_refused_and_what_changed_is_told(app: Flask, client_of: Any, draft_id: int) -> None:
    first, second = client_of("thu-ky"), client_of("can-bo")
    page = first.get(f"/checklists/{draft_id}/design").text
    picture = re.search(r'name="picture" value="([^"]*)"', page)[1]
    press(second, app, draft_id, "remove", "Kết quả")
    press(second, app, draft_id, "sibling", "Hồ sơ")
    press(second, app, draft_id, "down", "Phong trào thi đua")
    before = told(app, draft_id)
    for hx in ("", "1"):
        answer = press(first, app, draft_id, "up", "Hồ sơ", revision="0", picture=picture, hx=hx)
        assert answer.status_code == 409
        for words in (
            "Có người vừa sửa bản nháp",
            "Đã xóa: 2 Kết quả",
            "Đã thêm: 2 (chưa ghi nội dung)",
            "Đã đổi thứ tự",
        ):
            assert words in answer.text, words
        assert 'name="revision" value="3"' in answer.text
    assert told(app, draft_id) == before


def test_refusals_are_told_and_nothing_changes(app: Flask, client_of: Any, draft_id: int) -> None:
    client = client_of("thu-ky")
    before = sheet(app, draft_id)
    for act, text, words in (
        ("up", "Phong trào thi đua", "đã đứng đầu"),
        ("outdent", "Khen thưởng", "ngoài cùng"),
        ("indent", "Kế hoạch", "thụt vào"),
        ("up", "", "Xin chọn một dòng"),
    ):
        answer = press(client, app, draft_id, act, text)
        assert answer.status_code == 409 and words in answer.text
    assert (
        client.post(
            f"/checklists/{draft_id}/design/outline",
            data={"act": "x", "revision": "0", "criterion": named(app, draft_id, "Hồ sơ").id},
        ).status_code
        == 400
    )
    assert (
        client.post(f"/checklists/{draft_id}/design/outline", data={"act": "up", "revision": "không"}).status_code
        == 409
    )
    assert sheet(app, draft_id) == before


def test_sums_and_warnings_stand_in_sight_and_lead_to_the_row(app: Flask, client_of: Any, draft_id: int) -> None:
    page = client_of("thu-ky").get(f"/checklists/{draft_id}/design").text
    section = named(app, draft_id, "Phong trào thi đua").id
    assert "Cộng được <b>50</b> / ghi <b>100</b> điểm" in page
    assert "cộng được 30 / ghi 60" in page and "cộng được 20 / ghi 20" in page
    assert f'href="#row-{section}"' in page and "điều cần xem" in page


def test_a_published_sheet_refuses_every_change(app: Flask, client_of: Any, world: Any) -> None:
    client, address = client_of("can-bo"), f"/checklists/{world.checklist_id}/design"
    leaf = sheet(app, world.checklist_id).leaves[0].id
    before = sheet(app, world.checklist_id)
    answers = [
        client.get(address),
        client.get(f"{address}/criteria/{leaf}"),
        client.get(f"{address}/settings"),
        client.get(f"{address}/ratings"),
        client.post(f"{address}/outline", data={"act": "down", "criterion": leaf, "revision": "0"}),
        client.post(f"{address}/outline", data={"act": "down", "criterion": leaf, "revision": "0"}, headers=HX),
        client.post(f"{address}/criteria/{leaf}", data={"text": "Khác", "kind": "points", "maximum": "1"}),
        client.post(f"{address}/settings", data={"name": "Khác", "declared_max": "1"}),
        client.post(f"{address}/ratings", data={"revision": "0"}),
    ]
    assert [answer.status_code for answer in answers] == [409] * len(answers)
    assert all("Tạo bản mới" in answer.text for answer in answers)
    assert sheet(app, world.checklist_id) == before


@pytest.mark.parametrize("username", ["don-vi", "don-vi-khac"])
def test_a_unit_designs_nothing(app: Flask, client_of: Any, draft_id: int, username: str) -> None:
    client, leaf = client_of(username), named(app, draft_id, "Hồ sơ").id
    before = read(app, draft_id)
    for address in (
        "/checklists/new", f"/checklists/{draft_id}/design/outline", f"/checklists/{draft_id}/design/criteria/{leaf}",
        f"/checklists/{draft_id}/design/criteria/{leaf}/levels", f"/checklists/{draft_id}/design/settings",
        f"/checklists/{draft_id}/design/settings/clusters", f"/checklists/{draft_id}/design/ratings",
        f"/checklists/{draft_id}/design/ratings/band",
    ):  # fmt: skip
        assert client.post(address, data={"act": "remove", "criterion": leaf, "revision": "0"}).status_code == 403, (
            address
        )
    assert read(app, draft_id).sheet == before.sheet
    assert "Soạn bảng điểm mới" not in client.get("/checklists").text


def test_what_is_not_there_is_not_found(app: Flask, client_of: Any, draft_id: int, world: Any) -> None:
    client, foreign = client_of("can-bo"), sheet(app, world.checklist_id).leaves[0].id
    assert client.get("/checklists/9999/design").status_code == 404
    assert client.get(f"/checklists/{draft_id}/design/criteria/{foreign}").status_code == 404
    assert client.post(f"/checklists/{draft_id}/design/ratings/x").status_code == 404

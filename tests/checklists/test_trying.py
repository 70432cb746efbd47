"""Trial scoring: the real keys of a whole sheet, added up and rated by the server, and nothing is stored."""

import re
import time

from sqlalchemy import func, select

from tests.checklists.drafts import add_draft, sheet
from thidua.extensions import db
from thidua.models import Checklist, JournalEntry, Score

HTMX = {"HX-Request": "true"}
PLAIN = {
    "name": "Bảng thử",
    "declared_max": 30,
    "roots": [
        {
            "number": "I",
            "text": "Chung",
            "kind": "section",
            "max": 20,
            "children": [
                {"number": "1", "text": "Kế hoạch", "max": 10},
                {"number": "2", "text": "Chỉ Hội Nữ", "max": 10, "applies_to": ["hoi_nu"]},
            ],
        },
        {"number": "3", "text": "Hồ sơ", "max": 30},
        {"number": "4", "text": "Ý kiến", "kind": "note"},
    ],
    "classification": [{"label": "Tốt", "min": 25}, {"label": "Khá", "min": 0}],
    "gates": [{"when": "Có đơn thư tố cáo đúng", "effect": "not rated"}],
}


def tried(app, client_of, draft_id: int, values: dict[str, str], *, headers=None, **fields: str):
    """Post values by the words of the criterion."""
    ids = {one.text: one.id for one in sheet(app, draft_id).leaves}
    typed = {f"v-{ids[text]}": value for text, value in values.items()}
    return client_of("thanh-vien-1").post(f"/checklists/{draft_id}/trial", data=typed | fields, headers=headers)


def total(page: str) -> str:
    found = re.search(r'Tổng <b class="big-number">(.*?)</b> / (\S+)', page)
    assert found
    return f"{found[1]}/{found[2]}"


def test_everybody_who_sees_a_sheet_tries_it_and_finds_all_its_keys(app, client_of, world) -> None:
    page = client_of("don-vi").get(f"/checklists/{world.checklist_id}/trial").text
    for leaf in sheet(app, world.checklist_id).leaves:
        assert f'name="v-{leaf.id}"' in page
    assert total(page) == "0/100" and "Chưa chấm tiêu chí nào" in page
    assert client_of("").get(f"/checklists/{world.checklist_id}/trial").status_code == 302


def test_one_press_brings_only_what_it_changes(app, client_of) -> None:
    draft_id = add_draft(app, PLAIN)
    answer = tried(app, client_of, draft_id, {"Kế hoạch": "8,5"}, headers=HTMX, kind="", kind_shown="")
    assert total(answer.text) == "8,5/50" and 'id="trial-sections"' in answer.text
    assert "<form" not in answer.text and "<html" not in answer.text
    assert "tạm tính" in answer.text


def test_without_scripts_the_whole_page_comes_back_with_what_was_typed(app, client_of) -> None:
    draft_id = add_draft(app, PLAIN)
    page = tried(app, client_of, draft_id, {"Kế hoạch": "8,5", "Hồ sơ": "na"}).text
    assert total(page) == "8,5/20" and 'value="8,5"' in page and "<html" in page


def test_a_value_that_cannot_be_taken_is_told_beside_its_field_and_goes_when_mended(app, client_of) -> None:
    draft_id = add_draft(app, PLAIN)
    bad_id = next(one.id for one in sheet(app, draft_id).leaves if one.text == "Hồ sơ")
    wrong = tried(app, client_of, draft_id, {"Hồ sơ": "99"}, headers=HTMX)
    assert wrong.status_code == 422
    assert f'<p id="error-{bad_id}" class="field__error" role="alert"' in wrong.text
    assert f'name="wrong" value="{bad_id}"' in wrong.text
    mended = tried(app, client_of, draft_id, {"Hồ sơ": "9"}, headers=HTMX, wrong=str(bad_id))
    assert f'<p id="error-{bad_id}" class="field__error" hx-swap-oob="true" hidden></p>' in mended.text
    whole = tried(app, client_of, draft_id, {"Hồ sơ": "99"})
    assert whole.status_code == 422 and 'value="99"' in whole.text


def test_filling_brings_full_marks_and_emptying_takes_all_away(app, client_of) -> None:
    draft_id = add_draft(app, PLAIN)
    full = tried(app, client_of, draft_id, {"Kế hoạch": "1"}, headers=HTMX, fill="full")
    assert full.headers["HX-Retarget"] == "#trial" and total(full.text) == "50/50" and "Tốt" in full.text
    empty = tried(app, client_of, draft_id, {"Kế hoạch": "1"}, headers=HTMX, fill="empty")
    assert total(empty.text) == "0/50" and " checked><span>1</span>" not in empty.text


def test_another_kind_of_unit_draws_its_own_sheet_and_keeps_the_values(app, client_of) -> None:
    draft_id = add_draft(app, PLAIN)
    page = client_of("can-bo").get(f"/checklists/{draft_id}/trial").text
    assert "Hội Nữ" in page and "Chỉ Hội Nữ" in page
    other = tried(app, client_of, draft_id, {"Kế hoạch": "8"}, headers=HTMX, kind="hoi_nu", kind_shown="")
    assert other.headers["HX-Retarget"] == "#trial" and total(other.text) == "8/50"
    unknown = tried(app, client_of, draft_id, {"Kế hoạch": "8"}, headers=HTMX, kind="su_doan", kind_shown="")
    assert "Chỉ Hội Nữ" in unknown.text  # a kind that the sheet does not name: the whole sheet


def test_a_declared_gate_strikes(app, client_of) -> None:
    draft_id = add_draft(app, PLAIN)
    values = {"Kế hoạch": "10", "Chỉ Hội Nữ": "10", "Hồ sơ": "30"}
    assert "<b>Tốt</b>" in tried(app, client_of, draft_id, values, headers=HTMX).text
    struck = tried(app, client_of, draft_id, values, headers=HTMX, gate="0").text
    assert "Không xếp loại" in struck and "Có đơn thư tố cáo đúng nên không xếp loại." in struck
    assert tried(app, client_of, draft_id, values, headers=HTMX, gate="x").status_code == 200


def test_nothing_is_stored(app, client_of, world) -> None:
    with app.app_context():
        before = [db.session.scalar(select(func.count()).select_from(one)) for one in (Score, JournalEntry, Checklist)]
    leaf = sheet(app, world.checklist_id).leaves[0]
    client_of("can-bo").post(f"/checklists/{world.checklist_id}/trial", data={f"v-{leaf.id}": "9"})
    with app.app_context():
        after = [db.session.scalar(select(func.count()).select_from(one)) for one in (Score, JournalEntry, Checklist)]
    assert after == before


def test_a_stranger_and_odd_input_are_refused_or_ignored(app, client_of, world) -> None:
    address = f"/checklists/{world.checklist_id}/trial"
    assert client_of("").post(address).status_code == 401
    assert client_of("can-bo").post("/checklists/9999/trial").status_code == 404
    odd = {"wrong": "1 x 999999999999 -3", "v-1x": "9", "gate": "99", "fill": "?", "kind": "?"}
    assert client_of("can-bo").post(address, data=odd, headers=HTMX).status_code == 200


def test_an_empty_sheet_says_what_to_do(app, client_of) -> None:
    draft_id = add_draft(app, {"name": "Trống", "declared_max": 10, "roots": []})
    assert "Chưa có tiêu chí nào để chấm thử" in client_of("can-bo").get(f"/checklists/{draft_id}/trial").text


def test_three_hundred_criteria_are_added_up_while_a_finger_rests(app, client_of) -> None:
    sections = [
        {
            "number": str(place),
            "text": f"Mục {place}",
            "kind": "section",
            "children": [{"number": f"{place}.{i}", "text": f"Tiêu chí {i}", "max": 5} for i in range(1, 31)],
        }
        for place in range(1, 11)
    ]
    draft_id = add_draft(app, {"name": "Lớn", "declared_max": 1500, "roots": sections})
    ids = [one.id for one in sheet(app, draft_id).leaves]
    client, values = client_of("can-bo"), {f"v-{one}": "4,5" for one in ids}
    began = time.perf_counter()
    answer = client.post(f"/checklists/{draft_id}/trial", data=values, headers=HTMX)
    assert total(answer.text) == "1350/1500" and len(answer.data) < 20_000
    assert time.perf_counter() - began < 2  # tens of milliseconds when nothing else runs

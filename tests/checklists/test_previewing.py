"""How a criterion and a whole sheet will look, also while somebody types; nothing of it is saved."""

import re

import pytest

from tests.checklists.drafts import add_draft, named, read, sheet
from tests.doors.papers import text_of
from thidua.extensions import db
from thidua.models.finders import sheet_of


def entry_of(page: str) -> str:
    """The keys of the card."""
    found = re.search(r'<div class="(?:keys|levels|stepper).*?</div>\s*(?:<p|<input)', page, re.DOTALL)
    assert found, page
    return re.sub(r"\s+", " ", found[0])


def leaf_with(app, checklist_id: int, number: str) -> int:
    return next(one.id for one in sheet(app, checklist_id).leaves if one.number == number)


@pytest.mark.parametrize("number", ["1.1", "2.1"])
def test_the_card_has_the_very_keys_of_the_scoring_screen(app, client_of, world, number) -> None:
    criterion_id = leaf_with(app, world.checklist_id, number)
    preview = client_of("don-vi").get(f"/checklists/{world.checklist_id}/preview/{criterion_id}").text
    scoring = client_of("thanh-vien-1").get(f"/checklist-sessions/{world.open_id}?criterion={criterion_id}").text
    real = scoring[scoring.index(f'id="entry-{criterion_id}-proposed"') :]
    assert entry_of(preview) == entry_of(real)
    for part in ("criterion__head", "criterion__max", "Điểm của tôi"):
        assert part in preview


def test_its_keys_belong_to_no_form_and_no_outbox(app, client_of, world) -> None:
    criterion_id = leaf_with(app, world.checklist_id, "2.1")
    page = client_of("can-bo").get(f"/checklists/{world.checklist_id}/preview/{criterion_id}").text
    card = page[page.index('id="preview"') :]
    assert "<form" not in card and "data-outbox" not in card and "data-perspective" not in card


def test_a_section_shows_its_rows_on_paper(app, client_of, world) -> None:
    section = sheet(app, world.checklist_id).roots[1]
    page = client_of("can-bo").get(f"/checklists/{world.checklist_id}/preview/{section.id}").text
    assert "Mục không có thẻ chấm riêng" in page and ">2.1</td>" in page and ">2.2</td>" in page
    assert client_of("can-bo").get(f"/checklists/{world.checklist_id}/preview/9999").status_code == 404


def test_the_sections_around_a_criterion_are_told_as_in_the_room(app, client_of) -> None:
    group = {
        "number": "1",
        "text": "Danh hiệu",
        "kind": "section",
        "max": 10,
        "only_highest": True,
        "guidance": "Kèm quyết định công nhận",
        "children": [{"number": "a", "text": "Cấp tỉnh", "max": 10}, {"number": "b", "text": "Cấp huyện", "max": 5}],
    }
    plain = {"name": "Có nhóm", "declared_max": 10, "roots": [{"number": "I", "text": "Chung", "children": [group]}]}
    draft_id = add_draft(app, plain)
    criterion = named(app, draft_id, "Cấp tỉnh")
    page = client_of("can-bo").get(f"/checklists/{draft_id}/preview/{criterion.id}").text
    assert "criterion__group" in page and "1. Danh hiệu" in page and "Kèm quyết định công nhận" in page


TYPED = {"text": "Kế hoạch năm", "kind": "points", "polarity": "base", "maximum": "3", "step": "50", "guidance": ""}


def typed(app, client_of, draft_id: int, **fields: str):
    row = named(app, draft_id, "Kế hoạch")
    return client_of("thu-ky").post(f"/checklists/{draft_id}/preview/{row.id}", data=TYPED | fields)


def test_what_is_typed_is_shown_as_it_will_be_and_nothing_is_saved(app, client_of) -> None:
    draft_id = add_draft(app)
    before = read(app, draft_id)
    page = typed(app, client_of, draft_id, guidance="Xem sổ theo dõi").text
    assert "1. Kế hoạch năm" in page and 'value="2,5"' in page and 'value="3,5"' not in page
    assert "Xem sổ theo dõi" in page and "<h1" not in page
    assert "Kế hoạch năm</td>" in page  # the row on paper
    page = typed(app, client_of, draft_id, kind="levels", level_text="Đủ", level_points="3").text
    assert "key--level" in page and "1) Đủ: 3" in page
    after = read(app, draft_id)
    assert (after.revision, after.sheet) == (before.revision, before.sheet)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"maximum": "mười"}, "“mười” không phải là điểm"),
        ({"maximum": ""}, "Xin ghi điểm tối đa"),
        ({"text": ""}, "Xin ghi nội dung."),
        ({"kind": "levels"}, "Xin ghi ít nhất một mức"),
        ({"kind": "levels", "level_text": "Đủ", "level_points": "x"}, "Mức 1"),
        ({"kind": "count"}, "Xin ghi số điểm cho mỗi lần"),
        ({"kind": "khác"}, "Xin chọn loại."),
    ],
)
def test_what_cannot_be_shown_is_told_in_its_place(app, client_of, fields, words) -> None:
    answer = typed(app, client_of, add_draft(app), **fields)
    assert answer.status_code == 422 and words in answer.text and 'id="preview"' in answer.text


def test_only_who_may_design_asks_for_it(app, client_of, world) -> None:
    draft_id = add_draft(app)
    address = f"/checklists/{draft_id}/preview/{named(app, draft_id, 'Kế hoạch').id}"
    assert client_of("don-vi").post(address, data=TYPED).status_code == 403
    assert client_of("").post(address, data=TYPED).status_code == 401
    assert client_of("can-bo").post(f"/checklists/{draft_id}/preview/9999", data=TYPED).status_code == 404


def test_the_form_of_a_criterion_asks_for_the_preview(app, client_of) -> None:
    draft_id = add_draft(app)
    row = named(app, draft_id, "Kế hoạch")
    page = client_of("can-bo").get(f"/checklists/{draft_id}/design/criteria/{row.id}").text
    assert f'hx-post="/checklists/{draft_id}/preview/{row.id}"' in page
    assert page.index("</form>", page.index('id="criterion-form"')) < page.index("preview-place")


def test_the_printed_form_shows_every_row_and_a_draft_its_mark(app, client_of, world) -> None:
    page = client_of("don-vi").get(f"/checklists/{world.checklist_id}/preview").text
    assert ">3.4</td>" in page and "Phiếu chấm điểm" in page and "DỰ THẢO" not in page
    assert "DỰ THẢO" in client_of("can-bo").get(f"/checklists/{add_draft(app)}/preview").text


def test_the_printed_form_as_pdf_has_the_same_rows(app, client_of, world) -> None:
    answer = client_of("can-bo").get(f"/checklists/{world.checklist_id}/preview.pdf")
    assert answer.mimetype == "application/pdf"
    with app.app_context():
        leaves = sheet_of(db.session(), world.checklist_id).leaves
    printed = " ".join(text_of(answer.data).split())
    assert all(leaf.number in printed for leaf in leaves) and "Bản 1" in printed


def test_a_kind_of_unit_gets_its_own_form(app, client_of) -> None:
    plain = {
        "name": "Theo loại",
        "declared_max": 30,
        "roots": [
            {"number": "1", "text": "Cho mọi đơn vị", "max": 10},
            {"number": "2", "text": "Riêng Hội Nữ", "max": 20, "applies_to": ["hoi_nu"]},
        ],
    }
    draft_id, staff = add_draft(app, plain), client_of("can-bo")
    page = staff.get(f"/checklists/{draft_id}/preview").text
    assert "Riêng Hội Nữ" in page and f'href="/checklists/{draft_id}/preview?kind=hoi_nu"' in page
    assert "Dành cho" in staff.get(f"/checklists/{draft_id}/preview?kind=hoi_nu").text
    assert "Riêng Hội Nữ" not in staff.get(f"/checklists/{draft_id}/preview?kind=hoi_tinh").text

"""Two score sheets beside each other: what changed, by section, with what went and what came."""

from tests.checklists.drafts import add_draft
from tests.checklists.test_versions import begin_version, change


def test_what_a_version_changed_stands_under_its_section(app, client_of, world) -> None:
    draft_id = begin_version(app, client_of, world.checklist_id)
    change(app, draft_id, "Quy chế hoạt động của Hội đồng", text="Quy chế làm việc của Hội đồng", maximum=900)
    page = client_of("don-vi").get(f"/checklists/{draft_id}/comparison").text
    assert "Bản 2 so với bản 1: 1 tiêu chí sửa" in page
    assert "Mục 2. Hội đồng Thi đua – Khen thưởng và Quy chế hoạt động" in page
    assert "<del>hoạt động</del>" in page and "<ins>làm việc</ins>" in page
    assert "<dd>7</dd>" in page and "<dd>9</dd>" in page


def test_the_other_way_round_it_reads_the_other_way_round(app, client_of, world) -> None:
    draft_id = begin_version(app, client_of, world.checklist_id)
    change(app, draft_id, "Quy chế hoạt động của Hội đồng", text="Quy chế làm việc của Hội đồng")
    page = client_of("can-bo").get(f"/checklists/{world.checklist_id}/comparison?with={draft_id}").text
    assert "<ins>hoạt động</ins>" in page and "<del>làm việc</del>" in page


def test_two_sheets_of_different_families_are_compared_when_chosen(app, client_of, world) -> None:
    draft_id, staff = add_draft(app), client_of("can-bo")
    page = staff.get(f"/checklists/{draft_id}/comparison").text
    assert "Xin chọn một bảng điểm" in page
    page = staff.get(f"/checklists/{draft_id}/comparison?with={world.checklist_id}").text
    assert "3 tiêu chí thêm, 12 bỏ" in page and "Cài đặt chung" in page and "Bỏ" in page


def test_a_sheet_alone_and_two_equal_ones_are_told_in_words(app, client_of, world) -> None:
    staff = client_of("can-bo")
    assert "Chưa có bảng điểm nào khác" in staff.get(f"/checklists/{world.checklist_id}/comparison").text
    draft_id = begin_version(app, client_of, world.checklist_id)
    assert "Hai bảng điểm giống hệt nhau" in staff.get(f"/checklists/{draft_id}/comparison").text


def test_what_is_not_there_is_not_found(app, client_of, world) -> None:
    staff = client_of("can-bo")
    for asked in ("9999", "x", "-1", "1" * 30):
        assert staff.get(f"/checklists/{world.checklist_id}/comparison?with={asked}").status_code == 404
    assert client_of("").get(f"/checklists/{world.checklist_id}/comparison").status_code == 302

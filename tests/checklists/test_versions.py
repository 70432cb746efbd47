"""Versions of a score sheet: begun as copies, published after a look, retired, brought back, thrown away."""

import re

import pytest
from sqlalchemy import func, select

from tests.checklists.drafts import add_draft, read, sheet
from tests.checklists.drafts import named as criterion_named
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, ChecklistImport, ChecklistSession, Criterion
from thidua.rules.sheet_changes import compare


def newest(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.max(Checklist.id)))


def begin_version(app, client_of, checklist_id: int) -> int:
    client_of("can-bo").post(f"/checklists/{checklist_id}/versions")
    return newest(app)


def publish(client, draft_id: int, **fields: object):
    return client.post(f"/checklists/{draft_id}/publication", data={"revision": "0"} | fields, follow_redirects=True)


def change(app, draft_id: int, named: str, /, **values: object) -> None:
    """Change the criterion of this text as the designer would."""
    with app.app_context():
        begin_writing()
        row = db.session.scalars(
            select(Criterion).where(Criterion.checklist_id == draft_id, Criterion.text == named)
        ).one()
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def test_a_new_version_is_a_draft_like_the_old_one_and_is_opened_for_editing(app, client_of, world) -> None:
    answer = client_of("thu-ky").post(f"/checklists/{world.checklist_id}/versions")
    draft_id = newest(app)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/checklists/{draft_id}/design")
    draft = read(app, draft_id)
    assert (draft.state, draft.version, draft.family) == ("draft", 2, world.checklist_id)
    assert compare(sheet(app, world.checklist_id), draft.sheet).is_empty


def test_a_version_begun_already_is_gone_on_with(app, client_of, world) -> None:
    draft_id = begin_version(app, client_of, world.checklist_id)
    answer = client_of("can-bo").post(f"/checklists/{world.checklist_id}/versions", follow_redirects=True)
    assert "Bản 2 đang soạn dở" in answer.text and newest(app) == draft_id


def test_a_copy_is_a_sheet_of_its_own(app, client_of, world) -> None:
    client_of("can-bo").post(f"/checklists/{world.checklist_id}/copies")
    copy = read(app, newest(app))
    assert (copy.version, copy.family, copy.copied_from_id) == (1, copy.id, world.checklist_id)
    assert copy.name.endswith("(bản sao)")


def test_before_publishing_one_sees_what_changed_and_what_prevents_it(app, client_of, world) -> None:
    draft_id, staff = begin_version(app, client_of, world.checklist_id), client_of("can-bo")
    change(app, draft_id, "Quy chế hoạt động của Hội đồng", maximum=900)
    page = staff.get(f"/checklists/{draft_id}/publication").text
    assert "So với bản 1:" in page and "1 tiêu chí sửa" in page
    assert "Nên xem lại trước khi công bố" in page  # a printed maximum disagrees with the levels: told, not blocked
    assert 'value="Công bố' not in page and "Thôi dùng bản 1 cho các buổi mới" in page
    bad = criterion_named(app, draft_id, "Quy chế hoạt động của Hội đồng")
    change(app, draft_id, bad.text, levels=[])
    page = staff.get(f"/checklists/{draft_id}/publication").text
    assert f'href="/checklists/{draft_id}/design/criteria/{bad.id}"' in page and "ít nhất một mức" in page
    assert 'name="revision"' not in page
    refused = publish(staff, draft_id)
    assert refused.status_code == 409 and "ít nhất một mức" in refused.text
    assert read(app, draft_id).state == "draft"


def test_publishing_retires_the_version_before_when_asked(app, client_of, world) -> None:
    draft_id, staff = begin_version(app, client_of, world.checklist_id), client_of("can-bo")
    answer = publish(staff, draft_id, replace=str(world.checklist_id))
    assert "Đã công bố" in answer.text
    published, old = read(app, draft_id), read(app, world.checklist_id)
    assert (published.state, published.published_by_name) == ("published", world.can_bo.name)
    assert old.state == "retired" and old.retired_at is not None
    with app.app_context():
        assert db.session.get_one(ChecklistSession, world.open_id).checklist_id == world.checklist_id
    scoring = client_of("thanh-vien-1").get(f"/checklist-sessions/{world.open_id}")
    assert scoring.status_code == 200 and "Quy chế hoạt động của Hội đồng" in scoring.text


def test_without_being_asked_the_version_before_stays_in_use(app, client_of, world) -> None:
    publish(client_of("can-bo"), begin_version(app, client_of, world.checklist_id))
    assert read(app, world.checklist_id).state == "published"


def test_only_what_was_looked_at_is_published(app, client_of) -> None:
    draft_id, staff = add_draft(app), client_of("can-bo")
    for typed in ("7", "", "x"):
        assert publish(staff, draft_id, revision=typed).status_code == 409
    with app.app_context():
        begin_writing()
        db.session.get_one(Checklist, draft_id).revision = 3
        db.session.commit()
    stale = publish(staff, draft_id, revision="2")
    assert stale.status_code == 409 and "Có người vừa sửa bản nháp này" in stale.text


def test_what_is_published_cannot_be_published_again(app, client_of, world) -> None:
    staff = client_of("can-bo")
    page = staff.get(f"/checklists/{world.checklist_id}/publication", follow_redirects=True)
    assert "đã công bố trước đó" in page.text
    assert publish(staff, world.checklist_id).status_code == 409


def test_what_is_retired_comes_back(app, client_of, world) -> None:
    staff, address = client_of("can-bo"), f"/checklists/{world.checklist_id}"
    assert "đã thôi dùng cho các buổi mới" in staff.post(f"{address}/retirement", follow_redirects=True).text
    assert read(app, world.checklist_id).state == "retired"
    assert staff.post(f"{address}/retirement").status_code == 409
    assert "lại dùng được" in staff.post(f"{address}/reinstatement", follow_redirects=True).text
    assert read(app, world.checklist_id).state == "published"
    assert staff.post(f"{address}/reinstatement").status_code == 409


def test_a_draft_is_thrown_away_with_its_rows_and_the_file_it_came_from_is_kept(app, client_of, world) -> None:
    draft_id = begin_version(app, client_of, world.checklist_id)
    with app.app_context():
        begin_writing()
        rows = list(db.session.scalars(select(Criterion).where(Criterion.checklist_id == draft_id)))
        rows[-1].position = -10_012  # taken out, to be put back
        by = world.can_bo
        file = ChecklistImport(
            file_name="bang.xlsx", digest="0" * 64, size=1, checklist_id=draft_id, by_id=by.id, by_name=by.name,
            at=rows and db.session.get_one(Checklist, draft_id).created_at,
        )  # fmt: skip
        db.session.add(file)
        db.session.commit()
        file_id = file.id
    answer = client_of("can-bo").post(f"/checklists/{draft_id}/disposal", follow_redirects=True)
    assert "Đã xóa bản nháp" in answer.text
    with app.app_context():
        assert db.session.get(Checklist, draft_id) is None
        left = select(func.count()).select_from(Criterion).where(Criterion.checklist_id == draft_id)
        assert db.session.scalar(left) == 0
        assert db.session.get_one(ChecklistImport, file_id).checklist_id is None


def test_what_was_published_is_never_thrown_away(app, client_of, world) -> None:
    answer = client_of("can-bo").post(f"/checklists/{world.checklist_id}/disposal")
    assert answer.status_code == 409 and "không xóa được" in answer.text
    assert read(app, world.checklist_id).sheet.leaves


def test_the_list_tells_states_dates_people_use_and_changes(app, client_of, world) -> None:
    draft_id = begin_version(app, client_of, world.checklist_id)
    change(app, draft_id, "Quy chế hoạt động của Hội đồng", text="Quy chế hoạt động của Hội đồng Thi đua")
    page = client_of("can-bo").get(f"/checklists/{world.checklist_id}/versions").text
    assert page.index(f'id="version-{draft_id}"') < page.index(f'id="version-{world.checklist_id}"')
    for words in ("Bản nháp", "Đang dùng", "Bản đề xuất", "2 buổi dùng bản này", "chưa buổi nào dùng"):
        assert words in page
    assert "So với bản 1:" in page and "1 tiêu chí sửa" in page
    assert "Xóa bản nháp 2" in page and "Thôi dùng cho buổi mới" in page


def test_who_only_reads_gets_no_buttons(client_of, world) -> None:
    page = client_of("don-vi").get(f"/checklists/{world.checklist_id}/versions").text
    assert "2 buổi dùng bản này" in page
    assert re.findall(r'<form method="post" action="/checklists', page) == []
    inspector = client_of("thanh-vien-1").get(f"/checklists/{world.checklist_id}/versions").text
    assert "Tạo bản mới từ bản này" in inspector and "Thôi dùng" not in inspector


@pytest.mark.parametrize(
    ("verb", "refused"),
    [
        ("versions", ("don-vi",)),
        ("copies", ("don-vi",)),
        ("retirement", ("don-vi", "thu-ky", "truong-doan")),
        ("reinstatement", ("don-vi", "thu-ky")),
        ("publication", ("don-vi", "thu-ky", "truong-doan")),
        ("disposal", ("don-vi",)),
    ],
)
def test_strangers_and_those_without_the_right_change_nothing(app, client_of, world, verb, refused) -> None:
    draft_id = add_draft(app)
    for checklist_id in (world.checklist_id, draft_id):
        address = f"/checklists/{checklist_id}/{verb}"
        for username in refused:
            assert client_of(username).post(address, data={"revision": "0"}).status_code == 403
        assert client_of("").post(address).status_code == 401
    assert client_of("can-bo").post(f"/checklists/9999/{verb}").status_code == 404
    assert newest(app) == draft_id
    assert (read(app, draft_id).state, read(app, world.checklist_id).state) == ("draft", "published")

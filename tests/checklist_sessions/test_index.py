"""The list of checklist sessions: each sees what is theirs, today's first."""

from datetime import date

from tests.checklist_sessions.rooms import here
from thidua.checklist_sessions.index_queries import Row, grouped

BAC_GIANG, HAI_DUONG = "Hội Trường Sơn tỉnh Bắc Giang", "Hội Trường Sơn tỉnh Hải Dương"


def test_a_team_member_sees_every_session_of_the_own_team(client_of, world) -> None:
    page = client_of("thanh-vien-1").get("/checklist-sessions").text
    assert BAC_GIANG in page and HAI_DUONG in page
    assert f'href="{here(world.open_id)}"' in page
    assert "Sáng 20/10/2020" in page and "Kế hoạch 72/HTS" in page and "Đang diễn ra" in page
    assert "Trưởng đoàn Nguyễn Văn Lạng" in page and "Đồng chí là Thành viên" in page


def test_a_unit_sees_only_its_own(client_of) -> None:
    page = client_of("don-vi").get("/checklist-sessions").text
    assert BAC_GIANG in page and HAI_DUONG not in page


def test_the_office_sees_all(client_of) -> None:
    for username in ("can-bo", "quan-tri"):
        page = client_of(username).get("/checklist-sessions").text
        assert BAC_GIANG in page and HAI_DUONG in page


def test_an_inspector_of_another_team_sees_none_and_is_told_why(client_of) -> None:
    page = client_of("nguoi-ngoai").get("/checklist-sessions").text
    assert BAC_GIANG not in page and "Chưa có buổi kiểm tra nào" in page


def test_somebody_without_login_is_sent_to_sign_in(client_of) -> None:
    answer = client_of("").get("/checklist-sessions")
    assert answer.status_code == 302 and "/login" in answer.location


def test_the_list_is_narrowed_by_state_and_plan(client_of, world) -> None:
    client = client_of("can-bo")
    page = client.get("/checklist-sessions?state=open").text
    assert BAC_GIANG in page and HAI_DUONG not in page
    page = client.get(f"/checklist-sessions?state=signed&plan={world.plan_id}").text
    assert "Không có buổi nào như vậy" in page
    assert BAC_GIANG in client.get("/checklist-sessions?state=nonsense&plan=x").text


def row(identity: int, on_date: date | None, half: str = "morning", state: str = "planned") -> Row:
    return Row(identity, state, "", 1, "", 2020, on_date, half, "", "", "", "")


def test_under_way_and_today_come_first_then_what_comes_what_has_no_day_and_the_past() -> None:
    today = date(2020, 10, 20)
    groups = grouped(
        [
            row(1, date(2020, 9, 1)),
            row(2, date(2020, 10, 1)),
            row(3, None),
            row(4, date(2020, 11, 2)),
            row(5, date(2020, 10, 22)),
            row(6, today, "afternoon"),
            row(7, today),
            row(8, date(2020, 10, 19), state="open"),
        ],
        today,
    )
    assert [(group.title, [one.id for one in group.rows]) for group in groups] == [
        ("Đang diễn ra", [8]),
        ("Hôm nay", [7, 6]),
        ("Sắp tới", [5, 4]),
        ("Chưa xếp lịch", [3]),
        ("Đã qua", [2, 1]),
    ]

"""The start page: what this person has to do now."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from tests.api.scored import score
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import AgendaStep, Attendance, ChecklistSession, Conclusion, JournalEntry, Paper, PlanUnit, Signature
from thidua.rules.entries import Entry
from thidua.rules.words import day_of

BAC_GIANG, HAI_DUONG = "Hội Trường Sơn tỉnh Bắc Giang", "Hội Trường Sơn tỉnh Hải Dương"


def change(app: Flask, *statements: Any) -> None:
    with app.app_context():
        begin_writing()
        for statement in statements:
            db.session.execute(statement)
        db.session.commit()


def in_state(app: Flask, world: World, state: str) -> None:
    change(app, update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(state=state))


def freeze(app: Flask, world: World, *signed: str) -> None:
    """The open session's minutes, frozen and signed by these parts; real in what the start page reads."""
    in_state(app, world, "frozen")
    with app.app_context():
        begin_writing()
        at = datetime.now(UTC)
        db.session.add(
            Paper(
                conclusion_id=world.conclusion_id,
                number=1,
                year=2020,
                symbol="HTS",
                frozen="{}",
                sha256="0" * 64,
                journal_revision=1,
                journal_hash="0" * 64,
                frozen_at=at,
                frozen_by="x",
                places={},
                revisions=[],
                signatures=[
                    Signature(part=part, account_id=world.thu_ky.id, name="x", at=at, signed_sha256="0" * 64)
                    for part in signed
                ],
            )
        )
        db.session.commit()


def section(page: str, identity: str) -> str:
    """The section under the heading with this id; empty when there is none."""
    found = re.search(rf'<section[^>]+aria-labelledby="{identity}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("username", ["truong-doan", "thu-ky", "thanh-vien-2", "don-vi"])
def test_who_takes_part_enters_the_running_half_day_with_one_press(client_of, world: World, username: str) -> None:
    card = section(client_of(username).get("/").text, f"half-day-{world.open_id}-unit")
    assert BAC_GIANG in card and f'href="/checklist-sessions/{world.open_id}"' in card and "Vào buổi kiểm tra" in card


def test_a_half_day_planned_for_today_comes_first(app: Flask, client_of, world: World) -> None:
    change(
        app, update(PlanUnit).where(PlanUnit.unit_id == world.other_unit_id).values(on_date=day_of(datetime.now(UTC)))
    )
    page = client_of("thu-ky").get("/").text
    assert "Vào buổi kiểm tra" in section(page, f"half-day-{world.planned_id}-unit") and section(page, "planned") == ""


def test_the_head_of_team_enters_where_the_half_day_is_opened(app: Flask, client_of, world: World) -> None:
    change(
        app, update(PlanUnit).where(PlanUnit.unit_id == world.other_unit_id).values(on_date=day_of(datetime.now(UTC)))
    )
    opening = f'href="/checklist-sessions/{world.planned_id}/meeting"'
    head = client_of("truong-doan")
    assert opening in section(head.get("/").text, f"half-day-{world.planned_id}-unit")
    assert f"{opening}>" in head.get(f"/checklist-sessions/{world.planned_id}").text
    assert opening not in section(client_of("thu-ky").get("/").text, f"half-day-{world.planned_id}-unit")


def test_half_days_to_come_are_listed_with_date_and_place(client_of, world: World) -> None:
    planned = section(client_of("thu-ky").get("/").text, "planned")
    assert HAI_DUONG in planned and "Chiều 20/10/2020" in planned and "Chưa bắt đầu" in planned


def test_somebody_of_another_team_has_nothing_to_do(client_of) -> None:
    page = client_of("nguoi-ngoai").get("/").text
    assert "Hôm nay đồng chí chưa có việc nào" in page and BAC_GIANG not in page


def test_the_unit_sees_how_far_its_own_scores_are_and_what_is_missing(app: Flask, client_of, world: World) -> None:
    before = section(client_of("don-vi").get("/").text, f"half-day-{world.open_id}-unit")
    assert "<b>0/12</b>" in before
    score(app, world, "don-vi", Entry(points=450), leaf=0)
    card = section(client_of("don-vi").get("/").text, f"half-day-{world.open_id}-unit")
    done = re.search(r"<b>(\d+)/(\d+)</b>", card)
    missing = re.search(r"Còn thiếu: ([^<]+)<", card)
    assert done and missing and done.groups() == ("1", "12")
    assert missing[1].startswith("1.2, ") and card.count("href=") == 1


def test_a_unit_prepares_its_scores_before_the_half_day(client_of, world: World) -> None:
    planned = section(client_of("don-vi-khac").get("/").text, "planned")
    assert "Bắt đầu tự chấm" in planned and f'href="/checklist-sessions/{world.planned_id}"' in planned
    assert BAC_GIANG not in planned


def test_after_closing_head_and_secretary_are_to_conclude_and_members_wait(app: Flask, client_of, world: World) -> None:
    in_state(app, world, "closed")
    for username in ("truong-doan", "thu-ky"):
        assert f"/conclusions/{world.conclusion_id}" in section(client_of(username).get("/").text, "to-conclude")
    page = client_of("thanh-vien-1").get("/").text
    assert section(page, "to-conclude") == "" and BAC_GIANG in section(page, "waiting")


@pytest.mark.parametrize(
    ("signed", "asked"),
    [((), ["thu-ky", "don-vi"]), (("secretary",), ["don-vi"]), (("secretary", "unit"), ["truong-doan"])],
)
def test_each_is_asked_for_the_signature_when_it_is_the_turn(
    app: Flask, client_of, world: World, signed: tuple[str, ...], asked: list[str]
) -> None:
    freeze(app, world, *signed)
    people = ["truong-doan", "thu-ky", "don-vi", "thanh-vien-1"]
    told = [one for one in people if BAC_GIANG in section(client_of(one).get("/").text, "to-sign")]
    assert told == [one for one in people if one in asked]


def test_who_waits_for_others_is_told_for_whom(app: Flask, client_of, world: World) -> None:
    freeze(app, world, "secretary")
    assert "Còn chờ chữ ký của đại diện đơn vị, trưởng đoàn" in section(client_of("thu-ky").get("/").text, "waiting")


def test_what_was_signed_today_stays_in_sight_until_the_day_ends(app: Flask, client_of, world: World) -> None:
    freeze(app, world, "secretary", "unit", "head")
    in_state(app, world, "signed")
    for username in ("truong-doan", "thu-ky", "thanh-vien-1", "don-vi"):
        done = section(client_of(username).get("/").text, "finished")
        assert "Vừa xong hôm nay" in done and f'href="/conclusions/{world.conclusion_id}"' in done, username
    assert section(client_of("nguoi-ngoai").get("/").text, "finished") == ""
    change(app, update(Signature).values(at=datetime.now(UTC) - timedelta(days=2)))
    assert section(client_of("truong-doan").get("/").text, "finished") == ""


def test_an_addendum_asks_for_my_signature_when_it_is_my_turn(app: Flask, client_of, world: World) -> None:
    freeze(app, world, "secretary", "unit")
    change(app, update(Paper).values(role="addendum"))
    asked = section(client_of("truong-doan").get("/").text, "papers-to-sign")
    assert "Biên bản bổ sung 01/BB-HTS chờ đồng chí ký" in asked and 'href="/papers/1"' in asked
    assert section(client_of("thu-ky").get("/").text, "papers-to-sign") == ""


def test_the_office_sees_what_runs_what_is_not_arranged_and_what_waits(app: Flask, client_of, world: World) -> None:
    change(app, update(PlanUnit).where(PlanUnit.unit_id == world.other_unit_id).values(on_date=None, team_id=None))
    page = client_of("can-bo").get("/").text
    assert BAC_GIANG in section(page, "office-running")
    unarranged = section(page, "office-unarranged")
    assert "chưa có ngày và chưa có đoàn" in unarranged and f"/plans/{world.plan_id}/schedule" in unarranged
    freeze(app, world)
    page = client_of("can-bo").get("/").text
    assert section(page, "office-running") == "" and BAC_GIANG in section(page, "office-frozen")


def test_with_nothing_waiting_the_office_is_told_so(app: Flask, client_of, world: World) -> None:
    change(app, update(ChecklistSession).values(state="signed"))
    assert "Không có việc gì đang chờ" in client_of("can-bo").get("/").text


def test_before_the_first_sessions_the_first_steps_are_shown(app: Flask, client_of) -> None:
    change(app, *(delete(model) for model in (Conclusion, Attendance, AgendaStep, JournalEntry, ChecklistSession)))
    steps = section(client_of("quan-tri").get("/").text, "first-steps")
    assert "1. Nhập các đơn vị" in steps and "3. Tạo tài khoản" in steps
    assert steps.count("Đã làm") == 5 and steps.count("Cần làm") == 1
    assert all(f'href="/plans/1/{page}"' in steps for page in ("teams", "schedule", "schedule#creating"))
    assert "Tạo tài khoản" not in section(client_of("can-bo").get("/").text, "first-steps")


def test_a_stranger_is_sent_to_the_login(app: Flask) -> None:
    assert app.test_client().get("/").location == "/login?next=/"


def test_the_start_page_needs_few_queries(app: Flask, client_of) -> None:
    from sqlalchemy import event

    client, told = client_of("don-vi"), []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *spoken: told.append(spoken[2]))
    client.get("/")
    assert len([one for one in told if one.startswith("SELECT")]) <= 6  # the sixth: addenda and notices to sign

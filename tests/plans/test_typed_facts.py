"""What a secretary types, one item a line, becomes the plan's facts, and back again."""

import json
from dataclasses import replace

from tests.world import SEEDS
from thidua.plans.typed_facts import facts_from, typed_of
from thidua.rules.plan_facts import Contact, Duty, PlanFacts, Step, plan_facts_from_plain


def facts72() -> PlanFacts:
    source = json.loads((SEEDS / "plan72.json").read_text(encoding="utf-8"))
    return plan_facts_from_plain(source)


def stored(facts: PlanFacts) -> PlanFacts:
    contents = tuple(replace(one, documents=()) for one in facts.contents)
    return replace(facts, subject="", number_line="", issued_on=None, units=(), schedule=(), contents=contents)


def retyped(**changed) -> PlanFacts:
    return facts_from(typed_of(facts72()) | changed)


def test_plan_72_survives_the_form_unchanged():
    assert facts_from(typed_of(facts72())) == stored(facts72())


def test_a_dash_makes_a_focus_point_of_the_content_above():
    contents = retyped(
        contents="Nội dung một\n- trọng tâm a\n  • trọng tâm b\n\nNội dung hai", focus_label="Chú ý:"
    ).contents
    assert [(one.number, one.text, one.focus, one.focus_label) for one in contents] == [
        ("1", "Nội dung một", ("trọng tâm a", "trọng tâm b"), "Chú ý:"),
        ("2", "Nội dung hai", (), ""),
    ]


def test_a_dash_with_nothing_above_is_a_content_of_its_own():
    assert [one.text for one in retyped(contents="- Mở đầu\n- trọng tâm").contents] == ["Mở đầu"]


def test_a_duty_says_who_does_what_and_perhaps_if_any():
    assert retyped(duties="Đơn vị: chuẩn bị báo cáo (nếu có)\nViệc chung").duties == (
        Duty("Đơn vị", "chuẩn bị báo cáo", "(nếu có)"),
        Duty("", "Việc chung", ""),
    )


def test_steps_are_read_with_and_without_accents_and_default_to_the_team():
    assert retyped(steps="trưởng đoàn: kết luận\nDon vi: báo cáo\nLưu ý: nghe").steps == (
        Step("team_leader", "kết luận"),
        Step("unit", "báo cáo"),
        Step("team", "Lưu ý: nghe"),
    )


def test_a_contact_needs_only_a_name():
    assert retyped(contacts="Phạm A\nLê B; Phó Ban, Ủy viên\nTrần C; ; 0912, 0913").contacts == (
        Contact("Phạm A"),
        Contact("Lê B", ("Phó Ban", "Ủy viên")),
        Contact("Trần C", (), ("0912", "0913")),
    )

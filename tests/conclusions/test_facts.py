"""What the minutes of a half-day take from the office, the plan, the conclusion and the reading aloud."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.world import MORNING, World
from thidua.conclusions.facts import half_day
from thidua.extensions import db
from thidua.models import Conclusion, Objection, OfficeSettings, Plan
from thidua.rules.office import Office, office_to_plain
from thidua.rules.wording import compose_minutes


@pytest.fixture
def read(app: Flask, world: World, closed: int):
    """Reads the closed half-day after these settings were made."""

    def read(*, office: Office | None = None, signing=None, signers=None, objections=(), read_at=None):
        with app.app_context():
            if office:
                db.session.add(OfficeSettings(content=office_to_plain(office)))
            conclusion = db.session.get(Conclusion, closed)
            conclusion.signers, conclusion.read_through_at = signers or {}, read_at
            db.session.query(Plan).update({"signing": signing or {}})
            for speaker, outcome in objections:
                db.session.add(
                    Objection(
                        conclusion_id=closed, speaker=speaker, text="Điểm thấp.", outcome=outcome, by_id=1, by_name="A",
                        at=MORNING, withdrawn_at=MORNING if outcome == "withdrawn" else None,
                    )
                )  # fmt: skip
            db.session.flush()
            facts = half_day(db.session(), conclusion).facts
            db.session.rollback()
            return facts

    return read


def test_the_office_writes_its_papers_its_own_way(read) -> None:
    office = Office(
        parent="HỘI CỰU CHIẾN BINH", issuer=("HỘI TRƯỜNG SƠN",), prints_ranks=False, copies=4, sign_note="(Ký)",
        recipients=("{unit};", "Lưu: VT."),
    )  # fmt: skip
    facts = read(office=office)
    assert (facts.parent, facts.issuer, facts.copies, facts.sign_note) == (
        "HỘI CỰU CHIẾN BINH", ("HỘI TRƯỜNG SƠN",), 4, "(Ký)",
    )  # fmt: skip
    assert facts.recipients == (f"{facts.unit};", "Lưu: VT.")
    assert not any(person.rank for person in facts.attendees)
    assert all(part.person in {"", *(person.name for person in facts.attendees)} for part in facts.parts)


def test_without_settings_the_plan_tells_who_issues(read) -> None:
    facts = read()
    assert facts.issuer == ("HỘI TRUYỀN THỐNG TRƯỜNG SƠN", "ĐƯỜNG HỒ CHÍ MINH VIỆT NAM") and facts.copies == 2


def test_plan_and_conclusion_say_who_signs(read) -> None:
    chosen = {"unit": {"name": "Đỗ Thị Nga", "office": "Phó Chủ tịch Hội", "formula": "KT."}}
    facts = read(
        signing={"order": [["unit"], ["secretary"], ["head"]], "groups": ["head"], "seal": True}, signers=chosen
    )
    assert [(one.part, one.step) for one in facts.parts] == [("unit", 1), ("secretary", 2), ("head", 3), ("seal", 4)]
    places = {place.name: place for place in compose_minutes(facts).block("signatures").places}
    assert places["head"].person == "" and places["unit"].person == "Đỗ Thị Nga"
    assert places["unit"].authority.partition("\n")[2].startswith("KT. ")
    assert places["unit"].office == "Phó Chủ tịch Hội"


def test_what_was_objected_to_and_not_taken_back_stands_in_the_minutes(read) -> None:
    facts = read(objections=(("đồng chí Nga", "noted"), ("đồng chí Hải", "accepted"), ("đồng chí Lan", "withdrawn")))
    assert [(one.speaker, one.outcome) for one in facts.objections] == [
        ("đồng chí Nga", "noted"), ("đồng chí Hải", "accepted"),
    ]  # fmt: skip
    assert "Đồng chí Nga có ý kiến: Điểm thấp." in compose_minutes(facts).block("objections").text


def test_a_reading_is_told_only_when_it_took_place_and_the_half_day_ends_with_it(read) -> None:
    later, before = MORNING + timedelta(minutes=25), MORNING - timedelta(minutes=1)
    unread, whole, outdated = read(), read(read_at=later), read(read_at=before)
    assert [facts.read_through for facts in (unread, whole, outdated)] == [False, True, False]
    assert [facts.ended_at for facts in (unread, whole, outdated)] == [MORNING, later, MORNING]
    assert "đọc lại" not in compose_minutes(unread).block("signatures").closing[0]

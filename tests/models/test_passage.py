"""What is written down in a checklist session is found again, on either database."""

import time
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tests.archive import STRENGTHS, record
from tests.conftest import new_op
from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Passage, Remark
from thidua.models.finders import sheet_of
from thidua.models.passage import Sight, find_passages, forget_passages, index_passages, index_session
from thidua.models.passage.index import empty_old_index
from thidua.rules.entries import Entry
from thidua.rules.search_query import parse_query

ALL = Sight(everything=True, account_id=0, unit_id=None)


def found(typed, sight=ALL, **wanted):
    return find_passages(db.session(), parse_query(typed), visible=sight, **wanted)


def answers(typed, sight=ALL, **wanted):
    """(how exactly, the text) of each hit but the head of the minutes."""
    return [(hit.tier, hit.passage.body) for hit in found(typed, sight, **wanted).hits if hit.passage.kind != "minutes"]


def texts(typed, sight=ALL, **wanted):
    return [body for _tier, body in answers(typed, sight, **wanted)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("quỹ khen thưởng", 0),
        ("quy khen thuong", 0),
        ("QUỸ KHEN", 0),
        ("phong trao", 0),
        ("PTTĐ", 0),
        ("nguyễn thị bạc", 1),
        ("ky niem chuong", 2),
        ("KNC", 2),
        ("8/9/2020", 2),
        ("217/QC-HTSVN", 2),
        ("217/HTSVN", 2),
        ("“hội viên”", 1),
        ("dong chi", 1),
        ("đồng chí", 1),
        ("quỹ khen thưởng công kh", 0),
    ],
)
def test_a_remark_is_found_in_any_spelling(app, world, typed, expected):
    record(app, world, *STRENGTHS)
    with app.app_context():
        assert texts(typed) == [STRENGTHS[expected]]


def test_exact_accents_stand_before_the_folded_ones(app, world):
    record(app, world, "Gặp bạc hà", "Gặp Bác Hòa", "Lên miền bắc", "Gặp bác sĩ")
    with app.app_context():
        assert answers("bác") == [
            ("exact", "Gặp Bác Hòa"),
            ("exact", "Gặp bác sĩ"),
            ("folded", "Gặp bạc hà"),
            ("folded", "Lên miền bắc"),
        ]
        assert {tier for tier, _body in answers("bac")} == {"exact"}


def test_the_newest_inspection_stands_first_and_pages_do_not_overlap(app, world):
    with app.app_context():
        begin_writing()
        one = passage(world, world.open_id, "Bác Hòa nói", on=date(2019, 5, 1))
        other = [passage(world, world.planned_id, f"Bạc Hòa nói {n}", on=date(2021, 5, 1)) for n in range(5)]
        newest = passage(world, world.planned_id, "Bác Hòa lại nói", on=date(2022, 5, 1))
        for some in ([one], [*other, newest]):
            index_passages(db.session(), some)
        db.session.commit()
        whole = [(hit.tier, hit.passage.body) for hit in found("bác hòa").hits]
        assert whole[:2] == [("exact", "Bác Hòa lại nói"), ("exact", "Bác Hòa nói")]
        assert len(whole) == 7
        paged = [hit for start in range(0, 8, 3) for hit in found("bác hòa", limit=3, offset=start).hits]
        assert [(hit.tier, hit.passage.body) for hit in paged] == whole


def test_an_unfinished_last_word_and_one_wrong_word_still_find(app, world):
    record(app, world, *STRENGTHS)
    with app.app_context():
        assert answers("quỹ khen thưở") == [("prefix", STRENGTHS[0])]
        assert answers("quỹ thưởng voi") == [("most", STRENGTHS[0])]


def test_exclusion_leaves_out(app, world):
    record(app, world, *STRENGTHS)
    with app.app_context():
        assert STRENGTHS[0] in texts("thi")
        assert STRENGTHS[1] not in texts("thi -bạc")


def test_unit_year_and_kind_narrow_the_search_and_each_is_counted(app, world):
    record(app, world, "Công khai quỹ", "Công khai danh sách")
    record(app, world, "Chưa công khai quỹ", kind="shortcoming", session_id=world.planned_id)
    with app.app_context():
        everywhere = found("công khai")
        assert everywhere.total == 3
        assert dict(everywhere.by_unit) == {world.unit_id: 2, world.other_unit_id: 1}
        assert dict(everywhere.by_kind) == {"strength": 2, "shortcoming": 1}
        assert dict(everywhere.by_year) == {2020: 3}
        there = found("công khai", unit_id=world.unit_id)
        assert (there.total, len(there.hits)) == (2, 2)
        assert dict(there.by_unit) == {world.unit_id: 2, world.other_unit_id: 1}
        assert dict(there.by_kind) == {"strength": 2}
        assert found("công khai", year=2019).total == 0


def test_everybody_finds_only_what_they_may_see_and_counts_obey(app, world):
    record(app, world, "Công khai quỹ")
    record(app, world, "Công khai sổ sách", session_id=world.planned_id, state="open")
    with app.app_context():
        for name, unit, seen in (
            ("thu_ky", None, 2),
            ("nguoi_ngoai", None, 0),
            ("don_vi", world.unit_id, 1),
            ("don_vi_khac", world.other_unit_id, 0),
        ):
            answer = found("công khai", Sight(False, getattr(world, name).id, unit))
            assert (name, len(answer.hits), answer.total) == (name, seen, seen)
            assert sum(count for _unit, count in answer.by_unit) == seen


def test_the_head_of_the_minutes_names_unit_people_plan_and_day(app, world):
    record(app, world, state="signed")
    with app.app_context():
        for typed in (
            "bac giang",
            "Hội Trường Sơn tỉnh Bắc Giang",
            "Phạm Tiến Ích",
            "72/HTS",
            "20/10/2020",
            "hoàng văn bắc",
        ):
            assert [hit.passage.kind for hit in found(typed, unit_id=world.unit_id).hits] == ["minutes"], typed


def test_scores_reasons_exchanges_conclusion_and_rating_are_kept(app, world):
    with app.app_context():
        begin_writing()
        one = db.session.get(
            ChecklistSession,
            world.open_id,
            options=[selectinload(ChecklistSession.scores), selectinload(ChecklistSession.exchanges)],
        )
        for leaf in sheet_of(db.session(), world.checklist_id).leaves:
            entry = Entry(level=0) if leaf.kind == "levels" else Entry(points=leaf.maximum)
            one.settle(
                leaf,
                entry,
                reason="Sổ vàng đầy đủ" if leaf.number == "1.1" else "",
                base_version=0,
                by=world.truong_doan,
                at=MORNING,
                op_id=new_op(),
            )
        one.add_exchange(
            "question", "Bà Trần Thị Hòa", "Quỹ nghĩa tình còn bao nhiêu?", by=world.thu_ky, at=MORNING, op_id=new_op()
        )
        db.session.commit()
    record(app, world, conclusion="Đơn vị cần nhân rộng mô hình nuôi ong.")
    with app.app_context():
        kinds = {
            typed: [(hit.passage.kind, hit.passage.rating) for hit in found(typed).hits]
            for typed in ("sổ vàng", "quỹ nghĩa tình", "nuôi ong")
        }
        assert kinds == {
            "sổ vàng": [("reason", "Xuất sắc")],
            "quỹ nghĩa tình": [("exchange", "Xuất sắc")],
            "nuôi ong": [("conclusion", "Xuất sắc")],
        }
        assert found("quỹ nghĩa tình").hits[0].passage.title == "Hỏi · Bà Trần Thị Hòa"


def test_indexing_again_replaces_what_was_there(app, world):
    record(app, world, *STRENGTHS)
    with app.app_context():
        begin_writing()
        before = db.session.scalar(select(func.count()).select_from(Passage))
        assert index_session(db.session(), world.open_id) == before
        remark = db.session.scalar(select(Remark).where(Remark.text == STRENGTHS[0]))
        remark.withdrawn_at = MORNING
        assert index_session(db.session(), world.open_id) == before - 1
        db.session.commit()
        assert texts("quỹ khen") == []
        assert texts("ky niem chuong") == [STRENGTHS[2]]
        forget_passages(db.session(), world.open_id)
        assert found("thi").total == 0
        db.session.rollback()
        assert found("kỷ niệm chương").total == 1


def test_a_rollback_leaves_no_trace(app, world):
    record(app, world)
    with app.app_context():
        begin_writing()
        forget_passages(db.session(), world.open_id)
        index_passages(db.session(), [passage(world, world.open_id, "Voi xanh")])
        assert found("voi xanh").total == 1
        db.session.rollback()
        assert found("voi xanh").total == 0
        assert found("bac giang").total == 1


def test_keys_of_an_older_normaliser_do_no_harm(app, world, monkeypatch):
    monkeypatch.setattr("thidua.models.passage.index.NORMALISER_VERSION", 31)
    record(app, world, *STRENGTHS)
    monkeypatch.undo()
    with app.app_context():
        begin_writing()
        index_session(db.session(), world.open_id)
        db.session.commit()
        assert texts("quỹ khen") == [STRENGTHS[0]]
        db.session.get(Passage, found("quỹ khen").hits[0].passage.id).normaliser_version = 31
        db.session.commit()
        assert empty_old_index(db.session())
        assert found("quỹ khen").total == 0
        assert not empty_old_index(db.session())
        index_session(db.session(), world.open_id)
        db.session.commit()
        assert texts("quỹ khen") == [STRENGTHS[0]]


def test_sixty_passages_are_indexed_within_the_sign_off(app, world):
    record(app, world, *(f"{STRENGTHS[n % 3]} Lần {n}." * 4 for n in range(60)))
    with app.app_context():
        begin_writing()
        taken = []
        for _ in range(5):
            started = time.perf_counter()
            index_session(db.session(), world.open_id)
            taken.append(time.perf_counter() - started)
        assert min(taken) < 0.2, taken  # 0.05 is the aim on a quiet machine; the benchmark prints it


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "'",
        '"',
        "*",
        "-",
        "a OR b",
        "NEAR(a b)",
        "ex:a",
        "%",
        "\\",
        "(",
        "a:*",
        "!!",
        "'' | 'x",
        "\x00",
        "😀",
        "NOT",
        "- -a",
        "ﷺ",
        "a" * 3000,
        "1/2/3/4",
        "“",
        "thi " * 400,
    ],
)
def test_any_string_is_a_question(app, world, typed):
    record(app, world, *STRENGTHS)
    with app.app_context():
        found(typed)


def passage(world, session_id, body, *, on=date(2020, 10, 20)):
    return Passage(
        checklist_session_id=session_id,
        plan_id=world.plan_id,
        unit_id=world.unit_id,
        year=on.year,
        kind="strength",
        title="Ưu điểm",
        body=body,
        occurred_on=on,
    )

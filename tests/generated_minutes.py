"""Fifty half-days, each of its own kind and always the same: from one line to forty pages.

`CASES[name]()` gives the facts; `documents()` composes them all. Rules, paper and Word files are tried on them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from random import Random

from tests.generated_words import (
    CAUSES,
    DEEDS,
    HARD,
    HOSTILE,
    LACKS,
    LEADS,
    LONG_NAME,
    LONG_UNIT,
    MATTERS,
    REPORT,
    TASKS,
    UNITS,
    WISHES,
    agenda,
    moment,
    people,
    picked,
    sheet,
    talk,
    told,
)
from thidua.rules.documents import Document
from thidua.rules.minutes_facts import (
    Attendee,
    FigureReported,
    MinutesFacts,
    Objected,
    Rated,
    Recommended,
    Reviewed,
    ScoreLine,
)
from thidua.rules.minutes_signers import signing_parts
from thidua.rules.wording import compose_minutes, plan_cited

ISSUER = ("HỘI TRUYỀN THỐNG TRƯỜNG SƠN", "ĐƯỜNG HỒ CHÍ MINH VIỆT NAM")
SUBJECT = "Kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020"
PLAN = plan_cited("72/HTS", date(2020, 9, 8), "Thường trực Hội", SUBJECT)


def tiny() -> MinutesFacts:
    """Opened and closed; nobody recorded anything."""
    return MinutesFacts(
        issuer=ISSUER,
        number_line="Số: 01/BB-HTS",
        code="01/BB-HTS",
        subject=f"{SUBJECT} tại {UNITS[1]}",
        unit=UNITS[1],
        plan_reference=PLAN,
        started_at=moment(8),
        ended_at=moment(8, 30),
        read_through=True,
    )


def half_day(seed: int, size: int = 3) -> MinutesFacts:
    """An ordinary half-day; `size` remarks of each kind, more or less."""
    dice = Random(seed)
    unit = dice.choice(UNITS)
    attendees = people(dice, team=dice.randint(4, 5), unit=dice.randint(2, 2 + size), guests=dice.randint(0, 3))
    scores, most, own, agreed = sheet(dice, sections=dice.randint(2, 4), leaves=min(2 + size, 9))
    label = dice.choice(("Xuất sắc", "Tốt", "Khá"))
    return MinutesFacts(
        issuer=ISSUER,
        number_line=f"Số: {seed:02d}/BB-HTS",
        code=f"{seed:02d}/BB-HTS",
        subject=f"{SUBJECT} tại {unit}",
        unit=unit,
        plan_reference=PLAN,
        place=dice.choice(("Trụ sở Hội, số 5 Trần Phú", "Hội trường Ủy ban nhân dân phường Lê Lợi", "")),
        started_at=moment(8),
        ended_at=moment(11, dice.choice((0, 5, 20, 45))),
        read_through=True,
        attendees=attendees,
        agenda=agenda(dice),
        report_summary=REPORT[: dice.randint(1, 3)],
        figures=tuple(
            FigureReported(f"Chỉ tiêu số {at}: {dice.choice(MATTERS)}", "người", str(100 * at), str(100 * at + at * 7))
            for at in range(1, dice.randint(1, 2 * size) + 1)
        ),
        documents_prepared=tuple(f"Số {at}/QĐ-HTS ngày 0{at}/02/2020, Khen thưởng đợt {at}" for at in range(1, 4)),
        documents_seen=picked(dice, ("Sổ vàng truyền thống", "Sổ quỹ, chứng từ chi năm 2020", "Nghị quyết Đại hội"), 3),
        visits=("Đoàn thăm Chi hội Trường Sơn quận Lê Chân, gặp gỡ 12 hội viên tiêu biểu",) if seed % 2 else (),
        exchanges=talk(dice, attendees, size),
        strengths=told(dice, LEADS, DEEDS, size),
        shortcomings=picked(dice, LACKS, size),
        causes=picked(dice, CAUSES, dice.randint(0, size)),
        exemplars=picked(
            dice, ("Chi hội Trường Sơn quận Lê Chân", "Đồng chí Trần Thị Thúy, hội viên làm kinh tế giỏi"), 2
        ),
        difficulties=picked(dice, HARD, dice.randint(0, size)),
        proposals=picked(dice, WISHES, dice.randint(0, size)),
        recommendations=tuple(
            Recommended(text, dice.choice(("Ban Thường vụ Hội", "Chủ tịch Hội", "đơn vị")), date(2020, 11, 30))
            for text in picked(dice, TASKS, size)
        ),
        reviews=(Reviewed("Hoàn thiện hồ sơ năm 2019", "02/BB-HTS", date(2019, 10, 8), "partly", "còn 06 chi hội"),),
        scores=scores,
        total_maximum=most,
        total_self=own,
        total_agreed=agreed,
        rated=Rated(label, label, label),
        unit_opinions=("Đơn vị nhất trí với nhận xét của Đoàn kiểm tra và nghiêm túc tiếp thu.",),
        conclusion="" if seed % 3 else "Đơn vị hoàn thành tốt nhiệm vụ.\nĐề nghị tiếp tục phát huy.",
        recipients=(f"{unit};", "Thường trực Hội (để báo cáo);", "Lưu: VP, Đoàn kiểm tra."),
        issued_at=moment(11, 50),
    )


def unscored() -> MinutesFacts:
    """Half of the criteria have no agreed score yet; on one the members still differ."""
    facts = half_day(41)
    leaves = [line for line in facts.scores if line.kind == "item"]
    missing = {line.number: at for at, line in enumerate(leaves[::2])}
    scores = tuple(
        replace(line, agreed=None, reason="", unsettled=missing[line.number] == 0)
        if line.number in missing
        else replace(line, partial=line.kind == "group")
        for line in facts.scores
    )
    total = sum(line.agreed or 0 for line in scores if line.kind == "item")
    return replace(facts, scores=scores, total_agreed=total, conclusion="", number_line="Số: …/BB-HTS", code="")


def long_names() -> MinutesFacts:
    """Everybody is called something of sixty letters, and so is the unit."""
    facts = half_day(42)
    attendees = tuple(
        replace(person, name=LONG_NAME, office="Phó Trưởng ban Thường trực Ban Tuyên truyền – Thi đua Trung ương Hội")
        for person in facts.attendees
    )
    return replace(
        facts, unit=LONG_UNIT, subject=f"{SUBJECT} tại {LONG_UNIT}", attendees=attendees,
        recipients=(f"{LONG_UNIT};", "Lưu: VP."), parent="Ban Chấp hành Trung ương Hội Cựu chiến binh Việt Nam",
    )  # fmt: skip


def two_hundred_remarks() -> MinutesFacts:
    """Two hundred remarks, strengths, shortcomings and causes, none like the other."""
    facts, dice = half_day(43, 6), Random(43)
    numbered = [
        f"{text.rstrip('.')} (chi hội số {at})" for at, text in enumerate(told(dice, LEADS, DEEDS, 200), start=1)
    ]
    return replace(
        facts, strengths=tuple(numbered[:90]), shortcomings=tuple(numbered[90:150]), proposals=tuple(numbered[150:])
    )


def forty_pages() -> MinutesFacts:
    """As long as it gets: four sections of fifty criteria, hundreds of remarks and answers."""
    facts, dice = half_day(44, 60), Random(44)
    scores, most, own, agreed = sheet(dice, sections=5, leaves=40)
    return replace(
        facts, scores=scores, total_maximum=most, total_self=own, total_agreed=agreed,
        strengths=told(dice, LEADS, DEEDS, 140), exchanges=talk(dice, facts.attendees, 90), report_summary=REPORT * 10,
    )  # fmt: skip


def hostile() -> MinutesFacts:
    """Texts that are meant to break a page, a file or a command."""
    facts = half_day(45)
    return replace(
        facts, strengths=HOSTILE, shortcomings=("Chữ dài. " * 2_500,), place=HOSTILE[0], report_summary=HOSTILE,
        unit_opinions=("- a\n- b\n\n3. c",), attendees=(*facts.attendees, Attendee("guest", HOSTILE[0], HOSTILE[3])),
    )  # fmt: skip


def contested() -> MinutesFacts:
    """Gates, an override, objections that stand, a deputy who signs for the head, a seal."""
    facts = half_day(46)
    gate = "Tiêu chí 2.1 (nội dung bắt buộc) bị 0 điểm nên xếp loại không quá Khá."
    chosen = {"head": {"name": "Phạm Tiến Ích", "office": "Phó Trưởng đoàn", "formula": "KT."}}
    return replace(
        facts,
        rated=Rated("Tốt", "Xuất sắc", "Khá", (gate,), "Đơn vị đã khắc phục ngay trong buổi kiểm tra."),
        objections=(
            Objected("đồng chí Nga", "điểm mục 1.2 chưa phản ánh đúng kết quả.", "noted", "Hồ sơ gửi sau hạn."),
            Objected("đồng chí Hải", "sửa số hội viên", "accepted"),
        ),
        parts=signing_parts(facts.attendees, {"seal": True, "groups": ["secretary"]}, chosen),
        copies=4,
    )


def not_considered() -> MinutesFacts:
    """Criteria that do not apply, one of several to choose from, notes, things counted, no rating."""
    facts = half_day(47)
    first, *rest = [line for line in facts.scores if line.kind == "item"]
    scores = tuple(
        replace(line, agreed=None, self_points=None, not_applicable=True, reason="") if line in rest[:2]
        else replace(line, agreed=None, spared=True, reason="") if line in rest[2:3]
        else replace(line, times=3) if line is first
        else line
        for line in facts.scores
    )  # fmt: skip
    note = ScoreLine("note", "9.9", "Vướng mắc khi áp dụng quy chế", text_answer="Không có vướng mắc lớn")
    return replace(facts, scores=(*scores, note), rated=Rated("Không xếp loại", "Không xếp loại", "Không xếp loại"))


def no_remarks() -> MinutesFacts:
    """Only people and scores."""
    return replace(
        half_day(48), strengths=(), shortcomings=(), causes=(), exemplars=(), difficulties=(), proposals=(),
        recommendations=(), reviews=(), exchanges=(), visits=(), documents_seen=(), documents_prepared=(), figures=(),
        report_summary=(), unit_opinions=(), conclusion="", agenda=(),
    )  # fmt: skip


def one_of_each() -> MinutesFacts:
    """One person, one remark of every kind, one criterion."""
    return replace(half_day(49, 1), scores=half_day(49, 1).scores[:2], figures=half_day(49, 1).figures[:1])


CASES: dict[str, Callable[[], MinutesFacts]] = {
    "tiny": tiny,
    "no-remarks": no_remarks,
    "one-of-each": one_of_each,
    "unscored": unscored,
    "long-names": long_names,
    "two-hundred-remarks": two_hundred_remarks,
    "forty-pages": forty_pages,
    "hostile": hostile,
    "contested": contested,
    "not-considered": not_considered,
    **{f"half-day-{seed}": partial(half_day, seed, 1 + seed % 9) for seed in range(1, 33)},
    **{f"long-{seed}": partial(half_day, seed, 10 + 3 * (seed - 32)) for seed in range(33, 41)},
}


def documents() -> dict[str, Document]:
    """All of them composed; what lacks a number is a draft."""
    return {case: compose(case) for case in CASES}


def compose(case: str) -> Document:
    facts = CASES[case]()
    return compose_minutes(facts, draft=not facts.code, digest="" if not facts.code else "0" * 64)

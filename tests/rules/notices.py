"""The facts of plan 72/HTS for one unit, to make notices of."""

import json
from datetime import date
from pathlib import Path

from thidua.rules.notice_facts import NoticeFacts, TeamPerson
from thidua.rules.plan_facts import plan_facts_from_plain
from thidua.rules.wording import plan_cited

SEED = Path(__file__).parents[2] / "thidua" / "seeds" / "plan72.json"
PLAN = plan_facts_from_plain(json.loads(SEED.read_text(encoding="utf-8")))
UNIT = "Hội Trường Sơn tỉnh Bắc Giang"
FACTS = NoticeFacts(
    issuer=PLAN.issuer_meant,
    unit=UNIT,
    plan_reference=plan_cited("72/HTS", PLAN.issued_on, PLAN.issuer_body, PLAN.subject),
    subject=PLAN.subject,
    signer=PLAN.signer,
    issuer_body=PLAN.issuer_body,
    number=5,
    place=PLAN.place,
    issued_on=date(2020, 10, 1),
    leader="đồng chí Hoàng Văn Bắc, Chủ tịch Hội",
    on_date=date(2020, 10, 20),
    half="morning",
    venue="Hội trường tỉnh Bắc Giang",
    working_time=PLAN.working_time,
    contents=PLAN.contents,
    team_name="Đoàn số 1",
    team=(
        TeamPerson("Võ Sở", "Chủ tịch Hội", "Trưởng đoàn", "Thiếu tướng"),
        TeamPerson("Nguyễn Văn Quyết", "Phó Chánh Văn phòng", "Thư ký"),
    ),
    unit_side=PLAN.unit_side,
    duties=PLAN.duties,
    due_on=date(2020, 10, 15),
    contacts=PLAN.contacts,
    recipients=PLAN.recipients,
    link="http://192.168.1.5:8000/p/abcde-fghij",
)

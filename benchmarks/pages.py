"""Every page with a full round of data, the scoring page with 60 criteria, the designer with 300: time, queries, bytes.

run.py bench pages [--times N]
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from _stand import instance, report
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

SIXTY = {
    "name": "Sáu mươi tiêu chí",
    "total_max": 300,
    "not_applicable": "leave out of the maximum",
    "sections": [
        {
            "number": str(section),
            "title": f"Nội dung {section}",
            "max": 50,
            "criteria": [
                {
                    "number": f"{section}.{one}",
                    "short": f"Tiêu chí {section}.{one}: việc triển khai và kết quả cụ thể",
                    "max": 5,
                    "step": 0.5,
                    "kind": "base",
                }
                for one in range(1, 11)
            ],
        }
        for section in range(1, 7)
    ],
    "classification": [{"label": "Tốt", "min": 200}, {"label": "Khá", "min": 0}],
}

THREE_HUNDRED = {
    "name": "Ba trăm tiêu chí",
    "declared_max": 1200,
    "roots": [
        {
            "number": str(section),
            "text": f"Nội dung {section}",
            "kind": "section",
            "max": 120,
            "children": [
                {
                    "number": f"{section}.{group}",
                    "text": f"Nhóm {section}.{group}: tổ chức thực hiện",
                    "kind": "section",
                    "max": 24,
                    "children": [
                        {
                            "number": f"{section}.{group}.{one}",
                            "text": f"Tiêu chí {section}.{group}.{one}: việc triển khai và kết quả cụ thể",
                            "max": 4,
                        }
                        for one in range(1, 7)
                    ],
                }
                for group in range(1, 6)
            ],
        }
        for section in range(1, 11)
    ],
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo từng trang.")
    parser.add_argument("--times", type=int, default=15, help="số lần đo mỗi trang")
    options = parser.parse_args()
    with instance() as (folder, database_url):
        app = full_app(folder, database_url)
        with app.app_context():
            pages = addresses() | {"designer_300": add_draft()}
        queries = counted_queries(app)
        client = signed_in(app)
        measured = {name: measure(client, address, queries, options.times) for name, address in pages.items()}
        measured["designer_300_button"] = measure_button(client, pages["designer_300"], queries, options.times)
        first_load = bytes_of_first_load(client, pages["score_60"])
        app.extensions["live_hub"].close()
    for name, one in measured.items():
        print(f"{name:18} {one['server_ms']:7.1f} ms {one['queries']:4} truy vấn {one['bytes_gz'] / 1024:7.1f} KB")
    report(bench="pages", pages=measured, score_60_first_load_kb=round(first_load / 1024, 1))


def full_app(folder: Any, database_url: str) -> Flask:
    """The demo, and one more session on a checklist of sixty criteria with every proposal made."""
    from thidua import create_app
    from thidua.commands.setup import prepare

    settings = {"SQLALCHEMY_DATABASE_URI": database_url} if database_url else {}
    app = create_app(INSTANCE_FOLDER=folder, WTF_CSRF_ENABLED=False, **settings)
    prepare(app, demo=True)
    with app.app_context():
        add_sixty()
    return app


def add_sixty() -> None:
    """A plan unit of the demo gets the long checklist, opened, self-scored, with four proposals each."""
    from thidua.extensions import begin_writing, db
    from thidua.models import Account, Checklist, ChecklistSession, Score
    from thidua.rules.sheet_plain import sheet_from_plain

    now = datetime.now(UTC)
    begin_writing()
    session = db.session
    checklist = Checklist.from_sheet(sheet_from_plain(SIXTY), at=now)
    checklist.publish(at=now)
    session.add(checklist)
    session.flush()
    room = session.scalars(
        select(ChecklistSession).where(ChecklistSession.state == "planned").order_by(ChecklistSession.id)
    ).first()
    room.checklist_id = checklist.id
    people = {account.username: account for account in session.scalars(select(Account))}
    room.open(by=people["truong-doan"].actor, at=now, op_id=str(uuid.uuid4()))
    rows = [
        ("self", 0, "don-vi", ""),
        *(
            ("proposed", people[name].id, name, label)
            for name, label in (
                ("thu-ky", "Thư ký"),
                ("thanh-vien-1", "TV 1"),
                ("thanh-vien-2", "TV 2"),
                ("thanh-vien-3", "TV 3"),
            )
        ),
    ]
    for criterion in (one for one in checklist.criteria if one.kind != "section"):
        for perspective, holder, name, label in rows:
            session.add(
                Score(
                    checklist_session_id=room.id,
                    criterion_id=criterion.id,
                    perspective=perspective,
                    holder=holder,
                    points=400,
                    by_id=people[name].id,
                    by_name=people[name].name,
                    by_label=label,
                    at=now,
                    reason="Chưa có văn bản phối hợp." if name == "thanh-vien-2" else "",
                )
            )
    session.commit()


def add_draft() -> str:
    """A draft of 300 criteria in 60 sections; the address of its designer."""
    from thidua.extensions import begin_writing, db
    from thidua.models import Checklist
    from thidua.rules.sheet_plain import sheet_from_plain

    begin_writing()
    draft = Checklist.from_sheet(sheet_from_plain(THREE_HUNDRED), at=datetime.now(UTC))
    db.session.add(draft)
    db.session.commit()
    return f"/checklists/{draft.id}/design"


def addresses() -> dict[str, str]:
    """Every kind of page by name."""
    from thidua.extensions import db
    from thidua.models import Checklist, ChecklistSession, Conclusion, Plan, Unit

    opened = list(
        db.session.scalars(
            select(ChecklistSession.id).where(ChecklistSession.state == "open").order_by(ChecklistSession.checklist_id)
        )
    )
    signed = db.session.scalars(
        select(Conclusion.id).join(ChecklistSession).where(ChecklistSession.state == "signed")
    ).first()
    under_way = db.session.scalars(select(Conclusion.id).where(Conclusion.checklist_session_id == opened[0])).one()
    plan, unit, checklist = (
        db.session.scalars(select(model.id).order_by(model.id)).first() for model in (Plan, Unit, Checklist)
    )
    room = f"/checklist-sessions/{opened[0]}"
    return {
        "today": "/",
        "units": "/units",
        "unit": f"/units/{unit}",
        "plans": "/plans",
        "plan": f"/plans/{plan}",
        "checklists": "/checklists",
        "checklist": f"/checklists/{checklist}",
        "sessions": "/checklist-sessions",
        "score": room,
        "score_60": f"/checklist-sessions/{opened[-1]}",
        "board": f"{room}/board",
        "board_60": f"/checklist-sessions/{opened[-1]}/board",
        "projector": f"{room}/projector",
        "meeting": f"{room}/meeting",
        "remarks": f"{room}/remarks",
        "history": f"{room}/history",
        "conclusion": f"/conclusions/{under_way}",
        "minutes": f"/conclusions/{signed}",
        "search": "/search?q=ho+so+khen+thuong",
    }


def counted_queries(app: Flask) -> list[str]:
    """A list that grows with every statement sent to the database."""
    from thidua.extensions import db

    seen: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: seen.append(statement))
    return seen


def signed_in(app: Flask) -> FlaskClient:
    """The head of team's browser."""
    client = app.test_client()
    client.post("/login", data={"username": "truong-doan", "password": "demo"})
    return client


def measure(client: FlaskClient, address: str, queries: list[str], times: int) -> dict[str, Any]:
    """Median server time of one page, its queries (BEGIN and PRAGMA apart) and its gzipped bytes."""
    client.get(address)
    taken = []
    for _ in range(times):
        queries.clear()
        began = time.perf_counter()
        answer = client.get(address)
        body = answer.data
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status}")
    sent = [one for one in queries if one.split()[0].upper() in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")]
    return {"server_ms": round(statistics.median(taken), 1), "queries": len(sent), "bytes_gz": len(gzip.compress(body))}


def measure_button(client: FlaskClient, address: str, queries: list[str], times: int) -> dict[str, Any]:
    """The same for one button of the designer: a row in the middle goes down and up again, each time a partial."""
    import re

    page = client.get(address).text
    row = re.findall(r'name="criterion" value="(\d+)"', page)[182]
    taken = []
    for turn in range(times):
        fields = {"act": ("down", "up")[turn % 2], "criterion": row, "revision": str(turn), "panel": "1"}
        queries.clear()
        began = time.perf_counter()
        answer = client.post(f"{address}/outline", data=fields, headers={"HX-Request": "true"})
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status}")
    sent = [one for one in queries if one.split()[0].upper() in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")]
    body = gzip.compress(answer.data)
    return {"server_ms": round(statistics.median(taken), 1), "queries": len(sent), "bytes_gz": len(body)}


def bytes_of_first_load(client: FlaskClient, address: str) -> int:
    """The page and all that it names, gzipped where a proxy or server would (fonts are compressed already)."""
    import re

    page = client.get(address).text
    total = len(gzip.compress(page.encode()))
    for link in sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))):
        content = client.get(link.replace("&amp;", "&")).data
        total += len(content) if ".woff2" in link else len(gzip.compress(content))
    return total


if __name__ == "__main__":
    main()

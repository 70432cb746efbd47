"""The register: numbers without a hole, whoever asks when; a new row on 1 January in Vietnam."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.conclusions.conftest import closed  # noqa: F401
from tests.conclusions.test_at_once import at_once, meeting
from tests.conclusions.test_minutes import freeze
from thidua.extensions import begin_writing, db
from thidua.issuing.numbering import register_next
from thidua.models import Paper, register
from thidua.models.register import RegisterEntry
from thidua.rules.numbering import holes, repeated

OUTSIDE = {"kind": "CV", "symbol": "HTS", "title": "Về việc chuẩn bị hội nghị", "issued_on": "20/10/2020", "count": "1"}


def give(client, **fields):
    return client.post("/register", data=OUTSIDE | fields)


def numbers(app) -> list[tuple[str, int, int]]:
    with app.app_context():
        return [
            (one.kind, one.year, one.number)
            for one in db.session.scalars(
                select(RegisterEntry).order_by(RegisterEntry.kind, RegisterEntry.year, RegisterEntry.number)
            )
        ]


def test_holes_and_numbers_given_twice_are_found() -> None:
    assert holes([]) == () == holes([1, 2, 3])
    assert holes([5, 1, 2]) == (3, 4)
    assert repeated([1, 2, 2, 3, 3, 3]) == (2, 3)


def test_minutes_and_their_row_of_the_register_are_one(app, closed, client_of) -> None:  # noqa: F811
    assert freeze(client_of("truong-doan"), closed, accept_missing="y").status_code == 303
    with app.app_context():
        entry, paper = db.session.scalars(select(RegisterEntry)).one(), db.session.scalars(select(Paper)).one()
        assert (entry.paper_id, entry.number_label) == (paper.id, paper.number_label) == (paper.id, "01/BB-HTS")
        assert entry.title == "Biên bản, Hội Trường Sơn tỉnh Bắc Giang" and entry.issued_on.year == paper.year
    page = client_of("can-bo").get("/register").text
    assert "01/BB-HTS" in page and "Hội Trường Sơn tỉnh Bắc Giang" in page


def test_the_row_begins_again_on_1_january_in_vietnam(app) -> None:
    with app.app_context():
        begin_writing()
        given = [
            register_next(db.session(), "BB", symbol, issued_on=day, title="x", by_name="y", at=datetime.now(UTC))
            for symbol, day in (
                ("HTS", date(2020, 12, 30)),
                ("HTS", date(2020, 12, 31)),
                ("HTS", date(2021, 1, 1)),
                ("VP", date(2021, 1, 1)),
                ("HTS", date(2020, 12, 31)),
            )
        ]
        db.session.commit()
        assert [one.number for one in given] == [1, 2, 1, 1, 3]


@pytest.mark.parametrize(("at", "label"), [((2020, 12, 31, 16, 59), 2020), ((2020, 12, 31, 17, 0), 2021)])
def test_minutes_belong_to_the_year_of_the_vietnamese_clock(app, closed, monkeypatch, client_of, at, label) -> None:  # noqa: F811
    from thidua.conclusions import routes

    head = client_of("truong-doan")
    monkeypatch.setattr(routes, "now", lambda: datetime(*at, tzinfo=UTC))
    assert freeze(head, closed, accept_missing="y").status_code == 303
    assert numbers(app) == [("BB", label, 1)]


def test_a_document_written_elsewhere_gets_the_next_number_once(app, client_of) -> None:
    office = client_of("can-bo")
    assert "chưa có số nào" in office.get("/register").text
    for _ in range(2):  # the browser sends the form twice
        assert give(office, seen="0").headers["Location"] == "/register?year=2020"
    assert numbers(app) == [("CV", 2020, 1)]
    assert (
        "Đã vào sổ số 02/CV-HTS đến 15/CV-HTS"
        in office.get(give(office, seen="1", count="14").headers["Location"]).text
    )
    assert numbers(app) == [("CV", 2020, number) for number in range(1, 16)]
    assert "liền mạch, không thiếu số nào" in office.get("/register?year=2020").text


def test_numbers_given_at_once_leave_no_hole(app, client_of, monkeypatch) -> None:
    one, other = client_of("can-bo"), client_of("quan-tri")
    monkeypatch.setattr(register, "next_number", meeting(register.next_number))
    assert at_once(lambda: give(one), lambda: give(other), lambda: give(one, title="Khác")) == [303, 303, 303]
    assert numbers(app) == [("CV", 2020, 1), ("CV", 2020, 2), ("CV", 2020, 3)]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "XX"}, "Xin chọn loại văn bản"),
        ({"symbol": ""}, "Xin ghi ký hiệu"),
        ({"symbol": "<b>/1"}, "Ký hiệu chỉ gồm chữ"),
        ({"title": " "}, "Xin ghi trích yếu"),
        ({"issued_on": ""}, "Xin ghi ngày của văn bản"),
        ({"issued_on": "31/02/2020"}, "không phải là ngày"),
        ({"issued_on": "01/01/2199"}, "chưa đến"),
        ({"count": "0"}, "từ 1 đến 300"),
        ({"count": "1e3"}, "từ 1 đến 300"),
        ({"note": "x" * 401}, "dài quá 400"),
    ],
)
def test_what_is_typed_wrong_is_refused_and_no_number_is_lost(app, client_of, fields, sentence) -> None:
    answer = give(client_of("can-bo"), **fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert numbers(app) == []


def test_a_note_stands_beside_its_number_and_a_long_one_comes_back(app, client_of) -> None:
    office = client_of("can-bo")
    give(office)
    assert office.post("/register/1/note", data={"note": "Hủy, thay bằng số 02 <b>"}).status_code == 303
    assert "Hủy, thay bằng số 02 &lt;b&gt;" in office.get("/register?year=2020").text
    answer = office.post("/register/1/note", data={"note": "y" * 401})
    assert answer.status_code == 422 and "y" * 401 in answer.text and "dài quá 400" in answer.text
    assert office.post("/register/99/note", data={"note": ""}).status_code == 404


def test_only_the_office_reads_and_writes_the_register(app, client_of) -> None:
    for username in ("truong-doan", "thu-ky", "don-vi", "nguoi-ngoai"):
        client = client_of(username)
        assert client.get("/register").status_code == 403
        assert give(client).status_code == 403
    give(client_of("can-bo"))
    assert client_of("thu-ky").post("/register/1/note", data={"note": "x"}).status_code == 403
    assert client_of("").get("/register").status_code == 302
    assert numbers(app) == [("CV", 2020, 1)]

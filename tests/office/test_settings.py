"""The office's settings: set once, followed by every paper made from then on; the sample follows what is typed."""

import re

from flask import Flask
from sqlalchemy import select

from tests.world import World
from thidua.extensions import db
from thidua.models.office_settings import OfficeSettings, office_of
from thidua.office.sample import sample_document
from thidua.office.typed import office_from, typed_of
from thidua.rules.documents import Letterhead, Recipients
from thidua.rules.office import Office

TYPED = {
    "parent": "Liên hiệp các Hội",
    "issuer": "HỘI CỰU CHIẾN BINH\nTỈNH MẪU",
    "short_name": "Hội",
    "symbol": "HCCB",
    "place": "Huế",
    "prints_ranks": "y",
    "abbreviations": "CCB = cựu chiến binh\nBCH=Ban Chấp hành",
    "recipients": "- {unit};\nLưu: VP.",
    "copies": "3",
    "sign_note": "",
    "signing_body": "TM. BAN THƯỜNG VỤ",
    "signing_office": "PHÓ CHỦ TỊCH",
    "signing_person": "Trần Văn Mẫu",
    "verify_address": "http://192.168.1.10:5000/",
    "base_version": "0",
}


def settings(app: Flask) -> OfficeSettings | None:
    with app.app_context():
        return db.session.scalar(select(OfficeSettings))


def test_an_empty_instance_shows_the_defaults_and_a_sample(client_of) -> None:
    page = client_of("can-bo").get("/office")
    assert page.status_code == 200
    assert "HỘI TRUYỀN THỐNG TRƯỜNG SƠN" in page.text and "05/BB-HTS" in page.text and "Xem thử" in page.text
    assert "Mẫu có sẵn của chương trình" in page.text


def test_what_is_typed_is_kept_and_holds_for_every_paper(app: Flask, world: World, client_of) -> None:
    client = client_of("quan-tri")
    assert client.post("/office", data=TYPED).status_code == 303
    with app.app_context():
        office = office_of(db.session())
    assert office.issuer == ("HỘI CỰU CHIẾN BINH", "TỈNH MẪU") and office.copies == 3
    assert office.recipients == ("{unit};", "Lưu: VP.") and office.verify_address == "http://192.168.1.10:5000"
    assert office.abbreviations == (("CCB", "cựu chiến binh"), ("BCH", "Ban Chấp hành"))
    stored = settings(app)
    assert stored and (stored.version, stored.changed_by) == (1, "Vũ Quản Trị")
    page = client.get("/office").text
    assert "Vũ Quản Trị sửa lần cuối" in page and "05/BB-HCCB" in page
    draft = client_of("can-bo").get(f"/conclusions/{world.conclusion_id}").text
    assert "TỈNH MẪU" in draft and "Liên hiệp các Hội" in draft


def test_two_people_at_once_the_second_is_asked_and_loses_nothing(app: Flask, client_of) -> None:
    client_of("quan-tri").post("/office", data=TYPED)
    second = client_of("can-bo")
    answer = second.post("/office", data=TYPED | {"place": "Vinh"})
    assert answer.status_code == 409 and "Vũ Quản Trị vừa sửa trang này" in answer.text
    assert 'value="Vinh"' in answer.text and settings(app).content["place"] == "Huế"
    version = re.search(r'name="base_version"[^>]*value="(\d+)"', answer.text)[1]
    assert second.post("/office", data=TYPED | {"place": "Vinh", "base_version": version}).status_code == 303
    assert settings(app).content["place"] == "Vinh"


WRONG = (
    ({"issuer": ""}, "Xin ghi tên cơ quan ban hành"),
    ({"issuer": "a\nb\nc\nd\ne"}, "nhiều nhất 4 dòng"),
    ({"symbol": "H S"}, "Ký hiệu chỉ gồm"),
    ({"symbol": "<b>"}, "Ký hiệu chỉ gồm"),
    ({"copies": "0"}, "một số từ 1 đến 20"),
    ({"copies": "hai"}, "một số từ 1 đến 20"),
    ({"abbreviations": "TĐKT thi đua"}, "Xin xem lại dòng “TĐKT thi đua”"),
    ({"recipients": "{don_vi};"}, "trong ngoặc nhọn chỉ ghi {unit}"),
    ({"recipients": "\n".join("a" for _ in range(31))}, "nhiều nhất 30 dòng"),
    ({"parent": "a" * 20_000}, "dài quá 200 chữ"),
    ({"verify_address": "javascript:alert(1)"}, "bắt đầu bằng http://"),
    ({"verify_address": "http://a.vn/?x"}, "bắt đầu bằng http://"),
    ({"verify_address": "http://[a"}, "bắt đầu bằng http://"),
)


def test_what_cannot_be_taken_is_told_beside_its_field(app: Flask, client_of) -> None:
    client = client_of("quan-tri")
    for changed, said in WRONG:
        answer = client.post("/office", data=TYPED | changed)
        assert answer.status_code == 422 and said in answer.text, changed
    assert settings(app) is None


def test_the_sample_follows_what_is_typed_and_saves_nothing(app: Flask, client_of) -> None:
    client = client_of("can-bo")
    part = client.post("/office/sample", data=TYPED | {"prints_ranks": ""}).text
    assert part.startswith('<div id="office-sample">') and "TỈNH MẪU" in part and "Thiếu tướng" not in part
    assert "Thiếu tướng Nguyễn Văn An" in client.post("/office/sample", data=TYPED).text
    notice = client.post("/office/sample", data=TYPED | {"sample": "TB"}).text
    assert "TM. BAN THƯỜNG VỤ" in notice and "Huế, ngày 20 tháng 10 năm 2026" in notice and "03/TB-HCCB" in notice
    assert settings(app) is None


def test_the_sample_of_half_typed_and_hostile_words_is_shown_as_words(client_of) -> None:
    client = client_of("can-bo")
    typed = {"issuer": "<script>alert(1)</script>", "copies": "x", "abbreviations": "=", "sample": "?"}
    part = client.post("/office/sample", data=typed)
    assert part.status_code == 200 and "<script>" not in part.text and "&lt;script&gt;" in part.text
    assert client.post("/office/sample", data={}).status_code == 200


def test_strangers_members_and_units_may_not(client_of) -> None:
    for username, status in (("", 401), ("truong-doan", 403), ("don-vi", 403)):
        client = client_of(username)
        for address in ("/office", "/office/sample", "/office/word-template", "/office/word-template/removal"):
            assert client.post(address, data=TYPED).status_code == status, (username, address)


def test_typed_and_stored_are_the_same_both_ways() -> None:
    office = Office(parent="Trên", prints_ranks=False, copies=4, sign_note="")
    assert office_from(typed_of(office)) == office


def test_the_sample_obeys_every_setting() -> None:
    office = Office(parent="Cấp trên", issuer=("Một", "Hai"), symbol="X", recipients=("Gửi {unit};",), copies=3)
    document = sample_document(office)
    letterhead, recipients = document.block("letterhead"), document.block("recipients")
    assert isinstance(letterhead, Letterhead) and isinstance(recipients, Recipients)
    assert (letterhead.parent, letterhead.issuer, letterhead.number) == ("Cấp trên", ("Một", "Hai"), "Số: 05/BB-X")
    assert recipients.lines == ("Gửi Hội Trường Sơn tỉnh Mẫu;",) and document.draft

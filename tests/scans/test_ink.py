"""Minutes signed with ink: printed without a number, scanned, compared page by page, entered into the register."""

import io
import json

import pypdfium2
import pytest
from sqlalchemy import delete, select, update

from tests.checklist_sessions.rooms import kinds
from tests.conclusions.conftest import closed  # noqa: F401
from tests.conclusions.test_minutes import freeze
from tests.conftest import new_op
from tests.scans.conftest import PAGES, page_picture
from thidua import upload_limits
from thidua.doors.scan import read_scan
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, JournalEntry, Paper, Signature, SignedScan
from thidua.models.register import RegisterEntry
from thidua.rules.page_codes import codes_of_pages, judged
from thidua.rules.words import day_of

OTHER = "http://may-chu/verify/" + "ab" * 8 + "?p=1"


def attach(client, paper_id, *files, **fields):
    named = [(io.BytesIO(content), name) for content, name in files]
    return client.post(f"/papers/{paper_id}/scans", data={"files": named, "op_id": new_op()} | fields)


def photos(code_of, *pages):
    return [(page_picture(code_of(page)), f"trang-{page}.jpg") for page in pages]


def register(client, app, paper_id, **fields):
    with app.app_context():
        day = day_of(db.session.get_one(Paper, paper_id).frozen_at)
    names = {"name_secretary": "Phạm Tiến Ích", "name_unit": "Hoàng Văn Bắc", "name_head": "Nguyễn Văn Lạng"}
    data = names | {"office_head": "Trưởng đoàn", "signed_on": f"{day:%d/%m/%Y}", "op_id": new_op()} | fields
    return client.post(f"/papers/{paper_id}/registration", data=data)


def test_the_page_leads_from_printing_to_the_register(ink, client_of) -> None:
    page = client_of("thu-ky").get(f"/papers/{ink}/scans").text
    assert f"đủ {PAGES} trang" in page and "Chưa có bản quét nào" in page and "Vào sổ và kết thúc" not in page
    assert "Đính kèm bản đã ký" not in client_of("thanh-vien-1").get(f"/papers/{ink}/scans").text


def test_from_photographs_to_the_number_and_the_end_of_the_half_day(app, world, ink, code_of, client_of) -> None:
    secretary = client_of("thu-ky")
    assert attach(secretary, ink, *photos(code_of, 1, 2, 3)).status_code == 303
    page = secretary.get(f"/papers/{ink}/scans").text
    assert "Đã đọc được mã của cả 3 trang" in page and "đúng văn bản này, trang 2" in page
    answer = register(secretary, app, ink)
    assert answer.status_code == 303 and "Đã vào sổ: số 01/BB-HTS" in secretary.get(answer.headers["Location"]).text
    with app.app_context():
        paper, entry = db.session.get_one(Paper, ink), db.session.scalars(select(RegisterEntry)).one()
        assert (paper.number_label, entry.paper_id, entry.number) == ("01/BB-HTS", ink, 1)
        signed = db.session.scalars(select(Signature).order_by(Signature.id)).all()
        assert [(one.part, one.name, one.means) for one in signed] == [
            ("secretary", "Phạm Tiến Ích", "ink"),
            ("unit", "Hoàng Văn Bắc", "ink"),
            ("head", "Nguyễn Văn Lạng", "ink"),
        ]
        assert db.session.get_one(ChecklistSession, world.open_id).state == "signed"
        said = json.loads(
            db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one().payload
        )
        assert said["minutes"] == paper.sha256 and len(said["scans"]) == 3
    assert kinds(app, world.open_id)[-4:] == ["scan.attached"] * 3 + ["minutes.registered"]
    assert "Vào sổ văn bản ký tay, số 01/BB-HTS" in secretary.get(f"/checklist-sessions/{world.open_id}/history").text
    assert "nguyên vẹn" in app.test_cli_runner().invoke(args=["check"]).output
    later = attach(secretary, ink, (page_picture(code_of(1), turn=180), "co-so.jpg"))
    assert later.status_code == 303 and register(secretary, app, ink).status_code == 409


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (update(Signature).where(Signature.part == "unit").values(name="Người Khác"), "người ký tay không khớp"),
        (delete(SignedScan).where(SignedScan.id == 1), "bản quét không khớp"),
        (update(SignedScan).values(page_codes=[""]), "bản quét không khớp"),
    ],
)
def test_a_name_or_a_scan_changed_in_the_store_is_found(app, ink, code_of, client_of, change, sentence) -> None:
    attach(client_of("thu-ky"), ink, *photos(code_of, 1))
    register(client_of("thu-ky"), app, ink, accept="y")
    with app.app_context():
        begin_writing()
        db.session.execute(change)
        db.session.commit()
    assert sentence in app.test_cli_runner().invoke(args=["check"]).output


def test_what_is_sent_twice_is_done_once(app, world, ink, code_of, client_of) -> None:
    secretary, first, second = client_of("thu-ky"), new_op(), new_op()
    for _ in range(2):
        assert attach(secretary, ink, *photos(code_of, 1), op_id=first).status_code == 303
    for _ in range(2):
        assert register(secretary, app, ink, op_id=second, accept="y").status_code == 303
    assert [kind for kind in kinds(app, world.open_id) if "." in kind][-2:] == ["scan.attached", "minutes.registered"]
    assert attach(secretary, ink, *photos(code_of, 1)).status_code == 409  # the very same file, sent on purpose


def test_pages_of_another_paper_and_unreadable_ones_are_told_apart(app, ink, code_of, client_of) -> None:
    secretary = client_of("thu-ky")
    files = [
        (page_picture(OTHER), "khac.png"),
        (page_picture(""), "mo.jpg"),
        (page_picture("https://vi.wikipedia.org"), "qr.jpg"),
    ]
    attach(secretary, ink, *files, *photos(code_of, 2))
    page = secretary.get(f"/papers/{ink}/scans").text
    assert "văn bản khác: không có trong hệ thống này (mã abababababab)" in page
    assert page.count("không đọc được mã QR") == 2 and "đúng văn bản này, trang 2" in page
    answer = register(secretary, app, ink)
    assert answer.status_code == 422 and "xem lại từng trang" in answer.text and "Hoàng Văn Bắc" in answer.text
    with app.app_context():
        other = db.session.scalars(select(SignedScan).where(SignedScan.found == "ab" * 8)).one().id
    assert secretary.post(f"/papers/{ink}/scans/{other}/withdrawal", data={"op_id": new_op()}).status_code == 303
    assert "chưa thấy mã của trang 1, 3" in secretary.get(f"/papers/{ink}/scans").text
    assert register(secretary, app, ink, accept="y").status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name_unit": " "}, "Xin ghi ai đã ký ở chỗ đại diện đơn vị"),
        ({"name_head": "x" * 121}, "dài quá 120"),
        ({"signed_on": "01/01/2199"}, "Ngày ký chưa đến"),
        ({"signed_on": "01/01/2001"}, "không thể trước ngày chốt"),
        ({"signed_on": "hôm qua"}, "không phải là ngày"),
        ({"signed_on": ""}, "Xin ghi ngày ký"),
        ({"accept": ""}, "Xin xem lại từng trang"),
    ],
)
def test_what_is_missing_is_told_beside_its_field_and_no_number_is_used(
    app, ink, code_of, client_of, fields, sentence
) -> None:
    secretary = client_of("thu-ky")
    attach(secretary, ink, *photos(code_of, 1))
    answer = register(secretary, app, ink, **{"accept": "y"} | fields)
    assert answer.status_code == 422 and sentence in answer.text
    with app.app_context():
        assert db.session.scalars(select(RegisterEntry)).all() == []


def test_without_a_scan_nothing_is_registered(app, ink, client_of) -> None:
    answer = register(client_of("thu-ky"), app, ink, accept="y")
    assert answer.status_code == 409 and "Chưa có bản quét" in answer.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "trong.pdf", "trống"),
        (b"hello", "a.pdf", "không phải tệp PDF"),
        (b"PK\x03\x04zip", "a.docx", "không phải tệp PDF"),
        (b"%PDF-1.7 nothing", "hong.pdf", "bị hỏng"),
        (b"\xff\xd8\xff\xe0 nothing", "anh.jpg", "bị hỏng"),
        (b"\0\0\0\x18ftypheic", "anh.heic", "ảnh HEIC"),
    ],
)
def test_a_file_that_is_no_scan_is_refused_by_name(app, ink, client_of, content, name, sentence) -> None:
    answer = attach(client_of("thu-ky"), ink, (content, name))
    assert answer.status_code == 422 and name in answer.text and sentence in answer.text
    with app.app_context():
        assert db.session.scalars(select(SignedScan)).all() == []


def test_nothing_chosen_and_too_much_at_once_are_refused_in_words(ink, client_of, monkeypatch) -> None:
    answer = client_of("thu-ky").post(f"/papers/{ink}/scans", data={"op_id": new_op()})
    assert answer.status_code == 422 and "Xin chụp hoặc chọn" in answer.text
    monkeypatch.setitem(upload_limits.LONGEST, "scans.attach", 1000)
    answer = attach(client_of("thu-ky"), ink, (page_picture(""), "anh.jpg"))
    assert answer.status_code == 413 and "60 MB" in answer.text


def test_the_file_comes_back_and_cannot_run(app, ink, code_of, client_of) -> None:
    attach(client_of("thu-ky"), ink, *photos(code_of, 1))
    with app.app_context():
        scan = db.session.scalars(select(SignedScan)).one()
    answer = client_of("don-vi").get(f"/papers/{ink}/scans/{scan.id}/file")
    assert answer.mimetype == "image/jpeg" and len(answer.data) == scan.size
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client_of("thu-ky").get(f"/papers/{ink}/scans/999/file").status_code == 404


def test_strangers_and_members_change_nothing(app, ink, code_of, client_of) -> None:
    for username in ("nguoi-ngoai", "don-vi-khac"):
        assert client_of(username).get(f"/papers/{ink}/scans").status_code == 403
    attach(client_of("can-bo"), ink, *photos(code_of, 1))
    for username in ("thanh-vien-1", "don-vi", "nguoi-ngoai"):
        client = client_of(username)
        assert attach(client, ink, *photos(code_of, 2)).status_code == 403, username
        assert register(client, app, ink, accept="y").status_code == 403
        assert client.post(f"/papers/{ink}/scans/1/withdrawal", data={"op_id": new_op()}).status_code == 403
    assert client_of("thu-ky").get("/papers/99/scans").status_code == 404


def test_the_codes_on_printed_minutes_are_those_of_the_paper(app, closed, client_of) -> None:  # noqa: F811
    """The one test here that prints: what comes out of the printer is known again from a photograph."""
    head = client_of("truong-doan")
    freeze(head, closed, accept_missing="y")
    with app.app_context():
        paper = db.session.scalars(select(Paper)).one()
    with pypdfium2.PdfDocument(head.get(f"/conclusions/{closed}/minutes.pdf").data) as file:
        photograph, out = (
            file[0].render(scale=1.8).to_pil().convert("L").rotate(3, expand=True, fillcolor=150),
            io.BytesIO(),
        )
    photograph.save(out, "JPEG", quality=70)
    read = codes_of_pages(read_scan(out.getvalue()).pages)
    assert judged(read, paper.sha256)[0].verdict == "this" and read == [f"{paper.sha256[:16]}?p=1"]

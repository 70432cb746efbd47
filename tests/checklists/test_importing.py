"""Bringing in a score sheet: the file, its reading beside the requests, the review, and the draft at the end."""

import io
import json
import re
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tests.checklists.layouts import PLAIN, TITLES_IN_TWO_ROWS, WITH_DOUBTS
from tests.checklists.office_files import Layout, docx_of, xlsx_of
from tests.rules.sheet_reading.grids import outline
from tests.world import SEEDS
from thidua import upload_limits
from thidua.checklists import import_worker
from thidua.checklists.import_worker import SILENCE, worker
from thidua.doors.files import FileStore
from thidua.extensions import begin_writing, db
from thidua.models import Account, Checklist, ChecklistImport
from thidua.models.checklist_import import FAILED, READ, READING, SAVED

PATIENCE = 30


@pytest.fixture
def secretary(client_of):
    return client_of("thu-ky")


def send(client, content: bytes, name: str = "bang-diem.xlsx"):
    return client.post("/checklists/import", data={"file": (io.BytesIO(content), name)})


def wait(app, import_id: int) -> ChecklistImport:
    """The import once its reading is over."""
    patience = threading.Event()
    for _ in range(PATIENCE * 20):
        with app.app_context():
            one = db.session.get(ChecklistImport, import_id)
            if one is None or (one.state != READING and not worker().knows(import_id)):
                return one
        patience.wait(0.05)
    raise AssertionError("the file was not read")


def brought(app, client, content: bytes, name: str = "bang-diem.xlsx") -> int:
    """The id of a file that was sent and read."""
    answer = send(client, content, name)
    assert answer.status_code == 303, answer.text
    import_id = int(answer.headers["Location"].rpartition("/")[2])
    wait(app, import_id)
    return import_id


def stored(app, import_id: int) -> ChecklistImport:
    with app.app_context():
        return db.session.get_one(ChecklistImport, import_id)


def lines(app, import_id: int) -> list[str]:
    return outline(stored(app, import_id).read())


def post(app, client, import_id: int, where: str, **fields: str):
    """As the page in front of the person posts it."""
    return client.post(
        f"/checklists/imports/{import_id}/{where}", data={"revision": str(stored(app, import_id).revision), **fields}
    )


def drafts(app) -> list[Checklist]:
    with app.app_context():
        found = select(Checklist).where(Checklist.state == "draft").options(selectinload(Checklist.criteria))
        return list(db.session.scalars(found))


def test_a_workbook_becomes_a_draft_only_when_it_is_saved(app, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN))
    page = secretary.get(f"/checklists/imports/{import_id}").text
    assert "Xem lại bảng đã đọc" in page and "Không còn chỗ ngờ" in page and "Phong trào" in page
    assert "C7" in page and "Khớp" in page
    assert drafts(app) == []
    answer = post(app, secretary, import_id, "draft")
    (draft,) = drafts(app)
    assert answer.headers["Location"] == f"/checklists/{draft.id}"
    assert [(one.number, one.maximum) for one in draft.criteria] == [
        ("I", 2000), ("1", 1250), ("2", 750), ("II", 1000), ("1", 1000),
    ]  # fmt: skip
    assert draft.declared_max == 3000
    assert stored(app, import_id).state == SAVED and stored(app, import_id).checklist_id == draft.id
    assert "Mở bảng điểm" in secretary.get(f"/checklists/imports/{import_id}").text
    again = post(app, secretary, import_id, "draft")
    assert again.status_code == 409 and len(drafts(app)) == 1


def test_doubts_are_shown_with_their_cell_and_answered_with_one_press(app, secretary):
    import_id = brought(app, secretary, xlsx_of(WITH_DOUBTS))
    page = secretary.get(f"/checklists/imports/{import_id}").text
    assert "5 chỗ máy chưa chắc" in page and "Ô C3" in page and "15 điểm" in page
    doubt = next(one for one in stored(app, import_id).read().doubts if one.at == "C3")
    answer = post(app, secretary, import_id, "doubts", answer=f"{doubt.id}:1")
    assert answer.status_code == 303
    assert "  1 Sinh hoạt (15 điểm) [15]" in lines(app, import_id)
    gone = post(app, secretary, import_id, "doubts", answer=f"{doubt.id}:1")
    assert gone.status_code == 409 and "đã được xem rồi" in gone.text
    assert post(app, secretary, import_id, "doubts", answer="all").status_code == 303
    assert stored(app, import_id).read().open_doubts == ()
    assert "Đã xem hết các chỗ chưa chắc" in secretary.get(f"/checklists/imports/{import_id}").text


def test_a_row_is_corrected_by_hand_and_what_then_adds_up_is_no_doubt_any_more(app, secretary):
    import_id = brought(app, secretary, xlsx_of(WITH_DOUBTS))
    row = next(one for one in stored(app, import_id).read().rows if one.at == "B4")
    address = f"/checklists/imports/{import_id}/rows/{row.id}"
    form = secretary.get(address).text
    assert "Hội phí" in form and "mười" in form
    typed = {
        "number": "2", "text": "Thu nộp hội phí", "depth": "2", "kind": "levels", "polarity": "base", "maximum": "20",
        "levels": "Đủ: 20\nThiếu: 12,5\nKhông: 0", "guidance": "Xem sổ quỹ", "is_taken": "y",
    }  # fmt: skip
    answer = post(app, secretary, import_id, f"rows/{row.id}", **typed)
    assert answer.headers["Location"].endswith(f"#row-{row.id}")
    assert lines(app, import_id)[-1] == "  2 Thu nộp hội phí [20] Đủ 20/Thiếu 12,5/Không 0"
    assert stored(app, import_id).read().row(row.id).criterion.guidance == "Xem sổ quỹ"
    assert {doubt.at for doubt in stored(app, import_id).read().open_doubts} == {"C3", "C5"}


def test_what_is_typed_wrong_stays_on_the_page_with_its_sentence(app, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN))
    typed = {"number": "1", "text": "Chữ vừa gõ", "depth": "2", "kind": "points", "polarity": "base", "is_taken": "y"}
    for fields, sentence in (
        ({"maximum": "mười hai"}, "không phải là điểm"),
        ({"maximum": "12", "text": ""}, "Xin ghi nội dung"),
        ({"maximum": "12", "kind": "levels", "levels": "Tốt 5"}, "dấu hai chấm"),
        ({"maximum": "12", "kind": "sao"}, "Xin chọn một cách chấm"),
        ({"maximum": "12", "number": ""}, "Xin ghi số thứ tự"),
    ):
        answer = post(app, secretary, import_id, "rows/2", **(typed | fields))
        assert answer.status_code == 422, fields
        assert sentence in answer.text
        assert (typed | fields)["maximum"] in answer.text
    assert lines(app, import_id) == list(PLAIN.expected)
    assert "Chữ vừa gõ" in post(app, secretary, import_id, "rows/2", **(typed | {"maximum": "x"})).text
    assert secretary.get(f"/checklists/imports/{import_id}/rows/999").status_code == 404


def test_rows_are_moved_in_and_out_left_out_and_taken_again(app, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN))
    assert post(app, secretary, import_id, "rows", **{"in": "3"}).status_code == 303
    assert lines(app, import_id)[1:3] == ["  1 Sinh hoạt [12,5]", "    2 Hội phí [7,5]"]
    assert post(app, secretary, import_id, "rows", out="2").status_code == 303
    assert lines(app, import_id)[:3] == ["I Công tác Hội [20]", "1 Sinh hoạt [12,5]", "  2 Hội phí [7,5]"]
    refused = post(app, secretary, import_id, "rows", out="1")
    assert refused.status_code == 409 and "ba cấp" in refused.text
    assert post(app, secretary, import_id, "rows", leave="2").status_code == 303
    assert "1 Sinh hoạt [12,5]" not in lines(app, import_id)
    assert "Không lấy" in secretary.get(f"/checklists/imports/{import_id}").text
    assert post(app, secretary, import_id, "rows", take="2").status_code == 303
    assert "1 Sinh hoạt [12,5]" in lines(app, import_id)
    assert post(app, secretary, import_id, "rows", leave="999").status_code == 409
    assert post(app, secretary, import_id, "rows").status_code == 400


def test_every_correction_can_be_taken_back_and_outlives_a_reload(app, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN))
    assert post(app, secretary, import_id, "undo").status_code == 409
    post(app, secretary, import_id, "rows", leave="2")
    post(app, secretary, import_id, "head", name="Bảng điểm mới", declared_max="35,5")
    page = secretary.get(f"/checklists/imports/{import_id}").text
    assert 'value="Bảng điểm mới"' in page and 'value="35,5"' in page and "Hoàn tác" in page
    post(app, secretary, import_id, "undo")
    assert stored(app, import_id).read().head.declared_max == 3000
    post(app, secretary, import_id, "undo")
    assert lines(app, import_id) == list(PLAIN.expected)
    refused = post(app, secretary, import_id, "head", name="", declared_max="30")
    assert refused.status_code == 422 and "Xin ghi tên bảng điểm" in refused.text


def test_two_windows_never_overwrite_each_other(app, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN))
    old = str(stored(app, import_id).revision)
    post(app, secretary, import_id, "rows", leave="2")
    for where, fields in (
        ("rows", {"leave": "3"}),
        ("head", {"name": "Khác", "declared_max": "1"}),
        ("draft", {}),
        ("undo", {}),
        ("columns", {}),
    ):
        answer = secretary.post(f"/checklists/imports/{import_id}/{where}", data={"revision": old, **fields})
        assert answer.status_code == 409 and "cửa sổ hoặc máy khác" in answer.text, where
    typed = {"number": "1", "text": "Chữ đang gõ", "depth": "2", "kind": "points", "polarity": "base", "maximum": "9"}
    answer = secretary.post(f"/checklists/imports/{import_id}/rows/3", data={"revision": old, **typed})
    assert answer.status_code == 409 and "Chữ đang gõ" in answer.text
    assert len(lines(app, import_id)) == 4 and drafts(app) == []


def test_nothing_is_saved_half(app, secretary, monkeypatch):
    import_id = brought(app, secretary, xlsx_of(PLAIN))

    def stumble(self, checklist):
        raise RuntimeError("as if the power went")

    monkeypatch.setattr(ChecklistImport, "save_as", stumble)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert post(app, secretary, import_id, "draft").status_code == 500
    assert drafts(app) == [] and stored(app, import_id).state == READ


def test_a_row_that_no_rule_allows_is_named_and_nothing_is_saved(app, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN))
    typed = {"number": "1", "text": "Đếm", "depth": "2", "kind": "count", "polarity": "base", "maximum": "9"}
    assert post(app, secretary, import_id, "rows/2", **typed, is_taken="y").status_code == 303
    answer = post(app, secretary, import_id, "draft")
    assert answer.status_code == 422 and "điểm mỗi lần" in answer.text and "B3" in answer.text
    assert f"/checklists/imports/{import_id}/rows/2" in answer.text
    assert drafts(app) == []


def test_another_sheet_or_other_columns_can_be_chosen_and_the_file_is_read_again(app, secretary):
    other = Layout(rows=[["TT", "Nội dung", "Điểm"], [1, "Ý của khối B", 5], [2, "Ý nữa", 6]])
    import_id = brought(app, secretary, xlsx_of(PLAIN, other, names=["Khối A", "Khối B"]))
    page = secretary.get(f"/checklists/imports/{import_id}").text
    assert "Khối B" in page and "Cũng có thể là bảng điểm" in page
    assert post(app, secretary, import_id, "columns", chosen="1").status_code == 303
    wait(app, import_id)
    assert lines(app, import_id) == ["1 Ý của khối B [5]", "2 Ý nữa [6]"]
    refused = post(app, secretary, import_id, "columns", **{"role-0": "text"})
    assert refused.status_code == 422 and "đúng một cột" in refused.text
    post(app, secretary, import_id, "columns", **{"role-2": "ignored"})
    wait(app, import_id)
    assert [line.partition(" (")[0] for line in lines(app, import_id)] == ["1 Ý của khối B", "2 Ý nữa"]


def test_score_columns_and_rows_left_out_are_told(app, secretary):
    import_id = brought(app, secretary, xlsx_of(TITLES_IN_TWO_ROWS))
    page = secretary.get(f"/checklists/imports/{import_id}").text
    assert "Cột điểm đã chấm" in page and "Tự chấm" in page and "3 ô có chữ" in page
    assert "Hàng tiêu đề lặp lại" in page and "Hàng đánh số cột" in page


def test_json_of_this_program_comes_in_exactly(app, secretary):
    plain = (SEEDS / "checklist72.json").read_bytes()
    import_id = brought(app, secretary, plain, "checklist72.json")
    assert post(app, secretary, import_id, "draft").status_code == 303
    (draft,) = drafts(app)
    with app.app_context():
        published = select(Checklist).where(Checklist.state == "published").options(selectinload(Checklist.criteria))
        original = db.session.scalars(published).one()
    assert [(one.number, one.text, one.maximum, one.levels, one.critical, one.refs) for one in draft.criteria] == [
        (one.number, one.text, one.maximum, one.levels, one.critical, one.refs) for one in original.criteria
    ]
    assert (draft.bands, draft.gates, draft.declared_max) == (original.bands, original.gates, original.declared_max)


def legacy_workbook() -> bytes:
    """ "Công tác Hội", "Phong trào thi đua", "Tổ chức sinh hoạt đúng quy định" as TCVN3 fonts hold them."""
    rows = [
        ["TT", "Néi dung", "§iÓm tèi ®a"],
        [1, "C«ng t¸c Héi", 10],
        [2, "Phong trµo thi ®ua", 5],
        [3, "Tæ chøc sinh ho¹t ®óng quy ®Þnh", 5],
    ]
    return xlsx_of(Layout(rows=rows), font=".VnTime")


@pytest.mark.parametrize(("answer", "expected"), [("convert", "1 Công tác Hội [10]"), ("keep", "")])
def test_an_old_encoding_is_converted_only_with_consent(app, secretary, answer, expected):
    import_id = brought(app, secretary, legacy_workbook())
    page = secretary.get(f"/checklists/imports/{import_id}").text
    assert "TCVN3" in page and "C«ng t¸c Héi" in page and "Công tác Hội" in page
    assert "reading" not in stored(app, import_id).content
    for where in ("draft", "rows", "head"):
        assert post(app, secretary, import_id, where, leave="1", name="x").status_code == 409
    assert post(app, secretary, import_id, "encoding", answer="perhaps").status_code == 422
    assert post(app, secretary, import_id, "encoding", answer=answer).status_code == 303
    one = wait(app, import_id)
    assert one.is_converted == (answer == "convert")
    if expected:
        assert lines(app, import_id)[0] == expected
        assert "đã chuyển sang Unicode theo ý đồng chí" in secretary.get(f"/checklists/imports/{import_id}").text
    else:
        assert one.state == FAILED or "C«ng t¸c Héi" in "".join(lines(app, import_id))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "", "Xin chọn tệp"),
        (b"x", "bang.xls", "kiểu cũ"),
        (b"x", "bang.doc", "kiểu cũ"),
        (b"%PDF-1.7", "bang.pdf", "PDF"),
        (b"x", "bang", "Chỉ đọc được tệp"),
        (b"", "bang.xlsx", "trống"),
    ],
)
def test_a_wrong_file_is_refused_at_once(app, secretary, content, name, sentence):
    answer = send(secretary, content, name)
    assert answer.status_code == 422 and sentence in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ChecklistImport)) == 0


def test_a_file_beyond_ten_megabytes_is_refused_before_it_is_read(secretary, monkeypatch):
    monkeypatch.setitem(upload_limits.LONGEST, "checklists.import_file", 1000)
    answer = send(secretary, b"x" * 5000)
    assert answer.status_code == 413 and "10 MB" in answer.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"not a workbook", "a.xlsx"),
        (b"PK\x03\x04 broken", "a.docx"),
        (b"{", "a.json"),
        (b'{"name": "x"}', "a.json"),
        (xlsx_of(Layout(rows=[["Họ tên", "Số máy"], ["A", "0912"]])), "danh-ba.xlsx"),
        (docx_of(before=["Không có bảng nào"]), "a.docx"),
    ],
)
def test_what_cannot_be_read_says_so_and_can_be_tried_again_or_dropped(app, secretary, content, name):
    import_id = brought(app, secretary, content, name)
    one = stored(app, import_id)
    assert one.state == FAILED and one.problem.endswith(".")
    page = secretary.get(f"/checklists/imports/{import_id}").text
    assert "Không đọc được tệp" in page and "Đọc lại tệp này" in page
    assert secretary.post(f"/checklists/imports/{import_id}/reading").status_code == 303
    assert wait(app, import_id).state == FAILED
    assert "Đã bỏ tệp" in secretary.post(f"/checklists/imports/{import_id}/removal", follow_redirects=True).text
    with app.app_context():
        assert db.session.get(ChecklistImport, import_id) is None


def test_progress_is_told_while_the_file_is_read_and_the_page_follows_when_it_is(app, secretary, monkeypatch):
    opened, look_again, started, go_on = (threading.Event() for _ in range(4))
    real = import_worker.read_file

    def slowly(*arguments, opening, tell, **more):
        monkeypatch.setattr(import_worker, "PAUSE", 0)
        opening(30, 100)
        opened.set()
        look_again.wait(PATIENCE)
        tell(40, 160)
        started.set()
        go_on.wait(PATIENCE)
        return real(*arguments, opening=opening, tell=tell, **more)

    monkeypatch.setattr(import_worker, "read_file", slowly)
    import_id = int(send(secretary, xlsx_of(PLAIN)).headers["Location"].rpartition("/")[2])
    assert opened.wait(PATIENCE)
    assert "Đang mở tệp… 30 %" in secretary.get(f"/checklists/imports/{import_id}/progress").text
    look_again.set()
    assert started.wait(PATIENCE)
    part = secretary.get(f"/checklists/imports/{import_id}/progress")
    assert "Đang đọc hàng 40 trên 160… 25 %" in part.text and "every 1s" in part.text
    assert "Đang đọc tệp" in secretary.get(f"/checklists/imports/{import_id}").text
    assert "Đang đọc" in secretary.get("/checklists/import").text
    go_on.set()
    wait(app, import_id)
    done = secretary.get(f"/checklists/imports/{import_id}/progress")
    assert done.headers["HX-Redirect"] == f"/checklists/imports/{import_id}"
    assert "every 1s" not in done.text


def test_a_reading_that_broke_off_with_the_server_says_so_and_goes_on_with_a_button(app, secretary):
    with app.app_context():
        digest = store_of(app).put(xlsx_of(PLAIN))
        begin_writing()
        long_ago = datetime.now(UTC) - 2 * SILENCE
        one = ChecklistImport.begin("a.xlsx", digest, 10, by=actor(app, "thu-ky"), at=long_ago)
        db.session.add(one)
        db.session.commit()
        import_id = one.id
    assert "khởi động lại" in secretary.get(f"/checklists/imports/{import_id}").text
    assert "khởi động lại" in secretary.get(f"/checklists/imports/{import_id}/progress").text
    secretary.post(f"/checklists/imports/{import_id}/reading")
    assert wait(app, import_id).state == READ
    assert lines(app, import_id) == list(PLAIN.expected)


def test_a_reading_another_server_is_busy_with_is_left_to_it(app, secretary):
    with app.app_context():
        begin_writing()
        just_now = datetime.now(UTC) - timedelta(seconds=2)
        one = ChecklistImport.begin("a.xlsx", "0" * 64, 10, by=actor(app, "thu-ky"), at=just_now)
        db.session.add(one)
        db.session.commit()
        import_id = one.id
    assert "khởi động lại" not in secretary.get(f"/checklists/imports/{import_id}").text


def store_of(app) -> FileStore:
    return FileStore(Path(app.instance_path) / "files")


def actor(app, username: str):
    return db.session.scalars(select(Account).where(Account.username == username)).one().actor


def test_one_sees_ones_own_files_and_the_office_sees_all(app, client_of, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN), "cua-thu-ky.xlsx")
    address = f"/checklists/imports/{import_id}"
    assert "cua-thu-ky.xlsx" in secretary.get("/checklists/import").text
    office, other = client_of("can-bo"), client_of("thanh-vien-1")
    assert "cua-thu-ky.xlsx" in office.get("/checklists/import").text
    assert office.get(address).status_code == 200
    assert "cua-thu-ky.xlsx" not in other.get("/checklists/import").text
    for where in ("", "/progress", "/rows/1"):
        assert other.get(address + where).status_code == 404
    for where in ("rows", "doubts", "head", "draft", "undo", "columns", "encoding", "reading", "removal", "rows/1"):
        assert other.post(f"{address}/{where}", data={"leave": "1", "revision": "1"}).status_code == 404, where
    assert lines(app, import_id) == list(PLAIN.expected)


def test_the_unit_and_strangers_bring_nothing_in(client_of):
    assert client_of("don-vi").get("/checklists/import").status_code == 403
    assert send(client_of("don-vi"), xlsx_of(PLAIN)).status_code == 403
    assert client_of("").get("/checklists/import").status_code == 302
    assert send(client_of(""), xlsx_of(PLAIN)).status_code == 401
    assert "Nhập từ Excel, Word" not in client_of("don-vi").get("/checklists").text
    assert "Nhập từ Excel, Word" in client_of("thu-ky").get("/checklists").text


def test_too_many_files_at_once_are_kept_and_told_to_wait(app, secretary, monkeypatch):
    monkeypatch.setattr(import_worker.ImportWorker, "submit", lambda self, import_id: False)
    answer = secretary.post(
        "/checklists/import", data={"file": (io.BytesIO(xlsx_of(PLAIN)), "a.xlsx")}, follow_redirects=True
    )
    assert "đang đọc nhiều tệp khác" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ChecklistImport)) == 1


def test_a_name_of_a_file_is_shown_harmless(app, secretary):
    import_id = brought(app, secretary, xlsx_of(PLAIN), "../../<b>bảng</b>.xlsx")
    assert stored(app, import_id).file_name == "b.xlsx"
    assert "<b>bảng" not in re.sub(r"\s+", " ", secretary.get(f"/checklists/imports/{import_id}").text)


def test_a_very_long_json_number_is_refused_in_words(app, secretary):
    plain = json.dumps({"name": "x", "sections": [{"number": "1", "title": "y", "max": 10**30}]}).encode()
    assert stored(app, brought(app, secretary, plain, "a.json")).state == FAILED

"""The paper of a half-day as a workbook: out with what stands, filled in by hand, back in as scores."""

import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.checklist_sessions.rooms import Client, close, here, kinds, rows
from tests.conftest import new_op
from tests.doors.filled import filled
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, JournalEntry, Score
from thidua.models.finders import sheet_of

VALUES = ("12", "11,5", "9", "k", "8", "0", "8", "4", "7", "6,5", "5", "6")
ON_PAPER = (12, 11.5, 9, "k", 8, 0, 8, 4, 7, 6.5, 5, 6)


def member(world: World, username: str = "thanh-vien-2") -> str:
    return str(world.people[username].id)


def book_of(client, room: int, meant: str = "") -> bytes:
    answer = client.get(here(room, f"/workbook.xlsx{f'?for={meant}' if meant else ''}"))
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    return answer.data


def boxes(content: bytes, column: str) -> dict[str, str]:
    """Number of the criterion -> the box of its score in this column."""
    sheet = load_workbook(BytesIO(content))["Bảng điểm"]
    numbered = (row[0] for row in sheet.iter_rows() if re.fullmatch(r"\d+\.\d+", str(row[0].value or "")))
    return {str(cell.value): f"{column}{cell.row}" for cell in numbered}


def fill(content: bytes, column: str, values=ON_PAPER, reasons=()) -> bytes:
    written = dict(zip(boxes(content, column).values(), values, strict=False))
    written |= {f"F{box[1:]}": reason for box, reason in zip(written, reasons, strict=False)}
    return filled(content, written)


def send(client, room: int, meant: str, content: bytes, name: str = "phieu.xlsx"):
    return client.post(here(room, "/workbook"), data={"for": meant, "file": (BytesIO(content), name)})


def agreed_to(answer) -> dict[str, str]:
    """The fields of the review's form as the browser would send them."""
    fields: dict[str, str] = {}

    class Fields(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list) -> None:
            told = dict(attrs)
            if tag == "input" and told.get("type") == "hidden":
                fields[told["name"]] = told.get("value") or ""

    Fields().feed(answer.text[answer.text.index('/workbook/scores"') :])
    return fields


def write(client, room: int, fields: dict[str, str]):
    return client.post(here(room, "/workbook/scores"), data=fields)


def test_a_member_fills_the_own_workbook_and_nothing_is_written_before_the_word(
    app: Flask, world: World, client_of: Client
) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    content = fill(book_of(client, world.open_id), "E", reasons=("Đủ hồ sơ",))
    answer = send(client, world.open_id, mine, content)
    assert answer.status_code == 200 and "Ghi các điểm này (12)" in answer.text
    assert rows(app, Score, world.open_id) == []
    assert write(client, world.open_id, agreed_to(answer)).status_code == 303
    found = rows(app, Score, world.open_id)
    assert [(s.points, s.level, s.not_applicable) for s in found] == [
        (1200, None, False), (1150, None, False), (900, None, False), (None, None, True), (800, None, False),
        (0, None, False), (None, 0, False), (None, 1, False), (700, None, False), (650, None, False),
        (500, None, False), (600, None, False),
    ]  # fmt: skip
    assert {(s.perspective, s.by_name, s.by_label, s.scribe_name) for s in found} == {
        ("proposed", "Lê Đức Thắng", "TV 2", "")
    }
    assert found[0].reason == "Đủ hồ sơ"
    assert kinds(app, world.open_id).count("score.proposed") == 12


def test_the_unit_scores_itself_by_a_workbook_before_the_half_day(app: Flask, world: World, client_of: Client) -> None:
    client = client_of("don-vi-khac")
    meant = member(world, "don-vi-khac")
    content = book_of(client, world.planned_id)
    sheet = load_workbook(BytesIO(content))["Bảng điểm"]
    box = boxes(content, "D")["1.1"]
    assert not sheet[box].protection.locked and sheet[f"E{box[1:]}"].protection.locked
    answer = send(client, world.planned_id, meant, fill(content, "D", reasons=("QĐ 15 ngày 08/9/2020",)))
    assert write(client, world.planned_id, agreed_to(answer)).status_code == 303
    found = rows(app, Score, world.planned_id)
    assert len(found) == 12 and {(s.perspective, s.scribe_name) for s in found} == {("self", "")}
    assert found[0].reason == "QĐ 15 ngày 08/9/2020"


@pytest.mark.parametrize(("meant", "perspective", "column"), [("unit", "self", "D"), ("head", "agreed", "E")])
def test_the_secretary_enters_for_others(
    app: Flask, world: World, client_of: Client, meant: str, perspective: str, column: str
) -> None:
    client = client_of("thu-ky")
    answer = send(client, world.open_id, meant, fill(book_of(client, world.open_id, meant), column, (12,)))
    assert write(client, world.open_id, agreed_to(answer)).status_code == 303
    [score] = rows(app, Score, world.open_id)
    assert (score.perspective, score.holder, score.scribe_name) == (perspective, 0, "Phạm Tiến Ích")
    assert "for_name" in rows(app, JournalEntry, world.open_id)[-1].content


def test_what_stands_goes_out_and_comes_back_as_no_change(app: Flask, world: World, client_of: Client) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    first = send(client, world.open_id, mine, fill(book_of(client, world.open_id), "E", reasons=("Đủ", "Thiếu")))
    write(client, world.open_id, agreed_to(first))
    again = send(client, world.open_id, mine, book_of(client, world.open_id))
    assert again.status_code == 200 and "Không có điểm mới để ghi" in again.text


def test_a_value_that_is_there_is_shown_and_replaced_only_as_it_was_shown(
    app: Flask, world: World, client_of: Client
) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    first = send(client, world.open_id, mine, fill(book_of(client, world.open_id), "E", (12, 10)))
    write(client, world.open_id, agreed_to(first))
    review = send(client, world.open_id, mine, fill(book_of(client, world.open_id), "E", (11,)))
    assert "Thay 12" in review.text and "Ghi các điểm này (1)" in review.text
    [shown, _other] = rows(app, Score, world.open_id)
    own = {"perspective": "proposed", "points": "9,5", "op_id": new_op(), "base_version": str(shown.version)}
    assert client.post(here(world.open_id, f"/criteria/{shown.criterion_id}/scores"), data=own).status_code == 200
    late = write(client, world.open_id, agreed_to(review))
    assert late.status_code == 422 and "có người vừa ghi điểm khác" in late.text and "Thay 9,5" in late.text
    assert rows(app, Score, world.open_id)[0].points == 950
    assert write(client, world.open_id, agreed_to(late)).status_code == 303
    assert rows(app, Score, world.open_id)[0].points == 1100


def test_the_same_review_sent_twice_writes_once(app: Flask, world: World, client_of: Client) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    fields = agreed_to(send(client, world.open_id, mine, fill(book_of(client, world.open_id), "E")))
    assert [write(client, world.open_id, fields).status_code for _ in range(2)] == [303, 303]
    assert kinds(app, world.open_id).count("score.proposed") == 12


def test_every_bad_box_is_named_with_why_and_the_rest_can_be_written(
    app: Flask, world: World, client_of: Client
) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    content = fill(book_of(client, world.open_id), "E", (99, "nhiều", 9, "=1+2"))
    answer = send(client, world.open_id, mine, content)
    places = list(boxes(content, "E").values())
    for place in (places[0], places[1], places[3]):
        assert f"<b>{place}</b>" in answer.text
    assert "Không ghi được: 3 ô" in answer.text and "điểm phải từ 0 đến 12" in answer.text
    assert "công thức chưa được tính" in answer.text
    assert write(client, world.open_id, agreed_to(answer)).status_code == 303
    assert [score.points for score in rows(app, Score, world.open_id)] == [900]


def test_a_number_that_no_level_brings_is_never_taken_for_its_place(world: World, client_of: Client) -> None:
    content = fill(book_of(client_of("thanh-vien-2"), world.open_id), "E", (*ON_PAPER[:6], 3, *ON_PAPER[7:]))
    answer = send(client_of("thanh-vien-2"), world.open_id, member(world), content)
    assert "Không ghi được: 1 ô" in answer.text
    assert f"<b>{boxes(content, 'E')['2.1']}</b>" in answer.text


def test_a_workbook_of_another_half_day_is_refused_in_words(world: World, client_of: Client) -> None:
    client = client_of("thu-ky")
    other = book_of(client, world.planned_id, "unit")
    answer = send(client, world.open_id, "unit", fill(other, "D"))
    assert answer.status_code == 422
    assert "phiếu của buổi kiểm tra khác" in answer.text and "Hải Dương" in answer.text


def test_a_self_score_is_not_taken_for_a_proposal(app: Flask, world: World, client_of: Client) -> None:
    client = client_of("thu-ky")
    content = fill(book_of(client, world.open_id, "unit"), "D")
    answer = send(client, world.open_id, member(world), content)
    assert answer.status_code == 422 and "là phiếu tự chấm của đơn vị" in answer.text
    assert rows(app, Score, world.open_id) == []


def test_a_workbook_made_for_somebody_else_is_told(world: World, client_of: Client) -> None:
    client = client_of("thu-ky")
    content = fill(book_of(client, world.open_id, member(world)), "E")
    answer = send(client, world.open_id, member(world, "thanh-vien-1"), content)
    assert answer.status_code == 200 and "được lập cho Lê Đức Thắng" in answer.text


def test_the_blank_sheet_of_the_checklist_comes_back_too(app: Flask, world: World, client_of: Client) -> None:
    client = client_of("thanh-vien-2")
    content = client.get(f"/checklists/{world.checklist_id}/checklist.xlsx").data
    answer = send(client, world.open_id, member(world), fill(content, "E"))
    assert answer.status_code == 200 and "Ghi các điểm này (12)" in answer.text


def test_without_its_hidden_page_rows_are_found_by_number_and_text(app: Flask, world: World, client_of: Client) -> None:
    client = client_of("thanh-vien-2")
    content = fill(book_of(client, world.open_id), "E")
    book = load_workbook(BytesIO(content))
    del book["thidua"]
    sheet = book["Bảng điểm"]
    places = boxes(content, "E")
    sheet[f"B{places['1.2'][1:]}"].value = "Xây dựng Hội vững mạnh, hoạt động hiệu quả; đoàn kết, đồng thuận"
    sheet[f"B{places['3.4'][1:]}"].value = "Một việc khác hẳn"
    out = BytesIO()
    book.save(out)
    answer = send(client, world.open_id, member(world), out.getvalue())
    assert "Tệp không còn phần ẩn" in answer.text and "Ghi các điểm này (11)" in answer.text
    assert "Nội dung trong tệp khác trên bảng điểm" in answer.text
    assert f"Ô {places['3.4']} ghi" in answer.text and "Không thấy tiêu chí 3.4" in answer.text
    assert write(client, world.open_id, agreed_to(answer)).status_code == 303
    assert len(rows(app, Score, world.open_id)) == 11


def test_a_blind_round_hides_what_the_member_wrote(app: Flask, world: World, client_of: Client) -> None:
    with app.app_context():
        first = sheet_of(db.session(), world.checklist_id).leaves[0]
    client_of("thanh-vien-2").post(
        here(world.open_id, f"/criteria/{first.id}/scores"),
        data={"perspective": "proposed", "points": "3,5", "reason": "Riêng tôi", "op_id": new_op()},
    )
    with app.app_context():
        begin_writing()
        db.session.get_one(ChecklistSession, world.open_id).blind_first_round = True
        db.session.commit()
    secretary = client_of("thu-ky")
    content = book_of(secretary, world.open_id, member(world))
    sheet = load_workbook(BytesIO(content))["Bảng điểm"]
    place = boxes(content, "E")["1.1"]
    told = [str(cell.value) for cell in sheet[place[1:]]]
    assert "3.5" not in told and "Riêng tôi" not in told and any("chưa công bố" in words for words in told)
    review = send(secretary, world.open_id, member(world), fill(content, "E", (3.5,)))
    assert "Thay đã đề xuất, chưa công bố" in review.text, "even the same value tells nothing"
    own = book_of(client_of("thanh-vien-2"), world.open_id)
    assert load_workbook(BytesIO(own))["Bảng điểm"][place].value == 3.5


def test_what_is_no_workbook_is_refused_in_words(world: World, client_of: Client) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    for content, name in ((b"hello", "phieu.xlsx"), (b"", "phieu.xlsx"), (b"%PDF-1.4 ...", "phieu.pdf")):
        answer = send(client, world.open_id, mine, content, name)
        assert answer.status_code == 422 and "Chưa nhận được tệp" in answer.text
    nothing = client.post(here(world.open_id, "/workbook"), data={"for": mine})
    assert nothing.status_code == 422 and "Xin chọn tệp Excel" in nothing.text
    heavy = send(client, world.open_id, mine, b"x" * (12 * 1024 * 1024))
    assert heavy.status_code == 413 and "nặng quá 10 MB" in heavy.text


def test_a_form_that_was_tampered_with_is_asked_about(app: Flask, world: World, client_of: Client) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    fields = agreed_to(send(client, world.open_id, mine, fill(book_of(client, world.open_id), "E", (12, 10))))
    first = next(name for name in fields if name.startswith("value-"))
    answer = write(client, world.open_id, fields | {first: "99"})
    assert answer.status_code == 422 and "Không ghi được: 1 ô" in answer.text
    assert rows(app, Score, world.open_id) == []


def test_a_member_writes_for_nobody_else(app: Flask, world: World, client_of: Client) -> None:
    client = client_of("thanh-vien-1")
    other = member(world)
    assert client.get(here(world.open_id, f"/workbook.xlsx?for={other}")).status_code == 404
    content = fill(book_of(client_of("thu-ky"), world.open_id, other), "E")
    assert send(client, world.open_id, other, content).status_code == 422
    fields = {"for": other, "op_id": new_op(), "value-1": "5"}
    assert write(client, world.open_id, fields).status_code == 422
    assert rows(app, Score, world.open_id) == []


@pytest.mark.parametrize("username", ["can-bo", "nguoi-ngoai", "don-vi-khac"])
def test_strangers_neither_fetch_nor_send(app: Flask, world: World, client_of: Client, username: str) -> None:
    client = client_of(username)
    assert client.get(here(world.open_id, "/workbook.xlsx")).status_code == 403
    assert send(client, world.open_id, "unit", b"x").status_code == 403
    assert write(client, world.open_id, {"for": "unit"}).status_code == 403
    assert rows(app, Score, world.open_id) == []


def test_after_closing_nothing_is_taken(app: Flask, world: World, client_of: Client) -> None:
    client, mine = client_of("thanh-vien-2"), member(world)
    content = fill(book_of(client, world.open_id), "E")
    fields = agreed_to(send(client, world.open_id, mine, content))
    close(client_of("truong-doan"), world.open_id)
    assert "Lúc này chưa gửi được phiếu" in client.get(here(world.open_id, "/workbook")).text
    assert send(client, world.open_id, mine, content).status_code == 422
    assert write(client, world.open_id, fields).status_code == 422
    assert rows(app, Score, world.open_id) == []

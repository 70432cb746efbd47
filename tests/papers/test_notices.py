"""The notice of conclusion: drafted from the signed minutes, reworded paragraph by paragraph, frozen as TB."""

import json

from sqlalchemy import select, update

from tests.conftest import new_op
from tests.issuing.signers import FIRST, PIN, give_key
from tests.papers.issued import issue_minutes
from tests.papers.test_addenda import ROW, begin, freeze, write
from thidua.extensions import begin_writing, db
from thidua.models import Paper, Plan, Signature

SIGNER = {"body": "TM. THƯỜNG TRỰC HỘI", "formula": "KT.", "office": "PHÓ CHỦ TỊCH", "person": "Nguyễn Văn Lạng"}


def open_notice(client, minutes, **fields):
    address = begin(client, minutes, "notices").headers["Location"]
    data = SIGNER | {"op_id": new_op(), "base_version": str(10**6)} | fields
    assert client.post(address, data=data).status_code == 303
    return address


def reword(client, address, block_id, text, **fields):
    page = client.get(f"{address}/blocks/{block_id}").text
    form = page.split('id="words-form"')[1].split("</form>")[0]
    fields_of = ("seen", "base_version")
    typed = {name: form.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in fields_of}
    data = typed | {"text": text, "op_id": new_op()} | fields
    return client.post(f"{address}/blocks/{block_id}", data=data)


def test_a_notice_says_what_the_minutes_concluded_and_is_frozen_under_its_own_kind(app, minutes, client_of) -> None:
    office = client_of("can-bo")
    address = open_notice(office, minutes, report_by="20/12/2026")
    page = office.get(address).text
    for words in ("Đơn vị làm tốt.", "Hồ sơ lưu chưa đủ.", "KT. CHỦ TỊCH", "ngày 20 tháng 12 năm 2026"):
        assert words in page, words
    answer = freeze(office, address)
    assert answer.status_code == 303, answer.text
    with app.app_context():
        paper = db.session.scalars(select(Paper).where(Paper.role == "notice")).one()
        assert (paper.number_label, paper.amends_id) == ("01/TB-HTS", None)
        part = paper.signing_parts[0]
        assert (part.part, part.person, part.office, part.formula) == (
            "issuer",
            *(SIGNER[name] for name in ("person", "office", "formula")),
        )
    assert "Thông báo kết luận 01/TB-HTS" in office.get(f"/papers/{minutes}").text


def test_a_reworded_paragraph_stays_is_told_and_can_be_taken_back(app, minutes, client_of) -> None:
    office = client_of("can-bo")
    address = open_notice(office, minutes)
    assert reword(office, address, "conclusion", "Đơn vị làm rất tốt.").status_code == 303
    page = office.get(address).text
    assert "Đơn vị làm rất tốt." in page and "Đỗ Thị Thủy sửa lúc" in page
    words = office.get(f"{address}/blocks/conclusion").text
    assert "Đơn vị làm tốt." in words and "Dùng bản máy soạn" in words
    version = words.split('name="base_version" value="')[1].split('"')[0]
    restored = office.post(f"{address}/blocks/conclusion/restoring", data={"op_id": new_op(), "base_version": version})
    assert restored.status_code == 303 and "Đơn vị làm rất tốt." not in office.get(address).text
    assert reword(office, address, "conclusion", "Đơn vị làm tốt lắm.").status_code == 303
    freeze(office, address)
    with app.app_context():
        frozen = json.loads(db.session.scalars(select(Paper.frozen).where(Paper.role == "notice")).one())
        assert "Đơn vị làm tốt lắm." in json.dumps(frozen, ensure_ascii=False)


def test_an_unknown_paragraph_is_not_there_and_a_stale_one_keeps_what_was_typed(minutes, client_of) -> None:
    office = client_of("can-bo")
    address = open_notice(office, minutes)
    assert office.get(f"{address}/blocks/nothing").status_code == 404
    assert reword(office, address, "conclusion", "Bản một.").status_code == 303
    answer = reword(office, address, "conclusion", "Bản hai.", base_version="0")
    assert answer.status_code == 409 and "Bản hai.</textarea>" in answer.text


def test_without_a_signer_or_before_the_minutes_are_signed_nothing_is_issued(app, world, closed, client_of) -> None:
    minutes, head = issue_minutes(app, world, signed=False), client_of("truong-doan")
    address = open_notice(head, minutes)
    answer = freeze(head, address)
    assert answer.status_code == 409 and "chưa đủ chữ ký" in answer.text


def test_the_name_of_the_signer_is_asked_for(minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = open_notice(head, minutes, person="")
    answer = freeze(head, address)
    assert answer.status_code == 422 and "Xin ghi họ tên người ký thông báo." in answer.text
    assert head.post(address, data={"formula": "XX", "op_id": new_op()}).status_code == 422
    wrong_day = head.post(address, data=SIGNER | {"report_by": "hôm nào", "op_id": new_op()})
    assert wrong_day.status_code == 422 and "hôm nào" in wrong_day.text


def test_members_and_the_unit_write_no_notice(minutes, client_of) -> None:
    for username in ("thanh-vien-1", "don-vi", "nguoi-ngoai", "don-vi-khac"):
        assert begin(client_of(username), minutes, "notices").status_code == 403, username


def test_nobody_signs_under_the_printed_name_of_another(app, minutes, client_of) -> None:
    office = client_of("can-bo")
    address = open_notice(office, minutes, person="Thiếu tướng Võ Sở")
    answer = freeze(office, address)
    assert answer.status_code == 422 and "Chưa có tài khoản mang tên “Thiếu tướng Võ Sở”" in answer.text
    office.post(address, data=SIGNER | {"person": "Đại tá Nguyễn Văn Lạng", "op_id": new_op(), "base_version": "999"})
    notice = freeze(office, address).headers["Location"]
    assert 'name="pin"' not in office.get(notice).text
    unit = client_of("don-vi")
    assert {unit.get(f"{notice}{page}").status_code for page in ("", ".pdf", "/scans", "/scans/1/file")} == {403}
    assert notice not in unit.get(f"/papers/{minutes}").text
    assert office.post(f"{notice}/signatures", data=FIRST | {"op_id": new_op()}).status_code == 403
    head = client_of("truong-doan")
    assert head.post(f"{notice}/signatures", data=FIRST | {"op_id": new_op()}).status_code == 303
    assert "Thông báo đã ký đủ" in head.get(notice).text
    assert unit.get(notice).status_code == 200 and notice in unit.get(f"/papers/{minutes}").text
    assert "nguyên vẹn" in app.test_cli_runner().invoke(args=["check"]).output
    assert notice in head.get("/search?q=thông báo kết luận").text


def test_a_notice_names_the_office_it_is_signed_for_and_is_sealed_last(app, world, minutes, client_of) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(update(Plan).where(Plan.id == world.plan_id).values(signing={"seal": True}))
        db.session.commit()
    give_key(app, None)
    office, head = client_of("can-bo"), client_of("truong-doan")
    notice = freeze(office, open_notice(office, minutes)).headers["Location"]
    page = head.get(notice).text
    assert "KT. CHỦ TỊCH" in page and "KT. NGƯỜI KÝ" not in page and "Con dấu của Hội" in page
    assert head.post(f"{notice}/signatures", data=FIRST | {"op_id": new_op()}).status_code == 303
    assert "nhập mã PIN của con dấu" in office.get(notice).text
    assert office.post(f"{notice}/signatures", data={"pin": PIN, "op_id": new_op()}).status_code == 303
    with app.app_context():
        signed = db.session.scalars(select(Signature).join(Paper).where(Paper.role == "notice")).all()
        assert [(one.part, one.authority) for one in signed] == [("issuer", "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"), ("seal", "")]
    assert "nguyên vẹn" in app.test_cli_runner().invoke(args=["check"]).output
    address = begin(head, minutes).headers["Location"]
    write(head, address, rows=(ROW,))
    with app.app_context():
        addendum = db.session.get_one(Paper, int(freeze(head, address).headers["Location"].rpartition("/")[2]))
        assert [one.part for one in addendum.signing_parts] == ["secretary", "unit", "head", "seal"]

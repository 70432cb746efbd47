"""Signing the minutes on the card: the first PIN, wrong PINs, deputies, refusals, the seal, troubles in between."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from tests.conftest import new_op
from tests.issuing.signers import FIRST, PIN, change_key, give_key, sign, sign_with_pin, the_paper
from tests.world import CHEAP, PASSWORD
from thidua.doors.signing import LocalKey, verify_pdf
from thidua.extensions import begin_writing, db
from thidua.issuing import signing
from thidua.issuing.keys import count_try, trusted_roots
from thidua.issuing.secrets import sealed_pin
from thidua.issuing.storing import file_store
from thidua.models import Account, ChecklistSession, JournalEntry, Plan, SigningKey
from thidua.models.signing import MOST_WRONG_PINS

SIGNERS = ("thu-ky", "don-vi", "truong-doan")


def verdict(app):
    """What anybody's reader says of the latest file."""
    paper = the_paper(app)
    with app.app_context():
        pdf = file_store().get(paper.revisions[-1].sha256)
        return verify_pdf(pdf, trusted_roots(db.session()), at=datetime.now(UTC))


def state_of(app) -> str:
    with app.app_context():
        return db.session.scalars(
            select(ChecklistSession.state).where(ChecklistSession.id == the_paper(app).conclusion.checklist_session_id)
        ).one()


def checked(app) -> str:
    return app.test_cli_runner().invoke(args=["check"]).output


def refuse(client, app, reason="Điểm mục 2 chưa đúng hồ sơ."):
    return client.post(f"/signatures/papers/{the_paper(app).id}/refusals", data={"reason": reason, "op_id": new_op()})


def test_the_first_time_a_pin_is_chosen_then_it_is_enough(app, frozen, client_of) -> None:
    page = client_of("thu-ky").get(f"/conclusions/{frozen}").text
    assert "lần đầu đồng chí ký" in page and "Đặt mã PIN và ký biên bản" in page
    for username in SIGNERS:
        assert sign(client_of(username), frozen).status_code == 303, username
    signed = verdict(app)
    assert signed.intact and [one.part for one in signed.signatures] == ["secretary", "unit", "head"]
    assert [one.name for one in signed.signatures][2] == "Nguyễn Văn Lạng" and all(
        one.trusted for one in signed.signatures
    )
    paper = the_paper(app)
    assert {one.means for one in paper.signatures} == {"own"}
    assert [one.certificate for one in paper.signatures] == [one.fingerprint for one in signed.signatures]
    assert state_of(app) == "signed" and "nguyên vẹn" in checked(app)


def test_whoever_has_a_key_is_asked_for_the_pin_alone(app, frozen, client_of, world) -> None:
    give_key(app, world.thu_ky.id)
    page = client_of("thu-ky").get(f"/conclusions/{frozen}").text
    assert "Xin nhập mã PIN để ký" in page and 'name="password"' not in page
    assert sign_with_pin(client_of("thu-ky"), frozen, "24 68 10").status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pin": "12345", "pin_again": "12345"}, "đúng 6 chữ số"),
        ({"pin": "123456", "pin_again": "123456"}, "dễ đoán"),
        ({"pin_again": "246811"}, "chưa giống nhau"),
        ({"password": "sai"}, "Mật khẩu chưa đúng"),
        ({"pin": "<script>alert(1)</script>" * 900}, "đúng 6 chữ số"),
    ],
    ids=["short", "easy", "twice", "password", "hostile"],
)
def test_what_is_wrong_the_first_time_is_told_beside_its_field(app, frozen, client_of, fields, words) -> None:
    answer = sign(client_of("thu-ky"), frozen, **fields)
    assert answer.status_code == 422 and words in answer.text and "<script>alert" not in answer.text
    assert the_paper(app).signed_parts == frozenset()
    with app.app_context():
        assert db.session.scalar(select(SigningKey.id)) is None


def test_five_wrong_pins_lock_the_key_until_the_administrator_opens_it(app, frozen, client_of, world) -> None:
    key_id = give_key(app, world.thu_ky.id)
    secretary = client_of("thu-ky")
    for left in range(MOST_WRONG_PINS - 1, 0, -1):
        answer = sign_with_pin(secretary, frozen, "111222")
        assert answer.status_code == 422 and f"Còn được nhập {left} lần" in answer.text
    assert "bị khóa" in sign_with_pin(secretary, frozen, "111222").text
    assert sign_with_pin(secretary, frozen).status_code == 409
    assert "Chưa ký được" in secretary.get(f"/conclusions/{frozen}").text
    unlock = f"/signatures/keys/{key_id}/unlocking"
    assert client_of("can-bo").post(unlock).status_code == 403
    assert client_of("quan-tri").post(unlock).status_code == 303
    assert sign_with_pin(secretary, frozen).status_code == 303


def test_no_sixth_pin_is_tried_while_five_are_being_looked_at(app, frozen, client_of, world) -> None:
    key_id = give_key(app, world.thu_ky.id)
    with app.app_context():
        for _ in range(MOST_WRONG_PINS):
            count_try(key_id, at=datetime.now(UTC))
    assert sign_with_pin(client_of("thu-ky"), frozen).status_code == 409
    assert "Mở khóa" in client_of("quan-tri").get("/signatures/keys").text, "five that never ended keep nobody out"


def test_what_fails_for_another_reason_is_no_wrong_pin(app, frozen, client_of, world, monkeypatch) -> None:
    key_id = give_key(app, world.thu_ky.id)
    with monkeypatch.context() as broken:
        broken.setattr(signing, "trusted_roots", lambda _session: [])
        for _ in range(MOST_WRONG_PINS + 1):
            assert sign_with_pin(client_of("thu-ky"), frozen).status_code == 409
    with app.app_context():
        assert db.session.get_one(SigningKey, key_id).wrong_pins == 0
    assert sign_with_pin(client_of("thu-ky"), frozen).status_code == 303


def test_a_right_pin_forgets_the_wrong_ones(app, frozen, client_of, world) -> None:
    key_id = give_key(app, world.thu_ky.id)
    sign_with_pin(client_of("thu-ky"), frozen, "111222")
    assert sign_with_pin(client_of("thu-ky"), frozen).status_code == 303
    with app.app_context():
        assert db.session.get_one(SigningKey, key_id).wrong_pins == 0


def test_an_expired_certificate_is_replaced_by_a_new_pin(app, frozen, client_of, world) -> None:
    give_key(app, world.thu_ky.id, at=datetime.now(UTC) - timedelta(days=800), years=1)
    assert "lần đầu đồng chí ký" in client_of("thu-ky").get(f"/conclusions/{frozen}").text
    assert sign(client_of("thu-ky"), frozen).status_code == 303
    assert verdict(app).intact


def test_a_clock_set_back_signs_nothing_and_says_so(app, frozen, client_of, world, monkeypatch) -> None:
    from thidua.issuing import posting

    give_key(app, world.thu_ky.id, at=datetime.now(UTC) - timedelta(days=30))
    monkeypatch.setattr(posting, "now", lambda: datetime.now(UTC) - timedelta(days=2))
    monkeypatch.setattr(signing.sign_with_own_key, "__kwdefaults__", {"at": posting.now})
    answer = sign_with_pin(client_of("thu-ky"), frozen)
    assert answer.status_code == 409 and "Đồng hồ của máy chủ" in answer.text
    assert the_paper(app).signatures == []


def test_a_crash_between_signing_and_storing_leaves_the_paper_as_it_was(app, frozen, client_of, monkeypatch) -> None:
    from thidua.models import Paper

    app.config["PROPAGATE_EXCEPTIONS"] = False
    with monkeypatch.context() as crash:
        crash.setattr(Paper, "sign", lambda *_, **__: 1 / 0)
        assert sign(client_of("thu-ky"), frozen).status_code == 500
    paper = the_paper(app)
    assert paper.signatures == [] and len(paper.revisions) == 1
    assert sign_with_pin(client_of("thu-ky"), frozen).status_code == 303
    assert verdict(app).intact and "nguyên vẹn" in checked(app)


def test_a_signature_that_does_not_verify_is_not_kept(app, frozen, client_of, monkeypatch) -> None:
    from thidua.issuing import signing as module

    monkeypatch.setattr(module, "trusted_roots", lambda _session: [])
    answer = sign(client_of("thu-ky"), frozen)
    assert answer.status_code == 409 and "chưa kiểm được" in answer.text
    assert the_paper(app).signatures == []


def test_who_refuses_is_recorded_with_the_reason_and_the_others_go_on(app, frozen, client_of) -> None:
    assert refuse(client_of("don-vi"), app, " ").status_code == 422
    assert refuse(client_of("don-vi"), app).status_code == 303
    assert refuse(client_of("don-vi"), app).status_code == 409
    for username in ("thu-ky", "truong-doan"):
        assert sign(client_of(username), frozen).status_code == 303
    assert state_of(app) == "signed" and "nguyên vẹn" in checked(app)
    page = client_of("thu-ky").get(f"/conclusions/{frozen}").text
    assert "không ký" in page and "Điểm mục 2 chưa đúng hồ sơ." in page
    assert (
        "Không ký văn bản: Đại diện đơn vị"
        in client_of("thu-ky").get(f"/checklist-sessions/{the_paper(app).conclusion.checklist_session_id}/history").text
    )


def test_who_changed_his_mind_may_still_sign(app, frozen, client_of) -> None:
    refuse(client_of("don-vi"), app)
    assert sign(client_of("don-vi"), frozen).status_code == 303
    assert the_paper(app).refused_parts == frozenset()


def test_the_last_one_waited_for_refuses_and_the_minutes_are_complete(app, world, closed, client_of) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(
            update(Plan).where(Plan.id == world.plan_id).values(signing={"order": [["secretary", "head"], ["unit"]]})
        )
        db.session.commit()
    client_of("truong-doan").post(f"/conclusions/{closed}/minutes", data={"op_id": new_op(), "accept_missing": "y"})
    for username in ("truong-doan", "thu-ky"):
        assert sign(client_of(username), closed).status_code == 303
    assert state_of(app) == "frozen"
    assert refuse(client_of("don-vi"), app).status_code == 303
    assert state_of(app) == "signed" and "nguyên vẹn" in checked(app)


def test_strangers_neither_sign_nor_refuse(app, frozen, client_of) -> None:
    for username in ("thanh-vien-1", "can-bo", "quan-tri", "nguoi-ngoai", "don-vi-khac"):
        assert sign(client_of(username), frozen).status_code == 403, username
        assert refuse(client_of(username), app).status_code == 403, username
    assert sign(client_of(""), frozen).status_code == 401


def choose(client, conclusion_id, **fields):
    usual = {"means": "electronic", "op_id": new_op(), "base_version": "0"}
    return client.post(f"/conclusions/{conclusion_id}/signers", data=usual | fields)


def freeze(client, conclusion_id) -> None:
    answer = client.post(f"/conclusions/{conclusion_id}/minutes", data={"op_id": new_op(), "accept_missing": "y"})
    assert answer.status_code == 303


def test_a_deputy_named_before_freezing_signs_with_the_formula(app, world, closed, client_of) -> None:
    head, deputy = client_of("truong-doan"), client_of("thanh-vien-1")
    fields = {"head_who": str(world.thanh_vien_1.id), "head_formula": "KT.", "head_office": "Phó Trưởng đoàn"}
    assert choose(head, closed, **fields).status_code == 303
    page = head.get(f"/conclusions/{closed}").text
    assert "KT. TRƯỞNG ĐOÀN" in page and "Trần Thị Hòa" in page
    freeze(head, closed)
    for username in ("thu-ky", "don-vi"):
        sign(client_of(username), closed)
    assert sign(head, closed).status_code == 403
    assert sign(deputy, closed).status_code == 303
    last = the_paper(app).signatures[-1]
    assert (last.part, last.name, last.authority) == ("head", "Trần Thị Hòa", "KT. TRƯỞNG ĐOÀN, Phó Trưởng đoàn")
    assert state_of(app) == "signed" and "nguyên vẹn" in checked(app)


def test_any_deputy_of_a_group_signs(app, world, closed, client_of) -> None:
    choose(client_of("thu-ky"), closed, head_who="group")
    freeze(client_of("thu-ky"), closed)
    sign(client_of("thu-ky"), closed)
    sign(client_of("don-vi"), closed)
    assert sign(client_of("thanh-vien-2"), closed).status_code == 303
    assert the_paper(app).signatures[-1].authority.startswith("Thay mặt Trưởng đoàn")


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"head_who": "999999"}, 422, "chọn lại người ký"),
        ({"head_who": "x' OR 1=1"}, 422, "chọn lại người ký"),
        ({"head_formula": "QQ."}, 422, "tư cách ký"),
        ({"means": "fax"}, 422, "Xin chọn cách ký"),
        ({"unit_who": "other", "unit_name": "Lê Văn Khách"}, 422, "cần có tài khoản"),
        ({"unit_who": "other", "means": "paper"}, 422, "họ và tên người ký"),
        ({"base_version": "x", "unit_who": "group"}, 303, ""),
    ],
)
def test_signers_that_cannot_be_are_refused_in_words(app, closed, client_of, fields, status, words) -> None:
    answer = choose(client_of("truong-doan"), closed, **fields)
    assert answer.status_code == status and words in answer.text


def test_two_who_choose_signers_at_once_notice_each_other(app, closed, client_of) -> None:
    assert choose(client_of("truong-doan"), closed, unit_who="group").status_code == 303
    assert choose(client_of("thu-ky"), closed, head_who="group").status_code == 409
    assert choose(client_of("thanh-vien-1"), closed).status_code == 403


def test_minutes_to_be_signed_with_ink_are_not_signed_here(app, closed, client_of) -> None:
    fields = {"means": "paper", "unit_who": "other", "unit_name": "Lê Văn Khách", "unit_office": "Phó Chủ tịch Hội"}
    assert choose(client_of("truong-doan"), closed, **fields).status_code == 303
    freeze(client_of("truong-doan"), closed)
    paper = the_paper(app)
    assert (paper.means, paper.number, paper.part_named("unit").person) == ("paper", None, "Lê Văn Khách")
    answer = sign(client_of("thu-ky"), closed)
    assert answer.status_code == 409 and "ký tay" in answer.text


def test_the_office_seals_after_the_people(app, world, closed, client_of) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(update(Plan).where(Plan.id == world.plan_id).values(signing={"seal": True}))
        db.session.commit()
    freeze(client_of("truong-doan"), closed)
    give_key(app, None)
    early = sign_with_pin(client_of("can-bo"), closed)
    assert early.status_code == 409 and "Con dấu của Hội đóng sau" in early.text
    for username in SIGNERS:
        sign(client_of(username), closed)
    assert state_of(app) == "signed"
    assert "nhập mã PIN của con dấu" in client_of("can-bo").get(f"/conclusions/{closed}").text
    assert sign_with_pin(client_of("can-bo"), closed).status_code == 303
    signed = verdict(app)
    assert signed.intact and [one.part for one in signed.signatures] == ["secretary", "unit", "head", "seal"]
    assert signed.signatures[-1].name.startswith("HỘI TRUYỀN THỐNG TRƯỜNG SƠN")
    assert sign_with_pin(client_of("can-bo"), closed).status_code == 409
    assert "nguyên vẹn" in checked(app)


def test_a_pin_that_somebody_else_has_seen_is_changed_before_it_signs(app, frozen, client_of, world) -> None:
    change_key(app, give_key(app, world.thu_ky.id), must_change_pin=True)
    secretary = client_of("thu-ky")
    assert sign_with_pin(secretary, frozen, new_pin=PIN, pin_again=PIN).status_code == 422
    answer = sign_with_pin(secretary, frozen, new_pin="975310", pin_again="975310")
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(SigningKey.must_change_pin)).one() is False


def test_the_first_signature_tapped_twice_makes_one_key_and_one_signature(app, frozen, client_of) -> None:
    op_id = new_op()
    answers = [sign(client_of("thu-ky"), frozen, op_id=op_id).status_code for _ in range(2)]
    with app.app_context():
        kinds = db.session.scalars(select(JournalEntry.kind).where(JournalEntry.kind == "minutes.signed")).all()
        assert (answers, len(kinds), len(db.session.scalars(select(SigningKey.id)).all())) == ([303, 303], 1, 1)


def test_in_by_a_rooms_number_one_is_sent_to_the_password(app, frozen, client_of) -> None:
    assert FIRST["password"] == PASSWORD
    client = client_of("thu-ky")
    from thidua.models import LoginSession

    with app.app_context():
        begin_writing()
        room = the_paper(app).conclusion.checklist_session_id
        db.session.execute(update(LoginSession).values(checklist_session_id=room))
        db.session.commit()
    page = client.get(f"/conclusions/{frozen}").text
    assert "xin đăng nhập bằng mật khẩu" in page and 'name="pin"' not in page
    assert sign(client, frozen).status_code == 403


def test_a_token_at_the_server_is_reached_by_the_configured_library_only(
    app, frozen, client_of, world, monkeypatch
) -> None:
    asked = []
    key_id = give_key(app, world.thu_ky.id)
    with app.app_context():
        key = db.session.get_one(SigningKey, key_id)
        kept = key.certificate, key.key, sealed_pin(PIN)
    change_key(app, key_id, means="token", key="", token={"label": "THE-KY", "key": "khoa"})

    def token_key(library, token_label, key_label, pin, certificate) -> LocalKey:
        asked.append((library, token_label, key_label, pin, certificate))
        return LocalKey(*kept)

    monkeypatch.setattr(signing, "TokenKey", token_key)
    assert "thẻ ký cắm ở máy chủ" in client_of("thu-ky").get(f"/conclusions/{frozen}").text
    without = sign_with_pin(client_of("thu-ky"), frozen, library="evil.so")
    assert without.status_code == 409 and "THIDUA_PKCS11" in without.text
    app.config["PKCS11_LIBRARY"] = "/usr/lib/the-ky.so"
    assert sign_with_pin(client_of("thu-ky"), frozen, library="evil.so").status_code == 303
    assert asked == [("/usr/lib/the-ky.so", "THE-KY", "khoa", PIN, kept[0])]
    assert the_paper(app).signatures[0].means == "token"


def lock(app, account_id: int, at: datetime | None) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(update(Account).where(Account.id == account_id).values(disabled_at=at))
        db.session.commit()


def test_minutes_that_nobody_could_sign_for_the_unit_are_not_frozen_but_for_paper(
    app, world, closed, client_of
) -> None:
    lock(app, world.don_vi.id, datetime.now(UTC))
    head = client_of("truong-doan")
    answer = head.post(f"/conclusions/{closed}/minutes", data={"op_id": new_op(), "accept_missing": "y"})
    assert answer.status_code == 422
    assert "Chưa ai có tài khoản để ký cho đơn vị. Xin chọn ký trên giấy" in answer.text
    assert f'href="/conclusions/{closed}#signers"' in answer.text
    assert choose(head, closed, means="paper").status_code == 303
    assert "Chưa ai có tài khoản" not in head.get(f"/conclusions/{closed}").text
    freeze(head, closed)


def test_a_chosen_signer_whose_account_is_locked_is_told_before_freezing(app, world, closed, client_of) -> None:
    head = client_of("truong-doan")
    choose(head, closed, head_who=str(world.thanh_vien_1.id))
    lock(app, world.thanh_vien_1.id, datetime.now(UTC))
    answer = head.post(f"/conclusions/{closed}/minutes", data={"op_id": new_op(), "accept_missing": "y"})
    assert answer.status_code == 422 and "để ký cho Trưởng đoàn. Xin chọn người khác ký" in answer.text


def test_where_nobody_is_left_to_sign_an_account_made_later_signs(app, world, frozen, client_of) -> None:
    lock(app, world.don_vi.id, datetime.now(UTC))
    secretary = client_of("thu-ky")
    way_out = "Chưa có ai ký được chỗ này: cần tài khoản của đơn vị."
    assert way_out in secretary.get(f"/conclusions/{frozen}").text
    with app.app_context():
        begin_writing()
        later = Account(
            username="don-vi-moi",
            name="Hoàng Văn Mới",
            role="unit",
            office="Phó Chủ tịch Hội",
            created_at=datetime.now(UTC),
            unit_id=world.unit_id,
        )
        later.set_password(PASSWORD, hasher=PasswordHasher(**CHEAP))
        db.session.add(later)
        db.session.commit()
        world.people["don-vi-moi"] = later.actor
    assert way_out not in secretary.get(f"/conclusions/{frozen}").text
    assert sign(client_of("don-vi-moi"), frozen).status_code == 303
    assert the_paper(app).signatures[0].name == "Hoàng Văn Mới"


def test_a_wrong_pin_is_told_once_beside_its_field(app, frozen, client_of, world) -> None:
    give_key(app, world.thu_ky.id)
    page = sign_with_pin(client_of("thu-ky"), frozen, "111222").text
    assert "Chưa ký được" in page and "Chưa lưu được" not in page and page.count("Còn được nhập 4 lần") == 1

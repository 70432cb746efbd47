"""Reference documents: the doubtful one is flagged and kept as printed; corrections reach the plan's text."""

from sqlalchemy import select

from thidua.extensions import db
from thidua.models import ReferenceDocument
from thidua.plans.queries import plan_page

NEW = {
    "number_as_printed": "12/HD-HTS",
    "kind": "Hướng dẫn",
    "issued_on": "5/1/2020",
    "title": "về khen thưởng đột xuất",
    "cited_in": "II.2",
    "note": "",
    "suspect": "",
}


def citations(app, plan_id):
    with app.app_context():
        return {one.reference_document.number_as_printed: one for one in plan_page(plan_id).documents}


def test_the_doubtful_document_is_flagged_with_its_note(client_of, plan72):
    page = client_of("don-vi").get(f"/plans/{plan72}/documents").text
    assert page.count("Số còn nghi vấn") == 1
    assert "2020/QC-HTSVN" in page
    assert "gần như chắc là gõ nhầm số" in page
    assert "Dẫn ở mục II.3" in page
    assert "Sửa" not in page.split("<main")[1]


def test_a_new_document_is_cited_and_printed_in_its_part(client_of, plan72):
    staff = client_of("can-bo")
    assert staff.post(f"/plans/{plan72}/documents/new", data=NEW).status_code == 303
    assert (
        "Hướng dẫn số 12/HD-HTS ngày 05 tháng 01 năm 2020 về khen thưởng đột xuất" in staff.get(f"/plans/{plan72}").text
    )


def test_a_wrong_date_or_a_known_number_is_refused_and_stays_typed(client_of, plan72):
    staff = client_of("can-bo")
    answer = staff.post(f"/plans/{plan72}/documents/new", data=NEW | {"issued_on": "hôm qua"})
    assert answer.status_code == 422
    assert "hôm qua" in answer.text
    assert "về khen thưởng đột xuất" in answer.text
    answer = staff.post(f"/plans/{plan72}/documents/new", data=NEW | {"number_as_printed": "217/QC-HTS"})
    assert answer.status_code == 422
    assert "Văn bản 217/QC-HTS đã có" in answer.text


def test_a_known_document_is_cited_by_another_plan(app, client_of, world, plan72):
    known = citations(app, plan72)["217/QC-HTS"].reference_document_id
    staff = client_of("can-bo")
    staff.post(f"/plans/{world.plan_id}/documents", data={"document_id": known, "cited_in": "II.3"})
    assert list(citations(app, world.plan_id)) == ["217/QC-HTS"]
    answer = staff.post(f"/plans/{world.plan_id}/documents", data={"document_id": known}, follow_redirects=True)
    assert "Xin chọn một văn bản trong danh sách" in answer.text
    assert len(citations(app, world.plan_id)) == 1


def test_a_correction_keeps_the_normalised_number_of_what_was_not_touched(app, client_of, plan72):
    cited = citations(app, plan72)["36/HD – HTS"]
    answer = client_of("can-bo").post(
        f"/plans/{plan72}/documents/{cited.id}",
        data=NEW | {"number_as_printed": "36/HD – HTS", "issued_on": "19/5/2020", "cited_in": "II.1"},
    )
    assert answer.status_code == 303
    with app.app_context():
        document = db.session.get(ReferenceDocument, cited.reference_document_id)
        assert (document.number, document.title) == ("36/HD-HTS", "về khen thưởng đột xuất")


def test_a_plan_stops_citing_but_the_document_stays_known(app, client_of, plan72):
    cited = citations(app, plan72)["217/QC-HTS"]
    client_of("can-bo").post(f"/plans/{plan72}/documents/{cited.id}/removal")
    assert "217/QC-HTS" not in citations(app, plan72)
    with app.app_context():
        assert db.session.scalars(select(ReferenceDocument).where(ReferenceDocument.number == "217/QC-HTS")).one()


def test_only_the_office_changes_citations(app, client_of, plan72):
    cited = citations(app, plan72)["217/QC-HTS"]
    for username in ("truong-doan", "don-vi"):
        client = client_of(username)
        assert client.post(f"/plans/{plan72}/documents", data={"document_id": "1"}).status_code == 403
        assert client.post(f"/plans/{plan72}/documents/new", data=NEW).status_code == 403
        assert client.post(f"/plans/{plan72}/documents/{cited.id}", data=NEW).status_code == 403
        assert client.post(f"/plans/{plan72}/documents/{cited.id}/removal").status_code == 403
    assert client_of("can-bo").get(f"/plans/{plan72}/documents/9999").status_code == 404

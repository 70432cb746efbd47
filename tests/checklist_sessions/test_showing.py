"""The criterion under discussion: who puts it on the projector, and what a broken operation id does."""

from tests.checklist_sessions.rooms import here, kinds
from tests.conftest import new_op
from thidua.extensions import db
from thidua.models.finders import sheet_of


def leaves(app, world):
    with app.app_context():
        return sheet_of(db.session(), world.checklist_id).leaves


def show(client, world, leaf, **fields):
    return client.post(here(world.open_id, f"/criteria/{leaf.id}/showing"), data=fields)


def test_each_showing_counts_even_without_an_operation_id(app, client_of, world) -> None:
    head, (first, second, *_rest) = client_of("truong-doan"), leaves(app, world)
    assert [show(head, world, leaf).status_code for leaf in (first, second)] == [200, 200]
    assert kinds(app, world.open_id).count("criterion.shown") == 2
    page = client_of("don-vi").get(here(world.open_id, "/projector")).text
    assert second.text in page and first.text not in page


def test_the_same_showing_sent_twice_is_one(app, client_of, world) -> None:
    head, (first, second, *_rest), op_id = client_of("truong-doan"), leaves(app, world), new_op()
    assert [show(head, world, first, op_id=op_id).status_code for _ in range(2)] == [200, 200]
    assert kinds(app, world.open_id).count("criterion.shown") == 1
    assert show(head, world, second, op_id=op_id).status_code == 409


def test_a_broken_operation_id_and_a_member_are_refused(app, client_of, world) -> None:
    first = leaves(app, world)[0]
    assert show(client_of("thu-ky"), world, first, op_id="x" * 40).status_code == 422
    assert show(client_of("thanh-vien-1"), world, first, op_id=new_op()).status_code == 403

from thidua.rules.errors import Conflict, InvalidEntry, NotAllowed, Refusal, Refused


def test_a_refusal_carries_its_sentence_and_its_field() -> None:
    refusal = InvalidEntry("Xin nhập lại.", "points")
    assert (str(refusal), refusal.message, refusal.field) == ("Xin nhập lại.", "Xin nhập lại.", "points")


def test_each_refusal_has_its_status() -> None:
    assert [one.status for one in (Refused, Conflict, InvalidEntry, NotAllowed)] == [409, 409, 422, 403]
    assert all(issubclass(one, Refusal) for one in (Refused, Conflict, InvalidEntry, NotAllowed))


def test_a_conflict_keeps_both_values() -> None:
    conflict = Conflict("Đã có điểm khác.", theirs=800, mine=700)
    assert (conflict.theirs, conflict.mine) == (800, 700)

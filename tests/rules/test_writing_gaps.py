from datetime import UTC, datetime, timedelta

from thidua.rules.document_edits import Stale
from thidua.rules.writing_gaps import reading_advice, writing_gaps

NOON = datetime(2020, 10, 20, 5, tzinfo=UTC)


def codes(*moments):
    return [one.code for one in reading_advice(*moments)]


def test_each_edit_whose_ground_has_moved_and_each_open_objection_is_named_with_its_place():
    stale = (Stale("strengths", "Phong trào đều.", "a", "b"), Stale("p9", "Của tôi.", "a", None))
    found = list(writing_gaps(stale, ["Hoàng Văn Bắc"]))
    assert [one.anchor for one in found] == ["text-strengths", "text-p9", "objections"]
    assert "Phong trào đều." in found[0].sentence and "không còn chỗ" in found[1].sentence
    assert "Hoàng Văn Bắc" in found[2].sentence


def test_reading_is_advised_until_it_is_done_and_again_when_something_changed():
    later = NOON + timedelta(minutes=5)
    assert codes(None, NOON, None) == ["not_read_through"]
    assert codes(NOON, later, None) == ["not_read_through"]  # scoring was opened again meanwhile
    assert codes(later, NOON, NOON) == []
    assert codes(NOON, NOON, later) == ["changed_since_reading"]

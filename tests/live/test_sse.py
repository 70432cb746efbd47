"""The bytes of the stream."""

import pytest

from thidua.live import sse


def test_html_of_several_lines_stays_one_message():
    assert sse.change(3, "<p>\r\nĐạt\r</p>\n").decode() == (
        "id: 3\nevent: change\ndata: <p>\ndata: Đạt\ndata: </p>\ndata: \n\n"
    )


def test_a_change_with_nothing_to_show_still_moves_the_cursor():
    assert sse.change(3, "") == b"id: 3\nevent: change\ndata: \n\n"


def test_a_heartbeat_carries_the_head_and_no_id():
    assert sse.heartbeat(12) == b"event: hb\ndata: 12\n\n"


@pytest.mark.parametrize(
    ("cursors", "last"),
    [
        (("3", None), 3),
        (("3", "5"), 5),
        (("7", "5"), 7),
        ((None, None), None),
        (("", "x"), None),
        (("-1", "٣"), None),
        (("9" * 19,), None),
    ],
)
def test_the_furthest_cursor_counts_and_nonsense_does_not(cursors, last):
    assert sse.latest(*cursors) == last

from xml.etree import ElementTree

import pytest

from thidua.doors.qr import qr_svg, qr_terminal

ADDRESS = "http://192.168.1.10:8000/login?next=/a&b=<2>"


def test_the_svg_is_well_formed_and_carries_no_inline_style():
    svg = qr_svg(ADDRESS)
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg") and root.get("class") == "qr" and root.get("viewBox")
    assert "style" not in svg and "<script" not in svg


def test_another_address_is_another_code():
    assert qr_svg(ADDRESS) != qr_svg(ADDRESS + "1")
    assert qr_terminal(ADDRESS) != qr_terminal(ADDRESS + "1")


def test_a_text_too_long_for_a_code_is_refused():
    with pytest.raises(ValueError):
        qr_svg("x" * 5000)


def test_the_terminal_code_is_square_and_without_escape_codes():
    lines = qr_terminal(ADDRESS).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert abs(len(lines) * 2 - len(lines[0])) <= 1
    assert "\x1b" not in "".join(lines)

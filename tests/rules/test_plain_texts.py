"""Texts of a score sheet that comes in as JSON are kept as typed ones are: clean, and as long as their columns take."""

import pytest

from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import Sheet
from thidua.rules.sheet_plain import sheet_from_plain


def read(*, name: str = "Bảng", number: str = "1", text: str = "Nội dung", label: str = "Tốt") -> Sheet:
    return sheet_from_plain(
        {
            "name": name,
            "sections": [{"number": "I", "title": "Mục", "criteria": [{"number": number, "text": text, "max": 100}]}],
            "bands": [{"label": label, "minimum": 80}],
        }
    )


def test_signs_no_text_may_hold_go_and_letters_are_composed() -> None:
    sheet = read(
        name="Ba\u0309ng\x00", number=" 1\u200b", text="Phe\u0302 bi\u0300nh\ud800", label="To\u0302\u0301t\x07"
    )
    assert (sheet.name, sheet.leaves[0].number, sheet.leaves[0].text, sheet.bands[0].label) == (
        *("Bảng", "1", "Phê bình", "Tốt"),
    )


@pytest.mark.parametrize("field", ["name", "number", "text", "label"])
def test_a_text_of_invisible_signs_is_empty(field: str) -> None:
    with pytest.raises(InvalidEntry, match="không được để trống"):
        read(**{field: "\x00 \u200b"})


@pytest.mark.parametrize(("field", "most"), [("name", 300), ("number", 20), ("label", 80)])
def test_what_is_longer_than_its_column_is_refused(field: str, most: int) -> None:
    read(**{field: "x" * most})
    with pytest.raises(InvalidEntry, match=f"dài quá {most} chữ"):
        read(**{field: "x" * (most + 1)})

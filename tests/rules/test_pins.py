import pytest

from thidua.rules.errors import InvalidEntry
from thidua.rules.pins import clean_pin, require_pin


def test_six_digits_typed_twice_alike():
    require_pin(clean_pin("24 68 10"), "246810")


@pytest.mark.parametrize(
    ("pin", "repeated", "field"),
    [
        ("12345", "12345", "pin"),
        ("1234567", "1234567", "pin"),
        ("١٢٣٤٥٦", "١٢٣٤٥٦", "pin"),
        ("abcdef", "abcdef", "pin"),
        ("111111", "111111", "pin"),
        ("123456", "123456", "pin"),
        ("987654", "987654", "pin"),
        ("246810", "246811", "pin_again"),
    ],
)
def test_what_is_no_pin_is_refused_where_it_was_typed(pin, repeated, field):
    with pytest.raises(InvalidEntry) as refused:
        require_pin(pin, repeated)
    assert refused.value.field == field

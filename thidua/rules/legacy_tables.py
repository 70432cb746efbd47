"""How Vietnamese letters were written before Unicode, as Windows shows them without the old fonts (code page 1252).

TCVN3, also called ABC: one code a letter, TCVN 5712:1993, table VN3. Letters with a tone exist in small form only;
fonts with names ending in H draw them as capitals. Checked against glibc (TCVN5712-1) and four converters.
VNI for Windows: a vowel, then a code that is its tone, or shape and tone at once; ơ ư đ ỵ and i with a tone have codes
of their own. Checked against xvnkb and three converters.
"""

_TCVN3_CODES = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
_SYMBOL_FONTS = 0xF000
"""Where programs put the codes of a font that they take for one of symbols."""

TCVN3: dict[str, str] = {
    chr(start + place): letter for start, letters in _TCVN3_CODES for place, letter in enumerate(letters)
}
"""Code, as the letter that Windows shows for it -> letter: "µ" -> "à"."""

FROM_SYMBOLS: dict[int, int] = {_SYMBOL_FONTS + code: code for code in range(0xA1, 0x100)}
"""For ``str.translate``."""

_VNI_TONES = "ùøûõï"
_VNI_HATS = "âáàåãä"
_VNI_BREVES = "êéèúüë"
_VNI_ALONE = "íìæóòîôöñ"
_TONED = {"a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹ", "ô": "ớờởỡợ", "ö": "ứừửữự"}
_HATTED = {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"}
_BREVED = {"a": "ăắằẳẵặ"}
_ALONE = "íìỉĩịỵơưđ"


def _vni() -> dict[str, str]:
    small = dict(zip(_VNI_ALONE, _ALONE, strict=True))
    for marks, shaped in ((_VNI_TONES, _TONED), (_VNI_HATS, _HATTED), (_VNI_BREVES, _BREVED)):
        for base, letters in shaped.items():
            small |= {base + mark: letter for mark, letter in zip(marks[: len(letters)], letters, strict=True)}
    return small | {code.upper(): letter.upper() for code, letter in small.items()}


VNI: dict[str, str] = _vni()
"""One or two codes -> letter: "aù" -> "á", "ñ" -> "đ". A capital carries a capital mark."""

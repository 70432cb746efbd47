"""Fonts of the time before Unicode: recognised by words, converted exactly, and proper text is left alone."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.rules.legacy_encodings import Suspicion, convert, detect, encoding_of_font, is_font_of_capitals
from thidua.rules.legacy_tables import TCVN3, VNI
from thidua.rules.syllables import is_syllable
from thidua.rules.vietnamese import clean_text

MARKS = ["", *"\u0300\u0309\u0303\u0301\u0323"]
SMALL = [*(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in MARKS), "đ"]
LETTERS = [letter for letter in SMALL if not letter.isascii()]
ALL_134 = LETTERS + [letter.upper() for letter in LETTERS]
SEEDS = Path(__file__).resolve().parents[2] / "thidua" / "seeds"

REAL = [
    ("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("tcvn3", "c«ng t¸c thi ®ua, khen th\u00adëng", "công tác thi đua, khen thưởng"),
    ("tcvn3", "b¶ng chÊm ®iÓm (tèi ®a 10 ®iÓm)", "bảng chấm điểm (tối đa 10 điểm)"),
    ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ("vni", "BAÛNG CHAÁM ÑIEÅM THI ÑUA, KHEN THÖÔÛNG", "BẢNG CHẤM ĐIỂM THI ĐUA, KHEN THƯỞNG"),
    ("vni", "quyû vaø cuûa Traàn Vaên Kyø, 12 tuoåi", "quỷ và của Trần Văn Kỳ, 12 tuổi"),
]


def written(text: str, encoding: str) -> str:
    """Proper text as the old fonts held it; TCVN3 has no capitals with a tone, so it holds the small ones."""
    if encoding == "tcvn3":
        codes = {letter: code for code, letter in TCVN3.items()}
        return "".join(codes.get(letter) or codes.get(letter.lower(), letter) for letter in text)
    codes = {letter: code for code, letter in VNI.items()}
    return "".join(codes.get(letter, letter) for letter in text)


@pytest.mark.parametrize(("encoding", "before", "after"), REAL)
def test_real_lines_are_recognised_and_converted(encoding: str, before: str, after: str) -> None:
    found = detect([before])
    assert found.encoding == encoding
    assert found.share > 0.5
    assert (found.example_before, found.example_after) == (before, after)
    assert convert(before, encoding) == after


def test_both_tables_hold_all_letters() -> None:
    assert len(ALL_134) == 134
    assert sorted(VNI.values()) == sorted(ALL_134)
    assert sorted(TCVN3.values()) == sorted([*LETTERS, *"ĂÂÊÔƠƯĐ"])


@pytest.mark.parametrize("letter", ALL_134)
def test_each_letter_comes_back(letter: str) -> None:
    assert convert(written(letter, "vni"), "vni") == letter
    font = ".VnTimeH" if letter.isupper() else ".VnTime"
    assert convert(written(letter, "tcvn3"), "tcvn3", font=font) == letter


def real_texts() -> list[str]:
    """The texts of the seeds: a real plan and its checklist."""

    def inside(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [text for part in parts for text in inside(part)]

    found = [text for path in sorted(SEEDS.rglob("*.json")) for text in inside(json.loads(path.read_text("utf-8")))]
    return [unicodedata.normalize("NFC", text) for text in found]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_real_plan_comes_back_whole(encoding: str) -> None:
    texts = [text for text in real_texts() if not text.isascii()]
    assert len(texts) > 50
    old = [written(text, encoding) for text in texts]
    assert detect(old).encoding == encoding
    assert detect(old).share > 0.7
    backs = [convert(text, encoding) for text in old]
    if encoding == "tcvn3":  # capitals with a tone are lost where nothing beside them tells
        assert [text.lower() for text in backs] == [text.lower() for text in texts]
        same = sum(back == text for back, text in zip(backs, texts, strict=True))
        assert same > 0.9 * len(texts)
    else:
        assert backs == texts


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_real_plan_in_unicode_is_not_suspected(form: str) -> None:
    texts = [unicodedata.normalize(form, text) for text in real_texts()]  # type: ignore[arg-type]
    for fonts in ((), (".VnTime", "VNI-Times")):
        assert detect(texts, fonts) == Suspicion()
        assert [detect([text], fonts) for text in texts if detect([text], fonts).encoding] == []


INITIALS = "b ch đ gi h kh l m ngh nh qu th tr v"
RHYMES = (
    "ả ạn áng ăn ằng ắt ấp ậy ẻ ẹp ế ệnh ềm ỉ ình ịt iếu iễn ọ oán oạch ỏi ộ ổng ốt ơ ởi ợp ủ ụng ụt uế uyền uống "
    "ư ừa ứng ước ương ưỡi ỳ ỹ yêu yến ý a an anh ên inh ong um"
)
SYLLABLES = st.builds(
    lambda initial, rhyme: unicodedata.normalize("NFC", initial + rhyme),
    st.sampled_from([*INITIALS.split(), ""]),
    st.sampled_from(RHYMES.split()),
).filter(is_syllable)
SENTENCES = st.lists(SYLLABLES, min_size=12, max_size=40).map(" ".join)


@given(SENTENCES, st.sampled_from(["tcvn3", "vni"]), st.sampled_from([str.lower, str.upper, str.capitalize]))
def test_any_sentence_comes_back(sentence: str, encoding: str, shape: object) -> None:
    text = shape(sentence)  # type: ignore[operator]
    if encoding == "tcvn3" and text[0].isupper() and not text.isupper():
        text = "B" + text[1:]  # a capital that TCVN3 has
    old = written(text, encoding)
    assert detect([old]).encoding == encoding
    font = ".VnTimeH" if encoding == "tcvn3" and text.isupper() else ""
    assert convert(old, encoding, font=font) == text


@given(SENTENCES, st.sampled_from(["NFC", "NFD"]), st.sampled_from(["tcvn3", "vni"]))
def test_proper_text_is_neither_suspected_nor_changed(sentence: str, form: str, encoding: str) -> None:
    text = unicodedata.normalize(form, sentence)  # type: ignore[arg-type]
    assert detect([text], [".VnTime", "VNI-Times"]) == Suspicion()
    if any(ord(letter) > 0xFF for letter in text):
        assert convert(text, encoding) == text


@given(st.text(), st.sampled_from(["tcvn3", "vni", ""]), st.sampled_from(["", ".VnTimeH", "Arial"]))
def test_any_text_at_all_is_taken(text: str, encoding: str, font: str) -> None:
    detect([text], [font])
    assert isinstance(convert(text, encoding, font=font), str)
    if text.isascii() and not font.startswith(".Vn"):
        assert convert(text, encoding, font=font) == text


@pytest.mark.parametrize(
    "text",
    [
        "Total score 10.5 (max 100) – 25 % of criteria",
        "© 2020 Windows® 5 µm ± 0,1 °C, §5, «x», 3×4, 1¼",
        "Où est-il né ? Très très bientôt, à l'été : café, naïve, Noël, garçon, déjà, île, œuvre, maïs",
        "Über die Straße: Müller, größer, für schöne Äpfel, Öl, über, müßig",
        "mañana señor años niño España corazón",
        "Ea H'leo, Krông Pắk, Đắk Lắk, Pleiku, Bình Định",
        "Ông Nguyễn Văn Bé, bà Lê Thị Tí, cô Hà",
        "có là thì ô hé tê cô bé lê",
        "12/9/2020; 1.1.1; I; a)",
        "",
    ],
)
def test_what_is_no_legacy_text_is_not_suspected(text: str) -> None:
    assert detect([text]) == Suspicion()
    assert detect([text] * 5, ["Times New Roman"]) == Suspicion()


def test_one_word_is_enough_with_a_font_of_that_time() -> None:
    assert detect(["Hµ"]) == Suspicion()
    assert detect(["Hµ"], [".VnTime"]).encoding == "tcvn3"
    assert detect(["Haø"], ["VNI-Times"]).encoding == "vni"
    assert detect(["Ha"], [".VnTime"]) == Suspicion()


def test_old_cells_among_new_ones_are_found_and_only_they_change() -> None:
    new = ["Nội dung chấm điểm", "Điểm tối đa"] * 3
    old = ["Tæ chøc phong trµo thi ®ua", "B¸o c¸o ®óng h¹n"]
    assert detect(new + old).encoding == "tcvn3"
    assert [convert(text, "tcvn3") for text in new + old] == [*new, "Tổ chức phong trào thi đua", "Báo cáo đúng hạn"]


def test_fonts_of_capitals_and_headings() -> None:
    assert convert("céng hoµ x· héi", "tcvn3", font=".VnTimeH") == "CỘNG HOÀ XÃ HỘI"
    assert convert("CéNG HOµ X· HéI §µ", "tcvn3") == "CỘNG HOÀ XÃ HỘI ĐÀ"
    assert convert("Hµ Néi, ¸", "tcvn3") == "Hà Nội, á"
    assert is_font_of_capitals(".VnArialH")
    assert not is_font_of_capitals(".VnArial")
    assert not is_font_of_capitals("BatangH")


@pytest.mark.parametrize(
    ("font", "encoding"),
    [(".VnTime", "tcvn3"), (".vnarialh", "tcvn3"), ("VNI-Times", "vni"), ("VNI Helve", "vni"), ("Times New Roman", "")],
)
def test_fonts_tell_their_encoding(font: str, encoding: str) -> None:
    assert encoding_of_font(font) == encoding


def test_a_small_mark_after_a_capital_vowel_and_codes_of_symbol_fonts() -> None:
    assert convert("THÖôûNG, Aù", "vni") == "THƯởNG, Á"
    moved = "".join(chr(0xF000 + ord(code)) if 0xA1 <= ord(code) <= 0xFF else code for code in "Hµ Néi phè")
    assert detect([moved]).encoding == "tcvn3"
    assert convert(moved, "tcvn3") == "Hà Nội phố"


def test_cleaning_first_would_lose_a_letter() -> None:
    """Why ``detect`` and ``convert`` come before ``clean_text``."""
    assert clean_text(convert("th\u00adëng", "tcvn3")) == "thưởng"
    assert clean_text("th\u00adëng") == "thëng"


POSSIBLE = "Thưởng QUYẾT gì giờ hoà hòa nghiêng khuỷu quốc oanh ướt yêu đội tuế hươu già khoẻ thuở quạ mười"
IMPOSSIBLE = "Néi café xaõ hoäi mat bap fan zô ươngg đđ ỏỏ hoáà kªm được9 thôûng bạo1"


@pytest.mark.parametrize("word", POSSIBLE.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", [*IMPOSSIBLE.split(), "", "a" * 99])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)

from dataclasses import replace

import pytest

from tests.rules.half_day import FULL
from tests.rules.test_documents import EVERY_BLOCK
from thidua.rules.document_edits import Edited, Stale, apply_edits, edit_of, editable_text
from thidua.rules.documents import Document, Heading, Paragraph, Signatures
from thidua.rules.errors import InvalidEntry
from thidua.rules.wording import compose_minutes

MINUTES = compose_minutes(FULL)


def headings(document):
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def edited(document, **texts):
    """As somebody typed them who saw this document."""
    return apply_edits(document, {name.replace("_", "-"): edit_of(document, name.replace("_", "-"), text)
                                  for name, text in texts.items()})  # fmt: skip


def test_edits_replace_the_texts_of_their_blocks_only():
    document, stale = edited(EVERY_BLOCK, p1="Phong trào mạnh.", l1="một\n\n  hai \nba")
    assert document.block("p1").text == "Phong trào mạnh."
    assert document.block("l1").items == ("một", "hai", "ba")
    assert document.block("h1") == EVERY_BLOCK.block("h1") and not stale


def test_an_edit_that_repeats_the_text_changes_nothing():
    texts = {block.id: editable_text(block) for block in EVERY_BLOCK.blocks}
    edits = {block_id: Edited(text, text) for block_id, text in texts.items() if text is not None}
    assert apply_edits(EVERY_BLOCK, edits) == (EVERY_BLOCK, ())


def test_composing_anew_never_overwrites_an_edit_but_tells_that_the_ground_has_moved():
    edit = edit_of(MINUTES, "shortcomings", "Còn thiếu minh chứng đợt 2.")
    later = compose_minutes(replace(FULL, shortcomings=("Minh chứng chưa đầy đủ", "Sổ sách chưa cập nhật")))
    document, stale = apply_edits(later, {"shortcomings": edit})
    assert document.block("shortcomings").text == "Còn thiếu minh chứng đợt 2."
    now = "Minh chứng chưa đầy đủ;\nSổ sách chưa cập nhật."
    assert stale == (Stale("shortcomings", "Còn thiếu minh chứng đợt 2.", "Minh chứng chưa đầy đủ.", now),)


def test_an_edit_that_the_composed_text_has_come_to_is_not_stale():
    document, stale = apply_edits(EVERY_BLOCK, {"p1": Edited("Phong trào khá.", "Phong trào yếu.")})
    assert document == EVERY_BLOCK and not stale


def test_the_edit_of_a_part_that_is_no_longer_composed_is_told_not_lost():
    document, stale = apply_edits(EVERY_BLOCK, {"p9": Edited("Của tôi.", "Cũ.")})
    assert document == EVERY_BLOCK and stale == (Stale("p9", "Của tôi.", "Cũ.", None),)


def test_a_paragraph_may_become_several_and_a_list_a_single_sentence():
    document, _ = edited(MINUTES, conclusion="Một.\nHai.", strengths="Phong trào đều.")
    at = [block.id for block in document.blocks].index("conclusion")
    assert [block.text for block in document.blocks[at : at + 2]] == ["Một.", "Hai."]
    assert document.block("strengths") == Paragraph("strengths", "Phong trào đều.")


def test_a_part_edited_to_nothing_takes_its_heading_along_and_leaves_no_gap_in_the_numbers():
    document, _ = edited(MINUTES, strengths="", unit_opinion="  \n ")
    assert "unit-opinion-section" not in [block.id for block in document.blocks]
    assert [text for text in headings(document) if text.startswith(("IV.", "VII", "IX"))] == [
        "IV. Nhận xét, đánh giá", "VII. Kiến nghị của Đoàn kiểm tra", "VIII. Kết luận của Trưởng đoàn",
    ]  # fmt: skip
    at = headings(document).index("IV. Nhận xét, đánh giá")
    assert headings(document)[at + 1 : at + 3] == ["1. Hạn chế", "2. Nguyên nhân của hạn chế"]


def test_the_only_part_left_of_a_section_is_not_numbered_one():
    document, _ = edited(MINUTES, difficulties="")
    assert document.block("proposals-heading").text == "Đề xuất"


def test_a_heading_is_reworded_without_its_number():
    assert editable_text(MINUTES.block("scores-section")) == "Kết quả chấm điểm, xếp loại"
    document, _ = edited(MINUTES, scores_section="IX. Kết quả")
    assert document.block("scores-section").text == "V. Kết quả"


@pytest.mark.parametrize(
    ("block_id", "text", "words"),
    [
        ("score-table", "9,5", "không sửa được bằng lời"),
        ("letterhead", "X", "không sửa được bằng lời"),
        ("signatures", " ", "không để trống được"),
        ("title", "\n", "không để trống được"),
        ("conclusion", "x" * 20_001, "20.000"),
    ],
)
def test_what_cannot_stand_is_refused_in_words(block_id, text, words):
    with pytest.raises(InvalidEntry, match=words):
        edit_of(MINUTES, block_id, text)


def test_an_unknown_block_is_not_edited():
    with pytest.raises(KeyError):
        edit_of(MINUTES, "p9", "x")


def test_hostile_texts_stay_texts():
    typed = "<b>đậm</b>\u202e ngược \u200b\r\nNFD: ti\u0302m"
    assert edit_of(MINUTES, "conclusion", typed).text == "<b>đậm</b> ngược\nNFD: tîm"


def test_the_signatures_always_keep_words_above_them():
    document = Document("BB", "", "t", (Signatures("signatures", ("Kết thúc./.",), ()),))
    assert apply_edits(document, {"signatures": Edited("", "Kết thúc./.")})[0] == document

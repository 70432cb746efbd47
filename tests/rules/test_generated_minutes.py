"""Fifty generated half-days, read as a secretary would: nothing empty, nothing doubled, no gap in the numbers."""

import re
from dataclasses import replace

import pytest

from tests.generated_minutes import CASES, compose, documents
from thidua.rules.document_edits import ROMANS
from thidua.rules.documents import Heading, Listing, Paragraph, Signatures, from_plain, to_plain
from thidua.rules.wording import compose_minutes

DOUBLED = re.compile(r"[.;:,] ?[.;,:]|\(\)|“”|  | [,.;:)]|\b0 (?:ý kiến|đồng chí|tiêu chí|kiến nghị)|None")
HOSTILE = {"hostile"}


@pytest.fixture(scope="module")
def composed():
    return documents()


def sentences(document):
    """What was composed, block by block."""
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.id, block.text
            case Listing():
                yield from ((block.id, item) for item in block.items)
            case Signatures():
                yield from ((block.id, text.removesuffix("./.")) for text in block.closing)


def test_there_are_fifty_and_they_are_always_the_same(composed):
    assert len(composed) == 50 and compose("half-day-7") == composed["half-day-7"]
    assert sum(len(block.items) for block in composed["two-hundred-remarks"].blocks if isinstance(block, Listing)) > 200


def test_nothing_is_empty_and_no_mark_stands_twice(composed):
    for case, document in composed.items():
        for block_id, text in sentences(document):
            assert text.strip(" .;:–-"), (case, block_id)
            if case not in HOSTILE:
                assert not DOUBLED.search(text.replace("…", "")), (case, block_id, text)


def test_every_sentence_begins_large_and_ends(composed):
    for case, document in composed.items():
        for block in document.blocks:
            if isinstance(block, Paragraph) and case not in HOSTILE:
                assert block.text[0].isupper() and block.text[-1] in ".:?!…”", (case, block.text)


def test_sections_and_their_parts_are_numbered_without_a_gap(composed):
    for case, document in composed.items():
        headings = [block for block in document.blocks if isinstance(block, Heading)]
        numerals = [block.text.partition(".")[0] for block in headings if block.level == 1]
        assert numerals == list(ROMANS[: len(numerals)]), case
        parts: list[int] = []
        for block in [*headings, Heading("end", "", 1)]:
            if block.level == 1:
                assert parts == list(range(1, len(parts) + 1)), case
                parts = []
            elif block.text[0].isdigit():
                parts.append(int(block.text.partition(".")[0]))


def test_they_survive_storage(composed):
    for document in composed.values():
        assert from_plain(to_plain(document)) == document


def test_what_is_not_scored_throughout_claims_no_result(composed):
    draft = composed["unscored"]
    texts = " ".join(text for _, text in sentences(draft))
    assert "Chưa xếp loại vì còn tiêu chí chưa có điểm thống nhất." in texts
    assert "tự chấm" not in texts and "xếp loại Tốt" not in texts and "Qua kiểm tra" not in texts
    assert "Tổng điểm tạm tính: " in texts and "mười tiêu chí chưa có điểm thống nhất" in texts
    total = draft.block("score-table").rows[-1].cells
    assert total[0] == "Tổng cộng (tạm tính)" and total[4] == ""


def test_objections_that_stand_are_printed_and_pointed_to_what_was_accepted_is_not(composed):
    document = composed["contested"]
    assert document.block("objections").text == (
        "Đồng chí Nga có ý kiến: Điểm mục 1.2 chưa phản ánh đúng kết quả. Trả lời của Đoàn kiểm tra: Hồ sơ gửi sau hạn."
    )
    section = document.block("objections-section").text.partition(".")[0]
    assert f"riêng một ý kiến khác được ghi tại mục {section}." in document.block("signatures").closing[0]


def test_a_deputy_signs_with_the_formula_and_a_group_without_a_name(composed):
    secretary, _, head = composed["contested"].block("signatures").places
    assert secretary.person == ""
    assert (head.authority, head.office, head.person) == ("KT. Trưởng đoàn", "Phó Trưởng đoàn", "Phạm Tiến Ích")


def test_without_ranks_nobody_is_a_general_anywhere():
    facts = CASES["half-day-5"]()
    told = to_plain(compose_minutes(replace(facts, parts=()).without_ranks()))
    assert not re.search("Thiếu tướng|Đại tá|Thượng tá", str(told))

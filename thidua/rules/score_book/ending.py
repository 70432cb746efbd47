"""Below the table: the total, what follows from it, the ratings and gates in words, the places to sign."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from thidua.rules.score_book.accepting import number
from thidua.rules.score_book.places import MOST, NUMBER, REASON, REMARK, SCORES, SELF, TEAM, TEXT, Working
from thidua.rules.score_book.rating import Result, is_worked_out, percent_shown, rating_shown, scaled_shown, shown
from thidua.rules.sheet import Sheet
from thidua.rules.sheet_words import NOT_APPLICABLE, band_words, gate_words
from thidua.rules.workbook import Box, Formula

SIGN_HERE = "(Ký, ghi rõ họ tên)"


@dataclass
class Ending:
    """Rows of the page as ``workbook.Page`` wants them."""

    rows: dict[int, dict[str, Box]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def end_rows(signers: tuple[str, ...], sheet: Sheet, total: int, ratings: str) -> tuple[Ending, Result]:
    """Everything from the row ``total`` on, and where the total and the gates stand."""
    ending, row = Ending(), total + 1
    computed = [is_worked_out(sheet, gate) for gate in sheet.gates]
    lines = 3 + (sheet.not_applicable == "leave_out") + bool(sheet.bands)
    first_gate = total + lines + 1 + len(sheet.bands) + bool(sheet.gates)
    gates = {place: first_gate + place for place, is_computed in enumerate(computed) if is_computed}
    result = Result(total, gates)
    ending.rows[total] = _total(sheet, total)
    for words, formulas in _results(sheet, result, ratings):
        ending.rows[row] = _framed(words, formulas)
        row += 1
    for words in (NOT_APPLICABLE[sheet.not_applicable], *_band_lines(sheet), *_gate_head(sheet)):
        ending.rows[row] = {NUMBER: Box(words, "note")}
        ending.merged.append(f"{NUMBER}{row}:{REMARK}{row}")
        row += 1
    assert row == first_gate or not sheet.gates
    for place, gate in enumerate(sheet.gates):
        ending.rows[row] = _gate(gate_words(gate, sheet), row, is_computed=computed[place])
        row += 1
    _add_signatures(ending, row + 1, signers)
    return ending, result


def _total(sheet: Sheet, row: int) -> dict[str, Box]:
    differs = "" if sheet.maximum == sheet.declared_max else "Cộng các mục được số khác với tổng ghi trên bảng."
    return {
        NUMBER: Box("", "total"),
        TEXT: Box("TỔNG CỘNG", "total"),
        MOST: Box(number(sheet.declared_max), "total_sum"),
        **{score: Box(Formula(shown(Working(score), row)), "total_sum") for score in SCORES},
        REASON: Box("", "total"),
        REMARK: Box(differs, "quiet"),
    }


def _results(sheet: Sheet, result: Result, ratings: str) -> Iterator[tuple[str, dict[str, str]]]:
    row, working = result.total, {score: Working(score) for score in SCORES}
    yield "Tỷ lệ so với điểm tối đa (%)", {score: percent_shown(one, row) for score, one in working.items()}
    if sheet.not_applicable == "leave_out":
        words = "Điểm quy đổi để xếp loại (đã bỏ nội dung không xét)"
        yield words, {score: scaled_shown(one, row) for score, one in working.items()}
    yield "Số tiêu chí chưa chấm", {score: one.seen("missing", row) for score, one in working.items()}
    if sheet.bands:
        yield "XẾP LOẠI", {score: rating_shown(sheet, one, result, ratings) for score, one in working.items()}


def _framed(words: str, formulas: dict[str, str]) -> dict[str, Box]:
    return {
        NUMBER: Box("", "total"),
        TEXT: Box(words, "total"),
        MOST: Box("", "total"),
        **{score: Box(Formula(formula) if formula else "", "total_sum") for score, formula in formulas.items()},
        REASON: Box("", "total"),
        REMARK: Box("", "quiet"),
    }


def _band_lines(sheet: Sheet) -> list[str]:
    return [f"Xếp loại {label}: {words}." for label, words in band_words(sheet.bands)]


def _gate_head(sheet: Sheet) -> list[str]:
    return ["Khống chế xếp loại:"] if sheet.gates else []


def _gate(words: str, row: int, *, is_computed: bool) -> dict[str, Box]:
    struck = {
        score: Box(Formula(f'IF({Working(score).seen("zero", row)}=1,"Có","–")') if is_computed else "", "locked")
        for score in SCORES
    }
    return {
        NUMBER: Box("", "quiet"),
        TEXT: Box(words, "text"),
        MOST: Box("", "locked"),
        **struck,
        REASON: Box("" if is_computed else "Trưởng đoàn quyết định", "quiet"),
        REMARK: Box("", "quiet"),
    }


def _add_signatures(ending: Ending, row: int, signers: tuple[str, ...]) -> None:
    places = (
        ((f"{NUMBER}", TEXT), (SELF, REMARK)) if len(signers) < 3 else ((NUMBER, TEXT), (MOST, TEAM), (REASON, REMARK))
    )
    for (first, last), signer in zip(places, signers, strict=False):
        for line, words in ((row, signer), (row + 1, SIGN_HERE)):
            ending.rows.setdefault(line, {})[first] = Box(words, "place")
            ending.merged.append(f"{first}{line}:{last}{line}")

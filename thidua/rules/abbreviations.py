"""Abbreviations of emulation work and of the Trường Sơn association, for searching both ways.

A starting table; the administrator's own pairs are added to it. A short form may stand for several.
"""

from functools import lru_cache

from thidua.rules.vietnamese import nfc, words_of

Abbreviations = tuple[tuple[str, str], ...]

DEFAULT_ABBREVIATIONS: Abbreviations = (
    ("TĐKT", "thi đua khen thưởng"),
    ("TĐ", "thi đua"),
    ("KT", "khen thưởng"),
    ("HĐTĐ", "hội đồng thi đua"),
    ("HĐTĐKT", "hội đồng thi đua khen thưởng"),
    ("PTTĐ", "phong trào thi đua"),
    ("CSTĐ", "chiến sĩ thi đua"),
    ("CSTS", "chiến sĩ Trường Sơn"),
    ("TSVN", "Trường Sơn Việt Nam"),
    ("CSTSVN", "chiến sĩ Trường Sơn Việt Nam"),
    ("HTS", "Hội Trường Sơn"),
    ("HTSVN", "Hội Trường Sơn Việt Nam"),
    ("TTHĐ", "Thường trực Hội đồng"),
    ("BLL", "Ban Liên lạc"),
    ("BCH", "Ban Chấp hành"),
    ("BTV", "Ban Thường vụ"),
    ("KNC", "kỷ niệm chương"),
    ("BK", "bằng khen"),
    ("GK", "giấy khen"),
    ("TNXP", "thanh niên xung phong"),
    ("CCB", "cựu chiến binh"),
    ("UBND", "Ủy ban nhân dân"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("ĐHĐB", "đại hội đại biểu"),
    ("TBLS", "thương binh liệt sĩ"),
    ("KH", "kế hoạch"),
    ("QĐ", "quyết định"),
    ("QC", "quy chế"),
    ("BB", "biên bản"),
    ("HD", "hướng dẫn"),
    ("TB", "thông báo"),
    ("NĐ", "nghị định"),
    ("NQ", "nghị quyết"),
    ("TW", "Trung ương"),
)


@lru_cache(maxsize=8)
def with_own(pairs: Abbreviations) -> Abbreviations:
    """The table with the office's own pairs; what stands there already, word for word, is not added again."""
    known = {_read(*pair) for pair in DEFAULT_ABBREVIATIONS}
    return (*DEFAULT_ABBREVIATIONS, *(pair for pair in dict.fromkeys(pairs) if _read(*pair) not in known))


def _read(short: str, full: str) -> tuple[str, ...]:
    return (*(word.canonical for word in words_of(nfc(short))), "=", *(word.canonical for word in words_of(nfc(full))))

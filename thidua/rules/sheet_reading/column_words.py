"""What the title of a column says about it: the words that score sheets really carry, compared without accents."""

import re
from typing import Final

from thidua.rules.sheet_reading.cells import key_of

NUMBER, TEXT, MAXIMUM, GUIDANCE, EVIDENCE, NOTE = "number", "text", "maximum", "guidance", "evidence", "note"
SELF, TEAM, BONUS, PENALTY, LEVEL, UNIT, RANK, IGNORED = (
    "self", "team", "bonus", "penalty", "level", "unit", "rank", "ignored",
)  # fmt: skip

ROLES: Final = {
    NUMBER: "Số thứ tự",
    TEXT: "Nội dung, tiêu chí",
    MAXIMUM: "Điểm tối đa",
    LEVEL: "Điểm của một mức",
    GUIDANCE: "Hướng dẫn chấm",
    EVIDENCE: "Minh chứng",
    NOTE: "Ghi chú",
    BONUS: "Điểm thưởng",
    PENALTY: "Điểm trừ",
    SELF: "Điểm tự chấm (không lấy)",
    TEAM: "Điểm đoàn chấm (không lấy)",
    UNIT: "Tên đơn vị",
    RANK: "Xếp hạng (không lấy)",
    IGNORED: "Không dùng",
}

LEVEL_NAMES: Final = frozenset(
    (
        *("xuat sac", "tot", "gioi", "kha", "dat", "trung binh", "tb", "yeu", "kem", "chua dat", "khong dat"),
        *("hoan thanh", "khong hoan thanh", "hoan thanh tot", "hoan thanh xuat sac", "dat yeu cau"),
        *("day du", "khong day du", "co", "khong", "muc 1", "muc 2", "muc 3", "muc 4", "muc 5"),
        *("loai a", "loai b", "loai c", "loai d", "kha tot", "trung binh kha"),
    )
)

# The first pattern that fits decides, so the narrow ones stand above the wide ones.
_PATTERNS: Final = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (NUMBER, r"(s?tt|so tt|so thu tu|muc so|no|ma so|ma tieu chi|ky hieu|muc|so)"),
        (UNIT, r"(ten )?(don vi|quan huyen|phuong xa|xa phuong|tap the|chi hoi|co quan|hoi|khoa|phong ban)"
               r"( duoc cham| duoc kiem tra)?"),
        (UNIT, r"ten (quan|huyen|xa|phuong|don vi|tap the|co quan|to chuc|hoi|chi hoi|co so)\b.*"),
        (RANK, r"(xep (hang|thu|loai|hang thu)|thu hang|vi thu|hang)\b.*"),
        (SELF, r".*\btu (cham|danh gia|xep|cho diem|nhan)\b.*"),
        (EVIDENCE, r".*(minh chung|kiem chung|tai lieu|ho so kem|van ban kem|bang chung).*"),
        (PENALTY, r"(so )?(diem tru|tru diem|diem phat)\b.*"),
        (BONUS, r"(so )?(diem (thuong|cong)|(thuong|cong) diem)\b.*"),
        (GUIDANCE, r".*(huong dan|cach (cham|tinh|cho|thuc hien)|phuong phap|dien giai|mo ta|can cu cham|giai thich"
                   r"|yeu cau cu the|muc do|muc dat|cac muc|quy dinh cham|thang diem chi tiet|noi dung chi tiet).*"),
        (MAXIMUM, r".*(toi da|diem chuan|thang diem|khung diem|barem|bieu diem|diem quy dinh|muc diem|diem cao nhat"
                  r"|diem ke hoach|max|diem tran|diem chuan muc|dinh muc).*"),
        (TEAM, r".*\b(doan|hoi dong|tham dinh|kiem tra|ban giam|cap tren|cheo|to|lanh dao|thu truong|bgh"
               r"|ban chap hanh|hoi cham|gvcn|lop|khoi|cum)\b.*\b(cham|danh gia|xep|cho diem|tham dinh)\b.*"),
        (TEAM, r"(diem |ket qua )?(tham dinh|phuc tra|kiem tra|thong nhat|de xuat|dat duoc|dat|thuc te|da cham|cham"
               r"|danh gia|ket luan|ket qua)( diem)?|ket qua cham.*|diem (cham|danh gia|dat)\b.*"),
        (NOTE, r"(ghi chu|chu thich|luu y)\b.*"),
        (TEXT, r".*(noi dung|tieu chi|chi tieu|tieu chuan|hang muc|cong viec|nhiem vu|linh vuc|dau viec|cac mat).*"),
        (MAXIMUM, r"(so )?diem( so)?|thang|diem 1|tong diem"),
    )
)  # fmt: skip


def role_of(title: str) -> str:
    """The role a title names, "" when it names none; titles longer than a line name none."""
    key = key_of(title)
    if not key or len(key) > 70:
        return ""
    if key in LEVEL_NAMES:
        return LEVEL
    for role, pattern in _PATTERNS:
        if pattern.fullmatch(key):
            return role
    return ""

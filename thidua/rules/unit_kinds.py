"""The kinds of member units, by the keys that are stored; sheets of other bodies name kinds of their own."""

from typing import Final

UNIT_KINDS: Final[dict[str, str]] = {
    "hoi_thanh_pho": "Hội thành phố",
    "hoi_tinh": "Hội tỉnh",
    "ban_lien_lac": "Ban Liên lạc",
    "su_doan": "Hội Sư đoàn",
    "hoi_nu": "Hội Nữ",
}


def kind_label(kind: str) -> str:
    """ "Hội Nữ" for "hoi_nu"; a kind that only the sheet knows is its own label."""
    return UNIT_KINDS.get(kind, kind)

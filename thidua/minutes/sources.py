"""Where the words of a paragraph come from: a mistake is better mended there, as everything else rests on it."""

from thidua.rules.past_phrases import kind_of

_REMARKS = {
    "report": "report",
    "documents-seen": "document",
    "visit": "visit",
    "strengths": "strength",
    "shortcomings": "shortcoming",
    "causes": "cause",
    "exemplars": "exemplar",
    "difficulties": "difficulty",
    "proposals": "proposal",
    "recommendations": "recommendation",
    "unit-opinion": "opinion",
}
_PAGES = {
    "team": ("Điểm danh", "/meeting#attendance"),
    "unit-side": ("Điểm danh", "/meeting#attendance"),
    "guests": ("Điểm danh", "/meeting#attendance"),
    "absent": ("Điểm danh", "/meeting#attendance"),
    "agenda": ("Chương trình", "/meeting"),
    "exchanges": ("Hỏi đáp, trao đổi", "/exchanges"),
    "reviews": ("Kiến nghị lần trước", "/recommendations"),
}


def source_of(block_id: str, checklist_session_id: int) -> tuple[str, str] | None:
    """(name of the page, its address); None for what was not written down anywhere."""
    here = f"/checklist-sessions/{checklist_session_id}"
    kind = _REMARKS.get(kind_of(block_id))
    if kind:
        return "Ghi nhận", f"{here}/remarks#remarks-{kind}"
    page = _PAGES.get(block_id)
    return (page[0], here + page[1]) if page else None

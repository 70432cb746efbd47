"""The journal on papers, told in plain Vietnamese: edits of the minutes, objections, signatures, addenda, notices."""

from collections.abc import Callable

from thidua.checklist_sessions.telling import Content, Criteria, Told
from thidua.rules.signing import LABELS


def _signed(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Ký biên bản: {LABELS[content['part']]}")


PAPER_TELLERS: dict[str, Callable[[Content, Criteria], Told]] = {"minutes.signed": _signed}


# -- signed with ink -------------------------------------------------------------------------------------------------


def _scan_attached(content: Content, _criteria: Criteria) -> Told:
    return Told("Đính kèm bản quét đã ký tay", content.get("file_name", ""))


def _registered(content: Content, _criteria: Criteria) -> Told:
    signers = ", ".join(f"{one['name']} ({LABELS[one['part']].lower()})" for one in content["signers"])
    return Told(f"Vào sổ văn bản ký tay, số {content['number']}", f"Người ký: {signers}" if signers else "")


PAPER_TELLERS |= {
    "scan.attached": _scan_attached,
    "scan.withdrawn": lambda _content, _criteria: Told("Rút một bản quét đã đính kèm"),
    "minutes.registered": _registered,
    "paper.registered": _registered,
}


# -- addenda and notices ---------------------------------------------------------------------------------------------

_ROLES = {"addendum": "biên bản bổ sung", "notice": "thông báo kết luận"}


def _draft_told(verb: str) -> Callable[[Content, Criteria], Told]:
    return lambda content, _criteria: Told(f"{verb} {_ROLES.get(content.get('role', ''), 'văn bản')}")


def _draft_written(content: Content, _criteria: Criteria) -> Told:
    typed = content.get("content", {})
    count = len(typed.get("corrections", ()))
    return Told("Ghi bản dự thảo văn bản", f"{count} chỗ sửa. {typed.get('reason', '')}" if count else "")


def _paper_frozen(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Chốt {_ROLES.get(content.get('role', ''), 'văn bản')} {content.get('number', '')}")


def _paper_signed(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Ký văn bản sau biên bản: {LABELS[content['part']]}")


PAPER_TELLERS |= {
    "draft.started": _draft_told("Mở bản dự thảo"),
    "draft.written": _draft_written,
    "draft.discarded": _draft_told("Bỏ bản dự thảo"),
    "paper.frozen": _paper_frozen,
}
PAPER_TELLERS.setdefault("paper.signed", _paper_signed)

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


# -- wording of paragraphs, reading aloud ------------------------------------------------------------------------------

_OUTCOMES = {"accepted": "chấp nhận, sửa biên bản", "noted": "giữ nguyên, ghi vào biên bản"}


def _reworded(words: str) -> Callable[[Content, Criteria], Told]:
    def tell(content: Content, _criteria: Criteria) -> Told:
        paper = "biên bản" if content.get("scope") == "minutes" else "văn bản sau biên bản"
        text = content.get("text", "")
        return Told(f"{words} {paper}" if text else f"Bỏ một đoạn khỏi {paper}", text or content.get("generated", ""))

    return tell


def _objected(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Ghi ý kiến của {content['speaker']} khi thông qua biên bản", content["text"])


def _objection_settled(content: Content, _criteria: Criteria) -> Told:
    outcome = _OUTCOMES.get(content["outcome"], content["outcome"])
    return Told(f"Ý kiến của {content['speaker']}: {outcome}", content.get("answer", ""))


def _objection_withdrawn(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Rút ý kiến của {content['speaker']}", content.get("text", ""))


PAPER_TELLERS |= {
    "text.edited": _reworded("Sửa một đoạn của"),
    "text.kept": _reworded("Giữ đoạn đã sửa của"),
    "text.restored": lambda content, _criteria: Told("Lấy lại đoạn máy soạn", content.get("text", "")),
    "objection.added": _objected,
    "objection.settled": _objection_settled,
    "objection.withdrawn": _objection_withdrawn,
    "reading.shown": lambda content, _criteria: Told(f"Đọc biên bản, trang {content['page']}/{content['of']}"),
    "reading.stopped": lambda _content, _criteria: Told("Dừng đọc biên bản"),
    "reading.finished": lambda _content, _criteria: Told("Đọc xong biên bản, thông qua"),
}


# -- who signs, who would not, the seal ------------------------------------------------------------------------------


def _signers_chosen(content: Content, _criteria: Criteria) -> Told:
    named = (f"{LABELS[part].lower()}: {one['name']}" for part, one in content["signers"].items() if one.get("name"))
    means = "ký tay trên giấy" if content["means"] == "paper" else "ký trong chương trình"
    return Told(f"Chọn người ký biên bản, {means}", "; ".join(named))


def _refused(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Không ký văn bản: {LABELS[content['part']]}", f"Lý do: {content['reason']}")


def _signed_or_sealed(content: Content, criteria: Criteria) -> Told:
    return Told("Đóng dấu của Hội") if content["part"] == "seal" else _paper_signed(content, criteria)


PAPER_TELLERS |= {"signers.chosen": _signers_chosen, "paper.refused": _refused, "paper.signed": _signed_or_sealed}

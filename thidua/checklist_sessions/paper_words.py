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

"""The journal on papers, told in plain Vietnamese: edits of the minutes, objections, signatures, addenda, notices."""

from collections.abc import Callable

from thidua.checklist_sessions.telling import Content, Criteria, Told
from thidua.rules.signing import LABELS


def _signed(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Ký biên bản: {LABELS[content['part']]}")


PAPER_TELLERS: dict[str, Callable[[Content, Criteria], Told]] = {"minutes.signed": _signed}

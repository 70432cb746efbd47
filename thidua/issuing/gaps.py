"""The check list before signing: what is missing, and the page where each gap is mended with one tap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from thidua.issuing.possible import places_without_anybody, sentence_before_freezing
from thidua.models import Conclusion
from thidua.models.manuscript import manuscript_of
from thidua.models.paper import ELECTRONIC
from thidua.models.reading_aloud import reading_of
from thidua.rules import lifecycle
from thidua.rules.document_edits import Stale
from thidua.rules.minutes_facts import MinutesFacts
from thidua.rules.minutes_gaps import Missing, agenda_advice, missing_before_signing
from thidua.rules.signing import with_accounts
from thidua.rules.writing_gaps import OBJECTIONS, READING, TEXT, reading_advice, writing_gaps

NOBODY_SIGNS, SIGNERS = "nobody_signs", "signers"
GROUPS = {
    "attendance": "Thành phần dự",
    "review": "Kiến nghị lần trước",
    "scores": "Điểm",
    "checks": "Đọc lại điểm",
    "agenda": "Chương trình",
    "recommendations": "Kiến nghị",
    "words": "Ý kiến và kết luận",
    "text": "Câu chữ của biên bản",
    "signing": "Người ký",
}
_GROUP_OF = {
    "review_unanswered": "review",
    "unsettled": "scores",
    "not_scored": "scores",
    "no_reason": "scores",
    "not_read_back": "checks",
    "not_confirmed": "checks",
    "step_not_ended": "agenda",
    "step_not_begun": "agenda",
    "not_read_through": "text",
    "changed_since_reading": "text",
    "recommendation_incomplete": "recommendations",
    "no_unit_opinion": "words",
    "no_conclusion": "words",
    "stale_edit": "text",
    "objection_open": "text",
    NOBODY_SIGNS: "signing",
}
_LOCKED = frozenset({"attendance", "scores", "checks", "agenda"})


@dataclass(frozen=True, slots=True)
class Gap:
    """One line of the list. ``is_locked``: mended only after scoring was opened again."""

    code: str
    sentence: str
    address: str
    group: str

    @property
    def is_locked(self) -> bool:
        return self.group in _LOCKED

    @property
    def custom(self) -> str:
        """What to do about a line of advice."""
        if self.group == "agenda":
            return "Nên kết thúc hoặc bỏ qua kèm lý do; nếu điểm đã khóa thì mở lại trước."
        return "Nên đọc trên màn chiếu, ghi ý kiến của từng người rồi mới chốt."


@dataclass(frozen=True, slots=True)
class CheckList:
    """``gaps`` must be mended or knowingly accepted before freezing, ``advice`` stops nobody. A place that nobody could
    sign is a gap that cannot be accepted: the paper would wait for ever."""

    gaps: tuple[Gap, ...]
    advice: tuple[Gap, ...]

    @property
    def by_group(self) -> list[tuple[str, list[Gap]]]:
        """(heading, its gaps), in the order of the minutes."""
        order = list(GROUPS)
        ranked = sorted(self.gaps, key=lambda gap: order.index(gap.group))
        return [(GROUPS[group], list(gaps)) for group, gaps in groupby(ranked, key=lambda gap: gap.group)]

    @property
    def dead_ends(self) -> list[str]:
        """What cannot be accepted, in sentences."""
        return [gap.sentence for gap in self.gaps if gap.code == NOBODY_SIGNS]

    @property
    def has_locked(self) -> bool:
        return any(gap.is_locked for gap in self.gaps)


def check_list(session: Session, conclusion: Conclusion, facts: MinutesFacts, stale: Sequence[Stale]) -> CheckList:
    """``stale``: the edits whose ground has moved (``models.manuscript``). The conclusion comes with its session."""
    unsettled = [one.speaker for one in reading_of(session, conclusion).unsettled]
    found = (*missing_before_signing(facts), *writing_gaps(stale, unsettled), *_dead_ends(session, conclusion, facts))
    closed_at = conclusion.checklist_session.closed_at
    reading = (
        reading_advice(conclusion.read_through_at, closed_at, _changed_at(session, conclusion)) if closed_at else ()
    )
    return CheckList(_gaps(conclusion, found), _gaps(conclusion, (*agenda_advice(facts), *reading)))


def _dead_ends(session: Session, conclusion: Conclusion, facts: MinutesFacts) -> list[Missing]:
    """The places nobody has an account for, while the minutes are still to be frozen and signed in the program."""
    room = conclusion.checklist_session
    if conclusion.signing_means != ELECTRONIC or room.state != lifecycle.CLOSED:
        return []
    nobody = places_without_anybody(session, room.id, with_accounts(facts.parts, conclusion.signers))
    return [Missing(NOBODY_SIGNS, sentence_before_freezing(one), SIGNERS) for one in nobody]


def _changed_at(session: Session, conclusion: Conclusion) -> datetime | None:
    """When the words of the minutes were last changed by somebody."""
    moments = [edit.at for edit in manuscript_of(session, conclusion).edits.values()]
    return max((*moments, *filter(None, [conclusion.text_at])), default=None)


def _gaps(conclusion: Conclusion, found: Iterable[Missing]) -> tuple[Gap, ...]:
    return tuple(
        Gap(one.code, one.sentence, address_of(one, conclusion), _GROUP_OF.get(one.code, "attendance")) for one in found
    )


def address_of(missing: Missing, conclusion: Conclusion) -> str:
    """Where this gap is mended: the very form, not only its page."""
    room, here = f"/checklist-sessions/{conclusion.checklist_session_id}", f"/conclusions/{conclusion.id}"
    kind, _, id_ = missing.anchor.rpartition("-")
    by_kind = {
        "criterion": f"{room}?criterion={id_}",
        "recommendation": f"{room}/recommendations#{missing.anchor}",
        "remark": f"{room}/remarks/{id_}",
    }
    if missing.anchor.startswith(TEXT):
        return f"{here}/minutes/blocks/{missing.anchor.removeprefix(TEXT)}"
    if id_.isdigit() and kind in by_kind:
        return by_kind[kind]
    by_anchor = {
        "conclusion": f"{here}#conclusion",
        "reading": f"{room}/reading",
        "attendance": f"{room}/meeting#attendance",
        "agenda": f"{room}/meeting#agenda",
        "unit-opinion": f"{room}/remarks?kind=opinion#remark-form",
        OBJECTIONS: f"{here}/reading#objections",
        READING: f"{here}/reading",
        SIGNERS: f"{here}#signers",
    }
    return by_anchor.get(missing.anchor, f"{room}/remarks#{missing.anchor}")

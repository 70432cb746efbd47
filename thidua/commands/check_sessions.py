"""``flask check``, checklist sessions: the chain of each journal, and what stands otherwise than the journal says."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from thidua.models import ChecklistSession, Conclusion, JournalEntry, Remark
from thidua.models.journal import chain_damages
from thidua.models.session_verbs.scoring import told_holder
from thidua.rules import lifecycle

Told = list[tuple[JournalEntry, dict[str, Any]]]
"""The entries of one session in order, each with what it says."""

MARKS = frozenset({"for_id", "for_name", "restored_from", "batch"})  # what a score's entry says besides its value

LEADS_TO = {
    "opened": lifecycle.OPEN,
    "closed": lifecycle.CLOSED,
    "reopened": lifecycle.OPEN,
    "minutes.frozen": lifecycle.FROZEN,
    "minutes.registered": lifecycle.SIGNED,
}


def session_damages(session: Session) -> Iterator[str]:
    """A sentence for each damage."""
    loaded = (
        selectinload(ChecklistSession.scores),
        selectinload(ChecklistSession.remarks),
        selectinload(ChecklistSession.criterion_rounds),
        selectinload(ChecklistSession.recommendation_reviews),
    )
    for room in session.scalars(select(ChecklistSession).options(*loaded).order_by(ChecklistSession.id)):
        told = journal_of(session, room.id)
        conclusion = session.scalar(select(Conclusion).where(Conclusion.checklist_session_id == room.id))
        for damage in (
            *chain_damages((entry for entry, _ in told), revision=room.revision, head_hash=room.head_hash),
            *_state(room, told),
            *_wall(room, told),
            *_scores(room, told),
            *_remarks(room.remarks, told),
            *_reviews(room, told),
            *_revealed(room, told),
            *_checked(room, told),
            *_conclusion(conclusion, told),
        ):
            yield f"Buổi kiểm tra {room.id}: {damage}."


def journal_of(session: Session, checklist_session_id: int) -> Told:
    """The journal read; an entry damaged beyond reading says nothing (its hash tells that)."""
    entries: Sequence[JournalEntry] = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.checklist_session_id == checklist_session_id)
        .order_by(JournalEntry.revision)
    ).all()
    return [(entry, _content(entry)) for entry in entries]


def _content(entry: JournalEntry) -> dict[str, Any]:
    try:
        return entry.content
    except json.JSONDecodeError:
        return {}


def _state(room: ChecklistSession, told: Told) -> Iterator[str]:
    state = lifecycle.PLANNED
    for entry, _ in told:
        state = LEADS_TO.get(entry.kind, state)
    signed = [content for entry, content in told if entry.kind == "minutes.signed"]
    refused = [content for entry, content in told if entry.kind == "paper.refused"]
    if any(content.get("last") for content in (*signed, *refused)) or len(signed) == 3:
        state = lifecycle.SIGNED
    if room.state != state:
        yield f"tình trạng ghi là {room.state}, theo nhật ký là {state}"


def _wall(room: ChecklistSession, told: Told) -> Iterator[str]:
    """Whether the total is kept back, and the planned hour, as the journal has them."""
    is_hidden, starts_at = False, room.starts_at
    for entry, content in told:
        if entry.kind in ("total.hidden", "total.announced"):
            is_hidden = entry.kind == "total.hidden"
        elif entry.kind == "step.planned":
            starts_at = content.get("starts_at", "")
    if room.total_hidden != is_hidden:
        yield f"tổng điểm ghi là {'ẩn' if room.total_hidden else 'hiện'}, theo nhật ký thì khác"
    if room.starts_at != starts_at:
        yield f"giờ dự kiến ghi là {room.starts_at}, theo nhật ký là {starts_at}"


def _scores(room: ChecklistSession, told: Told) -> Iterator[str]:
    """A score is the last that the journal has of it, by and for the same people; none is gone, but those cleared."""
    expected: dict[tuple[Any, ...], Any] = {}
    for entry, content in told:
        family, _, perspective = entry.kind.partition(".")
        if family == "score":
            key = (content.get("criterion_id", 0), perspective, told_holder(perspective, entry.actor_id, content))
            if content.get("cleared"):
                expected.pop(key, None)
            else:
                said = {name: value for name, value in content.items() if name not in MARKS}
                scribe = entry.actor_name if "for_name" in content else ""
                expected[key] = (entry.revision, said, content.get("for_name") or entry.actor_name, scribe)
    standing = {
        (one.criterion_id, one.perspective, one.holder): (
            one.version,
            {"criterion_id": one.criterion_id, **one.value},
            one.by_name,
            one.scribe_name,
        )
        for one in room.scores
    }
    differing = {key[0] for key in expected.keys() | standing.keys() if expected.get(key) != standing.get(key)}
    for criterion_id in sorted(differing):
        yield f"điểm của tiêu chí {criterion_id} không khớp với nhật ký"


def _remarks(remarks: Sequence[Remark], told: Told) -> Iterator[str]:
    written = {e.revision: content for e, content in told if e.kind in ("remark.added", "remark.changed")}
    withdrawn = {content.get("remark_id") for entry, content in told if entry.kind == "remark.withdrawn"}
    for one in remarks:
        said = {
            "kind": one.kind,
            "text": one.text,
            "criterion_id": one.criterion_id,
            "owner": one.owner,
            "due_on": one.due_on.isoformat() if one.due_on else None,
        }
        source = written.get(one.version, {})
        same = all(name in source and source[name] == value for name, value in said.items())
        if not same or bool(one.withdrawn_at) != (one.id in withdrawn):
            yield f"ghi nhận {one.id} không khớp với nhật ký"
    if len(remarks) != sum(entry.kind == "remark.added" for entry, _ in told):
        yield f"có {len(remarks)} ghi nhận, nhật ký ghi số khác"


def _reviews(room: ChecklistSession, told: Told) -> Iterator[str]:
    """The answer to an earlier recommendation is the last that the journal has of it."""
    expected = {
        content.get("remark_id"): (entry.revision, content.get("answer"), content.get("note"), entry.actor_name)
        for entry, content in told
        if entry.kind == "review.answered"
    }
    standing = {one.remark_id: (one.version, one.answer, one.note, one.by_name) for one in room.recommendation_reviews}
    for remark_id in sorted(key for key in expected.keys() | standing if expected.get(key) != standing.get(key)):
        yield f"câu trả lời cho kiến nghị {remark_id} không khớp với nhật ký"


def _revealed(room: ChecklistSession, told: Told) -> Iterator[str]:
    """A criterion is revealed in a blind round when the journal says so, and only then."""
    revealed = [(entry.at, content) for entry, content in told if entry.kind == "round.revealed"]
    expected = {one: at for at, content in revealed for one in content.get("criteria", ())}
    standing = {one.criterion_id: one.revealed_at for one in room.criterion_rounds if one.revealed_at}
    for criterion_id in sorted(expected.keys() | standing.keys()):
        if expected.get(criterion_id) != standing.get(criterion_id):
            yield f"việc mở đề xuất của tiêu chí {criterion_id} không khớp với nhật ký"


def _checked(room: ChecklistSession, told: Told) -> Iterator[str]:
    """A score was read back and confirmed by whom the journal says, and by nobody else."""
    expected: dict[int, tuple[int, str, str]] = {}
    for entry, content in told:
        criterion_id, version = content.get("criterion_id", 0), content.get("version", 0)
        if entry.kind == "check.read_back":
            expected[criterion_id] = (version, entry.actor_name, "")
        elif entry.kind == "check.confirmed" and criterion_id in expected:
            expected[criterion_id] = (*expected[criterion_id][:2], entry.actor_name)
    standing = {
        one.criterion_id: (one.read_back_version, one.read_back_by_name, one.confirmed_by_name)
        for one in room.criterion_rounds
        if one.read_back_version
    }
    for criterion_id in sorted(expected.keys() | standing.keys()):
        if expected.get(criterion_id) != standing.get(criterion_id):
            yield f"việc đọc lại điểm của tiêu chí {criterion_id} không khớp với nhật ký"


def _conclusion(conclusion: Conclusion | None, told: Told) -> Iterator[str]:
    text, label, reason, gates = "", "", "", []
    signing: tuple[Any, Any] = ({}, "electronic")
    for entry, content in told:
        if entry.kind == "conclusion.written":
            text = content.get("text", "")
        elif entry.kind == "grade.overridden":
            label, reason = content.get("label", ""), content.get("reason", "")
        elif entry.kind == "gates.declared":
            gates = content.get("gates", [])
        elif entry.kind == "signers.chosen":
            signing = (content.get("signers"), content.get("means"))
    if conclusion is None:
        yield "không còn kết luận"
    elif (conclusion.text, conclusion.grade_override, conclusion.override_reason) != (text, label, reason):
        yield "kết luận hoặc xếp loại không khớp với nhật ký"
    elif conclusion.declared_gates != gates:
        yield "khống chế đã áp dụng không khớp với nhật ký"
    elif (conclusion.signers, conclusion.signing_means) != signing:
        yield "người ký đã chọn không khớp với nhật ký"

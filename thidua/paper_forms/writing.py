"""Writing the rows of a filled paper or workbook: each as if it had been entered on the scoring screen, all or none."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid5

from flask import request
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, JournalEntry, Score
from thidua.models.finders import operation
from thidua.paper_forms.papers import Standing, TypedRow
from thidua.rules.entries import Entry
from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.typed_entry import typed_entry
from thidua.rules.vietnamese import clean_text
from thidua.session_pages.finding import Found
from thidua.session_pages.scribing import Choice, holder_meant

LONGEST_BOX, LONGEST_REASON = 4000, 2000


def read_rows(
    sheet: Sheet, standing: Mapping[int, Standing], op_id: str
) -> tuple[dict[int, TypedRow], dict[int, Entry]]:
    """Every posted row that was filled in, and the entries of those that are to be written.

    Fields: value-<id>, reason-<id>, replace-<id> (the version of what was shown, when it is to be replaced).
    """
    typed: dict[int, TypedRow] = {}
    entries: dict[int, Entry] = {}
    for leaf in sheet.leaves:
        row = TypedRow(
            clean_text(request.form.get(f"value-{leaf.id}", ""))[:LONGEST_BOX],
            clean_text(request.form.get(f"reason-{leaf.id}", "")),
            request.form.get(f"replace-{leaf.id}") == version_of(standing.get(leaf.id)),
        )
        if not row.value and not row.reason:
            continue
        typed[leaf.id], entry = checked_row(leaf, row, standing.get(leaf.id), op_id)
        if entry is not None:
            entries[leaf.id] = entry
    return typed, entries


def checked_row(
    criterion: Criterion, row: TypedRow, there: Standing | None, op_id: str
) -> tuple[TypedRow, Entry | None]:
    """The row with what is wrong about it, and the entry to write, None when there is nothing to be written."""
    if len(row.reason) > LONGEST_REASON:
        return replace(row, error=f"Lý do dài quá {LONGEST_REASON} chữ. Xin viết ngắn lại."), None
    try:
        entry = typed_entry(criterion, row.value)
    except InvalidEntry as wrong:
        return replace(row, error=wrong.message), None
    if entry is None:
        return replace(row, error="Có lý do nhưng chưa có điểm. Xin ghi điểm hoặc “k”."), None
    if there is None or operation(db.session(), row_operation(op_id, criterion)):
        return row, entry
    is_same = not there.is_hidden and (there.entry, there.reason) == (entry, row.reason or there.reason)
    if is_same:
        return row, None
    return (row, entry) if row.replace else (replace(row, asks=True), None)


def version_of(there: Standing | None) -> str:
    """What an answer to “replace it?” names: the value that was shown."""
    return str(there.version) if there else ""


def row_operation(op_id: str, criterion: Criterion) -> str:
    """The operation of one row of the table: the same when the table is sent twice."""
    return str(uuid5(UUID(op_id), str(criterion.id)))


def write_rows(
    found: Found,
    sheet: Sheet,
    paper: Choice,
    entries: Mapping[int, Entry],
    typed: Mapping[int, TypedRow],
    standing: Mapping[int, Standing],
    op_id: str,
) -> list[JournalEntry]:
    """One journal entry for each row, each as if it had been entered on the scoring screen."""
    room, held_by = found.checklist_session, holder_meant(found, paper.perspective, paper.meant)
    _load_scores(room, paper)
    changed = []
    for leaf in sheet.leaves:
        own_op = row_operation(op_id, leaf)
        if leaf.id not in entries or operation(db.session(), own_op):
            continue
        there = standing.get(leaf.id)
        words = {
            "reason": typed[leaf.id].reason or (there.reason if there else ""),
            "base_version": there.version if there else 0,
            "held_by": held_by,
            "by": found.person,
            "at": now(),
            "op_id": own_op,
        }
        if paper.perspective == "self":
            changed.append(room.score_self(leaf, entries[leaf.id], **words))
        elif paper.perspective == "proposed":
            changed.append(room.propose(leaf, entries[leaf.id], label=paper.label, **words))
        else:
            changed.append(room.settle(leaf, entries[leaf.id], **words))
    return changed


def _load_scores(room: ChecklistSession, paper: Choice) -> None:
    scores = db.session.scalars(
        select(Score)
        .where(Score.checklist_session_id == room.id, Score.perspective == paper.perspective)
        .order_by(Score.id)
    )
    set_committed_value(room, "scores", list(scores))

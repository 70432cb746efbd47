"""The wording of a paper as people have changed it: verbs on its ``TextEdit`` rows.

Every verb checks the rules, changes a row and appends one journal entry; it raises a ``Refusal`` and then has changed
nothing. An edit of the minutes obeys the state of the half-day; papers that follow (``scope`` "draft-12") outlive it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.models.actor import Actor
from thidua.models.conclusion import Conclusion
from thidua.models.journal import JournalEntry
from thidua.models.paper_draft import TextEdit
from thidua.rules import lifecycle
from thidua.rules.document_edits import Edited, Stale, apply_edits, edit_of, editable_text
from thidua.rules.documents import Document
from thidua.rules.errors import Conflict, Refused

MINUTES_SCOPE: Final = "minutes"


@dataclass(slots=True)
class Manuscript:
    """The edits of one paper of a conclusion, by block. The conclusion comes with its checklist session."""

    session: Session
    conclusion: Conclusion
    scope: str
    edits: dict[str, TextEdit]

    def applied(self, document: Document) -> tuple[Document, tuple[Stale, ...]]:
        """The composed document with the edits in it, and those whose ground has moved."""
        return apply_edits(document, wordings(self.edits))

    def write(
        self,
        document: Document,
        block_id: str,
        typed: str,
        *,
        seen: str,
        base_version: int,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry | None:
        """These words in place of the composed ones; the composed words themselves take the edit back.

        ``document`` as composed now, without edits. ``seen``: the fingerprint of the composed text that the person
        had before the eyes. None when nothing changes. Raises ``Conflict`` when the edit or the composed text has
        changed since, ``Refused`` when the block is gone, ``InvalidEntry`` for words that cannot be taken.
        """
        self._require_may_write()
        standing = self._fresh(block_id, base_version)
        try:
            edit = edit_of(document, block_id, typed)
        except KeyError:
            raise Refused(GONE) from None
        if standing and (edit.text, edit.generated) == (standing.text, standing.generated):
            return None
        if fingerprint(edit.generated) != seen:
            raise Conflict(MOVED)
        if edit.text == edit.generated:
            return self.take_back(block_id, base_version=base_version, by=by, at=at, op_id=op_id) if standing else None
        entry = self._journal("text.edited", block_id, {"text": edit.text, "generated": edit.generated}, by, at, op_id)
        if standing is None:
            standing = TextEdit(conclusion_id=self.conclusion.id, scope=self.scope, block_id=block_id)
            self.session.add(standing)
            self.edits[block_id] = standing
        standing.text, standing.generated = edit.text, edit.generated
        _sign(standing, entry, by)
        return entry

    def keep(
        self, document: Document, block_id: str, *, seen: str, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry | None:
        """The composed text has changed, and the edit stays all the same. None when it has not changed."""
        self._require_may_write()
        edit = self._standing(block_id, base_version)
        try:
            generated = editable_text(document.block(block_id))
        except KeyError:
            generated = None
        if generated is None:
            raise Refused(GONE)
        if generated == edit.generated:
            return None
        if fingerprint(generated) != seen:
            raise Conflict(MOVED)
        entry = self._journal("text.kept", block_id, {"text": edit.text, "generated": generated}, by, at, op_id)
        edit.generated, edit.version = generated, entry.revision
        return entry

    def take_back(self, block_id: str, *, base_version: int, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Back to the composed text; the wording stays in the journal."""
        self._require_may_write()
        edit = self._standing(block_id, base_version)
        entry = self._journal("text.restored", block_id, {"text": edit.text}, by, at, op_id)
        del self.edits[block_id]
        self.session.delete(edit)
        return entry

    def _require_may_write(self) -> None:
        if self.scope == MINUTES_SCOPE:
            lifecycle.require_can_write_minutes(self.conclusion.checklist_session.state)

    def _fresh(self, block_id: str, base_version: int) -> TextEdit | None:
        edit = self.edits.get(block_id)
        if edit is not None and edit.version > base_version:
            raise Conflict(
                f"Đoạn này vừa được {edit.by_name} sửa. Nội dung đồng chí nhập vẫn còn trên màn hình; "
                "xin xem bản mới bên cạnh rồi lưu lại.",
                theirs=edit,
            )
        return edit

    def _standing(self, block_id: str, base_version: int) -> TextEdit:
        edit = self._fresh(block_id, base_version)
        if edit is None:
            raise Refused("Đoạn này đang là bản máy soạn, không có gì để lấy lại.")
        return edit

    def _journal(
        self, kind: str, block_id: str, said: Mapping[str, Any], by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        payload = {"scope": self.scope, "block_id": block_id, **said}
        return self.conclusion.checklist_session.record_paper(kind, payload, by=by, at=at, op_id=op_id)


GONE = (
    "Đoạn này không còn trong biên bản, vì điều ghi nhận tạo nên nó đã được rút. "
    "Nội dung vừa nhập vẫn còn trên màn hình, xin chép sang đoạn khác."
)
MOVED = (
    "Số liệu vừa đổi nên bản máy soạn của đoạn này đã khác. Nội dung đồng chí nhập vẫn còn trên màn hình; "
    "xin xem bản mới rồi lưu lại."
)


def manuscript_of(session: Session, conclusion: Conclusion, scope: str = MINUTES_SCOPE) -> Manuscript:
    """The edits of one paper; for a change, under the lock of the checklist session's row."""
    return Manuscript(session, conclusion, scope, _edits(session, conclusion.id, scope))


def edited_document(
    session: Session, conclusion_id: int, document: Document, scope: str = MINUTES_SCOPE
) -> tuple[Document, tuple[Stale, ...]]:
    """The composed document with people's wording in it, and the edits whose ground has moved."""
    return apply_edits(document, wordings(_edits(session, conclusion_id, scope)))


def wordings(edits: Mapping[str, TextEdit]) -> dict[str, Edited]:
    """As the rules take them."""
    return {block_id: Edited(edit.text, edit.generated) for block_id, edit in edits.items()}


def fingerprint(generated: str) -> str:
    """Names a composed text, so that a form can tell which one the person saw."""
    return sha256(generated.encode()).hexdigest()[:16]


def _edits(session: Session, conclusion_id: int, scope: str) -> dict[str, TextEdit]:
    rows = session.scalars(
        select(TextEdit)
        .where(TextEdit.conclusion_id == conclusion_id, TextEdit.scope == scope)
        .order_by(TextEdit.id)
        .execution_options(populate_existing=True)
    )
    return {edit.block_id: edit for edit in rows}


def _sign(edit: TextEdit, entry: JournalEntry, by: Actor) -> None:
    edit.by_id, edit.by_name, edit.at, edit.version = by.id, by.name, entry.at, entry.revision

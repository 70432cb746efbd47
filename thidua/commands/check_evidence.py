"""``flask check``, evidence: every file is there and unharmed, and stands as the journal says."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.commands.check_sessions import Told, journal_of
from thidua.doors.files import FileProblem, FileStore
from thidua.models import Evidence, JournalEntry

TOLD = ("criterion_id", "side", "name", "media_type", "size", "digest", "thumbnail")


def evidence_damages(session: Session, store: FileStore) -> Iterator[str]:
    """A sentence for each damage."""
    pieces: dict[int, list[Evidence]] = {}
    for one in session.scalars(select(Evidence).order_by(Evidence.id)):
        pieces.setdefault(one.checklist_session_id, []).append(one)
    told_of = session.scalars(
        select(JournalEntry.checklist_session_id).where(JournalEntry.kind == "evidence.added").distinct()
    )
    for room in sorted({*pieces, *told_of}):
        told = journal_of(session, room)
        for damage in (*_files(pieces.get(room, []), store), *_rows(pieces.get(room, []), told)):
            yield f"Buổi kiểm tra {room}: {damage}"


def _files(pieces: Sequence[Evidence], store: FileStore) -> Iterator[str]:
    for one in pieces:
        for sha256 in filter(None, (one.digest, one.thumbnail)):
            try:
                store.get(sha256)
            except FileProblem as problem:
                yield f"minh chứng {one.id} ({one.name}): {problem}"


def _rows(pieces: Sequence[Evidence], told: Told) -> Iterator[str]:
    """Pieces are numbered in the order in which the journal has them."""
    added = [(entry, content) for entry, content in told if entry.kind == "evidence.added"]
    withdrawn = {content.get("evidence_id") for entry, content in told if entry.kind == "evidence.withdrawn"}
    captions = {
        content.get("evidence_id"): content.get("caption")
        for entry, content in told
        if entry.kind == "evidence.described"
    }
    if len(pieces) != len(added):
        yield f"có {len(pieces)} minh chứng, nhật ký ghi {len(added)}."
        return
    for one, (entry, content) in zip(pieces, added, strict=True):
        same = all(content.get(name) == getattr(one, name) for name in TOLD) and one.by_id == entry.actor_id
        same = same and one.purpose == content.get("purpose", "")
        caption = captions.get(one.id, content.get("caption"))
        if not same or one.caption != caption or bool(one.withdrawn_at) != (one.id in withdrawn):
            yield f"minh chứng {one.id} không khớp với nhật ký."

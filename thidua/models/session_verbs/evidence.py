"""What is laid before the team: photos and files, about one criterion or the whole half-day."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.evidence import Evidence
from thidua.models.journal import JournalEntry
from thidua.models.preparation import Preparation, PreparationReturn
from thidua.models.preparation_verbs import require_laying_open
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, Refused


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file already in the file store. ``digest`` and ``thumbnail`` are SHA-256 (hex), ``size`` is in bytes.

    ``sent`` is the SHA-256 of the bytes as they came from the device: a picture is drawn anew before it is kept.
    """

    name: str
    media_type: str
    size: int
    digest: str
    thumbnail: str
    sent: str


class Exhibiting(Recording):
    """A verb needs ``evidence`` loaded when it adds."""

    if TYPE_CHECKING:
        evidence: Mapped[list[Evidence]]
        preparation: Mapped[Preparation | None]
        preparation_returns: Mapped[list[PreparationReturn]]

    def add_evidence(
        self,
        file: StoredFile,
        side: str,
        *,
        criterion_id: int | None = None,
        caption: str = "",
        purpose: str = "",
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Lay a stored file before the team, for one side ("team", "unit"); ``purpose``: a part of the preparation."""
        lifecycle.require_can_add_evidence(self.state, side)
        if side == "unit":
            self._require_unsealed(criterion_id, purpose)
        said = {
            "criterion_id": criterion_id,
            "side": side,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "digest": file.digest,
            "thumbnail": file.thumbnail,
            "caption": caption,
        } | ({"purpose": purpose} if purpose else {})
        self.evidence.append(Evidence(**said, by_id=by.id, by_name=by.name, at=at))
        return self._record("evidence.added", said | {"sent": file.sent}, by=by, at=at, op_id=op_id)

    def describe_evidence(
        self, evidence: Evidence, caption: str, *, base_caption: str, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Say what the picture shows; the earlier words stay in the journal."""
        lifecycle.require_can_add_evidence(self.state, evidence.side)
        _require_standing(evidence)
        if evidence.side == "unit" and by.role == "unit":
            self._require_unsealed(evidence.criterion_id, evidence.purpose, laid_at=evidence.at)
        if evidence.caption != base_caption:
            raise Conflict(
                "Lời chú thích vừa được người khác sửa. Lời mới hiện bên dưới, xin xem lại.", theirs=evidence
            )
        evidence.caption = caption
        said = {"evidence_id": evidence.id, "name": evidence.name, "caption": caption}
        return self._record("evidence.described", said, by=by, at=at, op_id=op_id)

    def withdraw_evidence(self, evidence: Evidence, side: str, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Take a file back; it stays in the file store and in the journal. ``side`` is that of who withdraws it."""
        lifecycle.require_can_withdraw_evidence(self.state, side)
        _require_standing(evidence)
        if side == "unit":
            self._require_unsealed(evidence.criterion_id, evidence.purpose, laid_at=evidence.at)
        evidence.withdrawn_at = at
        said = {"evidence_id": evidence.id, "name": evidence.name, "digest": evidence.digest, "size": evidence.size}
        return self._record("evidence.withdrawn", said, by=by, at=at, op_id=op_id)

    def _require_unsealed(self, criterion_id: int | None, purpose: str, laid_at: datetime | None = None) -> None:
        """What the unit sent with its preparation stays as it was sent."""
        if self.preparation is not None:
            require_laying_open(
                self.preparation, self.preparation_returns, criterion_id, purpose, laid_at=laid_at, state=self.state
            )


def _require_standing(evidence: Evidence) -> None:
    if evidence.withdrawn_at:
        raise Refused("Minh chứng này đã được rút trước đó.")

"""The life of a score sheet: draft, published, retired; a new version begins as a copy, and sessions keep theirs."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import inspect
from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.rules.errors import Refused
from thidua.rules.sheet import Sheet
from thidua.rules.sheet_fitness import obstacles

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
STATES = {DRAFT: "Bản nháp", PUBLISHED: "Đang dùng", RETIRED: "Đã thôi dùng"}


class Living:
    """Publishing, retiring, copying; needs ``criteria`` loaded where a sheet is read."""

    if TYPE_CHECKING:
        id: Mapped[int]
        name: Mapped[str]
        state: Mapped[str]
        version: Mapped[int]
        copied_from_id: Mapped[int | None]
        family_id: Mapped[int | None]
        published_at: Mapped[datetime | None]
        published_by_name: Mapped[str]
        retired_at: Mapped[datetime | None]

        @property
        def sheet(self) -> Sheet: ...

        @classmethod
        def from_sheet(cls, sheet: Sheet, *, at: datetime, is_proposal: bool = False) -> Self: ...

    @property
    def family(self) -> int:
        """The id of the first version; every version of the sheet has the same."""
        return self.family_id or self.id

    def publish(self, *, at: datetime, by: Actor | None = None, replacing: Iterable["Living"] = ()) -> None:
        """From now on sessions may use it, and it never changes again; ``replacing`` are retired with it.

        ``by``: None when the program itself loads it; such a sheet, not written yet, was checked where it was read.
        Raises ``Refused`` for what is no draft any more, and with every reason why it cannot be scored with.
        """
        if self.state != DRAFT:
            raise Refused("Bảng điểm này đã công bố trước đó.")
        unfit = obstacles(self.sheet) if inspect(self).persistent else ()
        if unfit:
            told = " ".join(one.sentence for one in unfit)
            raise Refused(f"Chưa công bố được bảng điểm, bản nháp còn nguyên. {told}")
        for older in replacing:
            older.retire(at=at)
        self.state, self.published_at, self.published_by_name = PUBLISHED, at, by.name if by else ""

    def retire(self, *, at: datetime) -> None:
        """No new session begins with it; those that have it keep it."""
        if self.state != PUBLISHED:
            raise Refused("Chỉ bảng điểm đang dùng mới thôi dùng được.")
        self.state, self.retired_at = RETIRED, at

    def bring_back(self) -> None:
        """New sessions may begin with it again."""
        if self.state != RETIRED:
            raise Refused("Bảng điểm này không ở trạng thái đã thôi dùng.")
        self.state, self.retired_at = PUBLISHED, None

    def start_new_version(self, *, version: int, at: datetime) -> Self:
        """A draft with the same rows; ``version`` is the next one of the family. A draft is simply edited."""
        if self.state == DRAFT:
            raise Refused("Bản này còn là bản nháp: xin sửa tiếp bản này, chưa cần tạo bản mới.")
        draft = self._copied(at)
        draft.family_id, draft.version = self.family, version
        return draft

    def copy_as_new_sheet(self, *, name: str, at: datetime) -> Self:
        """A draft with the same rows and a name of its own, the first of a family of its own."""
        draft = self._copied(at)
        draft.name = name
        return draft

    def require_disposable(self) -> None:
        """Only a draft may be thrown away: what was published stays for those who used it."""
        if self.state != DRAFT:
            raise Refused("Bảng điểm đã công bố không xóa được; có thể thôi dùng nó.")

    def _copied(self, at: datetime) -> Self:
        draft = type(self).from_sheet(self.sheet, at=at)
        draft.copied_from_id = self.id
        return draft

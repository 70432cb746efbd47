"""What people sign with: the federation's own authority, keys, personal marks, and signatures made elsewhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.account import Account
from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.words import day_of

OWN, TOKEN, REMOTE, INK = "own", "token", "remote", "ink"
MEANS = {
    OWN: "Khóa ký của Hội (mã PIN)",
    TOKEN: "Thẻ hoặc USB ký số cắm ở máy chủ",
    REMOTE: "Dịch vụ ký số bên ngoài",
    INK: "Ký tay trên giấy",
}
MOST_WRONG_PINS = 5


class SigningAuthority(Base):
    """The federation's own small certificate authority. All rows are trusted, the newest unretired one issues.

    ``key`` is PEM, encrypted under the instance's secret; it never leaves the server.
    """

    __tablename__ = "signing_authority"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    certificate: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class SigningKey(Base):
    """A person's certificate and how to reach its key. ``key`` (PEM, encrypted with the PIN) only where means is "own".

    ``chain``: PEM certificates between this one and a trusted root, for keys issued elsewhere. ``token``: for "token"
    the library's name, the token's label and the key's label. After five wrong PINs ``locked_at`` is set;
    ``wrong_pins`` counts tries that have not proved right, those under way among them.
    ``account_id`` is empty for the organisation's own key, which draws the red seal.
    """

    __tablename__ = "signing_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    means: Mapped[str] = mapped_column(String(12), default=OWN)
    name: Mapped[str] = mapped_column(String(160))
    certificate: Mapped[str] = mapped_column(Text)
    chain: Mapped[str] = mapped_column(Text, default="")
    key: Mapped[str] = mapped_column(Text, default="")
    token: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    not_before: Mapped[datetime]
    not_after: Mapped[datetime]
    wrong_pins: Mapped[int] = mapped_column(default=0)
    must_change_pin: Mapped[bool] = mapped_column(default=False)
    locked_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(120), default="")

    account: Mapped[Account | None] = relationship(lazy="raise")

    @property
    def is_standing(self) -> bool:
        """Not revoked; it may be locked or expired all the same."""
        return self.revoked_at is None

    @property
    def is_locked(self) -> bool:
        """Five tries failed, or are being looked at in this moment: no sixth beside them."""
        return self.locked_at is not None or self.wrong_pins >= MOST_WRONG_PINS

    def trouble(self, at: datetime) -> str:
        """Why nothing can be signed with it now, a whole sentence; empty when it can."""
        if self.revoked_at:
            return "Khóa ký này đã bị thu hồi, không dùng được nữa."
        if self.is_locked:
            return (
                f"Khóa ký đã bị khóa vì nhập sai mã PIN {MOST_WRONG_PINS} lần. "
                "Xin gọi quản trị mở khóa, hoặc cấp khóa mới nếu quên mã PIN."
            )
        if at >= self.not_after:
            return f"Khóa ký đã hết hạn từ ngày {day_of(self.not_after):%d/%m/%Y}. Xin quản trị cấp khóa mới."
        if at < self.not_before:
            return (
                f"Khóa ký chỉ dùng được từ ngày {day_of(self.not_before):%d/%m/%Y}, mà đồng hồ của máy chủ đang chỉ "
                f"ngày {day_of(at):%d/%m/%Y}. Xin báo quản trị xem lại đồng hồ của máy chủ."
            )
        return ""

    def count_try(self, at: datetime) -> None:
        """A PIN is about to be tried: counted before it is looked at, so that many at once gain nothing.

        Raises ``Refused`` when the key cannot be used now.
        """
        trouble = self.trouble(at)
        if trouble:
            raise Refused(trouble)
        self.wrong_pins += 1

    def forget_tries(self) -> None:
        """The PIN was right."""
        self.wrong_pins = 0

    def give_back_try(self) -> None:
        """The PIN was not what failed."""
        self.wrong_pins = max(0, self.wrong_pins - 1)

    def refuse_pin(self, at: datetime) -> str:
        """The PIN was wrong; the fifth time in a row locks the key. Returns the sentence for the person."""
        left = MOST_WRONG_PINS - self.wrong_pins
        if left <= 0:
            self.locked_at = self.locked_at or at
            return self.trouble(at)
        return f"Mã PIN chưa đúng. Còn được nhập {left} lần nữa trước khi khóa ký bị khóa lại."

    def unlock(self) -> None:
        """The administrator lets the person try again with the same PIN."""
        if self.revoked_at:
            raise Refused("Khóa ký này đã bị thu hồi. Xin cấp khóa mới.")
        self.locked_at, self.wrong_pins = None, 0

    def revoke(self, reason: str, *, at: datetime) -> None:
        """Nothing is signed with it from now on; what was signed before stays valid. Raises ``InvalidEntry``."""
        if not reason.strip():
            raise InvalidEntry("Xin ghi lý do thu hồi khóa ký.", field="reason")
        if self.revoked_at is None:
            self.revoked_at, self.revoked_reason = at, reason

    def change_key(self, key: str) -> None:
        """The same key, encrypted with the PIN its owner chose."""
        self.key, self.must_change_pin = key, False
        self.forget_tries()


class PersonalMark(Base):
    """The picture of a person's handwritten signature (blue), or of the seal where ``account_id`` is empty.

    ``sha256`` names a PNG in the store of files, drawn anew from what was uploaded or drawn with a finger.
    """

    __tablename__ = "personal_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class SigningRequest(Base):
    """A signature that is being made elsewhere: the bytes to sign went out, the raw signature has not come back.

    ``base_sha256``: the revision it continues; ``prepared_sha256``: the stored PDF with the empty place; ``state``:
    what the door needs to finish. Open until ``finished_at`` or ``cancelled_at`` or ``expires_at``.
    """

    __tablename__ = "signing_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("signing_key.id"))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    base_sha256: Mapped[str] = mapped_column(String(64))
    prepared_sha256: Mapped[str] = mapped_column(String(64))
    to_sign: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    authority: Mapped[str] = mapped_column(String(200), default="")
    op_id: Mapped[str] = mapped_column(String(36), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    def require_open(self, at: datetime) -> None:
        """Raises ``Refused`` when it was finished or cancelled, or too much time has passed."""
        if self.finished_at:
            raise Refused("Chữ ký này đã được ghi vào văn bản rồi.")
        if self.cancelled_at:
            raise Refused("Lần ký này đã bị hủy. Xin bấm “Lấy dữ liệu để ký” lần nữa.")
        if at >= self.expires_at:
            raise Refused("Dữ liệu để ký đã quá hạn. Xin bấm “Lấy dữ liệu để ký” lần nữa.")

    def finish(self, *, at: datetime) -> None:
        """The raw signature came back and stands in the paper."""
        self.finished_at = at

    def cancel(self, *, at: datetime) -> None:
        """Nobody waits for it any more; cancelling twice changes nothing."""
        if self.finished_at is None:
            self.cancelled_at = self.cancelled_at or at

    def belongs_to(self, person: Actor) -> bool:
        return self.account_id == person.id

"""What people sign with: the federation's own authority, keys, personal marks, and signatures made elsewhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.account import Account
from thidua.models.base import Base

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
    the library's name, the token's label and the key's label. After five wrong PINs ``locked_at`` is set.
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

"""Verdicts on the signatures of a PDF, through pyHanko; loaded when the first file is looked at.

The verdict is pyHanko's `bottom_line`, and stricter in two things. The signature itself must be written as this
program writes it, to the last byte, for parts of it are not covered by itself; and nothing may follow the last one.
"""

import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pikepdf
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .certificates import fingerprint, from_asn1, issuer_of, person_of, read_chain, to_asn1
from .times import VIETNAM, said
from .verifying import SignatureVerdict, SignedFile
from .writing import awaited, signature_message

MOST_SIGNATURES, MOST_REVISIONS = 40, 100
AHEAD = timedelta(minutes=10)

# pyHanko tells every broken file to the log with its traceback; here a broken file is an answer.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def signed_file(pdf: bytes, roots: Sequence[str], at: datetime, revoked: Mapping[str, datetime]) -> SignedFile:
    """See ``verify_pdf``."""
    trust = [to_asn1(certificate) for pem in roots for certificate in read_chain(pem)]
    try:
        reader = _reader(pdf)
        found = list(enumerate_sig_fields(reader))
    except Exception:  # whatever a broken or hostile file makes a parser throw
        return SignedFile((), 0, intact=False, trailing_change=False, readable=_is_pdf(pdf))
    signed = [(name, field) for name, value, field in found if value is not None]
    judged = awaited(_all_judged(pdf, reader, signed[:MOST_SIGNATURES], trust, at, revoked))
    trailing = bool(signed) and not any(one.covers_all for one in judged)
    usable = not trailing and len(judged) == len(signed)
    judged.sort(key=lambda one: one.revision)
    verdicts = tuple(_verdict(one, usable, trailing) for one in judged)
    intact = bool(verdicts) and all(verdict.whole for verdict in verdicts)
    return SignedFile(verdicts, len(found), intact, trailing, readable=True)


@dataclass(frozen=True)
class _Judged:
    """A verdict with what is known only of the signature: is the rest of the file as it should be?"""

    verdict: SignatureVerdict
    bottom_line: bool = False
    changed: bool = False
    canonical: bool = False
    covers_all: bool = False
    revision: int = 0


def _reader(pdf: bytes) -> PdfFileReader:
    """Reads to the letter of the standard, as papers of ours stand it. Raises whatever it likes."""
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted or reader.xrefs.total_revisions > MOST_REVISIONS or not int(reader.root["/Pages"]["/Count"]):
        raise ValueError("encrypted, without pages, or changed too often")
    return reader


def _is_pdf(content: bytes) -> bool:
    """Whether a reader that forgives can open it, without a password."""
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            return len(file.pages) > 0
    except Exception:
        return False


async def _all_judged(
    pdf: bytes,
    reader: PdfFileReader,
    signed: Sequence[tuple[str, Any]],
    trust: Sequence[asn1_x509.Certificate],
    at: datetime,
    revoked: Mapping[str, datetime],
) -> list[_Judged]:
    judged = []
    for name, field in signed:
        try:
            judged.append(await _judged(pdf, reader, name, field, trust, at, revoked))
        except Exception:  # a signature that cannot even be read proves nothing
            judged.append(_Judged(_unreadable(str(name))))
    return judged


async def _judged(
    pdf: bytes,
    reader: PdfFileReader,
    name: str,
    field: Any,
    trust: Sequence[asn1_x509.Certificate],
    at: datetime,
    revoked: Mapping[str, datetime],
) -> _Judged:
    embedded = EmbeddedPdfSignature(reader, field, name)
    certificate = from_asn1(embedded.signer_cert)
    signed_at = _aware(embedded.self_reported_timestamp)
    status = await _status(embedded, trust, signed_at or at, skip_diff=True)
    if status.intact and status.valid and status.trusted:
        # only for our own: looking for changes after signing is where a hostile file could keep us busy
        embedded = EmbeddedPdfSignature(reader, field, name)
        status = await _status(embedded, trust, signed_at or at)
    mark = fingerprint(certificate)
    is_revoked = mark in revoked and (signed_at or at) >= revoked[mark]
    trusted = bool(status.trusted) and not is_revoked
    intact = bool(status.intact and status.valid)
    changed = intact and status.docmdp_ok is False
    verdict = SignatureVerdict(
        part=str(embedded.fq_name),
        **person_of(certificate),
        issuer=issuer_of(certificate),
        signed_at=signed_at,
        fingerprint=mark,
        intact=intact,
        trusted=trusted,
        whole=False,
        expired_now=not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc,
        reason_words=_words(certificate, signed_at, at, intact, trusted, revoked.get(mark) if is_revoked else None),
    )
    return _Judged(
        verdict,
        bottom_line=bool(status.bottom_line) and trusted,
        changed=changed,
        canonical=await _is_canonical(pdf, embedded, certificate, status, trust),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        revision=embedded.signed_revision,
    )


async def _status(
    embedded: EmbeddedPdfSignature, trust: Sequence[asn1_x509.Certificate], moment: datetime, *, skip_diff: bool = False
) -> PdfSignatureStatus:
    context = ValidationContext(trust_roots=list(trust), allow_fetching=False, moment=moment)
    return await async_validate_pdf_signature(embedded, context, skip_diff=skip_diff)


async def _is_canonical(
    pdf: bytes,
    embedded: EmbeddedPdfSignature,
    certificate: x509.Certificate,
    status: PdfSignatureStatus,
    trust: Sequence[asn1_x509.Certificate],
) -> bool:
    """The bytes between the signed ones are the signature as `finish_remote` writes it, with nothing beside it."""
    others = embedded.other_embedded_certs
    believed = {one.dump() for one in trust} | {one.dump() for one in status.validation_path or ()}
    if any(one.dump() not in believed for one in others):
        return False
    signer = embedded.signer_info
    message = await signature_message(
        certificate, [from_asn1(one) for one in others], signer["signed_attrs"].untag(), signer["signature"].native
    )
    _, start, end, _ = (int(number) for number in embedded.byte_range)
    written = message.dump().hex().upper().encode()
    return pdf[start:end] == b"<" + written.ljust(end - start - 2, b"0") + b">"


def _verdict(one: _Judged, usable: bool, trailing: bool) -> SignatureVerdict:
    """The verdict on a signature, now that the whole file is known."""
    whole = one.bottom_line and one.canonical and usable
    if whole or not (one.verdict.intact and one.verdict.trusted):
        return replace(one.verdict, whole=whole)
    if one.changed:
        words = "Sau chữ ký này, có người đã thêm hoặc sửa nội dung của tệp."
    elif trailing:
        words = "Sau chữ ký cuối cùng, tệp đã bị nối thêm dữ liệu."
    else:
        words = "Nội dung được ký còn nguyên, nhưng tệp đã bị ghi lại khác với tệp lúc ký."
    return replace(one.verdict, reason_words=words)


def _words(
    certificate: x509.Certificate,
    signed_at: datetime | None,
    at: datetime,
    intact: bool,
    trusted: bool,
    revoked_since: datetime | None,
) -> str:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not intact:
        return "Nội dung văn bản hoặc chữ ký này đã bị sửa sau khi ký."
    if revoked_since is not None:
        return f"Chữ ký nguyên vẹn, nhưng chứng thư đã bị thu hồi từ {said(revoked_since)}, trước lúc ký."
    if not trusted and signed_at is not None and signed_at < begins:
        return f"Chữ ký nguyên vẹn, nhưng lúc ký chứng thư chưa có hiệu lực (từ {said(begins)})."
    if not trusted and signed_at is not None and signed_at > ends:
        return f"Chữ ký nguyên vẹn, nhưng lúc ký chứng thư đã hết hạn (lúc {said(ends)})."
    if not trusted:
        return "Chữ ký nguyên vẹn, nhưng chứng thư không do nơi được tin cậy cấp, nên không biết chắc ai đã ký."
    words = "Chữ ký nguyên vẹn, nội dung không thay đổi từ lúc ký."
    if signed_at is not None and signed_at > at + AHEAD:
        words += " Giờ ghi trong chữ ký muộn hơn giờ hiện nay: đồng hồ máy ký hoặc máy này sai."
    elif at > ends:
        words += f" Chứng thư còn hiệu lực lúc ký, nay đã hết hạn (lúc {said(ends)})."
    return words


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=VIETNAM) if at is not None and at.tzinfo is None else at


def _unreadable(part: str) -> SignatureVerdict:
    return SignatureVerdict(
        part=part,
        name="",
        office="",
        organisation="",
        signed_at=None,
        fingerprint="",
        intact=False,
        trusted=False,
        whole=False,
        expired_now=False,
        reason_words="Chữ ký này bị hỏng, không đọc được.",
    )

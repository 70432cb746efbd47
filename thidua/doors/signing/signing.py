"""Signing a PDF: PAdES-B-B, each signature an update at the end of the file; the first certifies it (DocMDP).

Every signature is made in two halves, `prepare` and `finish`. Between them stand the bytes to sign, whether the key
lies here, on a token or with a service far away.
"""

import asyncio
import base64
import hashlib
import hmac
import io
import re
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from unicodedata import normalize

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .certificates import person_of, read_certificate, read_chain, require_in_force, to_asn1, to_pem
from .failures import BadSignature, ClockSetBack, SigningFailure
from .fields import DatedUpdate, empty_place, last_signed_at
from .keys import Key
from .marks import Mark, mark_page
from .times import in_vietnam, said

DIGEST = "sha256"
CLOCK_TOLERANCE = timedelta(minutes=2)
MOST_LETTERS = 200
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Prepared:
    """A signature half made. ``pdf`` has the empty room for it, ``state`` (JSON) is needed to finish, ``to_sign`` are
    the bytes whose ``digest_algorithm`` the key signs."""

    pdf: bytes
    state: dict[str, Any]
    to_sign: bytes
    digest_algorithm: str = DIGEST


def sign_pdf(
    pdf: bytes, part: str, key: Key, mark: Mark, *, at: datetime, reason: str, location: str, certify: bool
) -> bytes:
    """The signed paper; it begins with the very bytes of `pdf`. `certify` on the first signature only.

    Raises ``SigningFailure`` (wrong PIN, certificate out of time, clock set back, token, no such place).
    """
    with key.opened() as opened:
        prepared = _prepare(pdf, part, opened.certificate, opened.chain, mark, at, reason, location, certify)
        return finish_remote(prepared.pdf, prepared.state, opened.sign(prepared.to_sign))


def prepare_remote(
    pdf: bytes,
    part: str,
    *,
    certificate_pem: str,
    chain_pem: str = "",
    mark: Mark,
    at: datetime,
    reason: str,
    location: str,
    certify: bool,
) -> Prepared:
    """The first half of a signature whose key lies elsewhere. Raises ``SigningFailure``."""
    certificate, chain = read_certificate(certificate_pem), read_chain(chain_pem)
    return _prepare(pdf, part, certificate, chain, mark, at, reason, location, certify)


def finish_remote(prepared_pdf: bytes, state: Mapping[str, Any], raw_signature: bytes) -> bytes:
    """The signed paper. ECDSA signatures may come as DER or as the two numbers side by side, RSA as PKCS #1 v1.5.

    Raises ``BadSignature`` when it was not made with the certificate over these bytes, ``SigningFailure`` when the
    prepared file is not the one of this state.
    """
    start, end = int(state["start"]), int(state["end"])
    document_digest = bytes.fromhex(state["document_digest"])
    signed_part = hashlib.sha256(prepared_pdf[:start] + prepared_pdf[end:]).digest()
    if not hmac.compare_digest(signed_part, document_digest):
        raise SigningFailure("Tệp chờ ký không còn như lúc chuẩn bị. Chưa ký gì cả, xin bắt đầu ký lại.")
    certificate, chain = read_certificate(state["certificate"]), read_chain(state["chain"])
    attributes = base64.b64decode(state["attributes"])
    signature = checked_signature(certificate, raw_signature, attributes)
    message = awaited(signature_message(certificate, chain, cms.CMSAttributes.load(attributes), signature))
    out = io.BytesIO(prepared_pdf)
    try:
        PreparedByteRangeDigest(document_digest, start, end).fill_with_cms(out, message)
    except SigningError as problem:
        raise SigningFailure("Chữ ký dài hơn chỗ đã chừa. Chưa ký gì cả.") from problem
    return out.getvalue()


def checked_signature(certificate: x509.Certificate, signature: bytes, content: bytes) -> bytes:
    """The signature in the form a PDF carries it. Raises ``BadSignature``."""
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
            return signature
        if isinstance(key, ec.EllipticCurvePublicKey):
            signature = _in_der(signature, (key.key_size + 7) // 8)
            key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
            return signature
    except InvalidSignature as problem:
        raise BadSignature(
            "Chữ ký nhận được không khớp với chứng thư và văn bản này. Chưa ghi gì cả; "
            "xin kiểm tra đã ký đúng tệp được đưa ra và dùng đúng khóa."
        ) from problem
    raise SigningFailure("Loại khóa này chưa dùng được; cần RSA hoặc ECDSA.")


async def signature_message(
    certificate: x509.Certificate, chain: Sequence[x509.Certificate], attributes: cms.CMSAttributes, signature: bytes
) -> cms.ContentInfo:
    """The one form in which this program writes a signature into a file (CMS, RFC 5652); roots stay outside."""
    signer = _external_signer(certificate, chain, signature)
    return await signer.async_sign_prescribed_attributes(DIGEST, attributes)


def awaited(work: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer of pyHanko's coroutines, wherever they are called from: none of ours waits for anything."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _prepare(
    pdf: bytes,
    part: str,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    mark: Mark,
    at: datetime,
    reason: str,
    location: str,
    certify: bool,
) -> Prepared:
    at = in_vietnam(at)
    require_in_force(certificate, at)
    try:
        writer = DatedUpdate(pdf, at)
        left, bottom, right, top = empty_place(writer.prev, part)
        _require_clock(writer.prev, at)
    except PdfError as problem:
        raise SigningFailure("Tệp PDF của văn bản không đọc được. Chưa ký gì cả.") from problem
    metadata = PdfSignatureMetadata(
        field_name=part,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=_one_line(reason),
        location=_one_line(location),
        name=_one_line(person_of(certificate)["name"]),
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = _external_signer(certificate, chain, bytes(_signature_size(certificate)))
    style = StaticStampStyle(
        background=_Drawing(mark_page(mark, right - left, top - bottom)), background_layout=_WHOLE_BOX, border_width=0
    )
    try:
        return awaited(_prepared(PdfSigner(metadata, signer=signer, stamp_style=style), writer, signer, at, chain))
    except (SigningError, PdfError) as problem:
        raise SigningFailure(f"Văn bản không nhận thêm chữ ký này được ({problem}). Chưa ký gì cả.") from problem


async def _prepared(
    pdf_signer: PdfSigner, writer: DatedUpdate, signer: ExternalSigner, at: datetime, chain: Sequence[x509.Certificate]
) -> Prepared:
    signing = pdf_signer.init_signing_session(writer, existing_fields_only=True)
    signing.system_time = at
    room = await signing.estimate_signature_container_size(None, tight=False)
    document = signing.prepare_tbs_document(validation_info=None, bytes_reserved=room)
    digest, out = document.digest_tbs_document()
    attributes = await signer.signed_attrs(digest.document_digest, DIGEST, use_pades=True)
    to_sign = attributes.dump()
    state = {
        "document_digest": digest.document_digest.hex(),
        "start": digest.reserved_region_start,
        "end": digest.reserved_region_end,
        "attributes": base64.b64encode(to_sign).decode(),
        "certificate": to_pem(x509.load_der_x509_certificate(signer.signing_cert.dump())),
        "chain": "".join(to_pem(one) for one in chain),
    }
    return Prepared(out.getvalue(), state, to_sign)


def _external_signer(
    certificate: x509.Certificate, chain: Sequence[x509.Certificate], signature: bytes
) -> ExternalSigner:
    store = SimpleCertificateStore()
    store.register_multiple([to_asn1(one) for one in chain])
    return ExternalSigner(to_asn1(certificate), store, signature_value=signature, embed_roots=False)


def _require_clock(reader: PdfFileReader, at: datetime) -> None:
    latest = last_signed_at(reader)
    if latest is not None and at < latest - CLOCK_TOLERANCE:
        raise ClockSetBack(
            f"Văn bản đã có chữ ký lúc {said(latest)}, mà đồng hồ máy chủ đang chỉ {said(at)}. "
            "Chưa ký gì cả. Xin báo người quản trị chỉnh lại giờ rồi ký."
        )


def _signature_size(certificate: x509.Certificate) -> int:
    key = certificate.public_key()
    return key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else 160


def _in_der(signature: bytes, size: int) -> bytes:
    if len(signature) == 2 * size and signature[:1] != b"\x30":
        return _joined(signature, size)
    if len(signature) == 2 * size and 2 + signature[1] != len(signature):
        return _joined(signature, size)
    return signature


def _joined(signature: bytes, size: int) -> bytes:
    return encode_dss_signature(int.from_bytes(signature[:size]), int.from_bytes(signature[size:]))


def _one_line(text: str) -> str:
    seen = (letter for letter in re.sub(r"\s+", " ", normalize("NFC", text)) if letter.isprintable())
    return "".join(seen).strip()[:MOST_LETTERS]


_WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN,
    y_align=AxisAlignment.ALIGN_MIN,
    margins=Margins(0, 0, 0, 0),
    inner_content_scaling=InnerScaling.NO_SCALING,
)


class _Drawing(PdfContent):  # type: ignore[misc]
    """The page of a mark as the appearance of a field."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def render(self) -> bytes:
        drawing = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        self.resources.xobject["/Mark"] = drawing
        left, bottom, right, top = (float(edge) for edge in drawing.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/Mark Do"

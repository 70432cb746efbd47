"""Signatures and their places in the bytes of a PDF, through pyHanko; loaded when the first paper is signed.

Every change is an update at the end of the file. PAdES-B-B (ETSI EN 319 142-1); the first signature certifies the
paper and leaves only further signing open (DocMDP, ISO 32000-1, 12.8.2.2).
"""

import asyncio
import io
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, TypeVar

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ..pdf.render import Place
from .certificates import to_asn1
from .failures import ClockSetBack, NotAPlace, SigningFailure
from .marks import Mark, mark_page
from .times import in_vietnam, said

DIGEST = "sha256"
CLOCK_TOLERANCE = timedelta(minutes=2)
Answer = TypeVar("Answer")
Box = tuple[float, float, float, float]


class DatedUpdate(IncrementalPdfFileWriter):  # type: ignore[misc]
    """An update at the end of the file, dated by the act; pyHanko would take the machine's clock.

    Raises ``SigningFailure`` when `pdf` is not a PDF.
    """

    def __init__(self, pdf: bytes, at: datetime) -> None:
        self._at = in_vietnam(at)
        try:
            super().__init__(io.BytesIO(pdf))
        except (PdfError, ValueError, KeyError) as problem:
            raise SigningFailure("Tệp PDF của văn bản không đọc được. Chưa ký gì cả.") from problem

    def _update_meta(self) -> None:
        if self._info is not None:
            self._info.get_object()[pdf_name("/ModDate")] = generic.pdf_date(self._at)
            self.update_container(self._info.get_object())


def with_fields(pdf: bytes, places: Mapping[str, Place], at: datetime) -> bytes:
    """See ``add_fields``."""
    writer = DatedUpdate(pdf, at)
    pages = int(writer.root["/Pages"]["/Count"])
    taken = {name for name, _, _ in enumerate_sig_fields(writer.prev)}
    for name, place in places.items():
        if not 0 <= place.page < pages or name in taken or "." in name:
            raise NotAPlace(f"Văn bản không có chỗ để đặt ô ký {name}.")
        box = _whole_points(place.box)
        append_signature_field(writer, SigFieldSpec(name, on_page=place.page, box=box, empty_field_appearance=False))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _whole_points(box: Box) -> Box:
    """Sides of whole points, for pyHanko draws an appearance in whole points: nothing is stretched or cut off."""
    left, bottom, right, top = box
    return round(left, 3), round(bottom, 3), round(left, 3) + int(right - left), round(bottom, 3) + int(top - bottom)


def room_for_signature(
    pdf: bytes,
    part: str,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    mark: Mark,
    *,
    at: datetime,
    reason: str,
    location: str,
    name: str,
    certify: bool,
) -> tuple[bytes, PreparedByteRangeDigest, bytes]:
    """The paper with the mark and empty room for the signature, where the room is, and the attributes to sign (DER).

    Raises ``NotAPlace``, ``ClockSetBack``, ``BadPicture``, ``SigningFailure``.
    """
    writer = DatedUpdate(pdf, at)
    box, covered = _empty_place(writer.prev, part)
    _require_clock(writer.prev, at)
    drawing = mark_page(mark, round(box[2] - box[0]), round(box[3] - box[1]), covered=covered)
    metadata = PdfSignatureMetadata(
        field_name=part,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
        name=name,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = _signer(certificate, chain, bytes(_signature_size(certificate)))
    style = StaticStampStyle(background=_Drawing(drawing), background_layout=_WHOLE_BOX, border_width=0)
    try:
        return awaited(_room(PdfSigner(metadata, signer=signer, stamp_style=style), writer, signer, in_vietnam(at)))
    except (SigningError, PdfError) as problem:
        raise SigningFailure(f"Văn bản không nhận thêm chữ ký này được ({problem}). Chưa ký gì cả.") from problem


def filled(prepared_pdf: bytes, room: PreparedByteRangeDigest, message: cms.ContentInfo) -> bytes:
    """The paper with the signature in its room. Raises ``SigningFailure`` when it is too long."""
    out = io.BytesIO(prepared_pdf)
    try:
        room.fill_with_cms(out, message)
    except SigningError as problem:
        raise SigningFailure("Chữ ký dài hơn chỗ đã chừa. Chưa ký gì cả.") from problem
    return out.getvalue()


async def signature_message(
    certificate: x509.Certificate, chain: Sequence[x509.Certificate], attributes: cms.CMSAttributes, signature: bytes
) -> cms.ContentInfo:
    """The one form in which this program writes a signature into a file (CMS, RFC 5652); roots stay outside."""
    return await _signer(certificate, chain, signature).async_sign_prescribed_attributes(DIGEST, attributes)


def awaited(work: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer of pyHanko's coroutines, also where another loop is running; none of ours waits for anything."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _room(
    pdf_signer: PdfSigner, writer: DatedUpdate, signer: ExternalSigner, at: datetime
) -> tuple[bytes, PreparedByteRangeDigest, bytes]:
    signing = pdf_signer.init_signing_session(writer, existing_fields_only=True)
    signing.system_time = at
    size = await signing.estimate_signature_container_size(None, tight=False)
    room, out = signing.prepare_tbs_document(validation_info=None, bytes_reserved=size).digest_tbs_document()
    attributes = await signer.signed_attrs(room.document_digest, DIGEST, use_pades=True)
    return out.getvalue(), room, attributes.dump()


def _signer(certificate: x509.Certificate, chain: Sequence[x509.Certificate], signature: bytes) -> ExternalSigner:
    store = SimpleCertificateStore()
    store.register_multiple([to_asn1(one) for one in chain])
    return ExternalSigner(to_asn1(certificate), store, signature_value=signature, embed_roots=False)


def _signature_size(certificate: x509.Certificate) -> int:
    key = certificate.public_key()
    return key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else 160


def _empty_place(reader: PdfFileReader, part: str) -> tuple[Box, float]:
    """The box of the part's field, and how many points on its left another field lies over (the seal's)."""
    places = {name: (signed, field.get_object()) for name, signed, field in enumerate_sig_fields(reader)}
    if part not in places:
        raise NotAPlace("Văn bản không có chỗ ký này.")
    signed, field = places.pop(part)
    if signed is not None:
        raise NotAPlace("Chỗ này đã có chữ ký. Xin mở lại văn bản.")
    box = _box(field)
    beside = [_box(other) for _, other in places.values() if other.get("/P") == field.get("/P")]
    over = [one[2] for one in beside if one[0] < box[0] < one[2] < box[2] and one[1] < box[3] and one[3] > box[1]]
    return box, max(over, default=box[0]) - box[0]


def _box(field: generic.DictionaryObject) -> Box:
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    return left, bottom, right, top


def _require_clock(reader: PdfFileReader, at: datetime) -> None:
    latest = _last_signed_at(reader)
    if latest is not None and at < latest - CLOCK_TOLERANCE:
        raise ClockSetBack(
            f"Văn bản đã có chữ ký lúc {said(latest)}, mà đồng hồ máy chủ đang chỉ {said(at)}. "
            "Chưa ký gì cả. Xin báo người quản trị chỉnh lại giờ rồi ký."
        )


def _last_signed_at(reader: PdfFileReader) -> datetime | None:
    """The latest time among the signatures of the file, by their own word."""
    times = []
    for _, signed, _ in enumerate_sig_fields(reader, filled_status=True):
        try:
            times.append(generic.parse_pdf_date(signed.get_object()["/M"]))
        except (KeyError, PdfError):
            continue
    return max((time for time in times if time.tzinfo is not None), default=None)


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

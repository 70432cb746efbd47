"""Places to sign: every field of a paper, once, before anybody signs."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from ..pdf.render import Place
from .failures import NotAPlace
from .times import in_vietnam

MM = 72 / 25.4
SEAL_MM, SMALLEST_SEAL_MM = 36.0, 24.0
Box = tuple[float, float, float, float]


class DatedUpdate(IncrementalPdfFileWriter):  # type: ignore[misc]
    """An update at the end of the file, dated by the act; pyHanko would take the machine's clock."""

    def __init__(self, pdf: bytes, at: datetime) -> None:
        self._at = in_vietnam(at)
        super().__init__(io.BytesIO(pdf))

    def _update_meta(self) -> None:
        if self._info is not None:
            self._info.get_object()[pdf_name("/ModDate")] = generic.pdf_date(self._at)
            self.update_container(self._info.get_object())


def add_fields(pdf: bytes, places: Mapping[str, Place], at: datetime) -> bytes:
    """The paper with an empty signature field at each place, named by its part. The result begins with `pdf`.

    Raises ``NotAPlace`` for a page that is not there or a name that is used already.
    """
    if not places:
        return pdf
    writer = DatedUpdate(pdf, at)
    pages = int(writer.root["/Pages"]["/Count"])
    taken = {name for name, _, _ in enumerate_sig_fields(writer.prev)}
    for name, place in places.items():
        if not 0 <= place.page < pages or name in taken or "." in name:
            raise NotAPlace(f"Văn bản không có chỗ để đặt ô ký {name}.")
        box = tuple(round(edge, 3) for edge in place.box)
        append_signature_field(writer, SigFieldSpec(name, on_page=place.page, box=box, empty_field_appearance=False))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def seal_place(place: Place, others: Sequence[Place] = ()) -> Place:
    """Where the organisation's seal stands: in its real size (36 mm), over the left third of the mark at `place`
    (Nghị định 30/2020/NĐ-CP, Điều 33). Beside another mark on its left it is made smaller, to 24 mm at least."""
    left, bottom, right, top = place.box
    edge = left + (right - left) / 3
    rivals = [
        other.box[2]
        for other in others
        if other.page == place.page and other.box[2] <= left and other.box[1] < top and other.box[3] > bottom
    ]
    room = (edge - max(rivals)) / MM if rivals else SEAL_MM
    side = min(SEAL_MM, max(SMALLEST_SEAL_MM, room)) * MM
    middle = (bottom + top) / 2
    return Place(place.page, (edge - side, middle - side / 2, edge, middle + side / 2))


def empty_place(reader: PdfFileReader, part: str) -> Box:
    """Where the field of this part stands. Raises ``NotAPlace`` when there is none, or it is signed already."""
    for name, signed, field in enumerate_sig_fields(reader):
        if name == part and signed is None:
            left, bottom, right, top = (float(edge) for edge in field.get_object()["/Rect"])
            return left, bottom, right, top
        if name == part:
            raise NotAPlace("Chỗ này đã có chữ ký. Xin mở lại văn bản.")
    raise NotAPlace("Văn bản không có chỗ ký này.")


def last_signed_at(reader: PdfFileReader) -> datetime | None:
    """The latest time among the signatures of the file, by their own word."""
    times = []
    for _, signed, _ in enumerate_sig_fields(reader, filled_status=True):
        try:
            times.append(generic.parse_pdf_date(signed.get_object()["/M"]))
        except (KeyError, PdfReadError, ValueError):
            continue
    return max((time for time in times if time.tzinfo is not None), default=None)

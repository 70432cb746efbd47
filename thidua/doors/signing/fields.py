"""Places to sign: every field of a paper, once, before anybody signs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ..pdf.render import Place

MM = 72 / 25.4
SEAL_MM, SMALLEST_SEAL_MM = 36.0, 24.0


def add_fields(pdf: bytes, places: Mapping[str, Place], at: datetime) -> bytes:
    """The paper with an empty signature field at each place, named by its part. The result begins with `pdf`.

    Later fields lie above earlier ones: name the seal last. Raises ``NotAPlace`` for a page that is not there or a
    name that is used already.
    """
    from .writing import with_fields

    return with_fields(pdf, places, at) if places else pdf


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
    return replace(place, box=(edge - side, middle - side / 2, edge, middle + side / 2))

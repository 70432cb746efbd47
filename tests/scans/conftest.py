"""Minutes that are signed with ink, their PDF a few plain pages; scans drawn as a camera would see them."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfWriter
from sqlalchemy import select

from tests.conclusions.conftest import closed  # noqa: F401
from tests.conclusions.test_minutes import freeze
from tests.conftest import new_op
from thidua.doors.pdf import Place, RenderedPdf
from thidua.doors.qr import qr_png
from thidua.extensions import db
from thidua.issuing import storing
from thidua.models import Paper

PAGES = 3
PLACES = {
    name: Place(2, (100.0, 100.0 * at, 250.0, 100.0 * at + 80)) for at, name in enumerate(("secretary", "unit", "head"))
}


def blank_pdf(_document: object = None) -> RenderedPdf:
    """Three empty pages instead of a second of printing."""
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(PAGES):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return RenderedPdf(out.getvalue(), PAGES, PLACES)


def page_picture(text: str, *, turn: int = 0, kind: str = "JPEG") -> bytes:
    """A photographed page with this code at its foot; "" has none."""
    page = Image.new("L", (1000, 1414), 240)
    if text:
        code = Image.open(qr_png(text)).convert("L").resize((100, 100))
        page.paste(code, (850, 1280))
    out = io.BytesIO()
    page.rotate(turn, expand=True, fillcolor=200).save(out, kind)
    return out.getvalue()


@pytest.fixture
def ink(app, closed, client_of, monkeypatch) -> int:  # noqa: F811
    """The id of frozen minutes that are signed with ink."""
    monkeypatch.setattr(storing, "render_apart", blank_pdf)
    head, usual = client_of("truong-doan"), {f"{part}_who": "" for part in PLACES}
    signers = {"means": "paper", "base_version": "0", "op_id": new_op()} | usual
    assert head.post(f"/conclusions/{closed}/signers", data=signers).status_code == 303
    assert freeze(head, closed, accept_missing="y").status_code == 303
    with app.app_context():
        return db.session.scalars(select(Paper.id)).one()


@pytest.fixture
def code_of(app, ink) -> Callable[[int], str]:
    """What the QR code of a page of these minutes says."""
    with app.app_context():
        sha256 = db.session.get_one(Paper, ink).sha256
    return lambda page: f"http://192.168.1.10:8000/verify/{sha256[:16]}?p={page}"

"""Signing without the seconds that drawing a paper and stretching a PIN take: one drawn paper serves every test."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conclusions.conftest import closed  # noqa: F401
from tests.conftest import new_op
from tests.world import World
from thidua.doors.pdf import RenderedPdf, render_pdf
from thidua.doors.signing import keys
from thidua.issuing import storing
from thidua.rules.documents import Document

_DRAWN: dict[str, RenderedPdf] = {}


def drawn_once(document: Document) -> RenderedPdf:
    """The first paper of its kind, whatever is asked for: signatures care for places, not for words."""
    if document.kind not in _DRAWN:
        _DRAWN[document.kind] = render_pdf(document)
    return _DRAWN[document.kind]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Papers are drawn once a run, PINs cost nothing to try."""
    monkeypatch.setattr(storing, "render_apart", drawn_once)
    monkeypatch.setattr(keys, "SCRYPT_COST", 2**4)
    yield


@pytest.fixture
def frozen(app: Flask, world: World, closed: int, client_of) -> int:  # noqa: F811
    """Minutes waiting for signatures; the conclusion's id."""
    head = client_of("truong-doan")
    answer = head.post(f"/conclusions/{closed}/minutes", data={"op_id": new_op(), "accept_missing": "y"})
    assert answer.status_code == 303
    return closed

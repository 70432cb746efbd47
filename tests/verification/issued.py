"""Minutes signed by three with real certificates, drawn once for the whole run; and their record in a database."""

import io
import json
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from tests.doors.signatories import AT, PEOPLE, authority, issued, signed
from tests.world import World
from thidua.doors.files import FileStore
from thidua.doors.pdf import Place
from thidua.doors.qr import qr_png
from thidua.doors.signing import Mark, add_fields
from thidua.extensions import begin_writing, db
from thidua.models import Paper, PaperRevision, Signature, SigningAuthority
from thidua.models.journal import GENESIS

UNIT = "Hội Trường Sơn tỉnh Bắc Giang"
FROZEN = json.dumps({"unit": UNIT, "document": {}, "kept": "Xuất sắc"})
CODE = sha256(FROZEN.encode()).hexdigest()
PARTS = ("secretary", "unit", "head")


@cache
def states() -> tuple[bytes, ...]:
    """The PDF as frozen, and after each of three signatures; one page with its code at the foot."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.drawString(100, 700, "Bien ban")
    canvas.drawImage(ImageReader(Image.open(qr_png(f"http://may-chu/verify/{CODE[:16]}?p=1"))), 500, 30, 50, 50)
    canvas.save()
    places = {part: Place(0, (40 + 180 * at, 200, 200 + 180 * at, 280)) for at, part in enumerate(PARTS)}
    made = [add_fields(out.getvalue(), places, AT)]
    for at, part in enumerate(PARTS):
        moment = AT + timedelta(minutes=at)
        made.append(signed(made[-1], part, mark=Mark(()), at=moment, certify=at == 0))
    return tuple(made)


def record(app: Flask, world: World, *, upto: int = 3, **fields: object) -> int:
    """Rows and files as they are when the first ``upto`` have signed; the paper's id."""
    store = FileStore(Path(app.instance_path) / "files")
    with app.app_context():
        begin_writing()
        trust()
        digests = [store.put(content) for content in states()[: upto + 1]]
        paper = Paper(
            conclusion_id=world.conclusion_id,
            number=1,
            year=2026,
            symbol="HTS",
            frozen=FROZEN,
            sha256=CODE,
            journal_revision=0,
            journal_hash=GENESIS,
            frozen_at=AT,
            frozen_by="Phạm Tiến Ích",
            revisions=[
                PaperRevision(number=number, sha256=digest, size=len(states()[number]), at=AT)
                for number, digest in enumerate(digests)
            ],
            signatures=[
                Signature(
                    part=part,
                    account_id=world.truong_doan.id,
                    name=PEOPLE[part][0],
                    at=AT + timedelta(minutes=at),
                    signed_sha256=digests[at],
                    means="own",
                    certificate=issued(part).fingerprint,
                )
                for at, part in enumerate(PARTS[:upto])
            ],
        )
        for name, value in fields.items():
            setattr(paper, name, value)
        db.session.add(paper)
        db.session.commit()
        return paper.id


def trust() -> None:
    """The authority that issued the certificates is ours."""
    if db.session.scalar(select(SigningAuthority.id)) is None:
        root = authority()
        db.session.add(SigningAuthority(name="Hội", certificate=root.certificate_pem, key=root.key_pem, created_at=AT))

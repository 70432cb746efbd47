"""What is done on the card of a paper beside signing it: not signing, with the reason; signing elsewhere."""

import base64
import binascii
import hashlib
import io
import re

from flask import Response, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.issuing import remote
from thidua.issuing.card import Card, chosen_key, paper_address, usable_keys
from thidua.issuing.finding import FoundPaper, find_paper, parts_of_person
from thidua.issuing.forms import SignForm
from thidua.issuing.posting import NOT_YOURS, device, my_part, take_refusal
from thidua.issuing.signing import Signing
from thidua.models import SigningRequest
from thidua.models.signing import REMOTE
from thidua.permissions import allow
from thidua.rules.errors import InvalidEntry, NotAllowed, Refused
from thidua.session_pages.operations import posted_operation
from thidua.signatures.forms import RawSignatureForm

LONGEST_SIGNATURE = 8192  # bytes; RSA of 4096 bits has 512


def refuse(paper_id: int) -> ResponseReturnValue:
    """Not signing, with the reason."""

    def show(card: Card, status: int) -> ResponseReturnValue:
        return render_template("signatures/paper.html", card=card), status

    return take_refusal(paper_id, show)


def begin_request(paper_id: int) -> ResponseReturnValue:
    """Make the bytes that a key elsewhere is to sign."""
    found = find_paper(paper_id)
    part, person = my_part(found), found.found.person
    op_id, form = posted_operation(), SignForm()
    key = chosen_key(usable_keys(part, person.id, now()), form.key_id.data)
    if key is None or key.means != REMOTE:
        raise Refused("Khóa này ký ngay trong chương trình, không cần lấy dữ liệu ra ngoài.")
    code = remote.prepare(Signing(paper_id, part.part, person, key.id, op_id, *device()))
    return redirect(url_for("signatures.show_request", request_code=code), 303)


def show_request(request_code: str) -> ResponseReturnValue:
    """The bytes to sign, and the place where the signature comes back."""
    return _page(*_own(request_code))


def to_sign(request_code: str) -> ResponseReturnValue:
    """The bytes to sign, as a file."""
    request, _ = _own(request_code)
    answer: Response = send_file(
        io.BytesIO(request.to_sign), mimetype="application/octet-stream", as_attachment=True, download_name="can-ky.bin"
    )
    return answer


def finish_request(request_code: str) -> ResponseReturnValue:
    """The raw signature comes back."""
    request, found = _own(request_code)
    mine = {one.part for one in parts_of_person(found.paper, found.found)}
    if request.part not in mine:
        raise NotAllowed(NOT_YOURS)  # the team was changed while the bytes were away
    form, person = RawSignatureForm(), require_person()
    address = paper_address(found.paper)
    try:
        raw = _raw(form)
        remote.finish(request_code, raw, person, address=device()[0], device=device()[1])
    except InvalidEntry as error:
        form.signature.errors = [error.message]
        db.session.rollback()
        return _page(*_own(request_code), form=form, status=422)
    flash("Đã nhận chữ ký và ghi vào văn bản.", "success")
    return redirect(address, 303)


def cancel_request(request_code: str) -> ResponseReturnValue:
    """Give it up; the paper is as before."""
    _, found = _own(request_code)
    address = paper_address(found.paper)
    remote.cancel(request_code, require_person())
    flash("Đã hủy lần ký này. Văn bản vẫn như trước.", "success")
    return redirect(address, 303)


def _own(request_code: str) -> tuple[SigningRequest, FoundPaper]:
    person = require_person()
    allow("own_signing_key", person)
    request = remote.request_coded(db.session(), request_code, person) or abort(404)
    return request, find_paper(request.paper_id)


def _page(
    request: SigningRequest, found: FoundPaper, *, form: RawSignatureForm | None = None, status: int = 200
) -> ResponseReturnValue:
    trouble = ""
    try:
        request.require_open(now())
    except Refused as refused:
        trouble = refused.message
    if not trouble and found.paper.revisions[-1].sha256 != request.base_sha256:
        trouble = remote.OVERTAKEN
    return render_template(
        "signatures/request.html",
        request_under_way=request,
        paper=found.paper,
        address=paper_address(found.paper),
        trouble=trouble,
        base64=base64.b64encode(request.to_sign).decode(),
        digest=hashlib.sha256(request.to_sign).hexdigest(),
        digest_base64=base64.b64encode(hashlib.sha256(request.to_sign).digest()).decode(),
        form=form or RawSignatureForm(formdata=None),
    ), status


def _raw(form: RawSignatureForm) -> bytes:
    """The bytes of the signature. Raises ``InvalidEntry``."""
    file = form.file.data
    if file and file.filename:
        content: bytes = file.stream.read(LONGEST_SIGNATURE + 1)
    else:
        content = (form.signature.data or "").encode()
    if not content.strip():
        raise InvalidEntry("Xin dán chữ ký nhận được, hoặc chọn tệp chữ ký.", "signature")
    if len(content) > LONGEST_SIGNATURE:
        raise InvalidEntry("Dữ liệu này dài quá, không phải là chữ ký.", "signature")
    return _decoded(content)


def _decoded(content: bytes) -> bytes:
    """Base64 or hexadecimal text is read as what it stands for; anything else is the signature itself."""
    if not content.isascii():
        return content
    text = re.sub(rb"\s|-----[A-Z0-9 ]+-----", b"", content)
    if re.fullmatch(rb"(?:[0-9a-fA-F]{2})+", text):
        return binascii.unhexlify(text)
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return content

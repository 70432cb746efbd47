"""People with certificates and papers they sign, for the tests of the signing door. Made once, kept for the run."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from tests.doors.papers import paper, paragraphs
from thidua.doors.pdf import Place, render_pdf
from thidua.doors.signing import (
    LocalKey,
    Mark,
    Subject,
    add_fields,
    issue_certificate,
    new_authority,
    seal_place,
    sign_pdf,
)

AT = datetime(2026, 11, 20, 4, 20, tzinfo=UTC)
SECRET, PIN = b"the secret of the instance", "246810"
ORGANISATION = "Hội Truyền thống Trường Sơn"
PEOPLE = {
    "secretary": ("Nguyễn Văn Quyết", "Thư ký"),
    "unit": ("Trần Thị Hạnh", "Trưởng ban"),
    "head": ("Công Tằng Tôn Nữ Nguyễn Phước Đặng Huyền Trân Châu Ngọc Thủy", "Trưởng đoàn"),
    "seal": (ORGANISATION, ""),
}
NOWHERE = "http://127.0.0.1:9"


@cache
def authority():
    return new_authority(ORGANISATION, secret=SECRET, at=AT)


def issued(part="head"):
    return _issued(part)


@cache
def _issued(part):
    name, office = PEOPLE[part]
    root = authority()
    return issue_certificate(
        root.certificate_pem,
        root.key_pem,
        secret=SECRET,
        subject=Subject(name, office, ORGANISATION, part),
        pin=PIN,
        at=AT,
    )


def key_of(part="head", pin=PIN):
    return LocalKey(issued(part).certificate_pem, issued(part).key_pem, pin)


def roots():
    return [authority().certificate_pem]


@cache
def rendered():
    return render_pdf(paper(*paragraphs(12)))


@cache
def with_places():
    """The minutes with their four empty fields, as revision 0 is stored."""
    places = dict(rendered().places)
    places["seal"] = seal_place(places["head"], [places["unit"], places["secretary"]])
    return add_fields(rendered().pdf, places, AT)


@cache
def revisions():
    """The minutes as frozen, and after each of four signatures, a minute apart; the first at AT."""
    made = [with_places()]
    for at, part in enumerate(PEOPLE):
        mark = Mark((PEOPLE[part][0], "Đã ký số"), colour="red" if part == "seal" else "blue")
        made.append(signed(made[-1], part, mark=mark, at=AT + timedelta(minutes=at), certify=at == 0))
    return made


def signed(pdf, part="head", *, key=None, mark=None, at=AT, reason="Ký biên bản", location="Hà Nội", certify=True):
    mark = mark or Mark(("Võ Sở",))
    return sign_pdf(pdf, part, key or key_of(part), mark, at=at, reason=reason, location=location, certify=certify)


@cache
def small_paper(fields=("head", "unit")):
    """A page with two places to sign, a kilobyte small."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 300), invariant=True)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    places = {name: Place(0, (20 + 130 * at, 20, 140 + 130 * at, 90)) for at, name in enumerate(fields)}
    return add_fields(out.getvalue(), places, AT)


@cache
def small_signed():
    """Signed by two, whose marks are frames without letters."""
    first = signed(small_paper(), "head", mark=Mark(()))
    return signed(first, "unit", mark=Mark(()), at=AT + timedelta(minutes=1), certify=False)


@cache
def bought():
    """An RSA key from a foreign authority: (.p12 with passphrase "mua", PEM of its root). Its certificates tell
    addresses to ask, which nobody may do."""
    keys = [ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())]
    keys.append(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        for name in ("Gốc ngoài", "Trung gian", "Lê Thị Dịch Vụ")
    ]
    made = []
    for at, (key, name) in enumerate(zip(keys, names, strict=True)):
        signer = keys[max(0, at - 1)]
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(names[max(0, at - 1)])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(AT - timedelta(days=1))
            .not_valid_after(AT + timedelta(days=700))
            .add_extension(x509.BasicConstraints(ca=at < 2, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
            .add_extension(_usage(at < 2), critical=True)
        )
        if at:
            builder = builder.add_extension(_asked_at(), critical=False).add_extension(_listed_at(), critical=False)
        made.append(builder.sign(signer, hashes.SHA256()))
    file = pkcs12.serialize_key_and_certificates(b"x", keys[2], made[2], [made[1]], BestAvailableEncryption(b"mua"))
    return file, made[0].public_bytes(Encoding.PEM).decode()


def _usage(authority):
    return x509.KeyUsage(not authority, not authority, False, False, False, authority, authority, False, False)


def _asked_at():
    uri = x509.UniformResourceIdentifier(f"{NOWHERE}/ocsp")
    return x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, uri)])


def _listed_at():
    uri = x509.UniformResourceIdentifier(f"{NOWHERE}/crl")
    return x509.CRLDistributionPoints([x509.DistributionPoint([uri], None, None, None)])


@cache
def handwriting(opaque=False):
    """A PNG with a dark stroke, on nothing or on white."""
    picture = Image.new("RGBA", (300, 100), (255, 255, 255, 255 if opaque else 0))
    ImageDraw.Draw(picture).line([(20, 80), (120, 20), (180, 80), (280, 20)], fill=(20, 20, 20, 255), width=6)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()

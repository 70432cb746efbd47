"""A signing service somewhere else: it holds a key of its own and signs what it is given."""

import io
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Elsewhere:
    """One person's key with its certificate."""

    def __init__(self, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        at = datetime.now(UTC)
        usage = {"digital_signature": True, "content_commitment": True}
        others = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
        usage |= dict.fromkeys((*others, "encipher_only", "decipher_only"), False)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(at - timedelta(days=1))
            .not_valid_after(at + timedelta(days=900))
            .add_extension(x509.KeyUsage(**usage), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def register(self, administrator: FlaskClient, account_id: int, form: str = "pem") -> TestResponse:
        """The administrator accepts the certificate as this person's."""
        content = self.certificate.public_bytes(Encoding.PEM if form == "pem" else Encoding.DER)
        sent = {"account_id": str(account_id), "means": "remote", "certificate": (io.BytesIO(content), "ban-sao.cer")}
        return administrator.post("/signatures/keys/outside", data=sent)

    def sign(self, content: bytes) -> bytes:
        """ECDSA with SHA-256, as DER."""
        return self.key.sign(content, ec.ECDSA(hashes.SHA256()))

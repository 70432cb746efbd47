"""Keys on a token or smart card in the serving machine, reached through its PKCS #11 library."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11 import exceptions as trouble

from .certificates import read_certificate
from .failures import TokenTrouble, WrongPin
from .keys import OpenedKey

# A token knows one login for the whole process, and most are slow: one signature at a time.
_turn = Lock()
# DigestInfo of SHA-256 (RFC 8017, 9.2): older tokens sign it, but do not hash themselves.
_SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


@dataclass(frozen=True)
class TokenKey:
    """``library``: path of the token's PKCS #11 library, from the configuration and never from the web. Without
    ``certificate_pem`` the certificate is taken from the token, by the label of the key."""

    library: str
    token_label: str
    key_label: str
    pin: str = field(repr=False)
    certificate_pem: str = ""

    @contextmanager
    def opened(self) -> Iterator[OpenedKey]:
        with _turn, ExitStack() as stack:
            with _in_plain_words():
                session = stack.enter_context(_closing(self._session()))
                key = self._object(session, ObjectClass.PRIVATE_KEY)
                certificate = self._certificate(session)

            def sign(content: bytes) -> bytes:
                with _in_plain_words():
                    return _signature(key, certificate, content)

            yield OpenedKey(certificate, (), sign)

    def _session(self) -> Any:
        if not Path(self.library).is_file():
            raise TokenTrouble("Chưa có thư viện của thẻ ký số trên máy chủ. Xin báo người quản trị (THIDUA_PKCS11).")
        return pkcs11.lib(self.library).get_token(token_label=self.token_label).open(user_pin=self.pin)

    def _object(self, session: Any, kind: ObjectClass) -> Any:
        found = list(session.get_objects({Attribute.CLASS: kind, Attribute.LABEL: self.key_label}))
        if len(found) != 1:
            raise TokenTrouble(f"Trên thẻ không có đúng một khóa tên {self.key_label} kèm chứng thư của nó.")
        return found[0]

    def _certificate(self, session: Any) -> x509.Certificate:
        if self.certificate_pem:
            return read_certificate(self.certificate_pem)
        return x509.load_der_x509_certificate(bytes(self._object(session, ObjectClass.CERTIFICATE)[Attribute.VALUE]))


def _signature(key: Any, certificate: x509.Certificate, content: bytes) -> bytes:
    digest = hashlib.sha256(content).digest()
    if isinstance(certificate.public_key(), rsa.RSAPublicKey):
        return bytes(key.sign(_SHA256_PREFIX + digest, mechanism=Mechanism.RSA_PKCS))
    return bytes(key.sign(digest, mechanism=Mechanism.ECDSA))


@contextmanager
def _closing(session: Any) -> Iterator[Any]:
    try:
        yield session
    finally:
        with suppress(pkcs11.PKCS11Error):  # a card pulled out has nothing to close
            session.close()


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """Raises ``WrongPin`` and ``TokenTrouble`` instead of what the library says."""
    try:
        yield
    except (trouble.PinIncorrect, trouble.PinInvalid, trouble.PinLenRange) as problem:
        raise WrongPin("Mã PIN của thẻ chưa đúng. Chưa ký gì cả; sai nhiều lần thẻ sẽ tự khóa.") from problem
    except trouble.PinLocked as problem:
        raise TokenTrouble("Thẻ đã tự khóa vì sai mã PIN nhiều lần. Xin mang thẻ đến nơi cấp để mở.") from problem
    except (trouble.NoSuchToken, trouble.TokenNotPresent, trouble.DeviceRemoved) as problem:
        raise TokenTrouble("Không thấy thẻ ký số ở máy chủ. Xin cắm thẻ rồi ký lại.") from problem
    except (pkcs11.PKCS11Error, ValueError, RuntimeError, OSError) as problem:
        raise TokenTrouble(f"Thẻ ký số không trả lời ({type(problem).__name__}). Chưa ký gì cả.") from problem

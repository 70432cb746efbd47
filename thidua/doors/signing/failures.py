"""What can go wrong with a signature, in words for the person who signs."""


class SigningFailure(Exception):
    """Nothing was signed. ``sentence`` says in plain Vietnamese why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongPin(SigningFailure):
    """The key cannot be opened with this PIN."""

    def __init__(self, sentence: str = "Mã PIN chưa đúng. Chưa ký gì cả, xin nhập lại.") -> None:
        super().__init__(sentence)


class CertificateExpired(SigningFailure):
    """The certificate's time is over."""


class CertificateNotYetValid(SigningFailure):
    """The certificate's time has not begun: as a rule the clock of the machine is wrong."""


class ClockSetBack(SigningFailure):
    """The paper carries a signature that is later than now."""


class TokenTrouble(SigningFailure):
    """The token or smart card cannot be reached, or is not the right one."""


class BadSignature(SigningFailure):
    """A signature that came from elsewhere was not made with this certificate over these bytes."""


class NotAPlace(SigningFailure):
    """The paper has no empty place of this name."""


class BadPicture(SigningFailure):
    """The picture of a handwritten signature or of the seal is not one."""

"""Times on signatures: Việt Nam's clock, whatever the machine's."""

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))


def in_vietnam(at: datetime) -> datetime:
    """Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("the time of a signature must know its zone")
    return at.astimezone(VIETNAM)


def said(at: datetime) -> str:
    """ "8 giờ 05 ngày 08/09/2020"."""
    local = in_vietnam(at)
    return f"{local.hour} giờ {local:%M} ngày {local:%d/%m/%Y}"

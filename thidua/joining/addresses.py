"""The address of the room as other devices reach it."""

from urllib.parse import urlsplit

from flask import request, url_for

from thidua.live.address import lan_host


def room_address(join_code: str, **query: int) -> str:
    """The whole address for the poster and its QR code.

    Where somebody works at the server itself, "localhost" would send every tablet to itself: then the server's
    address in the network takes its place, when it has one.
    """
    here = urlsplit(request.host_url)
    host = here.netloc
    outside = None if is_reachable(request.host_url) else lan_host()
    if outside:
        host = f"{outside}:{here.port}" if here.port else outside
    return f"{here.scheme}://{host}{url_for('joining.join', join_code=join_code, **query)}"


def is_reachable(address: str) -> bool:
    """Whether other devices can reach it at all."""
    host = urlsplit(address).hostname or ""
    return host not in ("localhost", "::1") and not host.startswith("127.")

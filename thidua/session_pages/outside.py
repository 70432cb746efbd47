"""Addresses of this server as other devices reach it, for posters, notices and QR codes."""

from urllib.parse import urlsplit

from flask import request

from thidua.live.address import lan_host


def outside_address(path: str) -> str:
    """The whole address of ``path``.

    Where somebody works at the server itself, "localhost" would send every device to itself: then the server's
    address in the network takes its place, when it has one.
    """
    here = urlsplit(request.host_url)
    host = here.netloc
    outside = None if is_reachable(request.host_url) else lan_host()
    if outside:
        host = f"{outside}:{here.port}" if here.port else outside
    return f"{here.scheme}://{host}{path}"


def is_reachable(address: str) -> bool:
    """Whether other devices can reach it at all."""
    host = urlsplit(address).hostname or ""
    return host not in ("localhost", "::1") and not host.startswith("127.")

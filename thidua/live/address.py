"""Where this server can be reached: the socket it listens on and the address to type on another device."""

from __future__ import annotations

import errno
import socket
import sys

ANYWHERE = ("0.0.0.0", "::", "")


class CannotListen(Exception):
    """The address cannot be taken; the message says why to a person."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 asks the system for a free one. Raises CannotListen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform == "win32":  # there SO_REUSEADDR would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotListen(_reason(host, port, error)) from None
    return listener


def reachable_at(listener: socket.socket) -> list[str]:
    """Addresses for people, the one for other devices first."""
    host, port = listener.getsockname()[:2]
    hosts = [lan_host(), "127.0.0.1"] if host in ANYWHERE else [host]
    return [f"http://{_bracketed(name)}:{port}/" for name in dict.fromkeys(filter(None, hosts))]


def lan_host() -> str | None:
    """The address of the interface that leads outside. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: an address for examples, nobody's
        except OSError:
            return None
        host: str = probe.getsockname()[0]
        return None if host in ANYWHERE else host


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _reason(host: str, port: int, error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number in (errno.EADDRINUSE, 10048, 10013):
        return f"Cổng {port} đang được dùng. Xin chọn cổng khác, ví dụ: --port {port + 1}."
    if number in (errno.EACCES, errno.EPERM):
        return f"Không được phép mở cổng {port}. Xin chọn cổng từ 1024 trở lên, ví dụ: --port 8000."
    if number == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"Máy này không có địa chỉ {host}. Xin bỏ --host hoặc chọn địa chỉ khác."
    return f"Không mở được địa chỉ {host}, cổng {port}: {error}."

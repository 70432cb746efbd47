"""Finds a pip for the private environment, also on machines whose Python came without `ensurepip`.

Used by run.py before anything is installed, so: standard library only. A wheel of pip runs without being
installed (`python pip-….whl/pip install …`), therefore any wheel will do: the one that came with Python, then
the system's own pip, then a pinned one fetched from the package index the user has configured for pip.
"""

import base64
import configparser
import hashlib
import http.client
import os
import re
import ssl
import subprocess
import sys
import sysconfig
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

PINNED = "pip-26.3-py3-none-any.whl"
PINNED_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PUBLIC_INDEX = "https://pypi.org/simple"


class NoPip(Exception):
    """No pip anywhere; `sentence` says so in Vietnamese."""

    sentence = (
        "Máy không có pip và không tải được pip: không có mạng hoặc kho gói không trả lời; "
        f"hãy cài gói python3-venv, hoặc chép {PINNED} cùng các gói khác vào một thư mục "
        "và chạy python3 run.py --offline THƯ_MỤC."
    )


class Settings(NamedTuple):
    """Where the user's pip looks: addresses of simple indexes, a file with certificates or None."""

    indexes: list[str]
    certificates: str | None


def command(python: str, venv: str, wheels: str | None) -> list[str]:
    """The words that start pip for the environment's `python`; raises NoPip."""
    wheel = lying_around(wheels)
    if wheel is None and system_pip_can_reach(python):
        return [sys.executable, "-m", "pip", "--python", python]
    return [python, str((wheel or fetched(Path(venv))) / "pip")]


def lying_around(wheels: str | None) -> Path | None:
    """A wheel of pip that came with Python or lies in the offline folder."""
    with_python = Path(sysconfig.get_path("stdlib")) / "ensurepip" / "_bundled"
    distributions = [sysconfig.get_config_var("WHEEL_PKG_DIR"), "/usr/share/python-wheels"]
    for folder in filter(None, [with_python, *distributions, wheels]):
        found = sorted(Path(folder).glob("pip-*.whl"))
        if found:
            return found[-1]
    return None


def system_pip_can_reach(python: str) -> bool:
    """Whether this Python has a pip that knows `--python` (22.3 and later)."""
    words = [sys.executable, "-m", "pip", "--python", python, "--version"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def fetched(folder: Path) -> Path:
    """The pinned wheel, fetched into `folder` unless it is there; its SHA-256 is checked either way."""
    kept = folder / PINNED
    if kept.exists() and is_the_pinned_one(kept.read_bytes()):
        return kept
    settings = pip_settings()
    for index in settings.indexes:
        try:
            content = download(index.rstrip("/") + "/pip/", PINNED, settings.certificates)
        except (OSError, ValueError, http.client.HTTPException):
            continue
        if content is not None and is_the_pinned_one(content):
            kept.write_bytes(content)
            return kept
    raise NoPip


def is_the_pinned_one(content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == PINNED_SHA256


def pip_settings() -> Settings:
    """pip's environment variables first, then its configuration files (later files win, as in pip)."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(configuration_files(), encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        parser.clear()

    def setting(name: str) -> str:
        variable = os.environ.get("PIP_" + name.upper().replace("-", "_"))
        parts = (parser.get(part, name, fallback="") for part in ("install", "global"))
        return variable or next(filter(None, parts), "")

    indexes = setting("index-url").split() or [PUBLIC_INDEX]
    return Settings([*indexes, *setting("extra-index-url").split()], setting("cert") or None)


def configuration_files() -> list[Path]:
    home = Path.home()
    files = [Path("/etc/pip.conf"), Path("/etc/xdg/pip/pip.conf"), home / ".pip" / "pip.conf"]
    files += [Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf"]
    files += [home / "Library" / "Application Support" / "pip" / "pip.conf"]
    windows = [os.environ[name] for name in ("ProgramData", "APPDATA") if os.environ.get(name)]
    files += [Path(folder) / "pip" / "pip.ini" for folder in windows]
    chosen = os.environ.get("PIP_CONFIG_FILE")
    return [*files, Path(chosen)] if chosen else files


def download(page: str, name: str, certificates: str | None) -> bytes | None:
    """The bytes of the file `name` that the index page links to, or None when it links to no such file."""
    context = ssl.create_default_context(cafile=certificates)
    listing = page + "index.html" if page.startswith("file:") else page
    html = read(listing, context).decode("utf-8", "replace")
    for link in re.findall(r"""href\s*=\s*["']([^"']+)["']""", html):
        address = urljoin(page, unescape(link))
        if urlsplit(address).path.rsplit("/", 1)[-1] == name:
            return read(with_login_of(page, address).partition("#")[0], context)
    return None


def with_login_of(page: str, address: str) -> str:
    """A link to the same host keeps the user name and password that the index address was given with."""
    login, _, host = urlsplit(page).netloc.rpartition("@")
    there = urlsplit(address)
    return there._replace(netloc=f"{login}@{host}").geturl() if login and there.netloc == host else address


def read(address: str, context: ssl.SSLContext) -> bytes:
    parts = urlsplit(address)
    login, _, host = parts.netloc.rpartition("@")
    request = Request(parts._replace(netloc=host).geturl(), headers={"Accept": "text/html, */*"})
    if login:
        secret = base64.b64encode(unquote(login).encode()).decode("ascii")
        request.add_unredirected_header("Authorization", f"Basic {secret}")
    with urlopen(request, timeout=60, context=context) as answer:
        content: bytes = answer.read()
        return content

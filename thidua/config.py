"""Settings read once, when the application is made: the environment, then the instance folder."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent
WORKING_DAY = timedelta(hours=12)
MEGABYTE = 1024 * 1024


def instance_folder() -> Path:
    """The folder with the database, the files and the secret key; ``THIDUA_INSTANCE`` names another one."""
    return Path(os.environ.get("THIDUA_INSTANCE") or PROJECT_ROOT / "instance").resolve()


def database_url(folder: Path) -> str:
    """``DATABASE_URL`` for PostgreSQL, otherwise the embedded SQLite file of the instance."""
    url = os.environ.get("DATABASE_URL", "")
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    return url or f"sqlite:///{folder / 'thidua.sqlite3'}"


def secret_key(folder: Path) -> str:
    """The key that signs cookies: made at the first start, readable by its owner only, kept in the instance."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def settings(folder: Path) -> dict[str, object]:
    """The whole Flask configuration for one instance folder."""
    return {
        "SECRET_KEY": secret_key(folder),
        "SQLALCHEMY_DATABASE_URI": database_url(folder),
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 20, "max_overflow": 20},
        "SESSION_COOKIE_NAME": "thidua",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": WORKING_DAY,
        "SESSION_REFRESH_EACH_REQUEST": False,  # an answer still on its way must not bring a login back that has ended
        # A half-day is longer than the one hour Flask-WTF allows by default: a form must not expire in the room.
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 4 * MEGABYTE,  # where files are sent: upload_limits.py
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "LIVE_SCREENS": int(os.environ.get("THIDUA_SCREENS") or 2000),
        "LIVE_HEARTBEAT": float(os.environ.get("THIDUA_HEARTBEAT") or 15),
        "PKCS11_LIBRARY": os.environ.get("THIDUA_PKCS11", ""),  # of a token in this machine; never from the web
        "ARGON2": {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1},
    }

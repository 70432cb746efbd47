"""Where this machine's Chromium is, for the journeys in a real browser."""

import os
import shutil
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
USUAL_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/snap/bin/chromium",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
]


def find_chromium() -> str | None:
    """THIDUA_CHROMIUM, else what is on PATH, else the usual places; None when there is none."""
    chosen = os.environ.get("THIDUA_CHROMIUM")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    usual = (os.path.expandvars(place) for place in USUAL_PLACES)
    installed = (place for place in usual if Path(place).is_file())
    return next(filter(None, on_path), None) or next(installed, None)

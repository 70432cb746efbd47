"""A tiny project with the real run.py: its library and its server are made here, nothing needs a network."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLASK = "import sys, os; print('flask', *sys.argv[1:]); print('in', os.getcwd())"
SERVER = """
import os, signal, sys, time
if "WAIT" in os.environ:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("serve", *sys.argv[1:]); print("instance", os.environ.get("THIDUA_INSTANCE"))
print("database", os.environ.get("DATABASE_URL"), flush=True)
if "WAIT" in os.environ:
    time.sleep(60)
"""


class Project:
    """A folder with run.py, a lock of one package and a folder `wheels` with that package."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "run.py", folder)
        shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        self.write("thidua/live/serve.py", SERVER)
        self.write("benchmarks/startup.py", "import sys; print('bench', *sys.argv[1:])")
        self.write("wsgi.py", "")
        self.lock(self.make_wheel("1.0"))

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def make_wheel(self, version: str) -> Path:
        """A package called flask that only says how it was started."""
        wheel = self.folder / "wheels" / f"flask-{version}-py3-none-any.whl"
        wheel.parent.mkdir(exist_ok=True)
        about = f"flask-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("flask/__init__.py", "")
            archive.writestr("flask/__main__.py", f"{FLASK}; print('version {version}')")
            archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: flask\nVersion: {version}\n")
            tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            archive.writestr(f"{about}/WHEEL", tags)
            archive.writestr(f"{about}/RECORD", "")
        return wheel

    def lock(self, wheel: Path, digest: str = "") -> None:
        digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
        text = f"flask=={wheel.name.split('-')[1]} --hash=sha256:{digest}\n"
        self.write("requirements.txt", text)
        self.write("requirements-test.txt", text)

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return self.python(str(self.folder / "run.py"), *words, **environ)

    def python(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env=clean_environ() | environ,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def clean_environ() -> dict[str, str]:
    ours = ("THIDUA_", "DATABASE_URL", "PYTEST_", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture(scope="module")
def ready_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project whose environment has been prepared once; tests leave its lock alone."""
    project = Project(tmp_path_factory.mktemp("ready"))
    prepared = project.run("flask")
    assert prepared.returncode == 0, prepared.stderr
    yield project

"""Machines whose Python came without `ensurepip` and pip get the pinned pip from the user's own index."""

import hashlib
from pathlib import Path

import pytest

from tests.run.conftest import Project
from tools import pip_source

WHEEL = b"the bytes of a wheel"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index in a folder, configured as the user would; it serves a wheel with the pinned hash."""
    page = tmp_path / "simple" / "pip" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="../../files/{pip_source.PINNED}#sha256=0">pip</a>', "utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / pip_source.PINNED).write_bytes(WHEEL)
    monkeypatch.setattr(pip_source, "PINNED_SHA256", hashlib.sha256(WHEEL).hexdigest())
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "simple").as_uri())
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PIP_CERT", raising=False)
    return tmp_path


def test_pip_is_fetched_from_the_index_of_the_user(index: Path) -> None:
    assert pip_source.fetched(index).read_bytes() == WHEEL


def test_a_fetched_pip_is_kept(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_source.fetched(index)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    assert pip_source.fetched(index).read_bytes() == WHEEL


def test_a_pip_with_other_bytes_is_refused(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pip_source, "PINNED_SHA256", "0" * 64)
    only_here = pip_source.Settings([(index / "simple").as_uri()], None)
    monkeypatch.setattr(pip_source, "pip_settings", lambda: only_here)
    with pytest.raises(pip_source.NoPip) as refusal:
        pip_source.fetched(index)
    assert "python3-venv" in refusal.value.sentence
    assert not (index / pip_source.PINNED).exists()


def test_the_index_of_the_users_configuration_file_is_used(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = index / "pip.conf"
    chosen.write_text("[global]\nindex-url = https://a.example/s\nextra-index-url = https://b.example/s\n", "utf-8")
    monkeypatch.delenv("PIP_INDEX_URL")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(chosen))
    assert pip_source.pip_settings().indexes == ["https://a.example/s", "https://b.example/s"]


@pytest.mark.parametrize(
    ("page", "link", "address"),
    [
        ("https://me:pw@a.example/simple/pip/", "https://a.example/f.whl", "https://me:pw@a.example/f.whl"),
        ("https://me:pw@a.example/simple/pip/", "https://b.example/f.whl", "https://b.example/f.whl"),
        ("https://a.example/simple/pip/", "https://a.example/f.whl", "https://a.example/f.whl"),
    ],
)
def test_a_login_goes_to_its_own_host_only(page: str, link: str, address: str) -> None:
    assert pip_source.with_login_of(page, link) == address


def test_a_start_without_ensurepip_and_without_pip_installs_all_the_same(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A real pip wheel behind a `file:` index; the two other sources of pip are taken away."""
    folder = tmp_path_factory.mktemp("index")
    real = pip_source.lying_around(None) or pip_source.fetched(folder)
    page = folder / "simple" / "pip" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="{pip_source.PINNED}">pip</a>', "utf-8")
    (page.parent / pip_source.PINNED).write_bytes(real.read_bytes())
    bare = (
        "import sys, run; from tools import pip_source as p\n"
        "p.lying_around = lambda wheels: None; p.system_pip_can_reach = lambda python: False\n"
        f"p.PINNED_SHA256 = {hashlib.sha256(real.read_bytes()).hexdigest()!r}\n"
        "sys.exit(run.main(['flask', 'check']))"
    )
    answer = project.python("-c", bare, PIP_INDEX_URL=(folder / "simple").as_uri())
    assert answer.returncode == 0, answer.stderr
    assert "version 1.0" in answer.stdout
    assert (project.folder / ".venv" / pip_source.PINNED).exists()


def test_a_start_without_any_pip_says_so(project: Project) -> None:
    bare = (
        "import sys, run; from tools import pip_source as p\n"
        "p.lying_around = lambda wheels: None; p.system_pip_can_reach = lambda python: False\n"
        "p.pip_settings = lambda: p.Settings(['http://127.0.0.1:9/simple'], None)\n"
        "sys.exit(run.main(['flask', 'check']))"
    )
    answer = project.python("-c", bare)
    assert answer.returncode == 1
    assert "không tải được pip" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1

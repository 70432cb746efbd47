"""``flask screenshots``: refuses in words what it cannot do; the README's pictures are there and small."""

from pathlib import Path

import pytest
from flask import Flask

from thidua.commands import screenshots

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
NAMES = {"score-tablet", "score-phone", "board", "projector", "minutes-page"}


def test_without_the_test_tools_it_says_how_to_get_them(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "find_spec", lambda name: None)
    told = app.test_cli_runner().invoke(args=["screenshots", str(tmp_path / "new")])
    assert told.exit_code == 1
    assert "Chưa có playwright" in told.output
    assert not (tmp_path / "new").exists()


def test_without_a_browser_it_says_so(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THIDUA_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    told = app.test_cli_runner().invoke(args=["screenshots", str(tmp_path / "new")])
    assert told.exit_code == 1
    assert "Không tìm thấy Chromium" in told.output


def test_without_poppler_the_page_of_the_minutes_is_left_out_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Không có pdftoppm" in screenshots._first_page(b"%PDF", tmp_path / "minutes-page")


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    pictures = {path.stem: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert pictures.keys() >= NAMES
    assert max(pictures.values()) < 300_000

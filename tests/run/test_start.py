"""run.py prepares its environment once, then becomes what was asked for."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.run.conftest import Project, clean_environ

PREPARING = "Đang chuẩn bị môi trường riêng"


def test_the_first_start_prepares_and_the_second_changes_nothing(project: Project) -> None:
    first = project.run("flask", "check", "--all")
    assert PREPARING in first.stdout
    assert f"flask --app {project.folder / 'wsgi.py'} check --all" in first.stdout
    log = project.folder / ".venv" / "install.log"
    written = log.stat().st_mtime_ns

    started = time.monotonic()
    second = project.run("flask", "check")
    assert time.monotonic() - started < 3
    assert second.returncode == 0
    assert PREPARING not in second.stdout
    assert log.stat().st_mtime_ns == written


def test_a_changed_lock_is_installed(project: Project) -> None:
    assert "version 1.0" in project.run("flask").stdout
    project.lock(project.make_wheel("1.1"))
    again = project.run("flask")
    assert PREPARING in again.stdout
    assert "version 1.1" in again.stdout


def test_an_environment_that_was_moved_or_lost_its_python_is_made_anew(project: Project) -> None:
    project.run("flask")
    interpreter = project.folder / ".venv" / "bin" / "python"
    interpreter.unlink()
    interpreter.symlink_to(project.folder / "gone")
    again = project.run("flask")
    assert PREPARING in again.stdout
    assert "version 1.0" in again.stdout


def test_an_offline_folder_serves_instead_of_the_network(project: Project) -> None:
    (project.folder / "wheels").rename(project.folder / "mang-theo")
    answer = project.run("--offline", "mang-theo", "flask", PIP_INDEX_URL="http://127.0.0.1:9/simple")
    assert "version 1.0" in answer.stdout


def test_serve_hands_on_address_and_port(ready_project: Project) -> None:
    answer = ready_project.run("--host", "127.0.0.1", "--port=0")
    assert "serve --setup --host 127.0.0.1 --port 0" in answer.stdout
    named = ready_project.run(THIDUA_HOST="127.0.0.1", THIDUA_PORT="0")
    assert "serve --setup --host 127.0.0.1 --port 0" in named.stdout


def test_flask_stays_in_the_folder_of_the_caller(ready_project: Project, tmp_path: Path) -> None:
    words = [sys.executable, str(ready_project.folder / "run.py"), "flask", "load-plan", "plan.json"]
    answer = subprocess.run(words, cwd=tmp_path, env=clean_environ(), capture_output=True, encoding="utf-8", check=True)
    assert f"in {tmp_path}" in answer.stdout


def test_bench_runs_the_named_benchmark(project: Project) -> None:
    assert "bench --seconds 5" in project.run("bench", "startup", "--seconds", "5").stdout


def test_demo_uses_a_throwaway_folder_and_no_real_database(ready_project: Project) -> None:
    real = {"DATABASE_URL": "postgresql://real", "THIDUA_INSTANCE": "/real"}
    answer = ready_project.run("demo", "--port", "0", **real)
    assert "serve --setup --demo" in answer.stdout
    assert "database None" in answer.stdout
    folder = instance_of(answer.stdout)
    assert "thidua-demo-" in folder.name
    assert not folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows không có SIGTERM")
def test_a_demo_that_is_told_to_stop_stops_its_server_and_removes_its_folder(ready_project: Project) -> None:
    demo = subprocess.Popen(
        [sys.executable, ready_project.folder / "run.py", "demo", "--port", "0"],
        env={**clean_environ(), "WAIT": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert demo.stdout is not None
    said = "".join(demo.stdout.readline() for _ in range(3))
    folder = instance_of(said)
    assert folder.is_dir()
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(20) == 0
    demo.stdout.close()
    assert not folder.exists()


def test_an_environment_made_without_stamp_is_kept_and_completed(project: Project) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", project.folder / ".venv"], check=True)
    (project.folder / ".venv" / "mine").touch()
    assert "version 1.0" in project.run("flask").stdout
    assert (project.folder / ".venv" / "mine").exists()


def test_a_copy_of_the_folder_makes_its_own_environment(ready_project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ready_project.folder, copy, symlinks=True)
    words = [sys.executable, str(copy / "run.py"), "flask"]
    answer = subprocess.run(words, cwd=copy, env=clean_environ(), capture_output=True, encoding="utf-8", check=True)
    assert PREPARING in answer.stdout


def instance_of(said: str) -> Path:
    return Path(next(line for line in said.splitlines() if line.startswith("instance ")).removeprefix("instance "))

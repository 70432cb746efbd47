"""What run.py cannot do it says in one Vietnamese sentence, without a stack trace."""

import ast
import os
import socket
import subprocess
from pathlib import Path

import pytest

import run
from tests.run.conftest import ROOT, Project


def assert_refused(answer: subprocess.CompletedProcess[str], *words: str) -> None:
    assert answer.returncode != 0
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1, answer.stderr
    assert lines[0].endswith(".")
    for word in words:
        assert word in lines[0]


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_a_too_old_python_is_told_so(version: tuple[int, int, int]) -> None:
    with pytest.raises(run.Refused) as refusal:
        run.refuse_old_python(version)
    assert f"Python {version[0]}.{version[1]};" in refusal.value.sentence
    assert "3.11 trở lên" in refusal.value.sentence


def test_python_3_11_and_later_are_accepted() -> None:
    run.refuse_old_python((3, 11, 0))
    run.refuse_old_python((3, 14, 0))


def test_an_old_python_can_read_run_py_far_enough_to_say_so() -> None:
    tree = ast.parse((ROOT / "run.py").read_text("utf-8"))
    too_new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.Match, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        assert not isinstance(node, too_new), node.lineno
        if isinstance(node, ast.FunctionDef):
            assert not node.args.kwonlyargs and not node.args.posonlyargs and node.returns is None, node.name
            assert all(argument.annotation is None for argument in node.args.args), node.name
        if isinstance(node, ast.Raise):
            assert node.cause is None, node.lineno
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            assert not any(isinstance(item, ast.Starred) for item in node.elts), node.lineno
        if isinstance(node, ast.Dict):
            assert None not in node.keys, node.lineno
    imported_at_once = {name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert imported_at_once == {"os", "sys"}


def test_an_unknown_command_is_refused_with_the_known_ones(project: Project) -> None:
    assert_refused(project.run("chay"), "«chay»", "serve", "demo", "test", "bench", "flask")


def test_an_unknown_option_is_refused(project: Project) -> None:
    assert_refused(project.run("--cong", "80"), "«--cong»")
    assert_refused(project.run("demo", "--port"), "--port")


def test_help_names_every_command(project: Project) -> None:
    answer = project.run("--help")
    assert answer.returncode == 0
    for command in ("demo", "test", "bench", "flask", "--port", "--offline"):
        assert command in answer.stdout


@pytest.mark.parametrize("port", ["tám", "70000", "-1"])
def test_a_port_that_is_no_port_is_refused(project: Project, port: str) -> None:
    assert_refused(project.run("--port", port), "65535")


@pytest.mark.parametrize("command", [[], ["serve"], ["demo"]])
def test_a_used_port_is_refused_before_anything_is_installed(project: Project, command: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = project.run(*command, "--host", "127.0.0.1", "--port", str(port))
    assert_refused(answer, f"Cổng {port} đang được dùng", "--port")
    assert not (project.folder / ".venv").exists()


def test_a_port_just_left_by_another_run_is_accepted(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as caller:
            accepted, _ = server.accept()
            accepted.close()  # this side closes first: its address stays in TIME_WAIT
            caller.recv(1)
    run.check_port("127.0.0.1", str(port))


def test_an_address_of_another_machine_is_refused(project: Project) -> None:
    assert_refused(project.run("--host", "192.0.2.1", "--port", "0"), "192.0.2.1")


def test_a_read_only_instance_folder_is_refused(project: Project) -> None:
    project.write("tep", "a file where a folder should be cannot be written into, not even by root")
    blocked = str(project.folder / "tep" / "instance")
    assert_refused(project.run("--port", "0", THIDUA_INSTANCE=blocked), blocked, "THIDUA_INSTANCE")
    assert not (project.folder / ".venv").exists()


def test_a_read_only_project_folder_is_refused(project: Project) -> None:
    project.write(".venv", "a file in the place of the environment")
    answer = project.run("flask")
    assert_refused(answer, str(project.folder), "ghi được")


def test_an_offline_folder_without_packages_is_refused(project: Project) -> None:
    (project.folder / "trong").mkdir()
    assert_refused(project.run("--offline", "trong", "flask"), "trong", ".whl")


def test_a_missing_package_is_refused_with_the_way_out(project: Project) -> None:
    project.lock(Path("flask-2.0-py3-none-any.whl"), "0" * 64)
    assert_refused(project.run("flask"), "wheels", "--offline THƯ_MỤC", "install.log")
    assert "đang chuẩn bị" in project.run("flask").stdout.lower()  # not taken for installed afterwards


def test_a_package_with_other_bytes_than_locked_is_refused(project: Project) -> None:
    project.lock(project.folder / "wheels" / "flask-1.0-py3-none-any.whl", "0" * 64)
    assert_refused(project.run("flask"), "SHA-256")


def test_no_network_and_no_package_is_one_sentence(project: Project) -> None:
    (project.folder / "wheels").rename(project.folder / "elsewhere")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}
    answer = project.run("flask", PIP_NO_CACHE_DIR="1", PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="", **nowhere)
    assert_refused(answer, "không có mạng", "--offline THƯ_MỤC")


def test_an_unknown_benchmark_is_refused_with_the_known_ones(project: Project) -> None:
    assert_refused(project.run("bench", "nhanh"), "«nhanh»", "startup")
    assert_refused(project.run("bench"), "startup")

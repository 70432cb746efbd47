"""The checks count what ran, tell what did not, and treat a missing browser or database in CI as failed."""

import os
from pathlib import Path

import psycopg
import pytest

from tests.run import second_look, whole_suite
from tests.run.chromium import find_chromium
from tests.run.throwaway_postgres import find_postgres, throwaway_postgres

JUNIT = """<testsuites><testsuite name="pytest" tests="7" failures="1" errors="1" skipped="2">
<testcase><skipped message="chỉ trên PostgreSQL"/></testcase>
<testcase><skipped message="chỉ trên PostgreSQL"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def report() -> whole_suite.Report:
    return whole_suite.Report()


def test_a_pass_is_counted_from_its_report(
    report: whole_suite.Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    junit = tmp_path / "report.xml"
    junit.write_text(JUNIT, "utf-8")
    whole_suite.add_junit(junit, "SQLite", 1, 2.0, report)
    assert report.tell() == 1
    told = capsys.readouterr().out
    assert "Bỏ qua 2 bài: chỉ trên PostgreSQL" in told
    assert told.splitlines()[-1] == "3 passed, 2 failed"


def test_pytest_breaking_down_after_good_tests_is_a_failure(report: whole_suite.Report, tmp_path: Path) -> None:
    junit = tmp_path / "report.xml"
    junit.write_text('<testsuites><testsuite tests="3" failures="0" errors="0"/></testsuites>', "utf-8")
    whole_suite.add_junit(junit, "SQLite", 3, 2.0, report)
    assert (report.passed, report.failed) == (3, 1)


@pytest.mark.parametrize(("ci", "failed"), [("true", 1), ("", 0)])
def test_a_missing_browser_is_a_failure_only_in_ci(
    report: whole_suite.Report, monkeypatch: pytest.MonkeyPatch, ci: str, failed: int
) -> None:
    monkeypatch.setenv("CI", ci)
    report.missing("không tìm thấy Chromium", "không chạy các bài trong trình duyệt")
    assert report.failed == failed
    assert "Chromium" in report.lines[0]


def test_a_missing_database_is_told_and_runs_nothing(
    report: whole_suite.Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv("THIDUA_TEST_POSTGRES", raising=False)
    monkeypatch.setattr(whole_suite, "find_postgres", lambda: None)
    with whole_suite.postgres(report) as address:
        assert address is None
    assert report.failed == 1
    assert "PostgreSQL" in report.lines[0]


def test_nothing_run_is_not_a_success(report: whole_suite.Report) -> None:
    assert report.tell() == 1


def test_a_chosen_browser_that_is_not_there_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_CHROMIUM", "/nowhere/chromium")
    assert find_chromium() is None


def test_a_throwaway_postgres_answers_may_create_databases_and_is_gone_afterwards() -> None:
    binaries = find_postgres()
    if binaries is None:
        pytest.skip("không tìm thấy PostgreSQL")
    with throwaway_postgres(binaries) as address, psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create database thu")
        assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
        folder = connection.execute("show data_directory").fetchone()
    assert folder is not None
    assert not Path(folder[0]).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)


FAILED = """<testsuites><testsuite name="pytest" tests="9" failures="{count}" errors="0" skipped="0">
<testcase classname="tests.units.test_list" name="test_good"/>{cases}</testsuite></testsuites>"""


def failed_cases(tmp_path: Path, *addresses: tuple[str, str]) -> Path:
    junit = tmp_path / "failed.xml"
    cases = "".join(f'<testcase classname="{room}" name="{name}"><failure/></testcase>' for room, name in addresses)
    junit.write_text(FAILED.format(cases=cases, count=len(addresses)), "utf-8")
    return junit


def test_only_a_few_journeys_are_looked_at_again(tmp_path: Path) -> None:
    journey, rule = ("tests.browser.test_half_day", "test_x[10]"), ("tests.rules.test_points", "test_y")
    assert second_look.worth_it(failed_cases(tmp_path, journey)) == ["tests/browser/test_half_day.py::test_x[10]"]
    assert second_look.worth_it(failed_cases(tmp_path, journey, rule)) == []
    many = [("tests.faults.test_kill", f"test_{number}") for number in range(second_look.MOST + 1)]
    assert second_look.worth_it(failed_cases(tmp_path, *many)) == []
    assert second_look.worth_it(failed_cases(tmp_path)) == []


def test_what_fails_again_has_failed_and_what_passes_is_named(
    report: whole_suite.Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_second.py").write_text(
        "def test_passes_now(): pass\ndef test_fails_again(): assert False\n", "utf-8"
    )
    monkeypatch.setattr(whole_suite, "ROOT", tmp_path)
    report.passed, report.failed = 7, 2
    addresses = ["test_second.py::test_passes_now", "test_second.py::test_fails_again"]
    whole_suite.look_again(addresses, dict(os.environ), tmp_path / "again.xml", report)
    assert (report.passed, report.failed) == (8, 1)
    assert [line for line in report.lines if "MỚI ĐẠT" in line and "test_passes_now" in line] == report.lines

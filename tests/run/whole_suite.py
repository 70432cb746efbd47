"""`python run.py test`: linters, the tests on SQLite, the tests on PostgreSQL; then says in words what ran.

With options (`run.py test tests/rules -k points`) they go to pytest and the linters stay out. With CI=true a
missing browser or database is a failure, not a skip. The last line is a tally: `N passed, N failed`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.run import second_look
from tests.run.chromium import find_chromium
from tests.run.throwaway_postgres import CannotStart, find_postgres, throwaway_postgres

ROOT = Path(__file__).resolve().parents[2]
LINTERS = {
    "ruff": ["-m", "ruff", "check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "djlint": ["-m", "djlint", "--lint", "--quiet", "templates"],
}
NOTHING_COLLECTED = 5
# a file stays with one worker, for its browser; in the order of the rooms, so that no long journey is left to the end
BY_FILE = ["--dist", "loadfile", "--no-loadscope-reorder"]
# what knows no database runs once: starting and installing, the rules, the doors to the outside; and
# journeys about how pages look and what happens under the fingers, whose routes have their own tests on every database
JOURNEYS = ("appearance", "checklist_versions", "designer", "every_page", "import", "typed_words", "vietnamese_typing")
ONCE = ("run", "rules", "doors", *(f"browser/test_{name}.py" for name in JOURNEYS))
WITH_A_DATABASE = [f"--ignore=tests/{room}" for room in ONCE]


@dataclass
class Report:
    """What ran and how it ended, collected on the way and told at the end."""

    passed: int = 0
    failed: int = 0
    lines: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def check(self, name: str, ok: bool) -> None:
        self.passed += ok
        self.failed += not ok
        self.lines.append(f"{name}: {'đạt' if ok else 'KHÔNG ĐẠT'}")

    def missing(self, what: str, consequence: str) -> None:
        """Something the machine lacks: a failure in CI, otherwise a skip that is told."""
        in_ci = os.environ.get("CI", "").lower() in ("true", "1")
        self.failed += in_ci
        self.lines.append(f"{'THIẾU' if in_ci else 'Bỏ qua'}: {what} – {consequence}")

    def tell(self) -> int:
        print("\nTóm tắt")
        for line in self.lines:
            print(f"  {line}")
        for reason, times in self.skipped.most_common():
            print(f"  Bỏ qua {times} bài: {reason}")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0


def main(options: list[str]) -> int:
    report = Report()
    if not options:
        run_linters(report)
    chromium = find_chromium()
    if chromium is None:
        report.missing("không tìm thấy Chromium (THIDUA_CHROMIUM)", "không chạy các bài trong trình duyệt")
    else:
        os.environ["THIDUA_CHROMIUM"] = chromium
    run_pytest("SQLite", None, options, report)
    with postgres(report) as address:
        if address:
            run_pytest("PostgreSQL", address, options or WITH_A_DATABASE, report)
    return report.tell()


def run_linters(report: Report) -> None:
    for name, words in LINTERS.items():
        print(f"\n== {name}", flush=True)
        ended = subprocess.run([sys.executable, *words], cwd=ROOT, check=False)
        report.check(name, ended.returncode == 0)


@contextmanager
def postgres(report: Report) -> Iterator[str | None]:
    """The server THIDUA_TEST_POSTGRES names (its user may create databases), a throwaway one, or None."""
    address = os.environ.get("THIDUA_TEST_POSTGRES")
    binaries = None if address else find_postgres()
    with ExitStack() as stack:
        try:
            if binaries:
                address = stack.enter_context(throwaway_postgres(binaries))
        except CannotStart as error:
            print(error, file=sys.stderr)
        if not address:
            what = "PostgreSQL không khởi động được" if binaries else "không tìm thấy PostgreSQL"
            report.missing(f"{what} (THIDUA_TEST_POSTGRES)", "không chạy lại các bài trên PostgreSQL")
        yield address


def run_pytest(store: str, address: str | None, options: list[str], report: Report) -> None:
    """One pass of pytest on one store; the figures come from its JUnit report."""
    print(f"\n== pytest, {store}", flush=True)
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environ |= {"DATABASE_URL": address} if address else {}
    with tempfile.TemporaryDirectory(prefix="thidua-test-") as folder:
        junit = Path(folder) / "report.xml"
        words = ["-m", "pytest", "-n", "2", *BY_FILE, f"--junitxml={junit}", *options]
        started = time.monotonic()
        code = subprocess.run([sys.executable, *words], cwd=ROOT, env=environ, check=False).returncode
        took = time.monotonic() - started
        if code == NOTHING_COLLECTED:
            report.lines.append(f"pytest, {store}: không có bài nào khớp với lựa chọn")
        elif not junit.exists():
            report.check(f"pytest, {store} (dừng với mã {code})", False)
        else:
            add_junit(junit, store, code, took, report)
            again = [] if options and options != WITH_A_DATABASE else second_look.worth_it(junit)
            if again:
                look_again(again, environ, Path(folder) / "again.xml", report)


def look_again(addresses: list[str], environ: dict[str, str], junit: Path, report: Report) -> None:
    """Run these alone; what passes now is counted as passed and named."""
    print(f"\n== chạy lại riêng {len(addresses)} bài", flush=True)
    words = ["-m", "pytest", "-p", "no:xdist", f"--junitxml={junit}", *addresses]
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environ, check=False)
    failed = second_look.failures_of(junit) if junit.exists() else set(addresses)
    for address in sorted(set(addresses) - failed):
        report.failed -= 1
        report.passed += 1
        report.lines.append(f"  CHẠY LẠI MỚI ĐẠT, cần tìm nguyên nhân: {address}")


def add_junit(junit: Path, store: str, code: int, took: float, report: Report) -> None:
    suites = list(ElementTree.parse(junit).getroot().iter("testsuite"))
    kinds = ("tests", "failures", "errors", "skipped")
    total, failures, errors, skips = (sum(int(suite.get(kind, "0")) for suite in suites) for kind in kinds)
    failed = failures + errors
    passed = max(0, total - failed - skips)
    failed += code != 0 and failed == 0  # pytest itself went wrong
    report.passed += passed
    report.failed += failed
    report.lines.append(f"pytest, {store}: {passed} đạt, {failed} không đạt, {skips} bỏ qua, {took:.0f} giây")
    for suite in suites:
        report.skipped.update(skip.get("message", "không rõ lý do") for skip in suite.iter("skipped"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

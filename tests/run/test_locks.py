"""The two locks name every package by version and hash, agree with each other, and know no address."""

import re

from tests.run.conftest import ROOT

REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==([^ ;\\]+)(.*)$")


def locked(name: str) -> dict[str, str]:
    """{package: version}; every requirement must be pinned and carry a SHA-256."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    versions = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = REQUIREMENT.match(line)
        assert match, line
        assert "--hash=sha256:" in line, line
        versions[match[1]] = match[2]
    return versions


def wanted(name: str) -> set[str]:
    lines = (line.split("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines())
    return {re.split(r"[\[=><~; ]", line)[0] for line in lines if line and not line.startswith("-r")}


def test_every_wanted_package_is_locked() -> None:
    assert wanted("requirements.in") <= locked("requirements.txt").keys()
    assert wanted("requirements-test.in") <= locked("requirements-test.txt").keys()


def test_the_test_lock_contains_the_lock() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-test.txt").items()


def test_a_lock_knows_no_address_and_no_folder() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text("utf-8")
        told = re.search(r"://|--index|--extra|--find-links|--trusted|^-e|(?<![\w.])/\w+/", text, re.MULTILINE)
        assert told is None, told

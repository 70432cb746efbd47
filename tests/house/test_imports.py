"""Who may import what, as lists of what is allowed; the direction between rooms is import-linter's part."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "thidua"


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, absolute module) of every import in the file, wherever it stands."""
    here = path.relative_to(ROOT).with_suffix("").parts
    package = here[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module in ("thidua", "thidua.rules"):  # `from thidua import rules` imports thidua.rules
                yield from ((node.lineno, f"{module}.{name.name}") for name in node.names)
            else:
                yield node.lineno, module


def is_within(module: str, *rooms: str) -> bool:
    return any(module == room or module.startswith(room + ".") for room in rooms)


def is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def strangers(folder: str, *allowed: str, third_party: bool) -> list[str]:
    """Imports in the folder that are neither standard library nor allowed, as `file:line module`."""
    found = []
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        for line, module in imports_of(path):
            is_ours = is_within(module, "thidua")
            if is_standard(module) or is_within(module, *allowed) or (third_party and not is_ours):
                continue
            found.append(f"{path.relative_to(ROOT)}:{line} {module}")
    return found


def test_rules_import_only_the_standard_library_and_rules() -> None:
    assert strangers("rules", "thidua.rules", third_party=False) == []


def test_models_import_only_rules_and_sqlalchemy() -> None:
    assert strangers("models", "thidua.models", "thidua.rules", "sqlalchemy", third_party=False) == []


def test_doors_know_nothing_of_ours_but_the_blocks_of_a_document_and_the_boxes_of_a_workbook() -> None:
    blocks = ("thidua.rules.documents", "thidua.rules.workbook")
    assert strangers("doors", "thidua.doors", *blocks, third_party=True) == []


@pytest.mark.parametrize("path", ["run.py", "tools/pip_source.py"])
def test_what_runs_before_the_installation_needs_only_the_standard_library(path: str) -> None:
    modules = {module for _, module in imports_of(ROOT / path)}
    assert {module for module in modules if not is_standard(module)} <= {"tools"}


def test_a_foreign_import_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path / "thidua")
    room = tmp_path / "thidua" / "rules"
    room.mkdir(parents=True)
    (room / "bad.py").write_text("def late():\n    from ..models import Unit\n    import flask\n", "utf-8")
    assert strangers("rules", "thidua.rules", third_party=False) == [
        "thidua/rules/bad.py:2 thidua.models",
        "thidua/rules/bad.py:3 flask",
    ]

"""Flask commands, one file each: what run.py and the administrator do from a terminal."""

from importlib import import_module

from flask import Flask

NAMES = (
    *("check", "create_account", "export_checklist", "import_checklist", "issue_certificate"),
    *("load_plan", "reindex", "screenshots", "setup"),
)


def init_app(app: Flask) -> None:
    """Register every command."""
    for name in NAMES:
        app.cli.add_command(import_module(f"thidua.commands.{name}").command)

"""thidua: live agreed scoring and signed minutes for the inspection of emulation work.

``create_app`` wires the rooms together and decides nothing.
"""

from pathlib import Path
from typing import Any

from flask import Flask

from thidua import config
from thidua.acknowledging import init_acknowledging
from thidua.converters import init_converters
from thidua.errors import init_errors
from thidua.extensions import csrf, db, init_database, migrate
from thidua.filters import init_filters
from thidua.headers import init_headers
from thidua.hx import init_hx
from thidua.identity import init_identity
from thidua.navigation import init_navigation
from thidua.seen import init_seen
from thidua.upload_limits import init_upload_limits

MIGRATIONS = Path(__file__).parent / "migrations"


def create_app(**overrides: Any) -> Flask:
    """The application for the instance folder of the environment; ``overrides`` are configuration values for tests."""
    folder = Path(overrides.pop("INSTANCE_FOLDER", None) or config.instance_folder())
    folder.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "thidua",
        instance_path=str(folder),
        root_path=str(config.PROJECT_ROOT),
        template_folder="templates",
        static_folder="static",
    )
    app.config.from_mapping(config.settings(folder))
    app.config.from_mapping(overrides)
    init_converters(app)
    init_database(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS))
    init_hx(app)
    init_seen(app)
    init_identity(app)  # before CSRF: whoever is signed out hears that first, however old the token
    init_acknowledging(app)
    init_upload_limits(app)  # before CSRF, which reads the form
    csrf.init_app(app)
    init_filters(app)
    init_navigation(app)
    init_headers(app)
    init_errors(app)
    _add_rooms(app)
    return app


def _add_rooms(app: Flask) -> None:
    from thidua import commands, live
    from thidua.accounts.routes import accounts
    from thidua.api.routes import api
    from thidua.checklist_sessions import frames
    from thidua.checklist_sessions.routes import checklist_sessions
    from thidua.checklists.routes import checklists
    from thidua.conclusions.routes import conclusions
    from thidua.evidence.routes import evidence
    from thidua.follow_up.routes import follow_up
    from thidua.health import health
    from thidua.joining.routes import joining
    from thidua.minutes.routes import minutes
    from thidua.office.routes import office
    from thidua.paper_forms.routes import paper_forms
    from thidua.papers.routes import papers
    from thidua.plans.routes import plans
    from thidua.preparation.routes import preparation
    from thidua.register.routes import register
    from thidua.reports.routes import reports
    from thidua.scans.routes import scans
    from thidua.search.routes import search
    from thidua.session_pages.presence import presence_part
    from thidua.signatures.routes import signatures
    from thidua.today.routes import today
    from thidua.units.routes import units
    from thidua.verification.routes import verification
    from thidua.waiting.routes import waiting

    for room in (
        today,
        accounts,
        units,
        plans,
        preparation,
        checklists,
        checklist_sessions,
        conclusions,
        minutes,
        papers,
        scans,
        signatures,
        register,
        reports,
        office,
        evidence,
        follow_up,
        paper_forms,
        joining,
        search,
        verification,
        waiting,
        health,
        api,
    ):
        app.register_blueprint(room)
    commands.init_app(app)
    live.init_app(app, load=frames.load_events, head=frames.head_revision, show_people=presence_part)

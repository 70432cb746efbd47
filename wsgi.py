"""Entry point for any WSGI server: ``wsgi:app``."""

from thidua import create_app

app = create_app()

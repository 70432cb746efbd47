"""Numbers in addresses: one that no row can have is an address not found, not an error of the database."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """``<int:…>`` up to the largest id a row can have."""

    def __init__(self, map: Map, *arguments: Any, **settings: Any) -> None:  # werkzeug's name
        super().__init__(map, *arguments, **({"max": LARGEST_ID} | settings))


def init_converters(app: Flask) -> None:
    """Install it; before the first route is added."""
    app.url_map.converters["int"] = IdConverter

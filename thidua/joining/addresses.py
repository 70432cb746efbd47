"""The address of the room as other devices reach it."""

from flask import url_for

from thidua.session_pages.outside import outside_address


def room_address(join_code: str, **query: int) -> str:
    """The whole address for the poster and its QR code."""
    return outside_address(url_for("joining.join", join_code=join_code, **query))

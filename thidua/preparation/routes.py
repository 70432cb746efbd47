"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint

preparation = Blueprint("preparation", __name__)

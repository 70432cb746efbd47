"""Rendering the partials of a score outside any request. They are pure, so what was rendered once is kept.

Sixty cards with a dozen keys each would otherwise be rendered anew for every reader of the scoring screen.
"""

from functools import lru_cache
from typing import Any

from flask import current_app

KEPT = 4096  # partials of two to three kilobytes


def render_part(name: str, **context: Any) -> str:
    """One partial of this room."""
    return current_app.jinja_env.get_template(f"checklist_sessions/{name}.html").render(context)


@lru_cache(maxsize=KEPT)
def facts_part(criterion_id: int, number: str, facts: Any, audience: str, state: str) -> str:
    """The live partial ``facts-<id>``; ``facts`` is a ``view.Facts``."""
    return render_part(
        "_facts", card={"id": criterion_id, "number": number}, facts=facts, audience=audience, state=state
    )


@lru_cache(maxsize=KEPT)
def entry_part(control: Any, forms: tuple[Any, ...], place: int) -> str:
    """The entry form at ``place`` among a card's ``forms`` (``cards.EntryForm``); only the first is shown at first."""
    return render_part("_entry", card=control, entry=forms[place], entries=forms, shown=place == 0)

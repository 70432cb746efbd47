"""What a designer's page and its partial answers are made of."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from thidua.checklists.designing_outline import OutlineRow, Swap, doubts_of, outline_rows, removed_words, swaps
from thidua.checklists.designing_picture import picture_of
from thidua.checklists.designing_queries import Draft
from thidua.hx import is_fragment_wanted
from thidua.identity import require_person
from thidua.models import Checklist
from thidua.models.checklist import STATES
from thidua.permissions import may


def page_values(draft: Draft) -> dict[str, Any]:
    """What every page of a draft shows: its name and state, and what one may do with it."""
    person = require_person()
    return {
        "checklist": draft.checklist,
        "draft": draft.checklist,
        "states": STATES,
        "may": lambda action: may(action, person),
    }


def outline_values(draft: Draft) -> dict[str, Any]:
    """The outline with its sums, doubts and removals."""
    sheet = draft.checklist.sheet
    return {
        "sheet": sheet,
        "rows": outline_rows(sheet),
        "doubts": doubts_of(sheet),
        "picture": picture_of(sheet),
        "removed": removed_words(draft),
    }


def outline_answer(
    draft: Draft,
    before: list[OutlineRow],
    told: str,
    *,
    picked: int = 0,
    panel: str = "",
    whole: bool = False,
    changes: tuple[str, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    """A partial: the rows that differ from ``before``, the strip, what can be undone, and perhaps the panel.

    ``whole`` draws every row anew, for a screen that was behind; ``changes`` is what others did meanwhile.
    """
    values = outline_values(draft)
    after: list[OutlineRow] = values["rows"]
    changed: list[Swap] = [] if whole else list(swaps(before, after, picked))
    return (
        render_template(
            "checklists/_design_answer.html",
            **(page_values(draft) | values),
            told=told,
            swaps=changed,
            whole=whole or not before or not after,
            picked=picked,
            panel=panel,
            changes=changes,
        ),
        status,
    )


def only_drafts(checklist: Checklist) -> ResponseReturnValue:
    """409: a sheet in use never changes; the way to go on is a new version."""
    if is_fragment_wanted():
        shown = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
        return render_template("checklists/_design_refused.html", checklist=checklist), 409, shown
    person = require_person()
    return (
        render_template(
            "checklists/design_refused.html", checklist=checklist, states=STATES, may=lambda action: may(action, person)
        ),
        409,
    )

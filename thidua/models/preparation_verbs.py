"""The verbs of a preparation's drafts: what the unit writes before it sends it. Nothing of this is journaled."""

from collections.abc import Iterable
from datetime import datetime

from thidua.models.preparation import Preparation, PreparationFigure
from thidua.rules.figures import Proposed, proposed_rows


def begin_preparation(checklist_session_id: int, *, figures: Iterable[PreparationFigure], at: datetime) -> Preparation:
    """An empty folder whose table of figures has the rows of last time (``figures``), or the usual ones."""
    before = [Proposed(one.label, one.measure, one.this_year) for one in figures]
    rows = [
        PreparationFigure(position=place, label=one.label, measure=one.measure, last_year=one.last_year)
        for place, one in enumerate(proposed_rows(before), start=1)
    ]
    return Preparation(
        checklist_session_id=checklist_session_id,
        revision=0,
        figures=rows,
        documents=[],
        people=[],
        proofs=[],
        returns=[],
        report_summary="",
        visit_place="",
        created_at=at,
    )

"""The cards of the scoring screen: one criterion each, and what this person may enter on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from thidua.checklist_sessions.outline import spared_in
from thidua.checklist_sessions.past_scores import ClearedScore, RowKey
from thidua.checklist_sessions.rendering import entry_part, facts_part
from thidua.checklist_sessions.view import display_of, facts_of, leaves_below, token_of
from thidua.models import Score
from thidua.models.score import NOBODY, plain_entry
from thidua.rules.blind import BlindRound
from thidua.rules.sheet import Criterion, Sheet
from thidua.session_pages.audiences import sees_proposals
from thidua.session_pages.score_controls import TITLES, EntryForm, Group, control_for, groups_of, guidance_of
from thidua.session_pages.scribing import Choice


@dataclass(frozen=True, slots=True)
class Card:
    """One criterion on the scoring screen, with its facts and its entry forms rendered."""

    id: int
    number: str
    short: str
    guidance: str
    refs: tuple[str, ...]
    critical: bool
    kind: str
    section_number: str
    section_title: str
    position: int
    count: int
    maximum: str
    maximum_label: str
    previous_id: int | None
    next_id: int | None
    is_settled: bool
    groups: tuple[Group, ...]
    facts_html: Markup
    entries_html: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: their account id, their audience, the session's state, and what they may enter, best first.

    ``scribes``: whom they may enter for; ``cleared``: what was put back to "not scored" last, for one step back.
    """

    person_id: int
    audience: str
    state: str
    perspectives: tuple[str, ...]
    blind: BlindRound
    scribes: tuple[Choice, ...] = ()
    cleared: Mapping[RowKey, ClearedScore] = field(default_factory=dict)


def cards_of(sheet: Sheet, scores: Mapping[int, list[Score]], team: Mapping[int, str], reader: Reader) -> list[Card]:
    """All cards in order."""
    placed = [(root, leaf) for root in sheet.roots for leaf in leaves_below(root)]
    ids: list[int | None] = [None, *(leaf.id for _, leaf in placed), None]
    spared = spared_in(sheet, scores)
    return [
        _card(sheet, root, leaf, position, ids, scores.get(leaf.id, []), team, reader, is_spared=leaf.id in spared)
        for position, (root, leaf) in enumerate(placed, start=1)
    ]


def _card(
    sheet: Sheet,
    root: Criterion,
    leaf: Criterion,
    position: int,
    ids: list[int | None],
    scores: list[Score],
    team: Mapping[int, str],
    reader: Reader,
    *,
    is_spared: bool,
) -> Card:
    control = control_for(leaf)
    facts = facts_of(leaf, scores, team, shows_proposals=sees_proposals(reader.audience), blind=reader.blind)
    forms = tuple(
        _entry_form(leaf, scores, perspective, reader.person_id, reader.cleared) for perspective in reader.perspectives
    )
    scribe = (_scribe_form(reader.scribes),) if reader.scribes else ()
    return Card(
        id=leaf.id,
        number=leaf.number,
        short=leaf.text,
        guidance=guidance_of(sheet, leaf),
        refs=leaf.refs,
        critical=leaf.critical,
        kind=leaf.kind,
        section_number=root.number,
        section_title=root.text,
        position=position,
        count=len(ids) - 2,
        maximum=control.maximum,
        maximum_label=control.maximum_label,
        previous_id=ids[position - 1],
        next_id=ids[position + 1],
        is_settled=is_spared or facts.agreed is not None,
        groups=groups_of(sheet, leaf),
        facts_html=Markup(facts_part(leaf.id, leaf.number, facts, reader.audience, reader.state)),
        entries_html=(
            *(Markup(entry_part(control, forms, place)) for place in range(len(forms))),
            *(Markup(entry_part(control, scribe, place)) for place in range(len(scribe))),
        ),
    )


def settling_forms(
    sheet: Sheet, scores: Mapping[int, list[Score]], cleared: Mapping[RowKey, ClearedScore]
) -> dict[int, Markup]:
    """Criterion id -> the head of team's form for the agreed score, as the board folds it away under each row."""
    forms = {}
    for leaf in sheet.leaves:
        form = _entry_form(leaf, scores.get(leaf.id, []), "agreed", NOBODY, cleared)
        forms[leaf.id] = Markup(entry_part(control_for(leaf), (form,), 0))
    return forms


def _entry_form(
    criterion: Criterion, scores: list[Score], perspective: str, person_id: int, cleared: Mapping[RowKey, ClearedScore]
) -> EntryForm:
    holder = person_id if perspective == "proposed" else NOBODY
    title, tab, reason_label, chips = TITLES[perspective]
    mine = next((s for s in scores if s.perspective == perspective and s.holder == holder), None)
    gone = None if mine else cleared.get((criterion.id, perspective, holder))
    before = mine.previous_value if mine else gone.value if gone else None
    entry = plain_entry(before) if before else None
    return EntryForm(
        perspective=perspective,
        title=title,
        tab=tab,
        reason_label=reason_label,
        reason_chips=chips,
        holder=holder,
        value=token_of(criterion, mine.entry) if mine else "",
        text=mine.text if mine else "",
        reason=mine.reason if mine else "",
        version=mine.version if mine else gone.version if gone else 0,
        previous_value=(token_of(criterion, entry) or entry.text) if entry else "",
        previous_display=display_of(criterion, entry) if entry else "chưa chấm",
        previous_reason=before.get("reason", "") if before else "",
    )


def _scribe_form(scribes: tuple[Choice, ...]) -> EntryForm:
    title, tab, reason_label, chips = TITLES["scribe"]
    return EntryForm("scribe", title, tab, reason_label, chips, NOBODY, "", "", "", 0, "", "", "", scribes)

"""What other nouns show on the card of each criterion of the scoring screen, below its facts."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from thidua.session_pages.finding import Found

CardPart = Callable[[Found, str], Mapping[int, Markup]]  # who looks, audience -> criterion id -> HTML

_PARTS: dict[str, CardPart] = {}


def register_card_part(name: str, part: CardPart) -> None:
    """``part`` renders one piece for each criterion; called once, where the noun's routes are made."""
    _PARTS[name] = part


def card_parts(found: Found, audience: str) -> dict[int, Markup]:
    """Criterion id -> all pieces for its card, in the order of their names."""
    beside: dict[int, Markup] = {}
    for _, part in sorted(_PARTS.items()):
        for criterion_id, html in part(found, audience).items():
            beside[criterion_id] = beside.get(criterion_id, Markup()) + html
    return beside

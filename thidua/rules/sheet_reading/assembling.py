"""From the tree of lines to rows: what stands below a criterion becomes its levels, its guidance, or criteria."""

from collections.abc import Iterator

from thidua.rules.points import format_points
from thidua.rules.sheet import DEEPEST, Level
from thidua.rules.sheet_reading.amounts import read_amount
from thidua.rules.sheet_reading.cells import key_of
from thidua.rules.sheet_reading.column_words import LEVEL_NAMES
from thidua.rules.sheet_reading.criteria import begin, complete_leaf, complete_section
from thidua.rules.sheet_reading.drafts import as_points
from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.lines import Line
from thidua.rules.sheet_reading.numbering import DIGIT, DIGIT_BRACKET, DOTTED, LOWER, TITLE, UPPER, roman
from thidua.rules.sheet_reading.tree import Node
from thidua.rules.sheet_reading.values import Choice, Edit, ReadRow

TOP_ALONE = "Tiêu đề chung của cả bảng"


def rows_of(roots: list[Node], ledger: Ledger) -> list[ReadRow]:
    """Rows in running order, at most three levels deep."""
    if len(roots) == 1 and _depth_of(roots[0]) > DEEPEST:
        top = roots[0].line
        ledger.skip(top.at, f"{top.number.label} {top.text}".strip(), TOP_ALONE)
        roots = roots[0].children
    rows: list[ReadRow] = []
    for number, node in zip(_numbers(roots, ""), roots, strict=True):
        _assemble(node, number, 1, "", rows, ledger)
    return sorted(rows, key=lambda row: row.id)


def _assemble(node: Node, number: str, depth: int, inherited: str, rows: list[ReadRow], ledger: Ledger) -> None:
    hidden: list[Node] = []
    _fold_unders(node, ledger)
    _fold_shared(node, ledger)
    _fold_levels(node, hidden, ledger)
    _fold_words(node, hidden, ledger)
    if depth == DEEPEST and node.children:
        _fold_deeper(node, hidden, ledger)
    draft = begin(node.id, node.line, inherited, ledger)
    if node.children:
        complete_section(draft)
    else:
        complete_leaf(draft, ledger)
    rows.append(ReadRow(node.line.at, depth, draft.criterion(number, is_section=bool(node.children))))
    inherited = draft.polarity if draft.polarity != "base" else ""
    for child_number, child in zip(_numbers(node.children, number), node.children, strict=True):
        _assemble(child, child_number, depth + 1, inherited, rows, ledger)
    for one in hidden:
        rows.append(_hidden_row(one, min(depth + 1, DEEPEST), inherited, ledger))


def _hidden_row(node: Node, depth: int, inherited: str, ledger: Ledger) -> ReadRow:
    """A line that went into levels or guidance, kept so that it may be taken as a criterion after all."""
    quiet = Ledger()
    draft = begin(node.id, node.line, inherited, quiet)
    complete_leaf(draft, quiet)
    return ReadRow(node.line.at, depth, draft.criterion(node.line.number.label or "-", is_section=False), False)


def _fold_unders(node: Node, ledger: Ledger) -> None:
    """Further rows of one merged cell: its levels, its parts, or more guidance."""
    line = node.line
    if not node.unders:
        return
    told = [(line, " ".join(line.guidance)), *((under, under.words) for under in node.unders)]
    with_points = [(words, one.maximum.high) for one, words in told if one.maximum is not None and words]
    is_first_whole = line.maximum is not None and not line.guidance
    if len(with_points) >= 2 and len(with_points) == len(told) - is_first_whole:
        levels = tuple(Level(_plain(words), points) for words, points in with_points)
        points = [level.points for level in levels]
        whole = line.maximum.high if is_first_whole and line.maximum else None
        is_levels = 0 in points or whole == max(points) or (
            whole != sum(points)
            and points == sorted(set(points), reverse=True)
            and any(key_of(level.text) in LEVEL_NAMES for level in levels)
        )  # fmt: skip
        if is_levels:
            line.levels, line.guidance = levels, []
        else:
            line.guidance = [f"{level.text}: {_shown(level)} điểm" for level in levels]
            if whole is None:
                _take_sum(node, levels, ledger)
        return
    for under in node.unders:
        words, amount = under.words, under.maximum
        if under.levels and not line.levels:
            line.levels = under.levels
        elif under.levels:
            line.guidance += [f"{level.text}: {format_points(level.points)} điểm" for level in under.levels]
        if line.maximum is None and amount is not None and not words:
            line.maximum, line.maximum_at = amount, under.maximum_at
        elif words or amount is not None:
            line.guidance.append(words + (f": {_points(under)} điểm" if amount is not None else ""))


def _take_sum(node: Node, levels: tuple[Level, ...], ledger: Ledger) -> None:
    line, total = node.line, sum(level.points for level in levels)
    amount = read_amount(format_points(total))
    line.maximum = amount
    ledger.doubt(
        line.maximum_at,
        node.id,
        "maximum",
        format_points(total),
        "Ô gộp có nhiều dòng điểm: đã cộng lại thành điểm tối đa",
        (
            Choice("Các phần cộng lại"),
            Choice(
                "Các mức để chọn một",
                (
                    (node.id, "levels", "\n".join(f"{level.text}: {_shown(level)}" for level in levels)),
                    (node.id, "maximum", format_points(max(level.points for level in levels))),
                ),
            ),
        ),
    )


def _fold_shared(node: Node, ledger: Ledger) -> None:
    """Rows whose points are merged into one cell are one criterion; their words go into its guidance."""
    if not node.shared or any(child in node.children for child in node.shared):
        return
    words = [_listed(one) for one in node.shared]
    node.line.guidance += words
    ledger.doubt(
        node.line.maximum_at,
        node.id,
        "maximum",
        _points(node.line),
        f"Ô điểm gộp chung cho {len(node.shared) + 1} hàng: đã coi là một tiêu chí, các hàng sau vào hướng dẫn",
    )


def _fold_levels(node: Node, hidden: list[Node], ledger: Ledger) -> None:
    """Lines below a criterion, the best worth as much as the criterion itself, are its levels."""
    children = node.children
    maximum = node.line.maximum
    if maximum is None or len(children) < 2 or any(child.children or child.unders for child in children):
        return
    if any(child.line.maximum is None or child.line.maximum.per for child in children):
        return
    points = [child.line.maximum.high for child in children if child.line.maximum is not None]
    if max(points) != maximum.high or (sum(points) == maximum.high and 0 not in points):
        return
    style = children[0].line.number.style
    is_sure = all(child.line.is_soft for child in children) or 0 in points
    if not is_sure and (style not in (LOWER, DIGIT_BRACKET) or points != sorted(set(points), reverse=True)):
        return
    node.line.levels = tuple(
        Level(_plain(child.line.text), value) for child, value in zip(children, points, strict=True)
    )
    node.line.guidance += [words for child in children for words in child.line.guidance]
    node.children = []
    if is_sure:
        return
    hidden += children
    ledger.doubt(
        children[0].line.at,
        node.id,
        "levels",
        "; ".join(f"{level.text}: {_shown(level)}" for level in node.line.levels),
        "Chưa chắc các hàng này là mức để chọn một hay là các tiêu chí riêng",
        (Choice("Các mức để chọn một"), Choice("Các tiêu chí riêng", _taken_instead(node, children))),
    )


def _fold_words(node: Node, hidden: list[Node], ledger: Ledger) -> None:
    """Lines without points below a line with points say how to score it."""
    if not node.children or any(_has_points(child) for child in node.children):
        soft = [child for child in node.children if child.line.is_soft and not _has_points(child)]
        if soft and len(soft) < len(node.children):
            node.line.guidance += [words for child in soft for words in _words_below(child)]
            node.children = [child for child in node.children if child not in soft]
        return
    if not node.line.has_points and not all(child.line.is_soft for child in node.children):
        return
    folded = node.children
    node.children = []
    node.line.guidance += [words for child in folded for words in _words_below(child)]
    numbered = [child for child in folded if not child.line.is_soft]
    if numbered:
        hidden += numbered
        ledger.doubt(
            numbered[0].line.at,
            node.id,
            "guidance",
            numbered[0].line.text,
            f"{len(numbered)} ý dưới hàng này không ghi điểm riêng: đã đưa vào hướng dẫn",
        )


def _fold_deeper(node: Node, hidden: list[Node], ledger: Ledger) -> None:
    """A fourth level goes into the guidance of the third."""
    folded = [one for child in node.children for one in _walk(child)]
    node.line.guidance += [_listed(one) for one in folded]
    node.children = []
    if node.line.maximum is None:
        points = [one.line.maximum.high for one in folded if one.line.maximum is not None]
        node.line.maximum = read_amount(format_points(sum(points))) if points else None
        node.line.maximum_at = folded[0].line.maximum_at
    hidden += folded
    ledger.doubt(
        folded[0].line.at,
        node.id,
        "depth",
        folded[0].line.text,
        f"Bảng có hơn ba cấp: {len(folded)} hàng cấp thứ tư đã đưa vào hướng dẫn của hàng trên",
        (
            Choice("Để trong hướng dẫn"),
            Choice("Thay hàng trên bằng các hàng này", ((node.id, "is_taken", "0"), *_taken(folded))),
        ),
    )


def _taken_instead(node: Node, children: list[Node]) -> tuple[Edit, ...]:
    return (*as_points(node.id, "").edits, (node.id, "levels", ""), *_taken(children))


def _taken(nodes: list[Node]) -> tuple[Edit, ...]:
    return tuple((one.id, "is_taken", "1") for one in nodes)


def _has_points(node: Node) -> bool:
    return node.line.has_points or any(_has_points(child) for child in node.children)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _words_below(node: Node) -> list[str]:
    return [_listed(one) for one in _walk(node)]


def _listed(node: Node) -> str:
    """A line as it stands in guidance: its number or a dash, its words, its points."""
    label = node.line.number.label
    lead = f"{label}) " if label and not label[-1].isdecimal() else f"{label}. " if label else "- "
    points = f": {_points(node.line)} điểm" if node.line.maximum is not None and not node.line.is_sharing else ""
    if node.line.odd_points:
        points = f": {node.line.odd_points}"
    below = [under.words for under in node.unders]
    return "\n".join(one for one in [lead + node.line.text + points, *node.line.guidance, *below] if one)


def _depth_of(node: Node) -> int:
    return 1 + max((_depth_of(child) for child in node.children if _has_points(child)), default=0)


def _numbers(nodes: list[Node], parent: str) -> list[str]:
    """The numbers as printed; those without one get the next that is free."""
    used = {node.line.number.label for node in nodes}
    styles = {node.line.number.style for node in nodes if node.line.number.label}
    numbers = []
    for place, node in enumerate(nodes, start=1):
        label = node.line.number.label
        while not label:
            label = _made(place, parent, styles, is_top=not parent and _is_heading(node.line))
            place += 1
            label = "" if label in used else label
        used.add(label)
        numbers.append(label)
    return numbers


def _made(place: int, parent: str, styles: set[str], *, is_top: bool) -> str:
    if parent and parent[-1].isdecimal() and not styles & {DIGIT, DIGIT_BRACKET, LOWER, UPPER}:
        return f"{parent}.{place}"
    if (styles and styles <= {DIGIT, DIGIT_BRACKET, DOTTED}) or (not is_top and "roman" not in styles):
        return str(place)
    return roman(place) if place < 90 else str(place)


def _is_heading(line: Line) -> bool:
    return line.number.style == TITLE or line.is_bold or line.is_wide


def _plain(words: str) -> str:
    return words.strip(" :;,.-–") or words


def _points(line: Line) -> str:
    return format_points(line.maximum.high) if line.maximum is not None else ""


def _shown(level: Level) -> str:
    return format_points(level.points)

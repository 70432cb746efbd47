"""What a secretary would call an ugly page, found in the positions of the printed lines."""

from thidua.rules.documents import Recipients, Signatures

LEFT, RIGHT, INDENT = 30, 195, 40
TOP, BOTTOM = 20, 277
CELL = 12  # pt; a page that goes on with a table begins with its head, in bold
EMPTIEST = 180  # mm from the top that a page is filled to before the next begins; the page before signatures less


def ugly_breaks(document, rendered, pages):
    """Sentences about ``pages`` (measuring.Page) of this rendered document; none when all is well."""
    found = []
    signed_on = {place.page for place in rendered.places.values()}
    for at, page in enumerate(pages):
        says = f"trang {at + 1}/{len(pages)}:"
        found += [f"{says} {text}" for text in (*_outside(page), *_number(page, at))]
        if at + 1 < len(pages):
            is_before_signatures = at + 1 in signed_on
            found += [f"{says} {text}" for text in _end(page, pages[at + 1], is_before_signatures)]
        if at:
            found += [f"{says} {text}" for text in _start(page)]
    return found + _signatures(document, pages, signed_on)


def _outside(page):
    for line in page.lines:
        if line.left < LEFT - 0.1 or line.right > RIGHT + 0.6 or line.baseline > 289:
            yield f"ngoài lề: {line.text[:40]!r} {line.left:.1f}-{line.right:.1f} mm"
    for line in page.body:
        if not TOP < line.baseline < BOTTOM:
            yield f"ngoài vùng chữ: {line.text[:40]!r}"


def _number(page, at):
    above = [line.text for line in page.lines if line.baseline < TOP - 0.5]
    if above != ([str(at + 1)] if at else []):
        yield f"số trang {above}"


def _end(page, following, is_before_signatures):
    if not page.body:
        yield "trang trắng"
        return
    last, next_line = page.body[-1], following.body[0] if following.body else None
    if _is_bold(last) and (last.size > CELL or (next_line and next_line.size == CELL and _is_bold(next_line))):
        yield f"đầu đề hoặc dòng nhóm ở cuối trang: {last.text[:50]!r}"
    if last.text.endswith(":"):
        yield f"câu dẫn ở cuối trang: {last.text[:50]!r}"
    if _is_prose(last) and starts(last) and next_line and _is_prose(next_line) and not starts(next_line):
        yield f"một dòng đầu đoạn ở cuối trang: {last.text[:50]!r}"
    if last.baseline < (100 if is_before_signatures else EMPTIEST):
        yield f"bỏ trống từ {last.baseline:.0f} mm"


def _start(page):
    goes_on = [_is_prose(line) and not starts(line) for line in page.body[:2]]
    if goes_on and goes_on[0] and goes_on != [True, True]:
        yield f"một dòng cuối đoạn ở đầu trang: {page.body[0].text[:50]!r}"


def _is_bold(line):
    return all(face.endswith("Bold") for face in line.faces)


def _is_prose(line):
    return (line.size == 14 and abs(line.left - LEFT) < 0.3) or starts(line)


def starts(line):
    """Whether a paragraph begins on it."""
    return line.size == 14 and abs(line.left - INDENT) < 0.3


def _signatures(document, pages, signed_on):
    block = next((block for block in document.blocks if isinstance(block, Signatures)), None)
    if block is None:
        return []
    if len(signed_on) != 1:
        return [f"khối chữ ký trên các trang {sorted(signed_on)}"]
    page = pages[signed_on.pop()]
    words = " ".join(line.text for line in page.body)
    listed = [block.lines for block in document.blocks if isinstance(block, Recipients)]
    wanted = [*(place.person.split()[-1] for place in block.places if place.person)]
    wanted += ["Nơi nhận:", listed[0][-1].rstrip(" .;")[-12:]] if listed else []
    found = [f"thiếu {name!r} bên chữ ký" for name in wanted if name not in words]
    if not any(starts(line) for line in page.body):
        found.append("khối chữ ký đứng một mình")
    return found

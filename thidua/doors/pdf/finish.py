"""What xhtml2pdf leaves undone, done before anything is signed: dates, and no typeface from outside."""

import io
from datetime import UTC, datetime
from typing import Any

import pikepdf


def finish(pdf: bytes, issued_at: datetime | None) -> tuple[bytes, int]:
    """The finished bytes and the number of pages."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        _drop_fonts_outside_the_file(file)
        if issued_at is not None:
            file.docinfo["/CreationDate"] = file.docinfo["/ModDate"] = _pdf_date(issued_at)
        file.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        # Plain objects, so that the oldest reader in an archive opens it (PDF 1.4 and later).
        file.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue(), len(file.pages)


def _pdf_date(at: datetime) -> pikepdf.String:
    return pikepdf.String(f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}+00'00'")


def _drop_fonts_outside_the_file(file: pikepdf.Pdf) -> None:
    """ReportLab opens every page with Helvetica, which draws nothing and which archives refuse. Pages
    share their list of typefaces: read all pages first, change afterwards."""
    outside = {
        name
        for page in file.pages
        for name, font in page.get("/Resources", {}).get("/Font", {}).items()
        if font.get("/Subtype") == "/Type1"
    }
    contents = [_without(outside, pikepdf.parse_content_stream(page)) for page in file.pages]
    if not outside or None in contents:
        return
    for page, instructions in zip(file.pages, contents, strict=True):
        page.Contents = file.make_stream(pikepdf.unparse_content_stream(instructions))
        typefaces = page.get("/Resources", {}).get("/Font", {})
        for name in outside & set(typefaces.keys()):
            del typefaces[name]


def _without(outside: set[str], instructions: Any) -> list[Any] | None:
    """The instructions without choosing one of these typefaces; None when something is drawn with one."""
    kept: list[Any] = []
    chosen = ""
    for operands, operator in instructions:
        name = str(operator)
        if name == "Tf":
            chosen = str(operands[0])
            if chosen in outside:
                continue
        if name in {"Tj", "TJ", "'", '"'} and chosen in outside:
            return None
        kept.append((operands, operator))
    return kept

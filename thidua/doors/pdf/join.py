"""Several papers as one file to print, each with its place in the outline."""

import io
from collections.abc import Iterable

import pikepdf


def join_pdfs(papers: Iterable[tuple[str, bytes]], *, title: str) -> bytes:
    """(name, PDF) one after another; the same papers give the same bytes. Raises ValueError for none at all."""
    with pikepdf.new() as joined:
        starts: list[tuple[str, int]] = []
        for name, pdf in papers:
            starts.append((name, len(joined.pages)))
            with pikepdf.open(io.BytesIO(pdf)) as paper:
                joined.pages.extend(paper.pages)
        if not starts:
            raise ValueError("no papers to join")
        with joined.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in starts)
        joined.docinfo["/Title"] = title
        joined.Root.Lang = pikepdf.String("vi")
        joined.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        joined.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()

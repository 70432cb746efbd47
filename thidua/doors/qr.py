"""QR codes: how a phone in the meeting room gets the address without typing it."""

import io

import segno


def qr_svg(text: str) -> str:
    """SVG markup of class "qr", black on white so that it scans on any background. It has no inline
    style, which the strict content policy would drop. Raises ValueError when no code holds the text."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, omitsize=True, svgclass="qr", lineclass=None, nl=False, light="#fff"
    )
    return out.getvalue().decode("utf-8")


def qr_terminal(text: str) -> str:
    """The code in half-block characters, for a terminal with light letters on a dark ground."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()

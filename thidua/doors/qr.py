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


def qr_squares(text: str, *, mask: int | None = None) -> list[list[tuple[int, int]]]:
    """For each row of the code the runs of black squares: (first square, how many). No quiet zone around it.

    ``mask`` (0-7) is one of the patterns of the standard; trying all eight for the prettiest takes four times as long.
    """
    rows = []
    for row in segno.make(text, error="m", micro=False, mask=mask).matrix:
        runs: list[tuple[int, int]] = []
        for at, is_black in enumerate(row):
            if is_black and runs and sum(runs[-1]) == at:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            elif is_black:
                runs.append((at, 1))
        rows.append(runs)
    return rows


def qr_png(text: str) -> io.BytesIO:
    """The code as a PNG picture without a quiet zone, eight dots a square: for papers that hold pictures."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=8, border=0)
    out.seek(0)
    return out


def qr_terminal(text: str) -> str:
    """The code in half-block characters, for a terminal with light letters on a dark ground."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()

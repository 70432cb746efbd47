"""The visible mark of a signature on the latest stored PDF."""

from datetime import datetime

from thidua.doors.pdf import stamp_signature
from thidua.issuing.storing import file_store, place_of
from thidua.models import Paper
from thidua.rules.signing import LABELS
from thidua.rules.words import clock, date_in_words, day_of


def stamped(paper: Paper, part: str, *, name: str, at: datetime) -> tuple[str, str, int]:
    """Draw the mark of a signature on the latest stored PDF and store the result.

    Returns the SHA-256 before and after and the size in bytes. Takes a tenth of a second: not in a transaction.
    """
    before = paper.revisions[-1].sha256
    lines = [
        "Đã ký trong chương trình",
        name,
        f"{LABELS[part]}, lúc {clock(at)}",
        date_in_words(day_of(at)),
        f"Mã văn bản {paper.sha256[:12]}",
    ]
    pdf = stamp_signature(file_store().get(before), place_of(paper, part), lines, at)
    return before, file_store().put(pdf), len(pdf)

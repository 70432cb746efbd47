"""What the QR code at the foot of a page says: which paper it belongs to, and which page of it it is.

The code is the address of the verification page, "…/verify/0123456789abcdef?p=3": the beginning of the paper's
SHA-256 and the page. Only that counts; the server's name before it may have changed since.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal

Verdict = Literal["this", "other", "unread"]
THIS: Final = "this"
OTHER: Final = "other"
UNREAD: Final = "unread"
_ADDRESS = re.compile(r"/verify/(?P<digest>[0-9a-f]{12,64})(?:\?p=(?P<page>[0-9]{1,4}))?", re.IGNORECASE | re.ASCII)
_KEPT = re.compile(r"(?P<digest>[0-9a-f]{12,64})(?:\?p=(?P<page>[0-9]{1,4}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageCode:
    """`digest` begins the SHA-256 of a paper; `page` counts from 1, 0 where the code does not say."""

    digest: str
    page: int = 0

    def __str__(self) -> str:
        """As it is kept: "0123456789abcdef?p=3"."""
        return f"{self.digest}?p={self.page}" if self.page else self.digest

    def is_of(self, sha256: str) -> bool:
        """Whether it is a code of the paper with this SHA-256."""
        return sha256.startswith(self.digest)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan, counted from 1, and what its code says."""

    number: int
    verdict: Verdict
    code: PageCode | None = None


def page_code(text: str) -> PageCode | None:
    """What a code that was read says; None for a code that is not ours."""
    return _code(_ADDRESS.search(text))


def kept_code(text: str) -> PageCode | None:
    """The inverse of ``str(PageCode)``."""
    return _code(_KEPT.fullmatch(text))


def codes_of_pages(pages: Iterable[Collection[str]], sha256: str = "") -> list[str]:
    """For each page the code to keep, "" for none; where there are several, that of the paper with this SHA-256."""
    kept = []
    for texts in pages:
        found = [code for code in map(page_code, texts) if code]
        mine = [code for code in found if sha256 and code.is_of(sha256)]
        kept.append(str((mine or found)[0]) if found else "")
    return kept


def judged(kept: Iterable[str], sha256: str) -> tuple[ScannedPage, ...]:
    """Page by page: of the paper with this SHA-256, of another one, or nothing that could be read."""
    pages = []
    for number, text in enumerate(kept, start=1):
        code = kept_code(text)
        verdict: Verdict = UNREAD if code is None else THIS if code.is_of(sha256) else OTHER
        pages.append(ScannedPage(number, verdict, code))
    return tuple(pages)


def missing_pages(scans: Iterable[Iterable[ScannedPage]], of: int) -> tuple[int, ...]:
    """The pages of a paper of so many pages that no scan shows for certain."""
    seen = {page.code.page for scan in scans for page in scan if page.verdict == THIS and page.code}
    return tuple(number for number in range(1, of + 1) if number not in seen)


def _code(match: "re.Match[str] | None") -> PageCode | None:
    return PageCode(match["digest"].lower(), int(match["page"] or 0)) if match else None

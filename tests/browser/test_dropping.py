"""Somebody without an account drops a file on the page of verification; the button is tried with the client."""

import base64

import pytest

from tests.browser.screens import NewScreen
from tests.scans.conftest import page_picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DROP = """(content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)), carried = new DataTransfer();
  carried.items.add(new File([bytes], 'trang.jpg', { type: 'image/jpeg' }));
  for (const kind of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
}"""


def test_a_file_dropped_anywhere_on_the_page_is_asked_about(screen: NewScreen) -> None:
    anybody = screen()
    anybody.open("/verify")
    anybody.sees("Hoặc kéo tệp thả vào trang này")
    anybody.page.evaluate(DROP, base64.b64encode(page_picture("http://may-chu/verify/" + "c" * 16)).decode())
    anybody.sees("không có văn bản nào mang mã đó")
    anybody.picture("verify-dropped")

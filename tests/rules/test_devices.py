"""A browser's name for itself in the words of people."""

import pytest

from thidua.rules.devices import device_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (Linux; Android 13; SM-X200) {CHROME} Safari/537.36", "Máy tính bảng Android · Chrome"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Điện thoại Android · Chrome"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/126.0", "Máy tính Windows · Edge"),
        (f"Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/126.0 {CHROME} Safari/537.36", "Máy tính Windows · Cốc Cốc"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Điện thoại iPhone · Safari",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) Version/12.1 Mobile Safari/604.1", "iPad · Safari"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1", "Máy tính Mac · Safari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Máy tính Linux · Firefox"),
        ("curl/8.5", "Thiết bị khác"),
        ("", "Thiết bị khác"),
    ],
)
def test_kind_of_device_and_browser(user_agent: str, words: str) -> None:
    assert device_words(user_agent) == words

"""The page of what waits on this device: the server gives the frame, the device fills it."""

from collections.abc import Callable

from flask.testing import FlaskClient


def test_the_page_stands_empty_until_the_device_fills_it(client_of: Callable[[str], FlaskClient]) -> None:
    page = client_of("thanh-vien-1").get("/waiting").text
    assert "<h1>Việc chờ gửi</h1>" in page and 'id="waiting"' in page


def test_without_login_the_page_leads_to_the_login_and_back(client_of: Callable[[str], FlaskClient]) -> None:
    answer = client_of("").get("/waiting")
    assert (answer.status_code, answer.location) == (302, "/login?next=/waiting")


def test_the_login_page_can_tell_whose_work_waits_on_this_device(client_of: Callable[[str], FlaskClient]) -> None:
    page = client_of("").get("/login").text
    assert 'id="others-waiting"' in page and "js/outbox-store.js" in page and "js/others-waiting.js" in page

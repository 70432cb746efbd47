"""Guessing is slowed down for one account from one address, and only there."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from tests.world import PASSWORD
from thidua.throttle import FORGOTTEN_AFTER, FREE_TRIES, LONGEST_WAIT, Throttle

PAIR = ("thu-ky", "192.168.1.20")
NINE = datetime(2020, 10, 20, 2, 0, tzinfo=UTC)


def test_ten_tries_are_free() -> None:
    throttle = Throttle()
    assert [throttle.begin(PAIR, at=NINE) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES


def test_after_ten_the_wait_doubles_up_to_thirty_seconds() -> None:
    throttle, moment, waits = Throttle(), NINE, []
    for _ in range(FREE_TRIES):
        throttle.begin(PAIR, at=moment)
    for _ in range(7):
        waits.append(throttle.begin(PAIR, at=moment))
        moment += timedelta(seconds=waits[-1])
        assert throttle.begin(PAIR, at=moment) == 0
    assert waits == [2, 4, 8, 16, 30, 30, LONGEST_WAIT]


def test_asking_while_waiting_does_not_prolong_the_wait() -> None:
    throttle = Throttle()
    for _ in range(FREE_TRIES):
        throttle.begin(PAIR, at=NINE)
    assert [throttle.begin(PAIR, at=NINE) for _ in range(50)] == [2] * 50
    assert throttle.begin(PAIR, at=NINE + timedelta(seconds=2)) == 0


def test_others_in_the_room_and_the_same_person_elsewhere_do_not_wait() -> None:
    throttle = Throttle()
    for _ in range(FREE_TRIES):
        throttle.begin(PAIR, at=NINE)
    assert throttle.begin(PAIR, at=NINE) > 0
    assert throttle.begin(("thu-ky", "192.168.1.21"), at=NINE) == 0
    assert throttle.begin(("don-vi", "192.168.1.20"), at=NINE) == 0


def test_a_quarter_of_an_hour_later_all_is_forgotten() -> None:
    throttle = Throttle()
    for _ in range(FREE_TRIES):
        throttle.begin(PAIR, at=NINE)
    later = NINE + FORGOTTEN_AFTER + timedelta(seconds=1)
    assert [throttle.begin(PAIR, at=later) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES


def test_the_login_page_says_how_many_seconds_to_wait_and_even_the_right_password_waits(app: Flask) -> None:
    client = app.test_client()
    for _ in range(FREE_TRIES):
        client.post("/login", data={"username": "thu-ky", "password": "sai-mat-khau"})
    answer = client.post("/login", data={"username": "thu-ky", "password": PASSWORD})
    assert answer.status_code == 429 and answer.headers["Retry-After"] in ("1", "2")
    assert f"Xin chờ {answer.headers['Retry-After']} giây" in answer.text
    assert client.post("/login", data={"username": "don-vi", "password": PASSWORD}).status_code == 303


def test_a_right_password_forgets_the_earlier_failures(app: Flask) -> None:
    client = app.test_client()
    for password in (["sai-mat-khau"] * (FREE_TRIES - 1) + [PASSWORD]) * 2:
        answer = client.post("/login", data={"username": "thu-ky", "password": password})
        assert answer.status_code in (303, 422)
    assert answer.status_code == 303

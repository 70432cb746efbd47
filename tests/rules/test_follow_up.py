from datetime import date

import pytest

from thidua.rules.follow_up import Inspected, deadline_words, overdue_words, to_be_reviewed

Y2018, Y2019, Y2020 = date(2018, 10, 16), date(2019, 10, 16), date(2020, 10, 20)
OLD = Inspected(12, Y2018, (1, 2, 3))
LATEST = Inspected(13, Y2019, (4, 5))


def asked(*, answers=None, here=(), earlier=(OLD, LATEST)):
    return to_be_reviewed(earlier, answers or {}, answered_here=here)


def test_the_recommendations_of_the_latest_inspection_are_asked():
    assert asked() == [4, 5]


def test_an_older_one_stays_as_long_as_it_was_last_answered_partly_or_not():
    answers = {1: [(Y2019, "partly")], 2: [(Y2019, "done")], 3: [(Y2019, "not")]}
    assert asked(answers=answers) == [4, 5, 1, 3]


def test_only_the_last_answer_before_counts():
    latest = Inspected(14, Y2020, ())
    answers = {1: [(Y2020, "done"), (Y2019, "not")], 2: [(Y2019, "done"), (Y2020, "not")]}
    assert asked(answers=answers, earlier=(OLD, LATEST, latest)) == [2]


def test_what_was_answered_here_stays_on_the_list():
    assert asked(here=[2]) == [4, 5, 2]


def test_the_latest_inspection_is_found_by_its_day_not_by_its_place():
    assert asked(earlier=(LATEST, OLD)) == [4, 5]


def test_without_an_earlier_inspection_nothing_is_asked():
    assert asked(earlier=()) == []


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (None, ""),
        (date(2020, 10, 20), ""),
        (date(2021, 1, 1), ""),
        (date(2020, 10, 19), "quá hạn 1 ngày"),
        (date(2020, 8, 22), "quá hạn 59 ngày"),
        (date(2020, 8, 20), "quá hạn 2 tháng"),
        (date(2020, 3, 31), "quá hạn 6 tháng"),
        (date(2019, 3, 20), "quá hạn 19 tháng"),
        (date(2018, 10, 20), "quá hạn 2 năm"),
        (date(2017, 10, 21), "quá hạn 2 năm"),
    ],
)
def test_a_passed_deadline_is_told_in_words(due_on, words):
    assert overdue_words(due_on, Y2020) == words


def test_a_deadline_or_its_absence_is_told():
    assert deadline_words(date(2021, 3, 31)) == "hạn 31/03/2021"
    assert deadline_words(None) == "không ghi thời hạn"

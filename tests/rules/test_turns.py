"""Which answer belongs to which question."""

from thidua.rules.turns import Spoken, in_turns


def said(*lines: tuple[int, str, int | None, int | None]) -> list[list[int]]:
    return in_turns([Spoken(id, kind, criterion, answers, id) for id, kind, criterion, answers in lines])


def test_an_answer_follows_the_latest_question() -> None:
    assert said((1, "question", None, None), (2, "answer", None, None), (3, "question", None, None)) == [[1, 2], [3]]


def test_three_questions_in_a_row_get_the_answers_that_name_them() -> None:
    lines = [(1, "question", 7, None), (2, "question", 7, None), (3, "question", 7, None)]
    assert said(*lines, (4, "answer", 7, 1), (5, "answer", 7, 3), (6, "explanation", 7, 4)) == [[1, 4, 6], [2], [3, 5]]


def test_an_answer_without_a_name_goes_to_the_latest_question_on_its_criterion() -> None:
    lines = [(1, "question", 7, None), (2, "question", 8, None)]
    assert said(*lines, (3, "answer", 7, None), (4, "answer", None, None)) == [[1, 3], [2, 4]]


def test_a_rebuttal_that_names_what_it_rebuts_stays_in_that_turn_and_a_free_one_begins_its_own() -> None:
    assert said((1, "question", None, None), (2, "rebuttal", None, 1), (3, "rebuttal", None, None)) == [[1, 2], [3]]


def test_an_answer_to_a_withdrawn_question_and_an_answer_before_any_question_are_not_lost() -> None:
    assert said((2, "answer", None, 1)) == [[2]]
    assert said((2, "explanation", 7, None), (3, "answer", 7, 99)) == [[2, 3]]

"""``flask check`` finds edits, objections and readings that stand otherwise than the journal says."""

import pytest
from sqlalchemy import text

from tests.conclusions.conftest import closed  # noqa: F401
from tests.minutes.test_editing import reword
from tests.minutes.test_reading import post, turn
from thidua.extensions import begin_writing, db


def damages(app):
    return app.test_cli_runner().invoke(args=["check"])


@pytest.fixture
def written(app, closed, client_of):  # noqa: F811
    secretary = client_of("thu-ky")
    reword(secretary, closed)
    turn(secretary, closed)
    post(secretary, closed, "/objections", speaker="Hoàng Văn Bắc", text="Quỹ đã lập.")
    post(secretary, closed, "/objections/1/outcome", outcome="noted", base_version="99")
    assert "nguyên vẹn" in damages(app).output, damages(app).output
    return closed


def alter(app, *statements):
    with app.app_context():
        begin_writing()
        for statement in statements:
            assert db.session.execute(text(statement)).rowcount == 1
        db.session.commit()


def test_what_was_changed_behind_the_journal_is_found(app, written) -> None:
    alter(
        app,
        "UPDATE text_edit SET text = 'Khác'",
        "UPDATE objection SET outcome = 'accepted'",
        "UPDATE conclusion SET reading_page = 3 WHERE reading_page = 1",
    )
    result = damages(app)
    assert result.exit_code == 1
    for words in ("đoạn đã sửa “strengths”", "ý kiến 1", "việc đọc biên bản"):
        assert words in result.output


def test_what_is_gone_is_missed(app, written) -> None:
    alter(app, "DELETE FROM text_edit", "DELETE FROM objection")
    result = damages(app)
    assert "đoạn đã sửa “strengths”" in result.output and "có 0 ý kiến" in result.output

"""What the database says when everything is over: each operation once, in order, the chain and the totals right."""

from collections.abc import Sequence

from tests.conftest import make_app
from tests.faults.outboxes import Letter
from tests.servers.demo_server import DemoServer
from thidua.extensions import db


class Truth:
    """Reads the database past the server."""

    def __init__(self, server: DemoServer) -> None:
        self._server = server

    def head(self, room: int) -> int:
        return int(self._server.rows("SELECT revision FROM checklist_session WHERE id = :id", id=room)[0]["revision"])

    def criteria(self) -> list[int]:
        """The leaves that get whole points."""
        sql = "SELECT id FROM criterion WHERE kind = 'points' AND parent_id IS NOT NULL ORDER BY id"
        return [int(row["id"]) for row in self._server.rows(sql)]

    def written(self, room: int) -> list[str]:
        """The operations of the journal in its order."""
        sql = "SELECT op_id FROM journal_entry WHERE checklist_session_id = :id ORDER BY revision"
        return [row["op_id"] for row in self._server.rows(sql, id=room)]

    def has_each_once(self, room: int, letters: Sequence[Letter]) -> None:
        """Each acknowledged operation at the revision that was acknowledged, and no other but the opening."""
        written = self.written(room)
        at = {op_id: revision for revision, op_id in enumerate(written, start=1)}
        assert len(at) == len(written)
        assert {letter.op_id: letter.revision for letter in letters} == {
            op_id: revision for op_id, revision in at.items() if revision > 1
        }

    def keeps_the_order_of(self, room: int, letters: Sequence[Letter]) -> None:
        """One person's operations stand in the order in which they were written down."""
        mine = {letter.op_id for letter in letters}
        assert [op_id for op_id in self.written(room) if op_id in mine] == [letter.op_id for letter in letters]

    def is_sound(self) -> None:
        """`flask check`: chains, scores as the journal has them, totals, foreign keys, the file itself."""
        app = make_app(self._server.database_url, self._server.folder)
        checked = app.test_cli_runner().invoke(args=["check"])
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        app.extensions["live_hub"].close()
        assert checked.exit_code == 0, checked.output
        assert "nguyên vẹn" in checked.output

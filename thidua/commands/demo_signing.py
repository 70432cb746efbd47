"""The demo's signing keys, all with one PIN, and signatures on the minutes of its earlier years."""

from datetime import UTC, datetime

from thidua.issuing.keys import YEARS, issue_own_key
from thidua.issuing.signing import Signing, sign_with_own_key
from thidua.models import Account

PIN = "246810"
BEGAN = datetime(2018, 9, 3, 1, 0, tzinfo=UTC)
SIGNERS = ("truong-doan", "thu-ky", "don-vi")


def give_keys(accounts: dict[str, Account], now: datetime) -> dict[str, int]:
    """Username -> key. They stand since the first of the demo's years; the office has the organisation's, too."""
    years = now.year - BEGAN.year + YEARS
    by = accounts["quan-tri"].name
    keys = {one: issue_own_key(accounts[one].id, PIN, by_name=by, at=BEGAN, years=years) for one in SIGNERS}
    return keys | {"": issue_own_key(None, PIN, by_name=by, at=BEGAN, years=years)}


def sign_paper(paper_id: int, part: str, account: Account, key_id: int, tick: dict[str, object]) -> None:
    """As if the person had typed the PIN at that moment."""
    signing = Signing(paper_id, part, account.actor, key_id, str(tick["op_id"]), "127.0.0.1", "Bản trình diễn")
    sign_with_own_key(signing, PIN, at=lambda: tick["at"])  # type: ignore[arg-type, return-value]

"""Who may do what: one table, used by every route, template and API.

A person has one global role and, towards a checklist session, perhaps a part: head, secretary or member of its team,
or the inspected unit. What one may do in a session follows from the part, never from the global role.

Who entered by a room's number is in that checklist session only, with the part alone: whatever the account may do
elsewhere, and what stands in the minutes for good, needs the password.
"""

from dataclasses import dataclass

from thidua.models.actor import Actor
from thidua.rules.errors import NotAllowed

ADMINISTRATOR, STAFF, INSPECTOR, UNIT = "administrator", "staff", "inspector", "unit"
HEAD, SECRETARY, MEMBER, INSPECTED = "head", "secretary", "member", "inspected"

OFFICE = frozenset({ADMINISTRATOR, STAFF})
TEAM = frozenset({HEAD, SECRETARY, MEMBER})
EVERYBODY = frozenset({ADMINISTRATOR, STAFF, INSPECTOR, UNIT})

SITE_ACTIONS = {
    "see_units": EVERYBODY,
    "edit_units": OFFICE,
    "see_plans": EVERYBODY,
    "edit_plans": OFFICE,
    "create_checklist_sessions": OFFICE,
    "see_checklists": EVERYBODY,
    "edit_checklists": OFFICE | {INSPECTOR},  # drafts only: the secretary of a team writes them, too
    "publish_checklists": OFFICE,
    "see_readiness": OFFICE | {INSPECTOR},
    "print_reminders": OFFICE,
    "see_reports": OFFICE | {INSPECTOR},
    "edit_office": OFFICE,
    "see_register": OFFICE,
    "edit_register": OFFICE,
    "own_signing_key": EVERYBODY,
    "manage_signing_keys": frozenset({ADMINISTRATOR}),
    "search": EVERYBODY,
    "see_accounts": OFFICE,
    "edit_accounts": frozenset({ADMINISTRATOR}),
}
SESSION_ACTIONS = {
    "see_session": OFFICE | TEAM | {INSPECTED},
    "see_proposals": OFFICE | TEAM,
    "see_board": OFFICE | TEAM,
    "see_projector": OFFICE | TEAM | {INSPECTED},
    "see_history": OFFICE | TEAM,
    "open_session": frozenset({HEAD}),
    "close_session": frozenset({HEAD}),
    "reopen_session": frozenset({HEAD}),
    "propose": TEAM,
    "settle": frozenset({HEAD}),
    "score_self": frozenset({INSPECTED}),
    "show_criterion": frozenset({HEAD, SECRETARY}),
    "record_meeting": frozenset({HEAD, SECRETARY}),
    "record_remarks": TEAM,
    "record_exchanges": TEAM,
    "give_opinion": frozenset({INSPECTED, HEAD, SECRETARY}),
    "withdraw_any": frozenset({HEAD, SECRETARY}),
    "see_conclusion": OFFICE | TEAM | {INSPECTED},
    "write_conclusion": frozenset({HEAD, SECRETARY}),
    "override_grade": frozenset({HEAD}),
    "freeze_minutes": frozenset({HEAD, SECRETARY}),
    "sign_secretary": frozenset({SECRETARY}),
    "sign_unit": frozenset({INSPECTED}),
    "sign_head": frozenset({HEAD}),
    "score_for_others": frozenset({HEAD, SECRETARY}),
    "restore_score": frozenset({HEAD, SECRETARY}),
    "reveal_proposals": frozenset({HEAD}),
    "read_back": frozenset({SECRETARY}),
    "confirm_score": frozenset({MEMBER}),
    "see_evidence": OFFICE | TEAM | {INSPECTED},
    "add_evidence": TEAM | {INSPECTED},
    "announce_total": frozenset({HEAD, SECRETARY}),
    "see_reviews": OFFICE | TEAM | {INSPECTED},
    "review_recommendations": frozenset({HEAD, SECRETARY}),
    "see_room": OFFICE | {HEAD, SECRETARY},
    "prepare_room": OFFICE | {HEAD, SECRETARY},
    "manage_devices": OFFICE | {HEAD, SECRETARY},
    "print_form": OFFICE | TEAM | {INSPECTED},
    "type_in": frozenset({HEAD, SECRETARY}),
    "fill_workbook": TEAM | {INSPECTED},
    "see_preparation": OFFICE | TEAM | {INSPECTED},
    "prepare": frozenset({INSPECTED}),
    "return_preparation": OFFICE | {HEAD, SECRETARY},
    "set_preparation": OFFICE | {HEAD, SECRETARY},
    "see_notice": OFFICE | TEAM | {INSPECTED},
    "edit_minutes": frozenset({HEAD, SECRETARY}),
    "read_aloud": frozenset({HEAD, SECRETARY}),
    "record_objections": frozenset({HEAD, SECRETARY}),
    "set_signers": frozenset({HEAD, SECRETARY}),
    "refuse_signing": frozenset({HEAD, SECRETARY, INSPECTED}),
    "sign_issuer": OFFICE | {HEAD},
    "sign_as_chosen": OFFICE | TEAM | {INSPECTED},  # whom the list of signers names (issuing/finding.py)
    "sign_for_group": TEAM,  # where any deputy may sign
    "seal_paper": OFFICE,
    "attach_scan": OFFICE | {HEAD, SECRETARY},
    "register_paper": OFFICE | {HEAD, SECRETARY},
    "see_papers": OFFICE | TEAM | {INSPECTED},
    "write_addendum": frozenset({HEAD, SECRETARY}),
    "issue_addendum": frozenset({HEAD, SECRETARY}),
    "write_notice": OFFICE | {HEAD, SECRETARY},
    "issue_notice": OFFICE | {HEAD, SECRETARY},
}
ACTIONS = SITE_ACTIONS | SESSION_ACTIONS

# Six digits on a slip are enough to score, not for what cannot be taken back or lets others in. Scores, remarks and the
# conclusion stay open to everybody until the head signs; another rating stands in the minutes as the head's own word.
NEEDS_PASSWORD = {
    "sign_secretary": "ký biên bản",
    "sign_unit": "ký biên bản",
    "sign_head": "ký biên bản",
    "freeze_minutes": "chốt biên bản",
    "override_grade": "xếp loại khác kết quả tính",
    "prepare_room": "làm số vào phòng",
    "set_signers": "chọn người ký",
    "refuse_signing": "từ chối ký",
    "sign_issuer": "ký thông báo",
    "sign_as_chosen": "ký văn bản",
    "sign_for_group": "ký biên bản",
    "seal_paper": "đóng dấu",
    "attach_scan": "đính kèm bản đã ký tay",
    "register_paper": "vào sổ văn bản",
    "issue_addendum": "chốt biên bản bổ sung",
    "issue_notice": "ban hành thông báo",
}
ROOM_ONLY = (
    "Đồng chí vào bằng số vào phòng nên chỉ dùng được buổi kiểm tra này. "
    "Muốn xem phần khác, xin đăng nhập bằng mật khẩu."
)
REFUSED = "Đồng chí không có quyền làm việc này. Nếu thấy chưa đúng, xin báo Trưởng đoàn hoặc cán bộ phụ trách."

ROLE_NAMES = {
    ADMINISTRATOR: "Quản trị",
    STAFF: "Cán bộ",
    INSPECTOR: "Thành viên đoàn khác",
    UNIT: "Đơn vị khác",
    HEAD: "Trưởng đoàn",
    SECRETARY: "Thư ký",
    MEMBER: "Thành viên",
    INSPECTED: "Đơn vị được kiểm tra",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's part in one checklist session; ``part`` is empty for somebody without one."""

    part: str = ""
    label: str = ""
    checklist_session_id: int | None = None


NO_STANDING = Standing()


def standing_in(
    person: Actor, *, team_role: str | None, label: str, unit_id: int, checklist_session_id: int
) -> Standing:
    """The part that follows from the team list or from being the inspected unit."""
    if team_role:
        return Standing(team_role, label, checklist_session_id)
    if person.role == UNIT and person.unit_id == unit_id:
        return Standing(INSPECTED, "Đơn vị", checklist_session_id)
    return Standing(checklist_session_id=checklist_session_id)


def may(action: str, person: Actor | None, standing: Standing = NO_STANDING) -> bool:
    """Whether the table allows it; an unknown action is a programming error (KeyError)."""
    allowed = ACTIONS[action]
    if person is None:
        return False
    if person.only_session_id is None:
        return person.role in allowed or standing.part in allowed
    return action not in NEEDS_PASSWORD and _may_in_room(action, person, standing)


def allow(action: str, person: Actor | None, standing: Standing = NO_STANDING) -> None:
    """Raise ``NotAllowed`` (403) unless the table allows it."""
    if may(action, person, standing):
        return
    if lacks_only_password(action, person, standing):
        raise NotAllowed(f"Xin đăng nhập bằng mật khẩu để {NEEDS_PASSWORD[action]}.")
    if person and person.only_session_id is not None and action in SITE_ACTIONS:
        raise NotAllowed(ROOM_ONLY)
    raise NotAllowed(REFUSED)


def lacks_only_password(action: str, person: Actor | None, standing: Standing) -> bool:
    """Whether this person, in by a room's number, might do it after signing in with the password."""
    is_in_room = person is not None and person.only_session_id is not None
    return is_in_room and action in NEEDS_PASSWORD and _may_in_room(action, person, standing)


def _may_in_room(action: str, person: Actor | None, standing: Standing) -> bool:
    is_here = person is not None and standing.checklist_session_id == person.only_session_id
    return is_here and action in SESSION_ACTIONS and standing.part in SESSION_ACTIONS[action]

"""The versions of a score sheet: listed, published, retired, begun as copies; drafts are thrown away."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.checklists import version_queries as queries
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.models import Checklist
from thidua.models.checklist import DRAFT, STATES
from thidua.models.finders import sheet_of
from thidua.permissions import allow, may
from thidua.rules.sheet_fitness import Obstacle, obstacles


def versions(checklist_id: int) -> ResponseReturnValue:
    """Every version with its dates, who published it, how many half-days use it, and what it changed."""
    checklist = queries.found(checklist_id)
    person = require_person()
    allow("see_checklists", person)
    return render_template(
        "checklists/versions.html",
        checklist=checklist,
        versions=queries.versions_of(checklist),
        states=STATES,
        may=partial(may, person=person),
    )


def publication(draft_id: int) -> ResponseReturnValue:
    """What is asked before a draft is published: what prevents it, what disagrees, what changed."""
    checklist = queries.found(draft_id)
    person = require_person()
    allow("publish_checklists", person)
    if checklist.state != DRAFT:
        flash("Bảng điểm này đã công bố trước đó.", "info")
        return redirect(url_for("checklists.show", checklist_id=draft_id), 303)
    sheet, before = sheet_of(db.session(), draft_id), queries.compared_with(checklist)
    return render_template(
        "checklists/publication.html",
        checklist=checklist,
        sheet=sheet,
        states=STATES,
        obstacles=[(one.sentence, _place_of(one, draft_id)) for one in obstacles(sheet)],
        before=before,
        changes=queries.changes_between(before, checklist) if before else None,
        replaceable=queries.in_use_beside(checklist),
        may=partial(may, person=person),
    )


def publish(draft_id: int) -> ResponseReturnValue:
    """Publish the draft as it was shown (field ``revision``); ``replace`` names the versions retired with it."""
    checklist = queries.for_change(draft_id)
    person = require_person()
    allow("publish_checklists", person)
    replaced = set(request.form.getlist("replace", type=int))
    checklist.require_draft(request.form.get("revision", -1, type=int))
    older = [one for one in queries.in_use_beside(checklist) if one.id in replaced]
    checklist.publish(by=person, at=now(), replacing=older)
    db.session.commit()
    flash(
        f"Đã công bố “{checklist.name}”, bản {checklist.version}. Từ nay kế hoạch chọn được bảng điểm này.", "success"
    )
    return redirect(url_for("checklists.show", checklist_id=draft_id), 303)


def retire(checklist_id: int) -> ResponseReturnValue:
    """No new half-day begins with it."""
    checklist = queries.for_change(checklist_id)
    allow("publish_checklists", require_person())
    checklist.retire(at=now())
    return _done(checklist, "đã thôi dùng cho các buổi mới. Các buổi đang có vẫn giữ bảng điểm này.")


def bring_back(checklist_id: int) -> ResponseReturnValue:
    """New half-days may begin with it again."""
    checklist = queries.for_change(checklist_id)
    allow("publish_checklists", require_person())
    checklist.bring_back()
    return _done(checklist, "lại dùng được cho các buổi mới.")


def start_version(checklist_id: int) -> ResponseReturnValue:
    """A new version as a draft; one that is being written already is gone on with."""
    checklist = queries.for_change(checklist_id)
    allow("edit_checklists", require_person())
    begun = queries.draft_beside(checklist)
    if begun is not None:
        db.session.rollback()
        flash(f"Bản {begun.version} đang soạn dở. Xin sửa tiếp bản này, hoặc xóa bản nháp rồi tạo lại.", "info")
        return redirect(url_for("checklists.show", checklist_id=begun.id), 303)
    version = queries.family_of(checklist)[0].version + 1
    draft = checklist.start_new_version(version=version, at=now())
    return _drafted(draft, f"Đã tạo bản {version} giống bản {checklist.version}. Bản {checklist.version} không đổi.")


def copy(checklist_id: int) -> ResponseReturnValue:
    """A sheet of its own that begins with the same rows."""
    checklist = queries.for_change(checklist_id)
    allow("edit_checklists", require_person())
    name = f"{checklist.name[:280]} (bản sao)"
    return _drafted(checklist.copy_as_new_sheet(name=name, at=now()), f"Đã tạo bảng điểm mới “{name}”.")


def dispose(draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    checklist = queries.for_change(draft_id)
    allow("edit_checklists", require_person())
    name = f"bản nháp “{checklist.name}”, bản {checklist.version}"
    queries.throw_away(checklist)
    db.session.commit()
    flash(f"Đã xóa {name}.", "success")
    return redirect(url_for("checklists.index"), 303)


def _done(checklist: Checklist, told: str) -> ResponseReturnValue:
    db.session.commit()
    flash(f"“{checklist.name}”, bản {checklist.version}: {told}", "success")
    return redirect(url_for("checklists.versions", checklist_id=checklist.id), 303)


def _drafted(draft: Checklist, told: str) -> ResponseReturnValue:
    db.session.add(draft)
    db.session.commit()
    flash(told, "success")
    return redirect(url_for("checklists.design", draft_id=draft.id), 303)


def _place_of(obstacle: Obstacle, draft_id: int) -> str:
    """Where in the designer it is mended."""
    if obstacle.criterion_id is not None:
        return url_for("checklists.edit_criterion", draft_id=draft_id, draft_criterion_id=obstacle.criterion_id)
    return url_for(SPOTS[obstacle.spot], draft_id=draft_id)


SPOTS = {"settings": "checklists.design_settings", "outline": "checklists.design", "gates": "checklists.design_ratings"}

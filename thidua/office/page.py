"""The page of the office's settings, and the one row behind it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.doors.files import FileProblem
from thidua.doors.word import NAMES, fill_template, names_in
from thidua.extensions import begin_writing, db, wait_for_turn
from thidua.issuing.storing import file_store
from thidua.models.office_settings import OfficeSettings
from thidua.office.forms import HINTS, PARTS, WIDTHS, OfficeForm
from thidua.office.sample import KINDS, sample_document
from thidua.office.typed import office_from, typed_of


def settings_page(
    *, form: OfficeForm | None = None, faults: tuple[str, ...] = (), conflict: str = "", status: int = 200
) -> ResponseReturnValue:
    """The page with what was typed, or with what is set."""
    settings = settings_now()
    form = form or OfficeForm(formdata=None, data=typed_of(settings.office) | {"base_version": str(settings.version)})
    html = render_template(
        "office/settings.html",
        form=form,
        parts=PARTS,
        hints=HINTS,
        widths=WIDTHS,
        settings=settings,
        conflict=conflict,
        document=sample_document(office_from(form.data)),
        kinds=KINDS,
        template_fault=stored_template_fault(settings),
        faults=faults,
        names=NAMES,
    )
    return html, status


def settings_now() -> OfficeSettings:
    """What is set, or a blank of it."""
    return db.session.scalar(select(OfficeSettings).limit(1)) or OfficeSettings.blank()


def settings_for_change() -> OfficeSettings:
    """The same inside a writing transaction; nobody else changes it meanwhile."""
    begin_writing()
    wait_for_turn("office settings")
    found = db.session.scalar(select(OfficeSettings).limit(1).execution_options(populate_existing=True))
    if found is None:
        found = OfficeSettings.blank()
        db.session.add(found)
    return found


def stored_template_fault(stored: OfficeSettings) -> str:
    """Why the office's own template cannot be used any more; "" while it can, or there is none."""
    if not stored.word_template:
        return ""
    try:
        content = file_store().get(stored.word_template)
        fill_template(sample_document(stored.office), content, asked=names_in(content))
    except FileProblem as problem:
        return str(problem)
    except Exception:  # whatever a template makes a library throw
        return "Mẫu riêng không dựng thành văn bản được nữa."
    return ""

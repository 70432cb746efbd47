"""``flask import-checklist FILE.{xlsx,docx,json} [--name N] [--draft]``: a sheet out of a file, whole or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from thidua.checklists.import_reading import LARGEST, Asking, read_file
from thidua.extensions import begin_writing, db
from thidua.models import Checklist
from thidua.rules.errors import Refusal, Refused
from thidua.rules.legacy_encodings import ENCODINGS
from thidua.rules.points import format_points
from thidua.rules.sheet import Sheet
from thidua.rules.sheet_reading.correcting import correct_head
from thidua.rules.sheet_reading.nesting import sheet_of
from thidua.rules.sheet_reading.values import Reading

TOO_BIG = "Tệp lớn quá 10 MB. Chưa có gì được ghi."
NOTHING_WRITTEN = "Chưa có gì được ghi."


@click.command("import-checklist")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", default="", help="Tên bảng điểm; không ghi thì lấy tên trong tệp.")
@click.option("--draft", is_flag=True, help="Lưu thành bản nháp, cả khi còn chỗ chưa chắc.")
@click.option("--convert/--keep", "is_converted", default=None, help="Chuyển bảng mã cũ sang Unicode, hoặc giữ nguyên.")
@with_appcontext
def command(file: Path, name: str, draft: bool, is_converted: bool | None) -> None:
    """Nhập một bảng điểm từ tệp Excel, Word hoặc JSON rồi công bố."""
    try:
        reading = _read(file, name, is_converted)
        _tell(reading)
        if reading.open_doubts and not draft:
            raise click.ClickException(
                f"Còn {len(reading.open_doubts)} chỗ chưa chắc. {NOTHING_WRITTEN} "
                "Xin sửa trong tệp, hoặc thêm --draft để lưu thành bản nháp rồi sửa trên máy."
            )
        checklist = save(sheet_of(reading), is_draft=draft)
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(f"{refusal.message} {NOTHING_WRITTEN}") from refusal
    leaves = sum(not criterion.is_section for criterion in checklist.sheet.all)
    state = "bản nháp" if draft else "bảng điểm đã công bố"
    total = format_points(checklist.declared_max)
    click.echo(f"Đã lưu {state} số {checklist.id} “{checklist.name}”: {leaves} tiêu chí, tổng {total} điểm.")


def save(sheet: Sheet, *, is_draft: bool) -> Checklist:
    """The checklist in one transaction, published unless it is to stay a draft. Raises a Refusal."""
    if not is_draft and not sheet.leaves:
        raise Refused("Bảng không có tiêu chí nào để chấm nên chưa công bố được.")
    at = datetime.now(UTC)
    begin_writing()
    made = Checklist.from_sheet(sheet, at=at)
    db.session.add(made)
    db.session.flush()
    whole = select(Checklist).where(Checklist.id == made.id).options(selectinload(Checklist.criteria))
    checklist = db.session.scalars(whole).one()
    if not is_draft:
        checklist.publish(at=at)
    db.session.commit()
    return checklist


def _read(file: Path, name: str, is_converted: bool | None) -> Reading:
    if file.stat().st_size > LARGEST:
        raise click.ClickException(TOO_BIG)
    found = read_file(file.read_bytes(), file.name, is_converted=is_converted)
    if isinstance(found, Asking):
        for before, after in found.samples:
            click.echo(f"  {before}  →  {after}", err=True)
        raise click.ClickException(
            f"Chữ trong tệp viết bằng bảng mã cũ {ENCODINGS.get(found.encoding, found.encoding)}. {NOTHING_WRITTEN} "
            "Xin thêm --convert để chuyển sang Unicode, hoặc --keep để giữ nguyên."
        )
    return correct_head(found, {"name": name}) if name else found


def _tell(reading: Reading) -> None:
    """Every doubt with its cell, and what was left out."""
    for doubt in reading.open_doubts:
        read = f" Đã đọc là: {doubt.read}." if doubt.read else ""
        click.echo(f"? {doubt.at}: {doubt.why}.{read}", err=True)
    for one in reading.skipped:
        click.echo(f"- {one.at}: {one.text} ({one.reason})", err=True)

"""``flask export-checklist ID FILE.{xlsx,json}``: a score sheet as a workbook or, by the file's ending, as JSON."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from thidua.doors.workbook import render_workbook
from thidua.extensions import db
from thidua.models import Checklist
from thidua.models.finders import sheet_of
from thidua.rules.score_book import BookFacts, Marks, compose_score_book, fingerprint
from thidua.rules.sheet_json import sheet_to_json


@click.command("export-checklist")
@click.argument("checklist_id", metavar="ID", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@with_appcontext
def command(checklist_id: int, file: Path, force: bool) -> None:
    """Xuất bảng điểm ra tệp Excel (.xlsx) hoặc JSON (.json)."""
    ending = file.suffix.lower()
    if ending not in (".xlsx", ".json"):
        raise click.ClickException(f"Tên tệp phải kết thúc bằng .xlsx hoặc .json, không phải “{file.name}”.")
    content, name = _content(checklist_id, ending)
    _write(file, content, force=force)
    click.echo(f"Đã xuất bảng điểm “{name}” ra {file} ({len(content)} byte).")


def _content(checklist_id: int, ending: str) -> tuple[bytes, str]:
    checklist = db.session.get(Checklist, checklist_id)
    if checklist is None:
        raise click.ClickException(f"Không có bảng điểm số {checklist_id}. Mã số đứng trên địa chỉ trang của bảng.")
    sheet = sheet_of(db.session(), checklist_id)
    db.session.rollback()
    if ending == ".json":
        return sheet_to_json(sheet).encode(), checklist.name
    facts = BookFacts(Marks(checklist.id, checklist.version, fingerprint(sheet)))
    return render_workbook(compose_score_book(facts, sheet)), checklist.name


def _write(file: Path, content: bytes, *, force: bool) -> None:
    try:
        with file.open("wb" if force else "xb") as opened:
            opened.write(content)
    except FileExistsError:
        raise click.ClickException(f"Tệp {file} đã có, chưa ghi gì. Muốn ghi đè, xin thêm --force.") from None
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp {file}: {error.strerror}. Xin chọn chỗ khác.") from error

"""``flask check`` of the office's settings: its own Word template is still in the store, byte for byte."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.doors.files import FileProblem, FileStore
from thidua.models.office_settings import OfficeSettings


def office_damages(session: Session, store: FileStore) -> Iterator[str]:
    """A sentence when the template is missing or was changed."""
    for settings in session.scalars(select(OfficeSettings).where(OfficeSettings.word_template != "")):
        try:
            store.get(settings.word_template)
        except FileProblem as problem:
            yield f"Mẫu Word của văn phòng “{settings.word_template_name}”: {problem}"

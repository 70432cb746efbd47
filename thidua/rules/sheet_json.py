"""A score sheet as a JSON file: read back it is the same sheet, to the last field."""

import json

from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import Sheet
from thidua.rules.sheet_plain import sheet_from_plain, to_plain

MEDIA_TYPE = "application/json"


def sheet_to_json(sheet: Sheet) -> str:
    """Always the same text for the same sheet; for people's eyes too."""
    return json.dumps(to_plain(sheet), ensure_ascii=False, indent=2) + "\n"


def sheet_from_json(text: str) -> Sheet:
    """The inverse; also reads the short shape of the published sheets. Raises InvalidEntry with what is wrong."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidEntry("Tệp JSON không đọc được: nội dung bị hỏng hoặc không phải JSON.") from error
    return sheet_from_plain(plain)

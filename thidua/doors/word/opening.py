"""A Word template at the door: within bounds, without programs, without anything fetched from elsewhere.

The bounds are those of evidence and imported tables, smaller: a template is a page or two.
"""

from collections.abc import Iterator

from thidua.doors.office.package import WORD, BadPackage, Fault, Limits, Package, open_package
from thidua.doors.office.xml_parts import Walker, attribute, walk
from thidua.doors.sniffing import kind_of

MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
LIMITS = Limits(parts=300, unpacked=20 * MEGABYTE, ratio=100)
LARGEST_TEXT = 3 * MEGABYTE  # of a part with text, unpacked

_SAVE_AGAIN = "Xin mở bằng Word, chọn Lưu thành (Save As) kiểu .docx rồi gửi lại."
NOT_WORD = f"Tệp này không phải là văn bản Word (.docx). {_SAVE_AGAIN}"
OLD = f"Tệp Word kiểu cũ (.doc) không dùng làm mẫu được. {_SAVE_AGAIN}"
TOO_BIG = "Mẫu lớn quá 5 MB. Xin bỏ bớt hình ảnh trong mẫu rồi gửi lại."
_FAULTS = {
    Fault.NOT_WHOLE: f"Tệp này bị hỏng hoặc tải chưa hết. {_SAVE_AGAIN}",
    Fault.NOT_OFFICE: NOT_WORD,
    Fault.TOO_LARGE: "Tệp này phình quá lớn khi mở ra nên không nhận. Xin làm mẫu từ một văn bản ngắn.",
    Fault.LOCKED: "Tệp này có mật khẩu. Xin mở bằng Word, bỏ mật khẩu, lưu lại rồi gửi lại.",
    Fault.MACROS: f"Tệp này có macro (chương trình chạy kèm) nên không nhận. {_SAVE_AGAIN}",
}
_CARRIED = {
    "word/embeddings/": "Trong mẫu có tệp khác được nhúng vào (Excel, PDF…). Xin xóa đi rồi gửi lại.",
    "word/activex/": "Trong mẫu có nút bấm, ô nhập chạy chương trình (ActiveX). Xin xóa đi rồi gửi lại.",
    "customui/": "Trong mẫu có phần thay đổi thanh công cụ của Word. Xin lưu lại thành .docx thường rồi gửi lại.",
}
_CORRECTIONS = ("ins", "del", "moveFrom", "moveTo")
_FETCHING = ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE", "EMBED", "MACROBUTTON")


class NotATemplate(Exception):
    """``sentence`` says why the file is not taken at all."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def require_safe(content: bytes) -> None:
    """Raises ``NotATemplate`` for anything but a whole Word file that carries words, pictures and nothing else."""
    if len(content) > LARGEST:
        raise NotATemplate(TOO_BIG)
    if kind_of(content) == "old office":
        raise NotATemplate(OLD)
    if kind_of(content) != "zip":
        raise NotATemplate(NOT_WORD)
    try:
        with open_package(content, LIMITS) as package:
            if package.media_type != WORD:
                raise NotATemplate(NOT_WORD)
            package.require_whole()
            _require_own(package)
    except BadPackage as bad:
        raise NotATemplate(_FAULTS[bad.fault]) from None


def _require_own(package: Package) -> None:
    for name in package.names:
        for folder, sentence in _CARRIED.items():
            if name.startswith(folder):
                raise NotATemplate(sentence)
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            walk(_Looking(is_relations=name.endswith(".rels")), _bounded(package, name))


def _bounded(package: Package, name: str) -> Iterator[bytes]:
    read = 0
    for chunk in package.chunks(name):
        read += len(chunk)
        if read > LARGEST_TEXT:
            raise BadPackage(Fault.TOO_LARGE)
        yield chunk


class _Looking(Walker):
    """Refuses links to the outside, fields that fetch, pieces of other files, and corrections not yet accepted."""

    def __init__(self, *, is_relations: bool) -> None:
        super().__init__()
        self._is_relations = is_relations
        self._code: list[str] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if self._is_relations and name == "Relationship":
            _require_inside(attributes)
        elif name == "altChunk":
            raise NotATemplate("Trong mẫu có phần lấy từ tệp khác (altChunk). Xin chép hẳn nội dung vào rồi gửi lại.")
        elif name in _CORRECTIONS and self.inside and self.inside[-1] in ("p", "body", "tc", "hyperlink"):
            raise NotATemplate(
                "Mẫu còn dấu sửa chưa chấp nhận (Track Changes). Xin vào Review, chọn Accept All, lưu lại rồi gửi lại."
            )
        elif name == "fldSimple":
            _require_harmless(attribute(attributes, "instr") or "")

    def text(self, text: str) -> None:
        if self.inside and self.inside[-1] == "instrText":
            self._code.append(text)

    def closed(self, name: str) -> None:
        if name == "p" and self._code:
            _require_harmless("".join(self._code))
            self._code.clear()


def _require_inside(attributes: dict[str, str]) -> None:
    if (attribute(attributes, "TargetMode") or "").lower() == "external":
        target = (attribute(attributes, "Target") or "")[:120]
        raise NotATemplate(
            f"Trong mẫu có liên kết ra ngoài: “{target}”. Xin bỏ liên kết (hình ảnh thì chèn hẳn vào) rồi gửi lại."
        )


def _require_harmless(code: str) -> None:
    words = code.replace("\\", " ").upper().split()
    if bad := next((word for word in words if word in _FETCHING), ""):
        raise NotATemplate(f"Trong mẫu có trường “{bad}” lấy nội dung từ nơi khác. Xin bỏ trường này rồi gửi lại.")

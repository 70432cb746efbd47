"""What the office may write into its Word template: the names that are filled in, and what each of them holds.

The names are Vietnamese, without accents, for whoever edits the template in Word.
"""

from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """What a name holds. A ``BLOCK`` is finished paragraphs and tables; it stands in a paragraph of its own."""

    VALUE = "chữ"
    LINES = "danh sách dòng chữ"
    PLACES = "danh sách chỗ ký"
    PLACE = "chỗ ký"
    LOOP = "vòng lặp"
    BLOCK = "khối"


@dataclass(frozen=True, slots=True)
class Name:
    """One name with what it stands for; ``needed`` when a template without it would lose a part of the paper."""

    name: str
    shape: Shape
    words: str
    needed: bool = False

    @property
    def written(self) -> str:
        """As it is typed in Word."""
        if self.shape in (Shape.LINES, Shape.PLACES):
            return f"{{%p for dong in {self.name} %}} … {{%p endfor %}}"
        return f"{{{{p {self.name} }}}}" if self.shape is Shape.BLOCK else f"{{{{ {self.name} }}}}"


NAMES = (
    Name("co_quan_chu_quan", Shape.VALUE, "Cơ quan cấp trên; không có thì bỏ trống"),
    Name("co_quan", Shape.LINES, "Tên cơ quan ban hành, từng dòng", needed=True),
    Name("so", Shape.VALUE, "Dòng số văn bản, ví dụ “Số: 15/BB-HTS”", needed=True),
    Name("dia_danh_ngay", Shape.VALUE, "Địa danh, ngày tháng năm; biên bản không có dòng này"),
    Name("loai_van_ban", Shape.VALUE, "Tên loại văn bản, ví dụ “BIÊN BẢN”", needed=True),
    Name("trich_yeu", Shape.VALUE, "Trích yếu dưới tên loại", needed=True),
    Name("noi_dung", Shape.BLOCK, "Toàn bộ nội dung, cả bảng điểm; đứng riêng một đoạn", needed=True),
    Name("chu_ky", Shape.BLOCK, "Lời kết, các chỗ ký và nơi nhận; đứng riêng một đoạn"),
    Name("cho_ky", Shape.PLACES, "Từng chỗ ký, khi không dùng chu_ky: dong.tham_quyen, dong.chuc_vu, dong.ghi_chu, "
         "dong.ho_ten"),
    Name("loi_ket", Shape.LINES, "Lời kết, khi muốn đặt riêng khỏi chu_ky"),
    Name("noi_nhan", Shape.LINES, "Nơi nhận, khi muốn đặt riêng khỏi chu_ky"),
    Name("danh_dau", Shape.VALUE, "“DỰ THẢO”, hoặc “BẢN SAO ĐỂ SOẠN THẢO” khi biên bản đã chốt", needed=True),
    Name("chan_trang", Shape.VALUE, "Số và mã văn bản, để ở chân trang"),
)  # fmt: skip
SHAPES = {one.name: one.shape for one in NAMES}
PLACE_FIELDS = ("tham_quyen", "chuc_vu", "ghi_chu", "ho_ten")
LOOP_FIELDS = ("first", "last", "index")
FILTERS = ("upper", "lower", "capitalize")
ELEMENTS = {Shape.LINES: Shape.VALUE, Shape.PLACES: Shape.PLACE}
FIELDS = {Shape.PLACE: PLACE_FIELDS, Shape.LOOP: LOOP_FIELDS}

"""Score sheets as people lay them out; what is expected was written down by hand, row by row."""

from tests.rules.sheet_reading.grids import doubts, grid, outline, read, reasons
from thidua.rules.sheet import Band, Cluster
from thidua.rules.sheet_reading.cells import Cell, Grid
from thidua.rules.sheet_reading.reading import read_tables


def test_roman_sections_with_numbers_below_and_a_column_of_maxima():
    reading = read(
        ["I", "Công tác xây dựng Hội", "40"],
        ["1", "Tổ chức sinh hoạt", "25"],
        ["2", "Phát triển hội viên", "15"],
        ["II", "Công tác thi đua", "20"],
        ["1", "Phong trào", "12,5"],
        ["2", "Khen thưởng", "7.5"],
        ["", "Tổng cộng", "60"],
    )
    assert outline(reading) == [
        "I Công tác xây dựng Hội [40]",
        "  1 Tổ chức sinh hoạt [25]",
        "  2 Phát triển hội viên [15]",
        "II Công tác thi đua [20]",
        "  1 Phong trào [12,5]",
        "  2 Khen thưởng [7,5]",
    ]
    assert doubts(reading) == []
    assert reading.head.declared_max == 6000
    assert [(total.at, total.points) for total in reading.totals] == [("C8", 6000)]


def test_numbers_and_points_inside_the_text_without_columns_for_them():
    reading = read_tables(
        [
            grid(
                ["Nội dung thi đua", "Đơn vị tự chấm", "Đoàn chấm"],
                ["I. CÔNG TÁC TUYÊN TRUYỀN (30 điểm)", "", ""],
                ["1. Tuyên truyền đến hội viên (tối đa 20 điểm)", "18", ""],
                ["2. Viết tin, bài: 10 điểm", "8", "7"],
                ["II. CÔNG TÁC KHÁC (10đ)", "", ""],
                ["a) Báo cáo (điểm tối đa: 6 điểm)", "6", ""],
                ["b) Hội phí (4 đ)", "4", "4"],
            )
        ]
    )
    assert outline(reading) == [
        "I CÔNG TÁC TUYÊN TRUYỀN [30]",
        "  1 Tuyên truyền đến hội viên [20]",
        "  2 Viết tin, bài [10]",
        "II CÔNG TÁC KHÁC [10]",
        "  a Báo cáo [6]",
        "  b Hội phí [4]",
    ]
    assert [(one.title, one.whose, one.filled) for one in reading.score_columns] == [
        ("Đơn vị tự chấm", "self", 4),
        ("Đoàn chấm", "team", 2),
    ]


def test_three_levels_of_dotted_numbers_and_a_ten_that_excel_made_a_one():
    reading = read(
        ["1", "Phần một", "24"],
        ["1.1", "Nhóm một", "13"],
        ["1.1.1", "Tiêu chí a", "3"],
        ["1.1.2", "Tiêu chí b", "10"],
        ["01/02/2025", "Nhóm hai", "11"],
        ["1.2.1", "Tiêu chí c", "11"],
    )
    assert outline(reading) == [
        "1 Phần một [24]",
        "  1.1 Nhóm một [13]",
        "    1.1.1 Tiêu chí a [3]",
        "    1.1.2 Tiêu chí b [10]",
        "  1.2 Nhóm hai [11]",
        "    1.2.1 Tiêu chí c [11]",
    ]
    assert doubts(reading) == [("A6", "number")]


def test_letters_on_top_and_a_letter_i_after_h_is_no_roman_one():
    rows = [[letter, f"Mục {letter.lower()}", "5"] for letter in "ABCDEGHIK"]
    assert [line.split()[0] for line in outline(read(*rows))] == list("ABCDEGHIK")
    assert doubts(read(*rows)) == []
    mixed = read(["A", "Phần", ""], ["I", "Mục", "5"], ["1", "Ý", "5"], ["B", "Phần", ""], ["I", "Mục", "7"])
    assert outline(mixed) == ["A Phần", "  I Mục [5]", "    1 Ý [5]", "B Phần", "  I Mục [7]"]


def test_section_titles_without_numbers_in_bold_merged_rows():
    wide = [
        (Cell("TT", "A1"), Cell("Tiêu chí", "B1"), Cell("Thang điểm", "C1")),
        (Cell("XÂY DỰNG HỘI", "A2", is_bold=True, spans=(1, 3)), *(Cell("", f"{c}2", covered_by="A2") for c in "BC")),
        (Cell("1", "A3"), Cell("Sinh hoạt", "B3"), Cell("10", "C3")),
        (Cell("2", "A4"), Cell("Hội phí", "B4"), Cell("5", "C4")),
        (Cell("THI ĐUA", "A5", is_bold=True, spans=(1, 3)), *(Cell("", f"{c}5", covered_by="A5") for c in "BC")),
        (Cell("3", "A6"), Cell("Phong trào", "B6"), Cell("5", "C6")),
    ]
    assert outline(read_tables([Grid("Trang 1", tuple(wide))])) == [
        "I XÂY DỰNG HỘI",
        "  1 Sinh hoạt [10]",
        "  2 Hội phí [5]",
        "II THI ĐUA",
        "  3 Phong trào [5]",
    ]


def test_titles_in_two_rows_their_numbering_and_the_titles_of_every_page_are_told_and_left_out():
    merged = [
        (
            Cell("STT", "A1", spans=(2, 1)),
            Cell("Nội dung đánh giá", "B1", spans=(2, 1)),
            Cell("Điểm", "C1", spans=(1, 3)),
            Cell("", "D1", covered_by="C1"),
            Cell("", "E1", covered_by="C1"),
        ),
        (
            Cell("", "A2", covered_by="A1"),
            Cell("", "B2", covered_by="B1"),
            Cell("Chuẩn", "C2"),
            Cell("Tự chấm", "D2"),
            Cell("Thẩm định", "E2"),
        ),
        tuple(Cell(f"({place})", f"{letter}3") for place, letter in enumerate("ABCDE", start=1)),
        (Cell("1", "A4"), Cell("Sinh hoạt", "B4"), Cell("10", "C4"), Cell("9", "D4"), Cell("8", "E4")),
        tuple(
            Cell(text, f"{c}5") for c, text in zip("ABCDE", ("STT", "Nội dung đánh giá", "Điểm", "", ""), strict=True)
        ),
        tuple(Cell(text, f"{c}6") for c, text in zip("ABCDE", ("", "", "Chuẩn", "Tự chấm", "Thẩm định"), strict=True)),
        (Cell("2", "A7"), Cell("Hội phí", "B7"), Cell("5", "C7"), Cell("5", "D7"), Cell("5", "E7")),
    ]
    reading = read_tables([Grid("Trang 1", tuple(merged))])
    assert outline(reading) == ["1 Sinh hoạt [10]", "2 Hội phí [5]"]
    assert reasons(reading) == {"A3": "Hàng đánh số cột", "A5": "Hàng tiêu đề lặp lại", "C6": "Hàng tiêu đề lặp lại"}
    assert [one.whose for one in reading.score_columns] == ["self", "team"]


def test_levels_in_a_cell_in_rows_below_and_in_columns_of_their_own():
    reading = read_tables(
        [
            grid(
                ["TT", "Tiêu chí", "Điểm tối đa", "Cách chấm"],
                ["1", "Kết quả", "10", "Tốt: 10đ; Khá: 8đ; Đạt: 5đ; Chưa đạt: 0đ"],
                ["2", "Báo cáo", "8", "8 điểm: Đủ, đúng hạn\n4 điểm: Đủ, chậm hạn\n0 điểm: Không báo cáo"],
                ["3", "Sinh hoạt", "6", ""],
                ["", "- Đầy đủ", "6", ""],
                ["", "- Thiếu một kỳ", "3", ""],
                ["", "- Không họp", "0", ""],
                ["4", "Học lại", "5", "Xuất sắc: 5; Khá: 3; Phải học lại: -1"],
            )
        ]
    )
    assert outline(reading) == [
        "1 Kết quả [10] Tốt 10/Khá 8/Đạt 5/Chưa đạt 0",
        "2 Báo cáo [8] Đủ, đúng hạn 8/Đủ, chậm hạn 4/Không báo cáo 0",
        "3 Sinh hoạt [6] Đầy đủ 6/Thiếu một kỳ 3/Không họp 0",
        "4 Học lại [5] Xuất sắc 5/Khá 3/Phải học lại -1",
    ]
    assert doubts(reading) == []
    columns = read_tables(
        [
            grid(
                ["TT", "Nội dung", "Mức điểm", "", "", "Ghi chú"],
                ["", "", "Tốt", "Khá", "Trung bình", ""],
                ["1", "Nền nếp", "10", "8", "5", ""],
                ["2", "Hồ sơ", "6", "4", "0", "Xem sổ"],
            )
        ]
    )
    assert outline(columns) == ["1 Nền nếp [10] Tốt 10/Khá 8/Trung bình 5", "2 Hồ sơ [6] Tốt 6/Khá 4/Trung bình 0"]
    assert columns.rows[1].criterion.guidance == "Ghi chú: Xem sổ"


def test_a_merged_criterion_with_its_levels_in_the_rows_beside_it():
    rows = [
        (Cell("TT", "A1"), Cell("Nội dung", "B1"), Cell("Hướng dẫn", "C1"), Cell("Điểm", "D1")),
        (Cell("1", "A2", spans=(3, 1)), Cell("Chế độ họp", "B2", spans=(3, 1)), Cell("Tốt", "C2"), Cell("10", "D2")),
        (Cell("", "A3", covered_by="A2"), Cell("", "B3", covered_by="B2"), Cell("Khá", "C3"), Cell("7", "D3")),
        (Cell("", "A4", covered_by="A2"), Cell("", "B4", covered_by="B2"), Cell("Kém", "C4"), Cell("0", "D4")),
        (Cell("2", "A5", spans=(2, 1)), Cell("Hồ sơ", "B5", spans=(2, 1)), Cell("Có sổ họp", "C5"), Cell("3", "D5")),
        (Cell("", "A6", covered_by="A5"), Cell("", "B6", covered_by="B5"), Cell("Có sổ quỹ", "C6"), Cell("2", "D6")),
    ]
    reading = read_tables([Grid("Trang 1", tuple(rows))])
    assert outline(reading) == ["1 Chế độ họp [10] Tốt 10/Khá 7/Kém 0", "2 Hồ sơ [5]"]
    assert reading.rows[1].criterion.guidance == "Có sổ họp: 3 điểm\nCó sổ quỹ: 2 điểm"
    assert doubts(reading) == [("D5", "maximum")]


def test_points_merged_over_several_rows_make_one_criterion_and_a_doubt():
    rows = [
        (Cell("TT", "A1"), Cell("Nội dung", "B1"), Cell("Điểm tối đa", "C1")),
        (Cell("1", "A2"), Cell("Có kế hoạch", "B2"), Cell("10", "C2", spans=(2, 1))),
        (Cell("2", "A3"), Cell("Có sơ kết", "B3"), Cell("", "C3", covered_by="C2")),
        (Cell("3", "A4"), Cell("Có tổng kết", "B4"), Cell("5", "C4")),
    ]
    reading = read_tables([Grid("Trang 1", tuple(rows))])
    assert ("C2", "maximum") in doubts(reading)
    assert reading.rows[0].criterion.maximum == 1000


def test_deductions_bonus_and_penalties():
    reading = read_tables(
        [
            grid(
                ["TT", "Nội dung", "Điểm", "Hướng dẫn chấm"],
                ["I", "Nền nếp", "20", ""],
                ["1", "Giờ giấc", "12", "Đi muộn: trừ 0,5đ/lần; nghỉ không phép: trừ 2đ/buổi"],
                ["2", "Họp Hội", "8", "Vắng họp: trừ 1 điểm/lần"],
                ["II", "Điểm thưởng (tối đa 10 điểm)", "", ""],
                ["1", "Sáng kiến", "2 điểm/sáng kiến", ""],
                ["2", "Bài báo", "+3", ""],
                ["III", "Điểm trừ", "", ""],
                ["1", "Nộp báo cáo muộn", "-2", ""],
                ["2", "Đơn thư vượt cấp", "", "Mỗi vụ trừ 5 điểm"],
            )
        ]
    )
    assert outline(reading) == [
        "I Nền nếp [20]",
        "  1 Giờ giấc [12]",
        "  2 Họp Hội [8] x -1",
        "II Điểm thưởng [+10]",
        "  1 Sáng kiến x 2",
        "  2 Bài báo [+3]",
        "III Điểm trừ [trừ]",
        "  1 Nộp báo cáo muộn [-2]",
        "  2 Đơn thư vượt cấp [trừ] x -5",
    ]
    bonus = reading.row(4).criterion
    assert (bonus.kind, bonus.polarity, bonus.cap) == ("section", "bonus", 1000)
    assert doubts(reading) == [("B4", "kind")]
    assert reading.head.declared_max == 2000


def test_columns_of_bonus_and_penalty_points():
    reading = read_tables(
        [
            grid(
                ["TT", "Nội dung", "Điểm chuẩn", "Điểm cộng", "Điểm trừ"],
                ["1", "Công tác thường xuyên", "50", "", ""],
                ["2", "Có mô hình mới", "", "5", ""],
                ["3", "Để mất đoàn kết", "", "", "10"],
            )
        ]
    )
    assert outline(reading) == ["1 Công tác thường xuyên [50]", "2 Có mô hình mới [+5]", "3 Để mất đoàn kết [-10]"]


def test_decomposed_letters_no_break_spaces_and_empty_rows_by_the_thousand():
    import unicodedata

    spaced = [["1.\u00a0", "Công\u00a0tác  Hội\u200b", "8,5\u00a0"], ["2.", "Thi đua\u00ad", " 5 điểm "]]
    rows = [[unicodedata.normalize("NFD", text) for text in row] for row in spaced]
    titles = [unicodedata.normalize("NFD", text) for text in ("TT", "Nội dung", "Điểm tối đa")]
    blank = [["", " ", "\u00a0"]] * 5000
    reading = read_tables([grid(titles, rows[0], *blank, rows[1], *blank)])
    assert outline(reading) == ["1 Công tác Hội [8,5]", "2 Thi đua [5]"]
    assert reading.rows[1].at == "B5003"
    assert reading.skipped == () and doubts(reading) == []


def test_totals_of_sections_and_of_all_are_compared_and_are_no_criteria():
    reading = read(
        ["I", "Phần một", ""],
        ["1", "Ý", "10"],
        ["2", "Ý khác", "5"],
        ["", "Cộng mục I", "15"],
        ["II", "Phần hai", ""],
        ["1", "Ý", "10"],
        ["", "Cộng mục II:", "12"],
        ["", "TỔNG SỐ ĐIỂM (I+II)", "27"],
    )
    assert [line.strip() for line in outline(reading)] == [
        "I Phần một",
        "1 Ý [10]",
        "2 Ý khác [5]",
        "II Phần hai",
        "1 Ý [10]",
    ]
    assert [(one.at, one.row) for one in reading.totals] == [("C5", 1), ("C8", 4), ("C9", 0)]
    assert doubts(reading) == [("C8", "sum"), ("C9", "declared_max")]
    assert reading.head.declared_max == 2700


def test_bands_notes_and_signatures_below_the_table():
    reading = read(
        ["1", "Công tác Hội", "60"],
        ["2", "Thi đua", "40"],
        ["", "Tổng cộng", "100"],
        ["", "Xếp loại:", ""],
        ["", "- Xuất sắc: từ 90 điểm trở lên", ""],
        ["", "- Tốt: từ 80 đến dưới 90 điểm", ""],
        ["", "- Khá: 65 - 79,75 điểm", ""],
        ["", "- Chưa đạt: dưới 50 điểm", ""],
        ["", "Ghi chú: điểm lẻ đến 0,25", ""],
        ["", "Hà Nội, ngày 10 tháng 12 năm 2025", ""],
        ["", "TM. BAN CHẤP HÀNH", ""],
    )
    assert len(reading.rows) == 2 and doubts(reading) == []
    assert reading.head.bands == (
        Band("Xuất sắc", 9000),
        Band("Tốt", 8000),
        Band("Khá", 6500, 7975),
        Band("Chưa đạt", 0),
    )
    assert reading.head.note == "Ghi chú: điểm lẻ đến 0,25"
    assert reasons(reading)["B11"] == "Chỗ ghi ngày tháng, ký tên"
    assert {f"B{row}" for row in range(5, 13)} == set(reasons(reading))


def test_what_is_doubtful_is_told_with_its_cell_and_its_choices():
    reading = read(
        ["1", "Công tác Hội (15 điểm)", "10"],
        ["3", "Thi đua", "mười"],
        ["x?", "Khen thưởng", "5 - 10"],
        ["4", "Phong trào", ""],
    )
    found = {(doubt.at, doubt.field): doubt for doubt in reading.doubts}
    assert set(found) == {
        ("C2", "maximum"), ("A4", "number"), ("C3", "maximum"), ("C4", "minimum"), ("C5", "maximum"), ("B3", "number"),
    }  # fmt: skip
    assert "15 điểm" in found["C2", "maximum"].why
    assert [choice.label for choice in found["C2", "maximum"].choices] == ["Giữ 10", "Lấy 15"]
    assert "mười" in found["C3", "maximum"].why
    assert all(doubt.choices for doubt in reading.doubts)


def test_a_fourth_level_goes_into_the_guidance_of_the_third():
    reading = read(
        ["A", "Phần", ""],
        ["I", "Mục", "10"],
        ["1", "Tiêu chí", "10"],
        ["a)", "Ý một", "4"],
        ["b)", "Ý hai", "6"],
        ["B", "Phần khác", ""],
        ["I", "Mục", "5"],
    )
    assert outline(reading) == ["A Phần", "  I Mục [10]", "    1 Tiêu chí [10]", "B Phần khác", "  I Mục [5]"]
    assert reading.row(3).criterion.guidance == "a) Ý một: 4 điểm\nb) Ý hai: 6 điểm"
    assert doubts(reading) == [("B5", "depth")]
    assert [row.at for row in reading.rows if not row.is_taken] == ["B5", "B6"]


def test_several_criteria_in_one_cell_each_with_its_points():
    reading = read(["I", "1. Sinh hoạt\n2. Hội phí\n3. Báo cáo", "10\n5\n2,5"])
    assert [line.strip() for line in outline(reading)][-3:] == ["1 Sinh hoạt [10]", "2 Hội phí [5]", "3 Báo cáo [2,5]"]


def test_tables_that_go_on_from_page_to_page_of_a_document_are_one_sheet():
    first = grid(
        ["TT", "Nội dung", "Điểm"],
        ["I", "Phần một", "10"],
        ["1", "Ý", "10"],
        name="Bảng 1",
        before=("BẢNG ĐIỂM THI ĐUA",),
    )
    again = grid(["TT", "Nội dung", "Điểm"], ["II", "Phần hai", "5"], ["1", "Ý", "5"], name="Bảng 2")
    bare = grid(["2", "Ý nữa", "3"], ["", "Tổng cộng", "18"], name="Bảng 3", before=("Trang 3",))
    ratings = grid(
        ["Loại", "Mức điểm"], ["Tốt", "từ 15 điểm trở lên"], ["Khá", "từ 10 đến dưới 15 điểm"], name="Bảng 4"
    )
    reading = read_tables([first, again, bare, ratings], is_document=True)
    assert outline(reading) == ["I Phần một [10]", "  1 Ý [10]", "II Phần hai [5]", "  1 Ý [5]", "  2 Ý nữa [3]"]
    assert reading.head.name == "BẢNG ĐIỂM THI ĐUA"
    assert [band.label for band in reading.head.bands] == ["Tốt", "Khá"]
    assert reasons(reading)["trước Bảng 3"] == "Đoạn văn giữa hai bảng"


def test_sections_that_are_paragraphs_above_their_own_tables():
    titles = ["TT", "Tiêu chí", "Điểm tối đa"]
    reading = read_tables(
        [
            grid(
                titles,
                ["1", "Ý", "6"],
                ["2", "Ý", "4"],
                name="Bảng 1",
                before=("PHIẾU CHẤM ĐIỂM", "I. Công tác Hội (10 điểm)"),
            ),
            grid(titles, ["1", "Ý", "5"], name="Bảng 2", before=("II. Thi đua (5 điểm)",)),
        ],
        is_document=True,
    )
    assert outline(reading) == ["I Công tác Hội [10]", "  1 Ý [6]", "  2 Ý [4]", "II Thi đua [5]", "  1 Ý [5]"]
    assert reading.head.name == "PHIẾU CHẤM ĐIỂM"


def test_sheets_of_a_workbook_are_candidates_of_which_one_is_read():
    titles = ["TT", "Nội dung", "Điểm"]
    short = grid(titles, ["1", "Một", "10"], name="Khối A")
    long = grid(titles, ["1", "Một", "10"], ["2", "Hai", "5"], name="Khối B")
    hidden = grid(titles, *([[str(n), "Ý", "1"] for n in range(1, 9)]), name="Nháp", is_hidden=True)
    words = grid(["Địa chỉ", "Số điện thoại"], ["Hà Nội", "0912"], name="Liên hệ")
    reading = read_tables([short, hidden, words, long])
    assert [one.name for one in reading.candidates] == ["Khối B", "Khối A", "Nháp"]
    assert len(reading.rows) == 2
    assert set(reasons(reading)) == {"Khối A", "Nháp", "Liên hệ"}


def test_a_ranking_of_units_gives_clusters_and_what_is_added():
    reading = read_tables(
        [
            grid(
                ["STT", "Tên quận - huyện", "Điểm", "Xếp hạng"],
                ["I", "Cụm Thi đua 1", "", ""],
                ["1", "Quận 1", "97", "1"],
                ["2", "Quận 3", "", ""],
                ["II", "Cụm Thi đua 2", "", ""],
                ["1", "Quận 4", "", ""],
            )
        ],
        after=["Cờ thi đua xuất sắc của thành phố: cộng 10 điểm", "Cờ thi đua Chính phủ: cộng 15 điểm"],
    )
    assert reading.head.clusters == (
        Cluster("I", "Cụm Thi đua 1", ("Quận 1", "Quận 3")),
        Cluster("II", "Cụm Thi đua 2", ("Quận 4",)),
    )
    assert outline(reading)[0] == "1 Tổng điểm [100]" and doubts(reading) == [("A1", "maximum")]
    assert [(row.criterion.polarity, row.criterion.maximum) for row in reading.rows[1:]] == [
        ("bonus", 1000),
        ("bonus", 1500),
    ]


def test_what_paragraphs_below_the_table_add_stands_below_a_heading_of_its_own():
    titled = grid(["TT", "Nội dung", "Điểm tối đa"], ["1", "Công tác Hội", "60"], ["2", "Thi đua", "40"])
    reading = read_tables([titled], after=["Cờ thi đua Chính phủ: cộng 15 điểm", "Nơi nhận: Văn phòng"])
    assert outline(reading) == [
        "1 Công tác Hội [60]",
        "2 Thi đua [40]",
        "3 Điểm thưởng",
        "  1 Cờ thi đua Chính phủ: cộng 15 điểm [+15]",
    ]
    assert reading.head.declared_max == 10000

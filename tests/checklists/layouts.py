"""Fourteen score sheets as people make them, with what is to be read of each, written down by hand."""

import unicodedata

from tests.checklists.office_files import Layout

PLAIN = Layout(
    rows=[
        ["TT", "Nội dung", "Điểm tối đa"],
        ["I", "Công tác Hội", 20],
        [1, "Sinh hoạt", 12.5],
        [2, "Hội phí", 7.5],
        ["II", "Thi đua", 10],
        [1, "Phong trào", 10],
        ["", "Tổng cộng", 30],
    ],
    expected=[
        "I Công tác Hội [20]",
        "  1 Sinh hoạt [12,5]",
        "  2 Hội phí [7,5]",
        "II Thi đua [10]",
        "  1 Phong trào [10]",
    ],
)
INSIDE_THE_TEXT = Layout(
    rows=[
        ["Nội dung và tiêu chí", "Tự chấm", "Đoàn chấm", "Ghi chú"],
        ["I. Công tác Hội (20 điểm)", "", "", ""],
        ["1. Sinh hoạt (tối đa 12 điểm)", 10, 9, ""],
        ["2. Hội phí: 8 điểm", 8, 8, "Có sổ"],
        ["II. Thi đua (10đ)", "", "", ""],
        ["a) Phong trào (10 đ)", 7.5, "", ""],
    ],
    expected=["I Công tác Hội [20]", "  1 Sinh hoạt [12]", "  2 Hội phí [8]", "II Thi đua [10]", "  a Phong trào [10]"],
)
TITLES_IN_TWO_ROWS = Layout(
    rows=[
        ["BẢNG CHẤM ĐIỂM THI ĐUA NĂM 2025", "", "", "", ""],
        ["STT", "Tiêu chí", "Điểm", "", ""],
        ["", "", "Chuẩn", "Tự chấm", "Đoàn chấm"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["A", "PHẦN CHUNG", 15, "", ""],
        [1, "Kế hoạch", 5, 5, 4],
        [2, "Báo cáo", 10, 8, 8],
        ["STT", "Tiêu chí", "Điểm", "", ""],
        ["", "", "Chuẩn", "Tự chấm", "Đoàn chấm"],
        ["B", "PHẦN RIÊNG", 5, "", ""],
        [1, "Sáng tạo", 5, 5, 5],
    ],
    merges=[(0, 0, 0, 4), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (7, 2, 7, 4)],
    bold=[0, 1, 2, 4, 9],
    expected=["A PHẦN CHUNG [15]", "  1 Kế hoạch [5]", "  2 Báo cáo [10]", "B PHẦN RIÊNG [5]", "  1 Sáng tạo [5]"],
)
MERGED_SECTION_TITLES = Layout(
    rows=[
        ["TT", "Nội dung thi đua", "Thang điểm"],
        ["I. XÂY DỰNG HỘI (12 điểm)", "", ""],
        [1, "Sinh hoạt", "0 - 10"],
        [2, "Hội phí", "2đ"],
        ["II. KHEN THƯỞNG (5 điểm)", "", ""],
        [3, "Hồ sơ", "5 điểm"],
    ],
    merges=[(1, 0, 1, 2), (4, 0, 4, 2)],
    bold=[0, 1, 4],
    expected=["I XÂY DỰNG HỘI [12]", "  1 Sinh hoạt [10]", "  2 Hội phí [2]", "II KHEN THƯỞNG [5]", "  3 Hồ sơ [5]"],
)
DOTTED = Layout(
    rows=[
        ["Mục", "Nội dung", "Điểm chuẩn", "Minh chứng"],
        ["1", "Tổ chức", "", ""],
        ["1.1", "Bộ máy", "", ""],
        ["1.1.1", "Có quyết định", "4", "Quyết định thành lập"],
        ["1.1.2", "Có quy chế", "6", ""],
        ["1.2", "Hoạt động", "", ""],
        ["1.2.1", "Họp định kỳ", "5", "Biên bản họp"],
        ["2", "Kết quả", "", ""],
        ["2.1", "Danh hiệu", "10", ""],
        ["", "Tổng cộng", "25", ""],
    ],
    expected=[
        "1 Tổ chức",
        "  1.1 Bộ máy",
        "    1.1.1 Có quyết định [4]",
        "    1.1.2 Có quy chế [6]",
        "  1.2 Hoạt động",
        "    1.2.1 Họp định kỳ [5]",
        "2 Kết quả",
        "  2.1 Danh hiệu [10]",
    ],
)
LEVELS_BESIDE = Layout(
    rows=[
        ["TT", "Nội dung", "Mức độ đạt", "Điểm"],
        [1, "Chế độ họp", "Tốt", 10],
        ["", "", "Khá", 7],
        ["", "", "Không họp", 0],
        [2, "Hồ sơ lưu", "Đầy đủ: 5 điểm; Thiếu: 3 điểm; Không có: 0 điểm", 5],
    ],
    merges=[(1, 0, 3, 0), (1, 1, 3, 1)],
    expected=["1 Chế độ họp [10] Tốt 10/Khá 7/Không họp 0", "2 Hồ sơ lưu [5] Đầy đủ 5/Thiếu 3/Không có 0"],
)
LEVELS_BELOW = Layout(
    rows=[
        ["TT", "Tiêu chí", "Điểm tối đa"],
        [1, "Thông tin, báo cáo", 8],
        ["", "- Đủ, đúng hạn: 8 điểm", ""],
        ["", "- Đủ, chậm hạn: 4 điểm", ""],
        ["", "- Không báo cáo: 0 điểm", ""],
        [2, "Tuyên truyền", 6],
        ["", "- Có kế hoạch", ""],
        ["", "- Có kết quả", ""],
    ],
    expected=["1 Thông tin, báo cáo [8] Đủ, đúng hạn 8/Đủ, chậm hạn 4/Không báo cáo 0", "2 Tuyên truyền [6]"],
)
BONUS_AND_PENALTY = Layout(
    rows=[
        ["STT", "Nội dung", "Điểm", "Cách tính điểm"],
        ["I", "Nhiệm vụ", 10, ""],
        [1, "Ngày công", 10, "Vắng không phép: trừ 2đ/buổi; đi muộn: trừ 0,5đ/lần"],
        ["II", "Điểm thưởng", 5, ""],
        [1, "Sáng kiến", "2đ/sáng kiến", ""],
        ["III", "Điểm trừ", "", ""],
        [1, "Báo cáo sai", -3, ""],
        [2, "Đơn thư", "", "Mỗi vụ trừ 5 điểm"],
    ],
    expected=[
        "I Nhiệm vụ [10]",
        "  1 Ngày công [10]",
        "II Điểm thưởng [+5]",
        "  1 Sáng kiến x 2",
        "III Điểm trừ [trừ]",
        "  1 Báo cáo sai [-3]",
        "  2 Đơn thư [trừ] x -5",
    ],
)
DECOMPOSED = Layout(
    rows=[
        [unicodedata.normalize("NFD", text) for text in ("TT", "Nội dung", "Điểm tối đa")],
        ["1.\u00a0", unicodedata.normalize("NFD", "Công\u00a0tác  Hội"), "8,5\u00a0điểm"],
        *[["", "\u00a0", ""] for _ in range(60)],
        ["2.", unicodedata.normalize("NFD", "Thưởng kịp thời"), "1,5"],
    ],
    expected=["1 Công tác Hội [8,5]", "2 Thưởng kịp thời [1,5]"],
)
WITH_RATINGS = Layout(
    rows=[["TT", "Tiêu chí", "Điểm tối đa"], [1, "Công tác Hội", 60], [2, "Thi đua", 40], ["", "Cộng", 100]],
    after=[
        "Xếp loại: Xuất sắc: từ 90 điểm trở lên; Khá: từ 70 đến dưới 90 điểm; Yếu: dưới 70 điểm",
        "Ghi chú: Điểm lẻ đến 0,5.",
        "Ngày 10 tháng 12 năm 2025",
    ],
    expected=["1 Công tác Hội [60]", "2 Thi đua [40]"],
)
NO_TITLES = Layout(
    rows=[
        ["I", "Công tác xây dựng tổ chức Hội", 15],
        [1, "Tổ chức sinh hoạt đúng Điều lệ", 10],
        [2, "Thu nộp hội phí đầy đủ", 5],
        ["II", "Công tác thi đua, khen thưởng", 5],
        [1, "Có đăng ký thi đua đầu năm", 5],
    ],
    expected=[
        "I Công tác xây dựng tổ chức Hội [15]",
        "  1 Tổ chức sinh hoạt đúng Điều lệ [10]",
        "  2 Thu nộp hội phí đầy đủ [5]",
        "II Công tác thi đua, khen thưởng [5]",
        "  1 Có đăng ký thi đua đầu năm [5]",
    ],
    doubts=[("A1", "columns")],
)
STACKED = Layout(
    rows=[
        ["TT", "Nội dung", "Điểm tối đa"],
        ["I", "1. Sinh hoạt\n2. Hội phí\n3. Báo cáo", "10\n5\n2,5"],
        ["II", "1. Phong trào\n2. Khen thưởng", "3\n4"],
    ],
    expected=[
        "I …",
        "  1 Sinh hoạt [10]",
        "  2 Hội phí [5]",
        "  3 Báo cáo [2,5]",
        "II …",
        "  1 Phong trào [3]",
        "  2 Khen thưởng [4]",
    ],
    doubts=[("B2", "text"), ("B3", "text")],
)
WITH_DOUBTS = Layout(
    rows=[
        ["TT", "Nội dung", "Điểm tối đa"],
        ["I", "Công tác Hội", 30],
        [1, "Sinh hoạt (15 điểm)", 10],
        [3, "Hội phí", "mười"],
        ["", "Cộng mục I", 20],
    ],
    expected=["I Công tác Hội [30]", "  1 Sinh hoạt (15 điểm) [10]", "  3 Hội phí (ghi nhận xét)"],
    doubts=[("C3", "maximum"), ("C4", "maximum"), ("C5", "sum"), ("B2", "sum"), ("B4", "number")],
)
BY_LEVEL_COLUMNS = Layout(
    rows=[
        ["TT", "Nội dung", "Mức điểm", "", "", "Tự chấm"],
        ["", "", "Tốt", "Khá", "Yếu", ""],
        [1, "Nền nếp", 10, 8, 5, 8],
        [2, "Hồ sơ", 6, 4, 0, 6],
    ],
    merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5)],
    expected=["1 Nền nếp [10] Tốt 10/Khá 8/Yếu 5", "2 Hồ sơ [6] Tốt 6/Khá 4/Yếu 0"],
)
ALL = {name.lower(): one for name, one in list(globals().items()) if isinstance(one, Layout)}

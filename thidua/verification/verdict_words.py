"""What is said of each kind of verdict: a title, and what follows from it."""

GOOD = ("whole", "ink", "scan")
DOUBTFUL = ("waiting", "ink_waiting", "earlier", "gone", "unrecorded", "copy", "no_code")
TONES = dict.fromkeys(GOOD, "ok") | dict.fromkeys(DOUBTFUL, "warn") | {"known": "info"}
"""Whatever else: "bad"."""

ON_RECORD = ("ink", "ink_waiting", "scan", "copy", "known")
"""Verdicts that tell the signatures on record: the file has none, or was not read."""

WORDS = {
    "unknown": (
        "Không phải văn bản nguyên vẹn do Hội phát hành",
        "Hệ thống này chưa phát hành tệp nào giống hệt tệp này. Có thể tệp do nơi khác lập, được in lại, "
        "quét lại, hoặc đã bị sửa.",
    ),
    "unknown_code": (
        "Không có văn bản nào mang mã này",
        "Xin so lại từng ký tự với mã in ở chân trang, hoặc gửi tệp PDF để kiểm tra.",
    ),
    "whole": ("Đúng văn bản do Hội phát hành, không bị thay đổi", "Tệp giống hệt bản đã ký đủ đang lưu."),
    "waiting": (
        "Đúng văn bản do Hội phát hành, nhưng chưa đủ chữ ký",
        "Tệp giống hệt bản đang lưu. Còn chờ chữ ký của {missing}.",
    ),
    "earlier": (
        "Đúng văn bản do Hội phát hành, nhưng chưa phải bản cuối",
        "Tệp không bị thay đổi, nhưng sau đó văn bản còn được ký thêm. Xin lấy bản mới nhất.",
    ),
    "ink": (
        "Đúng bản gốc do Hội phát hành; văn bản này ký tay trên giấy",
        "Tệp giống hệt bản đã in ra để ký. Chữ ký nằm trên bản giấy; Hội lưu {scans} bản quét có chữ ký.",
    ),
    "ink_waiting": (
        "Đúng bản gốc do Hội phát hành, nhưng chưa vào sổ",
        "Tệp giống hệt bản để in ra ký tay. Hội chưa ghi nhận bản giấy nào đã ký.",
    ),
    "scan": (
        "Đúng bản quét có chữ ký mà Hội đang lưu",
        "Tệp giống hệt bản quét đã đính kèm vào hồ sơ của văn bản này.",
    ),
    "doubted": (
        "Tệp đúng như bản đang lưu, nhưng có chữ ký không còn được tin cậy",
        "Xin xem lời giải thích bên cạnh từng chữ ký và hỏi lại Hội trước khi dùng.",
    ),
    "appended": (
        "Đã bị thêm vào sau khi ký",
        "Phần đầu của tệp là văn bản do Hội phát hành, nhưng phần sau đã bị thêm hoặc sửa. "
        "Không dùng tệp này; xin lấy lại bản gốc.",
    ),
    "changed": (
        "Đã bị sửa sau khi ký",
        "Nội dung tệp không còn đúng với chữ ký trong tệp. Không dùng tệp này; xin lấy lại bản gốc.",
    ),
    "added": (
        "Đã bị thêm vào sau khi ký",
        "Phần đã ký còn nguyên, nhưng sau đó tệp bị thêm hoặc sửa. Không dùng tệp này; xin lấy lại bản gốc.",
    ),
    "foreign": (
        "Chữ ký trong tệp không được Hội tin cậy",
        "Tệp có chữ ký số, nhưng không bằng chứng thư mà Hội cấp hoặc công nhận, hoặc chứng thư không có hiệu lực lúc "
        "ký. Không coi đây là văn bản của Hội.",
    ),
    "gone": (
        "Chữ ký của Hội còn nguyên vẹn, nhưng không còn hồ sơ",
        "Tệp do người của Hội ký và không bị thay đổi từ lúc ký. Hệ thống này không còn giữ hồ sơ của văn bản, "
        "nên không biết sau đó có biên bản bổ sung nào không.",
    ),
    "unrecorded": (
        "Chữ ký của Hội còn nguyên vẹn, nhưng bản này không có trong hồ sơ",
        "Tệp do người của Hội ký và không bị thay đổi từ lúc ký, nhưng khác các bản Hội đang lưu. "
        "Xin hỏi lại Hội trước khi dùng.",
    ),
    "copy": (
        "Bản in, bản quét hoặc bản chép; không phải tệp gốc",
        "Mã QR trên trang là mã của văn bản dưới đây. Chương trình chỉ đọc mã, không so được từng chữ: "
        "xin so với bản gốc, hoặc gửi tệp PDF gốc để kiểm tra.",
    ),
    "no_code": (
        "Không đọc được mã QR của Hội trong ảnh này",
        "Xin chụp thẳng, đủ sáng, lấy trọn chân trang có mã QR; hoặc gõ mã văn bản in cạnh đó.",
    ),
    "known": (
        "Có văn bản mang mã này",
        "Xin so số, đơn vị, ngày và chữ ký dưới đây với bản đang cầm. "
        "Muốn biết chắc tệp không bị sửa, xin gửi tệp PDF.",
    ),
}

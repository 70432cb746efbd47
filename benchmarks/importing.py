"""A messy workbook of many criteria from the press of the button to the draft: sent, read with progress, shown, saved.

run.py bench importing [--criteria N] [--times N]
"""

from __future__ import annotations

import argparse
import http.client
import io
import re
import statistics
import time
from urllib.parse import urlencode

from _stand import Reader, Stand, meeting_rooms, milliseconds, report

LIMIT_S = 3.0
BOUNDARY = "thidua-bench"


def workbook(criteria: int) -> bytes:
    """As people have it: a title, titles in two merged rows said again on each page, sections, sums, two scores."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    titles = (["TT", "Nội dung thi đua", "Điểm", "", "", "Ghi chú"], ["", "", "Tối đa", "Tự chấm", "Đoàn chấm", ""])
    sheet.append(["BẢNG CHẤM ĐIỂM THI ĐUA"])
    for row in titles:
        sheet.append(row)
    sheet.merge_cells("C2:E2")
    for place in range(criteria):
        if place % 10 == 0:
            sheet.append([f"{place // 10 + 1}", f"Nội dung {place // 10 + 1}: triển khai công tác thi đua", 50])
        if place % 40 == 39:
            for row in titles:
                sheet.append(row)
        number = f"{place // 10 + 1}.{place % 10 + 1}"
        words = f"Tổ chức thực hiện nội dung {number}, có kế hoạch, có kiểm tra và báo cáo đúng thời gian"
        guidance = "Tốt: 5đ; Khá: 4đ; Chưa đạt: 0đ" if place % 3 == 0 else "Chậm: trừ 0,5đ/lần; thiếu: trừ 1đ/lần"
        sheet.append([number, words, 5, 4.5, 4, guidance])
    sheet.append(["", "Tổng cộng", criteria * 5])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def bring_in(stand: Stand, reader: Reader, content: bytes) -> dict[str, float]:
    """Seconds until the review page is there, of this page alone, and of saving; criteria and doubts it shows."""
    connection = http.client.HTTPConnection(stand.host, stand.port, timeout=60)
    headers = {"Cookie": reader.cookie, "X-CSRFToken": reader.csrf_token}
    began = time.perf_counter()
    place = _send(connection, headers, content)
    looks = 0
    while True:
        looks += 1
        connection.request("GET", f"{place}/progress", headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.getheader("HX-Redirect"):
            break
        if time.perf_counter() - began > 60:
            raise SystemExit("tệp không được đọc xong")
        time.sleep(0.05)
    asked = time.perf_counter()
    connection.request("GET", place, headers=headers)
    page = connection.getresponse().read().decode()
    shown = time.perf_counter()
    revision = re.search(r'name="revision" value="(\d+)"', page)
    if revision is None:
        raise SystemExit("trang xem lại không có gì để lưu")
    form = urlencode({"revision": revision[1]})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"{place}/draft", form, headers | kind)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise SystemExit(f"không lưu được: {answer.status}")
    return {
        "import_s": shown - began,
        "review_s": shown - asked,
        "save_s": time.perf_counter() - shown,
        "looks": looks,
        "rows": len(re.findall(r'id="row-\d+"', page)),
        "doubts": len(re.findall(r'id="doubt-\d+"', page)),
    }


def _send(connection: http.client.HTTPConnection, headers: dict[str, str], content: bytes) -> str:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="bang.xlsx"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    connection.request("POST", "/checklists/import", body, headers | kind)
    answer = connection.getresponse()
    answer.read()
    place = answer.getheader("Location")
    if answer.status != 303 or not place:
        raise SystemExit(f"tệp không được nhận: {answer.status}")
    return place


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo việc nhập một tệp Excel từ lúc gửi đến lúc lưu.")
    parser.add_argument("--criteria", type=int, default=500, help="số tiêu chí")
    parser.add_argument("--times", type=int, default=5, help="số lần đo")
    options = parser.parse_args()
    content = workbook(options.criteria)
    with meeting_rooms(1) as stand:
        head = stand.readers[stand.rooms[0]][0]
        found = [bring_in(stand, head, content) for _ in range(options.times)]
    slowest = max(one["import_s"] for one in found)
    report(
        bench="importing",
        criteria=options.criteria,
        import_s=round(statistics.median(one["import_s"] for one in found), 3),
        import_slowest_s=round(slowest, 3),
        review_ms=milliseconds(statistics.median(one["review_s"] for one in found)),
        save_ms=milliseconds(statistics.median(one["save_s"] for one in found)),
        rows=found[0]["rows"],
        doubts=found[0]["doubts"],
        workbook_kb=round(len(content) / 1024, 1),
        limit_s=LIMIT_S,
        is_within_limit=slowest <= LIMIT_S,
    )


if __name__ == "__main__":
    main()

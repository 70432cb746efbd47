"""Photos of a half-day: taken without network, reduced on the device, kept over a reload, sent once, seen by all."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import card, turn_to
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen
from tests.browser.test_lost_links import behind, leave_the_error_page
from tests.evidence.drawn import LYING, docx, noise, photo
from tests.faults.proxy import Proxy
from tests.servers.demo_server import DemoServer
from thidua.doors.files import FileStore

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TWO_MEGABYTES = 2 * 1024 * 1024


def evidence(server: DemoServer, half_day: HalfDay) -> list[Any]:
    """What was added since the demo was made, oldest first."""
    return server.rows(
        "SELECT evidence.*, criterion.number FROM evidence LEFT JOIN criterion ON criterion.id = criterion_id "
        "WHERE checklist_session_id = :id AND purpose = '' AND name NOT IN ('bao-cao-15.pdf', 'giao-uoc-thi-dua.jpg', "
        "'so-khen-thuong.jpg', 'hoi-truong.jpg') ORDER BY evidence.id",
        id=half_day.id,
    )


def added(server: DemoServer, half_day: HalfDay) -> int:
    """How many files the journal knows."""
    sql = "SELECT count(*) AS n FROM journal_entry WHERE checklist_session_id = :id AND kind = 'evidence.added'"
    return int(server.rows(sql, id=half_day.id)[0]["n"])


def stored(server: DemoServer, digest: str) -> Image.Image:
    return Image.open(io.BytesIO(FileStore(server.folder / "files").get(digest)))


def camera(place: Locator) -> Locator:
    """The field behind "Chụp ảnh"."""
    return place.locator('input[type="file"][capture]')


def files(place: Locator) -> Locator:
    """The field behind "Chọn tệp"."""
    return place.locator('input[type="file"][multiple]')


def jpeg(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def waiting(place: Locator) -> Locator:
    return place.locator('.exhibits__waiting li[data-state="waiting"]')


def at(screen: Screen, half_day: HalfDay, number: str) -> Locator:
    screen.open(half_day.score)
    turn_to(screen, number)
    return card(screen, number)


def test_two_photos_without_network_outlive_a_reload_and_arrive_once_and_small(
    screen: NewScreen, server: DemoServer, proxy: Proxy, under_way: HalfDay
) -> None:
    heavy = noise((3600, 2700))
    assert len(heavy) > TWO_MEGABYTES
    head, member = screen("truong-doan"), behind(proxy, screen, server)("thanh-vien-1", PHONE)
    on_head, place = at(head, under_way, "3.3"), at(member, under_way, "3.3")
    expect(on_head.locator(".exhibits__strip")).to_contain_text("chưa có")
    before = added(server, under_way)
    proxy.refuse(b"POST ", b"/evidence")
    member.context.set_offline(True)
    camera(place).set_input_files(jpeg("toan-canh.jpg", heavy))
    expect(waiting(place)).to_have_count(1)
    camera(place).set_input_files(jpeg("so-theo-doi.jpg", photo((1200, 800), orientation=LYING)))
    expect(waiting(place)).to_have_count(2)
    member.status("Mất mạng · 2 việc chờ gửi")
    place.locator(".exhibits").scroll_into_view_if_needed()
    member.picture("photos-wait")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        member.page.reload()
    leave_the_error_page(member)
    member.context.set_offline(False)
    place = at(member, under_way, "3.3")
    expect(waiting(place)).to_have_count(2)
    expect(waiting(place).first.locator("canvas")).to_be_visible()
    assert evidence(server, under_way) == []
    proxy.refuse()
    expect(waiting(place)).to_have_count(0)
    expect(on_head.locator(".exhibits__row img")).to_have_count(2)
    expect(on_head.locator(".exhibits__row img").first).to_have_js_property("complete", True)
    assert on_head.locator(".exhibits__row img").first.evaluate("image => image.naturalWidth") > 0
    expect(place.locator(".exhibits__row img")).to_have_count(2)
    on_head.locator(".exhibits").scroll_into_view_if_needed()
    head.picture("photos-on-the-heads-card")
    first, second = evidence(server, under_way)
    assert {first["name"], second["name"]} == {"toan-canh.jpg", "so-theo-doi.jpg"}
    large, small = sorted((first, second), key=lambda one: one["name"], reverse=True)
    assert (large["number"], small["number"]) == ("3.3", "3.3")
    assert large["size"] < TWO_MEGABYTES and max(stored(server, large["digest"]).size) <= 2560
    assert stored(server, small["digest"]).size == (800, 1200), "upright, without the mark that said so"
    assert added(server, under_way) == before + 2


def test_a_heavy_photo_taken_sideways_is_upright_after_it_was_reduced(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    picture, exif = Image.effect_noise((3000, 2000), 120).convert("RGB"), Image.Exif()
    picture.paste((255, 0, 0), (0, 0, 300, 2000))
    exif[0x0112] = LYING
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95, exif=exif)
    assert len(buffer.getvalue()) > TWO_MEGABYTES
    member = screen("thanh-vien-2")
    camera(at(member, under_way, "3.3")).set_input_files(jpeg("nghieng.jpg", buffer.getvalue()))
    expect(card(member, "3.3").locator(".exhibits__row img")).to_have_count(1)
    [one] = evidence(server, under_way)
    kept = stored(server, one["digest"])
    assert kept.height > kept.width
    red, _green, blue = kept.getpixel((kept.width // 2, kept.height // 40))
    assert red > 180 > blue, "what was left in the camera is on top"


def test_what_is_no_picture_is_refused_on_the_device_and_the_rest_goes(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    unit = screen("don-vi", TABLET)
    unit.open(f"{under_way.score}/evidence")
    form = unit.find("#evidence-form")
    expect(form).to_have_attribute("data-ready", "")
    form.get_by_label("Về tiêu chí").select_option(label=form.locator("option", has_text="2.1.").inner_text())
    form.get_by_label("Chú thích").fill("Quyết định thành lập Hội đồng")
    files(form).set_input_files(
        [
            {"name": "ban-do.jpg", "mimeType": "image/jpeg", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"},
            {"name": "IMG_7.HEIC", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + b"\0" * 80},
            {"name": "trong.jpg", "mimeType": "image/jpeg", "buffer": b""},
            {"name": "quyet-dinh.docx", "mimeType": "application/octet-stream", "buffer": docx()},
        ]
    )
    unit.sees("Tệp “ban-do.jpg” không phải là ảnh JPEG")
    unit.sees("Tệp “IMG_7.HEIC” ở dạng HEIC")
    unit.sees("Tệp “trong.jpg” trống")
    expect(unit.find("#evidence .exhibit").filter(has_text="Quyết định thành lập Hội đồng")).to_be_visible()
    expect(form.get_by_label("Chú thích")).to_have_value("")
    [one] = evidence(server, under_way)
    assert (one["name"], one["number"], one["side"]) == ("quyet-dinh.docx", "2.1", "unit")
    assert not any(answer.startswith("4") for answer in unit.answers)


def test_what_only_the_server_can_refuse_waits_to_be_looked_at(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = screen("thanh-vien-1")
    place = at(member, under_way, "3.3")
    files(place).set_input_files(
        {"name": "hong.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing behind"}
    )
    parked = place.locator('.exhibits__waiting li[data-state="parked"]')
    expect(parked).to_contain_text("Tệp “hong.pdf” là tệp PDF bị hỏng")
    parked.get_by_role("button", name="Bỏ").click()
    expect(parked).to_have_count(0)
    assert evidence(server, under_way) == []


def test_one_picture_is_turned_described_and_taken_back_with_the_keyboard(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    secretary = screen("thu-ky")
    secretary.open(f"{under_way.score}/evidence")
    secretary.find(".exhibit__link").nth(1).press("Enter")  # the first is the unit's report
    expect(secretary.find(".piece h1")).to_have_text("Toàn cảnh buổi làm việc")
    secretary.page.keyboard.press("ArrowRight")
    expect(secretary.find(".piece h1")).to_have_text("Sổ khen thưởng, còn thiếu hồ sơ một chi hội")
    expect(secretary.find(".piece__frame img")).to_have_js_property("complete", True)
    secretary.page.keyboard.press("ArrowLeft")
    expect(secretary.find(".piece h1")).to_have_text("Toàn cảnh buổi làm việc")
    secretary.find("#caption-form").get_by_label("Chú thích").fill("Hội trường Tỉnh hội")
    secretary.press("Lưu chú thích")
    expect(secretary.find(".piece h1")).to_have_text("Hội trường Tỉnh hội")
    secretary.press("Rút minh chứng này")
    secretary.sees("Đã rút (1)")
    [row] = server.rows("SELECT withdrawn_at, caption FROM evidence WHERE name = 'hoi-truong.jpg'")
    assert row["withdrawn_at"] and row["caption"] == "Hội trường Tỉnh hội"


def test_without_scripts_a_plain_form_sends_several_files(
    screen: NewScreen, server: DemoServer, under_way: HalfDay, tmp_path: Path
) -> None:
    plain = screen("thanh-vien-3", TABLET | {"java_script_enabled": False})
    plain.open(f"{under_way.score}/evidence")
    for name, content in (("mot.jpg", photo()), ("hai.docx", docx())):
        (tmp_path / name).write_bytes(content)
    files(plain.find("#evidence-form")).set_input_files([tmp_path / "mot.jpg", tmp_path / "hai.docx"])
    plain.press("Gửi minh chứng")
    plain.sees("Đã lưu 2 minh chứng")
    assert [one["name"] for one in evidence(server, under_way)] == ["mot.jpg", "hai.docx"]

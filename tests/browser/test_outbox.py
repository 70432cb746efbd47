"""Whatever is done in the half-day outlives the network, F5, a killed browser and the login, and arrives once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.browser.demo_instance import HalfDay
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen
from tests.browser.tablets import Tablet
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REMARK = "Sổ vàng truyền thống được ghi đều, có chữ ký của ba chi hội."
QUESTION = "Quỹ Nghĩa tình đồng đội năm nay chi cho những việc gì?"


@pytest.fixture
def tablet(browser: Browser, server: DemoServer, tmp_path: Path) -> Iterator[Tablet]:
    """A browser of its own on a profile of its own, which may be killed and opened again."""
    tablet = Tablet(browser, server.address, tmp_path / "profile")
    yield tablet
    tablet.put_away()


def journal(server: DemoServer, half_day: HalfDay, kind: str) -> list[str]:
    """The payloads of this kind, oldest first."""
    sql = "SELECT payload FROM journal_entry WHERE checklist_session_id = :id AND kind = :kind ORDER BY revision"
    return [row["payload"] for row in server.rows(sql, id=half_day.id, kind=kind)]


def standing(server: DemoServer, half_day: HalfDay, table: str, words: str) -> int:
    """How many rows of the table hold exactly these words."""
    sql = f"SELECT count(*) AS n FROM {table} WHERE checklist_session_id = :id AND text = :words"
    return int(server.rows(sql, id=half_day.id, words=words)[0]["n"])


def write_remark(screen: Screen, text: str) -> None:
    form = screen.find("#remark-form")
    form.get_by_label("Nội dung").fill(text)
    form.get_by_role("button", name="Ghi lại").click()


def ask(screen: Screen, text: str) -> None:
    form = screen.find("#exchange-form")
    form.get_by_label("Hoặc ghi tên người khác").fill("Ông Nguyễn Văn Thành")
    form.get_by_label("Nội dung phát biểu").fill(text)
    form.get_by_role("button", name="Ghi lại").click()


def waiting(screen: Screen) -> None:
    """Open the list of what waits, in the page that is open."""
    screen.find("#save-status").get_by_role("link").first.click()
    expect(screen.find(".waiting-dialog")).to_be_visible()


def test_remark_exchange_and_attendance_outlive_f5_and_a_killed_browser(
    tablet: Tablet, server: DemoServer, under_way: HalfDay
) -> None:
    secretary = tablet.open("thu-ky")
    secretary.open(f"{under_way.score}/remarks")
    questions = secretary.new_tab(f"{under_way.score}/exchanges")
    meeting = secretary.new_tab(f"{under_way.score}/meeting")
    marked = len(journal(server, under_way, "attendance.marked"))
    server.stop()
    write_remark(secretary, REMARK)
    secretary.status("Mất mạng")
    expect(secretary.find("#remark-form .waiting")).to_contain_text(REMARK)
    ask(questions, QUESTION)
    expect(questions.find("#exchange-form .waiting")).to_contain_text(QUESTION)
    meeting.find(".attendance__more summary").first.click()
    meeting.find(".attendance__more").first.get_by_role("button", name="Chưa rõ lý do").click()
    expect(meeting.find(".attendance__more .waits")).to_contain_text("chờ gửi")
    for one in (secretary, questions, meeting):
        one.status("Mất mạng · 3 việc chờ gửi")
    secretary.picture("outbox-waiting")
    meeting.picture("outbox-attendance")
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        questions.page.reload()
    tablet.kill()
    server.start()
    again = tablet.open()
    again.context.clear_cookies()  # Chromium writes cookies late: after a kill the login may be gone, or not
    again.sign_in("thu-ky")
    again.open("/waiting")
    expect(again.find("#waiting")).to_contain_text("Không còn việc nào")
    assert standing(server, under_way, "remark", REMARK) == 1
    assert standing(server, under_way, "exchange", QUESTION) == 1
    assert len(journal(server, under_way, "attendance.marked")) == marked + 1


def test_what_waits_stands_under_its_form_after_f5_and_goes_when_the_login_is_renewed(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = screen("thanh-vien-1", PHONE)
    member.open(f"{under_way.score}/remarks")
    server.change("UPDATE login_session SET ended_at = opened_at")
    write_remark(member, REMARK)
    member.status("1 việc chờ gửi · Đăng nhập lại")
    expect(member.find("#remark-form .waiting")).to_contain_text(REMARK)
    member.picture("outbox-login-ended")
    member.find("#save-status").get_by_role("link", name="Đăng nhập lại").click()
    member.sign_in("thanh-vien-1")
    expect(member.find("#remarks")).to_contain_text(REMARK)
    expect(member.find("#remark-form .waiting")).to_have_count(0)
    assert standing(server, under_way, "remark", REMARK) == 1


def test_two_tabs_send_it_once(screen: NewScreen, server: DemoServer, under_way: HalfDay) -> None:
    member = screen("thanh-vien-1")
    member.open(f"{under_way.score}/remarks")
    other = member.new_tab(f"{under_way.score}/remarks")
    member.context.set_offline(True)
    write_remark(member, REMARK)
    expect(other.find("#remark-form .waiting")).to_contain_text(REMARK)
    sent: list[str] = []
    member.context.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    member.context.set_offline(False)
    for tab in (member, other):
        expect(tab.find("#remark-form .waiting")).to_have_count(0)
        expect(tab.find("#remarks")).to_contain_text(REMARK)
    assert standing(server, under_way, "remark", REMARK) == 1
    assert len([url for url in sent if url.endswith("/remarks")]) <= 2  # the lease; a repeated one is answered the same


def test_the_next_person_on_the_tablet_neither_inherits_nor_loses_what_waits(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    tablet = screen("thanh-vien-1", PHONE)
    tablet.open(f"{under_way.score}/remarks")
    tablet.context.route(
        "**/remarks", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    write_remark(tablet, REMARK)
    tablet.status("Mất mạng · 1 việc chờ gửi")
    left_open = tablet.new_tab(f"{under_way.score}/remarks")
    tablet.context.clear_cookies()
    tablet.open("/login")
    tablet.sees("1 việc của đồng chí Trần Thị Hòa đang chờ trên máy này")
    tablet.sign_in("thanh-vien-2")
    tablet.context.unroute("**/remarks")
    left_open.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    left_open.status("Đăng nhập lại")
    tablet.open(f"{under_way.score}/remarks")
    tablet.status("1 việc của Trần Thị Hòa đang chờ")
    expect(tablet.find("#remark-form .waiting")).to_have_count(0)
    waiting(tablet)
    tablet.sees("1 việc của đồng chí Trần Thị Hòa", ".waiting-dialog")
    expect(tablet.find(".waiting-dialog")).not_to_contain_text(REMARK)
    tablet.picture("outbox-next-person")
    left_open.page.close()
    assert standing(server, under_way, "remark", REMARK) == 0
    tablet.context.clear_cookies()
    tablet.open("/login")
    tablet.sign_in("thanh-vien-1")
    tablet.open(f"{under_way.score}/remarks")
    expect(tablet.find("#remarks")).to_contain_text(REMARK)
    sql = "SELECT by_name FROM remark WHERE text = :words"
    assert [row["by_name"] for row in server.rows(sql, words=REMARK)] == ["Trần Thị Hòa"]


@pytest.mark.parametrize("device", [TABLET, PHONE], ids=["tablet", "phone"])
def test_a_refused_one_is_set_aside_corrected_and_accepted(
    screen: NewScreen, server: DemoServer, under_way: HalfDay, device: dict[str, object]
) -> None:
    secretary = screen("thu-ky", device)
    secretary.open(f"{under_way.score}/remarks?kind=recommendation")
    form = secretary.find("#remark-form")
    form.get_by_label("Hạn thực hiện").fill("hết quý này")
    write_remark(secretary, REMARK)
    secretary.status("1 việc cần xem lại")
    expect(form.get_by_label("Hạn thực hiện")).to_have_value("hết quý này")
    expect(form.locator(".waiting--refused .waiting__answer")).not_to_be_empty()
    secretary.picture(f"outbox-refused-{len(device)}")
    secretary.open("/waiting")
    refused = secretary.find("#waiting .waiting--refused")
    expect(refused).to_contain_text(REMARK)
    secretary.picture(f"outbox-waiting-page-{len(device)}")
    refused.get_by_role("link", name="Sửa").click()
    expect(form.get_by_label("Nội dung")).to_have_value(REMARK)
    form.get_by_label("Hạn thực hiện").fill("31/12/2027")
    form.get_by_role("button", name="Ghi lại").click()
    expect(secretary.find("#remarks")).to_contain_text(REMARK)
    expect(form.locator(".waiting")).to_have_count(0)
    assert standing(server, under_way, "remark", REMARK) == 1


def test_a_discarded_one_comes_back_with_one_press(screen: NewScreen, server: DemoServer, under_way: HalfDay) -> None:
    member = screen("thanh-vien-1")
    member.open(f"{under_way.score}/remarks")
    member.context.set_offline(True)
    write_remark(member, REMARK)
    member.status("Mất mạng · 1 việc chờ gửi")
    waiting(member)
    member.find(".waiting-dialog").get_by_role("button", name="Bỏ").click()
    member.sees("Đã bỏ: Ghi nhận", ".waiting-dialog")
    expect(member.find(".waiting-dialog .waiting")).to_have_count(0)
    member.picture("outbox-undo")
    member.find(".waiting-dialog").get_by_role("button", name="Hoàn tác").click()
    expect(member.find(".waiting-dialog .waiting")).to_contain_text(REMARK)
    member.context.set_offline(False)
    expect(member.find("#remarks")).to_contain_text(REMARK)
    assert standing(server, under_way, "remark", REMARK) == 1


def test_leaving_warns_while_something_waits(screen: NewScreen, under_way: HalfDay) -> None:
    member = screen("thanh-vien-1")
    asked: list[str] = []
    member.page.on("dialog", lambda dialog: asked.append(dialog.type))
    member.open(f"{under_way.score}/remarks")
    member.context.set_offline(True)
    write_remark(member, REMARK)
    member.status("Mất mạng · 1 việc chờ gửi")
    with pytest.raises(Error):
        member.page.reload()
    assert asked == ["beforeunload"]


def test_one_that_the_server_cannot_take_holds_up_no_other(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = screen("thanh-vien-1")
    member.open(f"{under_way.score}/remarks")
    bad = "Ghi nhận làm máy chủ vấp."

    def stumble(route) -> None:  # type: ignore[no-untyped-def]
        spoilt = "v%E1%BA%A5p" in (route.request.post_data or "")
        route.fulfill(status=500, body="") if spoilt else route.continue_()

    member.context.route("**/remarks", stumble)
    write_remark(member, bad)
    write_remark(member, REMARK)
    expect(member.find("#remarks")).to_contain_text(REMARK)
    member.status(re.compile("1 việc cần xem lại"))
    expect(member.find("#remark-form .waiting--refused")).to_contain_text("Máy chủ gặp lỗi ba lần")
    member.context.unroute("**/remarks")
    member.find("#remark-form .waiting--refused").get_by_role("button", name="Thử gửi lại").click()
    expect(member.find("#remarks")).to_contain_text(bad)
    assert standing(server, under_way, "remark", bad) == 1


def test_a_device_that_can_keep_nothing_more_says_so_and_leaves_the_words_in_the_form(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = screen("thanh-vien-1")
    member.open(f"{under_way.score}/remarks")
    member.page.evaluate(
        """() => {
          const full = () => { throw new DOMException('', 'QuotaExceededError'); };
          window.put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = full;
        }"""
    )
    write_remark(member, REMARK)
    member.status("Máy này hết chỗ chứa")
    expect(member.find("#remark-form").get_by_label("Nội dung")).to_have_value(REMARK)
    member.complaints.clear()  # the device itself complains about being full
    member.page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    member.find("#remark-form").get_by_role("button", name="Ghi lại").click()
    expect(member.find("#remarks")).to_contain_text(REMARK)
    assert standing(server, under_way, "remark", REMARK) == 1


def test_a_device_that_has_become_full_still_sends_what_waits(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = screen("thanh-vien-1")
    member.open(f"{under_way.score}/remarks")
    member.context.set_offline(True)
    write_remark(member, REMARK)
    member.status("Mất mạng · 1 việc chờ gửi")
    member.page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    member.context.set_offline(False)
    expect(member.find("#remarks")).to_contain_text(REMARK)
    expect(member.find("#remark-form .waiting")).to_have_count(0)
    member.complaints.clear()  # the device itself complains about being full
    assert standing(server, under_way, "remark", REMARK) == 1


def test_a_store_that_the_browser_let_go_of_is_opened_again(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = screen("thanh-vien-1")
    member.open(f"{under_way.score}/remarks")
    member.page.evaluate(
        """async () => {
          const begin = IDBDatabase.prototype.transaction;
          const database = await new Promise((resolve) => {
            IDBDatabase.prototype.transaction = function (...what) { resolve(this); return begin.apply(this, what); };
            document.dispatchEvent(new CustomEvent('outbox:wake', { detail: { now: true } }));
          });
          IDBDatabase.prototype.transaction = begin;
          database.close();
          database.dispatchEvent(new Event('close')); // what a page hears when it was not the page that closed it
        }"""
    )
    write_remark(member, REMARK)
    expect(member.find("#remarks")).to_contain_text(REMARK)
    assert standing(server, under_way, "remark", REMARK) == 1


def test_entries_of_the_first_version_are_sent_after_the_upgrade(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = screen("thanh-vien-1")
    member.open("/static/favicon.svg")  # same origin, no script of ours
    [account] = server.rows("SELECT id, name FROM account WHERE username = 'thanh-vien-1'")
    [criterion] = server.rows(
        "SELECT criterion.id FROM criterion JOIN checklist_session USING (checklist_id) "
        "WHERE checklist_session.id = :id AND number = '3.3'",
        id=under_way.id,
    )
    member.page.evaluate(OLD_ENTRY, [under_way.id, criterion["id"], account["id"], account["name"]])
    member.open(under_way.score)
    expect(member.find('.criterion[data-number="3.3"] .facts')).to_contain_text("TV 1 2,5")
    proposed = [
        value
        for number, holder, value in server.scores(under_way.id, "proposed")
        if (number, holder) == ("3.3", account["id"])
    ]
    assert proposed == [250]


OLD_ENTRY = """([room, criterion, person, name]) => new Promise((resolve, reject) => {
  indexedDB.deleteDatabase('thidua-outbox').onsuccess = () => {
    const request = indexedDB.open('thidua-outbox', 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('entries', { keyPath: 'id', autoIncrement: true });
      store.createIndex('person', 'person');
    };
    request.onsuccess = () => {
      const transaction = request.result.transaction('entries', 'readwrite');
      transaction.objectStore('entries').put({
        op_id: '3f0e8a52-6f5e-4f6e-9d7b-0c7c8f1e2a3b', tries: 0, attempted: false, lease: 0,
        person: String(person), personName: name, key: [room, criterion, 'proposed'].join('/'),
        room: String(room), criterion: String(criterion), number: '3.3', perspective: 'proposed',
        url: '/checklist-sessions/' + room + '/criteria/' + criterion + '/scores',
        fields: { points: '2,5', reason: '' }, shown: '2,5', draft: false, parked: null, due: 0, base_version: 0,
      });
      transaction.oncomplete = () => { request.result.close(); resolve(); };
      transaction.onerror = () => reject(transaction.error);
    };
  };
})"""

"""The office sets how its papers are written and sees them change as it types."""

import pytest
from playwright.sync_api import expect

from tests.browser.screens import NewScreen

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_sample_follows_what_is_typed_and_what_is_saved_stays(screen: NewScreen) -> None:
    office = screen("can-bo")
    office.open("/office")
    sample = office.find("#office-sample")
    office.page.get_by_label("Tên cơ quan ban hành").fill("HỘI CỰU CHIẾN BINH\nTỈNH MẪU")
    expect(sample).to_contain_text("TỈNH MẪU")
    office.page.get_by_label("In cấp bậc trước họ tên").uncheck()
    expect(sample).to_contain_text("Đồng chí Nguyễn Văn An")
    office.page.get_by_label("Loại văn bản").select_option("TB")
    expect(sample).to_contain_text("Kết luận kiểm tra công tác thi đua")
    expect(office.page.get_by_label("Tên cơ quan ban hành")).to_have_value("HỘI CỰU CHIẾN BINH\nTỈNH MẪU")
    office.press("Lưu cách ghi văn bản")
    expect(office.find("#notices")).to_contain_text("Đã lưu")
    expect(office.find("#office-sample")).to_contain_text("TỈNH MẪU")
    assert not office.complaints

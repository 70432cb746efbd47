"""Telex and VNI are never disturbed: what somebody composes stays exact while the others' work arrives on the page."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import choose, entry, facts, saved, turn_to
from tests.browser.screens import NewScreen, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What an input method shows while these keys are pressed: t h u w o w n g r → thưởng
STEPS = ("t", "th", "thu", "thư", "thươ", "thươn", "thương", "thưởng")


class Composer:
    """An input method at the field with the focus: a composition that changes, and at its end the word."""

    def __init__(self, screen: Screen) -> None:
        self._session = screen.context.new_cdp_session(screen.page)

    def shows(self, text: str) -> None:
        place = {"selectionStart": len(text), "selectionEnd": len(text)}
        self._session.send("Input.imeSetComposition", {"text": text, **place})

    def writes(self, text: str) -> None:
        self._session.send("Input.insertText", {"text": text})


def compose(field: Locator, composer: Composer, arrives) -> None:
    """“Khen thưởng kịp thời.”, with something arriving from the others in the middle of the second word."""
    field.click()
    composer.writes("Khen ")
    for step in STEPS[:5]:
        composer.shows(step)
    arrives()
    expect(field).to_have_value("Khen thươ")
    for step in STEPS[5:]:
        composer.shows(step)
    composer.writes("thưởng")
    composer.writes(" kịp thời.")
    expect(field).to_have_value("Khen thưởng kịp thời.")
    expect(field).to_be_focused()


def test_a_reason_is_composed_while_others_score_the_same_criterion(screen: NewScreen, under_way: HalfDay) -> None:
    member, other = screen("thanh-vien-1"), screen("thanh-vien-2")
    for one in (member, other):
        one.open(under_way.score)
        turn_to(one, "1.4")
    field = entry(member, "1.4", "proposed").locator("textarea[name=reason]")
    before = facts(member, "1.4").get_attribute("data-changed")
    assert before is None

    def arrives() -> None:
        choose(other, "1.4", "3")
        saved(other)
        expect(facts(member, "1.4")).to_contain_text(re.compile(r"TV 2\s+3"))

    field.fill("")
    compose(field, Composer(member), arrives)
    field.blur()
    saved(member)
    expect(facts(other, "1.4")).to_contain_text("Khen thưởng kịp thời.")


def test_a_remark_is_composed_while_remarks_of_others_arrive(screen: NewScreen, under_way: HalfDay) -> None:
    secretary, member = screen("thu-ky"), screen("thanh-vien-1")
    for one in (secretary, member):
        one.open(f"{under_way.score}/remarks")

    def arrives() -> None:
        form = member.find("#remark-form")
        form.get_by_label("Nội dung").fill("Phong trào sôi nổi ở cả ba chi hội.")
        form.get_by_role("button", name="Ghi lại").click()
        expect(secretary.find("#remarks")).to_contain_text("Phong trào sôi nổi")

    compose(secretary.find("#remark-form").get_by_label("Nội dung"), Composer(secretary), arrives)
    secretary.find("#remark-form").get_by_role("button", name="Ghi lại").click()
    expect(member.find("#remarks")).to_contain_text("Khen thưởng kịp thời.")


def test_an_exchange_is_composed_while_others_speak(screen: NewScreen, under_way: HalfDay) -> None:
    secretary, member = screen("thu-ky"), screen("thanh-vien-1")
    for one in (secretary, member):
        one.open(f"{under_way.score}/exchanges")

    def arrives() -> None:
        form = member.find("#exchange-form")
        form.get_by_label("Hoặc ghi tên người khác").fill("Khách mời")
        form.get_by_label("Nội dung phát biểu").fill("Quỹ thi đua lấy từ đâu?")
        form.get_by_role("button", name="Ghi lại").click()
        expect(secretary.find("#exchanges")).to_contain_text("Quỹ thi đua lấy từ đâu?")

    compose(secretary.find("#exchange-form").get_by_label("Nội dung phát biểu"), Composer(secretary), arrives)


def test_digits_and_commas_of_vni_stay_in_the_text_and_score_nothing(screen: NewScreen, under_way: HalfDay) -> None:
    member = screen("thanh-vien-3")
    member.open(under_way.score)
    turn_to(member, "1.4")
    form = entry(member, "1.4", "proposed")
    before = form.get_attribute("data-value")
    field = form.locator("textarea[name=reason]")
    field.fill("")
    field.press_sequentially("thuong73, 9? 0", delay=10)
    expect(field).to_have_value("thuong73, 9? 0")
    assert form.get_attribute("data-value") == before
    expect(member.find("#shortcuts")).to_be_hidden()


def test_a_key_that_an_input_method_takes_is_no_command(screen: NewScreen, under_way: HalfDay) -> None:
    """Outside of any field too: keyCode 229 and isComposing mean that the key belongs to the input method."""
    member = screen("thanh-vien-3")
    member.open(under_way.score)
    turn_to(member, "1.4")
    form = entry(member, "1.4", "proposed")
    before = form.get_attribute("data-value")
    member.page.evaluate(
        """() => {
          document.activeElement.blur();
          for (const one of [{ keyCode: 229 }, { isComposing: true }]) {
            for (const key of ['3', ',', '?', 'PageDown']) {
              const press = { key, bubbles: true, cancelable: true, ...one };
              document.body.dispatchEvent(new KeyboardEvent('keydown', press));
            }
          }
        }"""
    )
    assert form.get_attribute("data-value") == before
    expect(form).to_be_visible()
    expect(member.find("#shortcuts")).to_be_hidden()
    assert member.page.evaluate("document.activeElement.tagName") == "BODY"

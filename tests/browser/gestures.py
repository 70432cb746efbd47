"""What people do on the pages of a half-day, named once."""

import re
import unicodedata

from playwright.sync_api import Locator, expect

from tests.browser.screens import Screen

SAVED = re.compile(r"Đã lưu lúc \d+ giờ")


def card(screen: Screen, number: str) -> Locator:
    """The card of this criterion; only one card is shown at a time."""
    return screen.find(f'.criterion[data-number="{number}"]')


def facts(screen: Screen, number: str) -> Locator:
    """What everybody of the audience sees about this criterion."""
    return card(screen, number).locator(".facts")


def entry(screen: Screen, number: str, perspective: str) -> Locator:
    """My keys: "self", "proposed" or "agreed"."""
    return card(screen, number).locator(f'form[data-perspective="{perspective}"]')


def turn_to(screen: Screen, number: str) -> None:
    """Show this card, by address, as a link from another page does."""
    criterion = card(screen, number).get_attribute("data-criterion")
    screen.page.goto(f"{screen.page.url.partition('?')[0]}?criterion={criterion}")
    expect(card(screen, number)).to_be_visible()


def walk_to(screen: Screen, number: str) -> None:
    """Turn the cards one after another, without loading anything."""
    for _ in range(60):
        if card(screen, number).is_visible():
            return
        screen.find("#next").click()
    raise AssertionError(f"no card {number}")


def choose(screen: Screen, number: str, value: str, perspective: str = "proposed") -> None:
    """Press the key of this value, or type it where there is a stepper. Does not wait until it is saved."""
    keys = entry(screen, number, perspective)
    key = keys.locator(f'label.key:has(input[value="{value}"])')
    if key.count():
        key.click()
        return
    field = keys.locator(".stepper__value input")
    field.fill(value)
    field.press("Enter")


def explain(screen: Screen, number: str, reason: str, perspective: str = "proposed") -> None:
    """Write the reason or the evidence, and leave the field."""
    field = entry(screen, number, perspective).locator("textarea[name=reason]")
    field.fill(reason)
    field.blur()


def sent(screen: Screen) -> None:
    """Wait until nothing waits any more."""
    expect(screen.find("form[data-pending]")).to_have_count(0)


def saved(screen: Screen) -> None:
    """The same, and the words that say so."""
    sent(screen)
    screen.status(SAVED)


def record(screen: Screen, kind: str, text: str, *, owner: str = "", due: str = "") -> None:
    """A remark of this kind, on the page of the remarks."""
    form = screen.find("#remark-form")
    if form.locator("fieldset").count():
        form.locator("label", has=screen.page.get_by_text(kind, exact=True)).click()
    form.get_by_label("Nội dung").fill(text)
    if owner:
        form.get_by_label("Ai thực hiện").fill(owner)
        form.get_by_label("Hạn thực hiện").fill(due)
    form.get_by_role("button", name="Ghi lại").click()
    expect(screen.find("#remarks")).to_contain_text(unicodedata.normalize("NFC", text))
    expect(form.get_by_label("Nội dung")).to_have_value("")
    expect(form.locator(".waiting")).to_have_count(0)


def exchange(screen: Screen, kind: str, speaker: str, text: str) -> None:
    """A question or an answer with its speaker, tapped among the people present."""
    form = screen.find("#exchange-form")
    form.locator("label", has=screen.page.get_by_text(kind, exact=True)).click()
    form.locator(".kinds label", has_text=speaker).click()
    form.get_by_label("Nội dung phát biểu").fill(text)
    form.get_by_role("button", name="Ghi lại").click()
    expect(screen.find("#exchanges")).to_contain_text(text)
    expect(form.get_by_label("Nội dung phát biểu")).to_have_value("")


def sign(screen: Screen, pin: str) -> None:
    """Type the PIN, on the conclusion's page."""
    screen.find("#sign").get_by_label("Mã PIN").fill(pin)
    screen.find("#sign").get_by_role("button", name="Ký biên bản").click()

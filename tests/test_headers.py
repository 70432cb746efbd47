"""The strict content policy: what it forbids is in no page, and every answer carries it."""

import re
from pathlib import Path

from flask import Flask

from tests.house.test_routes import pages
from tests.world import World

ROOT = Path(__file__).resolve().parents[1]
INLINE = {
    "a script of its own": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "a style of its own": re.compile(r"<style[ >]"),
    "a style attribute": re.compile(r"<[^>]+\sstyle\s*="),
    "an event attribute": re.compile(r"<[^>]+\son[a-z]+\s*="),
    "an hx-on attribute": re.compile(r"<[^>]+\shx-on"),
    "a javascript: address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:"),
    "something from another site": re.compile(
        r"<(?:script|link|img|iframe|form)\b[^>]+(?:src|href|action)=[\"']?(?:https?:)?//"
    ),
}


def test_every_answer_carries_the_policy_and_is_not_kept(app: Flask, client_of) -> None:
    for answer in (
        app.test_client().get("/login"),
        client_of("thu-ky").get("/"),
        client_of("thu-ky").get("/missing"),
        app.test_client().post("/logout"),
        client_of("thu-ky").get("/api/units"),
    ):
        policy = {part.split()[0]: part.split()[1:] for part in answer.headers["Content-Security-Policy"].split(";")}
        assert policy["default-src"] == ["'self'"] and "unsafe" not in answer.headers["Content-Security-Policy"]
        assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == ["'none'"]
        assert policy["form-action"] == ["'self'"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store" and "HX-Request" in answer.headers["Vary"]


def test_a_file_with_its_fingerprint_is_kept_for_a_year_and_without_it_is_asked_for_again(app: Flask) -> None:
    page = app.test_client().get("/login").text
    sheet = re.search(r'href="(/static/css/base\.css\?v=[0-9a-f]+)"', page)
    assert sheet is not None
    with app.test_client().get(sheet[1]) as kept, app.test_client().get(sheet[1].split("?")[0]) as plain:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "immutable" not in plain.headers["Cache-Control"]


def test_no_page_holds_what_the_policy_forbids(app: Flask, world: World) -> None:
    found = [
        f"{endpoint}: {what}"
        for endpoint, page in pages(app, world)
        for what, pattern in INLINE.items()
        if pattern.search(page)
    ]
    assert found == []


def test_no_template_holds_what_the_policy_forbids() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for what, pattern in INLINE.items()
        if pattern.search(re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL))
    ]
    assert found == []


def test_the_patterns_of_this_test_find_what_they_are_for() -> None:
    for bad in (
        "<script>x()</script>",
        "<style>p{}</style>",
        '<p style="color:red">',
        '<a onclick="x()">',
        '<p hx-on:click="x()">',
        '<a href="javascript:x()">',
        '<script src="https://example.org/x.js">',
        '<img alt="" src="//example.org/x.png">',
    ):
        assert any(pattern.search(bad) for pattern in INLINE.values()), bad
    for good in (
        '<script src="/static/js/x.js" defer></script>',
        '<link rel="stylesheet" href="/static/x.css">',
        '<a href="/units">',
    ):
        assert not any(pattern.search(good) for pattern in INLINE.values()), good

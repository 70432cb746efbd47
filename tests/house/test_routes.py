"""What holds for every route: changes need the CSRF token and a login, pages have a title and one heading."""

import re

from flask import Flask

from tests.conftest import signed_in
from tests.places import addresses, furnish
from tests.world import World

# Parts of pages, fetched by htmx or the stream: everything else that is HTML is a whole page.
FRAGMENTS = frozenset(
    {
        "units.list_part",
        "checklists.criterion_panel",
        "checklists.import_progress",
        "checklist_sessions.changes",
        "joining.people",
        "minutes.document",
        "minutes.composed",
        "minutes.phrases",
        "minutes.reading_part",
        "search.answer_part",
        "search.further_part",
    }
)
HIDDEN_CARD = re.compile(
    r"<article[^>]* hidden>.*?</article>", re.DOTALL
)  # the scoring screen shows one card at a time
READERS = ("truong-doan", "quan-tri")


def test_every_change_is_refused_without_the_csrf_token(csrf_app: Flask, world: World) -> None:
    places = furnish(csrf_app, world)
    clients = [signed_in(csrf_app, world, username) for username in ("quan-tri", "truong-doan", "don-vi")]
    walked, accepted = 0, []
    for endpoint, address in addresses(csrf_app, places, "POST"):
        walked += 1
        for client in clients:
            answer = client.post(address, data={"op_id": "00000000-0000-4000-8000-0000000000ff"})
            if answer.status_code != 400 or "Trang đã mở quá lâu" not in answer.text:
                accepted.append(f"{endpoint}: {answer.status_code}")
    assert accepted == [] and walked >= 20


def test_every_change_is_refused_without_login_before_anything_else_is_looked_at(app: Flask, world: World) -> None:
    places, client = furnish(app, world), app.test_client()
    refused = {endpoint: client.post(address).status_code for endpoint, address in addresses(app, places, "POST")}
    open_to_all = {endpoint for endpoint in refused if endpoint.startswith("verification.")} | {
        "accounts.log_in",
        "joining.enter",
        "preparation.come_in",
    }
    assert {endpoint: code for endpoint, code in refused.items() if code != 401 and endpoint not in open_to_all} == {}


def test_nothing_is_changed_by_other_methods_than_post(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_number_too_large_for_any_row_is_not_found(app: Flask, world: World) -> None:
    places = {name: 2**64 if isinstance(value, int) else value for name, value in furnish(app, world).items()}
    client = signed_in(app, world, "quan-tri")
    numbered = [address for _endpoint, address in addresses(app, places, "GET") if str(2**64) in address]
    found = {address: client.get(address).status_code for address in numbered}
    assert {address: code for address, code in found.items() if code not in (404, 405)} == {}
    assert len(numbered) >= 20


def test_every_page_has_a_title_of_its_own_and_one_heading(app: Flask, world: World) -> None:
    bad, titles = [], {}
    for endpoint, page in pages(app, world):
        found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        title = found[1].strip() if found else ""
        if not title.removesuffix("· Thi đua").strip() or title.startswith("Kiểm tra thi đua"):
            bad.append(f"{endpoint}: title “{title}”")
        headings = len(re.findall(r"<h1[ >]", HIDDEN_CARD.sub("", page)))
        if headings != 1:
            bad.append(f"{endpoint}: {headings} headings of the first level")
        if '<html lang="vi"' not in page:
            bad.append(f"{endpoint}: no language")
        titles[endpoint] = title
    assert bad == [] and len(titles) >= 20


def pages(app: Flask, world: World) -> list[tuple[str, str]]:
    """Every whole page of the application as somebody reads it who may."""
    places = furnish(app, world)
    found = []
    for username in (*READERS, ""):
        client, read = signed_in(app, world, username), {endpoint for endpoint, _page in found}
        for endpoint, address in addresses(app, places, "GET"):
            if endpoint in FRAGMENTS | read:
                continue
            with client.get(address) as answer:
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    found.append((endpoint, answer.text))
    return found

"""Search: the page, its answer while somebody types, and the next hits."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from thidua.hx import make_response
from thidua.identity import require_person
from thidua.permissions import allow
from thidua.search.asking import Asked
from thidua.search.queries import answer

search = Blueprint("search", __name__, url_prefix="/search")

EXAMPLES = (
    "quỹ khen thưởng",
    "ky niem chuong",
    "“nghĩa tình”",
    "tháng 10/2020",
    "217/QC-HTSVN",
    "thi đua -khen thưởng",
)


@search.get("")
def index() -> ResponseReturnValue:
    """The search box and, when something is asked, the answer."""
    person = require_person()
    allow("search", person)
    asked = Asked.read(request.args)
    return render_template("search/index.html", asked=asked, answer=answer(asked, person), examples=EXAMPLES)


@search.get("/answer")
def answer_part() -> ResponseReturnValue:
    """The answer alone; the address bar gets the page with the same question.

    Typing replaces the address, so that "back" leaves the search; a chosen filter is a step of its own.
    """
    person = require_person()
    allow("search", person)
    asked = Asked.read(request.args)
    part = render_template("search/_answer.html", asked=asked, answer=answer(asked, person), examples=EXAMPLES)
    if request.headers.get("HX-Trigger") == "search-form":
        return make_response(part, replace_url=asked.address())
    return make_response(part, push_url=asked.address())


@search.get("/further")
def further_part() -> ResponseReturnValue:
    """The hits from ``?offset=`` on, to stand below those already shown."""
    person = require_person()
    allow("search", person)
    asked = Asked.read(request.args)
    return render_template("search/_hits.html", asked=asked, answer=answer(asked, person), focus=True)

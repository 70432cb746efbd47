"""Every kind of paper looks as somebody has approved it."""

import pytest
from PIL import Image, ImageChops

from tests.doors.approved import HERE, PAGES, difference, is_alike, pictures


@pytest.fixture(scope="module")
def drawn():
    return dict(pictures())


def approved(name):
    return Image.open(HERE / f"{name}.png").convert("L")


@pytest.mark.parametrize("name", [f"{kind}-{at + 1}" for kind, pages in PAGES.items() for at in pages])
def test_the_page_looks_as_it_was_approved(name, drawn, tmp_path):
    if not is_alike(drawn[name], approved(name)):
        drawn[name].save(tmp_path / f"{name}.png")
        mean, spot = difference(drawn[name], approved(name))
        pytest.fail(
            f"{tmp_path / name}.png is not as approved in {HERE / name}.png (mean {mean:.2f}, at most {spot}); "
            "when that is wanted: python -m tests.doors.approved, and look at every picture"
        )


def test_half_a_millimetre_is_seen_and_other_edges_of_the_same_letters_are_not(drawn):
    page = drawn["BB-1"]
    assert not is_alike(ImageChops.offset(page, 0, 1), page)
    assert not is_alike(drawn["draft-1"], page)
    finer = dict(pictures(["BB"], dpi=150))["BB-1"]
    assert is_alike(finer.resize(page.size, Image.Resampling.BOX), page)


def test_a_missing_rule_is_seen(drawn):
    page = drawn["BB-1"].copy()
    page.paste(255, (240, 58, 355, 66))  # under the motto
    assert not is_alike(page, drawn["BB-1"])

"""The desk: the whole interview in the browser, with the contract beside it."""

import desks
import pytest

MATTER = "/m/st-louis-park"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with desks.running(tmp_path_factory.mktemp("desk"), "st-louis-park") as found:
        yield found


@pytest.mark.parametrize(
    "path",
    ["/", "/new", "/close", f"{MATTER}/", f"{MATTER}/sections", f"{MATTER}/review", f"{MATTER}/contract",
     f"{MATTER}/undo", f"{MATTER}/ask/city.prone_restraint"],
)  # fmt: skip
def test_every_page_passes_axe(desk, path):
    with desks.opened(desk, path) as page:
        assert desks.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert desks.violations(page) == []

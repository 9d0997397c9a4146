"""Every address of the desk has pages that pass axe, fit their screen, and can be used in every look.

Here each address is visited once, in a look that goes round; `scripts/walk-desk` visits every page in every state.
"""

import itertools

import desks
import every_page
import pytest
from every_page import FILES, LOOKS, SHOWN_ELSEWHERE, STATED

from drafter.web import routes


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with every_page.running(tmp_path_factory.mktemp("desk") / "matters") as found:
        yield found


def test_every_address_of_the_desk_is_in_the_walk(place):
    walk = list(every_page.visits(place))
    visited = {visit.route for visit in walk} - {STATED}
    apart = [*FILES, *SHOWN_ELSEWHERE]
    assert not visited & set(apart)
    assert sorted([*visited, *apart]) == sorted(path for path, _ in routes.VIEWS)
    assert [
        visit.name for visit in walk if visit.route != STATED and every_page.route_of(visit.path) != visit.route
    ] == []


def test_a_page_of_each_address_passes_axe_and_fits_its_screen(place):
    firsts = list({visit.route: visit for visit in reversed(list(every_page.visits(place)))}.values())
    with desks.opened(place.desk) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        looks = zip(firsts, itertools.cycle(LOOKS), strict=False)
        found = [one for visit, look in looks for one in every_page.seen(place, page, visit, (look,))]
    assert not found, "\n".join(found)

"""What only a browser shows of the desk: focus, Back, two tabs, a closed desk, print, colours."""

import re

import commands
import desks
import pytest

ASK = "/m/matter/ask"


@pytest.fixture
def desk(tmp_path):
    with desks.small_desk(tmp_path) as found:
        yield found


def answers(desk):
    return (desk.folder / "matter" / "answers.yaml").read_text("utf-8")


def save(page, words):
    before = page.url
    page.locator("#answer").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda now: now != before)


def test_an_answer_changes_the_contract_beside_it_and_says_so(desk):
    with desks.opened(desk, f"{ASK}/walker") as page:
        asked = []
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # it marks what it is given
        save(page, "Cy Clone")
        assert "Saved: Cy Clone" in page.inner_text("#told")
        page.locator("#status", has_text="Saved: Cy Clone").wait_for(state="attached")
        assert "Cy Clone" in page.inner_text("#contract .s.lit")
        assert page.evaluate("document.activeElement.name") == "answer"
        assert page.title().endswith("– matter – Drafter")
        assert [one.method for one in asked if one.resource_type in ("document", "fetch")] == ["POST"]
        assert page.locator("#undo").is_visible()


def test_back_forward_and_reload_show_the_page_as_it_is_saved(desk):
    with desks.opened(desk, f"{ASK}/walker") as page:
        save(page, "One")
        second = page.url
        page.go_back()
        page.wait_for_url("**/ask/walker")
        page.locator("#answer[value=One]").wait_for()
        page.go_forward()
        page.wait_for_url(second)
        page.locator("#told").wait_for()
        page.wait_for_load_state()
        page.goto(second)
        assert "Saved: One" in page.inner_text("#told")
        assert answers(desk).count("walker:") == 1


def test_a_second_click_saves_once(desk):
    with desks.opened(desk, f"{ASK}/walker") as page:
        sent = []
        page.on("request", lambda request: sent.append(request.method))
        page.locator("#answer").fill("Twice")
        page.evaluate("""() => { const all = document.querySelector('button.main'); all.click(); all.click(); }""")
        page.wait_for_url(lambda now: not now.endswith("walker"))
        assert sent.count("POST") == 1


def test_two_tabs_with_one_question_are_told_of_each_other(desk):
    with desks.opened(desk, f"{ASK}/walker") as page:
        other = page.context.new_page()
        other.goto(page.url)
        save(page, "First")
        other.locator("#answer").fill("Second")
        other.keyboard.press("Enter")
        other.get_by_role("button", name="Save mine instead").wait_for()
        assert "Keep what was saved elsewhere: First" in other.inner_text("main")
        assert "walker: First" in answers(desk)
        assert desks.violations(other) == []
        other.get_by_role("button", name="Save mine instead").click()
        other.wait_for_url(lambda now: "/ask/walker" not in now)
        assert "walker: Second" in answers(desk)


def test_what_is_wrong_has_the_focus_and_stays_typed(desk):
    with desks.opened(desk, f"{ASK}/fee") as page:
        page.locator("#answer").fill("a lot")
        page.keyboard.press("Enter")
        page.locator(".error").first.wait_for()
        assert page.evaluate("document.activeElement.value") == "a lot"
        assert page.title().startswith("Error: ")
        assert desks.violations(page) == []


def test_a_closed_desk_loses_nothing_that_is_typed(tmp_path):
    with desks.small_desk(tmp_path) as desk, desks.opened(desk, f"{ASK}/walker") as page:
        page.locator("#answer").fill("Typed before")
        desk.close()
        page.keyboard.press("Enter")
        page.locator(".trouble").wait_for()
        assert "Drafter was closed" in page.inner_text(".trouble")
        assert "copy it into the page that opens" in page.inner_text(".trouble")  # this one can't save any more
        assert page.input_value("#answer") == "Typed before"


def test_what_is_typed_survives_a_reload(desk):
    with desks.opened(desk, f"{ASK}/walker") as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator("#answer").fill("Half a na")
        page.reload()
        assert page.input_value("#answer") == "Half a na"
        assert "Half a na" not in answers(desk)


def test_words_kept_over_a_reload_go_over_no_answer_that_was_not_shown(desk):
    with desks.opened(desk, f"{ASK}/walker") as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator("#answer").fill("Typed here")
        desk.post(f"{ASK}/walker", {"answer": "Saved elsewhere"})
        page.reload()
        page.reload()
        assert page.input_value("#answer") == "Typed here"
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Save mine instead").wait_for()
        assert "walker: Saved elsewhere" in answers(desk)
        page.get_by_role("link", name="Keep what was saved elsewhere").click()
        page.goto(f"{desk.address}{ASK}/walker")
        assert page.input_value("#answer") == "Saved elsewhere"


def test_words_typed_for_a_record_come_into_no_other_that_has_its_number_by_now(desk):
    desk.post(f"{ASK}/dogs", {"do": "add", "items": "Ada\nBit\nCy"})
    with desks.opened(desk, f"{ASK}/dogs/1") as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator("input[type=text]").first.fill("Adele")
        desk.post(f"{ASK}/dogs", {"do": "remove 3"})
        page.reload()
        assert page.locator("input[type=text]").first.input_value() == "Adele"  # it is the same record still
        desk.post(f"{ASK}/dogs", {"do": "remove 1"})
        page.reload()
        assert page.locator("input[type=text]").first.input_value() == "Bit"
        assert "Typed here and never saved" in page.inner_text("main .reminder")
        assert "“Adele”" in page.inner_text("main .reminder")
        page.reload()
        assert page.locator("main .reminder").count() == 0


def test_another_form_of_the_page_asks_before_it_leaves_what_is_typed_and_keeps_it(desk):
    with desks.opened(desk, f"{ASK}/dogs") as page:
        page.locator("#items").fill("Ada\nBit")
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("button", name="Done with this list").click()
        page.wait_for_timeout(300)
        assert page.input_value("#items") == "Ada\nBit"
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Done with this list").click()
        page.wait_for_url(lambda now: "dogs" not in now)
        page.goto(f"{desk.address}{ASK}/dogs")
        assert page.input_value("#items") == "Ada\nBit"
        page.get_by_role("button", name="Add these").click()
        page.get_by_text("Saved: Added: Ada; Bit.").first.wait_for()
        assert page.input_value("#items") == ""


def test_a_refused_record_keeps_what_was_typed_through_leaving_and_coming_back(desk):
    with desks.opened(desk, f"{ASK}/dogs/1") as page:
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        long = "x" * 11_000
        name = page.locator("input[name='f.name']")
        name.fill(long)
        page.get_by_role("button", name="Save", exact=True).click()
        page.locator("#summary").wait_for()
        assert name.input_value() == long
        page.get_by_role("link", name="Back to the list").click()
        page.wait_for_url("**/ask/dogs")
        assert asked == ["beforeunload"]
        page.go_back()
        page.wait_for_url("**/ask/dogs/1")
        assert name.input_value() == long
        name.fill("Rex the Second")
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url("**/ask/dogs?*")
        page.goto(f"{desk.address}{ASK}/dogs/1")
        assert name.input_value() == "Rex the Second"
        assert asked == ["beforeunload"]


def test_own_words_that_do_not_fit_are_there_again_when_the_page_was_left(desk):
    with desks.opened(desk, "/m/matter/wordings/leash/own") as page:
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        words = page.locator("#words")
        words.fill("A long wording with {{ lenght }} in it.")
        page.get_by_role("button", name="Use these words").click()
        page.locator("#summary", has_text="Did you mean 'length'?").wait_for()
        page.get_by_role("link", name="Wordings", exact=True).click()
        page.wait_for_url("**/wordings")
        assert asked == ["beforeunload"]
        page.goto(f"{desk.address}/m/matter/wordings/leash/own")
        assert words.input_value() == "A long wording with {{ lenght }} in it."


def test_digits_choose_only_in_the_group_and_escape_closes_what_is_open(desk):
    with desks.opened(desk, f"{ASK}/leash") as page:
        page.keyboard.press("2")
        assert page.locator("input:checked").get_attribute("value") == "long"
        page.locator("#contract").focus()
        page.keyboard.press("1")
        assert page.locator("input:checked").get_attribute("value") == "long"


def test_the_contract_prints_alone_and_whole(desk):
    with desks.opened(desk, f"{ASK}/walker") as page:
        page.emulate_media(media="print")
        assert not page.locator("header.top").is_visible()
        assert not page.locator("main").is_visible()
        assert page.locator("#contract").is_visible()


def test_without_a_script_everything_works(desk):
    with desks.opened(desk, f"{ASK}/walker", java_script_enabled=False) as page:
        page.locator("#answer").fill("No script")
        page.get_by_role("button", name="Save and go on").click()
        assert "Saved: No script" in page.inner_text("#told")
        assert page.get_by_role("link", name="Back", exact=True).get_attribute("href")
        page.goto(f"{desk.address}{ASK}/walker")
        assert page.input_value("#answer") == "No script"
        page.get_by_role("button", name="Clear").click()
        assert "Answer cleared." in page.inner_text("#told")


def test_a_hostile_answer_is_words_on_every_page(desk):
    words = "<script>alert(1)</script> {{ 7*7 }} & <b>"
    with desks.opened(desk, f"{ASK}/walker") as page:
        alerts = []
        page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
        save(page, words)
        for path in ("/m/matter/review", "/m/matter/contract", f"{ASK}/walker", "/m/matter/wordings", "/m/matter/"):
            page.goto(desk.address + path)
            assert page.locator("script:not([src])").count() == 0
        page.goto(f"{desk.address}/m/matter/contract")
        assert words in page.inner_text("#contract")
        assert alerts == []


def contrast(one, other):
    """Return the contrast of two colours, as WCAG 2.1 defines it."""

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        low, high = 0.03928, 12.92
        linear = [part / high if part <= low else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    first, second = sorted((light(one), light(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def palettes():
    text = (desks.ROOT / "drafter/web/static/desk.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", text, re.DOTALL)[:2]
    return [{name: whole(value) for name, value in re.findall(r"--([\w-]+): (#\w+)", block)} for block in blocks]


def whole(colour):
    return colour if len(colour) > 4 else "#" + "".join(one * 2 for one in colour[1:])


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_each_colour_of_words_stands_out_from_each_ground(palette):
    for ground in ("paper", "ground"):
        for ink in ("ink", "quiet", "accent", "bad", "good", "mixed", "inserted", "deleted"):
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
        assert contrast(palette["line"], palette[ground]) >= 3, ground
    assert contrast(palette["ink"], palette["lit"]) >= 4.5
    assert contrast(palette["on-accent"], palette["accent"]) >= 4.5


def test_a_swap_by_the_command_line_is_seen_when_the_tab_is_looked_at_again(desk, tmp_path):
    with desks.opened(desk, f"{ASK}/fee") as page:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(300)
        made = commands.run("swap", desk.folder / "matter", "leash", "long", "--library", tmp_path / "lib")
        assert made.exit_code == 0
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.locator("#contract", has_text="[Length]").wait_for()


def test_no_table_is_cut_on_a_phone_and_no_label_on_a_desk(desk):
    desk.post(f"{ASK}/dogs", {"do": "add", "items": "Rex of the very long and winding name\nAda"})
    with desks.opened(desk, f"{ASK}/dogs") as page:
        assert page.locator("#undo .short").inner_text() == "the answer"
        name = "Undo the answer to “"
        assert page.get_by_role("button", name=name).get_attribute("title").startswith(name)
        assert page.locator("header.top").evaluate("one => one.clientHeight") < 60  # one line
        page.set_viewport_size({"width": 320, "height": 640})
        for path in (f"{ASK}/dogs", "/", "/m/matter/sections", "/m/matter/wordings", "/m/matter/check"):
            page.goto(desk.address + path)
            wide = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
            assert page.locator(".wide").count() > 0, path
            assert page.eval_on_selector_all(".wide", wide) == 0, path

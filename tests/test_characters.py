"""Each character that reads otherwise than it is has a name and a place; honest words of any script go through."""

import re
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.base import characters

# What nobody sees, written again from Unicode's own lists and not from the table under test.
UNSEEN = [
    *range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5,
    *range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x2800, 0x3164,
    *range(0xE000, 0xE010), *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0, *range(0xFFF0, 0xFFFD), 0xFFFE, 0xFFFF, 0x1BCA0,
    0x1D159, 0x1D173, *range(0xE0000, 0xE01F0), 0xF0000, 0x10FFFD,
]  # fmt: skip
DIRECTION = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"

HONEST = [
    "Ann O'Brien-D’Angelo, Jr.",
    "Siobhán Núñez & Sons “Bob” – — … a\u00a0b ½ m² № 5",
    "Łódź Ørsted ß ı İ",
    "ʻOkina Kealoha",
    "Cabdiraxmaan Sh. Maxamed Ba'alawi",
    "Hmoob Tsaav",
    "Nguyễn Văn Đức",
    "Ḥusayn al-ʿAlī",
    "5 µg 1ª 2º",
    "Иванова Мария",
    "Жан-Поль 5й А4",
    "Οδυσσέας",
    "ქართული",
    "Հայաստան",
    "王小明",
    "山田 太郎 さん",
    "葛\U000e0100城",
    "김철수",
    "张伟\uff0c经理",
    "محمد علی",
    "می\u200cخواهم",
    "נועה כהן",
    "שָׁלוֹם",
    "क्\u200dष",
    "শ্রীলঙ্কা",
    "ไทย สมชาย",
    "አበበ",
    "👨\u200d👩\u200d👧 ☎\ufe0f 1\ufe0f⃣ 👍🏽",
]


def codes(text):
    return [found.code for found in characters.faults(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\x00b", "U+0000 NULL"),
        ("\x07", "U+0007 BELL"),
        ("\x1b[0m", "U+001B ESCAPE"),
        ("\x01", "U+0001 control character"),
        ("\ufffe", "U+FFFE control character"),
        ("\udfff", "U+DFFF control character"),
        ("tab\tline\nreturn\r \U0001f415", ""),
    ],
)
def test_a_character_that_no_word_file_can_hold_is_named(text, name):
    assert [found.what for found in characters.faults(text)] == (
        [f"{name}, which no Word file can hold"] if name else []
    )


@pytest.mark.parametrize("text", HONEST)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_honest_words_are_neither_refused_nor_remarked_on(text, form):
    text = unicodedata.normalize(form, text)
    assert characters.faults(text) == ()
    assert characters.remarks(text) == ()
    assert characters.is_seen(text)
    assert characters.shown(text) == text


@given(st.text(st.sampled_from(list(map(chr, UNSEEN))), min_size=1))
def test_what_nobody_sees_is_refused_and_never_an_answer(text):
    assert codes(text)
    assert not characters.is_seen(text)


@given(st.text(st.characters(categories=["Mn", "Me", "Zs", "Cf", "Cc", "Co", "Cn", "Zl", "Zp"])))
def test_marks_and_spaces_alone_are_nothing_to_see(text):
    assert not characters.is_seen(text)


@given(st.sampled_from(list(map(chr, UNSEEN))), st.sampled_from(["a", "30", "(", " "]))
def test_what_nobody_sees_is_refused_within_words_by_its_code_point(character, beside):
    (found,) = characters.faults(f"{beside}{character}b")
    assert f"U+{ord(character):04X} " in found.what
    assert found.hint
    assert character not in found.what


@given(st.text())
def test_what_is_shown_has_no_character_that_steers_or_hides(text):
    spelled, shown = characters.spelled(text), characters.shown(text)
    assert not {chr(code) for code in UNSEEN} & set(spelled)
    assert not re.search(DIRECTION, shown)
    assert not {found.code for found in characters.faults(shown)} - {"stray-mark", "mixed-letters"}
    assert characters.spelled(spelled) == spelled


MIXED = [
    "\u0421hief", "p\u0430y", "\u041e'Brien", "\u0391nn", "\u13a2nn", "\ua4d0ob", "\uff21nn", "\u216fCM", "\u212aelvin",
    "\u03b1nn", "x\u0430\u0301n", "Ann e\u0301\u0441o", "1\u06600", "1,\u066000", "612-555-01\u0660\u0660",
    "\uff130 days", "\u0663\u0969", "7\u0e52", "\u0667th", "\U0001d402hief", "\U0001d7d1\U0001d7ce", "\u2102ity",
]  # fmt: skip


@pytest.mark.parametrize("text", MIXED)
def test_a_word_that_mixes_letters_which_look_alike_is_refused_by_the_letters_name(text):
    assert codes(text) == ["mixed-letters"]
    foreign = next(
        c
        for c in unicodedata.normalize("NFC", text.replace("\u212a", "\ufffd"))
        if not c.isascii() and c not in "\u00e1\u00e9"
    )
    assert foreign == "\ufffd" or f"U+{ord(foreign):04X} {unicodedata.name(foreign)}" in characters.faults(text)[0].what


def test_the_word_is_named_and_the_same_word_once():
    (found,) = characters.faults("The \u0421hief is the \u0421hief.")
    assert found.what == (
        "'\u0421hief', which mixes U+0421 CYRILLIC CAPITAL LETTER ES with U+0068 LATIN SMALL LETTER H"
    )


SAID = [
    ("\u0421\u0430\u0440\u0430", "looks like Latin letters and is U+0421 CYRILLIC CAPITAL LETTER ES"),
    (
        "An \u0430pple \u0430 day".replace("\u0430pple", "apple"),
        "looks like Latin letters and is U+0430 CYRILLIC SMALL LETTER A",
    ),
    ("\u0663\u0660 days", "figures of another script that mean 30: U+0663 ARABIC-INDIC DIGIT THREE"),
    ("\uff13\uff10 days", "figures of another script that mean 30"),
    ("\uff21\uff22", "U+FF21 FULLWIDTH LATIN CAPITAL LETTER A"),
    ("5 k\u03a9", "mixes U+006B LATIN SMALL LETTER K with U+03A9 GREEK CAPITAL LETTER OMEGA"),
    ("T\u30b7\u30e3\u30c4", "mixes U+0054 LATIN CAPITAL LETTER T with U+30B7 KATAKANA LETTER SI"),
    ("\u0261ood", "U+0261 LATIN SMALL LETTER SCRIPT G"),
    ("\u05d0 30 60", "from right to left"),
    ("a\U000323b0", "U+323B0 unassigned character"),
]


@pytest.mark.parametrize(("text", "words"), SAID)
def test_what_an_honest_text_may_hold_is_said_and_not_refused(text, words):
    if unicodedata.category(text[-1]) == "Lo" and "unassigned" in words:
        pytest.skip("a later Unicode has assigned it")
    assert characters.faults(text) == ()
    assert any(words in found.what for found in characters.remarks(text))


@pytest.mark.parametrize(
    "text", ["\u0301a", "a \u0301", "3\u03360\u0336", "a\u0338", "a\u20dd", "\u0430\u0489", "x" + "\u0302" * 6]
)
def test_marks_that_are_no_accents_are_refused(text):
    assert codes(text) == ["stray-mark"]


@pytest.mark.parametrize(
    "text",
    [
        "a\u200db",
        "a\u200cb",
        "\u0663\u200c\u0660",
        "\U0001f415\u200d",
        "\u0645\u200c\u200c\u0645",
        "a\ufe0f",
        "a\U000e0100",
        "1\ufe0f",
        "a\u180b",
    ],
)
def test_joiners_and_selectors_are_refused_where_no_word_needs_them(text):
    assert set(codes(text)) == {"hidden-character"}


def test_a_long_text_of_nothing_but_faults_is_read_in_time_and_the_first_are_given():
    assert not characters.faults("_" * 500_000 + "\u00e9" + "\u03b2" * 500_000)
    for text in (
        "a\u200b" * 300_000,
        "\u200b" * 500_000,
        "\u0421h" * 300_000,
        "a\u0336" * 100_000,
    ):
        assert 1 <= len(characters.faults(text)) <= characters.MOST


def test_the_lines_of_a_text_are_the_places():
    found = list(characters.problems_in("a\nb\u200b\n\nc\u0421\u200b", "a.yaml"))
    assert [(p.place.line, p.code) for p in found] == [
        (2, "hidden-character"),
        (4, "hidden-character"),
        (4, "mixed-letters"),
    ]
    assert [p.place.line for p in characters.reminders_in("a\n\u0430\n", "a.yaml")] == [2]


def test_every_character_of_a_direction_is_in_the_table():
    for code in range(sys.maxunicode + 1):
        if unicodedata.bidirectional(chr(code)) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"):
            assert codes(chr(code)) == ["direction-character"]


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("1\u201a000", True),
        ("3\u202400", True),
        ("9\u223630", True),
        ("1\u22151", True),
        ("1,000", False),
        ("3:00", False),
    ],
)
def test_a_mark_between_figures_that_looks_like_another_is_said(text, is_said):
    assert [found.code for found in characters.remarks(text)] == ["odd-letters"] * is_said


# -- words that are made of look-alikes alone ----------------------------------------------------


def styled(start: int, word: str = "HOLD") -> str:
    """Return a word in the signs of an alphabet that starts at a code point."""
    return "".join(chr(start + ord(letter) - ord("A")) for letter in word)


@pytest.mark.parametrize(
    "text",
    [
        *(styled(start) for start in (0x24B6, 0x1F110, 0x1F130, 0x1F150, 0x1F170)),  # in circles, brackets, boxes
        *(styled(start) for start in (0x1D400, 0x1D504, 0x1D5A0, 0x1D670)),  # letters of formulas
        "\u1d1b\u029c\u1d07 \u1d04\u029c\u026a\u1d07\ua730",  # small capitals
        "pay \u2460\u2461 dollars", "pay \u24602 dollars", "the \u24b6ct",
        "A\u20e3", "no\u20e5t", "n\u1abeot", "n\ua670ot", "n\u0338ot",
        "\u2d5don", "\U00010400x", "\u1401x", "x\u16a0", "a\u1681", "\u1b05x",
    ],
)  # fmt: skip
def test_what_prints_as_plain_letters_and_is_none_is_refused_by_its_name(text):
    found = characters.faults(f"The Chief must {text} the dog.")
    assert found
    assert all("U+" in one.what for one in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\u2d5d\u2d54\u2d59", "TIFINAGH"), ("\U0001043c\U0001042c", "DESERET"), ("\u144e\u146f", "CANADIAN"),
        ("\u13e3\u13b3\u13a9", "CHEROKEE"), ("\ua4d0\ua4f2", "LISU"), ("\u16a0\u16b1", "RUNIC"), ("\ua500", "VAI"),
        ("mu\u017ft", "LONG S"), ("\u1d00", "SMALL CAPITAL A"), ("a\u0332n\u0332d\u0332", "COMBINING LOW LINE"),
        ("a\u0333", "DOUBLE LOW LINE"), ("a\u0305", "OVERLINE"), ("\u24b6", "CIRCLED LATIN"),
        ("\u2460", "CIRCLED DIGIT"),
        ("\U0001f1fa\U0001f1f8", "REGIONAL INDICATOR"),
    ],
)  # fmt: skip
def test_a_word_that_may_be_read_as_another_is_said_by_name(text, name):
    said = f"The Chief and {text} agree."
    assert characters.faults(said) == ()
    assert any(name in one.what for one in characters.remarks(said))


@pytest.mark.parametrize(
    "text",
    [
        "Cabdulqaadir Maxamed", "Nyiaj Xyooj Vaj", "\U00016b1c\U00016b32", "Jos\u00e9 Pe\u00f1a", "Nguy\u1ec5n",
        "\u0411\u043e\u0440\u0438\u0441", "\u0645\u062d\u0645\u062f", "\u738b\u5c0f\u660e", "\uae40\ubbfc\uc218",
        "\u12a0\u1260\u1260", "\u0e2a\u0e21\u0e0a\u0e32\u0e22", "\u1019\u103c", "D\u025bng",
        "1\ufe0f\u20e3", "\u00bd", "m\u00b2",
    ],
)  # fmt: skip
def test_an_honest_name_in_a_script_of_its_own_passes(text):
    assert characters.faults(f"The Chief is {text}.") == ()
    assert characters.remarks(f"The Chief is {text}.") == ()


def test_a_letter_with_very_many_marks_is_looked_at_in_time():
    started = time.process_time()
    assert characters.faults("a" + "\u0301\u0323" * 30_000)
    assert characters.faults("1" + "\u20e3" * 30_000)
    assert time.process_time() - started < 2

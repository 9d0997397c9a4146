"""One way fills every template: each kind is checked by its fields and styles, and a firm may rearrange it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import docx_text
import generated
import pytest
import small

from drafter.base.problems import DraftingError
from drafter.documents import brief_docx, matrix_docx
from drafter.drafting import options
from drafter.papers import brief, matrix
from drafter.pdf import cover, notes
from drafter.word import fields, filling, kinds, template, writer
from drafter.word.oxml import package, rendering

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = "word/document.xml"
LOOP = "{% for x in 1 %}{% endfor %}"
KINDS = [kind.name for kind in kinds.ALL]


def changed(target: Path, name: str, *pairs: tuple[str, str], part: str = BODY) -> Path:
    """Copy a shipped template with words of a part replaced."""
    parts = package.unpack((TEMPLATES / f"{name}.docx").read_bytes())
    text = parts[part].decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    target.write_bytes(package.pack(parts | {part: text.encode()}))
    return target


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def with_body(target: Path, name: str, *paragraphs: str, more: str = "") -> Path:
    """Copy a shipped template with another body."""
    whole = package.unpack((TEMPLATES / f"{name}.docx").read_bytes())[BODY].decode()
    inside = re.search(r"<w:body>.*(?=<w:sectPr)", whole, re.DOTALL)[0]
    return changed(target, name, (inside, f"<w:body>{''.join(map(paragraph, paragraphs))}{more}"))


def told(path: Path) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.message, problem.hint) for problem in filling.check(path)]


def table_of() -> matrix.Matrix:
    drafted, coverage, selected = small.draft(generated.small_library())
    return matrix.make(drafted, coverage, selected, small.ALL_READ)


def brief_of() -> brief.Brief:
    drafted = small.made(generated.small_library())
    return brief.make(drafted.selection, drafted.contract, drafted.coverage, options.options(drafted), {}, ())


# -- every kind ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_is_known_by_its_fields_and_in_order(kind):
    path = TEMPLATES / f"{kind}.docx"
    assert template.kind_of(path).name == kind
    assert filling.check(path) == ()


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_in_its_shipped_template(kind):
    used = fields.names(rendering.texts((TEMPLATES / f"{kind.name}.docx").read_bytes()))
    assert kind.fields.keys() - used == ({"title"} if kind.name == "memo" else set())  # which its file's properties say


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_every_field_and_style_of_a_kind_is_on_its_page(kind):
    """A page lists fields and styles in tables; what a row names may have braces, and may be one of several."""
    page = (TEMPLATES.parent / kind.guide).read_text("utf-8")
    named = set(re.findall(r"[`{] ?([a-z_]+) ?[`}]", page))
    assert set(names_of(kind.fields)) - named == set()
    assert [name for names in kind.styles.values() for name in names if not re.search(rf"\b{name}\b", page)] == []


def names_of(shapes: kinds.Shapes) -> Iterator[str]:
    for name, shape in shapes.items():
        yield name
        if not isinstance(shape, str):
            yield from names_of(shape)


@pytest.mark.parametrize("kind", KINDS)
def test_what_templates_do_wrong_has_the_same_codes_in_each_kind(kind, tmp_path):
    field = {"notes": "note.place", "memo": "subject"}.get(kind, "title")
    whole = f"{{{{ {field} }}}}"
    for new, code in (
        ("{{ nowhere }}", "unknown-field"),
        (f"{{{{ {field}.part }}}}", "unknown-field"),
        ("{{ 1 / 0 }}", "template-refused"),
        (f"{{{{ {field}|upper }}}}", "template-refused"),
        (f"{{{{ {field} {field} }}}}", "template-syntax"),
    ):
        found = {problem.code for problem in filling.check(changed(tmp_path / "firm.docx", kind, (whole, new)))}
        assert found == {code}, new


@pytest.mark.parametrize("broken", ["{{ title }", "{ title }}", "{{ title", "title }}", "{% if governs", "endif %}"])
def test_a_tag_without_a_brace_loses_no_row_in_silence(broken, tmp_path):
    def row(text: str) -> str:
        return f"<w:tr><w:tc>{paragraph(text)}</w:tc></w:tr>"

    tags = ("Title", broken, "{%tr if governs %}", "{{ governs }}", "{%tr endif %}", "Last")
    table = f"<w:tbl>{''.join(map(row, tags))}</w:tbl>"
    whole = (TEMPLATES / "matrix.docx").read_bytes()
    first = re.search(r"<w:body>", package.unpack(whole)[BODY].decode())[0]
    path = changed(tmp_path / "firm.docx", "matrix", (first, f"{first}{table}"))
    [(code, message, _)] = told(path)
    assert code == "template-syntax"
    assert message.startswith("the body can't be read at")


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_of_each_kind_that_fetches_or_has_changes_is_refused(kind, tmp_path):
    marked = '<w:ins w:id="9" w:author="Pat Roe"><w:r><w:t>x</w:t></w:r></w:ins>'
    path = changed(tmp_path / "firm.docx", kind, ("</w:p>", f"{marked}</w:p>"))
    assert ("template-changes", "the template holds tracked changes by Pat Roe") in [p[:2] for p in told(path)]


def test_a_field_is_looked_for_among_those_that_there_are_where_it_is(tmp_path):
    path = changed(tmp_path / "firm.docx", "matrix", ("{{ row.quote }}", "{{ row.quot }} {{ row.title }}"))
    assert told(path) == [
        ("unknown-field", "the body uses the field 'quot', which doesn't exist", "did you mean 'quote'?"),
        (
            "unknown-field",
            "the body uses the field 'title', which doesn't exist",
            "the fields here are asks, authorities, id, places, quote, remarks, status, wordings: see docs/matrix.md",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "{{ caption }}",
            (
                "misplaced-field",
                "the body prints 'caption', which isn't text",
                "repeat it with {%p for ... in caption %}: see docs/word-template.md",
            ),
        ),
        (
            "{{ has_recitals }}",
            (
                "misplaced-field",
                "the body prints 'has_recitals', which isn't text",
                "use it in a condition: {%p if has_recitals %}",
            ),
        ),
        (
            "{% for block in signatures %}{{ block }}{% endfor %}",
            (
                "misplaced-field",
                "the body prints 'block', which isn't text",
                "print one of its fields: {{ block.party }}",
            ),
        ),
        (
            "{% for letter in title %}{{ letter }}{% endfor %}",
            (
                "template-refused",
                "the body loops over 'title', which isn't a list",
                "see docs/word-template.md for the fields that are lists",
            ),
        ),
        (
            LOOP,
            (
                "template-refused",
                f"the body has a loop over something that isn't a list, which can't work: '{LOOP[:16]}'",
                "loop over a field that is a list",
            ),
        ),
        (
            "{% for line in caption %}{{ loop.cycle }}{% endfor %}",
            (
                "unknown-field",
                "the body uses the field 'cycle', which doesn't exist",
                f"the fields here are {', '.join(sorted(fields.LOOP))}: see docs/word-template.md",
            ),
        ),
        (
            "{% for line in caption %}{{ line.party }}{% endfor %}",
            (
                "unknown-field",
                "the body uses the field 'party', which doesn't exist here",
                "see docs/word-template.md",
            ),
        ),
    ],
)
def test_a_field_that_is_used_as_what_it_is_not_is_refused(text, problem, tmp_path):
    assert told(changed(tmp_path / "firm.docx", "agreement", ("Contents", text))) == [problem]


ASKED = "caption, has_contents, has_cover, has_recitals, no_cover, signatures, status, title"


@pytest.mark.parametrize(
    ("text", "what", "instead"),
    [
        ("{% if status == 'DRAFT' %}x{% endif %}", "a condition with a comparison", "{%p if status %}"),
        ("{% if 'DRAFT' != status %}x{% endif %}", "a condition with a comparison", "{%p if status %}"),
        ("{% if 'A' in status %}x{% endif %}", "a condition with a comparison", "{%p if status %}"),
        ("{% if title &lt; 'B' %}x{% endif %}", "a condition with a comparison", "{%p if title %}"),
        ("{% if title and status == title %}x{% endif %}", "a condition with a comparison", "{%p if status %}"),
        ("{% if not status == '' %}x{% endif %}", "a condition with a comparison", "{%p if status %}"),
        ("{% if title %}{% elif status == 'x' %}y{% endif %}", "a condition with a comparison", "{%p if status %}"),
        ("{% if title|length > 9 %}x{% endif %}", "a condition with a comparison", "{%p if title %}"),
        ("{% if title|upper %}x{% endif %}", "a condition with a filter", "{%p if title %}"),
        ("{% if title is defined %}x{% endif %}", "a condition with a test (is)", "{%p if title %}"),
        ("{% if title ~ status %}x{% endif %}", "a condition with an expression that joins words (~)", "if title %}"),
        ("{% if title[0] %}x{% endif %}", "a condition with a part of a field", "{%p if title %}"),
        ("{% if title.upper() %}x{% endif %}", "a condition with a call", "{%p if title %}"),
        ("{% if 'x' %}x{% endif %}", "a condition with nothing to ask", ASKED),
        ("{% if true %}x{% endif %}", "a condition with nothing to ask", ASKED),
        ("{% for b in signatures if b.party == 'x' %}x{% endfor %}", "a condition with a comparison", "if b.party %}"),
        ("{% for b in signatures %}{% if loop.first == 1 %}x{% endif %}{% endfor %}", "a comparison", "if loop.first"),
        ("{% for b in signatures %}{% if loop.index == title %}x{% endif %}{% endfor %}", "a comparison", "loop.index"),
        ("{{ title == 'x' }}", "a comparison", "{{ title }}"),
        ("{{ title|upper }}", "a filter", "All caps"),
        ("{{ title|default('x') }}", "a filter", "{{ title }}"),
        ("{{ title[:10] }}", "a part of a field", "{{ title }}"),
        ("{{ title ~ status }}", "an expression that joins words (~)", "one after the other"),
        ("{{ title + status }}", "a calculation", "can't calculate"),
        ("{{ -title }}", "a calculation", "can't calculate"),
        ("{{ title if status else '' }}", "a choice (if ... else)", "{% if status %} ... {% else %}"),
        ("{{ title is string }}", "a test (is)", "{%p if title %}"),
        ("{{ title or status }}", "a condition", "{%p if title %}"),
        ("{{ not title }}", "a condition", "{%p if not title %}"),
        ("{{ title.upper() }}", "a call", "without brackets"),
        ("{{ 'words' }}", "words or numbers in braces", "without braces"),
        ("{{ [title] }}", "words or numbers in braces", "without braces"),
        ("{% set x = title %}", "a tag (assign)", "only fields, conditions and loops"),
        ("{% macro x() %}{% endmacro %}", "a tag (macro)", "only fields, conditions and loops"),
        ("{% include 'x' %}", "a tag (include)", "only fields, conditions and loops"),
        ("{% import 'x' as y %}", "a tag (import)", "only fields, conditions and loops"),
        ("{% extends 'x' %}", "a tag (extends)", "only fields, conditions and loops"),
        ("{% block x %}{% endblock %}", "a tag (block)", "only fields, conditions and loops"),
        ("{% filter upper %}{{ title }}{% endfilter %}", "a tag (filterblock)", "only fields, conditions and loops"),
        ("{% call title() %}{% endcall %}", "a tag (callblock)", "only fields, conditions and loops"),
        ("{% with %}{% endwith %}", "a tag (with)", "only fields, conditions and loops"),
        ("{% for a, b in signatures %}x{% endfor %}", "a loop over something that isn't a list", "is a list"),
        ("{% for a in signatures recursive %}x{% endfor %}", "a loop over something that isn't a list", "is a list"),
        ("{% for a in signatures|reverse %}x{% endfor %}", "a loop over something that isn't a list", "is a list"),
    ],
)
def test_a_tag_that_would_look_at_words_is_refused_with_what_to_write(text, what, instead, tmp_path):
    """A template sees marks, so a comparison would be false and a filter would change a mark, both in silence."""
    [(code, message, hint)] = told(changed(tmp_path / "firm.docx", "agreement", ("Contents", text)))
    assert code == "template-refused"
    assert message.startswith("the body has ")
    assert f"{what}, which can't work: '" in message
    assert instead in hint
    assert f"it can ask for {ASKED}" in hint or "condition with" not in message


def test_all_that_cannot_work_is_said_at_once(tmp_path):
    text = "{{ title|upper }} {% if status == 'x' %}{{ 1 + 1 }}{% endif %}"
    path = changed(tmp_path / "firm.docx", "agreement", ("Contents", text))
    header = "word/header1.xml"
    parts = package.unpack(path.read_bytes())
    path.write_bytes(
        package.pack(parts | {header: parts[header].replace(b"{{ title }}", b"{{ title[1] }} {{ stat }}")})
    )
    assert [message.partition(",")[0] for _, message, _ in told(path)] == [
        "a header has a part of a field",
        "the body has a calculation",
        "the body has a condition with a comparison",
        "the body has a filter",
    ]


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        ("{% if recitals %}x{% endif %}", "recitals", "ask for its flag: {%p if has_recitals %}"),
        ("{% if not exhibits %}x{% endif %}", "exhibits", "leave the condition out"),
        (
            "{% for b in signatures %}{% if b %}x{% endif %}{% endfor %}", "b",
            "ask for one of its fields: {%p if b.party %}",
        ),
    ],
)  # fmt: skip
def test_a_condition_that_is_always_true_is_refused(text, name, hint, tmp_path):
    path = changed(tmp_path / "firm.docx", "agreement", ("Contents", text))
    assert told(path) == [("template-refused", f"the body has a condition on '{name}', which is always there", hint)]


def test_what_is_true_of_a_place_in_a_loop_is_not_printed(tmp_path):
    text = "{% for line in caption %}{{ loop.first }}{% endfor %}"
    found = told(changed(tmp_path / "firm.docx", "agreement", ("Contents", text)))
    message = "the body prints 'first', which isn't text"
    assert found == [("misplaced-field", message, "use it in a condition: {%p if loop.first %}")]


def test_the_place_in_a_loop_may_be_compared_with_a_number(tmp_path):
    text = "{% for line in caption %}{% if loop.index > 1 and loop.index != loop.length %}, {% endif %}{% endfor %}"
    assert told(changed(tmp_path / "firm.docx", "agreement", ("Contents", text.replace(">", "&gt;")))) == []


def test_what_a_loop_knows_of_itself_may_be_used(tmp_path):
    loop = (
        "{% for line in caption %}{{ loop.index }} of {{ loop.length }}{% if not loop.last %}, {% endif %}{% endfor %}"
    )
    path = changed(tmp_path / "firm.docx", "agreement", ("Contents", loop))
    assert told(path) == []
    drafted = small.draft(generated.small_library())[0]
    assert "\n1 of 1\n" in docx_text.plain_text(writer.write(drafted, path))


@pytest.mark.parametrize(
    "deep",
    [
        "{% if title %}" * 1500 + "{% endif %}" * 1500,
        "{{ " + "(" * 3000 + "title" + ")" * 3000 + " }}",
        "{% if " + " and ".join(["title"] * 5000) + " %}{% endif %}",
    ],
    ids=["conditions", "brackets", "names"],
)
def test_a_template_that_is_too_deep_to_be_read_is_refused(deep, tmp_path):
    assert [found[:2] for found in told(changed(tmp_path / "firm.docx", "agreement", ("Contents", deep)))] == [
        ("template-refused", "the body has tags within tags, too deep to be read")
    ]


def test_a_footnote_is_checked_as_the_body_is(tmp_path):
    whole = package.unpack((TEMPLATES / "agreement.docx").read_bytes())
    types, rels = "[Content_Types].xml", "word/_rels/document.xml.rels"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    for text, expected in (
        ("{{ range(9) }}", [("template-refused", "a footnote has a call, which can't work: '{{ range(9) }}'")]),
        ("See {{ title }}.", []),
    ):
        note = f"<w:footnotes {W}><w:footnote w:id='1'>{paragraph(text)}</w:footnote></w:footnotes>"
        parts = whole | {
            types: whole[types].replace(
                b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
            ),
            rels: whole[rels].replace(
                b"</Relationships>",
                f'<Relationship Id="r9" Type="{link}" Target="footnotes.xml"/></Relationships>'.encode(),
            ),
            "word/footnotes.xml": note.encode(),
        }
        (tmp_path / "firm.docx").write_bytes(package.pack(parts))
        assert [found[:2] for found in told(tmp_path / "firm.docx")] == expected
    drafted = small.draft(generated.small_library())[0]
    written = package.unpack(writer.write(drafted, tmp_path / "firm.docx"))["word/footnotes.xml"].decode()
    assert "See Dog Walking Agreement." in re.sub(r"<[^>]+>", "", written)


def test_a_body_of_another_name_is_filled_too(tmp_path):
    parts = package.unpack((TEMPLATES / "agreement.docx").read_bytes())
    moved = {
        name.replace("document.xml", "contract.xml"): (
            xml.replace(b"word/document.xml", b"word/contract.xml")
            if name in {"[Content_Types].xml", "_rels/.rels"}
            else xml
        )
        for name, xml in parts.items()
    }
    (tmp_path / "firm.docx").write_bytes(package.pack(moved))
    drafted = small.draft(generated.small_library())[0]
    written = package.unpack(writer.write(drafted, tmp_path / "firm.docx"))
    assert "1.1" not in written["word/contract.xml"].decode()[:20]
    text = "".join(xml.decode() for name, xml in written.items() if name.endswith(".xml"))
    assert not re.search("[\ue000-\uf8ff]", text)
    assert "Dog Walking Agreement" in text


# -- what a firm may rearrange ------------------------------------------------------------------


def test_the_matrix_may_be_a_list_in_place_of_a_table(tmp_path):
    table = table_of()
    path = with_body(
        tmp_path / "firm.docx",
        "matrix",
        "Our check of {{ title }}",
        "{%p for source in sources %}",
        "{{ source.citation }}",
        "{%p for row in source.rows %}",
        "{{ row.status }} — {{ row.id }} {{ row.asks }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    lines = docx_text.body(matrix_docx.write(table, path))
    assert [line.text for line in lines] == [
        f"Our check of {table.title}",
        *(
            line
            for group in table.groups
            for line in (
                group.citation,
                *(f"{row.status.capitalize()} — {row.id} {row.said}" for row in group.rows),
            )
        ),
    ]
    styles = [line.style for line in lines[1:] if line.style.startswith("Matrix ")]
    assert styles == [f"Matrix {row.tone.capitalize()}" for row in table.rows]


def test_a_table_without_wordings_is_for_the_public_and_one_with_them_is_not():
    table = table_of()
    data = [matrix_docx.write(found, TEMPLATES / "matrix.docx") for found in (table, matrix.public(table))]
    heads = [[line.text for line in docx_text.body(found) if line.style == "Matrix Header"] for found in data]
    sources = len(table.groups)
    public = [name for name in matrix.COLUMNS if name != "Wording"]
    assert heads == [list(matrix.COLUMNS) * sources, public * sources]


def test_a_cell_whose_loop_has_no_entry_still_has_a_paragraph(tmp_path):
    row = "<w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr>"
    cells = [paragraph("{%p for line in row.wordings %}"), paragraph("{{ line }}"), paragraph("{%p endfor %}")]
    loop = row.format(paragraph("{%tr for row in source.rows %}")) + row.format("".join(cells))
    rows = f"{loop}{row.format(paragraph('{%tr endfor %}'))}"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid>{rows}</w:tbl>"
    shown = ["{%p for row in source.rows %}", "{{ row.id }}{{ row.asks }}{{ row.status }}", "{%p endfor %}"]
    shown = ["{%p for source in sources %}", "{{ source.citation }}", *shown]
    path = with_body(tmp_path / "firm.docx", "matrix", *shown, more=table + paragraph("{%p endfor %}") + paragraph(""))
    source = dict.fromkeys(kinds.MATRIX.fields["sources"], "x") | {"rows": [ROW], "anomalies": ()}
    values = dict.fromkeys(kinds.MATRIX.fields, "") | {"has_wordings": False, "sources": [source]}
    written = package.unpack(filling.document(kinds.MATRIX, values, path, ""))[BODY].decode()
    assert re.search(r"<w:tc><w:tcPr/><w:p/></w:tc>", written)


ROW = dict.fromkeys(kinds.MATRIX.fields["sources"]["rows"], "x") | dict.fromkeys(
    ("places", "wordings", "authorities"), ()
)


def test_the_brief_may_begin_with_the_ladder_and_name_what_it_likes(tmp_path):
    told_ = brief_of()
    whole = package.unpack((TEMPLATES / "brief.docx").read_bytes())[BODY].decode()
    inside = re.search(r"<w:body>(.*)(?=<w:sectPr)", whole, re.DOTALL)[1]
    at = inside.rindex("<w:p>", 0, inside.index(">The ladder<"))
    path = changed(
        tmp_path / "firm.docx", "brief", (inside, inside[at:] + inside[:at]), ("The ladder", "Every wording")
    )
    first, *rest = [line.text for line in docx_text.body(brief_docx.write(told_, path)) if line.text]
    assert (first, rest[0]) == ("Every wording", told_.ladders[0].place.words)
    assert "Negotiator’s brief" in rest


def test_the_rows_of_a_ladder_stay_together_and_the_last_lets_what_follows_go():
    rows = re.findall(r"<w:tr>.*?</w:tr>", _ladder(), re.DOTALL)
    assert len(rows) == 3  # its header and two alternatives
    assert [row.count("<w:keepNext/>") > 0 for row in rows] == [False, True, False]


def _ladder() -> str:
    written = package.unpack(brief_docx.write(brief_of(), TEMPLATES / "brief.docx"))[BODY].decode()
    return next(t for t in re.findall(r"<w:tbl>.*?</w:tbl>", written, re.DOTALL) if "Position, effect" in t)


def test_every_section_of_a_brief_must_be_marked(tmp_path):
    """A new section has the header of the one before it, unless it has one of its own, which must be marked too."""
    size = '<w:pgSz w:w="12240" w:h="15840"/>'
    text = package.unpack((TEMPLATES / "brief.docx").read_bytes())[BODY].decode()
    header, footer = (re.search(rf"<w:{kind}Reference[^>]*/>", text)[0] for kind in ("header", "footer"))
    broken = paragraph("A part of ours").replace("<w:p>", "<w:p><w:pPr><w:sectPr>{}</w:sectPr></w:pPr>")
    last = ("Brief Part", "Clauses with one alternative")[1]
    at = text.rindex("<w:p>", 0, text.index(last))

    def firm(first: str, new: str) -> Path:
        whole = f"{text[:at]}{broken.format(first + size)}{text[at:]}"
        whole = whole[: whole.rindex("<w:sectPr")] + re.sub(
            r"<w:(header|footer)Reference[^>]*/>", "", whole[whole.rindex("<w:sectPr") :]
        ).replace("<w:sectPr>", f"<w:sectPr>{new}")
        parts = package.unpack((TEMPLATES / "brief.docx").read_bytes())
        (tmp_path / "firm.docx").write_bytes(package.pack(parts | {BODY: whole.encode()}))
        return tmp_path / "firm.docx"

    assert told(firm(header + footer, "")) == []
    found = [(code, message) for code, message, _ in told(firm("", header + footer))]
    assert found == [
        ("template-refused", "the template's footer doesn't mark the page"),
        ("template-refused", "the template's header doesn't mark the page"),
    ]


def test_a_mark_that_only_some_drafts_would_print_does_not_count(tmp_path):
    told_ = brief_of()
    assert told_.closed == ()
    mark = "Privileged and confidential: attorney’s work product. Not for the board packet."
    hidden = f"{{% if closed %}}{mark}{{% endif %}}"
    path = changed(tmp_path / "firm.docx", "brief", (mark, hidden), part="word/header1.xml")
    with pytest.raises(DraftingError) as caught:
        brief_docx.write(told_, path)
    assert [problem.message for problem in caught.value.problems] == ["the template's header doesn't mark the page"]


def test_the_notes_may_be_in_another_order_and_be_said_in_other_words(tmp_path):
    path = with_body(
        tmp_path / "firm.docx",
        "notes",
        "{%p for note in notes %}",
        "{%p for line in note.lines %}",
        "{{ line }} ({{ note.number }}, {{ note.place }})",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    listed = [notes.Note(1, "1.2 Leash", ("One.", "{{ note.number }}")), notes.Note(2, "1.3 Fee", ("Two.",))]
    assert [line.text for line in docx_text.body(notes.write(listed, path))] == [
        "One. (1, 1.2 Leash)",
        "{{ note.number }} (1, 1.2 Leash)",
        "Two. (2, 1.3 Fee)",
    ]


def test_a_cover_of_a_template_of_another_kind_is_refused_by_what_it_lacks():
    with pytest.raises(DraftingError) as caught:
        cover.write(cover.Cover("Packet", "Dogs"), [("Memo", 2)], TEMPLATES / "notes.docx")
    assert {(p.code, p.message) for p in caught.value.problems} >= {
        ("missing-field", "the field 'parts.page' is nowhere in the template"),
        ("unknown-field", "the body uses the field 'notes', which doesn't exist"),
    }


# -- for a reader who doesn't see the page ------------------------------------------------------

PICTURE = (
    "<w:r><w:drawing><wp:inline xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'>"
    "<wp:extent cx='9' cy='9'/><wp:docPr id='1' name='Seal'{more}>{inside}</wp:docPr></wp:inline></w:drawing></w:r>"
)
DECORATIVE = (
    "<a:extLst xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:ext><adec:decorative val='1' "
    "xmlns:adec='http://schemas.microsoft.com/office/drawing/2017/decorative'/></a:ext></a:extLst>"
)
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
HEADER = "<w:trPr><w:tblHeader/></w:trPr>"


def columns_of(mark: str, one: str, two: str) -> str:
    first, second = ("".join(map(CELL.format, cells)) for cells in ((one, two), ("Title", "{{ title }}")))
    return f"<w:tbl><w:tblPr/><w:tr>{mark}{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("words", "reminders"),
    [
        (PICTURE.format(more="", inside=""), ["a picture in the body has no alternative text"]),
        (PICTURE.format(more=" descr='The seal'", inside=""), []),
        (PICTURE.format(more="", inside=DECORATIVE), []),
        (
            columns_of("", "What", "Words"),
            ["a table in the body has a header row that isn't marked as one: What | Words"],
        ),
        (columns_of(HEADER, "What", "Words"), []),
        (columns_of("", "Status", "{{ status }}"), []),  # names and what they say: no header
    ],
)
def test_the_check_of_a_template_reminds_of_what_would_not_be_read_aloud(tmp_path, words, reminders):
    parts = package.unpack((TEMPLATES / "agreement.docx").read_bytes())
    body = parts["word/document.xml"].decode()
    inside = words if words.startswith("<w:tbl") else f"<w:p>{words}</w:p>"
    changed = body.replace("<w:sectPr", f"{inside}<w:p/><w:sectPr", 1)
    path = tmp_path / "firm.docx"
    path.write_bytes(package.pack(parts | {"word/document.xml": changed.encode()}))
    found = [problem for problem in template.remarks(path) if problem.code == "not-read-aloud"]
    assert [problem.message for problem in found] == reminders
    assert {problem.level for problem in found} <= {"reminder"}

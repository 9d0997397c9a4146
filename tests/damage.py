"""Damages files at random: the text of libraries, matters and rounds, and the parts and elements of Word files."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress

import generated
import yaml
from lxml import etree

ODD = (
    *generated.ODD, "", " ", "-1", "0", "1e999", "-1e999", "nan", "Infinity", "9" * 400, "1_000", "0x10", "1,2,3", "½",
    "٣", "0.1", "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "10000-01-01", "2026-07-01T00:00:00Z", "yes",
    "a" * 3000, "\t", "a\nb", "\r", "\0", "\x1b[31m", "\ud7ff", "\U0010ffff", "({[" * 60, "[[" * 200, "{{" * 200,
    "*" * 500, "> " * 300, "- " * 300, "not " * 300 + "bites", "(" * 300 + "bites" + ")" * 300,
    " and ".join(["bites"] * 500), "length | add_days(99999999999)", "starts | add_months(-999999)", "-" * 400 + "1",
    "1" + " + 1" * 800, "bites == bites == bites", "'" * 101, "!!python/object/apply:os.system [ls]", "&a [*a]", "<<",
)  # fmt: skip


def odd(dice: random.Random) -> object:
    """Return something odd in place of an answer."""
    return dice.choice((dice.choice(ODD), dice.choice(ODD), [], {}, None, [dice.choice(ODD)], {"a": dice.choice(ODD)}))


# -- damage to text -----------------------------------------------------------------------------


def damaged(dice: random.Random, name: str, content: bytes) -> bytes:
    """Damage a file once, or up to three times."""
    for _ in range(dice.choice((1, 1, 2, 3))):
        content = dice.choice(_DAMAGES)(dice, content, name)
    return content


def _cut(dice, content, _):
    return content[: dice.randint(0, len(content))]


def _flipped(dice, content, _):
    made = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        if made:
            made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def _struck(dice, content, _):
    place = dice.randint(0, len(content))
    splinter = dice.choice((*generated.SPLINTERS, *(odd.encode("utf-8", "surrogatepass") for odd in ODD)))
    return content[:place] + splinter + content[place + dice.choice((0, 0, 1, 9)) :]


def _lines(dice, content, _):
    lines = content.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.choice(("lost", "doubled", "swapped", "indented", "repeated")):
        case "lost":
            del lines[one]
        case "doubled":
            lines.insert(other, lines[one])
        case "swapped":
            lines[one], lines[other] = lines[other], lines[one]
        case "indented":
            lines[one] = b" " * dice.randint(1, 5) + lines[one]
        case "repeated":
            lines[one:one] = [lines[one]] * dice.choice((50, 3000))
    return b"\n".join(lines)


def _value(dice, content, _):
    """Put something odd in place of a value after a colon, a condition, or a reference."""
    places = list(re.finditer(rb"(?<=: )[^\n]+|(?<=\[\[)[^\]]+|(?<=\{\{ )[^}]+|(?<=\{when: )[^}]+", content))
    if not places:
        return content
    place = dice.choice(places)
    return content[: place.start()] + dice.choice(ODD).encode("utf-8", "surrogatepass") + content[place.end() :]


def _encoded(dice, content, _):
    text = content.decode("utf-8", "replace")
    return dice.choice(
        (
            lambda: b"\xef\xbb\xbf" + content,
            lambda: content.replace(b"\n", b"\r\n"),
            lambda: content.replace(b"\n", b"\r"),
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-16-be"),
            lambda: text.encode("utf-32"),
            lambda: text.encode("latin-1", "replace") + b"\xe9",
            lambda: b"\xef\xbb\xbf" * 3 + content,
            lambda: content + b"\0",
            lambda: b"",
            lambda: content.replace(b"\n", b"\0\n", 1),
            lambda: content.replace(b"\n", "\u2028".encode()),
        )
    )()


def _deep(dice, content, name):
    """Nest lists, mappings, quotes and items deeply, and add anchors that multiply."""
    deep = dice.choice((20, 100, 5000))
    key = dice.choice(("note", "walker", "dogs", "title", "when", "alternatives", "x"))
    laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    kinds = [
        f"{key}: {'[' * deep}{']' * deep}\n", f"{key}: {'{a: ' * deep}{'}' * deep}\n", f"{key}: {'- ' * deep}a\n",
        f"{key}:\n" + "".join(f"{' ' * n}- \n" for n in range(1, min(deep, 900))), f"a0: &a0 [x]\n{laughs}",
        f"{key}: &a\n  <<: *a\n", f"x: &x {{a: b}}\ny: {{<<: [{', '.join(['*x'] * deep)}]}}\n",
        "".join(f"{'  ' * n}1. a\n" for n in range(min(deep, 400))), "> " * deep + "a\n", "**" * deep + "a\n",
        "".join(f"{key}{n}: a\n" for n in range(deep)), f"{key}: {'a ' * 40 * deep}\n", "|" * deep + "\n",
        f"| {' | '.join('a' * 3 for _ in range(min(deep, 500)))} |\n" * 3,
        f"{key}: &a {deep}\nz: *a\n", f"? [{key}]\n: x\n", "%YAML 9.9\n---\n", "--- a\n...\n--- b\n",
    ]  # fmt: skip
    if name.endswith(".json"):
        kinds += ["[" * deep, '{"a":' * deep, f'{{"a": {"9" * deep}}}', f'{{"a": 1e{deep}}}', '{"\\ud800": "\\ud800"}']
    lines = content.split(b"\n")
    lines.insert(dice.randint(0, len(lines)), dice.choice(kinds).encode())
    return b"\n".join(lines)


def _structure(dice, content, name):
    """Read the file, change a node of it to something else, and write it again."""
    head, rest = b"", b""
    if name.endswith(".md"):
        found = re.match(rb"---\n(.*?)\n---\n(.*)", content, re.DOTALL)
        if not found:
            return content
        content, rest = found[1], b"\n---\n" + found[2]
        head = b"---\n"
    try:
        tree = yaml.load(content, yaml.CBaseLoader)  # noqa: S506  # texts, lists and mappings alone
    except (yaml.YAMLError, ValueError, RecursionError):
        return head + content + rest
    if name.endswith(".json"):
        with suppress(ValueError, RecursionError):
            tree = json.loads(content)
    try:
        places = list(_places(tree))
        if places:
            holder, key = dice.choice(places)
            _mutate(dice, holder, key, places)
        if name.endswith(".json"):
            return json.dumps(tree, indent=1, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")
        made = yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    except (ValueError, RecursionError, yaml.YAMLError):
        return head + content + rest
    return head + made.encode("utf-8", "surrogatepass").rstrip(b"\n") + (rest or b"\n")


def _mutate(dice, holder, key, places):
    match dice.choice(("odd", "gone", "other", "wrapped", "renamed", "number")):
        case "odd":
            holder[key] = odd(dice)
        case "gone":
            del holder[key]
        case "other":
            other, place = dice.choice(places)
            holder[key] = json.loads(json.dumps(other[place]))
        case "wrapped":
            holder[key] = dice.choice(([holder[key]], {"a": holder[key]}, [holder[key]] * 3))
        case "renamed" if isinstance(holder, dict):
            holder[dice.choice(ODD)] = holder.pop(key)
        case _:
            holder[key] = dice.choice((0, -1, 10**40, 1.5, True, None, float("inf"), float("nan"), "II", "x-y", "1"))


def _places(tree: object) -> Iterator[tuple]:
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(entries):
        yield tree, key
        yield from _places(value)


_DAMAGES = (
    _cut,
    _flipped,
    _struck,
    _struck,
    _lines,
    _value,
    _value,
    _encoded,
    _deep,
    _structure,
    _structure,
    _structure,
)

# -- damage to Word files -----------------------------------------------------------------------

JINJA = (
    "{{ title }}", "{{ x }}", "{{ title.__class__ }}", "{% for a in signatures %}", "{% endfor %}", "{%p if title %}",
    "{%tr for s in signatures %}", "{%tc x %}", "{%r x %}", "{{r title }}", "{{p opening }}", "{# a #}", "{%- -%}",
    "{{", "}}", "{%", "{{ opening }}", "{% raw %}", "{% endraw %}", "{% set a = title * 9 %}", "{% include 'a' %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ range(10**9) }}", "{{ 'a' * 10**10 }}", "{{ 9 ** 9 ** 9 }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}a{% endfor %}{% endfor %}", "{{ cycler }}", "\ue0000\ue001",
    "{{ [title] * 9999999 }}", "{% cellbg a %}", "{% colspan 3 %}", "{% hm %}", "{% vm %}", "{_{ a }_}", "{% trans %}",
    "{{ title | attr('x') }}", "{{ title | map('x') | list }}", "{% block a %}{{ self.a() }}{% endblock %}",
    "{{ title | center(10**10) }}", "{{ lipsum(999999) }}", "{{ '{:>999999999999}'.format(title) }}",
    "{{ '%s' % title }}", "{{y title }}",
)  # fmt: skip


def docx(dice: random.Random, content: bytes, texts: tuple[str, ...]) -> bytes:
    """Damage a Word file: its bytes, a part's bytes, or the elements of a part."""
    if dice.random() < 0.2:
        return dice.choice((_cut, _flipped, _struck))(dice, content, "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.choice((1, 1, 2, 4))):
        name = dice.choice([*parts, "word/document.xml", "word/document.xml"])
        if dice.random() < 0.25:
            parts[name] = dice.choice((_cut, _flipped, _struck, _lines, _encoded))(dice, parts[name], name)
        elif dice.random() < 0.1:
            parts = _parts(dice, parts, name)
        else:
            parts[name] = _elements(dice, parts[name], texts)
        if name not in parts or not parts:
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(dice, parts, name):
    match dice.choice(("lost", "other", "renamed", "empty", "more")):
        case "lost":
            return {n: c for n, c in parts.items() if n != name}
        case "other":
            return parts | {name: parts[dice.choice(list(parts))]}
        case "renamed":
            return {(n.upper() if n == name else n): c for n, c in parts.items()}
        case "empty":
            return parts | {name: b""}
        case _:
            return parts | {dice.choice(("word/vbaProject.bin", "../a", "word/x.xml", "customXml/item1.xml")): b"<a/>"}


def _elements(dice, content, texts):
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return content
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    for _ in range(dice.choice((1, 1, 3))):
        _element(dice, dice.choice(nodes), dice.choice(nodes), texts)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _element(dice, node, other, texts):
    parent = node.getparent()
    match dice.choice(("lost", "doubled", "moved", "nested", "said", "attribute", "value", "named", "emptied")):
        case "lost" if parent is not None:
            parent.remove(node)
        case "doubled" if parent is not None:
            for _ in range(dice.choice((1, 30))):
                node.addnext(etree.fromstring(etree.tostring(node)))
        case "moved" if node not in other.iterancestors() and node is not other and parent is not None:
            other.append(node)
        case "nested" if parent is not None:
            copy = etree.fromstring(etree.tostring(node))
            for _ in range(dice.choice((1, 20, 95))):
                outer = etree.Element(node.tag, dict(node.attrib))
                outer.append(copy)
                copy = outer
            node.addnext(copy)
        case "attribute" if node.attrib:
            del node.attrib[dice.choice(sorted(node.attrib))]
        case "value" if node.attrib:
            value = dice.choice(("", "-1", "x", "9" * 30, "0", "1", "{{ title }}", "rId1", "true", "2147483648"))
            node.set(dice.choice(sorted(node.attrib)), value)
        case "named":
            node.tag = other.tag
        case "emptied":
            for child in list(node):
                node.remove(child)
        case _:
            said = [n for n in node.iter() if n.text] or [node]
            with suppress(ValueError):  # what XML can't hold
                dice.choice(said).text = dice.choice(texts)

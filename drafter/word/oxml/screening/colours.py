"""Says which colour a property means: by the theme of the file, which Word prefers, or by its six digits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.roots import URIS

PAPER, INK = "FFFFFF", "000000"
ALIKE = 32  # of 255: two colours that differ less than this in red, green and blue can't be told apart
_A, _W14 = "{http://schemas.openxmlformats.org/drawingml/2006/main}", f"{{{URIS['w14']}}}"
_MAPPED = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}  # where the settings say nothing else
_SLOTS = {"light1": "lt1", "dark1": "dk1", "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink"}
_CALLED = {"bg1": ("background1",), "t1": ("text1", "tx1"), "bg2": ("background2",), "t2": ("text2", "tx2")}
HIGHLIGHTS: Mapping[str, str] = {  # ECMA-376 part 1, 17.18.40
    "black": INK, "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": PAPER, "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


def theme(themes: Iterable[Element], settings: Iterable[Element]) -> Mapping[str, str]:
    """Return the colours of a theme as six digits, by each name that a property may call them, as "background1"."""
    found = {"lt1": PAPER, "dk1": INK}
    for node in (node for root in themes for scheme in root.iter(f"{_A}clrScheme") for node in scheme):
        for colour in node:
            slot = str(node.tag).rpartition("}")[2]
            found[slot] = colour.get("lastClr", colour.get("val", ""))
    mapped = dict(_MAPPED)
    for node in (node for root in settings for node in root.iter(w("clrSchemeMapping"))):
        mapped |= {name: node.get(w(name), slot) for name, slot in _MAPPED.items()}
    named = {long: found[slot] for long, slot in _SLOTS.items() if slot in found}
    for name, slot in mapped.items():
        named |= dict.fromkeys((name, *_CALLED[name]), named.get(slot, ""))
    return found | named


def of(node: Element, name: str, colours: Mapping[str, str]) -> str:
    """Return the digits of a property's colour, which is in its attribute `val`, `color` or `fill`; or "auto"."""
    themed = "themeFill" if name == "fill" else "theme"
    digits = colours.get(node.get(w("themeFill" if name == "fill" else "themeColor"), ""), "")
    if not digits:
        return node.get(w(name), "auto")
    for attribute, towards in ((f"{themed}Tint", PAPER), (f"{themed}Shade", INK)):
        if (part := node.get(w(attribute))) is not None:
            digits = mixed(digits, towards, _part(part))
    return digits


def of_effect(fill: Element, colours: Mapping[str, str]) -> str:
    """Return the digits of the first colour of an effect's fill; empty where it has none that is known."""
    for node in fill.iter(f"{_W14}srgbClr", f"{_W14}schemeClr"):
        said = node.get(f"{_W14}val", "")
        digits = said if node.tag == f"{_W14}srgbClr" else colours.get(said, "")
        for tag, towards in (("tint", PAPER), ("shade", INK), ("lumMod", INK)):
            for change in node.iterfind(f"{_W14}{tag}"):
                digits = mixed(digits, towards, _thousandths(change))
        return digits
    return ""


def of_shade(shade: Element, colours: Mapping[str, str]) -> str | None:
    """Return the digits of what a shading prints; None where nothing, empty where a pattern has no one colour."""
    kind = shade.get(w("val"), "clear")
    fill, color = of(shade, "fill", colours), of(shade, "color", colours)
    if kind == "nil" or (kind == "clear" and fill == "auto"):
        return None
    if kind == "clear":
        return fill
    if kind == "solid":
        return INK if color == "auto" else color
    if not kind.startswith("pct"):
        return ""
    share = float(kind[3:] if kind[3:].isdigit() else 50) / 100
    return mixed(INK if color == "auto" else color, PAPER if fill == "auto" else fill, share)


def mixed(one: str, other: str, share: float) -> str:
    """Return a share of one colour, from 0 to 1, with the rest of another."""
    pairs = zip(_parts(one), _parts(other), strict=False)
    return "".join(f"{min(255, max(0, round(a * share + b * (1 - share)))):02X}" for a, b in pairs)


def are_alike(one: str, other: str) -> bool:
    """Say whether two colours can't be told apart; what isn't a colour is like none."""
    pairs = list(zip(_parts(one), _parts(other), strict=False))
    return bool(pairs) and all(abs(a - b) < ALIKE for a, b in pairs)


def _parts(digits: str) -> tuple[int, ...]:
    try:
        return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4)) if len(digits) == len(PAPER) else ()
    except ValueError:
        return ()


def _part(hexadecimal: str) -> float:
    try:
        return int(hexadecimal, 16) / 255
    except ValueError:
        return 1


def _thousandths(node: Element) -> float:
    try:
        return float(node.get(f"{_W14}val", "")) / 100_000
    except ValueError:
        return 1

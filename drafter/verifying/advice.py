"""Says what a reader can do about a file that can't be judged, by what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.verifying.comparison import Finding

_STEPS: Mapping[str, str] = {  # by words of what was found
    "tracked": "accept or reject every tracked change in Word (Review, Accept All or Reject All)",
    "rPrChange": "accept or reject every tracked change in Word (Review, Accept All or Reject All)",
    "pPrChange": "accept or reject every tracked change in Word (Review, Accept All or Reject All)",
    "a comment": "delete the comments in Word (Review, Delete All Comments)",
    "hidden words": "show what is hidden in Word (Home, ¶), and delete it",
    "w:vanish": "show what is hidden in Word (Home, ¶), and delete it",
    "documentProtection": "turn the protection off in Word (Review, Restrict Editing, Stop Protection)",
    "w:view": "show the file as pages in Word (View, Print Layout)",
    "template": "take the template off in Word (File, Options, Add-ins, Templates, Go: type Normal)",
    "linkStyles": "take the template off in Word (File, Options, Add-ins, Templates, Go: type Normal)",
    "a form field": "put plain words in the place of each form field or control",
    "a list to choose from": "put plain words in the place of each form field or control",
    "words that come from elsewhere": "put plain words in the place of each form field or control",
    "showingPlcHdr": "put plain words in the place of each form field or control",
    "a drawing": "delete the drawing, picture or object, unless the contract needs it",
    "a picture": "delete the drawing, picture or object, unless the contract needs it",
    "an object": "delete the drawing, picture or object, unless the contract needs it",
    "one of several ways": "delete the drawing, picture or object, unless the contract needs it",
    "a footnote": "delete the note",
    "an endnote": "delete the note",
    "a field": "undo the change of the field: in Word, Ctrl-Z, or type what it printed",
    "is missing": "have whoever sent the file open it in Word and save it as a Word Document (.docx)",
    "web add-in": "take the add-in out in Word (File, Info, Check for Issues, Inspect Document, Task Pane Add-ins)",
    "macros": "have whoever sent the file save it as a Word Document (.docx), without macros",
}
_OTHERWISE = "have whoever sent the file copy its words into the contract that was sent to them"
AGAIN = "then save the file and compare it again"


def steps(found: Iterable[Finding]) -> tuple[str, ...]:
    """Return what a reader can do so that a file can be judged, each step once; none where everything could be."""
    unjudged = [one for one in found if one.kind == "unjudged"]
    known = [next((step for words, step in _STEPS.items() if words in one.what), _OTHERWISE) for one in unjudged]
    return (*dict.fromkeys(known), AGAIN) if known else ()

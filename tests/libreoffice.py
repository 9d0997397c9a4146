"""Takes or rejects every tracked change of Word files in LibreOffice, for tests, by a macro of its own profile."""

from __future__ import annotations

import subprocess
from pathlib import Path

LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
  library:link="false"/>
</library:libraries>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Run(folder As String)
  Dim names(1000) As String
  Dim how(0) As New com.sun.star.beans.PropertyValue
  Dim kind(1) As New com.sun.star.beans.PropertyValue
  Dim none()
  how(0).Name = "Hidden"
  how(0).Value = True
  kind(0).Name = "FilterName"
  kind(0).Value = "Text (encoded)"
  kind(1).Name = "FilterOptions"
  kind(1).Value = "UTF8,LF,,,"
  count = 0
  name = Dir(folder &amp; "/*.docx")
  While name &lt;&gt; ""
    names(count) = name
    count = count + 1
    name = Dir()
  Wend
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  For i = 0 To count - 1
    takes = Array("Accept", "Reject")
    If InStr(names(i), "-clean") &gt; 0 Then takes = Array("Accept")
    For Each take In takes
      path = folder &amp; "/" &amp; names(i)
      file = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, how())
      order = ".uno:" &amp; take &amp; "AllTrackedChanges"
      dispatcher.executeDispatch(file.CurrentController.Frame, order, "", 0, none())
      file.storeToURL(ConvertToURL(path &amp; "." &amp; take &amp; ".txt"), kind())
      file.close(True)
    Next
  Next
  StarDesktop.terminate()
End Sub
</script:module>
"""


def take_all(folder: Path, profile: Path) -> None:
    """Write, beside each FILE.docx, the text with all changes accepted and rejected: FILE.docx.Accept.txt, Reject.

    A file that has no changes, and "-clean" in its name, is only accepted.
    """
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # A new profile knows no macros: the first start makes it.
    subprocess.run([*command, "--terminate_after_init"], check=False, capture_output=True, timeout=120)
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "script.xlc").write_text(LIBRARIES)
    (basic / "Standard" / "script.xlb").write_text(LIBRARY)
    (basic / "Standard" / "Module1.xba").write_text(MODULE)
    macro = f'macro:///Standard.Module1.Run("{folder}")'
    subprocess.run([*command, macro], check=True, capture_output=True, timeout=500)


def resaved(path: Path, folder: Path, by: str = "docx") -> Path:
    """Save a Word file again with LibreOffice, by way of another format, as a file of the same name in a folder."""
    made = path if by == "docx" else converted(path, folder / by, folder, by)
    return converted(made, folder / "resaved", folder, "docx")


def converted(path: Path, target: Path, folder: Path, kind: str) -> Path:
    """Convert a file with LibreOffice, and return the one that it has made; `folder` is for its own notes."""
    profile = f"-env:UserInstallation={(folder / 'resaving').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(target),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return target / f"{path.stem}.{kind}"


def lines(path: Path) -> list[str]:
    """Return the lines of a text that print something: LibreOffice leaves an empty one where a table went."""
    found = (line.strip(" \t\u200c\u200d") for line in path.read_text("utf-8").replace("\u00a0", " ").split("\n"))
    return [line for line in found if line]

"""What differs between Windows, macOS and Linux, each platform played here by its name."""

import pytest

from drafter.base import system


def test_on_windows_libreoffice_is_looked_for_on_the_path_and_among_the_programs():
    env = {"PATH": r"C:\bin;;.;tools", "PROGRAMFILES": r"D:\Programme", "PROGRAMFILES(X86)": r"D:\Programme (x86)"}
    assert list(system.offices("win32", env)) == [
        r"C:\bin\soffice",
        r"C:\bin\libreoffice",
        r"D:\Programme\LibreOffice\program\soffice.exe",
        r"D:\Programme (x86)\LibreOffice\program\soffice.exe",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ]


def test_on_a_mac_libreoffice_may_be_one_person_s_own():
    assert list(system.offices("darwin", {"PATH": "/usr/bin", "HOME": "/Users/ann"}))[2:] == [
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "/Users/ann/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ]


def test_on_linux_libreoffice_may_be_a_snap_or_a_flatpak_which_see_only_the_home_folder():
    found = list(system.offices("linux", {"PATH": "/usr/bin:", "HOME": "/home/ann"}))
    assert found[:3] == ["/usr/bin/soffice", "/usr/bin/libreoffice", "/snap/bin/libreoffice"]
    assert [system.sees_only_home(program) for program in found] == [False, False, True, True, True]


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_no_program_of_the_current_folder_is_taken(platform):
    env = {"PATH": ";.;x" if platform == "win32" else ":.:x:", "HOME": "/home/ann"}
    assert all(program.startswith(("/", "C:\\")) for program in system.offices(platform, env))


@pytest.mark.parametrize(
    ("platform", "term", "draws"),
    [
        ("win32", None, True), ("win32", "dumb", False), ("win32", "xterm", True),
        ("linux", None, False), ("darwin", None, False), ("linux", "dumb", False), ("linux", "xterm", True),
    ],
)  # fmt: skip
def test_windows_draws_a_screen_without_term(platform, term, draws):
    assert system.draws(platform, {} if term is None else {"TERM": term}) is draws


def test_on_windows_a_process_is_ended_with_those_that_it_started():
    assert system.tree_killer("linux", {}, 12) == []
    assert system.tree_killer("win32", {"SYSTEMROOT": r"D:\Windows"}, 12) == [
        r"D:\Windows\System32\taskkill.exe", "/T", "/F", "/PID", "12",
    ]  # fmt: skip


def failing(times, done):
    def move():
        if len(done) < times:
            done.append("held")
            raise PermissionError(13, "Permission denied")
        done.append("moved")

    return move


def test_a_move_that_fails_twice_on_windows_is_tried_a_third_time_after_longer_pauses():
    done, pauses = [], []
    system.patiently(failing(2, done), "win32", pauses.append)
    assert done == ["held", "held", "moved"]
    assert pauses == [0.1, 0.2]


def test_a_move_that_keeps_failing_ends_and_elsewhere_is_not_tried_again():
    pauses = []
    with pytest.raises(PermissionError):
        system.patiently(failing(99, []), "win32", pauses.append)
    assert sum(pauses) == pytest.approx(1.5)
    done = []
    with pytest.raises(PermissionError):
        system.patiently(failing(1, done), "linux", pauses.append)
    assert done == ["held"]


def test_only_windows_is_told_to_close_word():
    assert "close it there" in system.held_hint(PermissionError(13, ""), "win32")
    assert system.held_hint(PermissionError(13, ""), "linux") == ""
    assert system.held_hint(OSError(28, ""), "win32") == ""

# Sourced by the other scripts: makes a virtual environment once, and again only when what it is built from has changed.
# usage: environment FOLDER REQUIREMENT...   (leaves the path of its python in $python)

find_python() {
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    echo "drafter needs Python 3.11 or later, and none was found. Install one from python.org or your system's package manager." >&2
    return 1
}

# Leaves the path of a virtual environment's python in $python; on Windows it is in another folder.
find_environment() {
    python=$1/bin/python
    if [ -e "$1/Scripts/python.exe" ]; then python=$1/Scripts/python.exe; fi
}

environment() {
    folder=$1
    shift
    find_environment "$folder"
    base=$(find_python) || return 1
    case "$*" in
        *'[test]'*) locked=scripts/requirements-test.txt ;;
        *) locked=scripts/requirements.txt ;;
    esac
    built=scripts/requirements-build.txt
    stamp="$("$base" --version) $* $(cat pyproject.toml scripts/environment.sh "$built" "$locked" | cksum)"
    if [ -x "$python" ] && [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$stamp" ]; then
        return 0
    fi
    echo "Setting up $folder (once; this needs a network) ..." >&2
    rm -rf "$folder"
    if ! "$base" -P -m venv "$folder" >&2; then
        echo "The virtual environment could not be made. On Debian or Ubuntu: apt-get install python3-venv" >&2
        return 1
    fi
    find_environment "$folder"
    # Only files whose hashes scripts/lock recorded are installed; source packages are built with pinned tools too.
    # The lists are whole, so nothing is looked up besides: scripts/overrides.txt says what is left out.
    {
        "$python" -P -m pip install -qq --disable-pip-version-check --require-hashes -r "$built" &&
            "$python" -P -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --require-hashes -r "$locked" &&
            "$python" -P -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps "$@"
    } >&2 || {
        echo "The packages could not be installed; the messages above say why." >&2
        return 1
    }
    printf '%s' "$stamp" >"$folder/.stamp"
}

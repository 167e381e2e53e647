#!/bin/sh
# Sets up what `make run` (argument: run) or `make test` (argument: test) needs; what is in place is left alone.
set -eu
what=$1
venv=.venv

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 1; fi
}

# Debian and Ubuntu packages, only those that are missing.
install_packages() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok' || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    say "Installerar / installing:$missing"
    # shellcheck disable=SC2086
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

need() { # need WHAT DEBIAN-PACKAGES -- BREW-PACKAGES
    name=$1; shift
    debian=
    while [ "$1" != -- ]; do debian="$debian $1"; shift; done
    shift
    if command -v apt-get >/dev/null 2>&1; then
        # shellcheck disable=SC2086
        install_packages $debian && return 0
    fi
    say "$name saknas. / $name is missing."
    say "  Debian/Ubuntu: apt-get install$debian"
    say "  macOS:         brew install $*"
    exit 3
}

# A Python that is new enough and can make virtual environments.
find_python() {
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"; return 0
        fi
    done
    return 1
}

python=$(find_python) || { need "Python 3.11" python3 python3-venv -- python@3.12; python=$(find_python) || {
    say "Python 3.11 eller nyare behövs. / Python 3.11 or newer is needed."; exit 3; }; }
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"

if [ "$what" = test ]; then
    "$venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
    # The tests drive a real browser and a real office suite.
    # libatomic1 is for the driver that Playwright brings along.
    need "Chromium" chromium libatomic1 -- chromium
    need "LibreOffice" libreoffice-calc-nogui libreoffice-writer-nogui -- libreoffice
    # The tests set pages in Liberation, as the examples are (benchmarks/examples/fonts.py).
    need "Liberation" fonts-liberation -- font-liberation
else
    "$venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r requirements.lock
    "$venv/bin/pip" install -q --disable-pip-version-check --no-deps -e .
    languages=$(tesseract --list-langs 2>/dev/null || true)
    case $languages in
        *script/Latin*swe* | *swe*script/Latin*) ;;
        *) need "Tesseract" tesseract-ocr tesseract-ocr-swe tesseract-ocr-script-latn -- tesseract tesseract-lang ;;
    esac
fi

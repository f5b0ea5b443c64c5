#!/bin/sh
# Makes .venv ready to run and test liveroom on a bare Debian or Ubuntu.
# Missing system packages are installed when we may (root, or sudo without a password); otherwise
# the one command that installs them all is printed. Another Python: LIVEROOM_PYTHON=/path/to/python.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh

VENV=.venv
STAMP=$VENV/ready
NEED_PYTHON='import sys; sys.exit(sys.version_info < (3, 11))'

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

find_python() {
    for candidate in ${LIVEROOM_PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c "$NEED_PYTHON" 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# has_font NAME...: whether a file of such a name (find patterns) is among the fonts.
has_font() {
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" \
        "${HOME:-/}/.local/share/fonts"; do
        [ -d "$folder" ] || continue
        for name in "$@"; do
            [ -z "$(find -L "$folder" -iname "$name" 2>/dev/null | head -n 1)" ] || return 0
        done
    done
    return 1
}

install_command() {
    echo "apt-get update && apt-get install -y --no-install-recommends $*"
}

may_install() {
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# As whom the user runs the command: Debian has no sudo where root was given a password.
as_admin() {
    if command -v sudo >/dev/null; then echo 'sudo sh -c'; else echo 'su - -c'; fi
}

# apt_install PACKAGE...: silent when it works, else the end of what apt-get said.
apt_install() {
    as_root=
    [ "$(id -u)" = 0 ] || as_root='sudo -n'
    log=$(mktemp)
    status=0
    $as_root sh -c "export DEBIAN_FRONTEND=noninteractive; $(install_command "$@")" >"$log" 2>&1 \
        || status=$?
    [ "$status" = 0 ] || tail -n 20 "$log" >&2
    rm -f "$log"
    return "$status"
}

# require WHY PACKAGE...: installs, or says how to and stops.
require() {
    why=$1
    shift
    command -v apt-get >/dev/null || fail "$why. Please install what these Debian packages hold: $*"
    may_install || fail "$why. Please run this, then the same make again:

    $(as_admin) '$(install_command "$@")'
"
    say "$why; installing: $*"
    apt_install "$@" || fail "apt-get could not install: $*"
}

# What we can tell before Qt is here: the names it will ask the dynamic linker for.
needed_packages() {
    if python=$(find_python); then
        venv_package "$python"
    else
        python_packages
    fi
    packages_of_absent "$QT_LIBRARIES"
    has_font '*.[to]tf' '*.ttc' || echo fonts-dejavu-core
}

# Tests, rehearsals without a screen and exports all work without these.
optional_packages() {
    packages_of_absent "$X_LIBRARIES"
    command -v objcopy >/dev/null || echo binutils
    # Viewers write emoji, of which Inter has none: the chat would show boxes.
    has_font '*emoji*' || echo fonts-noto-color-emoji
    ! python=$(find_python) || libpython_package "$python"
}

try_optional() {
    # shellcheck disable=SC2046,SC2086
    set -- $(dated_names $optional)
    if may_install; then
        say "windows on an X screen, emoji in the chat and make dist need more; installing: $*"
        apt_install "$@" && return
    fi
    say "note: for windows on an X screen, emoji and make dist, run:  $(as_admin)" \
        "'$(install_command "$@")'"
}

# wanted_by FILE...: the libraries of the system that these files need and the linker cannot find.
wanted_by() {
    ldd "$@" 2>/dev/null | awk '/not found/ && $1 !~ /Qt6|pyside|shiboken/ { print $1 }' | sort -u
}

check_qt() {
    qt=$(echo "$VENV"/lib/python3*/site-packages/PySide6)
    set -- "$qt/Qt/plugins/platforms/libqoffscreen.so"
    for part in Core Gui Widgets Svg OpenGL OpenGLWidgets Network DBus Test; do
        set -- "$@" "$qt/Qt/lib/libQt6$part.so.6" "$qt/Qt$part.abi3.so"
    done
    absent=$(wanted_by "$@")
    for library in $absent; do
        # shellcheck disable=SC2086
        [ -n "$(packages_of $library)" ] || fail "Qt misses $library, and no package is known for it"
    done
    # shellcheck disable=SC2046,SC2086
    [ -z "$absent" ] || require "Qt misses $(echo $absent)" $(packages_of $absent)
    absent=$(wanted_by "$qt/Qt/plugins/platforms/libqxcb.so")
    # shellcheck disable=SC2086
    [ -z "$absent" ] || say "note: Qt opens no window on an X screen without" $absent
    QT_QPA_PLATFORM=offscreen "$VENV/bin/python" -c \
        'from PySide6.QtWidgets import QApplication; QApplication([])' \
        || fail 'Qt does not start even without a screen; the lines above say why.'
}

install_packages() {
    # The place counts too: the programs in a venv that was moved point to where it was made.
    checksum=$(pwd; cksum <pyproject.toml)
    if [ -x "$VENV/bin/liveroom" ] && [ "$(cat "$STAMP.of" 2>/dev/null)" = "$checksum" ]; then
        return 0
    fi
    if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        say "making $VENV with $("$1" --version)"
        "$1" -m venv --clear "$VENV"
    fi
    say 'installing Python packages (the first time takes a few minutes and about 900 MB)'
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --editable '.[dev]' \
        || fail 'pip stopped, the lines above say why. Is there a network? Then run make again.'
    echo "$checksum" >"$STAMP.of"
}

if [ "$(uname -s)" = Linux ] && command -v apt-get >/dev/null; then
    needed=$(needed_packages)
    optional=$(optional_packages)
    # shellcheck disable=SC2046,SC2086
    if [ -n "$needed" ]; then
        # Whoever has to type the command types one for both.
        ! may_install || optional=
        require 'some system packages are missing' $(dated_names $needed $optional)
        optional=$(optional_packages) # a Python that has only just come wants its libpython
    fi
    [ -z "$optional" ] || try_optional
fi
python=$(find_python) || fail 'no Python 3.11 or newer found (LIVEROOM_PYTHON names one elsewhere)'
install_packages "$python"
[ "$(uname -s)" != Linux ] || check_qt
touch "$STAMP"
say "ready: $("$VENV/bin/python" --version) in $VENV"

# Which Debian package holds what Qt, venv and PyInstaller ask for. Sourced by setup.sh.

# Without these Qt does not start, not even without a screen.
QT_LIBRARIES='
libGL.so.1:libgl1
libEGL.so.1:libegl1
libglib-2.0.so.0:libglib2.0-0
libgthread-2.0.so.0:libglib2.0-0
libfontconfig.so.1:libfontconfig1
libfreetype.so.6:libfreetype6
libdbus-1.so.3:libdbus-1-3
libxkbcommon.so.0:libxkbcommon0
libbrotlidec.so.1:libbrotli1
libgssapi_krb5.so.2:libgssapi-krb5-2
libstdc++.so.6:libstdc++6
libz.so.1:zlib1g
libzstd.so.1:libzstd1
'

# A window on an X screen needs these too.
X_LIBRARIES='
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-randr.so.0:libxcb-randr0
libxcb-render-util.so.0:libxcb-render-util0
libxcb-render.so.0:libxcb-render0
libxcb-shape.so.0:libxcb-shape0
libxcb-shm.so.0:libxcb-shm0
libxcb-sync.so.1:libxcb-sync1
libxcb-util.so.1:libxcb-util1
libxcb-xfixes.so.0:libxcb-xfixes0
libxcb-xkb.so.1:libxcb-xkb1
libxcb.so.1:libxcb1
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libX11.so.6:libx11-6
libX11-xcb.so.1:libx11-xcb1
'

# packages_of_absent TABLE: the packages of those libraries that the dynamic linker does not know.
packages_of_absent() {
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)
    for row in $1; do
        case $known in
            *"${row%%:*} "*) ;;
            *) echo "${row#*:}" ;;
        esac
    done | sort -u
}

# packages_of LIBRARY...: their packages, none for a library that we have never met.
packages_of() {
    # shellcheck disable=SC2046
    dated_names $(for library in "$@"; do
        for row in $QT_LIBRARIES $X_LIBRARIES; do
            [ "${row%%:*}" != "$library" ] || echo "${row#*:}"
        done
    done | sort -u)
}

distribution() {
    (. /etc/os-release 2>/dev/null; echo "${ID:-}-${VERSION_ID:-}")
}

# The Python to install where there is none that is new enough.
python_packages() {
    case $(distribution) in
        ubuntu-22*) echo python3.11 python3.11-venv ;;
        *) echo python3 python3-venv ;;
    esac
}

# Debian splits venv off its Python; the others' Pythons are whole.
venv_package() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# PyInstaller bundles the shared libpython, which Debian splits off too.
libpython_package() {
    case $("$1" -c 'import sys; print(sys.base_prefix)') in
        /usr) ;;
        *) return 0 ;;
    esac
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    packages_of_absent "libpython$version.so.1.0:libpython$version"
}

# Debian 13 and Ubuntu 24.04 renamed a few packages when their time_t grew to 64 bits.
dated_names() {
    case $(distribution) in
        debian-[1-9] | debian-1[0-2] | ubuntu-1* | ubuntu-20* | ubuntu-22* | ubuntu-23*) suffix= ;;
        debian* | ubuntu*) suffix=t64 ;;
        *) suffix= ;;
    esac
    for package in "$@"; do
        case $package in
            libglib2.0-0 | libpython3.11 | libpython3.12) echo "$package$suffix" ;;
            *) echo "$package" ;;
        esac
    done
}

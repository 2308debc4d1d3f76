# The one list of what the product needs beside .NET; sourced after common.sh by start.sh and test.sh. The Dockerfile names the same for
# reports.
SERVICE_PACKAGES=(postgresql redis-server)
# Reports: a browser that prints PDF, a tool that reads it, letters for English and Arabic.
REPORT_PACKAGES=(chromium-headless-shell poppler-utils fonts-noto-core)

# Only the tests: tools that lint the API's description and generate clients of it.
TEST_PACKAGES=(nodejs npm)

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { command -v initdb && command -v postgres; } >/dev/null; }

has_chromium() {
    local name
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do command -v "$name" >/dev/null && return; done
    return 1
}

has_package() {
    case $1 in
        postgresql) has_postgres ;;
        redis-server) command -v redis-server >/dev/null ;;
        chromium-headless-shell) has_chromium ;;
        poppler-utils) command -v pdftotext >/dev/null ;;
        nodejs) command -v node >/dev/null ;;
        npm) command -v npm >/dev/null ;;
        fonts-noto-core) compgen -G '/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.*' >/dev/null ;;
    esac
}

missing_packages() {
    local package
    for package in "$@"; do has_package "$package" || echo "$package"; done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() {
    local log="$DATA/logs/packages.log"
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then return; fi
    # A fresh machine has no package lists yet, an old one has outdated ones.
    as_root apt-get update >>"$log" 2>&1 </dev/null \
        && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 </dev/null
}

# Names of packages have no spaces, so that lists of them are words.
# shellcheck disable=SC2086
install_missing_packages() {
    local services reports
    services=$(missing_packages "${SERVICE_PACKAGES[@]}" | tr '\n' ' ')
    reports=$(missing_packages "${REPORT_PACKAGES[@]}" | tr '\n' ' ')
    if [ -z "$services$reports" ]; then return; fi

    if ! command -v apt-get >/dev/null; then
        [ -z "$services" ] || fail "please install: $services(there is no apt-get to do it)"
        step "PDF reports need $reports(there is no apt-get to install it)"
        return
    fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        [ -z "$services" ] || fail "missing, and there is no sudo. As root: apt-get install $services$reports"
        step "PDF reports need $reports: as root, apt-get install $reports"
        return
    fi

    if [ -n "$services" ]; then
        step "Installing $services"
        require_space /var 500
        if [[ " $services" == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
            # We run a cluster of our own: Debian need not create and start one.
            apt_install postgresql-common || fail "apt-get could not install postgresql; see $DATA/logs/packages.log"
            as_root sed -i -E "s/^#?\s*create_main_cluster.*/create_main_cluster = false/" /etc/postgresql-common/createcluster.conf
        fi
        apt_install $services || fail "apt-get could not install $services; see $DATA/logs/packages.log"
    fi
    if [ -n "$reports" ]; then
        step "Installing $reports for PDF reports"
        require_space /usr 1000
        apt_install $reports || step "apt-get could not install $reports: PDF reports will not work; see $DATA/logs/packages.log"
    fi
}

# What tests/Clients needs: Node by apt, its packages as the lock file has them, the .NET tools of the manifest.
install_client_tools() {
    local missing folder="$ROOT/tests/Clients" log="$DATA/logs/packages.log"
    missing=$(missing_packages "${TEST_PACKAGES[@]}" | tr '\n' ' ')
    if [ -n "$missing" ]; then
        step "Installing $missing for the tests of generated clients"
        command -v apt-get >/dev/null || fail "please install: $missing(there is no apt-get to do it)"
        require_space /usr 500
        # shellcheck disable=SC2086
        apt_install $missing || fail "apt-get could not install $missing; see $log"
    fi
    if [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
        step "Installing the Node packages of tests/Clients"
        require_space "$ROOT" 500
        (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund) >>"$log" 2>&1 </dev/null || fail "npm could not install them; see $log"
    fi
    (cd "$ROOT" && dotnet tool restore) >>"$log" 2>&1 </dev/null || fail "dotnet tool restore failed; see $log"
}

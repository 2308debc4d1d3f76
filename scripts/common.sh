# What start.sh, stop.sh, test.sh and .ci/run share; sourced, never run.
# All of them keep to what bash 3.2 and the tools of macOS know: no mapfile, no empty arrays, no setsid, timeout, realpath or sed -r.
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
DATA="${REOS_DATA_FOLDER:-$ROOT/.data}"
HOST_DLL="$ROOT/src/RealEstateOs.Host/bin/Release/net10.0/RealEstateOs.Host.dll"
export REOS_DATA_FOLDER="$DATA" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Else the runtime maps all compiled code twice, once to write and once to run: memory without use where only our own code is compiled.
export DOTNET_EnableWriteXorExecute="${DOTNET_EnableWriteXorExecute:-0}"
# Else the C library spreads what native code takes over eight heaps for each processor, which give hardly anything back.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"

step() { printf '==> %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

require_dotnet() {
    local folder
    if ! command -v dotnet >/dev/null; then
        for folder in "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
            if [ -x "$folder/dotnet" ]; then export PATH="$folder:$PATH"; break; fi
        done
    fi
    if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
        fail "the .NET 10 SDK is missing. Get it: curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
    fi
}

make_data_folder() {
    mkdir -p "$DATA/logs" 2>/dev/null && [ -w "$DATA" ] && [ -w "$DATA/logs" ] \
        || fail "$DATA cannot be written: it belongs to another user, or the disk is full or read-only."
}

# require_space FOLDER MEGABYTES
require_space() {
    local free
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] || fail "the disk is full: $free MB are free at $1, $2 MB are needed."
}

# build PROJECT WHAT: quiet unless it fails. Its output goes to a file because build servers outlive the build and
# would keep the pipe of whoever reads our output open.
build() {
    local log="$DATA/logs/build.log"
    step "Building $2 (the first time takes a minute or two)"
    if ! (cd "$ROOT" && dotnet build "$1" -c Release -v q -nologo) >"$log" 2>&1 </dev/null; then
        if grep -q 'No space left on device' "$log"; then fail "the disk is full: the build could not be written."; fi
        grep -E 'error|warning' "$log" | sort -u | tail -n 20 >&2 || tail -n 20 "$log" >&2
        fail "the build failed; all of its output: $log"
    fi
}

host_is_built() {
    [ -f "$HOST_DLL" ] || return 1
    [ -z "$(find "$ROOT/src" "$ROOT"/Directory.* "$ROOT/global.json" \
        \( -name bin -o -name obj \) -prune -o -newer "$HOST_DLL" -print | head -n 1)" ]
}

# The process id of the host that start.sh started, if it still runs.
host_pid() {
    local pid
    {
        pid=$(cat "$DATA/host.pid") && [ -n "$pid" ] && command_of "$pid" | grep -q 'RealEstateOs.Host' && echo "$pid"
    } 2>/dev/null
}

# A minimal Debian has no ps, macOS no /proc.
command_of() { if [ -d /proc/self ]; then tr '\0' ' ' <"/proc/$1/cmdline"; else ps -p "$1" -o command=; fi; }

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# http_status PORT PATH: needs no curl, which a fresh machine may lack.
http_status() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
        read -r -t 5 _ status _ <&3 && echo "$status"
    ) 2>/dev/null
}

# Closes inherited descriptors, so that a background process keeps no caller's pipe open.
close_inherited() {
    local entry
    for entry in /dev/fd/*; do
        entry=${entry##*/}
        if [ "$entry" -gt 2 ] && [ "$entry" -ne 255 ]; then eval "exec $entry>&-"; fi
    done
}

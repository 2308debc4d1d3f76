#!/usr/bin/env bash
# Brings up Real Estate OS with its own PostgreSQL and Redis.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"
. "$ROOT/scripts/packages.sh"

usage() {
    cat <<'TEXT'
Usage: ./start.sh [--foreground | --docker]
  Installs what is missing, builds, starts the API and returns when it is ready.
  --foreground  stays, with the log on the terminal; Ctrl-C ends the API
  --docker      the same with docker compose
  PORT=8000               the port of the API
  REOS_DATA_FOLDER=.data  where the database, files and logs are kept
TEXT
}

mode=background
for argument in "$@"; do
    case $argument in
        --foreground) mode=foreground ;;
        --docker) mode=docker ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done

random_secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# Containers have to agree on passwords beforehand: random ones, written once.
write_env_file() {
    local line
    step "Writing .env with random passwords"
    (
        umask 077
        while IFS= read -r line; do
            if [[ "$line" == [A-Z]*=change-me* ]]; then line="${line%%=*}=$(random_secret)"; fi
            printf '%s\n' "$line"
        done <"$ROOT/.env.example" >"$ROOT/.env"
    )
}

if [ "$mode" = docker ]; then
    command -v docker >/dev/null || fail "Docker is not installed: https://docs.docker.com/engine/install/"
    docker compose version >/dev/null 2>&1 || fail "docker compose is missing: apt-get install docker-compose-plugin"
    docker info >/dev/null 2>&1 || fail "the Docker engine does not answer: is it running, and may you use it?"
    if [ ! -f "$ROOT/.env" ]; then write_env_file; fi
fi

# The caller's PORT wins over the file's.
given_port="${PORT:-}"
if [ -f "$ROOT/.env" ]; then set -a; . "$ROOT/.env"; set +a; fi
PORT="${given_port:-${PORT:-8000}}"
[[ "$PORT" =~ ^[0-9]{1,5}$ ]] && [ "$PORT" -ge 1 ] && [ "$PORT" -le 65535 ] || fail "PORT=$PORT is no port number."

print_addresses() {
    cat <<TEXT

  API           http://localhost:$1
  Documentation http://localhost:$1/docs   (also /redoc, /openapi.json)
  Health        http://localhost:$1/health

TEXT
    if [ "$mode" = docker ] && [ "${ASPNETCORE_ENVIRONMENT:-Production}" != Development ]; then return; fi
    cat <<TEXT
  Logins        admin@acme-realestate.com    Admin123!
                manager@acme-realestate.com  Manager123!
                mike@acme-realestate.com     Agent123!

TEXT
}

# wait_until_ready ALIVE-COMMAND LAST-LINE-COMMAND
wait_until_ready() {
    local tries
    for ((tries = 1; SECONDS - started < 90; tries++)); do
        [ "$(http_status "$PORT" /ready)" = 200 ] && return 0
        $1 || return 1
        if [ $((tries % 25)) = 0 ]; then printf '    still starting (%d s): %s\n' $((SECONDS - started)) "$($2)"; fi
        sleep 0.2
    done
    return 1
}

if [ "$mode" = docker ]; then
    step "Starting the containers"
    (cd "$ROOT" && PORT="$PORT" docker compose up -d --build) || fail "docker compose could not start the containers."
    started=$SECONDS
    last_line() { echo "docker compose logs api"; }
    wait_until_ready true last_line || fail "the API is not ready; see docker compose logs api"
    print_addresses "$PORT"
    exit 0
fi

make_data_folder
if pid=$(host_pid); then
    running=$(cat "$DATA/host.port" 2>/dev/null || echo "$PORT")
    step "Real Estate OS is already running (process $pid); ./stop.sh stops it."
    if [ "${given_port:-$running}" != "$running" ]; then step "It stays on port $running; stop it first to have it on $PORT."; fi
    print_addresses "$running"
    exit 0
fi
if port_is_taken "$PORT"; then fail "port $PORT is taken by another program: PORT=8001 ./start.sh uses another one."; fi

require_dotnet
install_missing_packages
if ! host_is_built; then
    require_space "$ROOT" 1000
    build src/RealEstateOs.Host "Real Estate OS"
fi
require_space "$DATA" 200

export ASPNETCORE_ENVIRONMENT="${ASPNETCORE_ENVIRONMENT:-Development}" ASPNETCORE_URLS="http://localhost:$PORT" PublicUrl="${PublicUrl:-http://localhost:$PORT}"
echo "$PORT" >"$DATA/host.port"
cd "$ROOT/src/RealEstateOs.Host"
if [ "$mode" = foreground ]; then
    step "Starting Real Estate OS on http://localhost:$PORT (Ctrl-C ends it; ./stop.sh also stops PostgreSQL and Redis)"
    print_addresses "$PORT"
    echo "$$" >"$DATA/host.pid"
    exec dotnet "$HOST_DLL"
fi

log="$DATA/logs/host.log"
step "Starting Real Estate OS on http://localhost:$PORT"
if [ -f "$log" ]; then mv -f "$log" "$log.1"; fi
started=$SECONDS
(
    close_inherited
    # It outlives the terminal, and Ctrl-C there is not meant for it.
    if command -v setsid >/dev/null; then exec setsid dotnet "$HOST_DLL"; else exec nohup dotnet "$HOST_DLL"; fi
) </dev/null >"$log" 2>&1 &
pid=$!
disown
echo "$pid" >"$DATA/host.pid"

host_is_alive() { kill -0 "$pid" 2>/dev/null; }
last_line() { tail -n 1 "$log" | cut -c1-120; }
if ! wait_until_ready host_is_alive last_line; then
    if host_is_alive; then
        reason="it was not ready after $((SECONDS - started)) s"
        kill "$pid"
    else
        reason="it ended while starting"
    fi
    rm -f "$DATA/host.pid"
    # The private services say in one line what an operator can do: no stack trace around it.
    if advice=$(grep -oE 'PrivateServicesException: .*' "$log"); then fail "$(head -n 1 <<<"${advice#*: }")"; fi
    tail -n 25 "$log" >&2
    fail "Real Estate OS does not start: $reason. Its log: $log"
fi
step "Ready"
print_addresses "$PORT"

#!/usr/bin/env bash
# Stops what start.sh started: the API, PostgreSQL and Redis. Data stays.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"

case "${1:-}" in
    "") ;;
    --docker) cd "$ROOT" && exec docker compose down ;;
    *) printf 'Usage: ./stop.sh [--docker]\n'; [ "$1" = --help ] || [ "$1" = -h ]; exit ;;
esac

if pid=$(host_pid); then
    step "Stopping Real Estate OS (process $pid)"
    kill "$pid" 2>/dev/null || fail "process $pid belongs to another user."
    for ((waited = 0; waited < 300; waited++)); do
        host_pid >/dev/null || break
        sleep 0.1
    done
    if host_pid >/dev/null; then kill -KILL "$pid"; fi
else
    step "Real Estate OS does not run."
fi
rm -f "$DATA/host.pid" "$DATA/host.port" 2>/dev/null || true

for folder in "$DATA" "$DATA/test"; do
    [ -f "$folder/services.json" ] || continue
    require_dotnet
    [ -f "$HOST_DLL" ] || build src/RealEstateOs.Host "Real Estate OS"
    dotnet "$HOST_DLL" dev-services stop --data "$folder"
done

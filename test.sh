#!/usr/bin/env bash
# Builds once and runs every test project; the last line is "N passed, N failed".
# Arguments go to the xunit runner: ./test.sh -method '*tenant*'
# REOS_TEST_DATABASE=container takes PostgreSQL from Docker (image REOS_TEST_IMAGE, postgres:17.6) in place of a private cluster.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"
. "$ROOT/scripts/packages.sh"

make_data_folder
require_dotnet
install_missing_packages
install_client_tools
require_space "$ROOT" 2500
build RealEstateOs.sln "Real Estate OS and its tests"

output=$(mktemp)
failures=$(mktemp)
stop_services() {
    rm -f "$output" "$failures"
    for folder in "$DATA/test" "$DATA/test-container"; do
        if [ -f "$folder/services.json" ]; then dotnet "$HOST_DLL" dev-services stop --data "$folder" >/dev/null || true; fi
    done
}
trap stop_services EXIT

# count NAME: a figure of the runner's summary line, "Total: 12, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, …".
# A project without a matching test prints "Total: 0" and nothing else.
summary_line() { grep -oE "Total: .*" "$output" | tail -n 1; }
count() { summary_line | grep -oE "$1: [0-9]+" | grep -oE '[0-9]+' || echo 0; }

# Each failed test with its message and stack; host logs of tests running beside it don't come between.
failed_tests() { awk '/\[FAIL\]$/ { show = 1; print; next } /^      / { if (show) print; next } !/^[{ ]*"timestamp"/ { show = 0 }' "$output"; }

passed=0 failed=0 skipped=0
for project in "$ROOT"/tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    step "$name"
    code=0
    (cd "$(dirname "$project")" && dotnet "bin/Release/net10.0/$name.dll" -noLogo -noColor "$@") </dev/null 2>&1 | tee "$output" || code=$?
    failed_tests >>"$failures"
    if summary_line >/dev/null; then
        total=$(count Total)
        bad=$(($(count Failed) + $(count Errors)))
        idle=$(($(count Skipped) + $(count 'Not Run')))
        passed=$((passed + total - $(count Failed) - idle))
        failed=$((failed + bad))
        skipped=$((skipped + $(count Skipped)))
        if [ "$bad" = 0 ] && [ "$code" -gt 1 ]; then failed=$((failed + 1)); echo "$name ended with exit code $code."; fi
    else
        failed=$((failed + 1))
        echo "$name crashed (exit code $code): it printed no summary."
    fi
done

if [ -s "$failures" ]; then step "What failed"; cat "$failures"; fi
summary="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then summary="$summary, $skipped skipped"; fi
echo "$summary"
[ "$failed" = 0 ]

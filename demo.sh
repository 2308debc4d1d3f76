#!/usr/bin/env bash
# A tour of a running server by curl: ./start.sh, then ./demo.sh [http://localhost:8000]; without an address, where start.sh put it.
# Every step prints its request and the telling part of the answer; a step that fails ends the tour with an exit code.
set -uo pipefail

data="${REOS_DATA_FOLDER:-$(dirname "${BASH_SOURCE[0]}")/.data}"
BASE=${1:-http://localhost:${PORT:-$(cat "$data/host.port" 2>/dev/null || echo 8000)}}
API="$BASE/api/v1"
TOKEN=""
folder=$(mktemp -d)
listener=""
cleanup() {
    if [ -n "$listener" ]; then kill "$listener" 2>/dev/null; fi
    rm -rf "$folder"
}
trap cleanup EXIT

title() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# call METHOD PATH [curl arguments]: the status goes into $status, the body into $body, the headers into $folder/headers.
call() {
    local method=$1 path=$2
    shift 2
    if [ -z "${quiet:-}" ]; then printf '   %s %s %s\n' "$method" "${path#"$BASE"}" "${json:-}" | cut -c1-150; fi
    status=$(curl -sS -m 30 -o "$folder/body" -D "$folder/headers" -w '%{http_code}' -X "$method" \
        ${TOKEN:+-H "Authorization: Bearer $TOKEN"} "$@" "$path") || fail "$path does not answer."
    body=$(cat "$folder/body")
}

# send METHOD PATH JSON [curl arguments]
send() {
    local method=$1 path=$2 json=$3
    shift 3
    call "$method" "$path" -H 'Content-Type: application/json' -d "$json" "$@"
}

# must STATUS: the last answer had it.
must() { [ "$status" = "$1" ] || fail "expected $1, got $status: ${body:0:1000}"; }

# absent: this server does not carry the route (a missing record would not be a surprise here, since we have just made it).
absent() {
    [ "$status" = 404 ] || return 1
    note "not on this server: skipped"
}

# field NAME: the first such member of the last answer, as text. Enough for flat answers; not a JSON parser.
field() { grep -oE "\"$1\":(\"[^\"]*\"|[^,}]*)" <<<"$body" | head -n 1 | sed -E 's/^"[^"]*"://; s/^"//; s/"$//'; }

header() { tr -d '\r' <"$folder/headers" | grep -i "^$1:" | head -n 1 | cut -d' ' -f2-; }

show() {
    local name
    for name in "$@"; do note "$name: $(field "$name")"; done
}

title "Is the server ready?"
curl -sS -m 5 -o /dev/null "$BASE/ready" 2>/dev/null || fail "nothing answers at $BASE. Start it with ./start.sh"
call GET "$BASE/ready"
must 200
show status

run="$(date +%s)-$RANDOM"
title "Register a brokerage"
send POST "$API/auth/register" "{\"email\":\"owner-$run@example.com\",\"password\":\"Correct-Horse-2026!\",\"first_name\":\"Ola\",\"last_name\":\"Owner\",\"organization_name\":\"Demo $run\",\"country\":\"AE\"}"
must 201
TOKEN=$(field access_token)
[ -n "$TOKEN" ] || fail "the answer holds no access_token."
show email role expires_in

title "Listen to live events"
curl -sSN -m 120 -H "Authorization: Bearer $TOKEN" "$API/sse/stream" >"$folder/events" 2>/dev/null &
listener=$!
note "GET /api/v1/sse/stream, in the background"
for _ in $(seq 50); do grep -q '^id:' "$folder/events" && break; sleep 0.1; done
grep -q '^id:' "$folder/events" || fail "the stream did not open."

title "Add a property, twice with the same key"
property='{"address":"12 Harbour Lane","city":"Dubai","property_type":"apartment","price":1250000,"currency":"AED","bedrooms":2,"area_sqft":1180,"tags":["sea view"]}'
send POST "$API/properties" "$property" -H "Idempotency-Key: demo-$run"
must 201
property_id=$(field id)
show id price current_stage
send POST "$API/properties" "$property" -H "Idempotency-Key: demo-$run"
must 201
[ "$(field id)" = "$property_id" ] || fail "the repeat made another property."
note "Idempotency-Replayed: $(header Idempotency-Replayed), the same id: $(field id)"

title "All faults of a body at once"
send POST "$API/properties" '{"price":"a lot","property_type":"castle","owner_email":"nobody"}'
must 422
grep -oE '"field":"[^"]*","loc":[^]]*\],"message":"[^"]*' <<<"$body" | sed -E 's/"field":"([^"]*)".*"message":"(.*)/   \1 \2/; s/^(.{250}).+/\1 …/' | sort -u

title "Move it along the pipeline"
send PATCH "$API/properties/$property_id" '{"current_stage":"closed_won"}'
must 409
note "$(field detail)"
for stage in outreach qualified negotiation; do
    send PATCH "$API/properties/$property_id" "{\"current_stage\":\"$stage\"}"
    must 200
    show current_stage
done

title "Read it again: nothing has changed"
call GET "$API/properties/$property_id"
must 200
tag=$(header ETag)
call GET "$API/properties/$property_id" -H "If-None-Match: $tag"
must 304
note "ETag $tag → 304"

title "A lead"
lead_id=""
send POST "$API/leads" "{\"first_name\":\"Lina\",\"last_name\":\"Lead\",\"email\":\"lina-$run@example.com\",\"phone\":\"+971501234567\",\"source\":\"website\",\"budget\":1300000,\"property_id\":\"prop_$property_id\"}"
if ! absent; then
    must 201
    lead_id=$(field id)
    show id status score
fi

title "A deal"
send POST "$API/deals" "{\"property_id\":$property_id,${lead_id:+\"lead_id\":$lead_id,}\"deal_type\":\"sale\",\"value\":1240000,\"commission_rate\":2}"
if ! absent; then
    must 201
    deal_id=$(field id)
    show id stage gross_commission vat_amount expected_commission
    send PATCH "$API/deals/$deal_id" '{"stage":"negotiation"}'
    must 200
    show stage expected_commission
fi

title "What is it worth?"
send POST "$API/cma/valuation/quick" '{"property":{"location":"Dubai Marina","property_type":"apartment","bedrooms":2,"area_sqft":1180}}'
if ! absent; then
    case $status in
        200) show estimated_value currency confidence_level market_data ;;
        4?? | 503) note "$status: $(field detail)" ;;
        *) must 200 ;;
    esac
fi
send POST "$API/properties/$property_id/valuations" '{"value":1235000,"valuation_date":"2026-01-31","source":"appraiser"}'
must 201
show value valuation_date source

title "Import a file"
cat >"$folder/homes.csv" <<'CSV'
external_id,address,city,price,bedrooms,property_type
A-1,1 Palm Street,Dubai,950000,1,apartment
A-2,2 Palm Street,Dubai,1450000,3,villa
A-3,3 Palm Street,Dubai,cheap,2,apartment
CSV
call POST "$API/data/import" -F "file=@$folder/homes.csv;type=text/csv" -F entity=properties
if ! absent; then
    must 202
    import_id=$(field id)
    job_id=$(field job_id)
    show id job_id
    note "GET /api/v1/status/$job_id, until it has ended"
    for _ in $(seq 60); do
        quiet=yes call GET "$API/status/$job_id"
        must 200
        case $(field state) in completed | failed | cancelled) break ;; esac
        sleep 0.5
    done
    [ "$(field state)" = completed ] || fail "the import ended as $(field state): $(field error)"
    call GET "$API/data/imports/$import_id"
    must 200
    show rows_read inserted failed
    call GET "$API/data/imports/$import_id/errors"
    must 200
    note "${body:0:300}"
fi

title "A list, with its links"
call GET "$API/properties?city=Dubai&sort=-price&limit=1"
must 200
note "X-Total-Count: $(header X-Total-Count)"
note "$(field address), $(field price)"
note "Link: $(header Link)"

title "What was heard on the stream"
for _ in $(seq 50); do grep -q 'event: property_updated' "$folder/events" && break; sleep 0.1; done
grep -q 'event: property_created' "$folder/events" || fail "the stream said nothing of the new property."
grep -E '^event:' "$folder/events" | sort | uniq -c | sed 's/^/   /'
grep -A1 'event: property_updated' "$folder/events" | grep '^data:' | head -n 1 | cut -c1-200 | sed 's/^/   /'

printf '\nDone. More at %s/docs\n' "$BASE"

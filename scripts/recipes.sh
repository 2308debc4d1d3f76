#!/usr/bin/env bash
# Follows both recipes of CONTRIBUTING.md, as they are written, in a copy of what is committed and changed here; builds it and runs their tests.
# The copy stays in .data/recipes, so that the next run builds only what has changed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_dotnet
make_data_folder
COPY="$DATA/recipes"
MODULE="$COPY/src/Modules/RealEstateOs.Properties"
TESTS="$COPY/tests/RealEstateOs.ApiTests"

# What git knows here, changes included; files that it does not know are left out.
take_copy() {
    local state
    state=$(git -C "$ROOT" stash create)
    [ -n "$state" ] || state=$(git -C "$ROOT" rev-parse HEAD)
    git -C "$ROOT" worktree prune
    if [ -e "$COPY/.git" ]; then
        git -C "$COPY" checkout -qf --detach "$state"
        git -C "$COPY" clean -qfd
    else
        git -C "$ROOT" worktree add -qf --detach "$COPY" "$state"
    fi
}

# block RECIPE NUMBER: that fenced block of the recipe, without its indentation.
block() {
    awk -v heading="## Recipe $1" -v wanted="$2" '
        /^## / { here = index($0, heading) == 1 }
        here && /^ *```/ {
            open = !open
            if (open) { number++; match($0, /^ */); indent = RLENGTH }
            next
        }
        here && open && number == wanted { print substr($0, indent + 1) }' "$COPY/CONTRIBUTING.md"
}

# part NUMBER PLACE: what that block of the first recipe says under the comment that begins with this place.
part() {
    block 1 "$1" | awk -v place="// $2" '/^\/\/ / { here = index($0, place) == 1; next } here'
}

# after FILE LINE: puts its input behind the first line that reads so, whatever its indentation.
after() {
    TEXT=$(cat) LINE="$2" awk '
        { print; line = $0; gsub(/^ +| +$/, "", line) }
        !done && line == ENVIRON["LINE"] { print ENVIRON["TEXT"]; done = 1 }
        END { if (!done || ENVIRON["TEXT"] == "") exit 1 }' "$1" >"$COPY/.draft" \
        || fail "the recipe has no text for, or $1 no line '$2'."
    cat "$COPY/.draft" >"$1"
    rm "$COPY/.draft"
}

add_a_field() {
    local models="$MODULE/Listings/PropertyModels.cs"
    block 1 1 | after "$MODULE/Listings/Property.cs" 'public decimal? LotSize { get; set; }'
    part 2 PropertyFields | after "$models" '[Area] public decimal? LotSize { get; init; }'
    part 2 ApplyTo | after "$models" 'p.LotSize = Given(LotSize, p.LotSize);'
    part 2 PropertyResponse | after "$models" 'public decimal? LotSize { get; init; }'
    part 2 Projection | after "$models" 'Purpose = p.Purpose, RentPeriod = p.RentPeriod, Price = p.Price,'
    block 1 3 >"$MODULE/Migrations/9999_recipe.sql"
    block 1 4 | after "$TESTS/Properties/PropertyTests.cs" 'private const string Path = "/api/v1/properties";'
}

# What the recipe offers beside it: a bound, and a filter of a list that is held to what it costs.
add_a_bound_and_a_filter() {
    local kinds="$TESTS/Lists/LargeKinds.cs"
    part 5 Listings/PropertyValidation.cs | after "$MODULE/Listings/PropertyValidation.cs" \
        'RuleFor(p => p.LotSize).InclusiveBetween(0, 10_000_000_000);'
    part 5 Listings/ListProperties.cs | after "$MODULE/Listings/ListProperties.cs" '.Range("lot_size", p => p.LotSize)'
    part 5 tests/ | after "$kinds" '("year_built", Span("1900", "2030", "2000 + g % 20")),'
    part 5 LargeKinds.cs | after "$kinds" '.. Ends("lot_size", "5", "8000000"),'
    part 5 PropertyTests.cs | after "$TESTS/Properties/PropertyTests.cs" 'private const string Path = "/api/v1/properties";'
    block 1 6 >>"$MODULE/Migrations/9999_recipe.sql"
}

add_an_endpoint() {
    block 2 1 >"$MODULE/Notes/UnpinNotes.cs"
    block 2 2 | after "$MODULE/PropertiesModule.cs" \
        'properties.MapGet("/{id}/notes", PropertyNotes.List).Needs(PropertiesPermissions.Read);'
    block 2 3 >"$TESTS/Properties/UnpinNotesTests.cs"
}

step "Following both recipes in $COPY"
take_copy
add_a_field
add_a_bound_and_a_filter
add_an_endpoint

step "Building it"
(cd "$COPY" && dotnet build tests/RealEstateOs.ApiTests -v q -nologo -p:RunAnalyzers=false) </dev/null

step "Running their tests, and those that look at every table and route"
output=$(mktemp)
trap 'rm -f "$output"' EXIT
(cd "$TESTS" && dotnet bin/Debug/net10.0/RealEstateOs.ApiTests.dll -noLogo -noColor \
    -method '*A_service_charge_is_kept_and_null_clears_it' -method '*All_notes_are_unpinned_by_who_may_change_the_property' \
    -method '*A_service_charge_is_not_negative_and_finds_its_properties' -method '*What_a_list_is_asked_costs_what_it_answers' \
    -method '*The_model_and_the_schema_are_the_same' -method '*Every_route_names_its_permission*' \
    -method '*Another_tenant_finds_nothing_behind_any_id') </dev/null | tee "$output"
grep -qE 'Total: (1[89]|[2-9][0-9])' "$output" || fail "a test of the recipes was not found."

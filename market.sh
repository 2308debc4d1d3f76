#!/usr/bin/env bash
# Brings published sales and rents into the market that valuations stand on, and learns from them. The API may run meanwhile.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"
. "$ROOT/scripts/packages.sh"

if [ $# = 0 ] || [ "$1" = -h ] || [ "$1" = --help ]; then
    cat <<'TEXT'
Usage: ./market.sh import FILE… [--market NAME --currency CODE] [--decimal comma|point] [--dates day-first|month-first]
       ./market.sh status
  FILE      sales or rents as the Dubai Land Department publishes them (where: docs/market.md), or any CSV of sales with date, price, size
            and area; may be gzipped
  --market  the market of a CSV in a layout of your own (default generic), with the currency of its prices (default USD)
  --decimal, --dates
            how such a CSV writes fractions and dates; without them rows that could be meant in two ways are refused
TEXT
    [ $# != 0 ]; exit
fi
# Paths are meant from where the caller stands.
words=()
for word in "$@"; do
    if [ -e "$word" ]; then word="$(cd "$(dirname "$word")" && pwd)/$(basename "$word")"; fi
    words+=("$word")
done
make_data_folder
require_dotnet
install_missing_packages
if ! host_is_built; then build src/RealEstateOs.Host "Real Estate OS"; fi
cd "$ROOT/src/RealEstateOs.Host"
export ASPNETCORE_ENVIRONMENT="${ASPNETCORE_ENVIRONMENT:-Development}" Logging__LogLevel__Default=Warning
exec dotnet "$HOST_DLL" market "${words[@]}"

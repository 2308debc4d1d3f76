#!/usr/bin/env bash
# odata-query 8.1.0 joins a list of conditions by "and", at the top and, as its guide shows, within any and all; but there a condition takes the
# place of an earlier one on the same property. "A room of 20 to 30 m²" asks the feed for rooms up to 30, "a picture that is neither plan nor
# map" for one that is no map. The address is valid, the answer is merely too long, and nobody hears of it. Two operators in one object, or
# "and" by name, keep both: whoever builds $filter over rooms or media writes it so. Fails when one of these filters changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --no-audit --no-fund --silent odata-query@8.1.0 >/dev/null
cat > run.cjs <<'JS'
const { default: buildQuery } = require('odata-query');

const area = [{ RoomArea: { ge: 20 } }, { RoomArea: { le: 30 } }];
const cases = [
  [{ Rooms: { any: area } }, 'Rooms/any(rooms:rooms/RoomArea le 30)'],
  [{ Media: { any: [{ Kind: { ne: 'Plan' } }, { Kind: { ne: 'Map' } }] } }, "Media/any(media:media/Kind ne 'Map')"],
  [{ Rooms: { any: [{ RoomArea: { ge: 20 } }, { Floor: 1 }] } }, 'Rooms/any(rooms:rooms/RoomArea ge 20 and rooms/Floor eq 1)'],
  [{ Rooms: { any: { RoomArea: { ge: 20, le: 30 } } } }, 'Rooms/any(rooms:rooms/RoomArea ge 20 and rooms/RoomArea le 30)'],
  [{ Rooms: { any: { and: area } } }, 'Rooms/any(rooms:((rooms/RoomArea ge 20) and (rooms/RoomArea le 30)))'],
  [area, 'RoomArea ge 20 and RoomArea le 30'],
];
console.log('odata-query 8.1.0');
let same = true;
for (const [filter, expected] of cases) {
  const query = buildQuery({ filter }).replace('?$filter=', '');
  console.log(`${JSON.stringify(filter)}\n  ${query}`);
  same &&= query === expected;
}
process.exit(same ? 0 : 1);
JS
node run.cjs

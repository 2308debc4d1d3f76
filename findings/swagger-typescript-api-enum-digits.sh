#!/usr/bin/env bash
# swagger-typescript-api 13.13.0 names the members of a number enum by their digits alone, and tells those that come out alike apart by a
# further digit, in the order of the description: of the floors -1, 0, 1 the member Value1 is -1 and Value11 is 1; of the bathrooms 1, 1.5
# and 15 it is Value15 that is 1.5. When a description gains a basement, code that asks for Floor.Value1 asks for the basement, and it
# compiles. With --enum-style=union one writes the values themselves. Fails when Value1 keeps its meaning.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --no-audit --no-fund --silent swagger-typescript-api@13.13.0 typescript@5.9.3 >/dev/null
describe() {
  echo '{ "openapi": "3.0.4", "info": { "title": "Listings", "version": "1" }, "paths": {}, "components": { "schemas": {
    "Floor": { "type": "integer", "enum": '"$1"' }, "Bathrooms": { "type": "number", "enum": [1, 1.5, 15] } } } }'
}
describe '[0, 1, 2]' > before.json; describe '[-1, 0, 1, 2]' > after.json
cat > asks.ts <<'TS'
import { Bathrooms, Floor } from './api';
console.log(`Floor.Value1 = ${Floor.Value1}, Bathrooms.Value15 = ${Bathrooms.Value15}`);
TS
echo "swagger-typescript-api $(node -p "require('swagger-typescript-api/package.json').version")"
for at in before after; do
  npx --no-install swagger-typescript-api generate -p $at.json -o . -n api.ts --silent >/dev/null
  npx --no-install tsc --strict --skipLibCheck --target es2022 --module commonjs --outDir $at asks.ts
  echo "$at: $(node $at/asks.js)" | tee -a seen
done
[ "$(cat seen)" = 'before: Floor.Value1 = 1, Bathrooms.Value15 = 1.5
after: Floor.Value1 = -1, Bathrooms.Value15 = 1.5' ]

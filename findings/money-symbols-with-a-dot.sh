#!/usr/bin/env bash
# currency.js 2.0.4, accounting 0.4.1 and numeral 2.0.6 read "Dhs. 1,500,000" as 0.15: each drops the letters and the commas, and the dot of
# the symbol is left as the point before 1500000. So with "Rs." and with the dirham in Arabic, and currency.js even where it is told that very
# symbol. Behind the amount the dot does no harm. A home for fifteen fils is the cheapest of any list, and every average with it is wrong.
# Whoever reads prices cuts the number out before the library sees it. Fails when one of these amounts changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --no-audit --no-fund --silent currency.js@2.0.4 accounting@0.4.1 numeral@2.0.6 >/dev/null
cat > run.cjs <<'JS'
const currency = require('currency.js'), accounting = require('accounting'), numeral = require('numeral');

const expected = {
  'AED 1,500,000': '1500000 1500000 1500000', '1,500,000 AED': '1500000 1500000 1500000', 'Dhs. 1,500,000': '0.15 0.15 0.15',
  'Rs. 1,500,000': '0.15 0.15 0.15', 'د.إ 1,500,000': '0.15 0.15 0.15', '1,500,000 Dhs.': '1500000 1500000 1500000',
};
console.log('currency.js 2.0.4, accounting 0.4.1, numeral 2.0.6');
let same = true;
for (const [text, answer] of Object.entries(expected)) {
  const read = [currency(text).value, accounting.unformat(text), numeral(text).value()].join(' ');
  console.log(`${text.padEnd(16)} ${read}`);
  same &&= read === answer;
}
const told = currency('Dhs. 1,500,000', { symbol: 'Dhs. ' }).value;
console.log(`currency.js that is told the symbol "Dhs. ": ${told}`);
process.exit(same && told === 0.15 ? 0 : 1);
JS
node run.cjs

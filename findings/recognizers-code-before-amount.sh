#!/usr/bin/env bash
# @microsoft/recognizers-text-number-with-unit 1.3.1 (Microsoft's Recognizers-Text) divides an amount by a hundred when the ISO code of its
# currency stands before it, as prices in the Emirates are written: "AED 1,500,000" is 15000, with AED named as the currency, while
# "1,500,000 AED" and "$1,500,000" are what they say. So it is with other codes, within a sentence, and with "million" behind. Whoever
# reads budgets out of messages puts the code behind the number first. Fails when one of these amounts changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --no-audit --no-fund --silent @microsoft/recognizers-text-number-with-unit@1.3.1 >/dev/null
cat > run.cjs <<'JS'
const { recognizeCurrency } = require('@microsoft/recognizers-text-number-with-unit');
const { name, version } = require('@microsoft/recognizers-text-number-with-unit/package.json');

const expected = {
  'My budget is 1,500,000 AED.': '1500000 AED', '$1,500,000': '1500000 Dollar', '2 million AED': '2000000 AED',
  'My budget is AED 1,500,000.': '15000 AED', 'USD 1,500,000': '15000 USD', 'AED 2 million': '20000 AED',
};
console.log(`${name} ${version}`);
let same = true;
for (const [text, answer] of Object.entries(expected)) {
  const read = recognizeCurrency(text, 'en-us').map(({ resolution: { value, isoCurrency, unit } }) => `${value} ${isoCurrency ?? unit}`);
  console.log(`${text.padEnd(28)} ${read}`);
  same &&= read.join() === answer;
}
process.exit(same ? 0 : 1);
JS
node run.cjs

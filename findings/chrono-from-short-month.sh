#!/usr/bin/env bash
# chrono-node 2.10.3 takes the day of "from 5 Feb" for an hour: a home that is vacant from 5 Feb is vacant today at five, from 15 Feb today at
# 15:00, from 5 May on the first of May, and in "from 24 Feb" there is no date at all. Of two readings that overlap, "from 5" and "5 Feb", it
# keeps the one of more letters. With the month spelled out, a year behind it or a day after the 24th it is the date that stands there. Whoever
# reads move-in dates takes away a "from" before a number first. Fails when one of these dates changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --no-audit --no-fund --silent chrono-node@2.10.3 >/dev/null
cat > run.cjs <<'JS'
const chrono = require('chrono-node');

const read = new Date(2026, 10, 29, 9);
const expected = {
  'Vacant from 5 Feb': '2026-11-29 5:00', 'Vacant from 15 Feb': '2026-11-29 15:00', 'Vacant from 24 Feb': '', 'Vacant from 25 Feb': '2027-2-25',
  'Vacant from 5 May': '2027-5-1 5:00', 'Vacant 5 Feb': '2027-2-5', 'Vacant from 5 February': '2027-2-5', 'Vacant from 5 Feb 2027': '2027-2-5',
};
console.log('chrono-node 2.10.3, on 2026-11-29 at 9:00');
let same = true;
for (const [text, answer] of Object.entries(expected)) {
  const found = chrono.parse(text, read).map(({ start }) => {
    const day = ['year', 'month', 'day'].map(part => start.get(part)).join('-');
    return start.isCertain('hour') ? `${day} ${start.get('hour')}:00` : day;
  });
  console.log(`${text.padEnd(24)} ${found}`);
  same &&= found.join() === answer;
}
process.exit(same ? 0 : 1);
JS
node run.cjs

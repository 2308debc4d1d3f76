#!/usr/bin/env bash
# node-email-reply-parser 0.1.4, which leaves of a reply what its sender wrote, takes a line for the beginning of a signature when it begins with a
# dash and a letter or digit: of "We take it at:" and "-1,900,000 in four cheques" the first line is left, and the condition isn't. With no list,
# such a line hides the question below it too. A space behind the dash saves it, and email-reply-parser 2.3.7, of nearly the same name, keeps all.
# Whoever files replies puts the space there first. Fails when one of these texts changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --no-audit --no-fund --silent node-email-reply-parser@0.1.4 email-reply-parser@2.3.7 >/dev/null
cat > run.cjs <<'JS'
const parse = require('node-email-reply-parser'), { default: EmailReplyParser } = require('email-reply-parser');

const expected = {
  'We take it at:\n-1,900,000 in four cheques\n-keys in May': 'We take it at:',
  'Thank you.\n\n-1.9M and not more\n\nWhen can we sign?': 'Thank you.',
  'We take it at:\n- 1,900,000 in four cheques\n- keys in May': 'We take it at:\n- 1,900,000 in four cheques\n- keys in May',
};
console.log('node-email-reply-parser 0.1.4, email-reply-parser 2.3.7');
let same = true;
for (const [reply, left] of Object.entries(expected)) {
  const text = parse(reply).getVisibleText().trim(), other = new EmailReplyParser().read(reply).getVisibleText().trim();
  console.log(`${JSON.stringify(reply)}\n  ${JSON.stringify(text)}, and the other ${other === reply ? 'keeps all' : JSON.stringify(other)}`);
  same &&= text === left && other === reply;
}
process.exit(same ? 0 : 1);
JS
node run.cjs

#!/usr/bin/env bash
# Chromium 153 (npm @sparticuz/chromium 153.0.0, puppeteer-core 25.16.0): printing a page to PDF takes several times as long when its photograph
# fills a box by "object-fit: cover" as when the same photograph is laid into the same box larger than it, with "overflow: hidden". Both pages look
# the same, and both files hold the picture once, at full size: what is cut away is not left out. Who prints flyers in bulk lays the photograph.
# Fails when covering costs less than twice as much.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --no-audit --no-fund --silent @sparticuz/chromium@153.0.0 puppeteer-core@25.16.0 >/dev/null
cat > run.mjs <<'JS'
import chromium from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';

const browser = await puppeteer.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: 'shell' });
const page = await browser.newPage();
const photo = await page.evaluate(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1900, height: 1266 });
  const context = canvas.getContext('2d');
  for (let i = 0; i < 40000; i++) {
    context.fillStyle = `hsl(${(i * 137) % 360} 60% ${(i * 31) % 90}%)`;
    context.fillRect((i * 7919) % 1900, (i * 104729) % 1266, 24, 16);
  }
  return canvas.toDataURL('image/jpeg', 0.86);
});
const box = 'width:210mm;height:110mm';
const pages = {
  covered: `<img src="${photo}" style="display:block;${box};object-fit:cover">`,
  laid: `<div style="${box};overflow:hidden;position:relative"><img src="${photo}"
    style="position:absolute;width:210mm;left:0;top:50%;transform:translateY(-50%)"></div>`,
};
const median = {}, bytes = {};
for (const [name, html] of Object.entries(pages)) {
  await page.setContent(`<!doctype html><style>@page{size:A4;margin:0}body{margin:0}</style>${html}`);
  const times = [];
  for (let i = 0; i < 9; i++) {
    const start = performance.now();
    bytes[name] = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).length;
    times.push(performance.now() - start);
  }
  median[name] = times.sort((a, b) => a - b)[4];
}
console.log(`${await browser.version()}`);
for (const name in pages) console.log(`${name.padEnd(8)} ${median[name].toFixed(0).padStart(5)} ms, ${bytes[name]} bytes`);
console.log(`covered takes ${(median.covered / median.laid).toFixed(1)} times as long`);
await browser.close();
process.exit(median.covered >= 2 * median.laid ? 0 : 1);
JS
node run.mjs

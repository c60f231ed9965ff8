/** Makes the icons of the desktop program from the one drawing, renderer/icon.svg; Chromium draws it. */
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { root } from "./install.mjs";

const FOLDER = `${root}/electron/resources`;
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** The types of an .icns file with the width of their image; some sizes stand there twice, for screens of two densities. */
const ICNS_TYPES = [
  ["ic11", 32],
  ["ic12", 64],
  ["ic07", 128],
  ["ic08", 256],
  ["ic13", 256],
  ["ic09", 512],
  ["ic14", 512],
  ["ic10", 1024],
];

const svg = readFileSync(`${root}/renderer/icon.svg`, "utf8");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
const drawn = new Map();

async function pngOf(size) {
  const known = drawn.get(size);
  if (known) return known;
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const png = await page.screenshot({ omitBackground: true });
  drawn.set(size, png);
  return png;
}

async function icoOf(sizes) {
  const images = [];
  for (const size of sizes) images.push(await pngOf(size));
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [at, size] of sizes.entries()) {
    const entry = 6 + 16 * at;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(images[at].length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += images[at].length;
  }
  return Buffer.concat([head, ...images]);
}

function chunk(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, "latin1");
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}

async function icnsOf(types) {
  const images = [];
  for (const [type, size] of types) images.push(chunk(type, await pngOf(size)));
  return chunk("icns", Buffer.concat(images));
}

writeFileSync(`${FOLDER}/icon.png`, await pngOf(512));
writeFileSync(`${FOLDER}/icon.ico`, await icoOf(ICO_SIZES));
writeFileSync(`${FOLDER}/icon.icns`, await icnsOf(ICNS_TYPES));
await browser.close();

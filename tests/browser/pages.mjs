// Opens the pages as a person does: usage: node pages.mjs FOLDER EXPECTED.json, modules from PRESCREEN_BROWSER_CACHE.
// Prints one line of figures; what is wrong goes to the error stream, exit code 1.
import { createRequire } from "node:module";
import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, expectedFile] = process.argv.slice(2);
const require = createRequire(join(process.env.PRESCREEN_BROWSER_CACHE, "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const expected = JSON.parse(readFileSync(expectedFile, "utf8"));
const root = pathToFileURL(folder).href.replace(/\/?$/, "/");

const wrong = [];
const check = (holds, what) => { if (!holds) wrong.push(what); };
const same = (found, wanted, what) => check(found === wanted, `${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`);

const browser = await chromium.launch({ executablePath: process.env.PRESCREEN_CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

/** A page that notes every request, every message of the console and every dialog. */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  page.on("request", (request) => check(request.url().startsWith(root) && !request.url().includes("favicon"), `a request leaves the page: ${request.url()}`));
  page.on("requestfailed", (request) => wrong.push(`not loaded: ${request.url()}`));
  page.on("console", (message) => check(message.type() !== "error" && message.type() !== "warning", `console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`script error: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`a dialog opened: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(root + address, { waitUntil: "load" });
  return page;
}

/** No violation of accessibility that is serious or worse. The page's policy lets no other script in, so axe comes by the debugger. */
async function accessible(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`);
  });
  for (const violation of found) wrong.push(`accessibility of ${name}: ${violation}`);
}

const visible = (page) => page.locator("#dossiers tbody tr:visible").count();
const figures = {};

// The summary of a thousand dossiers.
for (const colorScheme of ["light", "dark"]) {
  const page = await open("index.html", { colorScheme });
  same(await visible(page), expected.rows, "rows of the table");
  if (colorScheme === "light") {
    await page.locator("body").press("/");
    same(await page.evaluate(() => document.activeElement.id), "find", "the search field after /");
    let slowest = 0;
    for (const letter of [...expected.search.text]) {
      await page.keyboard.insertText(letter);
      const taken = await page.evaluate(() => new Promise((done) => {
        const field = document.getElementById("find"), started = performance.now();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - started), 0));
      }));
      slowest = Math.max(slowest, taken);
    }
    figures.slowest_keystroke_ms = Math.round(slowest);
    same(await visible(page), expected.search.rows, `rows that hold "${expected.search.text}"`);
    same(await page.locator("#shown").textContent(), `${expected.search.rows} / ${expected.rows}`, "the count that is shown");
    await page.locator("#clear").click();
    for (const [field, value, rows] of expected.filters) {
      await page.selectOption(`#${field}`, value);
      same(await visible(page), rows, `rows with ${field} ${value}`);
      await page.selectOption(`#${field}`, "");
    }
    await page.locator("[data-pick-rule]").first().click();
    same(await visible(page), expected.commonest, "rows of the commonest defect");
    await page.locator("#clear").click();
    await page.locator("#find").fill("no dossier is called this");
    check(await page.locator("#empty").isVisible(), "an empty table says so");
    await page.locator("#clear").click();
  }
  await page.locator("#find").fill(expected.search.text);
  await accessible(page, `the summary, ${colorScheme}`);
  if (colorScheme === "light") {
    await page.locator("#clear").click();
    await page.locator("#dossiers tbody th a").filter({ hasText: expected.dossier }).first().click();
    await page.waitForLoadState("load");
    check(page.url().endsWith("report.html"), `one click leads to the report, not to ${page.url()}`);
    check((await page.locator("h1").textContent()).includes(expected.dossier), "the report of the dossier that was clicked");
  }
  await page.context().close();
}

// One dossier: each finding opens its evidence, by the keyboard alone.
for (const colorScheme of ["light", "dark"]) {
  const page = await open(`${expected.dossier}/report.html`, { colorScheme });
  for (const box of await page.locator("input[data-show]").all()) await box.check();
  const links = page.locator(".finding ul.evidence a.see:visible");
  figures.evidence_links = await links.count();
  check(figures.evidence_links > 0, "findings have evidence that opens");
  let pictures = 0, words = 0;
  for (let n = 0; n < Math.min(figures.evidence_links, colorScheme === "light" ? 200 : 6); n += 1) {
    const link = links.nth(n);
    await link.focus();
    await page.keyboard.press("Enter");
    same(await link.getAttribute("aria-expanded"), "true", `evidence ${n} opens`);
    const seen = await link.evaluate(async (a) => {
      const figure = document.getElementById(a.getAttribute("aria-controls"));
      const quote = a.parentNode.querySelector("q"), mark = figure.querySelector("mark"), img = figure.querySelector("img"), here = figure.querySelector(".here");
      if (img) await img.decode();
      const box = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
      return {
        beside: figure.parentNode === a.parentNode && figure.offsetHeight > 0,
        quote: quote && quote.textContent, mark: mark && mark.textContent,
        img: img && { width: img.naturalWidth, alt: img.alt, box: box(img) }, here: here && box(here), sheet: here && box(figure.querySelector(".sheet")),
      };
    });
    check(seen.beside, `evidence ${n} opens beside its finding`);
    const flat = (text) => text.replace(/\s+/g, "").replace(/…$/, "");
    if (seen.mark) { words += 1; check(!seen.quote || flat(seen.mark).startsWith(flat(seen.quote)), `evidence ${n}: marked "${seen.mark}", quoted "${seen.quote}"`); }
    if (seen.img) {
      pictures += 1;
      check(seen.img.width > 100 && seen.img.alt.length > 0, `evidence ${n}: a picture with words for those who cannot see it`);
      if (seen.here) {
        const [l, t, r, b] = seen.here, [L, T, R, B] = seen.img.box;
        check(l >= L - 2 && t >= T - 2 && r <= R + 2 && b <= B + 2, `evidence ${n}: the mark lies on the picture`);
        check(t >= seen.sheet[1] - 2 && t <= seen.sheet[3], `evidence ${n}: the mark is in sight`);
      }
    }
    if (n < 3) await page.screenshot({ path: join(folder, `open-${colorScheme}-${n}.png`) });
    await page.keyboard.press("Escape");
    same(await link.getAttribute("aria-expanded"), "false", `evidence ${n} closes`);
  }
  if (colorScheme === "light") Object.assign(figures, { pictures, words });
  check(words > 0, "some evidence is shown in words");
  for (let n = 0; n < Math.min(8, figures.evidence_links); n += 1) { await links.nth(n).focus(); await page.keyboard.press("Enter"); }
  await accessible(page, `a report, ${colorScheme}`);
  await page.context().close();
}
if (expected.pictures) check(figures.pictures > 0, "some evidence is shown as a picture");

// A finding is reached by its address; without scripts the evidence is still there.
const direct = await open(`${expected.dossier}/report.html#${expected.rule}`);
check(await direct.locator(`[id="${expected.rule}"]`).isVisible(), "the finding named in the address is shown");
await direct.context().close();
const plain = await open(`${expected.dossier}/report.html`, { javaScriptEnabled: false });
check(await plain.locator("#excerpts figure").first().isVisible(), "without scripts the excerpts stand at the end");
await plain.context().close();

// On paper: no controls, nothing cut off at the side.
const printed = await open("index.html");
await printed.emulateMedia({ media: "print" });
check(!(await printed.locator(".filters").isVisible()), "no controls on paper");
check(await printed.evaluate(() => { document.body.style.width = "180mm"; return document.body.scrollWidth <= document.body.clientWidth + 2; }), "the table fits the paper");
await printed.context().close();
const narrow = await open(`${expected.dossier}/report.html`, { viewport: { width: 390, height: 800 } });
check(await narrow.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), "a narrow screen needs no scrolling to the side");
await narrow.context().close();

// A dossier that means harm.
const hostile = await open(`${encodeURIComponent(expected.hostile)}/report.html`);
same(await hostile.evaluate(() => document.scripts.length), 1, "scripts on the hostile dossier's page");
same(await hostile.evaluate(() => document.querySelectorAll("main script, main iframe, main object, main form, main link, main meta, [onerror], [onload], [onclick]").length), 0, "elements from an applicant's text");
check(await hostile.evaluate(() => !/[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.textContent)), "no mark turns the direction of text");
check((await hostile.locator("main").textContent()).includes("<script>"), "hostile text is shown as text");
check((await hostile.locator("main").textContent()).includes("𠮷"), "rare characters are shown");
await hostile.context().close();

await browser.close();
for (const one of [...new Set(wrong)].slice(0, 40)) console.error(one);
console.log(JSON.stringify(figures));
process.exit(wrong.length > 0 ? 1 : 0);

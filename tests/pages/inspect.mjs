// Opens pages from the disk and tells what is wrong with them, as JSON on the standard output.
//
// Goes in, as JSON on the standard input: { browser, pages: [paths of files, each perhaps with ?query] }.
// 1. html-validate reads each file as the standard has it.
// 2. A browser opens each one, wide and narrow: what axe-core finds against WCAG 2.1 AA, what the page asks of
//    others than the disk, what its scripts complain of, whether it is wider than a narrow screen, or than paper.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import puppeteer from "puppeteer-core";
import { ARGUMENTS } from "./opening.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const NARROW = { width: 320, height: 640 };
const PAPER = { width: 718, height: 1046 }; // A4 between margins of a centimetre
const WIDE = { width: 1280, height: 900 };
const RULES = {
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    "no-redundant-role": "off", // a list without marks loses its role in some readers
    "require-sri": "off", // nothing comes from another host
    "no-trailing-whitespace": "off",
    "long-title": "off", // titles are those of texts
    "svg-focusable": "off", // of browsers that are gone
  },
};

const asked = JSON.parse(readFileSync(0, "utf-8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const validator = new HtmlValidate(RULES);
const found = [];

const browser = await puppeteer.launch({
  executablePath: asked.browser,
  args: ARGUMENTS,
});
try {
  for (const name of asked.pages) {
    const address = pathToFileURL(name.split("?")[0]);
    address.search = name.includes("?") ? name.slice(name.indexOf("?")) : "";
    const told = (what) => found.push(`${name}: ${what}`);

    const report = await validator.validateFile(fileURLToPath(new URL(address.pathname, "file://")));
    for (const message of report.results.flatMap((result) => result.messages)) {
      told(`${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    }

    const page = await browser.newPage();
    page.on("pageerror", (problem) => told(`script: ${problem.message}`));
    page.on("console", (message) => message.type() === "error" && told(`console: ${message.text()}`));
    page.on("request", (request) => request.url().startsWith("file:") || told(`asks for ${request.url()}`));
    await page.setViewport(WIDE);
    await page.goto(address.href, { waitUntil: "load" });
    await page.evaluate(axe);
    const result = await page.evaluate((tags) => window.axe.run({ runOnly: tags, preload: false }), TAGS);
    for (const violation of result.violations) {
      told(`${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
    }
    await page.setViewport(NARROW);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > NARROW.width) {
      told(`wider than a narrow screen: ${width}`);
    }
    await page.setViewport(PAPER);
    await page.emulateMediaType("print");
    const cut = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("main *")]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
        .filter((one) => one === document.documentElement || getComputedStyle(one).overflowX !== "visible")
        .map((one) => `${one.tagName} ${one.className} ${one.scrollWidth}`),
    );
    if (cut.length > 0) {
      told(`cut on paper: ${cut.slice(0, 3).join(" | ")}`);
    }
    await page.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify({ pages: asked.pages.length, found }, null, 1));

// Types into the search page, or into the filter of a list, and tells what is left on the page.
//
// Goes in, as JSON on the standard input: { browser, page, asked } or { browser, page, filter }.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const asked = JSON.parse(readFileSync(0, "utf-8"));
const browser = await puppeteer.launch({
  executablePath: asked.browser,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(asked.page).href, { waitUntil: "load" });
  const field = asked.filter === undefined ? "#q" : "#filter-0";
  await page.type(field, asked.filter ?? asked.asked);
  const told = await page.evaluate(() => ({
    state: document.querySelector("[role=status]").textContent,
    links: [...document.querySelectorAll("main ul.plain > li:not([hidden])")].map((item) => item.textContent),
  }));
  process.stdout.write(JSON.stringify(told));
} finally {
  await browser.close();
}

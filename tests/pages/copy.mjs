// Presses the button that copies the text of a page, and tells what was copied.
//
// Goes in, as JSON on the standard input: { browser, page, clipboard }; without a clipboard the page copies what
// is selected. Comes out: { words, state, copied, text }.
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
  await page.evaluate((clipboard) => {
    document.addEventListener("copy", () => { window.copied = String(window.getSelection()); });
    const value = clipboard ? { writeText: async (text) => { window.copied = text; } } : undefined;
    Object.defineProperty(navigator, "clipboard", { value });
  }, asked.clipboard);
  await page.focus("main p > button");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("main p > button + [role=status]").textContent !== "");
  const told = await page.evaluate(() => ({
    words: document.querySelector("main p > button").textContent,
    state: document.querySelector("main p > button + [role=status]").textContent,
    copied: window.copied,
    text: document.querySelector("[data-copy]").textContent,
  }));
  process.stdout.write(JSON.stringify(told));
} finally {
  await browser.close();
}

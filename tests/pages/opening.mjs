// Opens one page from the disk in a browser, and prints as JSON what is told of it.
//
// Goes in, as JSON on the standard input: { browser, page, … }; `told` is given the page and all of it.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

export const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

export const opened = async (told) => {
  const asked = JSON.parse(readFileSync(0, "utf-8"));
  const browser = await puppeteer.launch({ executablePath: asked.browser, args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(asked.page).href, { waitUntil: "load" });
    process.stdout.write(JSON.stringify(await told(page, asked)));
  } finally {
    await browser.close();
  }
};

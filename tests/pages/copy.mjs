// Presses the button that copies the text of a page, and tells what was copied.
//
// Goes in, as JSON on the standard input: { browser, page, clipboard }; without a clipboard the page copies what
// is selected. Comes out: { words, state, copied, text }.
import { opened } from "./opening.mjs";

await opened(async (page, asked) => {
  await page.evaluate((clipboard) => {
    document.addEventListener("copy", () => { window.copied = String(window.getSelection()); });
    const value = clipboard ? { writeText: async (text) => { window.copied = text; } } : undefined;
    Object.defineProperty(navigator, "clipboard", { value });
  }, asked.clipboard);
  await page.focus("main p > button");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("main p > button + [role=status]").textContent !== "");
  return page.evaluate(() => ({
    words: document.querySelector("main p > button").textContent,
    state: document.querySelector("main p > button + [role=status]").textContent,
    copied: window.copied,
    text: document.querySelector("[data-copy]").textContent,
  }));
});

// Types into the search page, or into the filter of a list, and tells what is left on the page.
//
// Goes in, as JSON on the standard input: { browser, page, asked } or { browser, page, filter }.
import { opened } from "./opening.mjs";

await opened(async (page, asked) => {
  const field = asked.filter === undefined ? "#q" : "#filter-0";
  await page.type(field, asked.filter ?? asked.asked);
  return page.evaluate(() => ({
    state: document.querySelector("[role=status]").textContent,
    links: [...document.querySelectorAll("main ul.plain > li:not([hidden])")].map((item) => item.textContent),
  }));
});

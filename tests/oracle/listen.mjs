// A screen reader that walks through a page of the browser and writes down what it says.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const folder = path.dirname(
  createRequire(import.meta.url).resolve("@guidepup/virtual-screen-reader/browser.js"),
);
const reader = readFileSync(path.join(folder, "index.browser.js"), "utf8")
  .replace(
    /export\s*\{\s*(\w+)\s+as\s+Virtual\s*,\s*([\w$]+)\s+as\s+virtual\s*\};?/,
    "window.virtual = $2;",
  )
  .replace(/\/\/# sourceMappingURL.*$/m, "");

/** What is said from the first element inside the selector to its last one. */
export async function walkThrough(page, selector) {
  await page.evaluate(`if (!window.virtual) { ${reader} }`);
  return page.evaluate(async (selector) => {
    const { virtual } = window;
    await virtual.start({ container: document.querySelector(selector) });
    const end = "end of ";
    for (let step = 0; step < 400; step += 1) {
      await virtual.next();
      const last = await virtual.lastSpokenPhrase();
      const first = (await virtual.spokenPhraseLog())[0];
      if (last === `${end}${first}` || last === first) break;
    }
    const all = await virtual.spokenPhraseLog();
    await virtual.stop();
    return all;
  }, selector);
}

/** Begins to listen to what is said by itself: call what comes back to hear it. */
export async function listen(page) {
  await page.evaluate(`if (!window.virtual) { ${reader} }`);
  await page.evaluate(() => window.virtual.start({ container: document.body }));
  return async () => {
    const all = await page.evaluate(async () => {
      const log = await window.virtual.spokenPhraseLog();
      await window.virtual.stop();
      return log;
    });
    return all.filter((phrase) => /^(polite|assertive): /.test(phrase));
  };
}

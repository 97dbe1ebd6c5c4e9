// Somebody who applies: writes into whatever a page asks for and goes on.

import assert from "node:assert/strict";

/** Writes into whatever the page marks as missing. */
export async function mend(page, words) {
  // What is mended is no longer marked: the next one is the first again.
  const field = page.locator("form [data-invalid=true]").first();
  for (let mended = 0; mended < 20 && (await field.count()); mended += 1) {
    const find = (selector) => field.locator(selector);
    if (await find(".toggle-grid__toggle").count()) {
      for (const nth of [4, 10]) await find(".toggle-grid__toggle").nth(nth).click();
    } else if (await find("textarea").count()) {
      await find("textarea").fill("Words that say something. ".repeat(14));
    } else if (await find("select").count()) {
      await find("select").first().selectOption({ index: 1 });
      const state = find("select[id$=state]");
      if (await state.count()) await state.selectOption("GU");
    } else if (await find("input[value=strong]").count()) {
      await find("input[value=strong]").first().check();
    } else if (await find("input[type=radio]").count()) {
      await find("input[type=radio]").first().check();
    } else if (await find("input[type=checkbox]").count()) {
      await find("input[type=checkbox]").first().check();
    } else {
      await find("input").first().fill(words);
    }
  }
}

/** Begins an application and says yes to what must be true, where that is asked. */
export async function startWriting(page) {
  await page.getByRole("button", { name: "Start writing" }).click();
  const yes = page.getByRole("button", { name: "Yes, all of it" });
  const name = page.getByRole("heading", { level: 1, name: "Your name" });
  await yes.or(name).first().waitFor();
  if (await yes.count()) await yes.click();
  await name.waitFor();
}

/** Goes on until another page stands there. */
export async function goOn(page, words = "Kaʻiulani Nguyễn") {
  const here = page.url();
  for (let attempt = 0; attempt < 6 && page.url() === here; attempt += 1) {
    await mend(page, words);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForFunction(
      (here) => location.href !== here || document.querySelector(".error-summary"),
      here,
    );
  }
  const problems = await page.locator(".error-summary").allTextContents();
  assert.notEqual(page.url(), here, problems.join());
}

/** Fills all pages from the one that stands there to the review. */
export async function fillToReview(page, words) {
  while (!page.url().endsWith("/review")) await goOn(page, words);
}

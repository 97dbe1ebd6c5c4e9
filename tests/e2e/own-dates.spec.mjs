// Two ways that dates go further: into a calendar of one's own, and into the next cohort.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.mjs";

let server;
let browser;

before(async () => {
  server = await support.Server.start({ seed: ["--demo", "--day", "mar-2"] });
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("an own calendar address is made, shown once, copied, replaced and ended", async () => {
  const page = await support.openAs(browser, server, "Chairs", "/account");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const section = page.getByRole("region", { name: "Your dates in your calendar" });
  await section.getByRole("button", { name: "Make an address" }).click();
  const field = section.getByLabel("Your address");
  const first = new URL(await field.inputValue());
  assert.match(first.pathname, /^\/cal\/.{20,}\.ics$/);
  await section.getByRole("button", { name: "Copy it" }).click();
  await section.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), first.href);
  const answer = (address) =>
    page.evaluate(async (path) => (await fetch(path)).status, address.pathname);
  assert.equal(await answer(first), 200);
  await support.assertGoodScreen(page);

  // After a reload nobody can read it any more.
  await page.reload();
  await section.getByText(/You have an address since/).waitFor();
  assert.equal(await field.count(), 0);
  await section.getByRole("button", { name: "Replace the address" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Replace it" }).focus();
  await page.keyboard.press("Enter");
  await field.waitFor();
  const second = new URL(await field.inputValue());
  assert.notEqual(second.href, first.href);
  assert.notEqual(await answer(first), 200);
  await section.getByRole("button", { name: "End it" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await section.getByRole("button", { name: "Make an address" }).waitFor();
  assert.notEqual(await answer(second), 200);
  await page.context().close();
});

test("the next cohort comes from the last with the same days of the week", async () => {
  const page = await support.openAs(browser, server, "Chairs", "/manage");
  await page.getByRole("link", { name: "Next cohort after 2018–2019" }).click();
  await page.getByText("Everything is 52 weeks later.").waitFor();
  // Applications closed on a Friday, and close on one.
  await page.getByText("until Friday, March 1, 2019, 11:59 PM, Anywhere on Earth").waitFor();
  await page.getByText("Friday, May 31, 2019").first().waitFor();
  const name = page.getByLabel("Its name");
  assert.equal(await name.inputValue(), "2019–2020");
  await page.getByLabel("When").selectOption("2");
  await page.getByText("Everything is 104 weeks later.").waitFor();
  assert.equal(await name.inputValue(), "2020–2021");
  await page.getByLabel("When").selectOption("1");
  await page.getByText("Everything is 52 weeks later.").waitFor();
  await support.assertGoodScreen(page);
  await name.fill("2018–2019");
  await page.getByRole("button", { name: "Set up the cohort" }).click();
  await page.getByText("There is a cohort of this name already.").waitFor();
  await name.fill("2019–2020");
  await page.getByRole("button", { name: "Set up the cohort" }).click();
  await page.waitForURL((url) => url.pathname === "/committee/2019-2020/timeline");
  await page.locator("[data-item]").first().waitFor({ state: "attached" });
  await page.context().close();
});

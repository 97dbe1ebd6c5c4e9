// A date moved on the timeline: the committee sees what it moves, and everybody reads the new date.
// That the server accepts applications until then is among its own tests.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.mjs";

let server;
let browser;

before(async () => {
  // Ten minutes before applications close.
  server = await support.Server.start({ seed: ["--demo", "--day", "mar-2"] });
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page of a demo account; `part` is how its part in the demonstration begins. */
async function openAs(part, address) {
  const page = await support.newPage(browser, server);
  await page.goto("/demo");
  const account = page.getByRole("listitem").filter({ hasText: part });
  await account.getByRole("button").first().click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto(address);
  return page;
}

async function chooseClosing(page, day) {
  const field = page.getByLabel("Applications close", { exact: true });
  await field.fill(day);
  await field.blur();
  await page.getByRole("button", { name: "See what follows" }).first().click();
}

/** Saves the move that is previewed. */
async function move(page) {
  await page.getByRole("dialog").getByRole("button", { name: /^Move/ }).click();
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

test("the public page and the timeline are good screens in both themes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await support.newPage(browser, server, { colorScheme });
    for (const address of ["/", "/cohorts/2018-2019", "/cohorts/2017-2018", "/demo", "/sign-in"]) {
      await page.goto(address);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await support.assertGoodScreen(page);
    }
    await page.context().close();
  }
});

test("a day out of order is refused before it is saved", async () => {
  const chair = await openAs("Chairs", "/committee/2018-2019/timeline");
  await chooseClosing(chair, "2018-06-20");
  await chair.getByRole("dialog").locator(".notice--error").waitFor();
  assert.equal(await chair.getByRole("button", { name: /^Move/ }).count(), 0);
  await support.assertGoodScreen(chair);
  await chair.context().close();
});

test("moving the closing date moves what everybody reads, also after the server was killed", async () => {
  const visitor = await support.newPage(browser, server);
  await visitor.goto("/cohorts/2018-2019");
  await visitor.getByText("Friday, March 2, 2018, 11:59 PM, Anywhere on Earth").first().waitFor();

  const chair = await openAs("Chairs", "/committee/2018-2019/timeline");
  await chooseClosing(chair, "2018-03-09");
  const preview = chair.getByRole("dialog");
  await preview
    .getByText(/Friday, March 9, 2018/)
    .first()
    .waitFor();
  await support.assertGoodScreen(chair);
  await move(chair);

  await server.kill();
  await server.restart();
  await visitor.reload();
  await visitor.getByText("Friday, March 9, 2018, 11:59 PM, Anywhere on Earth").first().waitFor();
  const calendar = await visitor.evaluate(async () => {
    const cohort = await (await fetch("/api/cohorts/2018-2019")).json();
    return cohort.calendar.closes.instant;
  });
  assert.equal(calendar, "2018-03-10T12:00:00Z");
});

test("somebody else's change in between is not overwritten", async () => {
  const chair = await openAs("Chairs", "/committee/2018-2019/timeline");
  const officer = await openAs("Program officer", "/committee/2018-2019/timeline");
  await chooseClosing(chair, "2018-03-12");
  await chair.getByRole("button", { name: /^Move/ }).waitFor();
  // The chair does not hear of it.
  await chair.route("**/timeline", (route) =>
    route.request().method() === "GET" ? route.abort() : route.continue(),
  );
  await chooseClosing(officer, "2018-03-13");
  await officer.getByRole("button", { name: /^Move/ }).click();
  await officer
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await chair.getByRole("button", { name: /^Move/ }).click();
  await chair.getByText(/Somebody changed this meanwhile/).waitFor();
  await chair.unroute("**/timeline");
  await chair.getByRole("button", { name: "Show the present dates" }).click();
  await chair.locator("input[aria-label='Applications close'][type=date]").waitFor();
  await chair.waitForFunction(
    () => document.querySelector("input[aria-label='Applications close']").value === "2018-03-13",
  );
});

test("every screen of the committee and the set-up is a good screen", async () => {
  const officer = await openAs("Program officer", "/manage");
  const visit = async (address) => {
    await officer.goto(address);
    await officer.getByRole("heading", { level: 1 }).waitFor();
    await officer.waitForLoadState("networkidle");
    await support.assertGoodScreen(officer);
  };
  await visit("/manage");
  const links = await officer.locator(".manage__program a[href^='/manage/']").all();
  const addresses = await Promise.all(links.map((link) => link.getAttribute("href")));
  assert.equal(addresses.length, 5);
  for (const address of addresses) await visit(address);
  await visit("/committee/2018-2019");
  await visit("/committee/2018-2019/applications");
  await officer.locator("tbody th a").first().click();
  await officer.getByRole("heading", { level: 2, name: "What happened" }).waitFor();
  await support.assertGoodScreen(officer);
  await visit("/account");
  await visit("/nowhere");
});

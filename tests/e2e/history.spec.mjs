// The history of a board: the slider shows it as it was, for reading only; what was is copied into a
// scenario or brought back. And what others did since a member last looked.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as board from "./board.mjs";
import * as support from "./support.mjs";

let server;
let browser;

before(async () => {
  server = await support.Server.start({ seed: ["--demo"] });
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The board in force, and some pairs that are suggested for it. */
async function suggested(page, count) {
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const [scenario] = await support.ask(page, "GET", `/api/cohorts/${cohort.id}/scenarios`);
  const address = `/api/scenarios/${scenario.id}`;
  const question = { plans: { goals: ["balanced"] } };
  const answer = await support.ask(page, "POST", `${address}/questions`, { question });
  const pairs = answer.plans.plans[0].pairs.filter((one) => !one.held).slice(0, count);
  return { address, pairs };
}

/** Makes pairs, one after the other. */
async function make(page, { address, pairs }) {
  for (const { mentee, mentor } of pairs) {
    await support.ask(page, "POST", `${address}/commands`, {
      id: crypto.randomUUID(),
      command: { kind: "pair", mentee, mentor },
      expect: [{ mentee, mentor: null, locked: false }],
    });
  }
}

const numbers = (page) => page.locator(".status-line__numbers");
const counts = (page, count) =>
  numbers(page)
    .filter({ hasText: new RegExp(`^${count} pairs?[ ,]`) })
    .waitFor();

test("the slider shows the board as it was, and what was is brought back as one step", async () => {
  const page = await board.open(browser, server, board.member);
  const there = await suggested(page, 4);
  await make(page, there);
  await counts(page, 4);
  const button = page.getByRole("button", { name: "History" });
  await button.focus();
  await page.keyboard.press("Enter");
  const history = page.getByRole("region", { name: "History of this board" });
  const slider = history.getByRole("slider", { name: "The board after so many changes" });
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await counts(page, 2);
  assert.match(await slider.getAttribute("aria-valuetext"), /^After 2 of 4 changes: You paired /);
  await history.getByText("For reading only: nothing can be moved").waitFor();
  // Nothing can be lifted, and nothing is undone.
  assert.equal(await page.locator("[data-lift]").count(), 0);
  assert.equal(
    await page.getByRole("button", { name: "Undo" }).getAttribute("aria-disabled"),
    "true",
  );
  await support.assertAccessible(page);
  await support.assertFits(page);
  await history.getByRole("button", { name: "Make a scenario from this" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "history-name");
  await page.keyboard.type("As it was");
  await page.keyboard.press("Enter");
  await board.heard(page, /^Made: As it was, the board as it was\./);
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const boards = await support.ask(page, "GET", `/api/cohorts/${cohort.id}/scenarios`);
  assert.deepEqual(
    boards.map((one) => one.pairs),
    [4, 2],
  );
  await history.getByRole("button", { name: "Bring this back" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "history-back");
  await history.getByRole("button", { name: "Bring back all 2 changes" }).click();
  await board.heard(page, /^Adopted 2 changes from this board as it was\./);
  await page.waitForFunction(() => document.activeElement?.id === "history-slider");
  await counts(page, 2);
  assert.match(await slider.getAttribute("aria-valuetext"), /^Now, after 5 changes$/);
  await button.click();
  await history.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Undo" }).click();
  await counts(page, 4);
  await page.close();
});

test("whoever comes back reads what others did since, on any device, until they have seen it", async () => {
  const page = await board.open(browser, server, board.otherMember);
  // The first look is told to the server.
  const { address } = await suggested(page, 0);
  await support.until(
    page,
    async (address) => (await (await fetch(`${address}/board`)).json()).looked !== null,
    address,
  );
  await page.goto("/robots.txt");
  const other = await board.open(browser, server, board.member);
  const { pairs } = await suggested(other, 2);
  await make(other, { address, pairs });
  await page.goto(board.address);
  const since = page.getByRole("region", { name: "Since you last looked" });
  await since.getByText("2 changes since you last looked").waitFor();
  await since.getByRole("button", { name: "Show them" }).click();
  assert.equal(await since.getByRole("listitem").count(), 2);
  await support.assertAccessible(page);
  await support.assertFits(page);
  // It stays over a reload, and the filter finds whom it is about.
  await page.goto(`${board.address}?show=all&standing=news`);
  await since.waitFor();
  assert.equal(await board.listed(page), 2);
  await since.getByRole("button", { name: "Mark as seen" }).click();
  await board.heard(page, /^Marked as seen\.$/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "board-search");
  await support.until(
    page,
    async (address) => {
      const { looked, rev } = await (await fetch(`${address}/board`)).json();
      return looked === rev;
    },
    address,
  );
  const again = await board.open(browser, server, board.otherMember);
  assert.equal(await again.getByText(/since you last looked$/).count(), 0);
  for (const one of [page, other, again]) await one.close();
});

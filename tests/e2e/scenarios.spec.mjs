// Scenarios: a copy of the board is made, changed, compared with the board in force and adopted from
// it, by mouse and by keyboard alone; and what happens when the board in force was changed meanwhile.

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

const dialogOf = (page) => page.getByRole("dialog", { name: "Scenarios" });
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());

/** The boards as the server has them. */
async function boards(page) {
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  return support.ask(page, "GET", `/api/cohorts/${cohort.id}/scenarios`);
}

/** Who is with whom on a board, by its id. */
async function pairs(page, scenario) {
  const { placements } = await support.ask(page, "GET", `/api/scenarios/${scenario}/board`);
  return new Map(placements.map(([mentee, place]) => [mentee, place.mentor]));
}

/** Pairs a mentee with a mentor on a board, as its member would. */
const pair = (page, scenario, mentee, mentor) =>
  support.ask(page, "POST", `/api/scenarios/${scenario}/commands`, {
    id: crypto.randomUUID(),
    command: { kind: "pair", mentee, mentor },
    expect: [{ mentee, mentor: null, locked: false }],
  });

/** Makes some of the pairs that are suggested for a board, and says whose. */
async function pairSome(page, scenario, count) {
  const question = { plans: { goals: ["balanced"] } };
  const answer = await support.ask(page, "POST", `/api/scenarios/${scenario}/questions`, {
    question,
  });
  const [plan] = answer.plans.plans;
  const wanted = plan.pairs.filter((one) => !one.held).slice(0, count);
  for (const { mentee, mentor } of wanted) await pair(page, scenario, mentee, mentor);
  return wanted.map((one) => one.mentee);
}

/** The board in force with the dialog open. */
async function opened(page) {
  await page.getByRole("button", { name: "Scenarios" }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("heading", { name: "Boards of this cohort" }).waitFor();
  return dialog;
}

test("a copy is made, compared and adopted by mouse, and one undo takes it back", async () => {
  const page = await board.open(browser, server, board.member);
  const dialog = await opened(page);
  await dialog.getByLabel("Name of the new scenario").fill("Calm");
  await dialog.getByRole("button", { name: "Make a copy of this board" }).click();
  await board.heard(page, /^Made: Calm, a copy of this board\.$/);
  await page.waitForFunction(() => document.activeElement?.id === "scenario-new");
  const [inForce, copy] = await boards(page);
  const tried = await pairSome(page, copy.id, 3);
  await dialog.getByRole("button", { name: "Compare 2 boards" }).click();
  await board.heard(page, /^The boards stand side by side\.$/);
  assert.equal(await focused(page), "Side by side");
  const cells = await dialog
    .getByRole("row", { name: /^Pairs \d/ })
    .getByRole("cell")
    .allTextContents();
  assert.equal(Number(cells[1]) - Number(cells[0]), 3, cells.join());
  await dialog.getByRole("heading", { name: "From “Board” to “Calm”" }).waitFor();
  const lines = dialog.locator(".suggest__change");
  assert.equal(await lines.count(), 3);
  await support.assertAccessible(page);
  await support.assertFits(page);
  // One line, then the rest.
  await dialog.getByRole("button", { name: "Tick none" }).click();
  await lines.first().getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Adopt 1 change" }).click();
  await board.heard(page, /^Adopted 1 change from “Calm”/);
  await page.waitForFunction(() => document.activeElement?.id === "differences-title");
  assert.equal(await lines.count(), 2);
  await dialog.getByRole("button", { name: "Adopt all 2 changes" }).click();
  await board.heard(page, /^Adopted 2 changes from “Calm”/);
  await dialog.getByText("There is no difference.").waitFor();
  const adopted = await pairs(page, inForce.id);
  assert.ok(tried.every((mentee) => adopted.has(mentee)));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await focused(page), "Scenarios");
  await page.getByRole("button", { name: "Undo" }).click();
  await board.saved(page);
  const back = await pairs(page, inForce.id);
  assert.equal(tried.filter((mentee) => back.has(mentee)).length, 1);
  await page.close();
});

test("a scenario has an address of its own, says that it is one, and is removed from elsewhere", async () => {
  const page = await board.open(browser, server, board.member);
  let dialog = await opened(page);
  await dialog
    .getByLabel("Name of the new scenario")
    .fill("A very long name that has to wrap on a phone, too");
  await dialog.getByRole("button", { name: "Make a copy of this board" }).click();
  await board.heard(page, /^Made: A very long name/);
  await dialog.getByRole("link", { name: /^A very long/ }).click();
  await page.getByText("Scenario “A very long name").waitFor();
  assert.match(page.url(), /\/board\/[0-9a-f-]{36}$/);
  await page.locator("[data-pane=mentees] [data-mentee]").first().waitFor();
  await support.assertGoodScreen(page);
  // Another member at the same address sees what is done there, and then that it is gone.
  const other = await support.openAs(
    browser,
    server,
    board.otherMember,
    new URL(page.url()).pathname,
  );
  await other.locator("[data-pane=mentees] [data-mentee]").first().waitFor();
  const scenario = page.url().split("/").at(-1);
  await pairSome(page, scenario, 1);
  await board.heard(other, / paired .+ with .+\.$/);
  await page.getByRole("link", { name: "Go to the board in force" }).click();
  await page.getByText("Scenario “A very long name").waitFor({ state: "hidden" });
  await page.locator("[data-pane=mentees] [data-mentee]").first().waitFor();
  dialog = await opened(page);
  await dialog.getByRole("button", { name: /^Remove A very long/ }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await board.heard(page, /^Removed: A very long name/);
  await page.waitForFunction(() => document.activeElement?.id === "scenarios-title");
  assert.equal(await dialog.getByRole("link", { name: /^A very long/ }).count(), 0);
  await page.close();
  await other.close();
});

test("by keyboard alone: rename, compare, and adopt what a lost race then refuses", async () => {
  const page = await board.open(browser, server, board.member);
  const other = await board.open(browser, server, board.otherMember);
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const key = { "Idempotency-Key": crypto.randomUUID() };
  const address = `/api/cohorts/${cohort.id}/scenarios`;
  const copy = await support.ask(page, "POST", address, { name: "Keys" }, key);
  const [inForce] = await boards(page);
  await pairSome(page, copy.id, 2);
  await page.getByRole("button", { name: "Scenarios" }).focus();
  await page.keyboard.press("Enter");
  const dialog = dialogOf(page);
  await dialog.getByRole("heading", { name: "Boards of this cohort" }).waitFor();
  /** Goes on with a key until the keyboard is where it is wanted. */
  const walk = (key) => async (locator) => {
    const wanted = await locator.elementHandle();
    for (let step = 0; step < 60; step += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press(key);
    }
    assert.fail("the keyboard does not get there");
  };
  const [tabTo, backTo] = [walk("Tab"), walk("Shift+Tab")];
  await tabTo(dialog.getByRole("button", { name: "Rename Keys" }));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "scenario-rename");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Board");
  await page.keyboard.press("Enter");
  await dialog.getByText("Another board of this cohort has this name.").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("By keys");
  await page.keyboard.press("Enter");
  await board.heard(page, /^Renamed: By keys\.$/);
  await page.waitForFunction(() => document.activeElement?.id === "scenarios-title");
  await tabTo(dialog.getByLabel("Compare By keys"));
  await page.keyboard.press("Space");
  await tabTo(dialog.getByRole("button", { name: "Compare 2 boards" }));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "comparison-title");
  const lines = dialog.locator(".suggest__change");
  assert.equal(await lines.count(), 2);
  const box = lines.first().getByRole("checkbox");
  const mentee = (await box.getAttribute("id")).replace("adopt-", "");
  // Meanwhile somebody else pairs the same mentee.
  await pair(other, inForce.id, mentee, (await pairs(page, copy.id)).get(mentee));
  await tabTo(dialog.getByRole("button", { name: "Adopt all 2 changes" }));
  await page.keyboard.press("Enter");
  const alert = dialog.getByRole("alert").filter({ hasText: "Nothing was done." });
  await alert.waitFor();
  assert.match(await alert.textContent(), / paired .+ with .+ at /);
  assert.equal(await focused(page), "Adopt all 2 changes");
  // Without that line the other one is adopted.
  await backTo(box);
  await page.keyboard.press("Space");
  await tabTo(dialog.getByRole("button", { name: "Adopt 1 change" }));
  await page.keyboard.press("Enter");
  await board.heard(page, /^Adopted 1 change from “By keys”/);
  await page.waitForFunction(() => document.activeElement?.id === "differences-title");
  await dialog.getByText("There is no difference.").waitFor();
  await support.assertAccessible(page);
  await page.close();
  await other.close();
});

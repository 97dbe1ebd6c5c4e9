// Several mentees at once, chosen by clicks, by keys and with a finger; and what narrows the lists.

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

const bar = (page) => page.getByRole("group", { name: "Selected mentees" });
const names = (page, pane, part) =>
  page
    .locator(`[data-pane=${pane}] ${part}`)
    .evaluateAll((all) => all.map((one) => one.textContent));

test("clicks with Control and Shift choose, and a group fills the free places of a mentor", async () => {
  const page = await board.open(browser, server, board.member, { query: "?sort=name" });
  const { free } = await board.somebody(page, { free: 1 });
  const cards = board.pool(page);
  const spot = { position: { x: 60, y: 10 } };
  await cards.nth(0).click({ ...spot, modifiers: ["Control"] });
  await cards.nth(3).click({ ...spot, modifiers: ["Shift"] });
  await board.heard(page, /^4 selected\.$/);
  await cards.nth(1).click({ ...spot, modifiers: ["Control"] });
  await board.heard(page, / not selected\. 3 selected\.$/);
  await support.assertGoodScreen(page);
  await support.takePicture(page, "board-selected");
  const before = await board.listed(page);
  const first = await cards.nth(0).getAttribute("data-mentee");
  await board.drag(page, first, free[0]);
  await board.heard(page, / paired with .* mentees left\./);
  const placed = before - (await board.listed(page));
  assert.ok(placed >= 1 && placed < 3, `${placed}`);
  assert.match(await board.said(page), / not placed: /);
  await bar(page)
    .getByText(`${3 - placed} selected`)
    .waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await board.heard(page, /^Undone: /);
  assert.equal(await board.listed(page), before);
  await board.saved(page);
  support.assertNoMistakes(page);
  await page.context().close();
});

test("keys choose, lock, and take apart many as one step", async () => {
  const page = await board.open(browser, server, board.chair, { query: "?sort=name" });
  const key = (name) => page.keyboard.press(name);
  await board.pool(page).first().focus();
  await key("Space");
  await board.heard(page, / selected\. 1 selected\.$/);
  for (const words of [/^2 selected\.$/, /^3 selected\.$/]) {
    const from = await page.evaluate(() => document.activeElement.dataset.mentee);
    await key("Shift+ArrowDown");
    await board.heard(page, words);
    // The keyboard is on the next card before the next key.
    await page.waitForFunction(
      (from) => ![undefined, from].includes(document.activeElement?.dataset.mentee),
      from,
    );
  }
  await key("Escape");
  await board.heard(page, /^Nobody selected\.$/);

  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await page.getByRole("button", { name: /^Adopt all \d+ changes$/ }).click();
  await board.heard(page, /^Adopted /);
  await page.waitForFunction(() => document.activeElement?.textContent.includes("Suggest"));
  const numbers = page.locator(".status-line__numbers");
  const before = await numbers.textContent();
  const all = async () => {
    await key("Control+a");
    await board.heard(page, /^\d\d selected\.$/);
  };
  const onCard = () =>
    page.waitForFunction(() => document.activeElement.matches("[data-pane=mentors] [data-mentee]"));
  await board.card(page, await firstPaired(page)).focus();
  await all();
  const press = async (name) => {
    const button = bar(page).getByRole("button", { name, exact: true });
    await button.focus();
    await key("Enter");
  };
  await press("Lock");
  await board.heard(page, /^\d\d pairs locked\./);
  await onCard();
  await key("Control+z");
  await board.heard(page, /^Undone: \d\d mentees\.$/);
  await all();
  await press("Unpair");
  await board.heard(page, /^\d\d mentees unpaired\. \d\d mentees left\.$/);
  await numbers.filter({ hasText: /^0 pairs/ }).waitFor();
  await key("Control+z");
  await board.heard(page, /^Undone: \d\d mentees\.$/);
  assert.equal(await numbers.textContent(), before);
  await board.saved(page);
  await key("Control+z");
  await board.saved(page);
  support.assertNoMistakes(page);
  await page.context().close();
});

const firstPaired = (page) =>
  page.locator("[data-pane=mentors] [data-mentee]").first().getAttribute("data-mentee");

test("a finger chooses by the menu and the boxes, and places from the list", async () => {
  const options = { hasTouch: true, viewport: { width: 390, height: 800 } };
  const page = await board.open(browser, server, board.member, options);
  const first = board.pool(page).first();
  await first.getByRole("button", { name: /^Actions for / }).tap();
  await page.getByRole("menuitem", { name: "Select", exact: true }).tap();
  await bar(page).getByText("1 selected").waitFor();
  await board.pool(page).nth(1).getByRole("checkbox").tap();
  await bar(page).getByText("2 selected").waitFor();
  // Else something may stand half under the bar, as the page happens to be scrolled.
  await support.assertGoodScreen(page, { show: page.locator("[data-pane=mentees]") });
  await support.takePicture(page, "board-selected-phone");
  await bar(page).getByRole("button", { name: "Pair with …" }).tap();
  await page.getByRole("dialog", { name: "Pair 2 mentees with …" }).waitFor();
  await page.getByRole("listbox").getByRole("option").first().tap();
  await board.heard(page, / paired with /);
  await page.getByRole("button", { name: "Undo", exact: true }).tap();
  await board.heard(page, /^Undone: /);
  await board.saved(page);
  support.assertNoMistakes(page);
  await page.context().close();
});

test("filters and the order of the mentors narrow the lists and stand in the address", async () => {
  const page = await board.open(browser, server, board.member);
  const all = await board.listed(page);
  await page.getByText("Filters", { exact: true }).click();
  const panel = page.getByRole("group", { name: "Filters" });
  await panel.getByLabel("Area", { exact: true }).selectOption({ label: "Preservation" });
  await page.waitForURL(/area=preservation/);
  const some = await board.listed(page);
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  for (const areas of await names(page, "mentees", ".mentee-card__areas")) {
    assert.match(areas, /Preservation/);
  }
  await panel.getByLabel("Places of the mentors").selectOption({ label: "A place left" });
  await panel.getByLabel("Order of the mentors").selectOption({ label: "Most places left first" });
  await page.getByText("Filters (2)").waitFor();
  await support.assertGoodScreen(page);
  await support.takePicture(page, "board-filters");
  const order = await names(page, "mentors", ".mentor-row__name");
  await page.reload();
  await page.locator("[data-mentor]").first().waitFor();
  assert.deepEqual(await names(page, "mentors", ".mentor-row__name"), order);
  await page.getByText("Filters (2)").click();
  await panel.getByRole("button", { name: "No filters" }).click();
  await page.getByText("Filters", { exact: true }).waitFor();
  assert.equal(await board.listed(page), all);
  support.assertNoMistakes(page);
  await page.context().close();
});

test("resting on a place says what it would mean, at once and for the whole cohort", async () => {
  const page = await board.open(browser, server, board.member, { query: "?sort=name" });
  const { mentee, free } = await board.somebody(page, { free: 1 });
  const card = await board.bring(page, "mentees", `[data-mentee="${mentee}"]`);
  await card.getByRole("button", { name: "Pick up" }).click();
  const row = await board.bring(page, "mentors", `[data-mentor="${free[0]}"]`);
  await row.hover();
  const line = page.locator(".placing .what-if");
  await line.getByText(/^total (up \d+|as before)$/).waitFor();
  await line.locator(".what-if__later").filter({ hasText: /\.$/ }).waitFor();
  await board.heard(page, /score \d+, .* Cohort total up \d+\.$/);
  await page.keyboard.press("Escape");
  await page.context().close();
});

// The timeline is changed by pointer, keyboard, finger and table; each time everything that follows is
// said before it is saved. Wherever the reader's clocks are, a date moves by exactly the days it was
// moved.

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

const address = "/committee/2018-2019/timeline";
const review = "Applications are read";

async function openTimeline(options) {
  const page = await support.openAs(browser, server, "Chairs", address, options);
  await page.locator("[data-item]").first().waitFor({ state: "attached" });
  return page;
}

const bar = (page, name) => page.locator("[data-item]").filter({ hasText: name }).first();
const dialog = (page) => page.getByRole("dialog");

/** Waits until the question before a change is answered. */
const answered = (page) =>
  dialog(page).locator(".consequences__people, .notice--error").first().waitFor();

/** The wishes that the page sends to be planned. */
function plans(page) {
  const bodies = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/timeline/plan")) bodies.push(request.postDataJSON());
  });
  return bodies;
}

/** The days of an item as the server has them. */
async function days(page, name) {
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const { items } = await support.ask(page, "GET", `/api/cohorts/${cohort.id}/timeline`);
  const { when } = items.find(({ title }) => (title.en ?? title) === name);
  return when.phase ?? when.milestone;
}

const later = (day, n) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** Drags a bar by as many days as the picture says those are. */
async function drag(page, name, n) {
  const target = bar(page, name);
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  const { start, end } = await days(page, name);
  const length = (Date.parse(end) - Date.parse(start)) / 86_400_000 + 1;
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y);
  const to = from.x + (n * box.width) / length;
  // The hand took hold after some travel; from there the days are counted.
  await page.mouse.move(to + 8, from.y, { steps: 4 });
  await page.mouse.up();
}

const zones = [
  "Pacific/Guam",
  "America/New_York",
  "America/St_Johns",
  "Europe/London",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "America/Sao_Paulo",
  "Pacific/Apia",
];

test("T-01 a drag that ends where it began changes nothing, in any zone", async () => {
  for (const timezoneId of zones) {
    const page = await openTimeline({ timezoneId });
    const asked = plans(page);
    await page.getByRole("button", { name: "Quarter", exact: true }).click();
    const target = bar(page, review);
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 8, at.y);
    await page.mouse.move(at.x + 60, at.y, { steps: 3 });
    await page.locator(".timeline__held").getByText(/later/).waitFor();
    await page.mouse.move(at.x + 8, at.y, { steps: 3 });
    await page.mouse.up();
    assert.equal(asked.length, 0, timezoneId);
    assert.equal(await dialog(page).count(), 0);
    support.assertNoMistakes(page);
    await page.context().close();
  }
});

test("T-02 a drag by days crosses a change of clocks and moves exactly that many days", async () => {
  for (const timezoneId of zones) {
    const page = await openTimeline({ timezoneId });
    const asked = plans(page);
    const { start, end } = await days(page, review);
    await page.getByRole("button", { name: "Quarter", exact: true }).click();
    for (const n of [7, 21, -4]) {
      await drag(page, review, n);
      await answered(page);
      const edits = asked.at(-1).edits.map(({ edge, to }) => [edge, to]);
      const expected = [
        ["start", later(start, n)],
        ["end", later(end, n)],
      ];
      assert.deepEqual(edits, expected, `${n} days in ${timezoneId}`);
      await dialog(page).getByRole("button", { name: "Change nothing" }).click();
      await dialog(page).waitFor({ state: "hidden" });
    }
    assert.deepEqual(await days(page, review), { start, end });
    await page.context().close();
  }
});

test("T-08 an all-day date is the same day west and east of UTC", async () => {
  for (const timezoneId of ["Pacific/Guam", "America/New_York", "Pacific/Apia"]) {
    const page = await support.newPage(browser, server, { timezoneId });
    await support.visit(page, "/cohorts/2018-2019");
    await page.getByText("Monday, May 14, 2018").first().waitFor();
    await page.getByText("Friday, March 2, 2018, 11:59 PM, Anywhere on Earth").first().waitFor();
    await page.context().close();
  }
});

test("a reader in Guam is told the deadline in Guam's time", async () => {
  const page = await support.newPage(browser, server, { timezoneId: "Pacific/Guam" });
  await support.visit(page, "/cohorts/2018-2019");
  await page
    .getByText(/In your time \(Guam\) that is Saturday, March 3, 2018/)
    .first()
    .waitFor();
  await page.context().close();
});

test("T-09 going back while something is held is harmless", async () => {
  const page = await openTimeline();
  const asked = plans(page);
  const before = await days(page, review);
  await bar(page, review).focus();
  await page.keyboard.press("e");
  await page.keyboard.press("ArrowRight");
  await page
    .locator(".timeline__held")
    .getByText(/1 day later/)
    .waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  // Whether or not this browser goes back by itself, nothing is moved by it.
  const held = page.locator(".timeline__held");
  if (await held.count()) await held.getByText(/1 day later/).waitFor();
  await page.goto("/cohorts/2018-2019");
  await page.goBack();
  await page.locator("[data-item]").first().waitFor();
  assert.equal(asked.length, 0);
  assert.deepEqual(await days(page, review), before);
  await page.context().close();
});

test("T-10 writing a date in the table wishes what dragging it wishes", async () => {
  const page = await openTimeline();
  const asked = plans(page);
  const { end } = await days(page, review);
  await page.getByRole("button", { name: "Month", exact: true }).click();
  const target = bar(page, review);
  await target.focus();
  await page.keyboard.press("e");
  await page.keyboard.press("]");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await answered(page);
  const consequences = await dialog(page).locator(".consequences").innerText();
  await dialog(page).getByRole("button", { name: "Change nothing" }).click();
  await page.getByLabel(`${review}, last day`).fill(later(end, 2));
  await page.getByLabel(`${review}, last day`).blur();
  await page.getByRole("button", { name: "See what follows" }).first().click();
  await answered(page);
  assert.equal(asked.length, 2);
  assert.deepEqual(asked[0], asked[1]);
  assert.equal(await dialog(page).locator(".consequences").innerText(), consequences);
  await page.context().close();
});

test("by keyboard alone: find a date, move it by a week, confirm, undo", async () => {
  const page = await openTimeline();
  const { start, end } = await days(page, review);
  await page.locator("[data-timeline-scroll]").focus();
  await page.keyboard.press("Tab");
  const isAt = (name) => page.locator("[data-item]:focus").filter({ hasText: name }).waitFor();
  await isAt("Call for applications");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await isAt(review);
  await page.keyboard.press("e");
  await page.keyboard.press("Shift+ArrowRight");
  await page
    .locator("#announcer-polite")
    .getByText(/7 days later/)
    .waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await isAt(review);
  await page.keyboard.press("e");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await dialog(page)
    .getByRole("button", { name: /^Move \d dates$/ })
    .waitFor();
  await support.assertAccessible(page);
  await page.getByLabel(/^Why/).focus();
  await page.keyboard.type("The reviewers asked for it");
  await dialog(page).getByRole("button", { name: /^Move/ }).focus();
  await page.keyboard.press("Enter");
  await page
    .getByText(/^Saved: \d dates moved/)
    .first()
    .waitFor();
  assert.deepEqual(await days(page, review), { start: later(start, 7), end: later(end, 7) });
  await page.getByRole("button", { name: "Undo" }).first().focus();
  await page.keyboard.press("Enter");
  await page
    .getByText(/^Undone/)
    .first()
    .waitFor();
  assert.deepEqual(await days(page, review), { start, end });
  support.assertNoMistakes(page);
  await page.context().close();
});

test("by finger on a phone: open the picture, choose, move by buttons, confirm", async () => {
  const viewport = { width: 360, height: 740 };
  const page = await openTimeline({ viewport, hasTouch: true, isMobile: true });
  await page.getByRole("button", { name: "The picture" }).tap();
  const { start } = await days(page, review);
  await bar(page, review).tap();
  const panel = page.getByRole("region", { name: review });
  await panel.getByRole("button", { name: "Move", exact: true }).tap();
  await panel.getByRole("button", { name: "A day later" }).tap();
  await panel.getByRole("button", { name: "Put down" }).tap();
  await dialog(page).getByRole("button", { name: /^Move/ }).tap();
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  assert.equal((await days(page, review)).start, later(start, 1));
  await page.getByRole("button", { name: "Undo" }).first().tap();
  await page
    .getByText(/^Undone/)
    .first()
    .waitFor();
  await page.context().close();
});

test("a new date is planned, announced, cancelled and deleted", async () => {
  const page = await openTimeline();
  await page.getByText("Plan another date").click();
  const form = page.locator("form").filter({ hasText: "What it is" });
  await form.getByLabel("Name").fill("Check-in call");
  await form.getByLabel("Day", { exact: true }).fill("2018-09-12");
  await form.getByRole("button", { name: "See what follows" }).click();
  await dialog(page).getByRole("button", { name: "Plan it" }).click();
  await page
    .getByText(/^Saved: the new entry is planned/)
    .first()
    .waitFor();
  const visitor = await support.newPage(browser, server);
  await support.visit(visitor, "/cohorts/2018-2019");
  assert.equal(await visitor.getByText("Check-in call").count(), 0);
  const press = async (name, confirm, saved) => {
    await page.getByRole("button", { name: "Check-in call" }).first().click();
    const panel = page.getByRole("region", { name: "Check-in call" });
    await panel.getByRole("button", { name, exact: true }).click();
    await dialog(page).getByRole("button", { name: confirm }).click();
    await page.getByText(saved).first().waitFor();
  };
  await press("Announce", "Announce it", /^Saved: the entry is announced/);
  // The page that was open all the time shows it by itself.
  await visitor.getByText("Check-in call").first().waitFor();
  await press("Call it off", "Call the entry off", /^Saved: the entry is called off/);
  await visitor.getByText("cancelled").first().waitFor();
  await press("Delete", "Delete the entry", /^Saved: the entry is deleted/);
  await visitor.getByText("Check-in call").first().waitFor({ state: "detached" });
  support.assertNoMistakes(visitor);
  await page.context().close();
  await visitor.context().close();
});

test("the screens of the timeline pass in every width and theme", async () => {
  const page = await openTimeline();
  await support.assertGoodScreen(page);
  await bar(page, review).click();
  await support.assertGoodScreen(page);
  await page.context().close();
});

test("on paper the picture is drawn once, with the table below it", async () => {
  const page = await openTimeline();
  await page.emulateMedia({ media: "print" });
  await page.locator(".timeline-track").waitFor();
  assert.equal(await page.locator(".timeline-picture").isVisible(), false);
  assert.equal(await page.locator(".timeline-table").isVisible(), true);
  const paper = await page.pdf({ landscape: true });
  assert.ok(paper.length > 5_000);
  await page.context().close();
});

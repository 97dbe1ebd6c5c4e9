// The screens of the timeline before two independent judges of accessibility, in the states they can be
// in, and the days that a program keeps free.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { alfaFindings } from "../oracle/alfa.mjs";
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

const address = "/committee/2018-2019/timeline";
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function judged(page, state) {
  await support.assertAccessible(page);
  assert.deepEqual(await alfaFindings(page), [], state);
}

async function openTimeline(options) {
  const page = await support.openAs(browser, server, "Chairs", address, options);
  await page.locator("[data-item]").first().waitFor({ state: "attached" });
  return page;
}

/** Opens whatever is folded inside. */
async function unfold(inside) {
  const folded = inside.locator("details:not([open]) > summary");
  while (await folded.count()) await folded.first().click();
}

/** Sends every form inside as it is: each says what is missing, or asks what is to follow. */
async function sendAll(page, inside) {
  for (const submit of await inside.locator("form button[type=submit]").all()) {
    await submit.click();
    if (await page.getByRole("dialog").count()) await page.keyboard.press("Escape");
  }
}

test("the timeline, its panel, what is held and the question before a change", async () => {
  const page = await openTimeline();
  await judged(page, "the timeline");
  const bar = page.locator("[data-item]").filter({ hasText: "Applications are read" }).first();
  await bar.click();
  await bar.focus();
  await page.keyboard.press("e");
  await page.keyboard.press("ArrowRight");
  await judged(page, "held");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").locator(".consequences__people").waitFor();
  await judged(page, "the question");
  await page.keyboard.press("Escape");
  await unfold(page.getByRole("main"));
  await page.getByRole("button", { name: "Show the cohorts" }).click();
  await page.getByRole("radio", { name: "By the start of the program" }).waitFor();
  await judged(page, "everything unfolded, beside other cohorts");
  await page.context().close();
});

test("the panel of each kind of date, as it is and with everything in it written wrongly", async () => {
  const page = await openTimeline();
  for (const name of ["Call for applications", "Applications close", "Pairing complete"]) {
    await page.getByRole("button", { name, exact: true }).click();
    const panel = page.getByRole("region", { name, exact: true });
    await panel.waitFor();
    await unfold(panel);
    await judged(page, name);
    await panel.getByLabel("Name", { exact: true }).fill("");
    await panel.getByLabel("How sure it is").selectOption("It will lie between two days");
    await sendAll(page, panel);
    await panel.getByText("Give it a name.").waitFor();
    await judged(page, `${name}, written wrongly`);
  }
  await page.context().close();
});

test("on a phone the parts of the panel unfold", async () => {
  const page = await openTimeline(phone);
  await page.getByRole("button", { name: "Orientation", exact: true }).tap();
  const panel = page.getByRole("region", { name: "Orientation", exact: true });
  const name = panel.getByLabel("Name");
  assert.equal(await name.isVisible(), false);
  await judged(page, "folded");
  await panel.getByText("What is said of it").tap();
  await name.waitFor();
  await judged(page, "unfolded");
  await page.context().close();
});

test("ten minutes before the end nobody reads that it is over", async () => {
  for (const timezoneId of ["Pacific/Guam", "America/Chicago"]) {
    const page = await support.newPage(browser, server, { timezoneId });
    await support.visit(page, "/cohorts/2018-2019");
    await page
      .getByText(/minutes? left/)
      .first()
      .waitFor();
    const row = page.getByRole("row").filter({ hasText: "Applications close" });
    await row.getByText("today", { exact: true }).waitFor();
    await page.getByText(/Now: Call for applications, which ends today/).waitFor();
    assert.equal(await page.getByText("yesterday").count(), 0, timezoneId);
    // The line of today goes by the server's clock, which is years behind this browser's, and by the
    // zone of the program, where March 2 is over.
    const today = page.locator(".timeline-picture__today-name");
    await today.filter({ hasText: "Today, Mar 3" }).waitFor();
    await judged(page, "the public page");
    await page.goto("/");
    await page
      .getByText(/minutes? left/)
      .first()
      .waitFor();
    assert.equal(await page.getByText("yesterday").count(), 0, timezoneId);
    await page.context().close();
  }
});

test("a conference of the program is written down, and warned of", async () => {
  const page = await support.openAs(browser, server, "Program officer", "/manage");
  await page.getByRole("link", { name: "Days kept free" }).click();
  await page.getByRole("heading", { level: 1, name: "Days kept free" }).waitFor();
  await judged(page, "the days");
  await support.assertGoodScreen(page);
  await page.getByRole("button", { name: "Add another conference or holiday" }).click();
  const entry = page.locator(".repeater__entry").last();
  await entry.getByLabel("Name").fill("Library Legislative Day");
  await page.getByRole("button", { name: "Save the days" }).click();
  await entry.getByText("Enter a day, for example 21 June 2018.").waitFor();
  const first = entry.getByRole("group", { name: "First day" });
  for (const [part, text] of Object.entries({ Day: "7", Month: "May", Year: "2018" }))
    await first.getByLabel(part).fill(text);
  await page.getByRole("button", { name: "Save the days" }).click();
  await page.getByText("The days are saved.").first().waitFor();
  await page.reload();
  const names = page.getByLabel("Name");
  await names.nth(3).waitFor();
  const written = await names.evaluateAll((fields) => fields.map((field) => field.value));
  assert.ok(written.includes("Library Legislative Day"), written.join());
  support.assertNoMistakes(page);
  await page.context().close();

  const chair = await openTimeline();
  await chair.getByLabel("Pairing complete", { exact: true }).fill("2018-05-07");
  await chair.getByLabel("Pairing complete", { exact: true }).blur();
  await chair.getByRole("button", { name: "See what follows" }).first().click();
  await chair
    .getByRole("dialog")
    .getByText("Monday, May 7, 2018 is a day of a conference, “Library Legislative Day”.")
    .waitFor();
  await chair.context().close();
});

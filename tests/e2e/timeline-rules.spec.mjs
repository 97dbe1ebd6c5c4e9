// What a date follows, what must hold of it, its time of day and its exceptions are written in the
// panel of the date, by mouse and by keyboard. What cannot be is said beside its cause.

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

/** The timeline with the panel of a date open. */
async function openPanel(name, options) {
  const page = await support.openAs(browser, server, "Chairs", address, options);
  await page.getByRole("button", { name, exact: true }).click();
  const panel = page.getByRole("region", { name, exact: true });
  await panel.waitFor();
  return { page, panel };
}

/** A sentence of the panel; the buttons beside it name it once more for those who listen. */
const said = (panel, words) => panel.getByRole("paragraph").filter({ hasText: words });

const dialog = (page) => page.getByRole("dialog");

async function confirm(page, words = /^(Save|Move \d+ dates?)$/) {
  await dialog(page).getByRole("button", { name: words }).click();
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await dialog(page).waitFor({ state: "detached" });
}

/** Plans a date, of which nobody is told unless it is announced. */
async function planDate(page, title, when, { isAnnounced = false } = {}) {
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const path = `/api/cohorts/${cohort.id}/timeline`;
  const { rev } = await support.ask(page, "GET", path);
  const item = crypto.randomUUID();
  const create = {
    kind: "create",
    item,
    when,
    title: { en: title },
    audience: "public",
    lane: "",
    certainty: "firm",
  };
  const acts = isAnnounced ? [create, { kind: "announce", item }] : [create];
  await support.ask(page, "POST", `${path}/changes`, { acts }, { "If-Match": `"${rev}"` });
  return item;
}

test("a date is let follow another, refused a circle, changed and released by mouse", async () => {
  const maker = await support.openAs(browser, server, "Chairs", "/robots.txt");
  await planDate(maker, "Reading begins", { milestone: { on: "2018-04-02" } });
  await planDate(maker, "Reading ends", { milestone: { on: "2018-04-20" } });
  await maker.context().close();
  const { page, panel } = await openPanel("Reading ends");
  await panel.getByText("Let it follow another date").click();
  const form = panel.locator("form").filter({ hasText: "It follows" });
  await form.getByRole("button", { name: "See what follows" }).click();
  await form.getByText("Choose the date it follows.").waitFor();
  await form.getByLabel("It follows").selectOption({ label: "Reading begins (Apr 2)" });
  await form.getByLabel("Days", { exact: true }).fill("14");
  await form.getByRole("button", { name: "See what follows" }).click();
  await dialog(page).getByText("Reading ends is on Monday, April 16, 2018").waitFor();
  await confirm(page);
  await said(panel, "Follows “Reading begins” by 14 days.").waitFor();
  await page.locator(".timeline-picture__arrows[d^=M]").waitFor({ state: "attached" });
  await support.assertGoodScreen(page);

  // The other way round is a circle: it is refused where the date was chosen.
  await page.getByRole("button", { name: "Reading begins", exact: true }).click();
  const other = page.getByRole("region", { name: "Reading begins", exact: true });
  await other.getByText("“Reading ends” follows it.").waitFor();
  await other.getByText("Let it follow another date").click();
  const circle = other.locator("form").filter({ hasText: "It follows" });
  await circle.getByLabel("It follows").selectOption({ label: "Reading ends (Apr 16)" });
  await circle.getByRole("button", { name: "See what follows" }).click();
  await circle.getByText("That would go round in a circle").waitFor();
  assert.equal(await circle.getByLabel("It follows").getAttribute("aria-invalid"), "true");
  assert.equal(await dialog(page).count(), 0);

  await page.getByRole("button", { name: "Reading ends", exact: true }).click();
  await panel.getByText("Change this").click();
  const change = panel.locator("form").filter({ hasText: "It follows" });
  await change.getByLabel("Days", { exact: true }).fill("10");
  await change.getByLabel("It falls on").selectOption("Friday");
  await change.getByRole("button", { name: "See what follows" }).click();
  await confirm(page);
  await said(
    panel,
    "Follows “Reading begins” by 10 days, or on the first Friday after that.",
  ).waitFor();
  await panel.getByRole("button", { name: /^Remove ?: Follows/ }).click();
  await confirm(page);
  await panel.getByText("Let it follow another date").waitFor();
  support.assertNoMistakes(page);
  await page.context().close();
});

test("by keyboard alone: say what must hold, meet it, remove it", async () => {
  const maker = await support.openAs(browser, server, "Chairs", "/robots.txt");
  await planDate(maker, "Letters go out", { milestone: { on: "2018-05-21" } });
  await maker.context().close();
  const { page, panel } = await openPanel("Letters go out");
  const press = (key) => page.keyboard.press(key);
  await panel.getByText("Say what must hold").focus();
  await press("Enter");
  await press("Tab");
  await page.keyboard.type("7");
  await press("Tab");
  await press("Tab");
  await press("Tab");
  // The first letters choose in the browser's own list.
  await page.keyboard.type("Pairing complete");
  await press("Tab");
  await page.keyboard.type("mails have to be written");
  const chosen = await panel.getByLabel("The other date").inputValue();
  assert.notEqual(chosen, "");
  await press("Tab");
  await press("ArrowDown");
  await press("Tab");
  await press("Enter");
  await dialog(page).getByRole("button", { name: "Save" }).waitFor();
  await dialog(page).getByRole("button", { name: "Save" }).focus();
  await press("Enter");
  const sentence = /^At least 7 days after “.+”, because mails have to be written\./;
  await said(panel, sentence).waitFor();
  await panel.getByText("A change that breaks this is refused.").waitFor();

  // A date that breaks it is refused in the words of the sentence.
  const day = page.getByRole("textbox", { name: "Letters go out", exact: true });
  await day.fill("2018-05-16");
  await day.blur();
  await page.getByRole("button", { name: "See what follows" }).first().focus();
  await press("Enter");
  await dialog(page).getByText("mails have to be written").waitFor();
  await press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await panel.getByRole("button", { name: /^Remove ?: At least 7 days/ }).focus();
  await press("Enter");
  await dialog(page).getByRole("button", { name: "Save" }).focus();
  await press("Enter");
  await said(panel, sentence).waitFor({ state: "detached" });
  support.assertNoMistakes(page);
  await page.context().close();
});

test("a deadline's time of day and zone are read before they are saved", async () => {
  const maker = await support.openAs(browser, server, "Chairs", "/robots.txt");
  const civil = { civil: "2018-03-11T00:00:00", zone: "America/New_York" };
  const due = { ...civil, instant: "2018-03-11T05:00:00Z" };
  await planDate(maker, "Agreements are due", { due });
  await maker.context().close();
  const guam = { timezoneId: "Pacific/Guam" };
  const { page, panel } = await openPanel("Agreements are due", guam);
  const meaning = panel.locator(".item-form__meaning");
  await meaning.getByText("Saturday, March 10, 2018, 11:59 PM, New York time").waitFor();
  await meaning.getByText(/In your time \(Guam\) that is Sunday, March 11, 2018/).waitFor();

  // On the morning when clocks go forward the hour after two is not there.
  await panel.getByLabel("Day", { exact: true }).fill("11");
  await panel.getByLabel("Last minute that counts").fill("02:29");
  await panel.getByLabel("Last minute that counts").blur();
  await meaning.getByText(/that time does not exist on Sunday, March 11, 2018/).waitFor();
  await panel.getByRole("button", { name: "Change it" }).click();
  await dialog(page)
    .getByText(/that time does not exist on Sunday, March 11, 2018/)
    .waitFor();
  await dialog(page).getByRole("button", { name: "Change nothing" }).click();
  await dialog(page).waitFor({ state: "detached" });

  await panel.getByLabel("Read in the zone").selectOption("AoE");
  await panel.getByLabel("Last minute that counts").fill("23:59");
  await panel.getByLabel("Last minute that counts").blur();
  await meaning.getByText("Sunday, March 11, 2018, 11:59 PM, Anywhere on Earth").waitFor();
  await panel.getByRole("button", { name: "Change it" }).click();
  await confirm(page);
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const { items } = await support.ask(page, "GET", `/api/cohorts/${cohort.id}/timeline`);
  const { when } = items.find(({ title }) => (title.en ?? title) === "Agreements are due");
  assert.equal(when.due.instant, "2018-03-12T12:00:00Z");
  await support.assertGoodScreen(page);
  await page.context().close();
});

test("one person is granted another date, reads it, and it ends", async () => {
  const { page, panel } = await openPanel("Orientation");
  await panel.getByText("Grant one person another date").click();
  const form = panel.locator("form").filter({ hasText: "For whom" }).last();
  await form.getByRole("button", { name: "Grant it" }).click();
  await form.getByText("Choose whom it is for.").waitFor();
  const whom = form.getByLabel("For whom");
  await whom.locator("option").nth(1).waitFor({ state: "attached" });
  const name = (await whom.locator("option").nth(1).textContent()).split(",")[0];
  await whom.selectOption({ index: 1 });
  await form.getByLabel("Month").last().fill("July");
  await form.getByLabel("Why").fill("A typhoon took the cables.");
  await support.assertGoodScreen(page);
  await form.getByRole("button", { name: "Grant it" }).click();
  const line = panel.getByRole("listitem").filter({ hasText: "A typhoon took the cables." });
  await line.getByText(name, { exact: true }).waitFor();
  await line.getByRole("button", { name: /^End it/ }).focus();
  await page.keyboard.press("Enter");
  await line.waitFor({ state: "detached" });
  support.assertNoMistakes(page);
  await page.context().close();
});

test("what is wrong with the length of one person's meeting is said beside it", async () => {
  const maker = await support.openAs(browser, server, "Chairs", "/robots.txt");
  const start = { civil: "2018-06-05T12:00:00", zone: "AoE", instant: "2018-06-06T00:00:00Z" };
  const meeting = { start, minutes: 60 };
  await planDate(maker, "Welcome call", { meeting }, { isAnnounced: true });
  await maker.context().close();
  const { page, panel } = await openPanel("Welcome call");
  await panel.getByText("Grant one person another date").click();
  const form = panel.locator("form").filter({ hasText: "For whom" }).last();
  const whom = form.getByLabel("For whom");
  await whom.locator("option").nth(1).waitFor({ state: "attached" });
  await whom.selectOption({ index: 1 });
  await form.getByLabel("Why").fill("Ten minutes are enough for her.");
  const minutes = form.getByLabel("Minutes");
  for (const [written, words] of [
    ["an hour", "Write how many minutes, such as 60."],
    ["60", "This is everybody's date already."],
  ]) {
    await minutes.fill(written);
    await form.getByRole("button", { name: "Grant it" }).click();
    await form.getByText(words).waitFor();
    assert.equal(await minutes.inputValue(), written);
  }
  await minutes.fill("10");
  await form.getByRole("button", { name: "Grant it" }).click();
  const line = panel.getByRole("listitem").filter({ hasText: "Ten minutes are enough for her." });
  await line.getByText(/10 minutes/).waitFor();
  support.assertNoMistakes(page);
  await page.context().close();
});

test("a date that is not fixed yet lies between two days, and readers are told", async () => {
  const { page, panel } = await openPanel("Evaluation");
  await panel.getByLabel("How sure it is").selectOption("window");
  const written = async (id, value) => {
    for (const [part, text] of Object.entries(value))
      await panel.locator(`#item-${id}`).getByLabel(part).fill(text);
  };
  await panel.getByRole("button", { name: "Change it" }).click();
  await panel.getByText("Enter both days, for example 2 March 2018.").waitFor();
  await written("earliest", { Day: "29", Month: "April", Year: "2019" });
  await written("latest", { Day: "14", Month: "June", Year: "2019" });
  await panel.getByRole("button", { name: "Change it" }).click();
  await confirm(page);
  assert.notEqual(await page.locator(".timeline-picture__between").getAttribute("d"), "");
  const visitor = await support.newPage(browser, server);
  await support.visit(visitor, "/cohorts/2018-2019");
  await visitor
    .getByText("Not fixed yet: between Monday, April 29, 2019 and Friday, June 14, 2019.")
    .first()
    .waitFor();
  await visitor.context().close();
  await page.context().close();
});

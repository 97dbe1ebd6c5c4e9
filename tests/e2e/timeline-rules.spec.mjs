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

const dialog = (page) => page.getByRole("dialog");

async function confirm(page, words = /^(Save|Move \d+ dates?)$/) {
  await dialog(page).getByRole("button", { name: words }).click();
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await dialog(page).waitFor({ state: "detached" });
}

/** Plans a date of which nobody was told. */
async function planDate(page, title, when) {
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
  await support.ask(page, "POST", `${path}/changes`, { acts: [create] }, { "If-Match": `"${rev}"` });
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
  await panel.getByText("Follows “Reading begins” by 14 days.").waitFor();
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
  await circle.getByText(/^That would go round in a circle/).waitFor();
  assert.equal(await circle.getByLabel("It follows").getAttribute("aria-invalid"), "true");
  assert.equal(await dialog(page).count(), 0);

  await page.getByRole("button", { name: "Reading ends", exact: true }).click();
  await panel.getByText("Change this").click();
  const change = panel.locator("form").filter({ hasText: "It follows" });
  await change.getByLabel("Days", { exact: true }).fill("10");
  await change.getByLabel("It falls on").selectOption("Friday");
  await change.getByRole("button", { name: "See what follows" }).click();
  await confirm(page);
  await panel
    .getByText("Follows “Reading begins” by 10 days, or on the first Friday after that.")
    .waitFor();
  await panel.getByRole("button", { name: /^Remove: Follows/ }).click();
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
  await panel.getByText(sentence).waitFor();
  await panel.getByText("A change that breaks this is refused.").waitFor();

  // A date that breaks it is refused in the words of the sentence.
  await page.getByLabel("Letters go out", { exact: true }).fill("2018-05-16");
  await page.getByLabel("Letters go out", { exact: true }).blur();
  await page.getByRole("button", { name: "See what follows" }).first().focus();
  await press("Enter");
  await dialog(page).getByText("mails have to be written").waitFor();
  await press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await panel.getByRole("button", { name: /^Remove: At least 7 days/ }).focus();
  await press("Enter");
  await dialog(page).getByRole("button", { name: "Save" }).focus();
  await press("Enter");
  await panel.getByText(sentence).waitFor({ state: "detached" });
  support.assertNoMistakes(page);
  await page.context().close();
});

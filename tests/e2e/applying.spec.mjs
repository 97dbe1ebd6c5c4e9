// What happens to people while they apply: they sign in with the link of a mail, their session
// ends, they write in two tabs, they use keys alone, and the deadline passes while they type.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.mjs";

const cohort = "2018-2019";

let server;
let browser;

before(async () => {
  // The call has been open for a week.
  server = await support.Server.start({ seed: ["--demo", "--day", "feb-5"] });
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Somebody who has begun to apply and stands on the first page. */
async function begin(address, role) {
  const page = await support.newPage(browser, server);
  await page.goto(`/apply/${cohort}`);
  await page.getByLabel(role, { exact: true }).check();
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Start writing" }).click();
  await page.getByRole("button", { name: "Yes, all of it" }).click();
  await page.getByRole("heading", { level: 1, name: "Your name" }).waitFor();
  return page;
}

const nameField = (page) => page.getByLabel("Name you would like us to use");
const saved = (page) =>
  page
    .locator(".save-line")
    .getByText(/^Saved at/)
    .waitFor();

async function waitForName(page, name) {
  await page.waitForFunction(
    (name) => document.querySelector("[id='q-preferred_name']")?.value === name,
    name,
  );
}

/** The address of the link in the newest mail to somebody, as the page of mails shows it. */
async function linkFor(page, address) {
  await page.goto("/demo");
  const mail = page.getByRole("listitem").filter({ hasText: `(to ${address})` });
  await mail.first().locator("summary").click();
  const text = await mail.first().locator("pre").textContent();
  return text.match(/http\S+#t=\S+/)[0];
}

test("the link of a mail confirms and signs in where it was asked for, and nowhere else", async () => {
  const address = "lin@example.org";
  const page = await begin(address, "A mentee");
  await nameField(page).fill("Lin");
  await saved(page);
  const other = await support.newPage(browser, server);
  const follow = async (tab, link) => {
    await tab.goto(link);
    await tab.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    assert.doesNotMatch(tab.url(), /#t=/, "the secret does not stay in the address");
  };
  const first = await linkFor(other, address);
  await follow(other, first);
  await other.getByText("This link only works in the browser that asked for it.").waitFor();

  // A second tab, as a mail program opens it. The first one learns of it.
  await page.locator(".confirm-banner").waitFor();
  const tab = await page.context().newPage();
  await follow(tab, first);
  await tab.getByRole("heading", { level: 1, name: "My applications" }).waitFor();
  await page.locator(".confirm-banner").waitFor({ state: "detached" });

  await page.context().clearCookies();
  await page.goto("/my/applications");
  await page.getByRole("heading", { level: 1, name: "Please sign in" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail address").fill(address);
  await page.getByRole("button", { name: "Send me the mail" }).click();
  await page.getByLabel("Code from the mail").waitFor();
  const second = await linkFor(other, address);
  await follow(tab, second);
  await tab.getByRole("link", { name: "Go on writing" }).click();
  await tab.getByRole("link", { name: "Go on writing" }).click();
  await nameField(tab).waitFor();
  assert.equal(await nameField(tab).inputValue(), "Lin");

  await follow(tab, second);
  await tab.getByText("This link has been used or is too old.").waitFor();
  await other.context().close();
  await page.context().close();
});

test("W-04: when the session ends in the middle of a sentence, nothing of it is lost", async () => {
  const address = "sol@example.org";
  const page = await begin(address, "A mentor");
  await nameField(page).fill("Sol");
  await saved(page);
  await page.getByText("Enter the code from the mail").click();
  await page.getByLabel("Code from the mail").fill(await support.demoCode(page, address));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.locator(".confirm-banner").waitFor({ state: "detached" });
  await page.context().clearCookies();
  await nameField(page).press("End");
  await page.keyboard.type(" Rivera");
  const dialog = page.getByRole("dialog", { name: "Sign in to save" });
  await dialog.waitFor();
  await support.assertAccessible(page);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  // One may write on before signing in.
  await nameField(page).press("End");
  await page.keyboard.type(" Ortiz");
  await page.getByRole("button", { name: "Sign in to save" }).click();
  await dialog.getByLabel("E-mail address").fill(address);
  await dialog.getByRole("button", { name: "Send me the mail" }).click();
  await dialog.getByLabel("Code from the mail").waitFor();
  await dialog.getByLabel("Code from the mail").fill(await support.demoCode(page, address));
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await dialog.waitFor({ state: "hidden" });
  await saved(page);
  assert.equal(await nameField(page).inputValue(), "Sol Rivera Ortiz");
  await page.reload();
  await waitForName(page, "Sol Rivera Ortiz");
  await page.context().close();
});

test("W-06: two tabs write one draft: the other's answers come by themselves, both texts are kept", async () => {
  const here = await begin("tab@example.org", "A mentee");
  const there = await here.context().newPage();
  await there.goto(here.url());
  await nameField(there).waitFor();
  await nameField(here).fill("Tab the First");
  await saved(here);
  await waitForName(there, "Tab the First");

  // The second tab cannot reach the server while the first one saves.
  await there.route("**/draft", (route) => route.abort());
  await nameField(there).fill("Tab from there");
  await there
    .locator(".save-line")
    .getByText(/^No connection/)
    .waitFor();
  await nameField(here).fill("Tab from here");
  await saved(here);
  const card = there.getByRole("group", { name: "Changed elsewhere" });
  await card.getByText("Tab from here").waitFor();
  await card.getByText("Tab from there").waitFor();
  assert.equal(await nameField(there).inputValue(), "Tab from there");
  await there.unroute("**/draft");
  await card.getByRole("button", { name: "Use the other" }).click();
  await card.waitFor({ state: "detached" });
  await waitForName(there, "Tab from here");
  await there.reload();
  await waitForName(there, "Tab from here");
  await here.context().close();
});

test("a draft begun as a visitor joins the one of the account, and both texts are kept", async () => {
  const address = "noor@example.org";
  const confirm = async (page) => {
    await page.getByText("Enter the code from the mail").click();
    await page.getByLabel("Code from the mail").fill(await support.demoCode(page, address));
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.locator(".confirm-banner").waitFor({ state: "detached" });
  };
  const first = await begin(address, "A mentee");
  await nameField(first).fill("Noor at home");
  await saved(first);
  await confirm(first);

  // Months later, at another desk, the account is forgotten and everything is begun anew.
  const second = await begin(address, "A mentee");
  await nameField(second).fill("Noor at work");
  await saved(second);
  await confirm(second);
  const card = second.getByRole("group", { name: "Changed elsewhere" });
  await card.getByText("Noor at home").waitFor();
  await card.getByText("Noor at work").waitFor();
  await support.assertGoodScreen(second);
  await card.getByRole("button", { name: "Use the other" }).click();
  await card.waitFor({ state: "detached" });
  await waitForName(second, "Noor at home");
  await nameField(second).press("End");
  await second.keyboard.type(" again");
  await saved(second);
  await first.reload();
  await waitForName(first, "Noor at home again");
  for (const page of [first, second]) await page.context().close();
});

/** Presses a key until what has the keyboard fits a selector. */
async function pressUntil(page, key, selector) {
  for (let press = 0; press < 80; press += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never leads to ${selector}`);
}

const focusedId = (page) => page.evaluate(() => document.activeElement.id);

test("W-23: keys alone rank areas, grade areas and choose hours", async () => {
  const page = await begin("kay@example.org", "Both");

  await page.goto(`/apply/${cohort}/mentee/learn/areas`);
  await page.locator(".ranking__row select").first().waitFor();
  const order = () =>
    page
      .locator(".ranking__row[data-chosen] .ranking__label")
      .evaluateAll((all) => all.map((one) => one.textContent));
  await pressUntil(page, "Tab", ".ranking__row select");
  await page.keyboard.press("1");
  const first = await focusedId(page);
  await page.keyboard.press("Shift+Tab");
  await pressUntil(page, "Tab", ".ranking__row:not([data-chosen]) select");
  await page.keyboard.press("2");
  await page.locator(".ranking__row[data-chosen]").nth(1).waitFor();
  const [one, other] = await order();
  const second = await focusedId(page);
  assert.notEqual(first, second);
  await pressUntil(page, "Tab", `[id="${second}-up"]`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (name) => document.querySelector(".ranking__label").textContent === name,
    other,
  );
  assert.deepEqual(await order(), [other, one]);
  // The keyboard went with the row, and what happened was said.
  await page.waitForFunction((id) => document.activeElement.id === id, `${second}-up`);
  assert.match(
    await page.locator("#announcer-polite").textContent(),
    new RegExp(`^${other}, now 1st of 2\\.`),
  );
  await pressUntil(page, "Tab", `[id="${second}-out"]`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    () => document.querySelectorAll(".ranking__row[data-chosen]").length === 1,
  );
  await pressUntil(page, "Tab", "form button[type=submit]");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: /^Topics/ }).waitFor();

  await page.goto(`/apply/${cohort}/mentor/offer/areas`);
  await page.locator(".area-grid__row").first().waitFor();
  await pressUntil(page, "Tab", ".area-grid__row input");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const third = page.locator(".area-grid__row").first().locator("input").nth(2);
  assert.ok(await third.isChecked());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.ok(await page.locator(".area-grid__row").nth(1).locator("input").first().isChecked());
  await saved(page);

  await page.goto(`/apply/${cohort}/mentor/practical/times`);
  await page.locator(".toggle-grid__toggle").first().waitFor();
  await pressUntil(page, "Tab", ".toggle-grid__toggle");
  await page.keyboard.press("Space");
  for (const key of ["ArrowDown", "ArrowRight", "Space", "End", "Space"]) {
    await page.keyboard.press(key);
  }
  await page.getByText("3 times chosen.").waitFor();
  const chosen = await page
    .locator(".toggle-grid__toggle[aria-pressed=true]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label").split(",")[0]));
  assert.deepEqual(chosen, ["Monday", "Tuesday", "Tuesday"]);
  // The whole week is one stop of the Tab key.
  await page.keyboard.press("Tab");
  assert.match(await focusedId(page), /-varies$/);
  await saved(page);
  await page.reload();
  await page.getByText("3 times chosen.").waitFor();
  support.assertNoMistakes(page);
  await page.context().close();
});

test("a late link that opens nothing says so, and does not stand in the way of an open call", async () => {
  const page = await support.newPage(browser, server);
  page.expects = /late-links\/open.*status of 410/;
  await page.goto(`/apply/${cohort}#late=used-up`);
  await page.getByText("This late link opens nothing any more").waitFor();
  await support.assertGoodScreen(page);
  await page.getByLabel("A mentee", { exact: true }).check();
  await page.getByLabel("Your e-mail address").fill("luz@example.org");
  await page.getByRole("button", { name: "Start writing" }).click();
  await page.getByRole("button", { name: "Yes, all of it" }).click();
  await page.getByRole("heading", { level: 1, name: "Your name" }).waitFor();
  await page.context().close();
});

test("a draft that was written on elsewhere is not deleted unseen", async () => {
  const page = await begin("del@example.org", "A mentee");
  await nameField(page).fill("Dele");
  await saved(page);
  const list = await page.context().newPage();
  await list.goto("/my/applications");
  await nameField(page).fill("Dele Giwa");
  await saved(page);
  const remove = async () => {
    await list.getByRole("button", { name: "Delete the draft" }).click();
    await list.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
  };
  await remove();
  await list.getByText("Somebody changed this meanwhile.").waitFor();
  await page.reload();
  await waitForName(page, "Dele Giwa");
  await list.reload();
  await remove();
  await list.getByRole("dialog").waitFor({ state: "detached" });
  await list.getByRole("heading", { name: /Mentee application/ }).waitFor({ state: "detached" });
  await page.context().close();
});

test("the deadline passes while somebody types: it says so, and the text stays to be read", async () => {
  const page = await begin("late@example.org", "A mentee");
  await nameField(page).fill("In time");
  await saved(page);

  const visitor = await support.newPage(browser, server);
  await visitor.goto("/demo");
  const day = visitor.getByRole("listitem").filter({ hasText: "March 20, 2018" });
  await day.getByRole("button", { name: "Go to this day" }).click();
  await visitor.getByText("For the program it is Tuesday, March 20, 2018.").waitFor();
  await visitor.context().close();

  await nameField(page).press("End");
  await page.keyboard.type(", and then too late");
  await page.getByText("The deadline has passed, and the server takes no more changes.").waitFor();
  await page.getByText("In time, and then too late").waitFor();
  await page.getByText("Your last changes were not saved.").waitFor();
  assert.equal(await page.locator("form input, form textarea").count(), 0);
  await page.waitForFunction(() => document.activeElement.tagName === "H1");
  await support.assertAccessible(page);

  await page.getByRole("link", { name: "My applications" }).last().click();
  await page.getByText("Applications have closed; this one was not sent").waitFor();
  // This page has not been told yet that the clock was moved.
  await page.reload();
  await page.getByRole("link", { name: "Read your answers" }).click();
  await page.getByRole("heading", { level: 1, name: "Your answers" }).waitFor();
  await page.getByText("Applications closed on Friday, March 2, 2018").waitFor();
  assert.equal(await page.getByRole("button", { name: /Send/ }).count(), 0);
  assert.equal(await page.getByRole("link", { name: /^Change/ }).count(), 0);
  await page.context().close();
});

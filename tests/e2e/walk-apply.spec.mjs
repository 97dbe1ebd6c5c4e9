// An answer on its way: typed, saved, back after a reload, a killed server and on another device;
// then the whole application, reviewed and sent once.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { goOn } from "./applicant.mjs";
import * as support from "./support.mjs";

const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

let server;
let browser;
let officer;
let program;

before(async () => {
  server = await support.Server.start();
  browser = await support.openBrowser();
  officer = await support.newPage(browser, server);
  await openCall();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Asks the API as the page's own code would. */
async function ask(page, method, path, body, headers = {}) {
  const answer = await page.evaluate(
    async ([method, path, body, headers]) => {
      const type = { "Content-Type": "application/json" };
      const text = body === undefined ? undefined : JSON.stringify(body);
      const response = await fetch(path, { method, headers: { ...type, ...headers }, body: text });
      return { status: response.status, body: await response.json().catch(() => null) };
    },
    [method, path, body, headers],
  );
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer)}`);
  return answer.body;
}

/** A program with a cohort whose call is open. */
async function openCall() {
  const words = ["--email", "officer@example.org", "--name", "Olga Officer"];
  const printed = await server.command("create-officer", ...words, "--public-url", server.url);
  const [, token] = printed.match(/#t=(\S+)/);
  await officer.goto("/");
  await ask(officer, "POST", "/api/auth/link/redeem", { token });
  const key = () => ({ "Idempotency-Key": randomUUID() });
  program = await ask(
    officer,
    "POST",
    "/api/programs",
    {
      slug: "mentoring",
      name: "Mentoring Program",
      association: "Association of Fictional Libraries",
      about: "A year of conversations between colleagues.",
      contact: "office@example.org",
    },
    key(),
  );
  const dates = {
    call_opens: day(-2),
    closes: `${day(20)}T00:00:00`,
    closes_zone: "AoE",
    pairing_complete: day(60),
    starts: day(80),
    ends: day(380),
  };
  const about = { slug: "next", title: "Next cohort", zone: "America/Chicago" };
  const path = `/api/programs/${program.id}/cohorts`;
  const cohort = await ask(officer, "POST", path, { ...about, ...dates }, key());
  await ask(
    officer,
    "POST",
    `/api/cohorts/${cohort.id}/transitions`,
    { to: "announced" },
    { ...key(), "If-Match": `"${cohort.rev}"` },
  );
}

/** The code in the newest mail to an address, as the officer of a server without SMTP reads it. */
async function codeFor(address) {
  const box = `/api/programs/${program.id}/outbox`;
  const mail = (await ask(officer, "GET", box))
    .filter(({ to }) => to === address)
    .sort((one, other) => other.due_at.localeCompare(one.due_at))[0];
  const { body } = await ask(officer, "GET", `${box}/${mail.id}`);
  return body.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
}

/** Somebody who has begun to apply and stands on the first page. */
async function begin(address, role, options) {
  const page = await support.newPage(browser, server, options);
  await page.goto("/apply/next");
  await page.getByLabel(role, { exact: true }).check();
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Start writing" }).click();
  await page.getByRole("button", { name: "Yes, all of it" }).click();
  await page.getByRole("heading", { level: 1, name: "Your name" }).waitFor();
  return page;
}

const saveLine = (page) => page.locator(".save-line");
const nameField = (page) => page.getByLabel("Name you would like us to use");

/** Types behind what stands in the name's field already. */
async function typeOn(page, words) {
  await nameField(page).press("End");
  await page.keyboard.type(words);
}

async function waitForSaved(page) {
  await saveLine(page)
    .getByText(/^Saved at/)
    .waitFor();
}

test("W-03, W-05: an answer survives a reload and a killed server", async () => {
  const page = await begin("ada@example.org", "A mentee");
  await typeOn(page, "Ada");
  await waitForSaved(page);
  await page.reload();
  await page.waitForFunction(
    () => document.querySelector("[id='q-preferred_name']")?.value === "Ada",
  );

  await server.kill();
  await typeOn(page, " Lovelace");
  await saveLine(page)
    .getByText(/^No connection/)
    .waitFor();
  assert.equal(await nameField(page).inputValue(), "Ada Lovelace");
  await server.restart();
  await waitForSaved(page);

  // Typed and left at once: neither a pause nor a press of a button saved it.
  await typeOn(page, ", Countess");
  await page.reload();
  await nameField(page).waitFor();
  assert.equal(await nameField(page).inputValue(), "Ada Lovelace, Countess");
  await page.context().close();
});

test("W-02, W-11, W-12: a page with something missing says what, and going back loses nothing", async () => {
  const page = await begin("bo@example.org", "A mentor");
  await support.assertGoodScreen(page);
  await page.getByRole("button", { name: "Continue" }).click();
  const summary = page.locator(".error-summary");
  await summary.getByRole("link", { name: /Name you would like us to use/ }).waitFor();
  assert.ok(await summary.evaluate((summary) => summary === document.activeElement));
  assert.match(await page.title(), /^Error: /);
  await support.assertAccessible(page);
  await summary.getByRole("link").first().click();
  assert.ok(await nameField(page).evaluate((field) => field === document.activeElement));
  await page.keyboard.type("Bo");
  await summary.waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1, name: /membership/ });
  await heading.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await page.goBack();
  await nameField(page).waitFor();
  assert.equal(await nameField(page).inputValue(), "Bo");
  assert.equal(await page.locator(".error-summary").count(), 0);
  await page.context().close();
});

test("W-06: another device goes on where this one stopped, and both texts are shown where both wrote", async () => {
  const address = "cy@example.org";
  const here = await begin(address, "A mentee");
  await nameField(here).fill("Cy");
  await waitForSaved(here);
  await here.getByText("Enter the code from the mail").click();
  await here.getByLabel("Code from the mail").fill(await codeFor(address));
  await here.getByRole("button", { name: "Confirm" }).click();
  await here.locator(".confirm-banner").waitFor({ state: "detached" });

  const there = await support.newPage(browser, server, { timezoneId: "Pacific/Guam" });
  await there.goto("/sign-in?next=/apply/next/mentee/about/name");
  await there.getByLabel("E-mail address").fill(address);
  await there.getByRole("button", { name: "Send me the mail" }).click();
  // Only now the new mail is there.
  await there.getByLabel("Code from the mail").waitFor();
  await there.getByLabel("Code from the mail").fill(await codeFor(address));
  await there.getByRole("button", { name: "Confirm" }).click();
  await nameField(there).waitFor();
  assert.equal(await nameField(there).inputValue(), "Cy");

  await nameField(there).fill("Cy from there");
  await waitForSaved(there);
  await nameField(here).fill("Cy from here");
  const card = here.getByRole("group", { name: "Changed elsewhere" });
  await card.waitFor();
  await card.getByText("Cy from there").waitFor();
  assert.equal(await nameField(here).inputValue(), "Cy from here");
  await support.assertGoodScreen(here);
  await card.getByRole("button", { name: "Keep mine" }).click();
  await card.waitFor({ state: "detached" });
  await waitForSaved(here);
  await there.reload();
  await nameField(there).waitFor();
  assert.equal(await nameField(there).inputValue(), "Cy from here");
  await there.context().close();
  await here.context().close();
});

test("W-07, W-08: the whole way to the receipt, once", async () => {
  const address = "dee@example.org";
  const page = await begin(address, "Both");
  const headings = [];
  while (!page.url().endsWith("/review")) {
    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    assert.ok(!headings.includes(heading), `came back to ${heading}`);
    headings.push(heading);
    await support.assertGoodScreen(page);
    await goOn(page);
  }
  assert.ok(headings.length >= 10 && headings.length <= 16, headings.join(", "));

  await waitForSaved(page);
  await support.assertGoodScreen(page);
  await page.getByRole("button", { name: "Send the application" }).click();
  await page.getByText("Confirm your address first").waitFor();
  await page
    .locator(".review__confirm")
    .getByLabel("Code from the mail")
    .fill(await codeFor(address));
  await page.locator(".review__confirm").getByRole("button", { name: "Confirm" }).click();
  await page.locator(".review__confirm").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Send the application" }).dblclick();
  await page.getByRole("heading", { level: 1, name: "Application sent" }).waitFor();
  assert.match(await page.locator(".receipt__reference").textContent(), /^E\d+/);
  await support.assertGoodScreen(page);

  await page.goto("/apply/next/mentee/review");
  await page.getByText("You have already sent this application").waitFor();
  // What is changed after sending can be sent at once, on the page as it is.
  await page.getByRole("link", { name: /^Change ?: Name you would like us to use/ }).click();
  await typeOn(page, " the Second");
  await page.getByRole("button", { name: "Save and go back to the review" }).click();
  await page.getByText("You have changes that are not sent.").waitFor();
  await page.getByRole("button", { name: "Send the changes" }).click();
  await page.getByRole("heading", { level: 1, name: "Application sent" }).waitFor();
  await page.goto("/apply/next/mentor");
  await page.getByText("About you").waitFor();
  await support.assertGoodScreen(page);
  await page.goto("/my/applications");
  await page.getByRole("heading", { name: /Mentee application/ }).waitFor();
  await support.assertGoodScreen(page);
  await page.context().close();
});

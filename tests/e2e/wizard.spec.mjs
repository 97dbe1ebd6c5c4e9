// The wizard in the browser, where nothing below it can look: other people's computers, a caret and
// a composition, a wrong clock, and a network that fails again and again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fillToReview, startWriting } from "./applicant.mjs";
import * as support from "./support.mjs";

const cohort = "2018-2019";

let server;
let browser;

before(async () => {
  server = await support.Server.start({ seed: ["--demo", "--day", "feb-5"] });
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Somebody who has begun to apply and stands on the first page. */
async function begin(address, { role = "A mentee", shared = false, ...options } = {}) {
  const page = await support.newPage(browser, server, options);
  await page.goto(`/apply/${cohort}`);
  await page.getByLabel(role, { exact: true }).check();
  await page.getByLabel("Your e-mail address").fill(address);
  if (shared) await page.getByLabel("This is a shared or public computer").check();
  await startWriting(page);
  return page;
}

const nameField = (page) => page.getByLabel("Name you would like us to use");
const saved = (page) =>
  page
    .locator(".save-line")
    .getByText(/^Saved at/)
    .waitFor();
const offline = (page) =>
  page
    .locator(".save-line")
    .getByText(/^No connection/)
    .waitFor();
const kept = (page) => page.evaluate(() => Object.keys(localStorage));

test("a shared computer keeps nothing: no words, no cookie that outlives the browser", async () => {
  const page = await begin("pat@example.org", { shared: true });
  const bar = page.getByRole("complementary", { name: "Shared computer" });
  await bar.getByRole("button", { name: "Sign out and clear" }).waitFor();
  await support.assertGoodScreen(page);
  const cookies = await page.context().cookies();
  assert.ok(cookies.length >= 2);
  for (const { name, expires } of cookies) assert.equal(expires, -1, `${name} stays`);
  await page.route("**/draft", (route) => route.abort());
  await nameField(page).fill("Pat at the terminal");
  await offline(page);
  await page
    .locator(".save-line")
    .getByText(/in this tab only/)
    .waitFor();
  assert.deepEqual(await kept(page), []);

  // The words would be lost: that is asked first, and nothing happens until it is answered.
  await bar.getByRole("button", { name: "Sign out and clear" }).click();
  const dialog = page.getByRole("dialog", { name: "Something is not saved yet" });
  await support.assertAccessible(page);
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  assert.equal(await nameField(page).inputValue(), "Pat at the terminal");
  await bar.getByRole("button", { name: "Sign out and clear" }).click();
  await dialog.getByRole("button", { name: "Sign out and lose it" }).click();
  await page.waitForURL(`${server.url}/`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await bar.count(), 0);
  assert.deepEqual(await kept(page), []);
  const names = (await page.context().cookies()).map(({ name }) => name);
  assert.ok(!names.includes("tandem") && !names.includes("tandem-shared"), names.join());
  await page.goBack();
  await support.settled(page);
  assert.equal(await page.getByText("Pat at the terminal").count(), 0);
  await page.context().close();
});

test("signing out asks first while words are on this device only, and tells the other tabs", async () => {
  const page = await begin("quin@example.org");
  await page.route("**/draft", (route) => route.abort());
  await nameField(page).fill("Quin");
  await offline(page);
  const other = await page.context().newPage();
  await other.goto("/account");
  await other.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  const dialog = other.getByRole("dialog", { name: "Something is not saved yet" });
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  assert.equal((await kept(page)).length, 1);
  await page.unroute("**/draft");
  await page.getByRole("button", { name: "Try again" }).click();
  await saved(page);
  await other.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await other.waitForURL(`${server.url}/`);
  await page.waitForURL(`${server.url}/`);
  assert.deepEqual(await kept(other), []);
  await page.context().close();
});

test("W-19: the clock of the browser decides nothing", async () => {
  const page = await begin("rue@example.org");
  await page.clock.install({ time: new Date("2031-05-05T05:05:05Z") });
  await support.visit(page, `/apply/${cohort}/mentee`);
  await page.getByText("Friday, March 2, 2018, 11:59 PM, Anywhere on Earth").waitFor();
  const { program_now: now } = await support.ask(page, "GET", "/api/session");
  const days = Math.floor((Date.parse("2018-03-03T12:00:00Z") - Date.parse(now)) / 86_400_000);
  await page.getByText(`${days} days left`).waitFor();
  await page.goto(`/apply/${cohort}/mentee/about/name`);
  await nameField(page).fill("Rue");
  await saved(page);
  await page.goto(`/apply/${cohort}/mentee/review`);
  const send = page.getByRole("button", { name: "Send the application" });
  assert.equal(await send.getAttribute("aria-disabled"), null);
  await page.context().close();
});

test("W-25: the caret stays, and a composition is not broken off by saving or by another tab", async () => {
  const page = await begin("sky@example.org");
  const devtools = await page.context().newCDPSession(page);
  const field = nameField(page);
  await field.fill("Sky");
  await saved(page);
  const caret = () => field.evaluate((field) => [field.value, field.selectionStart]);
  await field.evaluate((field) => field.setSelectionRange(1, 1));
  for (const [letter, expected] of [
    ["a", ["Saky", 2]],
    ["b", ["Sabky", 3]],
  ]) {
    await page.keyboard.type(letter);
    assert.deepEqual(await caret(), expected);
    await saved(page);
    assert.deepEqual(await caret(), expected);
  }

  const other = await page.context().newPage();
  await other.goto(page.url());
  await nameField(other).waitFor();
  await field.fill("");
  await field.focus();
  const compose = (text) =>
    devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await page.evaluate(() => {
    window.breaks = [];
    const field = document.querySelector("[id='q-preferred_name']");
    field.addEventListener("compositionend", () => window.breaks.push(field.value));
  });
  for (const text of ["か", "かん", "かんじ"]) await compose(text);
  await saved(page);
  await nameField(other).fill("From the other tab");
  await other
    .locator(".save-line")
    .getByText(/^Saved|^Not saved/)
    .waitFor();
  await compose("かんじを");
  assert.deepEqual(await page.evaluate(() => window.breaks), []);
  assert.equal(await field.inputValue(), "かんじを");
  await devtools.send("Input.insertText", { text: "漢字を" });
  assert.equal(await field.inputValue(), "漢字を");
  assert.deepEqual(await page.evaluate(() => window.breaks), ["漢字を"]);
  await page.context().close();
});

/** Numbers out of a seed. */
function numbers(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
}

test("a failing network and a killed server lose nothing, and one wish sends once", async () => {
  const page = await begin("uma@example.org");
  await fillToReview(page, "Uma");
  await page.goto(`/apply/${cohort}/mentee/learn/goal`);
  const field = page.getByRole("textbox").first();
  await field.fill("start");
  await saved(page);
  const below = numbers(7);
  let n_faults = 0;
  const fault = async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    const kind = below(8);
    n_faults += kind < 6 ? 1 : 0;
    if (kind === 0) return route.abort();
    if (kind === 1) {
      // Done, and nobody hears of it.
      await route.fetch().catch(() => null);
      return route.abort();
    }
    if (kind === 2) return route.fulfill({ status: 503, body: "busy" });
    if (kind === 3) {
      const problem = { type: "", title: "", status: 409, code: "conflict", detail: "" };
      const body = JSON.stringify({ ...problem, instance: "", errors: [], fields: [] });
      return route.fulfill({ status: 409, contentType: "application/problem+json", body });
    }
    if (kind === 4) await page.waitForFunction(() => new Promise(requestAnimationFrame));
    if (kind === 5) return route.abort("timedout");
    return route.continue();
  };
  await page.route("**/draft", fault);
  const words = [];
  for (let edit = 0; edit < 40; edit += 1) {
    const word = `w${edit}`;
    words.push(word);
    await field.press("End");
    await page.keyboard.type(` ${word}`);
    // Somebody who types on is saved every few seconds; the connection comes back more often.
    await page.evaluate(() => dispatchEvent(new Event("online")));
    if (edit === 20) {
      await server.kill();
      await page.keyboard.type(" dead");
      await server.restart();
    }
    if (edit === 30) {
      await page.reload();
      await field.waitFor();
    }
  }
  assert.ok(n_faults > 5, `${n_faults} faults`);
  await page.unroute("**/draft", fault);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await saved(page);
  await page.reload();
  await field.waitFor();
  const text = await field.inputValue();
  for (const word of [...words, "dead"])
    assert.ok(text.split(" ").includes(word), `${word}: ${text}`);

  await page.goto(`/apply/${cohort}/mentee/review`);
  await page.locator(".confirm-banner summary").click();
  const code = await support.demoCode(page, "uma@example.org");
  await page.locator(".confirm-banner").getByLabel("Code from the mail").fill(code);
  await page.locator(".confirm-banner").getByRole("button", { name: "Confirm" }).click();
  await page.locator(".confirm-banner").waitFor({ state: "detached" });
  let n_sent = 0;
  await page.route("**/submissions", async (route) => {
    n_sent += 1;
    if (n_sent > 2) return route.continue();
    await route.fetch();
    return route.abort();
  });
  const send = page.getByRole("button", { name: "Send the application" });
  const sent = page.getByRole("heading", { level: 1, name: "Application sent" });
  for (let press = 0; press < 3; press += 1) {
    await send.click();
    await sent.or(page.locator(".notice--error")).waitFor();
  }
  await sent.waitFor();
  const mails = await support.ask(page, "GET", "/api/demo/mail");
  const receipts = mails.filter(
    ({ row }) => row.to === "uma@example.org" && row.subject.startsWith("We have your application"),
  );
  assert.equal(receipts.length, 1);
  await page.context().close();
});

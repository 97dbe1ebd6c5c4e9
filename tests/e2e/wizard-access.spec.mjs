// Every page of both forms as people with other eyes, hands and ears meet it: axe and Siteimprove's
// rules in every state, and what a screen reader says of a page, its errors, a ranking and the
// saving.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { alfaFindings } from "../oracle/alfa.mjs";
import { listen, walkThrough } from "../oracle/listen.mjs";
import { goOn, mend, startWriting } from "./applicant.mjs";
import * as support from "./support.mjs";

const cohort = "2018-2019";
const laptop = { width: 1280, height: 800 };
const narrow = { width: 320, height: 640 };

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

async function begin(address, role = "Both") {
  const page = await support.newPage(browser, server);
  await page.goto(`/apply/${cohort}`);
  await page.getByLabel(role, { exact: true }).check();
  await page.getByLabel("Your e-mail address").fill(address);
  await startWriting(page);
  return page;
}

/** axe on the page in the three looks that differ most. */
async function look(page) {
  await support.assertAccessible(page);
  await page.setViewportSize(narrow);
  await page.emulateMedia({ colorScheme: "dark" });
  await support.assertAccessible(page);
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await support.assertAccessible(page);
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  await page.setViewportSize(laptop);
}

async function lookTwice(page) {
  await look(page);
  assert.deepEqual(await alfaFindings(page), [], page.url());
}

/** Answers everything on the page that can be answered, as far as one look shows it. */
async function fillAll(page) {
  const form = page.locator("form.step");
  const each = async (selector, act) => {
    for (const one of await form.locator(selector).all()) {
      if (await one.isVisible()) await act(one);
    }
  };
  await each("textarea", (area) => area.fill("Some words. ".repeat(20)));
  await each("input[type=text]", (input) => input.fill("Kaʻiulani"));
  await each("input[type=email]", (input) => input.fill("kai@example.org"));
  await each("input[type=url]", (input) => input.fill("https://example.org/kai"));
  await each("fieldset", async (group) => {
    const choice = group.locator("input[type=radio], input[type=checkbox]").first();
    if ((await choice.count()) && (await choice.isVisible())) await choice.check();
  });
}

test("axe and Alfa find nothing on any page, empty, with errors and filled", async () => {
  const page = await begin("ann@example.org");
  await support.visit(page, `/apply/${cohort}/mentee`);
  await lookTwice(page);
  const seen = new Set();
  for (const role of ["mentee", "mentor"]) {
    await page.goto(`/apply/${cohort}/${role}/about/name`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    while (!page.url().endsWith("/review")) {
      await support.settled(page);
      const here = page.url();
      const name = here.split("/").slice(-2).join("/");
      // What both forms ask looks the same in both.
      if (!seen.has(name)) {
        seen.add(name);
        await lookTwice(page);
        await page.getByRole("button", { name: "Continue" }).click();
        await page.waitForFunction(
          (here) => location.href !== here || document.querySelector(".error-summary"),
          here,
        );
        if (page.url() === here) {
          await lookTwice(page);
          await mend(page, "Kaʻiulani Nguyễn");
        } else {
          await page.goBack();
          await page.waitForURL(here);
          await support.settled(page);
        }
        await fillAll(page);
        await lookTwice(page);
      }
      await goOn(page);
    }
    await support.settled(page);
    await lookTwice(page);
  }
  assert.ok(seen.size >= 16, `${seen.size} pages`);
  await page.getByRole("button", { name: "Send the application" }).click();
  await page.locator(".notice--error").waitFor();
  await lookTwice(page);
  await page.context().close();
});

/** Holds what was said against the transcript of that name; UPDATE=1 writes it. */
function assertSaid(name, phrases) {
  const file = new URL(`transcripts/${name}.txt`, import.meta.url);
  const said = `${phrases.join("\n")}\n`;
  if (process.env.UPDATE) {
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, said);
  }
  assert.equal(said, readFileSync(file, "utf8"), `${name}: UPDATE=1 writes it anew`);
}

test("what a screen reader says of a page, of its errors, and of a ranking", async () => {
  const page = await begin("cleo@example.org", "A mentee");
  assertSaid("page", await walkThrough(page, "form.step"));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator(".error-summary").waitFor();
  assertSaid("error-summary", await walkThrough(page, ".error-summary"));
  assertSaid("field-with-error", await walkThrough(page, ".step__question:has([aria-invalid])"));

  await page.goto(`/apply/${cohort}/mentee/learn/areas`);
  await page.locator(".ranking__row select").first().waitFor();
  await page.locator(".ranking__row select").nth(2).selectOption("1st");
  await page.locator(".ranking__row[data-chosen]").waitFor();
  assertSaid("ranking", await walkThrough(page, "fieldset:has(.ranking)"));
  const heard = await listen(page);
  await page.locator(".ranking__row:not([data-chosen]) select").first().selectOption("2nd");
  await page.locator(".ranking__row[data-chosen]").nth(1).waitFor();
  await page
    .locator(".ranking__row[data-chosen]")
    .nth(1)
    .getByRole("button", { name: /^Up/ })
    .click();
  await page
    .locator("#announcer-polite")
    .getByText(/now 1st of 2/)
    .waitFor();
  assertSaid("ranking-moves", await heard());
  await page.context().close();
});

test("what a screen reader says of the saving: trouble and its end, and not each letter", async () => {
  const page = await begin("dan@example.org", "A mentee");
  const line = page.locator(".save-line");
  const name = page.getByLabel("Name you would like us to use");
  const heard = await listen(page);
  await name.fill("Dan");
  await line.getByText(/^Saved at/).waitFor();
  await page.route("**/draft", (route) => route.abort());
  await name.fill("Dan the Second");
  await line.getByText(/^No connection/).waitFor();
  await page.unroute("**/draft");
  await page.getByRole("button", { name: "Try again" }).click();
  await line.getByText(/^Saved at/).waitFor();
  const said = (await heard()).map((phrase) => phrase.replace(/\d+:\d+ [AP]M/, "TIME"));
  assertSaid("save-line", said);
  await page.context().close();
});

test("what has the keyboard is never covered, on a narrow page in a demonstration", async () => {
  const page = await begin("eve@example.org", "A mentee");
  await page.setViewportSize(narrow);
  for (const name of ["about/name", "learn/areas", "practical/times"]) {
    await page.goto(`/apply/${cohort}/mentee/${name}`);
    await support.settled(page);
    for (let press = 0; press < 25; press += 1) {
      await page.keyboard.press("Tab");
      const covered = await page.evaluate(() => {
        const active = document.activeElement;
        const box = active.getBoundingClientRect();
        if (active === document.body || box.height === 0) return null;
        const inside = (at) => at && (active.contains(at) || at.contains(active));
        const points = [0.25, 0.75].map((share) => [
          box.left + box.width / 2,
          box.top + box.height * share,
        ]);
        const is_seen = points.some((point) => inside(document.elementFromPoint(...point)));
        return is_seen ? null : active.outerHTML.slice(0, 120);
      });
      assert.equal(covered, null, name);
    }
  }
  await page.context().close();
});

test("axe finds nothing on any page once the call has closed", async () => {
  const page = await begin("bea@example.org", "A mentee");
  await page.getByLabel("Name you would like us to use").fill("Bea");
  await page
    .locator(".save-line")
    .getByText(/^Saved at/)
    .waitFor();
  const clock = await support.newPage(browser, server);
  await clock.goto("/robots.txt");
  await support.ask(clock, "POST", "/api/demo/clock", { day: "mar-20" });
  await clock.context().close();
  await support.visit(page, `/apply/${cohort}/mentee`);
  await look(page);
  await page.goto(`/apply/${cohort}/mentee/about/name`);
  while (!page.url().endsWith("/review")) {
    await support.settled(page);
    await look(page);
    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    await page.getByRole("link", { name: "Continue" }).click();
    await page.waitForFunction((before) => {
      const heading = document.querySelector("main h1");
      return heading && heading.textContent !== before;
    }, heading);
  }
  await support.settled(page);
  await look(page);
  const draft = await support.openAs(browser, server, "Has applied as a mentee", "/robots.txt");
  for (const address of ["", "/about/name", "/learn/areas", "/review", "/submitted"]) {
    await support.visit(draft, `/apply/${cohort}/mentee${address}`);
    await look(draft);
    assert.deepEqual(await alfaFindings(draft), [], address);
  }
  await draft.context().close();
  await page.context().close();
});

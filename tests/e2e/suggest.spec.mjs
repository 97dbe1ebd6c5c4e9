// Suggestions on the board: the worker answers as the server does, byte for byte; a plan is looked
// at, adopted and undone; who stays without a mentor is told why.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.mjs";

const boardAddress = "/committee/2018-2019/board";

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

/** The board in a page of a demo account; `part` is how its part in the demonstration begins. */
async function openBoard(part, options) {
  const page = await support.openAs(browser, server, part, boardAddress, options);
  await page.locator("[data-pane=mentees] [data-mentee]").first().waitFor();
  return page;
}

const said = (page) => page.locator("#announcer-polite").textContent();
/** How many pairs the board has, as it says itself: only the rows in sight are mounted. */
async function placed(page) {
  const numbers = await page.locator(".status-line__numbers").textContent();
  return Number.parseInt(numbers, 10);
}

/** Waits until the board has so many pairs. */
const counts = (page, pairs) =>
  page
    .locator(".status-line__numbers")
    .filter({ hasText: new RegExp(`^${pairs} pair`) })
    .waitFor();

/** Asks the worker of the build and the server the same, and gives both answers as text. */
async function askBoth(page, question, how) {
  return page.evaluate(
    async ({ question, how }) => {
      const read = async (address) => (await fetch(address)).json();
      const cohort = await read("/api/cohorts/2018-2019");
      const [scenario] = await read(`/api/cohorts/${cohort.id}/scenarios`);
      const board = await read(`/api/scenarios/${scenario.id}/board`);
      const asked = await fetch(`/api/scenarios/${scenario.id}/questions`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ how, question }),
      });
      const { candidates, facts, placements, scoring } = board;
      const problem = { candidates, facts, placements, scoring };
      const worker = new Worker("/tandem-solver_loader.js");
      const told = await new Promise((resolve, reject) => {
        worker.onerror = () => reject(new Error("the worker broke down"));
        worker.onmessage = ({ data }) => {
          if (data === '"ready"') worker.postMessage(JSON.stringify({ problem, how, question }));
          else if (!data.startsWith('{"progress"')) resolve(data);
        };
      });
      worker.terminate();
      return { told, asked: await asked.text() };
    },
    { question, how },
  );
}

/** The ids behind the references that cards show. */
async function idsOf(page, references) {
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const [scenario] = await support.ask(page, "GET", `/api/cohorts/${cohort.id}/scenarios`);
  const { candidates } = await support.ask(page, "GET", `/api/scenarios/${scenario.id}/board`);
  return references.map((wanted) => candidates.find((one) => one.reference === wanted).id);
}

test("the worker answers as the server does, byte for byte", async () => {
  const page = await openBoard("Subcommittee: ");
  const reference = await page
    .locator("[data-pane=mentees] [data-mentee]")
    .first()
    .getAttribute("data-mentee");
  const shelf = await page.locator("[data-mentor]").first().getAttribute("data-mentor");
  const [who, mentor] = await idsOf(page, [reference, shelf]);
  const goals = ["balanced", "total", "max_min", "stable"];
  const questions = [
    { plans: { goals } },
    { person: { who } },
    { person: { who: mentor } },
    { pair: { mentee: who, mentor } },
    "more_places",
    { without_mentor: { mentor } },
    "firmness",
  ];
  for (const keeping of ["locked", "present", "most"]) {
    for (const question of questions) {
      const how = { goal: "balanced", keeping, another: 0 };
      const { told, asked } = await askBoth(page, question, how);
      assert.equal(told, `{"answer":${asked}}`, JSON.stringify(question));
    }
  }
  await page.close();
});

test("a plan is compared, adopted and undone", async () => {
  const page = await openBoard("Subcommittee: ");
  const before = await placed(page);
  await page.getByRole("button", { name: "Suggest" }).click();
  const dialog = page.getByRole("dialog", { name: "Suggest pairs" });
  await dialog.getByText(/^Plan ready: /).waitFor();
  const heads = await dialog.getByRole("columnheader").allTextContents();
  assert.ok(
    heads.some((head) => head.startsWith("Best total")),
    heads.join(),
  );
  assert.ok(!heads.some((head) => head.includes("not proven")));
  await dialog.getByRole("button", { name: "Best total" }).click();
  const adopt = dialog.getByRole("button", { name: /^Adopt all \d+ changes$/ });
  const count = Number((await adopt.textContent()).match(/\d+/)[0]);
  assert.ok(count > 30, `${count}`);
  // One change alone first.
  for (const box of (await dialog.locator(".suggest__change input").all()).slice(1)) {
    await box.uncheck();
  }
  await dialog.getByRole("button", { name: "Adopt 1 change" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.match(await said(page), /^Adopted 1 change\. /);
  await counts(page, before + 1);
  // Then the rest of a new plan.
  await page.getByRole("button", { name: "Suggest" }).click();
  await dialog.getByText(/^Plan ready: /).waitFor();
  await dialog.getByRole("button", { name: /^Adopt all \d+ changes$/ }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.ok((await placed(page)) > before + 30);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("All saved").waitFor();
  await counts(page, before);
  await page.close();
});

test("who stays without a mentor is told why, and the committee whom to ask", async () => {
  const page = await openBoard("Subcommittee: ");
  await page.getByRole("button", { name: "Suggest" }).click();
  const dialog = page.getByRole("dialog", { name: "Suggest pairs" });
  await dialog.getByText(/^Plan ready: /).waitFor();
  await support.assertAccessible(page);
  await dialog.locator(".suggest__people button").first().click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Why, and what else?" }).click();
  const why = page.locator(".suggest-why");
  await why.getByText("Why nobody is free").waitFor();
  await why.getByText(/^Of \d+ mentors:$/).waitFor();
  await page.getByRole("button", { name: "Suggest" }).click();
  await dialog.getByRole("button", { name: "Whom to ask for one more place" }).click();
  await dialog
    .getByText(/one more pair/)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  await page.close();
});

test("the chair sets how pairs are scored, and every board shows it", async () => {
  const page = await openBoard("Chairs");
  await page.getByRole("button", { name: "Scoring" }).click();
  const dialog = page.getByRole("dialog", { name: "How pairs are scored" });
  await dialog.getByRole("button", { name: "Easy to meet" }).click();
  await dialog.getByRole("button", { name: "Set for everybody" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Scoring" }).click();
  await dialog.getByText(/^Version \d+, set by /).waitFor();
  const chosen = dialog.getByRole("button", { name: "Easy to meet" });
  assert.equal(await chosen.getAttribute("aria-pressed"), "true");
  await page.close();
  const other = await openBoard("Subcommittee: ");
  await other.getByRole("button", { name: "Scoring" }).click();
  const reading = other.getByRole("dialog", { name: "How pairs are scored" });
  await reading.getByText(/^Version \d+, set by /).waitFor();
  assert.equal(await reading.getByRole("button", { name: "Set for everybody" }).count(), 0);
  await other.close();
});

// The three walks with a server that is killed at every step of them: what it had said is saved is
// there afterwards, in the page that stays open and in one that is loaded anew.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goOn, startWriting } from "./applicant.mjs";
import * as board from "./board.mjs";
import * as support from "./support.mjs";

let browser;

before(async () => {
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
});

/** Runs a walk on a demonstration of its own; `killed` is for after each step. */
async function walk(day, steps) {
  const server = await support.Server.start({ seed: ["--demo", "--day", day] });
  const killed = async (page) => {
    await server.kill();
    await server.restart();
    await page.reload();
    await support.settled(page);
  };
  try {
    await steps(server, killed);
  } finally {
    await server.stop();
  }
}

/** Waits until nothing that was written is still on its way. */
const written = (page) =>
  page
    .locator(".save-line")
    .getByText(/^(Saving|No connection)/)
    .waitFor({ state: "detached" });

test("an applicant gets to the receipt through a server that is killed after each page", async () => {
  await walk("feb-5", async (server, killed) => {
    const page = await support.newPage(browser, server);
    await page.goto("/apply/2018-2019");
    await page.getByLabel("A mentee", { exact: true }).check();
    await page.getByLabel("Your e-mail address").fill("kim@example.org");
    await startWriting(page);
    await killed(page);
    const [{ id }] = await support.ask(page, "GET", "/api/me/applications");
    const draft = () => support.ask(page, "GET", `/api/applications/${id}/draft`);
    let n_pages = 0;
    while (!page.url().endsWith("/review")) {
      await goOn(page, "Kim");
      await written(page);
      const { answers } = await draft();
      const here = page.url();
      await killed(page);
      assert.deepEqual((await draft()).answers, answers);
      assert.equal(page.url(), here);
      n_pages += 1;
    }
    assert.ok(n_pages >= 10, `${n_pages} pages`);
    const confirm = page.locator(".confirm-banner");
    await confirm.locator("summary").click();
    const code = await support.demoCode(page, "kim@example.org");
    await confirm.getByLabel("Code from the mail").fill(code);
    await confirm.getByRole("button", { name: "Confirm" }).click();
    await confirm.waitFor({ state: "detached" });
    await killed(page);
    assert.equal(await confirm.count(), 0);
    await page.getByRole("button", { name: "Send the application" }).click();
    await page.getByRole("heading", { level: 1, name: "Application sent" }).waitFor();
    const reference = await page.locator(".receipt__reference").textContent();
    await killed(page);
    assert.equal(await page.locator(".receipt__reference").textContent(), reference);
    const [sent] = await support.ask(page, "GET", "/api/me/applications");
    assert.deepEqual([sent.state, sent.reference], ["submitted", reference]);
  });
});

test("two members pair on a board whose server is killed after each move", async () => {
  await walk("mar-20", async (server, killed) => {
    const page = await board.open(browser, server, board.member);
    const other = await board.open(browser, server, board.otherMember);
    // Whoever lost the server asks for it at growing distances.
    for (const reader of [page, other]) reader.setDefaultTimeout(60_000);
    const first = await board.somebody(page);
    const second = await board.somebody(page, { but: [first.mentee] });
    const stand = async (...pairs) => {
      await board.saved(page);
      await killed(page);
      // The other's page was not loaded anew.
      for (const reader of [page, other]) {
        for (const { mentee, free } of pairs) await board.paired(reader, mentee, free[0]);
      }
    };
    const press = async ({ mentee, free }, key) => {
      await board.paired(page, mentee, free[0]);
      await board.card(page, mentee).focus();
      await page.keyboard.press(key);
    };
    await board.place(page, first.mentee, first.free[0]);
    await stand(first);
    await press(first, "l");
    await board.heard(page, /^Pair locked/);
    await stand(first);
    await press(first, "l");
    await board.heard(page, /^Pair unlocked/);
    await stand(first);
    await board.drag(page, second.mentee, second.free[0]);
    await stand(first, second);
    await press(first, "u");
    await board.bring(page, "mentees", `[data-mentee="${first.mentee}"]`);
    await stand(second);
    for (const reader of [page, other]) {
      await board.bring(reader, "mentees", `[data-mentee="${first.mentee}"]`);
    }
  });
});

test("a date is moved, and moved back, on a server that is killed in between", async () => {
  await walk("feb-5", async (server, killed) => {
    const address = "/committee/2018-2019/timeline";
    const page = await support.openAs(browser, server, board.chair, address);
    const field = page.getByLabel("Applications close", { exact: true });
    for (const day of ["2018-03-09", "2018-03-02"]) {
      await field.fill(day);
      await field.blur();
      await page.getByRole("button", { name: "See what follows" }).first().click();
      await killed(page);
      // What was only looked at changed nothing.
      assert.notEqual(await field.inputValue(), day);
      await field.fill(day);
      await field.blur();
      await page.getByRole("button", { name: "See what follows" }).first().click();
      await page.getByRole("dialog").getByRole("button", { name: /^Move/ }).click();
      await page
        .getByText(/^Saved/)
        .first()
        .waitFor();
      await killed(page);
      await field.waitFor();
      assert.equal(await field.inputValue(), day);
    }
  });
});

// What members say to each other on the board, and staying away from somebody one is close to.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as board from "./board.mjs";
import * as support from "./support.mjs";

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

/** What the program calls somebody, as the demonstration's own list has it. */
async function nameOf(page, part) {
  const { accounts } = await support.ask(page, "GET", "/api/demo");
  return accounts.find((account) => account.part.startsWith(part)).name;
}

/** Opens somebody in the inspector, by keys. */
async function lookAt(page, mentee) {
  await board.bring(page, "mentees", `[data-mentee="${mentee}"]`);
  await board.card(page, mentee).focus();
  await page.keyboard.press("Enter");
}

const comments = (page) => page.getByRole("region", { name: /^Comments/ });

test("a comment reaches whom it mentions, and what is being written is kept", async () => {
  const page = await board.open(browser, server, board.member);
  const other = await board.open(browser, server, board.otherMember);
  const { mentee } = await board.somebody(page);
  const next = await board.somebody(page, { but: [mentee] });
  const name = await nameOf(page, board.otherMember);
  await lookAt(page, mentee);
  await comments(page).getByText("Say something").click();
  const field = comments(page).getByLabel("Comment", { exact: true });
  await comments(page).getByRole("button", { name: "Add the comment" }).click();
  await comments(page).getByText("Write something first.").waitFor();
  await field.fill("Moves to Guam in June.");
  const mention = comments(page).getByLabel("Mention a member");
  await mention.focus();
  await mention.selectOption(name);
  assert.equal(await field.inputValue(), `Moves to Guam in June. @${name} `);
  // Somebody else is looked at in between; and the server cannot be reached at first.
  await lookAt(page, next.mentee);
  await lookAt(page, mentee);
  assert.equal(await field.inputValue(), `Moves to Guam in June. @${name} `);
  await support.assertGoodScreen(page);
  page.expects = /comments/;
  await page.route("**/comments", (route) => route.abort());
  await comments(page).getByRole("button", { name: "Add the comment" }).click();
  await comments(page).locator(".field__error").waitFor();
  await page.unroute("**/comments");
  await comments(page).getByRole("button", { name: "Add the comment" }).click();
  await board.heard(page, /^Comment added/);
  await comments(page).locator("strong").getByText(`@${name}`).waitFor();
  // The other hears of it without having asked, and comes to it from the overview.
  await board.heard(other, /mentions you in a comment/);
  const open = other.getByRole("region", { name: "Open comments on people" });
  await open.getByText("Mentions you").waitFor();
  await open.getByRole("button").first().click();
  await comments(other).getByText("Moves to Guam in June.").waitFor();
  // Of whom something is said is marked on the board, and can be listed alone.
  const marked = await board.open(browser, server, board.chair, { query: "?standing=commented" });
  await marked.waitForFunction(
    () => document.querySelector("[data-pane=mentees] .pane__count").textContent[0] === "1",
  );
  assert.match(await board.card(marked, mentee).getAttribute("aria-label"), /With open comments\./);
  await comments(other)
    .getByRole("button", { name: /^Resolve/ })
    .focus();
  await other.keyboard.press("Enter");
  await board.heard(other, /^Comment resolved/);
  // The keyboard stays on the button, which now does the opposite.
  await other.waitForFunction(() => /^Reopen/.test(document.activeElement.textContent));
  await board.card(marked, mentee).waitFor({ state: "detached" });
  await marked.context().close();
  await comments(page)
    .getByText(/^Resolved by/)
    .waitFor();
  const mails = await support.ask(page, "GET", "/api/demo/mail");
  assert.ok(mails.some(({ row, body }) => /mentions you/.test(row.subject) && !/Guam/.test(body)));
  await comments(page)
    .getByRole("button", { name: /^Take back/ })
    .click();
  const question = page.getByRole("dialog", { name: "Take this comment back?" });
  await question.getByRole("button", { name: "Keep it" }).click();
  await comments(page)
    .getByRole("button", { name: /^Take back/ })
    .click();
  await question.getByRole("button", { name: "Take it back" }).click();
  await board.heard(page, /^Comment taken back/);
  await comments(other).getByText("Moves to Guam in June.").waitFor({ state: "detached" });
});

test("whoever says to have a conflict reads the board without that person until the officer lifts it", async () => {
  const page = await board.open(browser, server, board.member);
  const { mentee } = await board.somebody(page);
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const list = await support.ask(page, "GET", `/api/cohorts/${cohort.id}/applications`);
  const { id, name } = list.rows.find((one) => one.reference === mentee);
  await page.goto(`/committee/2018-2019/applications/${id}`);
  await page.getByText("Conflict of interest").click();
  await page.getByRole("button", { name: "I have a conflict" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(`You will no longer read about ${name}`).waitFor();
  await support.assertAccessible(page);
  await dialog.getByRole("button", { name: "Note the conflict" }).click();
  await page.getByRole("heading", { level: 1, name: "Conflicts of interest" }).waitFor();
  await page.getByText("You stay away from").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Lift/ }).count(), 0);
  await support.assertGoodScreen(page);
  await page.goto(board.address);
  await page.locator("[data-pane=mentees] [data-mentee]").first().waitFor();
  assert.equal(await board.card(page, mentee).count(), 0);
  assert.equal(await comments(page).count(), 0);
  const officer = await support.openAs(
    browser,
    server,
    "Program officer",
    "/committee/2018-2019/conflicts",
  );
  await officer.getByRole("button", { name: /^Lift/ }).click();
  await officer.getByRole("dialog").getByRole("button", { name: "Lift it" }).click();
  await officer.getByText("Nobody has declared a conflict").waitFor();
  await page.reload();
  await board.bring(page, "mentees", `[data-mentee="${mentee}"]`);
});

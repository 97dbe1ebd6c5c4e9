// From an empty server to a saved pair, through the screens alone: an officer founds a program, two
// people apply, the chair finds them eligible and pairs them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fillToReview } from "./applicant.mjs";
import * as support from "./support.mjs";

let server;
let browser;
let officer;

before(async () => {
  server = await support.Server.start();
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

/** Writes a day that lies so many days from today. */
async function writeDay(page, legend, offset) {
  const day = new Date(Date.now() + offset * 86_400_000);
  const group = page.getByRole("group", { name: legend });
  await group.getByLabel("Day").fill(String(day.getUTCDate()));
  await group.getByLabel("Month").fill(String(day.getUTCMonth() + 1));
  await group.getByLabel("Year").fill(String(day.getUTCFullYear()));
}

/** The code of the newest mail to an address, read on the officer's page of mails. */
async function codeFor(address) {
  await officer.goto("/manage");
  await officer.getByRole("link", { name: "Mails" }).click();
  const row = officer.getByRole("row").filter({ hasText: address });
  await row.first().getByRole("button", { name: "Read" }).click();
  const text = await officer.getByRole("dialog").locator("pre").textContent();
  return text.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
}

/** Makes a move of the cohort, as its page offers it. */
async function move(page, state) {
  await page.goto("/committee/first-cohort");
  await press(page, `Move to “${state}” …`);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: `Move to “${state}”`, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText(`The cohort is in the state “${state}”.`).waitFor();
}

test("the officer follows the printed link and founds a program", async () => {
  const words = ["--email", "olga@example.org", "--name", "Olga Officer"];
  const printed = await server.command("create-officer", ...words, "--public-url", server.url);
  officer = await support.newPage(browser, server);
  await officer.goto(printed.match(/http\S+#t=\S+/)[0]);
  await officer.getByRole("button", { name: /Sign in/ }).click();
  await officer.getByRole("link", { name: "Manage" }).click();
  await heading(officer, "Manage");
  await press(officer, "Found the program");
  await officer.getByText("Give the program a name.").waitFor();
  await support.assertGoodScreen(officer);
  await officer.getByLabel("Name", { exact: true }).fill("Mentoring Program");
  await officer.getByLabel("Association").fill("Association of Fictional Libraries");
  await officer.getByLabel("What it is").fill("A year of conversations between colleagues.");
  await officer.getByLabel("Address for questions").fill("office@example.org");
  await press(officer, "Found the program");
  await officer.getByRole("heading", { level: 2, name: "Mentoring Program" }).waitFor();
});

test("the officer sets up a cohort, names a chair and makes the call public", async () => {
  await officer.getByRole("link", { name: "Set up a cohort" }).click();
  await officer.getByLabel("Name", { exact: true }).fill("First cohort");
  await officer
    .getByRole("combobox", { name: "Official time zone" })
    .selectOption("America/Chicago");
  await writeDay(officer, "The call opens on", -2);
  await writeDay(officer, "The last day to apply", 20);
  await writeDay(officer, "Pairs are known by", 60);
  await writeDay(officer, "The program begins on", 80);
  await writeDay(officer, "The program ends on", 380);
  await support.assertGoodScreen(officer);
  await press(officer, "Set up the cohort");
  await heading(officer, "First cohort");
  await support.assertGoodScreen(officer);

  await officer.goto("/manage");
  await officer.getByRole("link", { name: "People and offices" }).click();
  const add = officer.locator("form");
  await add.getByLabel("Name").fill("Chidi Chair");
  await add.getByLabel("E-mail").fill("chidi@example.org");
  await add.getByLabel("Subcommittee member").uncheck();
  await add.getByLabel("Chair", { exact: true }).check();
  await support.assertGoodScreen(officer);
  await press(officer, "Add, and send a mail");
  await officer.locator(".people__name").getByText("Chidi Chair").waitFor();
  await move(officer, "Announced");
});

/** Applies in a role, from the start page to the receipt. */
async function apply(door, address, words) {
  const page = await support.newPage(browser, server);
  await page.goto("/");
  await page.getByRole("link", { name: door }).click();
  await page.getByLabel("Your e-mail address").fill(address);
  await press(page, "Start writing");
  await press(page, "Yes, all of it");
  await heading(page, "Your name");
  await fillToReview(page, words);
  await page.getByRole("button", { name: "Send the application" }).click();
  const confirm = page.locator(".review__confirm");
  await confirm.getByLabel("Code from the mail").fill(await codeFor(address));
  await confirm.getByRole("button", { name: "Confirm" }).click();
  await confirm.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Send the application" }).click();
  await heading(page, "Application sent");
  await page.context().close();
}

test("a mentee and a mentor apply", async () => {
  await apply("Apply as a mentee", "ada@example.org", "Harborview");
  await apply("Apply as a mentor", "bo@example.org", "Zenith Mesa");
});

test("the chair finds both eligible and pairs them, and the pair is kept", async () => {
  const chair = await support.newPage(browser, server);
  await chair.goto("/sign-in");
  await chair.getByLabel("E-mail address").fill("chidi@example.org");
  await press(chair, "Send me the mail");
  await chair.getByLabel("Code from the mail").waitFor();
  await chair.getByLabel("Code from the mail").fill(await codeFor("chidi@example.org"));
  await press(chair, "Confirm");
  await chair.getByRole("link", { name: "Committee" }).waitFor();
  await move(chair, "Review");
  for (const name of ["Harborview", "Zenith Mesa"]) {
    await chair.goto("/committee/first-cohort/applications");
    await chair.getByRole("link", { name }).click();
    await heading(chair, name);
    await support.assertGoodScreen(chair);
    await press(chair, "Eligible");
    await chair.locator(".application__history").getByText("Eligible").waitFor();
  }
  await move(chair, "Pairing");

  await chair.goto("/committee/first-cohort/board");
  const mentee = chair.locator('[data-pane=mentees] [data-mentee="E001"]');
  await mentee.getByRole("button", { name: "Pick up" }).click();
  await chair.locator('[data-mentor="M001"] .mentor-row__here').click();
  const pair = chair.locator('[data-mentor="M001"] [data-mentee="E001"]');
  await pair.waitFor();
  await chair.getByText("All saved").waitFor();
  await server.kill();
  await server.restart();
  await chair.reload();
  await pair.waitFor();
  assert.equal(await mentee.count(), 0);
});

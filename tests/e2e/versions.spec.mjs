// A form that changes while people write it, a file that goes with an application, more time for
// one person, and what others will see: each from the side of the committee and of the applicant.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.mjs";

const committee = "/committee/2018-2019";
const cohort = "2018-2019";
const chair = "Chairs";
const officer = "Program officer";

let server;
let browser;
let applicant;

before(async () => {
  // The call is open, a third of the applications are in.
  server = await support.Server.start({ seed: ["--demo", "--day", "feb-5"] });
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const openAs = (part, address, options) => support.openAs(browser, server, part, address, options);
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

test("a file is uploaded, named, kept over a reload, and text can take its place", async () => {
  applicant = await support.newPage(browser, server);
  const page = applicant;
  await page.goto(`/apply/${cohort}`);
  await page.getByLabel("A mentee", { exact: true }).check();
  await page.getByLabel("Your e-mail address").fill("vera@example.org");
  await press(page, "Start writing");
  await press(page, "Yes, all of it");
  await heading(page, "Your name");
  await page.getByLabel("Name you would like us to use").fill("Vera Version");
  await page.goto(`/apply/${cohort}/mentee/work/experience`);
  page.expects = /\/files.*status of 4/;
  const input = page.locator("input[type=file]");
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  await input.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: png });
  await page.getByText(/This kind of file is not taken/).waitFor();
  const offer = (name, bytes) => {
    const buffer = Buffer.alloc(bytes, "I have worked in two libraries. ");
    return input.setInputFiles({ name, mimeType: "text/plain", buffer });
  };
  const line = await page.context().newCDPSession(page);
  const limit = (uploadThroughput) =>
    line.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await limit(100_000);
  await offer("slow.txt", 2_000_000);
  const progress = page.getByRole("progressbar", { name: "How much of slow.txt is uploaded" });
  await progress.waitFor();
  await page.waitForFunction(() => document.querySelector("progress").value > 0);
  await support.assertGoodScreen(page);
  await press(page, "Stop uploading slow.txt");
  await page.getByText("slow.txt was not uploaded: you stopped it.").waitFor();
  assert.equal(await progress.count(), 0);
  await limit(-1);
  await page.context().setOffline(true);
  page.expects = /\/files.*(status of 4|ERR_INTERNET_DISCONNECTED)|ERR_INTERNET_DISCONNECTED/;
  await offer("short.txt", 2_000);
  await page.getByText("The server cannot be reached.").first().waitFor();
  await page.context().setOffline(false);
  await press(page, "Upload short.txt again");
  await page.getByText("short.txt is uploaded.").waitFor();
  await press(page, "Remove short.txt");
  const pdf = Buffer.from("%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF");
  await input.setInputFiles({ name: "Vera – CV.pdf", mimeType: "application/pdf", buffer: pdf });
  await page.getByRole("button", { name: "Remove Vera – CV.pdf" }).waitFor();
  await page.getByText(/^Saved/).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Remove Vera – CV.pdf" }).waitFor();
  await page.getByLabel("Or paste it as text").waitFor();
  await support.assertGoodScreen(page);
});

test("the chair uploads a changed form, reads what it would do, and publishes it", async () => {
  const page = await openAs(chair, `${committee}/forms`);
  await heading(page, "Forms");
  await support.assertGoodScreen(page);
  const href = await page
    .getByRole("link", { name: /version 1 of the mentee form/ })
    .getAttribute("href");
  const form = await support.ask(page, "GET", href);
  const upload = (form) =>
    page.locator("#upload-mentee").setInputFiles({
      name: "mentee.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(form)),
    });
  const pages = form.sections.flatMap((section) => section.pages);
  const goal = pages.find((page) => page.id === "goal");
  goal.questions.push({
    id: "e_why_now",
    label: "Why this year?",
    kind: { short_text: { limit: { unit: "characters", max: 200, hard: 220 } } },
    required: "always",
    seen_by: ["subcommittee"],
  });
  await upload(form);
  await page.getByText("It does not say why it is asked.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Publish version 2" }).count(), 0);
  goal.questions.at(-1).why = "It helps those who pair.";
  await upload(form);
  await page.getByRole("heading", { name: "They must answer more" }).waitFor();
  await page.getByText(/Of \d+ sent applications, \d+ are concerned/).waitFor();
  await support.assertGoodScreen(page);
  await press(page, "Publish version 2");
  await page.getByText(/^Version 2, published/).waitFor();
});

test("whoever writes reads what changed before going on, and loses nothing", async () => {
  const page = applicant;
  await page.goto(`/apply/${cohort}/mentee/about/name`);
  await heading(page, "What changed");
  await page.getByText("is new. Please answer it.").waitFor();
  await support.assertGoodScreen(page);
  await press(page, "Go on with the form");
  await heading(page, "Your name");
  assert.equal(await page.getByLabel("Name you would like us to use").inputValue(), "Vera Version");
  await page.goto(`/apply/${cohort}/mentee/learn/goal`);
  await page.getByLabel("Why this year?").waitFor();
});

test("an application is seen as the committee will see it, before it is sent", async () => {
  const page = applicant;
  await page.goto(`/apply/${cohort}/mentee/review`);
  await heading(page, "Review your application");
  await page.getByText("View it as the committee will see it").click();
  const sheet = page.locator(".as-committee");
  await sheet.getByText("Vera Version").waitFor();
  await sheet.getByText("Vera – CV.pdf").waitFor();
  await sheet.getByLabel("The program officer").check();
  await sheet.getByText("Vera – CV.pdf").waitFor({ state: "detached" });
  await support.assertGoodScreen(page);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "Print or save as PDF" }).isVisible(), false);
  assert.ok(await page.locator(".review__paper").isVisible());
  await page.emulateMedia({ media: null });
});

test("the chair grants more time and makes a late link", async () => {
  const page = await openAs(chair, `${committee}/applications?state=submitted`);
  await page.locator("tbody a").first().click();
  await page.getByRole("heading", { level: 2, name: "More time" }).waitFor();
  await page.getByText("Grant more time").first().click();
  await press(page, "Grant more time");
  await page.getByText(/Enter the last day/).waitFor();
  const day = page.locator("#extension-day input");
  for (const [nth, text] of ["9", "3", "2018"].entries()) await day.nth(nth).fill(text);
  await page.locator("#extension-reason").fill("In hospital until Friday.");
  await press(page, "Grant more time");
  await page.getByText(/can be changed and sent until Friday, March 9, 2018/).waitFor();
  await support.assertGoodScreen(page);
  await page.goto(`${committee}/late-links`);
  await page.getByLabel("Their e-mail address").fill("late@example.org");
  const late = page.locator("#late-day input");
  for (const [nth, text] of ["9", "3", "2018"].entries()) await late.nth(nth).fill(text);
  await page.locator("#late-reason").fill("Wrote in time.");
  await press(page, "Send the late link");
  await page.getByText("late@example.org", { exact: true }).waitFor();
  await support.assertGoodScreen(page);
});

test("the officer alone reads the sealed list and answers each guess", async () => {
  const page = await openAs(officer, `${committee}/apart`);
  await heading(page, "People to keep apart");
  await support.assertGoodScreen(page);
  const other = await openAs(chair, `${committee}/apart`);
  await other.getByText("You do not have access to this page").first().waitFor();
});

test("everything that is kept about somebody can be downloaded", async () => {
  const page = await openAs("Has applied as a mentee", "/account");
  const link = page.getByRole("link", { name: "Download my data" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.equal(download.suggestedFilename(), "my-data.json");
  await press(page, "Erase my data");
  await page.getByLabel("Type your address to go on").fill("somebody@else.example");
  await press(page, "Erase it all");
  await page.getByText("This is not the address of the account.").waitFor();
});

// What the committee does to applications and to the cohort, and what the applicants see of it: a
// question and its answer, a no with its reason, taking back and bringing back, publishing with
// the mails shown before, and the clock of the rehearsal, forwards and anew.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as board from "./board.mjs";
import * as support from "./support.mjs";

const cohort = "/committee/2018-2019";
const mentee = "Has applied as a mentee";
const mentor = "Has applied as a mentor";
const member = "Subcommittee: ";
const chair = "Chairs";
const officer = "Program officer";

let server;
let browser;

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

/** What the program calls somebody, as the demonstration's own list has it. */
async function nameOf(page, part) {
  const { accounts } = await support.ask(page, "GET", "/api/demo");
  return accounts.find((account) => account.part.startsWith(part)).name;
}

/** The committee's page of somebody's application, found in the list. */
async function openApplication(page, part, role) {
  const name = await nameOf(page, part);
  await page.goto(`${cohort}/applications?role=${role}`);
  await page.getByLabel("Name, institution or reference").fill(name);
  await page.getByRole("link", { name }).first().click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** The card of an application to this cohort. */
const card = (page, role) =>
  page.locator(`.application-card[data-role=${role}]`).filter({ hasText: "2018–2019" });
const state = (page, words) => page.locator(".tag").getByText(words, { exact: true });

/** The newest mail to an account, as the demonstration shows it. */
async function newestMail(page, subject) {
  await page.goto("/demo");
  const mail = page.getByRole("listitem").filter({ hasText: subject }).first();
  await mail.locator("summary").click();
  return mail.locator("pre").textContent();
}

test("the committee asks, the applicant answers and mends what was named, the committee reads it", async () => {
  const lead = await openAs(chair, "/");
  await openApplication(lead, mentee, "mentee");
  await lead.getByText("Ask the applicant first").click();
  await lead.getByRole("button", { name: "Send the question" }).click();
  await lead.getByText("Write what you want to know.").waitFor();
  await lead.getByLabel("Your question").fill("Do you still work where you did?");
  await lead.locator(".decide__changeable").getByText("About you").click();
  await lead.getByRole("checkbox", { name: "Name you would like us to use" }).check();
  await lead.getByText("1 answer may be changed.").waitFor();
  await support.assertGoodScreen(lead);
  await lead.getByRole("button", { name: "Send the question" }).click();
  await state(lead, "Information asked").waitFor();
  await lead.getByText("Not answered yet.").waitFor();

  const applicant = await openAs(mentee, "/my/applications");
  const asked = card(applicant, "mentee").getByRole("region", { name: "The committee asks" });
  await asked.getByText("Do you still work where you did?").waitFor();
  await support.assertGoodScreen(applicant);
  await asked.getByRole("button", { name: "Send the answer" }).click();
  await asked.getByText("Write an answer to the committee first.").waitFor();
  await asked.getByLabel("Name you would like us to use").fill("Ximena Q.");
  await asked.getByLabel("Your answer").fill("Yes, in another department since January.");
  await asked.getByRole("button", { name: "Send the answer" }).click();
  await asked.waitFor({ state: "detached" });
  await card(applicant, "mentee").getByText("The committee reads the applications").waitFor();

  await lead.reload();
  await lead.getByText("Yes, in another department since January.").waitFor();
  await lead.locator(".answers").getByText("Ximena Q.", { exact: true }).waitFor();
  assert.match(
    await newestMail(applicant, "A question about your application"),
    /Do you still work where you did\?/,
    "the question went by mail too",
  );
  await lead.context().close();
  await applicant.context().close();
});

test("a no needs a reason, and the applicant reads it", async () => {
  const lead = await openAs(chair, "/");
  await openApplication(lead, mentor, "mentor");
  await lead.getByRole("button", { name: "Not eligible" }).click();
  await lead.getByText("Give a reason; the applicant reads it.").waitFor();
  await support.assertGoodScreen(lead);
  await lead.getByLabel(/^Reason/).fill("Membership ended last year.");
  await lead.getByRole("button", { name: "Not eligible" }).click();
  await state(lead, "Not eligible").waitFor();
  await lead.locator(".application__history").getByText("Membership ended last year.").waitFor();

  const applicant = await openAs(mentor, "/my/applications");
  const own = card(applicant, "mentor");
  await own.getByText("Membership ended last year.").waitFor();
  await own.getByText("Not eligible").first().waitFor();
  assert.match(await newestMail(applicant, "cannot go on"), /Membership ended last year\./);

  // Found wrong, it is put right.
  await lead.getByRole("button", { name: "Eligible", exact: true }).click();
  await state(lead, "Eligible").waitFor();
  await applicant.goto("/my/applications");
  await own.getByText("Eligible", { exact: true }).waitFor();
  assert.equal(await own.getByText("Membership ended last year.").count(), 0);
  await lead.context().close();
  await applicant.context().close();
});

test("an application that was taken back can be brought back, and nothing of it is lost", async () => {
  const applicant = await openAs(mentee, "/my/applications");
  const own = card(applicant, "mentee");
  const reference = await own.getByText(/^Reference /).textContent();
  await own.getByRole("button", { name: "Take back" }).click();
  const dialog = applicant.getByRole("dialog", { name: "Take this application back?" });
  await support.assertAccessible(applicant);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await dialog.waitFor({ state: "hidden" });
  await own.getByRole("button", { name: "Take back" }).click();
  await dialog.getByLabel(/^Why/).fill("Too much to do this spring.");
  await dialog.getByRole("button", { name: "Take it back" }).click();
  await own.getByText("You took this application back").waitFor();
  await support.assertGoodScreen(applicant);

  const reader = await openAs(member, `${cohort}/applications?state=withdrawn`);
  await reader.getByRole("link", { name: "Ximena" }).waitFor();

  await own.getByRole("link", { name: "Read your answers" }).click();
  await applicant.getByText("You took this application back.").waitFor();
  await applicant.goBack();
  await own.getByRole("button", { name: "Bring it back" }).click();
  await own.getByRole("button", { name: "Take back" }).waitFor();
  assert.equal(await own.getByText(/^Reference /).textContent(), reference);
  await reader.reload();
  await reader.getByRole("heading", { level: 1, name: "Applications" }).waitFor();
  await reader.getByRole("status").getByText("0 applications").waitFor();
  await reader.context().close();
  await applicant.context().close();
});

test("the clock goes forward by one press, and the cohort with it", async () => {
  const visitor = await support.newPage(browser, server);
  await visitor.goto("/");
  await visitor.getByRole("link", { name: "Apply as a mentee" }).waitFor();
  await visitor.getByRole("link", { name: "Accounts, clock and mail" }).click();
  const day = visitor.getByRole("listitem").filter({ hasText: "March 20, 2018" });
  await day.getByRole("button", { name: "Go to this day" }).click();
  await visitor.getByText("For the program it is Tuesday, March 20, 2018.").waitFor();
  await visitor.goto("/");
  await visitor.locator(".demo-bar").getByText("March 20, 2018").waitFor();
  await visitor.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await visitor.getByRole("link", { name: "Apply as a mentee" }).count(), 0);
  await visitor.context().close();
});

/** A finger on the page, through the browser's own input. */
async function finger(page) {
  const line = await page.context().newCDPSession(page);
  const send = (type, points) =>
    line.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    down: (x, y) => send("touchStart", [{ x, y }]),
    move: (x, y) => send("touchMove", [{ x, y }]),
    up: () => send("touchEnd", []),
  };
}

test("a finger scrolls the lists, lifts a card after a rest and lets it go on a mentor", async () => {
  const options = { hasTouch: true, viewport: { width: 1024, height: 768 } };
  const page = await board.open(browser, server, member, options);
  const touch = await finger(page);
  const middle = (box) => [box.x + box.width / 2, box.y + 18];

  // A swipe is a scroll: nothing is lifted.
  const list = page.locator("[data-pane=mentees] .pane__list");
  const [sx, sy] = middle(await board.pool(page).nth(2).boundingBox());
  await touch.down(sx, sy);
  for (const by of [30, 60, 90, 120]) await touch.move(sx, sy - by);
  await touch.up();
  await page.waitForFunction((list) => list.scrollTop > 0, await list.elementHandle());
  assert.equal(await page.locator("[data-verdict]").count(), 0);

  // A rest is a lift.
  const { mentee, free } = await board.somebody(page, { free: 1 });
  const target = await board.bring(page, "mentors", `[data-mentor="${free[0]}"]`);
  const card = await board.bring(page, "mentees", `[data-mentee="${mentee}"]`);
  await touch.down(...middle(await card.boundingBox()));
  await page.locator("[data-verdict]").first().waitFor();
  const [x, y] = middle(await target.boundingBox());
  await touch.move(x - 20, y - 10);
  await touch.move(x, y);
  await page.locator(`[data-mentor="${free[0]}"][data-over]`).waitFor();
  await touch.up();
  await board.paired(page, mentee, free[0]);
  await board.saved(page);
  support.assertNoMistakes(page);
  await page.context().close();
});

/** Opens the question that stands before a move of the cohort. */
async function openMove(page, to) {
  await page.goto(cohort);
  await page.getByRole("button", { name: `Move to “${to}” …`, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: `Move to “${to}”`, exact: true }).waitFor();
  return dialog;
}

async function move(page, to, why) {
  const dialog = await openMove(page, to);
  if (why) await dialog.getByLabel("Why").fill(why);
  await dialog.getByRole("button", { name: `Move to “${to}”`, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText(`The cohort is in the state “${to}”.`).waitFor();
}

/**
 * A mentee of the mentor of a name, or of any mentor of another name: one who is with the mentor, or
 * the first that no rule and no warning keeps away.
 */
async function somebodyWith(page, { name, but }) {
  return page.evaluate(
    async ([name, but]) => {
      const get = async (path) => (await fetch(path)).json();
      const cohort = await get("/api/cohorts/2018-2019");
      const [scenario] = await get(`/api/cohorts/${cohort.id}/scenarios`);
      const { candidates, placements } = await get(`/api/scenarios/${scenario.id}/board`);
      const of = (role) => candidates.filter((one) => one.role === role);
      const isMeant = (one) => (name ? one.name === name : one.name !== but);
      for (const mentor of of("mentor").filter(isMeant)) {
        const there = placements.find(([, placement]) => placement.mentor === mentor.id);
        if (there) return candidates.find((one) => one.id === there[0]);
        for (const mentee of of("mentee")) {
          const command = { kind: "pair", mentee: mentee.id, mentor: mentor.id };
          const body = JSON.stringify({ id: crypto.randomUUID(), command, expect: [] });
          const headers = { "Content-Type": "application/json" };
          const path = `/api/scenarios/${scenario.id}/commands`;
          if ((await fetch(path, { method: "POST", headers, body })).ok) return mentee;
        }
      }
      throw new Error("nobody may be paired");
    },
    [name, but],
  );
}

test("a pair that breaks a rule by now is named, and nobody is told before it is taken apart", async () => {
  const lead = await openAs(member, cohort);
  const name = await nameOf(lead, mentor);
  const mentee = await somebodyWith(lead, { name });
  await lead.context().close();
  const head = await openAs(chair, cohort);
  await move(head, "Sign-off");

  const applicant = await openAs(mentor, "/my/applications");
  await card(applicant, "mentor").getByRole("button", { name: "Take back" }).click();
  await applicant.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
  await card(applicant, "mentor").getByText("You took this application back").waitFor();

  const office = await openAs(officer, cohort);
  const publish = office.locator(".move").filter({ hasText: "Tell everybody" });
  await publish.getByText("1 pair breaks a rule by now").waitFor();
  await publish.getByText(`${mentee.name} with ${name}`).waitFor();
  const button = publish.getByRole("button", { name: /^Move to “Published”/ });
  assert.equal(await button.getAttribute("aria-disabled"), "true");
  await support.assertGoodScreen(office);
  await move(office, "Pairing", "A mentor has withdrawn.");

  await head.goto(`${cohort}/board`);
  const placed = head.locator(`[data-mentor] [data-mentee="${mentee.reference}"]`);
  await placed.getByRole("button", { name: /^Actions for / }).click();
  await head.getByRole("menuitem", { name: "Unpair" }).click();
  await placed.waitFor({ state: "detached" });
  await head.getByText("All saved").waitFor();
  // So that there is a pair to publish.
  await somebodyWith(head, { but: name });
  await office.goto(cohort);
  await office.getByText("The cohort is in the state “Pairing”.").waitFor();
  assert.equal(await office.getByText("breaks a rule by now").count(), 0);
  for (const page of [head, applicant, office]) await page.context().close();
});

test("publishing shows the mails before, and afterwards everybody reads the result", async () => {
  const lead = await openAs(chair, cohort);
  await lead.getByText(/mentees? ha(s|ve) no mentor\./).waitFor();
  await move(lead, "Sign-off");

  const office = await openAs(officer, cohort);
  const dialog = await openMove(office, "Published");
  const mails = dialog.locator(".move__mail");
  await mails
    .first()
    .getByText(/goes to \d+ (person|people)\./)
    .waitFor();
  await mails.first().getByText("Read an example").click();
  const example = await mails.first().locator("pre").textContent();
  assert.ok(example.trim().length > 40, example);
  await support.assertAccessible(office);
  const counts = (await mails.allTextContents()).map((text) =>
    Number(text.match(/goes to (\d+)/)[1]),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const subjects = await mails.locator("strong").allTextContents();
  await office.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await office.getByText("The cohort is in the state “Sign-off”.").waitFor();

  const before = (await support.ask(office, "GET", "/api/demo/mail")).length;
  await move(office, "Published");
  const { length } = await support.ask(office, "GET", "/api/demo/mail");
  assert.ok(length - before === total || length === 200, `${length - before} mails, not ${total}`);
  await office.goto("/manage");
  await office.getByRole("link", { name: "Mails" }).click();
  const sought = office.getByRole("row").filter({ hasText: subjects[0] }).first();
  const older = office.getByRole("button", { name: /^Show older ones/ });
  await office.getByRole("row").first().waitFor();
  while (!(await sought.count())) await older.click();

  await lead.goto(`${cohort}/board`);
  await lead.getByText("The pairs of this cohort are published.").waitFor();
  await lead.locator("[data-mentor]").first().waitFor();
  assert.equal(await lead.getByRole("button", { name: "Pick up" }).count(), 0);

  const applicant = await openAs(mentee, "/my/applications");
  await card(applicant, "mentee")
    .locator(".tag")
    .getByText(/^(Paired|Without a partner)$/)
    .waitFor();
  await applicant.goto("/committee/2018-2019/board");
  await applicant
    .getByRole("heading", { level: 1, name: "You do not have access to this page" })
    .waitFor();
  for (const page of [lead, office, applicant]) await page.context().close();
});

test("an earlier day starts the demonstration anew, after a question", async () => {
  const page = await openAs(chair, "/demo");
  const day = page.getByRole("listitem").filter({ hasText: "February 5, 2018" });
  const again = day.getByRole("button", { name: "Start anew on this day …" });
  await again.click();
  const dialog = page.getByRole("dialog", { name: "Start the demonstration anew?" });
  await dialog.waitFor();
  await support.assertAccessible(page);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.ok(await again.evaluate((button) => button === document.activeElement));
  await again.click();
  await dialog.getByRole("button", { name: "Throw away and start anew" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("For the program it is Monday, February 5, 2018.").waitFor();
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();

  const applicant = await openAs(mentee, "/my/applications");
  await card(applicant, "mentee").getByText("The committee reads the applications").waitFor();
  assert.equal(await applicant.getByText("Ximena Q.").count(), 0);
  await applicant.context().close();
  await page.context().close();
});

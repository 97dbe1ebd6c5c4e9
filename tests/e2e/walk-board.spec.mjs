// The board: two members pair people at the same time, by pointer, by clicks and by keys alone, and
// nothing that was saved is lost.

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

const openBoard = (part, options) => board.open(browser, server, part, options);
const { member, otherMember, chair, pool, card, said, saved, somebody, place, drag } = board;

/** Runs in the page: whether this browser keeps commands for so many pages. */
const keepsFor = (count) =>
  new Promise((done) => {
    const opening = indexedDB.open("tandem");
    opening.onsuccess = () => {
      const counting = opening.result.transaction("texts").objectStore("texts").count();
      counting.onsuccess = () => {
        opening.result.close();
        done(counting.result === count);
      };
    };
  });

for (const colorScheme of ["light", "dark"]) {
  test(`the board is a good screen in the ${colorScheme} theme, empty hand and full`, async () => {
    const page = await openBoard(member, { colorScheme });
    await support.assertGoodScreen(page);
    for (const width of support.widths) {
      await page.setViewportSize({ width, height: 900 });
      await support.takePicture(page, `board-${width}-${colorScheme}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    const first = pool(page).first();
    await first.click({ position: { x: 60, y: 12 } });
    await page.getByRole("heading", { name: "Best mentors" }).waitFor();
    await support.assertGoodScreen(page);
    await support.takePicture(page, `board-person-${colorScheme}`);
    await first.getByRole("button", { name: "Pick up" }).click();
    await page.locator("[data-verdict]").first().waitFor();
    await support.assertGoodScreen(page);
    await support.takePicture(page, `board-placing-${colorScheme}`);
    await page.getByRole("button", { name: "Choose from a list" }).click();
    await page.getByRole("listbox").waitFor();
    await support.assertGoodScreen(page);
    await support.takePicture(page, `board-list-${colorScheme}`);
    await page.context().close();
  });
}

test("what one member drags the other sees, and undo takes it back for both", async () => {
  const one = await openBoard(member);
  const other = await openBoard(otherMember);
  const { mentee, free } = await somebody(one);
  const [mentor] = free;
  const before = await board.listed(other);
  await drag(one, mentee, mentor);
  await board.paired(one, mentee, mentor);
  assert.match(await said(one), /paired with .*, score \d+\. \d+ mentees? left\./);
  await board.paired(other, mentee, mentor);
  assert.equal(await board.listed(other), before - 1);
  await other.waitForFunction(() =>
    / paired /.test(document.getElementById("announcer-polite").textContent),
  );
  await one.getByRole("button", { name: "Undo" }).click();
  await other
    .locator(`[data-mentor="${mentor}"] [data-mentee="${mentee}"]`)
    .waitFor({ state: "detached" });
  assert.match(await said(one), /^Undone: .* is unpaired\./);
  assert.equal(await board.listed(other), before);
  support.assertNoMistakes(one);
  support.assertNoMistakes(other);
  await one.context().close();
  await other.context().close();
});

test("a drag that is cancelled or lets go elsewhere changes nothing", async () => {
  const page = await openBoard(member);
  const { mentee, free, refused } = await somebody(page);
  const start = await card(page, mentee).boundingBox();
  await page.mouse.move(start.x + 60, start.y + 16);
  await page.mouse.down();
  await page.mouse.move(start.x + 90, start.y + 30, { steps: 3 });
  await page.locator("[data-verdict]").first().waitFor();
  await page.keyboard.press("Escape");
  await page.locator("[data-verdict]").first().waitFor({ state: "detached" });
  await page.mouse.move(start.x + 400, start.y + 60);
  await page.mouse.up();
  assert.match(await said(page), /^Cancelled\. .* stays unpaired\./);
  await board.bring(page, "mentees", `[data-mentee="${mentee}"]`);
  await drag(page, mentee, refused[0]);
  await page
    .getByText(/^Not possible: /)
    .first()
    .waitFor();
  assert.equal(await page.locator(`[data-pane=mentees] [data-mentee="${mentee}"]`).count(), 1);
  await page.context().close();
});

test("clicks alone pick up and place, and a refusal says the rule", async () => {
  const page = await openBoard(member);
  const { mentee, free, refused } = await somebody(page);
  await card(page, mentee).getByRole("button", { name: "Pick up" }).click();
  // It says that it is disabled, and why when it is tried all the same.
  const not = await board.bring(page, "mentors", `[data-mentor="${refused[0]}"]`);
  await not.locator(".mentor-row__here").click({ force: true });
  const alarm = page.locator("#announcer-assertive");
  await page.waitForFunction(
    () => document.getElementById("announcer-assertive").textContent !== "",
  );
  assert.match(await alarm.textContent(), /^Not possible: /);
  await board.bring(page, "mentees", `[data-mentee="${mentee}"]`);
  await place(page, mentee, free[0]);
  await board.paired(page, mentee, free[0]);
  await saved(page);
  await page.reload();
  await board.paired(page, mentee, free[0]);
  await page.context().close();
});

test("keys alone pair, lock, unlock, unpair, undo and redo", async () => {
  const page = await openBoard(member);
  const { mentee, free } = await somebody(page);
  const mentor = await board.bring(page, "mentors", `[data-mentor="${free[0]}"]`);
  const name = await mentor.locator(".mentor-row__name").textContent();
  const key = (name) => page.keyboard.press(name);
  const focused = () =>
    page.evaluate(() => document.activeElement.closest("[data-mentee]")?.dataset.mentee);
  // The pane is one stop of the Tab key; inside it the arrows lead to the card.
  await page.getByLabel("Order of the mentees").focus();
  for (let stop = 0; stop < 12 && !(await focused()); stop += 1) await key("Tab");
  await key("Home");
  for (let step = 0; step < 80 && (await focused()) !== mentee; step += 1) await key("ArrowDown");
  assert.equal(await focused(), mentee);
  await key("m");
  await page.getByRole("combobox", { name: "Name" }).waitFor();
  await page.waitForFunction(() => document.activeElement.getAttribute("role") === "combobox");
  // The best by score may be one that only the chair may let stand.
  await page.keyboard.type(name);
  await key("ArrowDown");
  await key("ArrowUp");
  await key("Enter");
  await board.bring(page, "mentors", `[data-mentee="${mentee}"]`);
  assert.match(await said(page), /paired with .*, score \d+/);
  await page.waitForFunction(() => document.activeElement.matches("[data-pane=mentees] *"));
  assert.notEqual(await focused(), mentee, "the next in the queue has the keyboard");
  await card(page, mentee).focus();
  await key("l");
  await page.waitForFunction(() =>
    /^Pair locked\./.test(document.getElementById("announcer-polite").textContent),
  );
  await key("u");
  await page.waitForFunction(() =>
    /locked/.test(document.getElementById("announcer-assertive").textContent),
  );
  assert.equal(await page.locator(`[data-mentor] [data-mentee="${mentee}"]`).count(), 1);
  await card(page, mentee).focus();
  await key("l");
  await page.waitForFunction(() =>
    /^Pair unlocked\./.test(document.getElementById("announcer-polite").textContent),
  );
  await card(page, mentee).focus();
  await key("u");
  await page.locator(`[data-pane=mentees] [data-mentee="${mentee}"]`).waitFor();
  await card(page, mentee).focus();
  await key("s");
  await page.waitForFunction(() => document.activeElement.textContent === "Best mentors");
  await key("Escape");
  await page.waitForFunction(
    (mentee) => document.activeElement.closest("[data-mentee]")?.dataset.mentee === mentee,
    mentee,
  );
  await key("Control+z");
  await board.bring(page, "mentors", `[data-mentee="${mentee}"]`);
  await key("Control+Shift+z");
  await page.locator(`[data-pane=mentees] [data-mentee="${mentee}"]`).waitFor();
  await saved(page);
  support.assertNoMistakes(page);
  await page.context().close();
});

test("the menu of a card pairs, and shows why", async () => {
  const page = await openBoard(member);
  const { mentee, free } = await somebody(page);
  await place(page, mentee, free[0]);
  await board.paired(page, mentee, free[0]);
  const menu = card(page, mentee).getByRole("button", { name: /^Actions for / });
  await menu.click();
  await page.getByRole("menuitem", { name: "Why this pair?" }).click();
  const inspector = page.locator("[data-pane=inspector]");
  await inspector.getByText("Together").waitFor();
  const sum = await inspector.evaluate((pane) => {
    const points = [...pane.querySelectorAll(".match-reasons__points")].map(
      (one) => one.textContent,
    );
    const total = Number.parseFloat(points.pop());
    const parts = points.map((one) => Number.parseFloat(one)).filter((one) => !Number.isNaN(one));
    return { total, parts: parts.reduce((one, other) => one + other, 0) };
  });
  assert.ok(Math.abs(sum.total - sum.parts) < 0.01, JSON.stringify(sum));
  await page.keyboard.press("Escape");
  await menu.click();
  await page.getByRole("menuitem", { name: "Unpair" }).click();
  await page.locator(`[data-pane=mentees] [data-mentee="${mentee}"]`).waitFor();
  await saved(page);
  await page.context().close();
});

test("a lost race says who was first and lets one choose", async () => {
  const one = await openBoard(member);
  const other = await openBoard(otherMember);
  const { mentee, free } = await somebody(one);
  const [theirs, mine] = free;
  await other.context().setOffline(true);
  await place(one, mentee, theirs);
  await saved(one);
  await place(other, mentee, mine);
  await other.getByText("No connection").waitFor();
  await board.paired(other, mentee, mine);
  await other.context().setOffline(false);
  await other
    .getByText(/^Not saved: .* paired /)
    .first()
    .waitFor();
  await board.paired(other, mentee, theirs);
  // The question waits, whether or not the page is closed meanwhile.
  await other.reload();
  await other.getByText(/^Not saved: .* paired /).waitFor();
  await board.paired(other, mentee, theirs);
  await other.getByRole("button", { name: "Do it anyway" }).click();
  await board.paired(other, mentee, mine);
  await board.paired(one, mentee, mine);
  // The first one's undo would undo somebody else's work now.
  await one.getByRole("button", { name: "Undo" }).click();
  await one
    .getByText(/^Not undone: .* changed this at /)
    .first()
    .waitFor();
  await board.paired(one, mentee, mine);
  await other.getByRole("button", { name: "Undo" }).click();
  await board.paired(one, mentee, theirs);
  // What was decided does not come back.
  await saved(other);
  await other.reload();
  await board.paired(other, mentee, theirs);
  assert.equal(await other.getByRole("button", { name: "Do it anyway" }).count(), 0);
  await one.context().close();
  await other.context().close();
});

test("a warning is for the chair, who says why the pair may stand", async () => {
  const page = await openBoard(member);
  let found;
  for (const mentee of await pool(page).evaluateAll((all) =>
    all.map((one) => one.dataset.mentee),
  )) {
    found = await board.options(page, mentee);
    if (found.warned.length) break;
  }
  const { mentee, warned } = found;
  assert.ok(warned.length, "the demonstration has a pair with a warning");
  await place(page, mentee, warned[0]);
  await page
    .getByText(/^Only the chair may let this stand/)
    .first()
    .waitFor();
  await board.bring(page, "mentees", `[data-mentee="${mentee}"]`);
  const lead = await openBoard(chair);
  await place(lead, mentee, warned[0]);
  const dialog = lead.getByRole("dialog", { name: "Let this pair stand?" });
  await dialog.waitFor();
  await support.assertAccessible(lead);
  await dialog.getByRole("button", { name: "Let it stand" }).click();
  await dialog.getByText("Write why the pair may stand.").first().waitFor();
  await dialog.getByLabel(/Why may this pair stand/).fill("They never worked together.");
  await dialog.getByRole("button", { name: "Let it stand" }).click();
  await board.paired(lead, mentee, warned[0]);
  await board.paired(page, mentee, warned[0]);
  await page.context().close();
  await lead.context().close();
});

test("a killed server loses nothing, and what was done meanwhile is sent afterwards", async () => {
  const page = await openBoard(member);
  const { mentee, free } = await somebody(page);
  await drag(page, mentee, free[0]);
  await saved(page);
  await server.kill();
  const late = await somebody(page, { free: 1 });
  await place(page, late.mentee, late.free[0]);
  await page.getByText("No connection").waitFor();
  await board.paired(page, late.mentee, late.free[0]);
  await server.restart();
  await page.getByText("No connection").waitFor({ state: "detached", timeout: 30_000 });
  await saved(page);
  await page.reload();
  await board.paired(page, mentee, free[0]);
  await board.paired(page, late.mentee, late.free[0]);
  await page.context().close();
});

test("what two pages of a member kept without a connection is sent when the board is opened again", async () => {
  const one = await openBoard(member);
  const context = one.context();
  const two = await context.newPage();
  await two.goto(board.address);
  await pool(two).first().waitFor();
  // A page in the background is drawn once a second at most.
  await one.bringToFront();
  const first = await somebody(one, { free: 1 });
  await two.bringToFront();
  const second = await somebody(two, { free: 2, but: [first.mentee] });
  const mentor = second.free.find((mentor) => mentor !== first.free[0]);
  await context.setOffline(true);
  await place(two, second.mentee, mentor);
  await one.bringToFront();
  await place(one, first.mentee, first.free[0]);
  for (const page of [one, two]) await page.getByText("No connection").waitFor();
  await support.until(two, keepsFor, 2);
  await one.close();
  await two.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(board.address);
  await board.paired(again, first.mentee, first.free[0]);
  await board.paired(again, second.mentee, mentor);
  await saved(again);
  // Nothing is left to be sent once more.
  await support.until(again, keepsFor, 0);
  const other = await openBoard(otherMember);
  await board.paired(other, first.mentee, first.free[0]);
  await board.paired(other, second.mentee, mentor);
  await other.context().close();
  await context.close();
});

test("search, order and choice stand in the address", async () => {
  const page = await openBoard(member);
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByLabel("Order of the mentees").selectOption({ label: "By name" });
  await page.waitForURL(/show=all/);
  const names = await page
    .locator("[data-pane=mentees] .mentee-card__name")
    .evaluateAll((all) => all.map((one) => one.textContent));
  assert.ok(names.length > 1);
  const [word] = names.at(-1).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(" ");
  await page.getByLabel("Search people, places, areas").fill(word);
  await page.waitForURL(/q=/);
  await page.reload();
  await page.locator("[data-pane=mentees] .mentee-card__name", { hasText: names.at(-1) }).waitFor();
  assert.ok((await page.locator("[data-pane=mentees] [data-card]").count()) < names.length);
  await page.context().close();
});

test("on a phone one list is enough", async () => {
  const page = await openBoard(member, { viewport: { width: 360, height: 740 } });
  // Who is touched is shown in a sheet that can be read.
  await pool(page)
    .first()
    .click({ position: { x: 60, y: 12 } });
  const sheet = page.locator("[data-pane=inspector]");
  const heading = sheet.getByRole("heading", { level: 2 }).first();
  await heading.waitFor();
  const [whole, name] = [await sheet.boundingBox(), await heading.boundingBox()];
  assert.ok(whole.height > 200 && name.y + name.height < 740, `${whole.height}, ${name.y}`);
  await support.assertAccessible(page);
  await support.takePicture(page, "board-phone-sheet");
  await sheet.getByRole("button", { name: "Close" }).click();
  // Whoever is picked up is placed in the list of mentors, and the choice of lists says so.
  const chosen = (name) => page.getByRole("button", { name, exact: true, pressed: true });
  await chosen("Mentees").waitFor();
  await pool(page).first().getByRole("button", { name: "Pick up" }).click();
  await chosen("Mentors and pairs").waitFor();
  // The best stand first.
  const scores = await page
    .locator("[data-pane=mentors] [data-mentor] .mentor-row__score")
    .allTextContents();
  const numbers = scores.map((text) => Number.parseInt(text, 10)).filter(Number.isFinite);
  assert.ok(numbers.length > 1, scores.join());
  assert.deepEqual(
    numbers,
    numbers.toSorted((one, other) => other - one),
  );
  await page.keyboard.press("Escape");
  await chosen("Mentees").waitFor();
  await pool(page)
    .first()
    .getByRole("button", { name: /^Actions for / })
    .click();
  await page.getByRole("menuitem", { name: "Pair with …" }).click();
  await page.getByRole("listbox").waitFor();
  await support.assertAccessible(page);
  await support.takePicture(page, "board-phone-list");
  await page.getByRole("listbox").getByRole("option").first().click();
  await page.waitForFunction(() =>
    / paired /.test(document.getElementById("announcer-polite").textContent),
  );
  // What was done, and the way back, stand at the lower edge whatever is scrolled to.
  const back = page.getByRole("group", { name: "Undo and redo" });
  await back.getByText(/ paired /).waitFor();
  const undo = back.getByRole("button", { name: "Undo" });
  const seen = await undo.boundingBox();
  assert.ok(seen.y >= 0 && seen.y + seen.height <= 740, JSON.stringify(seen));
  await support.takePicture(page, "board-phone-done");
  await undo.click();
  await page.waitForFunction(() =>
    /^Undone/.test(document.getElementById("announcer-polite").textContent),
  );
  await saved(page);
  await page.context().close();
});

test("applicants do not see the board", async () => {
  const applicant = "Has applied as a mentor";
  const page = await support.openAs(browser, server, applicant, board.address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await page.locator("[data-pane]").count(), 0);
  await page.context().close();
});

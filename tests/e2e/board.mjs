// The board as the browser tests use it. Only the rows in sight are mounted, so whoever looks for
// somebody scrolls there, as a person does.

import { randomUUID } from "node:crypto";
import * as support from "./support.mjs";

export const address = "/committee/2018-2019/board";

export const member = "Subcommittee: ";
export const otherMember = "Subcommittee too";
export const chair = "Chairs";

/**
 * A page of a demo account on the board; `part` is how its part in the demonstration begins. There
 * are at least so many people of each side on it as `crowd` says.
 */
export async function open(
  browser,
  server,
  part,
  { scripts = [], crowd = 0, query = "", ...options } = {},
) {
  const page = await support.openAs(browser, server, part, "/robots.txt", options);
  for (const script of scripts) await page.addInitScript(script);
  if (crowd > 0) await page.route(/\/api\/scenarios\/[^/]+\/board$/, withCrowd(crowd));
  await page.goto(`${address}${query}`);
  await page.locator("[data-pane=mentees] [data-mentee]").first().waitFor();
  return page;
}

/**
 * Puts people into the server's answer of whom the server knows nothing: it would take long to make
 * thousands for it. They come last by name, so that those at the top of the lists are real.
 */
const withCrowd = (size) => async (route) => {
  const response = await route.fetch();
  const json = await response.json();
  for (const role of ["mentee", "mentor"]) {
    const known = json.candidates.filter((one) => one.role === role);
    for (let number = known.length; number < size; number += 1) {
      const like = known[number % known.length];
      const own = { id: randomUUID(), person: randomUUID(), reference: `X${role}${number}` };
      json.candidates.push({ ...like, ...own, name: `Zz ${like.name} ${number}` });
    }
  }
  await route.fulfill({ response, json });
};

export const pool = (page) => page.locator("[data-pane=mentees] [data-mentee]");
export const card = (page, mentee) => page.locator(`[data-mentee="${mentee}"]`);
export const row = (page, mentor) => page.locator(`[data-mentor="${mentor}"]`);
export const said = (page) => page.locator("#announcer-polite").textContent();
export const saved = (page) => page.getByText("All saved").waitFor();

/** Waits until this was said. */
export async function heard(page, what, region = "polite") {
  await page.waitForFunction(
    ([what, flags, region]) =>
      new RegExp(what, flags).test(document.getElementById(`announcer-${region}`).textContent),
    [what.source, what.flags, region],
  );
}

/** How many mentees the left pane lists. */
export async function listed(page) {
  const text = await page.locator("[data-pane=mentees] .pane__count").textContent();
  return Number.parseInt(text, 10);
}

/**
 * Scrolls a pane until something is mounted there, and brings it into sight. What may still be on
 * its way from the server is looked for again and again, as a list mounts only what is in sight.
 */
export async function bring(page, pane, selector) {
  const list = page.locator(`[data-pane=${pane}] .pane__list`);
  await support.until(
    page,
    async ([pane, selector]) => {
      const frame = () =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await frame();
      const list = document.querySelector(`[data-pane=${pane}] .pane__list`);
      if (!list) return false;
      const sought = () => {
        const found = list.querySelector(selector);
        // What is mounted only beyond what is seen goes as soon as the list gets lower.
        found?.scrollIntoView({ block: "nearest" });
        return Boolean(found);
      };
      if (sought()) return true;
      for (let top = 0; top <= list.scrollHeight; top += list.clientHeight * 0.8) {
        list.scrollTop = top;
        await frame();
        if (sought()) return true;
      }
      return false;
    },
    [pane, selector],
  );
  const found = list.locator(selector).first();
  await found.evaluate((element) => element.scrollIntoView({ block: "nearest" }));
  return found;
}

/** Waits until a mentee stands with a mentor. */
export async function paired(page, mentee, mentor) {
  await bring(page, "mentors", `[data-mentor="${mentor}"] [data-mentee="${mentee}"]`);
}

/**
 * Who could be placed with whom, as the page itself says while it holds a mentee; of the mentors
 * on the first so many screens of the list.
 */
export async function options(page, mentee, { screens = 100 } = {}) {
  const found = await bring(page, "mentees", `[data-mentee="${mentee}"]`);
  await found.getByRole("button", { name: "Pick up" }).click();
  await page.locator(".placing").waitFor();
  const rows = await page
    .locator("[data-pane=mentors] .pane__list")
    .evaluate(async (list, screens) => {
      const frame = () =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const seen = new Map();
      const bottom = Math.min(list.scrollHeight, list.clientHeight * screens);
      for (let top = 0; top < bottom; top += list.clientHeight * 0.8) {
        list.scrollTop = top;
        await frame();
        for (const row of list.querySelectorAll("[data-mentor]")) {
          seen.set(row.dataset.mentor, {
            mentor: row.dataset.mentor,
            verdict: row.dataset.verdict,
            isFree: row.querySelector(".mentor-row__free") !== null,
            warns: row.querySelector(".mentor-row__warns").textContent !== "",
          });
        }
      }
      list.scrollTop = 0;
      await frame();
      return [...seen.values()];
    }, screens);
  await page.keyboard.press("Escape");
  await page.locator(".placing").waitFor({ state: "detached" });
  const of = (wanted) => rows.filter(wanted).map(({ mentor }) => mentor);
  const possible = ({ verdict }) => verdict === "possible";
  return {
    mentee,
    free: of((row) => possible(row) && row.isFree && !row.warns),
    full: of((row) => possible(row) && !row.isFree && !row.warns),
    refused: of(({ verdict }) => verdict === "refused"),
    warned: of((row) => possible(row) && row.isFree && row.warns),
  };
}

/** The first mentee in sight who has at least so many free mentors that nothing speaks against. */
export async function somebody(page, { free = 2, but = [], screens } = {}) {
  const sight = await pool(page).evaluateAll((all) => all.map((one) => one.dataset.mentee));
  for (const mentee of sight.filter((mentee) => !but.includes(mentee))) {
    const found = await options(page, mentee, { screens });
    if (found.free.length >= free) return found;
  }
  throw new Error("nobody in sight has enough choice");
}

/** Picks somebody up with the button and chooses a mentor with another. */
export async function place(page, mentee, mentor) {
  const found = await bring(page, "mentees", `[data-mentee="${mentee}"]`);
  await found.getByRole("button", { name: "Pick up" }).click();
  const row = await bring(page, "mentors", `[data-mentor="${mentor}"]`);
  await row.locator(".mentor-row__here").click();
}

/** Presses a card and carries it to a mentor; lets go unless told to stay. `near` is an occupant. */
export async function drag(page, mentee, mentor, { near, letGo = true, from = "mentees" } = {}) {
  await bring(page, "mentors", `[data-mentor="${mentor}"]`);
  const found = await bring(page, from, `[data-mentee="${mentee}"]`);
  if (from === "mentors") await bring(page, "mentors", `[data-mentor="${mentor}"]`);
  const start = await found.boundingBox();
  await page.mouse.move(start.x + start.width / 2, start.y + 12);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 12, start.y + 20, { steps: 3 });
  await page.locator("[data-verdict]").first().waitFor();
  const target = near ? `[data-mentee="${near}"]` : "";
  const end = await page.locator(`[data-mentor="${mentor}"] ${target}`).last().boundingBox();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 5 });
  await page.locator(`[data-mentor="${mentor}"][data-over]`).waitFor();
  if (letGo) await page.mouse.up();
}

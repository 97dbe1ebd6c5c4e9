// Four doors, equally wide: with the mouse, with a finger, by clicks without dragging, and with keys
// alone, the same is done on the board, the same is said, and the keyboard is where it belongs.
// And what may go wrong while something is carried: nothing is changed by accident.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import * as board from "./board.mjs";
import * as support from "./support.mjs";

let server;
let browser;
/** Two mentees and two mentors with one place each, all four pairs allowed without a warning. */
let four;
/** A page of another member, to send commands from. */
let other;

before(async () => {
  server = await support.Server.start({ seed: ["--demo"] });
  browser = await support.openBrowser();
  other = await support.openAs(browser, server, board.otherMember, "/robots.txt");
  four = await findFour(other);
});

// Whatever became of the test before, the four are as they were.
beforeEach(async () => {
  const { placements } = await readBoard(other);
  for (const [mentee, { mentor, locked }] of placements) {
    if (mentee !== four.a.id && mentee !== four.b.id) continue;
    const seen = { mentee, mentor };
    if (locked) await sendCommand(other, { kind: "unlock", mentee }, [{ ...seen, locked }]);
    await sendCommand(other, { kind: "unpair", mentee }, [{ ...seen, locked: false }]);
  }
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs in the page: sends a command, as any client would. */
async function sendCommand(page, command, expect) {
  return page.evaluate(
    async ([command, expect]) => {
      const read = async (address) => (await fetch(address)).json();
      const cohort = await read("/api/cohorts/2018-2019");
      const [scenario] = await read(`/api/cohorts/${cohort.id}/scenarios`);
      const body = JSON.stringify({ id: crypto.randomUUID(), command, expect });
      const headers = { "Content-Type": "application/json" };
      const path = `/api/scenarios/${scenario.id}/commands`;
      return (await fetch(path, { method: "POST", headers, body })).status;
    },
    [command, expect],
  );
}

async function readBoard(page) {
  const cohort = await support.ask(page, "GET", "/api/cohorts/2018-2019");
  const [scenario] = await support.ask(page, "GET", `/api/cohorts/${cohort.id}/scenarios`);
  return support.ask(page, "GET", `/api/scenarios/${scenario.id}/board`);
}

async function findFour(page) {
  const view = await readBoard(page);
  const placed = new Set(view.placements.flatMap(([mentee, { mentor }]) => [mentee, mentor]));
  const byName = (one, two) => one.name.localeCompare(two.name, "en");
  const of = (role) =>
    view.candidates.filter((one) => one.role === role && !placed.has(one.id)).toSorted(byName);
  const mentors = of("mentor").filter((one) => one.side.mentor.capacity === 1);
  const suits = async (mentee, mentor) => {
    const command = { kind: "pair", mentee: mentee.id, mentor: mentor.id };
    const status = await sendCommand(page, command, [
      { mentee: mentee.id, mentor: null, locked: false },
    ]);
    if (status !== 200) return false;
    await sendCommand(page, { kind: "unpair", mentee: mentee.id }, [
      { mentee: mentee.id, mentor: mentor.id, locked: false },
    ]);
    return true;
  };
  const sets = [];
  for (const mentee of of("mentee").slice(0, 8)) {
    const fitting = [];
    for (const mentor of mentors.slice(0, 5)) {
      if (await suits(mentee, mentor)) fitting.push(mentor);
    }
    for (const [other, theirs] of sets) {
      const both = fitting.filter((mentor) => theirs.includes(mentor));
      if (both.length >= 2) return { a: other, b: mentee, m: both[0], n: both[1] };
    }
    sets.push([mentee, fitting]);
  }
  throw new Error("no four people who all suit one another");
}

const own = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const heard = (page, what) => board.heard(page, new RegExp(what));

/** Waits until the keyboard is on somebody's card. */
const focused = (page, { id }) =>
  page.waitForFunction((id) => document.activeElement?.dataset.card === id, id);

const cardIn = (page, pane, { reference }) =>
  board.bring(page, pane, `[data-mentee="${reference}"]`);

/** The board with everything the four need in sight: a line a card, by name. */
const openBoard = (door) =>
  board.open(browser, server, board.member, { ...door.options, query: "?sort=name&view=compact" });

/** Opens the menu of a card and chooses from it, as a door presses things. */
async function fromMenu(door, page, pane, who, item) {
  const card = await cardIn(page, pane, who);
  await door.press(card.getByRole("button", { name: /^Actions for / }));
  await door.press(page.getByRole("menuitem", { name: item, exact: true }));
}

/** Carries a card with a pointer: `pointer` goes down, moves and goes up. */
async function carry(page, pointer, { who, from, to, near }) {
  await board.bring(page, "mentors", `[data-mentor="${to.reference}"]`);
  const card = await cardIn(page, from, who);
  const start = await card.boundingBox();
  await pointer.lift(start.x + 60, start.y + 10);
  await page.locator("[data-verdict]").first().waitFor();
  const target = near ? `[data-mentee="${near.reference}"]` : "";
  const row = page.locator(`[data-mentor="${to.reference}"] ${target}`).last();
  const end = await row.boundingBox();
  await pointer.move(end.x + end.width / 2, end.y + end.height / 2);
  await page.locator(`[data-mentor="${to.reference}"][data-over]`).waitFor();
  await pointer.drop();
}

async function carryBack(page, pointer, who) {
  const card = await cardIn(page, "mentors", who);
  const start = await card.boundingBox();
  await pointer.lift(start.x + 60, start.y + 10);
  await page.getByText("Let go here to unpair").waitFor();
  const pool = await page.locator("[data-pane=mentees] .pane__list").boundingBox();
  await pointer.move(pool.x + pool.width / 2, pool.y + pool.height / 2);
  await page.locator("[data-pane=mentees][data-over]").waitFor();
  await pointer.drop();
}

const mouseOf = (page) => ({
  async lift(x, y) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 12, y + 6, { steps: 2 });
  },
  move: (x, y) => page.mouse.move(x, y, { steps: 4 }),
  drop: () => page.mouse.up(),
});

async function fingerOf(page) {
  const line = await page.context().newCDPSession(page);
  const send = (type, ...points) =>
    line.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  let at;
  return {
    // A finger that rests lifts; whoever waits for the lift waits for the rest.
    lift: (x, y) => send("touchStart", (at = [x, y])),
    async move(x, y) {
      await send("touchMove", [x - 20, y - 10]);
      await send("touchMove", (at = [x, y]));
    },
    second: (x, y) => send("touchStart", at, [x, y]),
    drop: () => send("touchEnd"),
  };
}

/** Chooses somebody from the list that is open, by typing. */
async function choose(page, name) {
  await page.waitForFunction(() => document.activeElement?.role === "combobox");
  await page.keyboard.type(name);
  await page
    .getByRole("option", { name: new RegExp(own(name)) })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
}

/** A card has the keyboard, reached as keys reach it: the pane's stop, then from card to card. */
async function toCard(page, pane, who) {
  const card = await cardIn(page, pane, who);
  await card.focus();
}

const drags = {
  pair: (page, pointer, who, to) => carry(page, pointer, { who, from: "mentees", to }),
  replace: (page, pointer, who, to, near) =>
    carry(page, pointer, { who, from: "mentees", to, near }),
  swap: (page, pointer, who, to, near) => carry(page, pointer, { who, from: "mentors", to, near }),
  unpair: carryBack,
};

const doors = {
  mouse: {
    press: (locator) => locator.click(),
    pointer: async (page) => mouseOf(page),
    ...drags,
    undo: (page) => page.getByRole("button", { name: "Undo", exact: true }).click(),
  },
  touch: {
    options: { hasTouch: true },
    press: (locator) => locator.tap(),
    pointer: fingerOf,
    ...drags,
    undo: (page) => page.getByRole("button", { name: "Undo", exact: true }).tap(),
  },
  clicks: {
    press: (locator) => locator.click(),
    pair: (page, _, who, to) => board.place(page, who.reference, to.reference),
    replace: (page, _, who, to) => board.place(page, who.reference, to.reference),
    async swap(page, _, who, to, near) {
      await fromMenu(this, page, "mentors", who, "Swap with …");
      await page.getByRole("option", { name: new RegExp(`^${own(near.name)}`) }).click();
    },
    unpair(page, _, who) {
      return fromMenu(this, page, "mentors", who, "Unpair");
    },
    undo: (page) => page.getByRole("button", { name: "Undo", exact: true }).click(),
  },
  keys: {
    async press(locator) {
      await locator.focus();
      await locator.press("Enter");
    },
    async pair(page, _, who, to) {
      await toCard(page, "mentees", who);
      await page.keyboard.press("m");
      await choose(page, to.name);
    },
    replace(...words) {
      return this.pair(...words);
    },
    async swap(page, _, who, to) {
      await toCard(page, "mentors", who);
      await page.keyboard.press("m");
      await choose(page, to.name);
    },
    async unpair(page, _, who) {
      await toCard(page, "mentors", who);
      await page.keyboard.press("u");
    },
    async lock(page, who) {
      await toCard(page, "mentors", who);
      await page.keyboard.press("l");
    },
    undo: (page) => page.keyboard.press("Control+z"),
  },
};

for (const [name, door] of Object.entries(doors)) {
  test(`by ${name}: pair, swap, undo, unpair, replace, lock, unlock`, async () => {
    const { a, b, m, n } = four;
    const page = await openBoard(door);
    const pointer = await door.pointer?.(page);
    const lock = async (item) => {
      if (door.lock) await door.lock(page, b);
      else await fromMenu(door, page, "mentors", b, item);
    };

    await door.pair(page, pointer, a, m);
    await heard(
      page,
      `^${own(a.name)} paired with ${own(m.name)}, score \\d+\\. \\d+ mentees left`,
    );
    await page.waitForFunction(
      (id) => {
        const { card } = document.activeElement?.dataset ?? {};
        return card && card !== id && document.activeElement.matches("[data-pane=mentees] *");
      },
      a.id,
      { message: "the next in the queue has the keyboard" },
    );
    await door.pair(page, pointer, b, n);
    await heard(page, `^${own(b.name)} paired with ${own(n.name)}`);

    await door.swap(page, pointer, a, n, b);
    await heard(
      page,
      `^Swapped: ${own(a.name)} with ${own(n.name)}, ${own(b.name)} with ${own(m.name)}\\.`,
    );
    await focused(page, a);
    await door.undo(page);
    await heard(page, `^Undone: .*${own(a.name)} is with ${own(m.name)}`);
    await board.paired(page, b.reference, n.reference);

    await door.unpair(page, pointer, b);
    await heard(page, `^${own(b.name)} is no longer with ${own(n.name)}`);
    await focused(page, b);

    await door.replace(page, pointer, b, m, a);
    await heard(page, `^${own(b.name)} paired with .*${own(a.name)} is now unpaired\\.`);
    await board.paired(page, b.reference, m.reference);

    await lock("Lock");
    await heard(page, `^Pair locked\\. ${own(b.name)} and ${own(m.name)}\\.`);
    await focused(page, b);
    await lock("Unlock");
    await heard(page, `^Pair unlocked\\. ${own(b.name)} and ${own(m.name)}\\.`);
    await door.unpair(page, pointer, b);
    await heard(page, `^${own(b.name)} is no longer with ${own(m.name)}`);
    await board.saved(page);
    support.assertNoMistakes(page);
    await page.context().close();
  });

  test(`by ${name}: suggest, compare, adopt, undo`, async () => {
    const page = await openBoard(door);
    const before = await page.locator(".status-line__numbers").textContent();
    const suggest = page.getByRole("button", { name: "Suggest", exact: true });
    await door.press(suggest);
    const dialog = page.getByRole("dialog", { name: "Suggest pairs" });
    await heard(page, "^Plan ready: \\d+ of \\d+ paired, .* Nothing applied yet\\.");
    assert.ok(await dialog.evaluate((dialog) => dialog.contains(document.activeElement)));
    const total = dialog.getByRole("button", { name: "Best total" });
    await door.press(total);
    assert.equal(await total.getAttribute("aria-pressed"), "true");
    await door.press(dialog.getByRole("button", { name: /^Adopt all \d+ changes$/ }));
    await dialog.waitFor({ state: "hidden" });
    await heard(page, "^Adopted \\d+ changes\\. ");
    await page.waitForFunction(() => document.activeElement?.textContent.includes("Suggest"));
    await door.undo(page);
    await heard(page, "^Undone: \\d+ mentees\\.");
    await board.saved(page);
    assert.equal(await page.locator(".status-line__numbers").textContent(), before);
    support.assertNoMistakes(page);
    await page.context().close();
  });
}

/** A card is carried with the pointer of a door, and is over a mentor. */
async function midway(page, pointer, { a, m }) {
  await board.bring(page, "mentors", `[data-mentor="${m.reference}"]`);
  const card = await cardIn(page, "mentees", a);
  const start = await card.boundingBox();
  await pointer.lift(start.x + 60, start.y + 10);
  await page.locator("[data-verdict]").first().waitFor();
  const end = await board.row(page, m.reference).boundingBox();
  await pointer.move(end.x + end.width / 2, end.y + end.height / 2);
  await page.locator(`[data-mentor="${m.reference}"][data-over]`).waitFor();
}

const mishaps = {
  Escape: ["mouse", (page) => page.keyboard.press("Escape")],
  "a window that loses the focus": [
    "mouse",
    (page) => page.evaluate(() => window.dispatchEvent(new Event("blur"))),
  ],
  "another button": ["mouse", (page) => page.mouse.down({ button: "right" })],
  "a second finger": ["touch", (_, finger) => finger.second(300, 300)],
};

for (const [what, [name, happen]] of Object.entries(mishaps)) {
  test(`${what} ends a drag, and letting go then changes nothing`, async () => {
    const door = doors[name];
    const page = await openBoard(door);
    const pointer = await door.pointer(page);
    await midway(page, pointer, four);
    await happen(page, pointer);
    await page.locator("[data-verdict]").first().waitFor({ state: "detached" });
    await heard(page, `^Cancelled\\. ${own(four.a.name)} stays unpaired\\.`);
    await pointer.drop();
    await focused(page, four.a);
    const { m, a } = four;
    const there = `[data-mentor="${m.reference}"] [data-mentee="${a.reference}"]`;
    assert.equal(await page.locator(there).count(), 0);
    support.assertNoMistakes(page);
    await page.context().close();
  });
}

test("a card that leaves its list under the pointer is carried on", async () => {
  const { a, m, n } = four;
  const page = await openBoard(doors.mouse);
  const pointer = mouseOf(page);
  await midway(page, pointer, four);
  const pool = page.locator(`[data-pane=mentees] [data-mentee="${a.reference}"]`);
  const command = { kind: "pair", mentee: a.id, mentor: n.id };
  const seen = { mentee: a.id, mentor: null, locked: false };
  assert.equal(await sendCommand(other, command, [seen]), 200);
  await pool.waitFor({ state: "detached" });
  await pointer.drop();
  await heard(page, `^${own(a.name)} moved from ${own(n.name)} to ${own(m.name)}, score \\d+`);
  await board.saved(page);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await heard(page, `^Undone: ${own(a.name)} is with ${own(n.name)}`);
  await board.saved(page);
  await page.context().close();
});

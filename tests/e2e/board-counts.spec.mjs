// What a board costs is counted where times would depend on the machine: rows that are mounted,
// styles written and layout read in a frame of a drag, sentences said for an act. The same for
// fifty people a side as for thousands.

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

/** Runs in the page: counts by frame what is written and read. */
function count() {
  const counts = { reads: 0, writes: 0, attributes: 0 };
  const frames = [];
  const requestFrame = window.requestAnimationFrame.bind(window);
  let asked = 0;
  window.requestAnimationFrame = (callback) => {
    asked += 1;
    return requestFrame(callback);
  };
  window.counts = {
    begin() {
      Object.assign(counts, { reads: 0, writes: 0, attributes: 0 });
      frames.length = 0;
      asked = 0;
      window.counts.isOn = true;
      const frame = () => {
        if (!window.counts.isOn) return;
        frames.push({ ...counts });
        Object.assign(counts, { reads: 0, writes: 0, attributes: 0 });
        requestFrame(frame);
      };
      requestFrame(frame);
    },
    /** How many frames the page has asked for since the beginning. */
    asked: () => asked,
    end() {
      window.counts.isOn = false;
      return [...frames, { ...counts }];
    },
  };
  const wrap = (owner, name, kind) => {
    const method = owner[name];
    owner[name] = function counted(...words) {
      counts[kind] += 1;
      return method.apply(this, words);
    };
  };
  const wrapGetter = (owner, name) => {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, {
      ...found,
      get() {
        counts.reads += 1;
        return found.get.call(this);
      },
    });
  };
  wrap(Element.prototype, "getBoundingClientRect", "reads");
  wrap(Document.prototype, "elementFromPoint", "reads");
  wrap(window, "getComputedStyle", "reads");
  for (const name of ["offsetTop", "offsetLeft", "offsetWidth", "offsetHeight"]) {
    wrapGetter(HTMLElement.prototype, name);
  }
  for (const name of ["scrollTop", "scrollHeight", "clientWidth", "clientHeight"]) {
    wrapGetter(Element.prototype, name);
  }
  wrap(CSSStyleDeclaration.prototype, "setProperty", "writes");
  wrap(Element.prototype, "setAttribute", "attributes");
  wrap(Element.prototype, "removeAttribute", "attributes");
}

/** Runs in the page: keeps what is said. */
function listen() {
  window.heard = [];
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = target.parentElement?.closest("[id^=announcer]") ?? target;
        const text = region.textContent?.trim();
        if (region.id?.startsWith("announcer") && text) window.heard.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

const mounted = (page, pane) => page.locator(`[data-pane=${pane}] .rows__row`).count();

for (const n of [50, 500, 5000]) {
  test(`a board of ${n} a side mounts few rows and a drag over it writes little`, async () => {
    // High enough that the middle of the lists is far from where they scroll under the pointer.
    const viewport = { width: 1280, height: 1400 };
    const options = { scripts: [count, listen], crowd: n, query: "?sort=name", viewport };
    const one = await board.open(browser, server, board.chair, options);
    assert.ok((await board.listed(one)) >= n - 10);
    for (const pane of ["mentees", "mentors"]) {
      const rows = await mounted(one, pane);
      assert.ok(rows > 3 && rows <= 60, `${pane}: ${rows} rows`);
    }
    const elements = await one.evaluate(() => document.querySelectorAll("*").length);
    assert.ok(elements <= 1500, `${elements} elements`);

    const { mentee, free } = await board.somebody(one, { free: 1, screens: 1 });
    // One in the middle of what is seen: near an edge the list would scroll under the pointer.
    const mentor = await one.locator("[data-pane=mentors] .pane__list").evaluate((list, free) => {
      const middle = (element) => {
        const { top, height } = element.getBoundingClientRect();
        return top + height / 2;
      };
      const row = (mentor) => list.querySelector(`[data-mentor="${mentor}"]`);
      const away = (mentor) => Math.abs(middle(row(mentor)) - middle(list));
      return free
        .filter((mentor) => row(mentor))
        .toSorted((one, other) => away(one) - away(other))[0];
    }, free);
    await one.evaluate(() => {
      window.heard.length = 0;
    });
    await board.drag(one, mentee, mentor, { letGo: false });
    const start = await board.row(one, mentor).boundingBox();
    await one.evaluate(() => window.counts.begin());
    // Within one row nothing but the ghost moves.
    for (let step = 0; step < 20; step += 1) {
      await one.mouse.move(start.x + 40 + step * 2, start.y + 30);
    }
    const still = await one.evaluate(() => window.counts.end());
    // A move is reported when a frame begins and is followed in that frame, not in another.
    const asked = await one.evaluate(() => window.counts.asked());
    assert.ok(asked < 10, `${asked} frames asked for`);
    for (const frame of still) {
      assert.equal(frame.reads, 0, JSON.stringify(still));
      assert.ok(frame.writes <= 4 && frame.attributes <= 4, JSON.stringify(still));
    }
    await one.mouse.up();
    await board.paired(one, mentee, mentor);
    const heard = await one.evaluate(() => window.heard);
    const acts = heard.filter((text) => !/score \d+, \d+ .*free|place/.test(text));
    assert.equal(acts.filter((text) => text.startsWith("Picked up")).length, 1, heard.join("\n"));
    assert.equal(acts.filter((text) => text.includes("paired with")).length, 1, heard.join("\n"));

    // However far it is scrolled, few rows are mounted.
    await one.locator("[data-pane=mentors] .pane__list").evaluate((list) => {
      list.scrollTop = list.scrollHeight / 2;
    });
    await one.waitForFunction(
      () => document.querySelectorAll("[data-pane=mentors] .rows__row").length > 3,
    );
    assert.ok((await mounted(one, "mentors")) <= 60);
    await one.getByRole("button", { name: "Undo", exact: true }).click();
    await board.saved(one);
    support.assertNoMistakes(one);
    await one.context().close();
  });
}

test("a list of partners mounts as much as is looked at, and keys lead through all of it", async () => {
  const page = await board.open(browser, server, board.chair, { crowd: 500, query: "?sort=name" });
  await board.pool(page).first().focus();
  await page.keyboard.press("m");
  const field = page.getByRole("combobox", { name: "Name" });
  await field.waitFor();
  await page.waitForFunction(() => document.activeElement.id === "picker-input");
  const options = page.getByRole("listbox").getByRole("option");
  await options.first().waitFor();
  assert.ok((await options.count()) <= 60, `${await options.count()} options`);
  const present = () =>
    page.evaluate(() => {
      const list = document.querySelector("[role=listbox]").getBoundingClientRect();
      const option = document.querySelector("[role=option][aria-selected=true]");
      const { top, bottom } = option.getBoundingClientRect();
      return {
        nth: Number(option.ariaPosInSet),
        of: Number(option.ariaSetSize),
        isSeen: top >= list.top - 1 && bottom <= list.bottom + 1,
      };
    });
  for (let nth = 1; nth <= 20; nth += 1) await page.keyboard.press("PageDown");
  await support.until(
    page,
    () => document.querySelector("[role=option][aria-selected=true][aria-posinset='121']") !== null,
  );
  const { nth, of, isSeen } = await present();
  assert.deepEqual([nth, isSeen], [121, true]);
  assert.ok(of >= 490, `${of} in all`);
  // The wheel leads on, too.
  const before = await options.count();
  await page.getByRole("listbox").evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await support.until(
    page,
    (before) => document.querySelectorAll("[role=option]").length > before,
    before,
  );
  // Typing begins at the top again.
  await field.fill("zz");
  await support.until(page, () => document.querySelectorAll("[role=option]").length === 60);
  support.assertNoMistakes(page);
  await page.context().close();
});

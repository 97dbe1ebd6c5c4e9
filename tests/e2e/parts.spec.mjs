// The app comes in parts: everybody loads the first, each area brings its own. Needs a release build.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.mjs";

const member = "Subcommittee: ";
const committee = "/committee/2018-2019";

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

/** The parts whose files a page has asked for, by the names of the files. */
function partsOf(page) {
  const parts = [];
  page.on("request", (request) => {
    const [, part] = request.url().match(/\/([a-z]+)-[0-9a-f]+(?:_bg)?\.wasm$/) ?? [];
    if (part && !parts.includes(part)) parts.push(part);
  });
  return parts;
}

test("a visitor loads the first part and no other", async () => {
  const page = await support.newPage(browser, server);
  const parts = partsOf(page);
  await support.visit(page, "/");
  assert.deepEqual(parts, ["tandem"]);
  await page.context().close();
});

test("an address brings its part along, once, and nothing moves when it comes", async () => {
  const page = await support.newPage(browser, server);
  await page.goto("/robots.txt");
  const { accounts } = await support.ask(page, "GET", "/api/demo");
  const { person } = accounts.find((account) => account.part.startsWith(member));
  await support.ask(page, "POST", "/api/demo/sign-in", { person });
  page.mistakes.length = 0;
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await support.visit(page, `${committee}/board`);
  const wasm = asked.filter((path) => path.endsWith(".wasm"));
  assert.ok(
    wasm.some((path) => path.startsWith("/board-")),
    wasm.join(),
  );
  assert.ok(!wasm.some((path) => path.startsWith("/apply-")), wasm.join());
  assert.equal(new Set(wasm).size, wasm.length, `loaded twice: ${wasm}`);
  await support.assertStill(page);
  support.assertNoMistakes(page);
  await page.context().close();
});

test("links, back, forward, reload and a second tab lead across the parts", async () => {
  const page = await support.openAs(browser, server, member, "/");
  await support.settled(page);
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Committee" })
    .click();
  const ways = page.getByRole("navigation", { name: "This cohort" });
  const heading = page.getByRole("heading", { level: 1 }).first();
  const overview = await heading.textContent();
  await ways.getByRole("link", { name: "Timeline" }).click();
  await page.getByRole("heading", { level: 1, name: "Timeline" }).waitFor();
  await ways.getByRole("link", { name: "Board" }).click();
  await page.locator("[data-pane=mentees]").first().waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Timeline" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: overview }).waitFor();
  await page.goForward();
  await page.getByRole("heading", { level: 1, name: "Timeline" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Timeline" }).waitFor();
  const tab = await page.context().newPage();
  await tab.goto(`${committee}/applications`);
  await support.settled(tab);
  assert.match(await tab.title(), /Applications/);
  support.assertNoMistakes(page);
  await page.context().close();
});

test("a part that does not come leaves a way on, and comes at the next try", async () => {
  const page = await support.openAs(browser, server, member, "/");
  await support.settled(page);
  await page.route("**/timeline-*.wasm", (route) => route.abort());
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Committee" })
    .click();
  const ways = page.getByRole("navigation", { name: "This cohort" });
  await ways.getByRole("link", { name: "Timeline" }).click();
  await page.getByRole("heading", { name: "This part did not load" }).waitFor();
  await support.assertAccessible(page);
  await support.assertFits(page);
  await support.takePicture(page, "part-missing");
  // The rest of the app still works.
  await ways.getByRole("link", { name: "Overview" }).click();
  await page
    .getByRole("heading", { name: "This part did not load" })
    .waitFor({ state: "detached" });
  await ways.getByRole("link", { name: "Timeline" }).click();
  const retry = page.getByRole("button", { name: "Try again" });
  await retry.click();
  await retry.waitFor();
  await page.unroute("**/timeline-*.wasm");
  await retry.click();
  await page.getByRole("heading", { level: 1, name: "Timeline" }).waitFor();
  await page.context().close();
});

// The page as such, on a server with nothing in it: it starts, is safe, and says something when the
// app cannot start.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.mjs";

let server;
let browser;

before(async () => {
  server = await support.Server.start();
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the app starts and is a good screen in the ${colorScheme} theme`, async () => {
    const page = await support.newPage(browser, server, { colorScheme });
    await page.goto("/");
    await support.waitForApp(page);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await support.assertStill(page);
    await support.assertGoodScreen(page);
    await support.takePicture(page, `empty-home-${colorScheme}`);
    await page.context().close();
  });
}

test("without the wasm the page stays and offers to try again", async () => {
  const page = await support.newPage(browser, server);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/");
  const retry = page.getByRole("link", { name: "Try again" });
  await retry.waitFor();
  await support.assertAccessible(page);
  await support.assertFits(page);
  await page.unroute("**/*.wasm");
  await retry.click();
  await support.waitForApp(page);
  await page.context().close();
});

/** Runs in the page: a program of the least size breaks off, as one does that panics. */
function breakOff() {
  const head = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0];
  const tail = [7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const program = new WebAssembly.Module(new Uint8Array([...head, ...tail]));
  setTimeout(new WebAssembly.Instance(program).exports.f);
}

test("an app that breaks off says so and offers to load the page again", async () => {
  const page = await support.newPage(browser, server);
  page.expects = /unreachable/;
  await page.goto("/");
  await support.waitForApp(page);
  const again = page.getByRole("link", { name: "Load the page again" });
  assert.equal(await again.count(), 0);
  await page.evaluate(breakOff);
  await page.getByRole("alert").filter({ hasText: "This page has stopped" }).waitFor();
  await support.assertAccessible(page);
  await support.assertFits(page);
  await again.focus();
  await page.keyboard.press("Enter");
  await again.waitFor({ state: "hidden" });
  await support.waitForApp(page);
  support.assertNoMistakes(page);
  await page.context().close();
});

test("the policy of the page allows no inline script, no inline style and no eval", async () => {
  const response = await fetch(`${server.url}/`);
  const policy = response.headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /'unsafe-inline'|'unsafe-eval'/);
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  const page = await response.text();
  assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)/, "an inline script would need its hash");
});

test("files whose name changes with their content are compressed and kept for ever", async () => {
  const page = await (await fetch(`${server.url}/`)).text();
  const [wasm] = page.match(/\/tandem-[0-9a-f]+_bg\.wasm/);
  const response = await fetch(server.url + wasm, { headers: { "accept-encoding": "br" } });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/wasm");
  assert.equal(response.headers.get("content-encoding"), "br");
  assert.match(response.headers.get("cache-control"), /immutable/);
  await response.arrayBuffer();
});

test("the page itself is asked for anew at each visit", async () => {
  const response = await fetch(`${server.url}/`);
  assert.match(response.headers.get("cache-control"), /no-cache|no-store/);
});

test("a killed server comes back on the same data and the same address", async () => {
  const page = await support.newPage(browser, server);
  await page.goto("/");
  await support.waitForApp(page);
  await server.kill();
  await assert.rejects(fetch(`${server.url}/api/health`));
  await server.restart();
  assert.ok((await fetch(`${server.url}/api/health`)).ok);
  await page.reload();
  await support.waitForApp(page);
  await page.context().close();
});

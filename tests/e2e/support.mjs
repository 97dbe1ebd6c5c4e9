// What the browser tests share: a server of their own, Chromium, and the checks that every screen
// has to pass. `cargo xtask test` says where the server, the built app and Chromium are.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const program = process.env.TANDEM_SERVER ?? join(root, "target/debug/tandem-server");
const web = process.env.TANDEM_WEB ?? join(root, "dist");
const browserFile = process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium";
const postgres = process.env.TANDEM_POSTGRES_URL;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The widths every screen is checked at. */
export const widths = [360, 768, 1280, 1920];

/** How long a server may take until it listens. */
const startTimeout = 60_000;

/** How long it may take to end what it is doing. */
const stopTimeout = 20_000;

const running = new Set();
process.on("exit", () => {
  for (const server of running) server.abandon();
});

/** A server with its own data, on its own port. */
export class Server {
  #child;
  #folder;
  #options;
  #output = [];

  /**
   * Starts a server on new, empty data: in a folder of its own, or in a database of its own when
   * the tests run on PostgreSQL. `seed` is what to fill it with first, for example ["--demo"];
   * `options` are those of serving: the usual ones let all the people of a test sign in at once.
   */
  static async start({ seed, options = ["--relaxed-limits"] } = {}) {
    const server = new Server();
    server.#folder = await mkdtemp(join(tmpdir(), "tandem-e2e-"));
    server.#options = options;
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    if (postgres) server.databaseUrl = await makeDatabase();
    running.add(server);
    if (seed) await server.command("seed", ...seed);
    await server.#serve();
    return server;
  }

  /** Where the data is, in the words of the command line. */
  get #data() {
    const database = this.databaseUrl ? ["--database-url", this.databaseUrl] : [];
    return ["--data", this.#folder, ...database];
  }

  /** Runs a subcommand on this server's data and returns what it prints. */
  async command(name, ...words) {
    const { stdout } = await promisify(execFile)(program, [name, ...this.#data, ...words]);
    return stdout;
  }

  async #serve() {
    const words = ["serve", "--bind", `127.0.0.1:${this.port}`, "--public-url", this.url];
    const child = spawn(program, [...words, "--web", web, ...this.#data, ...this.#options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    child.on("error", () => {});
    const listening = new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`the server ${why}:\n${this.output}`));
      const timer = setTimeout(() => fail("does not listen"), startTimeout);
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          this.#output.push(line);
          if (!line.includes(`listening on ${this.url}`)) return;
          clearTimeout(timer);
          resolve();
        });
      }
      child.once("error", fail);
      child.once("close", () => {
        clearTimeout(timer);
        fail("has ended");
      });
    });
    await listening;
  }

  /** Everything the server has printed, for messages and for reading mails of the terminal. */
  get output() {
    return this.#output.join("\n");
  }

  /** Ends the server as a power cut would: at once, without a last word. */
  async kill() {
    await this.#end("SIGKILL");
  }

  /** Starts it again on the same data and the same address. */
  async restart() {
    await this.#serve();
  }

  /** Asks the server to end, and deletes its data. */
  async stop() {
    try {
      await this.#end("SIGTERM");
    } finally {
      running.delete(this);
      this.#deleteData();
    }
  }

  async #end(signal) {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeout);
    const [, by] = await closed;
    clearTimeout(timer);
    if (signal !== "SIGKILL" && by === "SIGKILL") {
      throw new Error(`the server did not end by itself:\n${this.output}`);
    }
  }

  /** Leaves nothing behind when a test ends early. */
  abandon() {
    this.#child?.kill("SIGKILL");
    this.#deleteData();
  }

  #deleteData() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address();
  listener.close();
  await once(listener, "close");
  return port;
}

let databases = 0;

async function makeDatabase() {
  databases += 1;
  const name = `tandem_e2e_${process.pid}_${databases}`;
  await promisify(execFile)("psql", [postgres, "-q", "-c", `CREATE DATABASE ${name}`]);
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  return url.href;
}

/** Chromium without a window. Each person in a test has a context of their own in it. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: browserFile,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A page of a person who has not been here before. `page.mistakes` collects what the browser
 * complains about: errors of scripts, breaches of the page's policy, failed requests. A test that
 * wants to be refused says so beforehand in `page.expects`, a pattern.
 */
export async function newPage(browser, server, options = {}) {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  await context.addInitScript(recordLayoutShift);
  const page = await context.newPage();
  page.mistakes = [];
  page.on("pageerror", (error) => page.mistakes.push(`${error}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    const path = url.startsWith(server.url) ? url.slice(server.url.length) : url;
    page.mistakes.push(path ? `${path}: ${message.text()}` : message.text());
  });
  return page;
}

/** Runs in the page: adds up what moved without anybody having touched it. */
function recordLayoutShift() {
  window.layoutShift = { score: 0, moved: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      window.layoutShift.score += entry.value;
      for (const { node } of entry.sources) {
        window.layoutShift.moved.push(node?.className || node?.nodeName);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Waits until the app has taken the place of the page that the server sent. */
export async function waitForApp(page) {
  await page.locator(".static-page").waitFor({ state: "detached" });
}

/** Waits until the app is there, and its screen has a heading and waits for nothing any more. */
export async function settled(page) {
  await waitForApp(page);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
}

/**
 * Asks something of the page until the answer is yes. Playwright's `waitForFunction` takes a promise
 * for a yes, so what has to wait itself is asked here; it asks at its own pace.
 */
export async function until(page, question, argument, within = 60_000) {
  const end = Date.now() + within;
  while (!(await page.evaluate(question, argument))) {
    assert.ok(Date.now() < end, `not within ${within} ms: ${JSON.stringify(argument)}`);
  }
}

/** Goes to a screen and waits until all of it is there. */
export async function visit(page, address) {
  await page.goto(address);
  await settled(page);
  await page.waitForLoadState("networkidle");
}

/** Asks the API as the page's own code would. */
export async function ask(page, method, path, body, headers = {}) {
  const answer = await page.evaluate(
    async ([method, path, body, headers]) => {
      const type = { "Content-Type": "application/json" };
      const text = body === undefined ? undefined : JSON.stringify(body);
      const response = await fetch(path, { method, headers: { ...type, ...headers }, body: text });
      return { status: response.status, body: await response.json().catch(() => null) };
    },
    [method, path, body, headers],
  );
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer)}`);
  return answer.body;
}

/**
 * A page of an account of the demonstration, at an address; `part` is how its part begins there.
 * The click that signs in has a test of its own.
 */
export async function openAs(browser, server, part, address, options) {
  const page = await newPage(browser, server, options);
  // Any file of the server will do to ask it from.
  await page.goto("/robots.txt");
  const { accounts } = await ask(page, "GET", "/api/demo");
  const { person } = accounts.find((account) => account.part.startsWith(part));
  await ask(page, "POST", "/api/demo/sign-in", { person });
  page.mistakes.length = 0;
  await page.goto(address);
  return page;
}

/** The code in the newest mail to an address, as everybody may read it in a demonstration. */
export async function demoCode(page, address) {
  const mails = await ask(page, "GET", "/api/demo/mail");
  const { body } = mails.find(({ row }) => row.to === address);
  return codeIn(body);
}

/** The code that a mail holds. */
export function codeIn(text) {
  return text.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
}

/** Fails if more moved by itself than a reader would forgive. */
export async function assertStill(page, limit = 0.02) {
  const { score, moved } = await page.evaluate(() => window.layoutShift);
  assert.ok(score <= limit, `layout shift ${score} of ${[...new Set(moved)].join(", ")}`);
}

/** Fails if axe finds anything on the page as it is. */
export async function assertAccessible(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const findings = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const options = { runOnly: tags, resultTypes: ["violations"], iframes: false };
    const { violations } = await window.axe.run(document, options);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")} (${node.failureSummary})`),
    );
  });
  assert.deepEqual(findings, []);
}

/** Fails if, at any of the widths, the page scrolls sideways or cuts off text. */
export async function assertFits(page, at = widths) {
  const before = page.viewportSize();
  for (const width of at) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await page.evaluate(findOverflow), [], `at ${width} px`);
  }
  await page.setViewportSize(before);
}

/** Runs in the page: what stands outside the page or is cut off. */
function findOverflow() {
  const found = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) {
    found.push(`the page is ${page.scrollWidth} px wide in ${page.clientWidth}`);
  }
  const name = (element) => {
    const { localName, className } = element;
    return typeof className === "string" && className ? `${localName}.${className}` : localName;
  };
  const scrolls = (element) => {
    // The page itself always can, and must not need to.
    for (let at = element; at !== page; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      if (overflowX === "auto" || overflowX === "scroll") return true;
    }
    return false;
  };
  for (const select of document.querySelectorAll("select")) {
    const [own, around] = [select, select.parentElement].map((one) => one.getBoundingClientRect());
    if (own.width > around.width + 1) found.push(`${name(select)} is wider than its frame`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const box = element.getBoundingClientRect();
    // One pixel and less: there for screen readers only.
    if (!text || box.width <= 1 || box.height <= 1 || !element.checkVisibility()) continue;
    if (scrolls(element)) continue;
    if (box.right > page.clientWidth + 1 || box.left < -1) {
      found.push(`${name(element)} leaves the page: "${element.textContent.trim().slice(0, 40)}"`);
    }
    const { overflowX, overflowY, fontSize } = getComputedStyle(element);
    // Letters may reach a little beyond a tight line; a cut line is missing as a whole.
    const reach = Number.parseFloat(fontSize) / 3;
    const isCut =
      (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) ||
      (overflowY !== "visible" && element.scrollHeight > element.clientHeight + reach);
    if (isCut && !["TEXTAREA", "INPUT", "SELECT"].includes(element.tagName)) {
      found.push(`${name(element)} cuts off "${element.textContent.trim().slice(0, 40)}"`);
    }
  }
  return found;
}

/** Fails if the browser complained about anything since the page was opened. */
export function assertNoMistakes(page) {
  const { expects } = page;
  assert.deepEqual(expects ? page.mistakes.filter((it) => !expects.test(it)) : page.mistakes, []);
}

/** Fails if the tab does not say which screen this is. */
export async function assertTitled(page) {
  // The title follows the heading as soon as the browser comes to it.
  await page
    .waitForFunction(() => {
      const heading = document.querySelector("main h1")?.textContent.trim();
      const isStatic = document.querySelector(".static-page");
      return isStatic || heading === "Tandem" || document.title !== "Tandem";
    })
    .catch(() => {});
  const title = await page.title();
  const heading = (await page.locator("main h1").first().textContent()).trim();
  // Before the app is there the page has the name of the site.
  const isStatic = (await page.locator(".static-page").count()) > 0;
  if (isStatic || heading === "Tandem") return assert.equal(title, "Tandem");
  const [, screen] = title.match(/^(?:Error: )?(.+) – Tandem$/) ?? [];
  assert.ok(screen, `the title "${title}" of "${heading}"`);
  const [first] = screen.split(" – ");
  const says = heading.startsWith(first) || first.startsWith(heading);
  assert.ok(says, `the title "${title}" belongs to another screen than "${heading}"`);
}

/**
 * Everything a screen has to pass, whatever is on it. axe looks at the two far corners: light on
 * a laptop, dark on a phone; with `show` at the top of the window, if something is named.
 */
export async function assertGoodScreen(page, { show } = {}) {
  await assertTitled(page);
  await assertFits(page);
  const before = page.viewportSize();
  const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await page.emulateMedia({ colorScheme: "light" });
  await show?.evaluate((element) => element.scrollIntoView());
  await assertAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: widths[0], height: 740 });
  await show?.evaluate((element) => element.scrollIntoView());
  await assertAccessible(page);
  await page.emulateMedia({ colorScheme: isDark ? "dark" : "light" });
  await page.setViewportSize(before);
  assertNoMistakes(page);
}

/** Keeps a picture in tests/e2e/results, to be looked at by a person. */
export async function takePicture(page, name) {
  const folder = join(here, "results");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

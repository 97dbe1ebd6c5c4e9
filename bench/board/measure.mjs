// What a drag of one card costs, on Tandem's board and on the peer pages, in one run.
//
//   node measure.mjs [--only PART] [--sizes 100,1000,5000] [--rates 1,4] [--repeats 5]
//
// It needs the peers (`npm ci && npm run build`), a server built with `--release` and the built app;
// TANDEM_SERVER, TANDEM_WEB and TANDEM_CHROMIUM say where they are if not in their usual place.
//
// CPU is that of the main thread of the page's process (Performance.getMetrics in the domain of
// thread ticks): it does not count waiting for a core, so it can be compared on a busy machine.

import { spawn, execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const program = process.env.TANDEM_SERVER ?? join(root, "target/release/tandem-server");
const web = process.env.TANDEM_WEB ?? join(root, "dist");
const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    sizes: { type: "string", default: "100,1000,5000" },
    rates: { type: "string", default: "1,4" },
    repeats: { type: "string", default: "5" },
  },
});
const list = (text) => text.split(",").map(Number);

const moves = 60;
const frame = 1000 / 60;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const peers = [
  { name: "dnd-kit", page: "dndkit", most: 1000 },
  { name: "dnd-kit, virtual", page: "dndkit", virtual: true },
  { name: "pragmatic", page: "pragmatic" },
  { name: "pragmatic, virtual", page: "pragmatic", virtual: true },
  { name: "SortableJS", page: "sortable", most: 1000 },
];

/** The peer pages on a port of their own. */
async function servePeers() {
  const kinds = { html: "text/html", js: "text/javascript", css: "text/css" };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    try {
      const content = await readFile(join(here, "dist", name));
      response.setHeader("Content-Type", kinds[name.split(".").pop()] ?? "text/plain");
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** Tandem with so many mentees and mentors. */
async function serveTandem(n) {
  const data = await mkdtemp(join(tmpdir(), "tandem-bench-"));
  const people = ["--mentees", `${n}`, "--mentors", `${n}`];
  const seed = ["seed", "--demo", "--day", "mar-20", ...people, "--data", data];
  await promisify(execFile)(program, seed, { maxBuffer: 1 << 24 });
  const words = ["serve", "--bind", "127.0.0.1:0", "--web", web, "--data", data];
  const child = spawn(program, [...words, "--relaxed-limits"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, found] = line.match(/listening on (http:\S+)/) ?? [];
      if (found) resolve(found);
    });
  });
  return {
    address,
    async stop() {
      child.kill();
      await once(child, "close");
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Runs in the page: the times of frames, and when something is painted after a release. */
function record() {
  const times = [];
  const note = (now) => {
    times.push(now);
    requestAnimationFrame(note);
  };
  window.bench = {
    begin() {
      times.length = 0;
      requestAnimationFrame(note);
    },
    gaps: () => times.slice(1).map((time, index) => time - times[index]),
    /** From the release to the end of the first frame in which the selector finds something. */
    painted: (selector) =>
      new Promise((done) => {
        let released;
        const look = () => {
          if (!document.querySelector(selector)) return requestAnimationFrame(look);
          // What is in the page when a frame begins is painted by it; then comes the message.
          const channel = new MessageChannel();
          channel.port1.onmessage = () => done(performance.now() - released);
          channel.port2.postMessage(0);
        };
        const release = ({ timeStamp }) => {
          if (released !== undefined) return;
          released = timeStamp;
          // Before the next frame what the handlers made is in the page already.
          queueMicrotask(() => requestAnimationFrame(look));
        };
        for (const type of ["pointerup", "drop"]) addEventListener(type, release, true);
      }),
  };
}

const ticks = async (session) => {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
};

/** A mouse over the protocol of the browser, also for the browser's own drag. */
class Mouse {
  constructor(session) {
    this.session = session;
    session.on("Input.dragIntercepted", ({ data }) => {
      this.caught = data;
    });
  }

  send(type, x, y, more = {}) {
    const event = { type, x, y, button: "none", buttons: 0, ...more };
    return this.session.send("Input.dispatchMouseEvent", event);
  }

  drag(type, x, y) {
    return this.session.send("Input.dispatchDragEvent", { type, x, y, data: this.caught });
  }

  async carry([fromX, fromY], [toX, toY]) {
    await this.session.send("Input.setInterceptDrags", { enabled: true });
    await this.send("mouseMoved", fromX, fromY);
    await this.send("mousePressed", fromX, fromY, { button: "left", buttons: 1, clickCount: 1 });
    let isNative = false;
    for (let step = 1; step <= moves; step += 1) {
      const started = performance.now();
      const x = fromX + ((toX - fromX) * step) / moves;
      const y = fromY + ((toY - fromY) * step) / moves;
      if (isNative) await this.drag("dragOver", x, y);
      else await this.send("mouseMoved", x, y, { button: "left", buttons: 1 });
      if (this.caught && !isNative) {
        isNative = true;
        await this.drag("dragEnter", x, y);
      }
      await pause(Math.max(0, frame - (performance.now() - started)));
    }
  }

  async release([x, y]) {
    if (this.caught) await this.drag("drop", x, y);
    else await this.send("mouseReleased", x, y, { button: "left", clickCount: 1 });
  }
}

/** One drag: what it cost. */
async function drag(browser, { url, signIn, pick }, rate) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    if (signIn) await signIn(page);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.addInitScript(record);
    if (rate > 1) await session.send("Emulation.setCPUThrottlingRate", { rate });
    const opened = performance.now();
    await page.goto(url);
    await page.locator("[data-pane=mentees] [data-mentee]").first().waitFor({ timeout: 120_000 });
    const ready = performance.now() - opened;
    await pause(600 * rate);
    const { mentee, mentor } = await page.evaluate(pick);
    const spot = async (selector, dx, dy) => {
      const box = await page.locator(selector).first().boundingBox();
      return [box.x + dx, box.y + dy];
    };
    const from = await spot(`[data-pane=mentees] [data-mentee="${mentee}"]`, 40, 14);
    const to = await spot(`[data-mentor="${mentor}"]`, 60, 40);
    const mouse = new Mouse(session);
    const done = `[data-mentor="${mentor}"] [data-mentee="${mentee}"]`;
    const painted = page.evaluate((done) => window.bench.painted(done), done);
    await page.evaluate(() => window.bench.begin());
    const before = await ticks(session);
    await mouse.carry(from, to);
    const over = await ticks(session);
    const gaps = await page.evaluate(() => window.bench.gaps());
    await mouse.release(to);
    const paint = await painted;
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    gaps.sort((a, b) => a - b);
    return {
      move: (over - before) / moves,
      paint,
      p95: gaps[Math.floor(gaps.length * 0.95)],
      nodes,
      ready,
    };
  } finally {
    await context.close();
  }
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

/** The third mentee in sight, and a mentor in sight. */
const pickPeer = () => ({ mentee: "e3", mentor: "m5" });

/** The third mentee in sight, and the first mentor in sight with whom nothing stands against. */
async function pickTandem() {
  const frame = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const cards = [...document.querySelectorAll("[data-pane=mentees] [data-mentee]")];
  for (const card of cards.slice(2, 6)) {
    // As a mouse does: a click by a key opens the list to choose from.
    const click = new MouseEvent("click", { bubbles: true, detail: 1 });
    card.querySelector(".mentee-card__pick").dispatchEvent(click);
    await frame();
    const inSight = (row) => row.getBoundingClientRect().bottom < innerHeight - 80;
    const row = [...document.querySelectorAll("[data-mentor][data-verdict=possible]")].find(
      (row) =>
        inSight(row) &&
        row.querySelector(".mentor-row__free") &&
        !row.querySelector(".mentor-row__warns").textContent,
    );
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    await frame();
    if (row) return { mentee: card.dataset.mentee, mentor: row.dataset.mentor };
  }
  throw new Error("nobody in sight can be paired");
}

async function signInTo(address, page) {
  await page.goto(`${address}/robots.txt`);
  await page.evaluate(async () => {
    const { accounts } = await (await fetch("/api/demo")).json();
    const { person } = accounts.find(({ part }) => part.startsWith("Chairs"));
    const headers = { "Content-Type": "application/json" };
    await fetch("/api/demo/sign-in", { method: "POST", headers, body: JSON.stringify({ person }) });
  });
}

const browser = await chromium.launch({
  executablePath: process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"],
});
const server = await servePeers();
const base = `http://127.0.0.1:${server.address().port}`;
const results = [];
for (const n of list(values.sizes)) {
  const boards = peers
    .filter(({ most = Infinity }) => n <= most)
    .map(({ name, page, virtual }) => ({
      name,
      url: `${base}/${page}/?n=${n}${virtual ? "&virtual" : ""}`,
      pick: pickPeer,
    }));
  const isWanted = ({ name }) => name.toLowerCase().includes(values.only.toLowerCase());
  const tandem = isWanted({ name: "Tandem" }) ? await serveTandem(n) : undefined;
  if (tandem) {
    boards.push({
      name: "Tandem",
      url: `${tandem.address}/committee/2018-2019/board`,
      pick: pickTandem,
      signIn: (page) => signInTo(tandem.address, page),
    });
  }
  for (const rate of list(values.rates)) {
    for (const board of boards.filter(isWanted)) {
      const runs = [];
      for (let turn = 0; turn < Number(values.repeats); turn += 1) {
        try {
          runs.push(await drag(browser, board, rate));
        } catch (error) {
          console.error(`${board.name} at ${n}, ${rate}×: ${error.message.split("\n")[0]}`);
        }
      }
      if (!runs.length) continue;
      const of = (name) => Number(median(runs.map((run) => run[name])).toFixed(2));
      const result = { n, rate, board: board.name, runs: runs.length };
      for (const name of ["move", "paint", "p95", "nodes", "ready"]) result[name] = of(name);
      results.push(result);
      console.log(JSON.stringify(result));
    }
  }
  await tandem?.stop();
}
await browser.close();
server.close();
const machine = `${cpus().length} × ${cpus()[0].model}, Chromium ${browser.version()}`;
await writeFile(join(here, "results.json"), JSON.stringify({ machine, results }, null, 1));
console.log(
  "\n| people a side | CPU | board | CPU per move, ms | drop to paint, ms | p95 frame, ms | elements |",
);
console.log("|---:|---:|---|---:|---:|---:|---:|");
for (const { n, rate, board, move, paint, p95, nodes } of results) {
  console.log(`| ${n} | ${rate}× | ${board} | ${move} | ${paint} | ${p95} | ${nodes} |`);
}

// What a drag of one card costs, on Tandem's board and on the peer pages, in one run.
//
//   node measure.mjs [--only PART] [--sizes 100,1000,5000] [--rates 1,4] [--repeats 5] [--drags 5]
//
// On each page that is opened several cards are carried one after the other. The first one finds code
// that the browser has yet to compile; it stands by itself, and of the others the median.
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
    drags: { type: "string", default: "5" },
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
  let times = [];
  const note = (now, mine = times) => {
    if (mine !== times) return;
    times.push(now);
    requestAnimationFrame((now) => note(now, mine));
  };
  window.bench = {
    begin() {
      times = [];
      const mine = times;
      requestAnimationFrame((now) => note(now, mine));
    },
    gaps() {
      const mine = times;
      times = [];
      return mine.slice(1).map((time, index) => time - mine[index]);
    },
    /** From the release to the end of the first frame in which the selector finds something. */
    painted: (selector) =>
      new Promise((done) => {
        const kinds = ["pointerup", "drop"];
        let released;
        const look = () => {
          if (!document.querySelector(selector)) return requestAnimationFrame(look);
          // What is in the page when a frame begins is painted by it; then comes the message.
          const channel = new MessageChannel();
          channel.port1.onmessage = () => done(performance.now() - released);
          channel.port2.postMessage(0);
        };
        const release = ({ timeStamp }) => {
          for (const kind of kinds) removeEventListener(kind, release, true);
          released = timeStamp;
          // Before the next frame what the handlers made is in the page already.
          queueMicrotask(() => requestAnimationFrame(look));
        };
        for (const kind of kinds) addEventListener(kind, release, true);
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

/** Carries one card: what it costs. */
async function drag(page, session, pick, turn) {
  const { mentee, mentor } = await page.evaluate(pick, turn);
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
  gaps.sort((a, b) => a - b);
  return { move: (over - before) / moves, paint, p95: gaps[Math.floor(gaps.length * 0.95)] };
}

/** Opens a board and carries some cards: what the first costs, and what the others. */
async function carry(browser, { url, signIn, pick, putBack }, rate) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    if (signIn) await signIn(page);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.addInitScript(record);
    if (rate > 1) await session.send("Emulation.setCPUThrottlingRate", { rate });
    await page.goto(url);
    await page.locator("[data-pane=mentees] [data-mentee]").first().waitFor({ timeout: 120_000 });
    const drags = [];
    for (let turn = 0; turn < Number(values.drags); turn += 1) {
      // What moves by itself after a drop is over by then.
      await pause(1200 * rate);
      drags.push(await drag(page, session, pick, turn));
      // Not measured. Mentors have few places: without it nobody in sight would take the next one.
      await putBack?.(page);
    }
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    const [first, ...others] = drags;
    const of = (name) => median((others.length ? others : drags).map((one) => one[name]));
    return {
      firstMove: first.move,
      firstPaint: first.paint,
      move: of("move"),
      paint: of("paint"),
      p95: of("p95"),
      nodes,
    };
  } finally {
    await context.close();
  }
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

/** The third mentee in sight, and for each turn another mentor in sight. */
function pickPeer(turn) {
  const inSight = (row) => row.getBoundingClientRect().bottom < innerHeight - 80;
  const [, , card] = document.querySelectorAll("[data-pane=mentees] [data-mentee]");
  const rows = [...document.querySelectorAll("[data-mentor]")].filter(inSight);
  return { mentee: card.dataset.mentee, mentor: rows[turn % rows.length].dataset.mentor };
}

/** A mentee in sight, the third if possible, and a mentor in sight with whom nothing stands against. */
async function pickTandem(turn) {
  const frame = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const cards = [...document.querySelectorAll("[data-pane=mentees] [data-mentee]")];
  for (const card of cards.slice(2, 6)) {
    // As a mouse does: a click by a key opens the list to choose from.
    const click = new MouseEvent("click", { bubbles: true, detail: 1 });
    card.querySelector(".mentee-card__pick").dispatchEvent(click);
    await frame();
    const inSight = (row) => row.getBoundingClientRect().bottom < innerHeight - 80;
    const rows = [...document.querySelectorAll("[data-mentor][data-verdict=possible]")].filter(
      (row) =>
        inSight(row) &&
        row.querySelector(".mentor-row__free") &&
        !row.querySelector(".mentor-row__warns").textContent,
    );
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    await frame();
    const row = rows[turn % rows.length];
    if (row) return { mentee: card.dataset.mentee, mentor: row.dataset.mentor };
  }
  throw new Error("nobody in sight can be paired");
}

/** Takes back the last pair, so that the next turn finds the board as this one did. */
async function putBackTandem(page) {
  await page.getByText("All saved").waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText("All saved").waitFor();
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
      putBack: putBackTandem,
      signIn: (page) => signInTo(tandem.address, page),
    });
  }
  for (const rate of list(values.rates)) {
    for (const board of boards.filter(isWanted)) {
      const runs = [];
      for (let turn = 0; turn < Number(values.repeats); turn += 1) {
        try {
          runs.push(await carry(browser, board, rate));
        } catch (error) {
          console.error(`${board.name} at ${n}, ${rate}×: ${error.message.split("\n")[0]}`);
        }
      }
      if (!runs.length) continue;
      const of = (name) => Number(median(runs.map((run) => run[name])).toFixed(2));
      const result = { n, rate, board: board.name, runs: runs.length };
      for (const name of ["firstMove", "move", "firstPaint", "paint", "p95", "nodes"])
        result[name] = of(name);
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
const heads = ["people a side", "CPU", "board", "first CPU per move, ms", "CPU per move, ms"];
heads.push("first drop to paint, ms", "drop to paint, ms", "p95 frame, ms", "elements");
console.log(`\n| ${heads.join(" | ")} |`);
console.log(`|---:|---:|---${"|---:".repeat(6)}|`);
for (const { n, rate, board, firstMove, move, firstPaint, paint, p95, nodes } of results) {
  const row = [n, `${rate}×`, board, firstMove, move, firstPaint, paint, p95, nodes];
  console.log(`| ${row.join(" | ")} |`);
}

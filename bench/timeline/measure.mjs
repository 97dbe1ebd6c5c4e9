// Times the app's timeline beside vis-timeline and frappe-gantt, in one Chromium, one after the other:
//
//   trunk build --cargo-profile wasm --features gallery        (see docs/benchmarks.md)
//   npm ci && node measure.mjs ../../dist [--only=NAME] [--items=50,1000,10000] [--out=FILE]
//
// Three things: from data in memory to painted, panning, zooming. What is not done in a minute counts
// as a minute. CPU is the time of the page's main thread, which waiting for a busy machine does not
// add to; the frames of a pan are the ones that the browser reports.

import { createServer } from "node:http";
import { readFile, writeFile } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const option = (name, otherwise) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.split("=")[1] ?? otherwise;
const app = resolve(process.argv[2] ?? join(here, "../../dist"));
const sizes = option("items", "50,1000,10000").split(",").map(Number);
const repetitions = Number(option("reps", "3"));
const limit = 60_000;
const frame = 1000 / 60;
/** How often is zoomed in and out again. */
const zooms = 6;

const contenders = [
  {
    name: "Tandem",
    address: (n) => `/gallery/dates?items=${n}`,
    bar: "[data-item]",
    pane: "[data-timeline-scroll]",
    zoom: ["[aria-label='Zoom in']", "[aria-label='Zoom out']"],
    pans: ["drag", "wheel"],
  },
  {
    name: "vis-timeline",
    address: (n) => `/bench/vis.html?items=${n}`,
    bar: ".vis-item.vis-range",
    pane: ".vis-panel.vis-center",
    zoom: ["[data-zoom=in]", "[data-zoom=out]"],
    pans: ["drag"],
  },
  {
    name: "frappe-gantt",
    address: (n) => `/bench/frappe.html?items=${n}`,
    bar: ".bar-wrapper .bar",
    pane: ".gantt-container",
    zoom: ["[data-zoom=in]", "[data-zoom=out]"],
    pans: ["wheel"],
  },
];

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

async function serve() {
  const place = (path) => {
    if (path.startsWith("/bench/")) return join(here, "pages", path.slice(7));
    if (path.startsWith("/modules/")) return join(here, "node_modules", path.slice(9));
    return join(app, path);
  };
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (path.startsWith("/api/")) return response.writeHead(503).end();
    const file = extname(path) ? place(path) : join(app, "index.html");
    const body = await readFile(file).catch(() => null);
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

/** Runs in the page: resolves once the next frame is painted. */
const painted = () =>
  new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));

/** Runs in the page: resolves once nothing is left to do: its letters are here, and the browser is idle
 * after a painted frame, twice in a row. */
const settled = async () => {
  await document.fonts.ready;
  for (let times = 0; times < 2; times += 1) {
    await window.painted();
    await new Promise((done) => requestIdleCallback(done));
  }
};

/** Runs in the page: presses the button and waits for a painted bar. */
async function start([bar, limit]) {
  const button = [...document.querySelectorAll("button")].find(
    ({ textContent }) => textContent.trim() === "Show the picture",
  );
  const began = performance.now();
  button.click();
  const isShown = () => {
    const first = document.querySelector(bar);
    const box = first?.getBoundingClientRect();
    return box && box.width > 0 && getComputedStyle(first).visibility === "visible";
  };
  while (!isShown()) {
    if (performance.now() - began > limit) return limit;
    await new Promise((done) => requestAnimationFrame(done));
  }
  return (await window.painted()) - began;
}

/** Runs in the page: the time from a press to its painted frame. */
async function press(selector) {
  const began = performance.now();
  document.querySelector(selector).click();
  return (await window.painted()) - began;
}

class Page {
  static async open(browser, origin, contender, n, slowdown) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(limit);
    await page.addInitScript(`window.painted = ${painted}; window.settled = ${settled}`);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(origin + contender.address(n));
    await page.getByRole("button", { name: "Show the picture" }).waitFor();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => window.settled());
    if (slowdown > 1) await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    return Object.assign(new Page(), { page, cdp, contender, context });
  }

  /** Waits until what was asked for last is done. */
  settled() {
    return within(
      this.page.evaluate(() => window.settled()),
      limit,
    );
  }

  async cpu() {
    const { metrics } = await this.cdp.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  }

  async timed(work) {
    const before = await this.cpu();
    const result = await work();
    return { result, cpu: (await this.cpu()) - before };
  }

  async start() {
    const { result, cpu } = await this.timed(() =>
      within(this.page.evaluate(start, [this.contender.bar, limit]), limit),
    );
    return { wall: result, cpu };
  }

  async pan(how) {
    const box = await this.page.locator(this.contender.pane).first().boundingBox();
    // Between two bars, where nothing is taken hold of.
    const at = { x: box.x + box.width * 0.7, y: box.y + 80 };
    const steps = 60;
    await this.page.mouse.move(at.x, at.y);
    await this.page.evaluate(() => {
      window.frames = [];
      let last;
      const tick = (now) => {
        if (!window.frames) return;
        if (last) window.frames.push(now - last);
        last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    const { cpu } = await this.timed(async () => {
      if (how === "drag") await this.page.mouse.down();
      for (let step = 1; step <= steps; step += 1) {
        const began = performance.now();
        if (how === "drag") await this.page.mouse.move(at.x - step * 10, at.y);
        else await this.page.mouse.wheel(40, 0);
        await sleep(Math.max(0, frame - (performance.now() - began)));
      }
      if (how === "drag") await this.page.mouse.up();
    });
    const frames = await this.page.evaluate(() => {
      const { frames } = window;
      window.frames = null;
      return frames;
    });
    return { p50: quantile(frames, 0.5), p95: quantile(frames, 0.95), cpu: cpu / steps };
  }

  async zoom() {
    const [walls, cpus] = [[], []];
    for (let nth = 0; nth < 2 * zooms; nth += 1) {
      const { result, cpu } = await this.timed(() =>
        within(this.page.evaluate(press, this.contender.zoom[nth % 2]), limit),
      );
      walls.push(result);
      cpus.push(cpu);
      // What takes seconds is not done a dozen times.
      if (result > limit / 60) break;
      // A press finds the page at rest, as one that somebody looks at before pressing again.
      await this.settled();
    }
    return { wall: median(walls), worst: Math.max(...walls), cpu: median(cpus) };
  }
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const within = (work, ms) => Promise.race([work, sleep(ms).then(() => ms)]);

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

async function once(browser, origin, contender, n, slowdown) {
  const page = await Page.open(browser, origin, contender, n, slowdown);
  try {
    const row = { start: await page.start() };
    if (row.start.wall >= limit) {
      const late = { p50: limit, p95: limit, cpu: limit };
      return { ...row, pan: late, zoom: { wall: limit, worst: limit, cpu: limit } };
    }
    await page.settled();
    const pans = [];
    for (const how of contender.pans) pans.push(await page.pan(how));
    // Of two ways to pan, the dearer one counts.
    row.pan = pans.sort((a, b) => b.cpu - a.cpu)[0];
    row.pan.p95 = Math.max(...pans.map(({ p95 }) => p95));
    await page.settled();
    row.zoom = await page.zoom();
    row.bars = await page.page.locator(contender.bar).count();
    return row;
  } finally {
    await page.context.close();
  }
}

const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"],
});
const results = [];
for (const slowdown of option("slow", "1,4").split(",").map(Number)) {
  for (const n of sizes) {
    for (const contender of contenders) {
      if (!contender.name.startsWith(option("only", ""))) continue;
      const rows = [];
      for (let nth = 0; nth < repetitions; nth += 1) {
        const row = await once(browser, origin, contender, n, slowdown).catch((error) => {
          console.error(`${contender.name} ${n}: ${error.message}`);
          return null;
        });
        if (row) rows.push(row);
        // What takes a minute is not waited for again.
        if (!row || row.start.wall > limit / 6) break;
      }
      const read = (what) => (rows.length ? median(rows.map(what)) : limit);
      const line = {
        contender: contender.name,
        items: n,
        slowdown,
        start: read(({ start }) => start.wall),
        startCpu: read(({ start }) => start.cpu),
        panP95: read(({ pan }) => pan.p95),
        panCpu: read(({ pan }) => pan.cpu),
        zoom: read(({ zoom }) => zoom.wall),
        zoomCpu: read(({ zoom }) => zoom.cpu),
        bars: read(({ bars }) => bars ?? 0),
      };
      results.push(line);
      console.log(
        `| ${line.contender} | ${n} | ${slowdown}× | ${["start", "startCpu", "panP95", "panCpu", "zoom", "zoomCpu", "bars"].map((key) => line[key].toFixed(1)).join(" | ")} |`,
      );
    }
  }
}
await browser.close();
server.close();
if (option("out")) await writeFile(option("out"), JSON.stringify(results, null, 2));

// Fills the mentee's form beside a SurveyJS form with the same questions, in the same run.
// docs/benchmarks.md says what each figure is and how to run it.

import { brotliCompressSync, constants } from "node:zlib";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import * as support from "../../tests/e2e/support.mjs";
import { surveyOf } from "./form.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const cohort = "2018-2019";
const gapMs = 50;
const rounds = Number(process.env.ROUNDS ?? 3);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sorted = (all) => [...all].sort((one, other) => one - other);
const at = (all, share) => sorted(all)[Math.min(all.length - 1, Math.floor(all.length * share))];
const median = (all) => at(all, 0.5);

/** Everything that SurveyJS needs, compressed as a good server would. */
async function surveyServer(form, answers) {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, "survey.jsx")],
    bundle: true,
    minify: true,
    write: false,
    outdir: "out",
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "empty" },
    external: ["https://*"],
  });
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>SurveyJS</title>
<link rel="stylesheet" href="survey.css"></head><body><main id="root"></main>
<script type="module" src="survey.js"></script></body></html>`;
  const files = new Map([
    ["/", ["text/html", page]],
    ["/survey.json", ["application/json", JSON.stringify(surveyOf(form, answers))]],
  ]);
  for (const file of outputFiles) {
    const kind = file.path.endsWith(".css") ? "text/css" : "text/javascript";
    // Its stylesheet asks a third party for fonts.
    const text = file.text.replace(/@font-face\s*\{[^}]*\}/g, "");
    files.set(`/${path.basename(file.path)}`, [kind, text]);
  }
  for (const [name, [kind, text]] of files) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    files.set(name, [kind, brotliCompressSync(Buffer.from(text), quality)]);
  }
  const server = createServer((request, response) => {
    const found = files.get(new URL(request.url, "http://x").pathname);
    if (!found) return response.writeHead(404).end();
    const headers = { "Content-Type": found[0], "Content-Encoding": "br" };
    return response.writeHead(200, headers).end(found[1]);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** Runs in both pages: when each key had been painted. */
function watchKeys() {
  window.keys = [];
  addEventListener(
    "keydown",
    () => {
      const pressed = performance.now();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.keys.push(performance.now() - pressed);
        port2.postMessage(0);
      });
    },
    true,
  );
}

class Tab {
  static async open(browser, base, cpu, cookies = []) {
    const tab = new Tab();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    if (cookies.length) await context.addCookies(cookies);
    await context.addInitScript(watchKeys);
    tab.page = await context.newPage();
    tab.devtools = await context.newCDPSession(tab.page);
    await tab.devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    await tab.devtools.send("Network.enable");
    tab.bytes = 0;
    tab.devtools.on("Network.loadingFinished", (done) => {
      tab.bytes += done.encodedDataLength;
    });
    if (cpu > 1) await tab.devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    tab.base = base;
    return tab;
  }

  async close() {
    await this.page.context().close();
  }

  /** CPU time of the main thread so far, in milliseconds: all of it, and what is work on the page. */
  async spent() {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    const of = (name) => metrics.find((metric) => metric.name === name).value * 1_000;
    const work = of("ScriptDuration") + of("LayoutDuration") + of("RecalcStyleDuration");
    return { all: of("TaskDuration"), work };
  }

  /** Opens an address: bytes, time until `ready` is there, CPU until then. */
  async load(address, ready) {
    const begun = performance.now();
    await this.page.goto(address, { waitUntil: "commit" });
    await this.page.locator(ready).first().waitFor();
    const ms = performance.now() - begun;
    await this.page.waitForLoadState("networkidle");
    const { all } = await this.spent();
    return { ms, cpu: all, kib: this.bytes / 1024 };
  }

  async press(key) {
    const text = key.length === 1 ? key : undefined;
    const code = key === "Backspace" ? 8 : key.toUpperCase().charCodeAt(0);
    const common = { key, text, windowsVirtualKeyCode: code };
    await this.devtools.send("Input.dispatchKeyEvent", { type: "keyDown", ...common });
    await this.devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...common });
  }

  /** 300 keys in a field: words, and taking them back. */
  async type(field) {
    await this.page.locator(field).first().focus();
    const words = "what is read by others ".repeat(3).slice(0, 50).split("");
    const keys = [...words, ...words.map(() => "Backspace")];
    for (const key of keys.slice(0, 10)) await this.press(key);
    for (let n = 0; n < 10; n += 1) await this.press("Backspace");
    await pause(1_500);
    await this.page.evaluate(() => (window.keys.length = 0));
    const spent = [];
    for (const key of [...keys, ...keys, ...keys]) {
      const before = await this.spent();
      await this.press(key);
      await pause(gapMs);
      const after = await this.spent();
      spent.push({ all: after.all - before.all, work: after.work - before.work });
    }
    const painted = await this.page.evaluate(() => window.keys);
    return { spent, painted };
  }

  /** The same, without a key: what looking costs. */
  async rest() {
    const spent = [];
    for (let n = 0; n < 30; n += 1) {
      const before = await this.spent();
      await pause(gapMs);
      spent.push((await this.spent()).all - before.all);
    }
    return median(spent);
  }

  /** Goes on page by page: CPU of each step. */
  async steps(next, place) {
    const spent = [];
    for (let n = 0; n < 40; n += 1) {
      const here = await this.page.evaluate(place);
      await pause(1_200);
      const before = await this.spent();
      const is_there = await this.page.evaluate(next);
      if (!is_there) break;
      for (let wait = 0; wait < 100 && (await this.page.evaluate(place)) === here; wait += 1) {
        await pause(20);
      }
      await pause(200);
      if ((await this.page.evaluate(place)) === here) break;
      spent.push((await this.spent()).all - before.all);
    }
    return spent;
  }
}

const ours = {
  name: "Tandem",
  ready: "form.step input",
  next: `(() => { const go = document.querySelector("form.step button[type=submit]"); go?.click(); return !!go; })()`,
  place: "location.pathname",
};
const theirs = {
  name: "SurveyJS",
  ready: ".sd-question input, .sd-question textarea",
  next: `(() => { if (model.isLastPage) return false; document.querySelector(".sd-navigation__next-btn").click(); return true; })()`,
  place: "model.currentPageNo",
};

async function main() {
  const server = await support.Server.start({ seed: ["--demo", "--day", "feb-5"] });
  const browser = await support.openBrowser();
  const applicant = await support.openAs(browser, server, "Has applied as a mentee", "/robots.txt");
  const [own] = await support.ask(applicant, "GET", "/api/me/applications");
  const form = await support.ask(applicant, "GET", `/api/cohorts/${own.cohort}/forms/mentee`);
  const draft = await support.ask(applicant, "GET", `/api/applications/${own.id}/draft`);
  const cookies = await applicant.context().cookies();
  const survey = await surveyServer(form, draft.answers);
  const first = `${server.url}/apply/${cohort}/mentee/about/name`;

  // The page with most questions of those with a line to write in.
  await applicant.goto(first);
  const pages = form.sections.flatMap((section) =>
    section.pages.map((page) => ({ section: section.id, page: page.id })),
  );
  let most = { n: 0 };
  for (const [idx, { section, page }] of pages.entries()) {
    const address = `${server.url}/apply/${cohort}/mentee/${section}/${page}`;
    await applicant.goto(address);
    await support.settled(applicant);
    const n = await applicant.locator(".question-field").count();
    const line = applicant.locator("form.step input[type=text]").first();
    if (n > most.n && (await line.count())) {
      const id = await line.getAttribute("id");
      most = {
        n,
        idx,
        address,
        field: `[id="${id}"]`,
        name: `${section}/${page}`,
        question: id.slice(2),
      };
    }
  }

  const results = [];
  for (const cpu of [1, 4]) {
    for (let round = 0; round < rounds; round += 1) {
      for (const app of [ours, theirs]) {
        const is_ours = app === ours;
        const open = (url) => Tab.open(browser, url, cpu, is_ours ? cookies : []);
        let tab = await open();
        const load = await tab.load(is_ours ? first : survey.url, app.ready);
        const steps = await tab.steps(app.next, app.place);
        await tab.close();
        tab = await open();
        await tab.load(is_ours ? most.address : survey.url, app.ready);
        let { field } = most;
        if (!is_ours) {
          await tab.page.evaluate(
            `model.currentPageNo = model.visiblePages.findIndex((page) => page.questions.some((one) => one.name === ${JSON.stringify(most.question)}))`,
          );
          const id = await tab.page.evaluate(
            `model.getQuestionByName(${JSON.stringify(most.question)}).inputId`,
          );
          field = `[id="${id}"]`;
        }
        await tab.page.locator(field).first().waitFor();
        const rest = await tab.rest();
        const typed = await tab.type(field);
        await tab.close();
        results.push({ app: app.name, cpu, load, steps, rest, ...typed });
      }
    }
  }
  await browser.close();
  survey.stop();
  await server.stop();
  print(most, results);
}

function print(most, results) {
  const row = (cpu, name, of, digits = 1) => {
    const figure = (app) => {
      const all = results.filter((one) => one.app === app && one.cpu === cpu);
      return of(all);
    };
    const [one, other] = [figure(ours.name), figure(theirs.name)];
    console.log(
      `| ${name} | ${one.toFixed(digits)} | ${other.toFixed(digits)} | ${(one / other).toFixed(2)} |`,
    );
  };
  const all = (of) => (runs) => runs.flatMap(of);
  console.log(`Typing on ${most.name}, ${most.n} questions; ${rounds} rounds.`);
  for (const cpu of [1, 4]) {
    console.log(`\n| CPU ÷ ${cpu} | Tandem | SurveyJS | ratio |\n| --- | ---: | ---: | ---: |`);
    row(cpu, "bytes, KiB", (runs) => median(runs.map((one) => one.load.kib)));
    row(cpu, "time to ready, ms", (runs) => median(runs.map((one) => one.load.ms)), 0);
    row(cpu, "main-thread CPU to ready, ms", (runs) => median(runs.map((one) => one.load.cpu)), 0);
    row(cpu, "key → paint p50, ms", (runs) => median(all((one) => one.painted)(runs)));
    row(cpu, "key → paint p95, ms", (runs) => at(all((one) => one.painted)(runs), 0.95));
    row(cpu, "CPU per key p50, ms", (runs) =>
      median(all((one) => one.spent.map((s) => Math.max(0, s.all - one.rest)))(runs)),
    );
    row(cpu, "CPU per key p95, ms", (runs) =>
      at(all((one) => one.spent.map((s) => Math.max(0, s.all - one.rest)))(runs), 0.95),
    );
    row(
      cpu,
      "work per key p50, ms",
      (runs) => median(all((one) => one.spent.map((s) => s.work))(runs)),
      2,
    );
    row(
      cpu,
      "work per key p95, ms",
      (runs) => at(all((one) => one.spent.map((s) => s.work))(runs), 0.95),
      2,
    );
    row(cpu, "CPU per step median, ms", (runs) => median(all((one) => one.steps)(runs)));
    row(cpu, "CPU per step worst, ms", (runs) => Math.max(...all((one) => one.steps)(runs)));
  }
}

await main();

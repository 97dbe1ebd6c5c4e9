// Breaks each rule of the wizard (W-…) and of the timeline (T-…) by one line and shows that its test then fails.
//
// `node tests/mutants/run.mjs [W-05 …]` works in a copy of the checkout under target/mutants, so that
// nothing here is touched; without names it goes through all of them, which takes half an hour.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const copy = path.join(root, "target/mutants/checkout");
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target/mutants/build");
const lists = path.join(root, "tests/mutants");
const all = readdirSync(lists)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .flatMap((name) => JSON.parse(readFileSync(path.join(lists, name), "utf8")));

/** The files that git knows, as they are here now. */
function takeCopy() {
  const { stdout } = spawnSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const known = stdout.split("\0").filter((file) => file && existsSync(path.join(root, file)));
  for (const file of known) {
    const from = path.join(root, file);
    const to = path.join(copy, file);
    const content = readFileSync(from);
    // What is the same keeps its time, so that it is not built anew.
    if (existsSync(to) && readFileSync(to).equals(content)) continue;
    mkdirSync(path.dirname(to), { recursive: true });
    cpSync(from, to);
  }
  // What is here no more would still be built there.
  const all = new Set(known);
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !all.has(path.relative(copy, file))) rmSync(file);
  }
}

/** Runs the test of a mutant; true if it passes and was there at all. */
function passes({ test }) {
  const ran = spawnSync("cargo", ["test", "--locked", "-q", ...test], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, CARGO_TARGET_DIR: target },
    maxBuffer: 1 << 26,
  });
  const results = [...ran.stdout.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)];
  const ran_tests = results.reduce(
    (sum, [, passed, failed]) => sum + Number(passed) + Number(failed),
    0,
  );
  if (ran_tests === 0)
    throw new Error(`no test ran: ${test.join(" ")}\n${ran.stderr.slice(-3000)}`);
  return ran.status === 0;
}

function outcome(mutant) {
  const file = path.join(copy, mutant.file);
  const before = readFileSync(file, "utf8");
  if (before.split(mutant.from).length !== 2) return "the line to break is not there";
  if (!passes(mutant)) return "fails before anything is broken";
  writeFileSync(
    file,
    before.replace(mutant.from, () => mutant.to),
  );
  try {
    return passes(mutant) ? "PASSES ALTHOUGH THE RULE IS BROKEN" : undefined;
  } finally {
    writeFileSync(file, before);
  }
}

const wanted = process.argv.slice(2);
const chosen = all.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
takeCopy();
let n_wrong = 0;
for (const mutant of chosen) {
  const wrong = outcome(mutant);
  n_wrong += wrong ? 1 : 0;
  console.log(`${mutant.id} ${wrong ?? "is noticed"}: ${mutant.breaks}`);
}
console.log(`${chosen.length - n_wrong} of ${chosen.length} broken rules are noticed`);
process.exitCode = n_wrong ? 1 : 0;

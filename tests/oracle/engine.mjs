// Builds the cases here and in WebAssembly, and gives both as lines.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");
const checkout = process.env.TANDEM_WORKSPACE ?? root;
const sets = ["whole", "plain"];

function cargo(...words) {
  execFileSync("cargo", words, { cwd: checkout, stdio: ["ignore", "inherit", "inherit"] });
}

export function build() {
  cargo("build", "--locked", "-q", "-p", "tandem-conformance");
  cargo(
    "build",
    "--locked",
    "-q",
    "-p",
    "tandem-conformance",
    "--lib",
    "--target",
    "wasm32-unknown-unknown",
  );
}

export function native(set, seed, count) {
  const program = path.join(target, "debug/tandem-conformance");
  const printed = execFileSync(program, [set, String(seed), String(count)], {
    maxBuffer: 1 << 30,
  });
  return printed.toString("utf8").trimEnd().split("\n");
}

export async function inWasm(set, seed, count) {
  const file = path.join(target, "wasm32-unknown-unknown/debug/tandem_conformance.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
  const { make, place, memory } = instance.exports;
  const length = make(sets.indexOf(set), seed, count);
  const bytes = new Uint8Array(memory.buffer, place(), length);
  return Buffer.from(bytes).toString("utf8").trimEnd().split("\n");
}

// The engine decides the same in WebAssembly as it does here, byte for byte.

import assert from "node:assert/strict";
import test from "node:test";

import { build, inWasm, native } from "./engine.mjs";

const COUNT = Number(process.env.CASES ?? 1500);

build();

for (const set of ["whole", "plain"]) {
  test(`${COUNT} cases of the set ${set} are judged the same`, async () => {
    const seed = 1;
    const here = native(set, seed, COUNT);
    const there = await inWasm(set, seed, COUNT);
    assert.ok(here.length >= COUNT, `${here.length} lines`);
    assert.equal(there.length, here.length);
    here.forEach((line, idx) => assert.equal(there[idx], line));
  });
}

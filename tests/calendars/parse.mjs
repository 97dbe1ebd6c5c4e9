// Reads calendar files with ical.js and checks that it finds what the lines say.
//
// `npm ci` in this folder, then `node tests/calendars/parse.mjs target/tmp/calendars/*.ics`

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  const values = (name) =>
    lines
      .filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
      .map((line) => line.slice(line.indexOf(":") + 1));
  assert.ok(events.length > 0, `${file} has entries`);
  assert.deepEqual(
    events.map((event) => event.uid),
    values("UID"),
  );
  const written = (time) => time.toICALString();
  assert.deepEqual(
    events.map((event) => written(event.startDate)),
    values("DTSTART"),
  );
  assert.deepEqual(
    events.map((event) => written(event.endDate)),
    values("DTEND"),
  );
  for (const event of events) assert.ok(event.startDate.compare(event.endDate) < 0, event.uid);
  console.log(`${file}: ${events.length} entries, read by ical.js`);
}
assert.ok(process.argv.length > 2, "name some files");

// Siteimprove's rules engine looks at a page as it stands in the browser: an opinion that does not
// depend on axe.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { Audit, Outcome } from "@siteimprove/alfa-act";
import { Device } from "@siteimprove/alfa-device";
import { Node } from "@siteimprove/alfa-dom";
import { Request, Response } from "@siteimprove/alfa-http";
import rules from "@siteimprove/alfa-rules";
import { Page } from "@siteimprove/alfa-web";
import { Criterion } from "@siteimprove/alfa-wcag";

const native = readFileSync(
  createRequire(import.meta.url).resolve("@siteimprove/alfa-dom/native"),
  "utf8",
).replace("export var Native", "var Native");

/** What WCAG asks at AAA only, Tandem does not promise. */
const isAaa = (requirement) =>
  Criterion.isCriterion(requirement) && requirement.level.some((level) => level === "AAA");
const promised = rules.filter(
  (rule) =>
    !rule.hasRequirement(isAaa) ||
    rule.hasRequirement((one) => Criterion.isCriterion(one) && !isAaa(one)),
);

/** What fails on the page as it is, one line each. */
export async function alfaFindings(page) {
  const serialised = await page.evaluate(`(async () => {
    ${native}
    return JSON.stringify(await Native.fromNode());
  })()`);
  const document = Node.from(JSON.parse(serialised));
  const seen = Page.of(Request.empty(), Response.empty(), document, Device.standard());
  const outcomes = await Audit.of(seen, promised).evaluate();
  return [...outcomes]
    .filter((outcome) => Outcome.isFailed(outcome))
    .map((outcome) => `${outcome.rule.uri.split("/").pop()}: ${`${outcome.target}`.slice(0, 200)}`);
}

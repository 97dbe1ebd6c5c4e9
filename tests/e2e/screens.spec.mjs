// Every screen in every state it can be in: axe finds nothing, nothing is cut off or wider than
// the page, the tab says where one is, and nothing jumps while it loads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goOn } from "./applicant.mjs";
import * as support from "./support.mjs";

const committee = "/committee/2018-2019";
const draft = "Has begun an application";
const mentee = "Has applied as a mentee";
const mentor = "Has applied as a mentor";
const member = "Subcommittee: ";
const chair = "Chairs";
const officer = "Program officer";

let server;
let browser;

before(async () => {
  // The call is open. The tests take the clock on, from stage to stage.
  server = await support.Server.start({ seed: ["--demo", "--day", "feb-5"] });
  browser = await support.openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Somebody of the demonstration, or a visitor, with whatever work is to be done as that person. */
async function as(part, work) {
  const page = part
    ? await support.openAs(browser, server, part, "/robots.txt")
    : await support.newPage(browser, server);
  await work(page);
  await page.context().close();
}

/** Loads a screen as whoever follows a link does, and looks at all of it. */
async function look(page, address) {
  await support.visit(page, address);
  await support.assertStill(page);
  await support.assertGoodScreen(page);
}

async function lookAtAll(page, addresses) {
  for (const address of addresses) await look(page, address);
}

async function setClock(day) {
  await as(null, async (page) => {
    await page.goto("/robots.txt");
    await support.ask(page, "POST", "/api/demo/clock", { day });
  });
}

test("what visitors see while the call is open", async () => {
  await as(null, async (page) => {
    await lookAtAll(page, [
      "/",
      "/cohorts/2018-2019",
      "/cohorts/2017-2018",
      "/demo",
      "/sign-in",
      "/apply/2018-2019",
      "/account",
    ]);
    await page.goto("/apply/2018-2019");
    await page.getByRole("button", { name: "Start writing" }).click();
    await page.locator(".error-summary").waitFor();
    await support.assertGoodScreen(page);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Send me the mail" }).click();
    await page.locator(".field__error").waitFor();
    await support.assertGoodScreen(page);
    await page.getByLabel("E-mail address").fill("nobody@example.org");
    await page.getByRole("button", { name: "Send me the mail" }).click();
    await page.getByLabel("Code from the mail").waitFor();
    await support.assertGoodScreen(page);
  });
});

/** What the browser itself reports where the server refuses or cannot be reached. */
const refusal = /Failed to load resource/;

test("what is not there, not for everybody, or not to be had", async () => {
  await as(null, async (page) => {
    page.expects = refusal;
    const lookAt = async (address, heading) => {
      await page.goto(address);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await support.assertGoodScreen(page);
    };
    await lookAt("/nowhere", "Nothing is filed here");
    await lookAt("/cohorts/2001-2002", "Nothing is filed here");
    await lookAt("/my/applications", "Please sign in");
    await lookAt(committee, "Please sign in");
    await lookAt("/manage", "Please sign in");
    await page.goto("/sign-in#t=old");
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await page.locator(".notice").waitFor();
    await support.assertGoodScreen(page);
    await page.route("**/api/cohorts/**", (route) => route.abort());
    await lookAt("/cohorts/2018-2019", "The server cannot be reached");
    await page.unroute("**/api/cohorts/**");
    const broken = { status: 500, contentType: "text/plain", body: "broken" };
    await page.route("**/api/cohorts/**", (route) => route.fulfill(broken));
    await lookAt("/cohorts/2018-2019", "Something went wrong on our side");
    await page.unroute("**/api/cohorts/**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: /2018–2019/ }).waitFor();
  });
  await as(mentee, async (page) => {
    page.expects = refusal;
    for (const address of [committee, `${committee}/board`, "/manage"]) {
      await page.goto(address);
      await page
        .getByRole("heading", { level: 1, name: "You do not have access to this page" })
        .waitFor();
      await support.assertGoodScreen(page);
    }
    await page.goto("/apply/2018-2019/mentor");
    await page.getByRole("heading", { level: 1, name: "Nothing begun here" }).waitFor();
    await support.assertGoodScreen(page);
  });
});

test("without the wasm: program, call, dates and a retry", async () => {
  await as(null, async (page) => {
    page.expects = /\.wasm|Failed to fetch/;
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/");
    await page.getByRole("link", { name: "Try again" }).waitFor();
    await page.getByText("Friday, March 2, 2018, 11:59 PM, Anywhere on Earth").first().waitFor();
    await support.assertGoodScreen(page);
  });
});

/** Opens an application in both roles as a new person. */
async function begin(page) {
  await page.goto("/apply/2018-2019");
  await page.getByLabel("Both", { exact: true }).check();
  await page.getByLabel("Your e-mail address").fill("ann@example.org");
  await page.getByRole("button", { name: "Start writing" }).click();
  await page.getByRole("heading", { level: 1, name: "Before you begin" }).waitFor();
  // What was just answered does not stand below it.
  assert.equal(await page.getByRole("button", { name: "Start writing" }).count(), 0);
  await support.assertGoodScreen(page);
  await page.getByRole("button", { name: "No, not all of it" }).click();
  await page.getByRole("heading", { level: 1, name: /may not be for you/ }).waitFor();
  await support.assertGoodScreen(page);
  await page.getByRole("button", { name: "Answer again" }).click();
  await page.getByRole("button", { name: "Yes, all of it" }).click();
  await page.getByRole("heading", { level: 1, name: "Your name" }).waitFor();
}

test("every page of an application, with mistakes and without, to the receipt", async () => {
  await as(null, async (page) => {
    await begin(page);
    await look(page, "/apply/2018-2019/mentee");
    await look(page, "/apply/2018-2019/mentee/review");
    await look(page, "/apply/2018-2019/mentee/submitted");
    await page.getByRole("link", { name: "Review and send" }).click();
    await page.getByRole("button", { name: "Send the application" }).click();
    await page.locator(".error-summary").waitFor();
    await support.assertGoodScreen(page);
    await support.visit(page, "/apply/2018-2019/mentee/about/name");
    await support.assertStill(page);
    while (!page.url().endsWith("/review")) {
      await support.assertTitled(page);
      await support.assertAccessible(page);
      const here = page.url();
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForFunction(
        (here) => location.href !== here || document.querySelector(".error-summary"),
        here,
      );
      if (page.url() !== here) continue;
      await support.assertGoodScreen(page);
      const isName = here.endsWith("/about/name");
      await goOn(page, isName ? "Ann with a name that goes on and on" : "Ann");
    }
    await page.locator(".confirm-banner summary").click();
    await page
      .locator(".confirm-banner")
      .getByLabel("Code from the mail")
      .fill(await support.demoCode(page, "ann@example.org"));
    await page.locator(".confirm-banner").getByRole("button", { name: "Confirm" }).click();
    await page.locator(".confirm-banner").waitFor({ state: "detached" });
    await support.assertGoodScreen(page);
    await page.getByRole("button", { name: "Send the application" }).click();
    await page.getByRole("heading", { level: 1, name: "Application sent" }).waitFor();
    await support.assertGoodScreen(page);
    await look(page, "/apply/2018-2019/mentee/submitted");
    await look(page, "/apply/2018-2019/mentee/about/name");
    await look(page, "/my/applications");
    await page.goto("/apply/2018-2019/mentor/offer/areas");
    while (!page.url().endsWith("/mentor/practical/times")) {
      await support.settled(page);
      await support.assertGoodScreen(page);
      await goOn(page, "Ann");
    }
  });
});

test("the committee and the set-up while the call is open", async () => {
  await as(chair, async (page) => {
    await lookAtAll(page, [committee, `${committee}/applications`, `${committee}/timeline`]);
    await look(page, `${committee}/applications?state=withdrawn`);
    await lookAtAll(page, [`${committee}/forms`, `${committee}/late-links`]);
    await look(page, "/my/applications");
  });
});

test("the same in the days of pairing", async () => {
  await setClock("mar-20");
  await as(null, (page) => lookAtAll(page, ["/", "/cohorts/2018-2019", "/apply/2018-2019"]));
  await as(mentee, async (page) => {
    await look(page, "/my/applications");
    await look(page, "/apply/2018-2019/mentee");
    await look(page, "/apply/2018-2019/mentee/learn/statement");
    await look(page, "/apply/2018-2019/mentee/practical/times");
    await look(page, "/apply/2018-2019/mentee/review");
  });
  await as(draft, async (page) => {
    await look(page, "/my/applications");
    await look(page, "/apply/2018-2019/mentee/review");
  });
  await as(member, async (page) => {
    await lookAtAll(page, [committee, `${committee}/applications`, `${committee}/timeline`]);
    await page.goto(`${committee}/applications?state=eligible`);
    await page.locator("tbody th a").first().click();
    await page.getByRole("heading", { level: 2, name: "What happened" }).waitFor();
    await support.assertGoodScreen(page);
    await look(page, `${committee}/board`);
    await look(page, "/account");
  });
  await as(chair, async (page) => {
    await look(page, committee);
    await page.getByRole("button", { name: "Move to “Sign-off” …" }).click();
    await page.getByRole("dialog").waitFor();
    await support.assertGoodScreen(page);
    await page.goto(`${committee}/applications`);
    await page.locator("tbody th a").nth(1).click();
    await page.getByText("Ask the applicant first").click();
    await page.locator(".decide__changeable").getByText("About you").click();
    await support.assertGoodScreen(page);
  });
  await as(officer, async (page) => {
    await look(page, "/manage");
    const links = await page.locator(".manage__program a[href^='/manage/']").all();
    const addresses = await Promise.all(links.map((link) => link.getAttribute("href")));
    for (const address of addresses) {
      await look(page, address);
      const submit = page.locator("form button[type=submit]").last();
      // The next cohort is complete from the start: pressing would set it up.
      if (address.endsWith("/next") || !(await submit.count())) continue;
      await submit.click();
      await page.locator("[data-invalid=true], .notice").first().waitFor();
      await support.assertGoodScreen(page);
    }
    await page.goto(addresses.find((address) => address.endsWith("/outbox")));
    await page.getByRole("button", { name: "Read" }).first().click();
    await page.getByRole("dialog").locator("pre").waitFor();
    await support.assertGoodScreen(page);
  });
});

test("the same once the pairs are published", async () => {
  await setClock("may-14");
  await as(null, (page) => lookAtAll(page, ["/", "/cohorts/2018-2019"]));
  await as(mentor, (page) => look(page, "/my/applications"));
  await as(chair, async (page) => {
    await look(page, committee);
    await look(page, `${committee}/board`);
    await page.getByText("For reading only").waitFor();
  });
  await as(member, async (page) => {
    page.expects = refusal;
    await page.goto(`${committee}/board`);
    await page.getByRole("heading", { level: 1, name: "Not at this stage" }).waitFor();
    await support.settled(page);
    await support.assertGoodScreen(page);
  });
});

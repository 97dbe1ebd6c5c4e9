// Our engine and survey-core agree on generated forms and answers: what is asked, where something
// stops sending, and what is left of the answers.

import assert from "node:assert/strict";
import test from "node:test";

import { FunctionFactory, Model } from "survey-core";

import { build, native } from "./engine.mjs";
import { register } from "./functions.mjs";
import { data, questions, survey } from "./translate.mjs";

const COUNT = Number(process.env.CASES ?? 1500);

register(FunctionFactory.Instance);

function judged({ form, answers, returning }) {
  const model = new Model(survey(form, returning));
  model.data = data(form, answers);
  // Some conditions hang on others: they settle once all of them have been looked at.
  model.runConditions();
  const all = model.getAllQuestions();
  const visible = all.filter((question) => question.isVisible).map((question) => question.name);
  model.validate(false);
  const invalid = visible.filter((name) => !model.getQuestionByName(name).validate(false));
  model.doComplete();
  return { visible: visible.sort(), invalid: invalid.sort(), pruned: model.data };
}

function ours(entry) {
  const problems = [...new Set(entry.problems.map((problem) => problem.question))];
  return {
    visible: [...entry.visible].sort(),
    invalid: problems.sort(),
    pruned: data(entry.form, entry.pruned),
  };
}

build();
const cases = native("plain", 1, COUNT).map((line) => JSON.parse(line));
const theirs = cases.map(judged);

function agree(what) {
  const differing = cases.filter((entry, idx) => {
    try {
      assert.deepEqual(theirs[idx][what], ours(entry)[what]);
      return false;
    } catch {
      return true;
    }
  });
  const [first] = differing;
  if (!first) return;
  const idx = cases.indexOf(first);
  console.error(`${differing.length} of ${cases.length} differ in ${what}; seed ${first.seed}`);
  const concerned = questions(first.form).map((question) => [
    JSON.stringify(question),
    JSON.stringify(first.answers[question.id]),
  ]);
  console.error(concerned.map((pair) => pair.join("\n    ")).join("\n"));
  assert.deepEqual(theirs[idx][what], ours(first)[what]);
}

test("the cases hide questions, stop sending and drop answers often enough to tell", () => {
  const often = (what) => cases.filter(what).length > COUNT / 10;
  assert.ok(often(({ form, visible }) => visible.length < questions(form).length));
  assert.ok(often(({ problems }) => problems.length > 0));
  assert.ok(
    often(({ answers, pruned }) => Object.keys(pruned).length < Object.keys(answers).length),
  );
});
test(`the same questions are asked in ${COUNT} cases`, () => agree("visible"));
test(`the same questions stop sending in ${COUNT} cases`, () => agree("invalid"));
test(`the same answers are left in ${COUNT} cases`, () => agree("pruned"));

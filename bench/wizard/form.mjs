// A form of Tandem as SurveyJS JSON: the same pages, questions, choices, conditions and limits, each
// kind as what comes nearest to it there.

import { questions, survey, value } from "../../tests/oracle/translate.mjs";

const kindOf = (question) =>
  typeof question.kind === "string" ? [question.kind, {}] : Object.entries(question.kind)[0];
const words = (text) => (typeof text === "string" ? text : (text?.en ?? ""));
const choices = (all) => all.map(({ id, label }) => ({ value: id, text: words(label) }));
const yesNo = [
  { value: true, text: "Yes" },
  { value: false, text: "No" },
];

/** What a question is there; the plain kinds are those that the oracle translates. */
const controls = {
  short_text: () => ({ type: "text" }),
  long_text: () => ({ type: "comment", rows: 4 }),
  email: () => ({ type: "text", inputType: "email" }),
  phone: () => ({ type: "text", inputType: "tel" }),
  number: () => ({ type: "text", inputType: "number" }),
  date: () => ({ type: "text", inputType: "date" }),
  year_month: () => ({ type: "text", inputType: "month" }),
  links: ({ max }) => ({ type: "multipletext", items: items(max) }),
  lines: ({ max }) => ({ type: "multipletext", items: items(max) }),
  confirm: () => ({ type: "boolean", renderAs: "checkbox" }),
  consent: () => ({ type: "boolean", renderAs: "checkbox" }),
  yes_no: () => ({ type: "radiogroup", choices: yesNo }),
  single: (kind) => ({ type: "radiogroup", choices: choices(kind.choices) }),
  multi: (kind) => ({
    type: "checkbox",
    choices: choices(kind.choices),
    maxSelectedChoices: kind.max,
  }),
  rank: (kind) => ({
    type: "ranking",
    selectToRankEnabled: true,
    choices: choices(kind.choices),
    maxSelectedChoices: kind.max,
  }),
  grid: ({ rows, scale }) => ({ type: "matrix", rows: choices(rows), columns: choices(scale) }),
  scale: ({ min, max }) => ({ type: "rating", rateMin: min, rateMax: max }),
  time_zone: () => ({ type: "dropdown", choices: Intl.supportedValuesOf("timeZone") }),
  place: () => ({
    type: "dropdown",
    choices: Array.from({ length: 249 }, (_, n) => `Country ${n}`),
  }),
  weekly_hours: () => ({
    type: "matrixdropdown",
    rows: ["Early", "Morning", "Midday", "Afternoon", "Evening", "Late"],
    columns: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((name) => ({
      name,
      cellType: "boolean",
    })),
  }),
  date_ranges: ({ max }) => rows(max, ["from", "to"]),
  people: ({ max }) => rows(max, ["name", "contact", "reason"]),
  file: ({ max_bytes }) => ({ type: "file", maxSize: max_bytes }),
  info: () => null,
};

function items(max) {
  return Array.from({ length: max }, (_, n) => ({ name: `line${n}`, title: `${n + 1}` }));
}

function rows(max, names) {
  const columns = names.map((name) => ({ name, cellType: "text" }));
  return { type: "matrixdynamic", rowCount: 1, maxRowCount: max, columns };
}

/** The form, with answers where both know the kind. */
export function surveyOf(form, answers, returning = false) {
  const plain = plainPart(form);
  const conditions = new Map(
    survey(plain, returning).pages.flatMap((page) => page.elements.map((one) => [one.name, one])),
  );
  const pages = form.sections
    .flatMap((section) => section.pages)
    .map((page) => ({
      name: page.id,
      title: words(page.heading),
      elements: page.questions.map((question) => element(question, conditions.get(question.id))),
    }));
  const data = {};
  for (const question of questions(plain)) {
    const answer = answers[question.id];
    const known = answer && value(question, answer);
    if (known !== undefined) data[question.id] = known;
  }
  const options = { textUpdateMode: "onTyping", showProgressBar: true, validationEnabled: false };
  return { form: { ...options, pages }, data };
}

function element(question, translated) {
  const [kind, rest] = kindOf(question);
  const control = controls[kind](rest);
  const html = `<p>${words(question.label)}</p>`;
  const { visibleIf, validators } = translated ?? {};
  return {
    name: question.id,
    ...(control ?? { type: "html", html }),
    title: words(question.label),
    description: words(question.hint),
    ...(visibleIf && { visibleIf }),
    ...(validators && control && { validators }),
  };
}

const plainKinds = new Set(
  "short_text long_text number yes_no single multi rank grid scale".split(" "),
);

/** The questions of which both engines know the kind, and whose conditions mention only such. */
function plainPart(form) {
  const all = questions(form);
  const ids = new Set(all.map((one) => one.id));
  const mentions = (one) => {
    const conds = [one.visible, ...(kindOf(one)[1].choices ?? []).map((choice) => choice.visible)];
    const names = JSON.stringify(conds).match(/"[a-z_0-9]+"/g) ?? [];
    return names.map((name) => name.slice(1, -1)).filter((name) => ids.has(name));
  };
  const isKnown = (one) => plainKinds.has(kindOf(one)[0]) && one.required?.if === undefined;
  let plain = all.filter(isKnown);
  // What hangs on a question that is left out is left out, too.
  for (let before = -1; before !== plain.length;) {
    before = plain.length;
    const known = new Set(plain.map((one) => one.id));
    plain = plain.filter((one) => mentions(one).every((name) => known.has(name)));
  }
  const page = (one) => ({ ...one, questions: one.questions.filter((q) => plain.includes(q)) });
  const sections = form.sections.map((one) => ({ ...one, pages: one.pages.map(page) }));
  return { ...form, sections };
}

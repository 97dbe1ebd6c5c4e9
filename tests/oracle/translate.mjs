// A form of the set `plain` as SurveyJS JSON, and answers as its data. Only structure is taken
// over: evaluating conditions, validating and pruning is left to survey-core.

/** A text in the words of a SurveyJS expression. */
const quoted = (text) => `'${text}'`;

class Translation {
  constructor(form, returning) {
    this.returning = returning;
    this.kinds = new Map();
    this.visible = new Map();
    for (const question of questions(form)) {
      this.kinds.set(question.id, kindOf(question));
      this.visible.set(question.id, question.visible ?? null);
    }
  }

  /**
   * A condition as an expression. What is hidden does not count as answered here; there it keeps
   * its value until the survey is complete. So each mention says that the question is asked.
   */
  expression(cond) {
    // The only condition without a question is known beforehand.
    if (cond === "returning") return this.returning ? "1 = 1" : "1 = 2";
    const [[shape, value]] = Object.entries(cond);
    switch (shape) {
      case "all":
        return value.length
          ? joined(
              value.map((part) => this.expression(part)),
              "and",
            )
          : "1 = 1";
      case "any":
        return value.length
          ? joined(
              value.map((part) => this.expression(part)),
              "or",
            )
          : "1 = 2";
      case "not":
        return `!(${this.expression(value)})`;
      default:
        return this.mention(shape, value);
    }
  }

  mention(shape, value) {
    const [id, ...rest] = Array.isArray(value) ? value : [value];
    const atom = this.atom(shape, id, rest);
    const visible = this.visible.get(id);
    return visible ? `((${this.expression(visible)}) and (${atom}))` : `(${atom})`;
  }

  atom(shape, id, rest) {
    const [kind] = this.kinds.get(id);
    const is = (choice) => {
      if (kind === "multi" || kind === "rank") return `holds({${id}}, ${quoted(choice)})`;
      return `{${id}} = ${quoted(choice)}`;
    };
    switch (shape) {
      case "has":
        return this.offered(id, rest[0], is(rest[0]));
      case "has_any":
        return joined(
          rest[0].map((choice) => this.offered(id, choice, is(choice))),
          "or",
        );
      case "row":
        return joined(
          rest[1].map((step) => `{${id}.${rest[0]}} = ${quoted(step)}`),
          "or",
        );
      case "yes":
        return `{${id}} = true`;
      case "answered":
        return this.answered(id, 1);
      case "count_at_least":
        return this.answered(id, rest[0]);
      case "at_least":
        return `{${id}} notempty and {${id}} >= ${Number(rest[0])}`;
      case "at_most":
        return `{${id}} notempty and {${id}} <= ${Number(rest[0])}`;
      default:
        throw new Error(`no translation of the condition ${shape}`);
    }
  }

  /** A choice that is not offered was not chosen, whatever the data still says. */
  offered(id, choice, expression) {
    const cond = this.choices(id).find((known) => known.id === choice)?.visible;
    return cond ? `((${this.expression(cond)}) and ${expression})` : expression;
  }

  choices(id) {
    const [, kind] = this.kinds.get(id);
    return kind?.choices ?? [];
  }

  /** At least so many of what was chosen and is offered. */
  answered(id, least) {
    const [kind] = this.kinds.get(id);
    if (kind === "multi" || kind === "rank" || kind === "single") {
      const all = this.choices(id).map(({ id: choice }) => {
        const chosen =
          kind === "single" ? `{${id}} = ${quoted(choice)}` : `holds({${id}}, ${quoted(choice)})`;
        return `iif(${this.offered(id, choice, `(${chosen})`)}, 1, 0)`;
      });
      return `(${all.join(" + ")}) >= ${least}`;
    }
    if (kind === "grid") return `answeredRows({${id}}) >= ${least}`;
    return `{${id}} notempty and 1 >= ${least}`;
  }

  question(question) {
    const [kind, value] = kindOf(question);
    const translated = {
      name: question.id,
      ...controls[kind](value),
      ...(question.visible && { visibleIf: this.expression(question.visible) }),
    };
    if (value?.choices) {
      translated.choices = value.choices.map((choice) => ({
        value: choice.id,
        ...(choice.visible && { visibleIf: this.expression(choice.visible) }),
      }));
    }
    if (question.required === "always") translated.isRequired = true;
    if (question.required?.if) translated.requiredIf = this.expression(question.required.if);
    return translated;
  }
}

/** Each kind of question in SurveyJS. */
const controls = {
  short_text: ({ limit }) => ({
    type: "text",
    validators: [expression(`graphemesWithin({self}, ${limit.min ?? 0}, ${limit.hard})`)],
  }),
  long_text: ({ limit }) => ({
    type: "comment",
    validators: [expression(`wordsWithin({self}, ${limit.min ?? 0}, ${limit.hard})`)],
  }),
  number: ({ min, max }) => ({
    type: "text",
    inputType: "number",
    ...(min !== undefined && { min: Number(min) }),
    ...(max !== undefined && { max: Number(max) }),
  }),
  yes_no: () => ({ type: "boolean" }),
  single: () => ({ type: "radiogroup" }),
  multi: ({ min, max }) => ({
    type: "checkbox",
    validators: [{ type: "answercount", minCount: min, maxCount: max }],
  }),
  rank: ({ min, max }) => ({
    type: "ranking",
    selectToRankEnabled: true,
    validators: [{ type: "answercount", minCount: min, maxCount: max }],
  }),
  grid: ({ rows, scale, needs_one_of: wanted = [] }) => ({
    type: "matrix",
    rows: rows.map((row) => row.id),
    columns: scale.slice(1).map((step) => step.id),
    validators: wanted.length
      ? [expression(`anyRowIn({self}, ${wanted.map(quoted).join(", ")})`)]
      : [],
  }),
  scale: ({ min, max }) => ({ type: "rating", rateMin: min, rateMax: max, rateStep: 1 }),
};

function expression(text) {
  return { type: "expression", expression: text };
}

function joined(parts, word) {
  return `(${parts.join(` ${word} `)})`;
}

function kindOf(question) {
  if (typeof question.kind === "string") return [question.kind, undefined];
  return Object.entries(question.kind)[0];
}

export function questions(form) {
  return form.sections.flatMap((section) => section.pages).flatMap((page) => page.questions);
}

export function survey(form, returning) {
  const translation = new Translation(form, returning);
  const pages = form.sections
    .flatMap((section) => section.pages)
    .map((page) => ({
      name: page.id,
      elements: page.questions.map((question) => {
        const translated = translation.question(question);
        for (const validator of translated.validators ?? []) {
          validator.expression = validator.expression?.replaceAll("{self}", `{${question.id}}`);
        }
        return translated;
      }),
    }));
  return { pages };
}

/** Our answer as a value there; nothing for what says nothing. */
export function value(question, answer) {
  const [kind] = kindOf(question);
  const [shape, given] = Object.entries(answer)[0];
  switch (shape) {
    case "text":
      if (given.trim() === "") return undefined;
      // There is no minus nought among numbers that people write.
      return kind === "number" ? Number(given) + 0 : given.trim();
    case "yes":
      return given;
    case "one":
      return kind === "scale" ? Number(given.choice) : given.choice;
    case "some":
      return given.choices.length ? [...given.choices] : undefined;
    case "ranked":
      return given.length ? [...given] : undefined;
    case "grid": {
      const rows = Object.entries(given).filter(([, step]) => step !== "none");
      return rows.length ? Object.fromEntries(rows) : undefined;
    }
    default:
      throw new Error(`no translation of the answer ${shape}`);
  }
}

/** All answers as data there. */
export function data(form, answers) {
  const all = questions(form)
    .filter((question) => answers[question.id])
    .map((question) => [question.id, value(question, answers[question.id])]);
  return Object.fromEntries(all.filter(([, known]) => known !== undefined));
}

// What the translated conditions and limits call, as functions of SurveyJS expressions.

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const nothing = (value) => value === undefined || value === null || value === "";

/** A least number is asked of what was written only; that it is written, `required` asks. */
function within(value, least, most, count) {
  if (nothing(value)) return true;
  const number = count(String(value).normalize("NFC").trim());
  return number >= least && number <= most;
}

/** Makes them known to survey-core. */
export function register(factory) {
  factory.register("graphemesWithin", ([value, least, most]) =>
    within(value, least, most, (text) => [...graphemes.segment(text)].length),
  );
  factory.register("wordsWithin", ([value, least, most]) =>
    within(
      value,
      least,
      most,
      (text) => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
    ),
  );
  factory.register("holds", ([list, choice]) =>
    Array.isArray(list) ? list.includes(choice) : list === choice,
  );
  factory.register("answeredRows", ([rows]) => Object.keys(rows ?? {}).length);
  factory.register(
    "anyRowIn",
    ([rows, ...wanted]) =>
      nothing(rows) || Object.values(rows).some((step) => wanted.includes(step)),
  );
}

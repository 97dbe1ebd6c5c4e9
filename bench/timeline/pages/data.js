// The same data as the app's own page: cohorts spread over ten years, six phases each, one after the
// other. In memory before anything is measured.
const phases = [
  ["Applications", 60],
  ["Matching", 30],
  ["Orientation", 20],
  ["Program", 240],
  ["Midpoint review", 15],
  ["Closing survey", 30],
];
const day = 86_400_000;
const first = Date.UTC(2018, 0, 8);
const span = 3650;

export const nItems = Number(new URLSearchParams(location.search).get("items") ?? 50);

export function items() {
  const nCohorts = Math.ceil(nItems / phases.length);
  const all = [];
  for (let cohort = 0; cohort < nCohorts; cohort += 1) {
    let start = first + Math.floor((span * cohort) / nCohorts) * day;
    for (const [name, length] of phases) {
      const end = start + length * day;
      all.push({ id: `${cohort}-${name}`, cohort, name, start, end });
      start = end;
    }
  }
  return all.slice(0, nItems);
}

/** A button that draws when it is pressed, as on the app's own page. */
export function onShow(draw) {
  const button = document.createElement("button");
  button.textContent = "Show the picture";
  button.addEventListener("click", draw, { once: true });
  document.body.prepend(button);
}

// The same questions in SurveyJS, saving the draft at each change, as ours does.

import { createRoot } from "react-dom/client";
import { FunctionFactory, Model } from "survey-core";
import "survey-core/survey-core.min.css";
import { Survey } from "survey-react-ui";

import { register } from "../../tests/oracle/functions.mjs";

register(FunctionFactory.Instance);
const { form, data } = await (await fetch("survey.json")).json();
const model = new Model(form);
model.data = data;
model.onValueChanged.add((survey) => localStorage.setItem("draft", JSON.stringify(survey.data)));
window.model = model;
createRoot(document.querySelector("#root")).render(<Survey model={model} />);

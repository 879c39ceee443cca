// What the other scripts share: the data, words, and a way to make elements. Texts only ever become text nodes.

const byId = (id) => document.getElementById(id);
window.addEventListener("error", (problem) => {
  byId("failure").hidden = false;
  byId("failure").textContent = `The article browser failed: ${problem.message}`;
});

const { articles, marks: MARKS } = JSON.parse(byId("data").textContent);
const VERDICTS = {
  missed: "Missed", extra: "False alarm", wrong: "Wrong", partly: "Partly right", right: "Right", ignored: "Not scored",
};
const FIELDS = [
  ["type", "Type"], ["mode", "Mode"], ["status", "Status"], ["date", "Date"], ["country", "Country"], ["city", "City"],
  ["actors", "Actors"], ["recipients", "Recipients"], ["optional", "Optional"], ["contexts", "Contexts"],
  ["trigger", "Trigger"], ["confidence", "Confidence"],
];
const form = byId("filters");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const label = (event) => (event ? `${event.type}/${event.mode ?? "-"}` : "");
const text = (article) => article.paragraphs.map((line) => line.map((piece) => piece[0]).join("")).join("\n");
const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

let order = [];       // the articles that pass the filter, worst first
let shown = null;     // the article on display
let pointed = null;   // the mark that the tip is about
let pair = null;      // a cell of the confusion matrix: [gold, predicted]
const view = { show: "both", tags: true };

/** An element with attributes (functions become listeners) and children (strings become text). */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

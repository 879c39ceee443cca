// The list of articles: which pass the filters, worst first; and the start.

const count = (article, verdict) => article.outcomes.filter((outcome) => outcome.verdict === verdict).length;
for (const article of articles) {
  const events = article.outcomes.flatMap((o) => [o.gold, o.predicted]).filter(Boolean);
  const names = events.flatMap((e) => [label(e), e.city, ...e.actors, ...e.recipients]);
  article.hay = [article.id, article.title, article.outlet, ...names, text(article)].join("\n").toLowerCase();
  article.tallies = Object.fromEntries(Object.keys(VERDICTS).map((verdict) => [verdict, count(article, verdict)]));
  article.differing = article.differences.length;
}
articles.sort((a, b) => {
  const [x, y] = [a.tallies, b.tallies];
  return (y.missed + y.extra) - (x.missed + x.extra) || y.wrong - x.wrong || y.partly - x.partly
    || b.differing - a.differing || (a.id < b.id ? -1 : 1);
});

/** Whether an outcome is what the filters ask for; a confusion of types is a miss of one and a false alarm of the other. */
function wanted(outcome, kind, type) {
  if (pair && !isPair([label(outcome.gold), label(outcome.predicted)])) {
    const half = (outcome.verdict === "missed" && label(outcome.gold) === pair[0])
      || (outcome.verdict === "extra" && label(outcome.predicted) === pair[1]);
    if (!half) return false;
  }
  if (type && ![outcome.gold, outcome.predicted].some((e) => e && (e.type === type || label(e) === type))) return false;
  const [what, value] = kind.split(":");
  if (what === "event") return outcome.verdict === value;
  if (what === "field") return outcome.verdict !== "ignored" && outcome.differs.includes(value);
  return true;
}

const isPair = ([gold, predicted]) => gold === pair[0] && predicted === pair[1];

function passes(article, { search, kind, type, outlet }) {
  if (outlet && `=${article.outlet ?? ""}` !== outlet) return false;
  if (!search.toLowerCase().split(/\s+/).every((word) => article.hay.includes(word))) return false;
  if (pair && !article.confusion.some(isPair)) return false;
  const [what, value, layer] = kind.split(":");
  if (what === "rejected" && article.rejected === null) return false;
  if (what === "layer" && !article.differences.some((d) => d.kind === value && d.layer === layer)) return false;
  const asks = type || what === "event" || what === "field";
  return !asks || article.outcomes.some((outcome) => wanted(outcome, kind, type));
}

const asked = () => Object.fromEntries(new FormData(form));

function filter() {
  order = articles.filter((article) => passes(article, asked()));
  byId("count").textContent = `${order.length} of ${plural(articles.length, "article")}, most misses and false alarms first`;
  byId("list").replaceChildren(...order.map(item));
  byId("pair").hidden = !pair;
  if (pair) {
    const drop = make("button", { type: "button", click: () => choosePair(null) }, "Remove");
    byId("pair").replaceChildren(`Gold ${pair[0] || "none"} predicted as ${pair[1] || "none"} `, drop);
  }
  for (const button of document.querySelectorAll(".matrix button")) {
    const on = pair && button.dataset.gold === pair[0] && button.dataset.predicted === pair[1];
    button.setAttribute("aria-pressed", String(Boolean(on)));
  }
  if (order.length) display(order.includes(shown) ? shown : order[0]);
  else byId("shown").replaceChildren(make("p", {}, "No article passes the filter."));
}

function item(article) {
  const t = article.tallies;
  const said = [
    t.missed && `${t.missed} missed`, t.extra && plural(t.extra, "false alarm"), t.wrong && `${t.wrong} wrong`,
    t.partly && `${t.partly} partly right`, article.differing && plural(article.differing, "other difference"),
  ].filter(Boolean).join(", ");
  const tallies = article.rejected === null ? said || "nothing differs" : `rejected; ${said}`;
  return make("li", {}, make("button", { type: "button", "data-id": article.id, click: () => choose(article) },
    article.id, make("span", { class: "tallies" }, tallies)));
}

function choosePair(chosen) {
  pair = chosen;
  filter();
  if (chosen) byId("browser").scrollIntoView({ block: "start" });
  byId("browser").focus({ preventScroll: true });
}

function fillSelects() {
  const option = (value, name, n) => make("option", { value }, `${name} (${n})`);
  const some = (test) => articles.filter(test).length;
  const events = Object.entries(VERDICTS).filter(([verdict]) => verdict !== "ignored").map(([verdict, name]) =>
    option(`event:${verdict}`, name, some((a) => a.tallies[verdict])));
  const fields = [...new Set(articles.flatMap((a) => a.outcomes.flatMap((o) => o.differs)))].sort().map((name) =>
    option(`field:${name}`, `differs in ${name}`, some((a) => a.outcomes.some((o) => o.verdict !== "ignored" && o.differs.includes(name)))));
  const layers = [...new Set(articles.flatMap((a) => a.differences.map((d) => `${d.kind}:${d.layer}`)))];
  layers.sort((a, b) => (a.split(":")[1] < b.split(":")[1] ? -1 : a.split(":")[1] > b.split(":")[1] ? 1 : a < b ? 1 : -1));
  const others = layers.map((key) => {
    const [kind, layer] = key.split(":");
    return option(`layer:${key}`, `${layer}: ${kind}`, some((a) => a.differences.some((d) => d.kind === kind && d.layer === layer)));
  });
  const rejected = some((a) => a.rejected !== null);
  form.elements.kind.replaceChildren(make("option", { value: "" }, "anything"),
    make("optgroup", { label: "Events" }, events),
    fields.length ? make("optgroup", { label: "Fields of aligned events" }, fields) : null,
    others.length ? make("optgroup", { label: "Other differences" }, others) : null,
    rejected ? option("rejected", "rejected by the system", rejected) : null);
  for (const empty of form.elements.kind.querySelectorAll("optgroup:empty")) empty.remove();
  const types = new Set(articles.flatMap((a) => a.outcomes.flatMap((o) => [o.gold, o.predicted].filter(Boolean).flatMap((e) => [e.type, label(e)]))));
  form.elements.type.replaceChildren(make("option", { value: "" }, "any"),
    ...[...types].sort().map((type) => make("option", { value: type }, type.includes("/") ? `\u2003${type}` : type)));
  const outlets = [...new Set(articles.map((a) => a.outlet ?? ""))].sort();
  form.elements.outlet.replaceChildren(make("option", { value: "" }, "any"),
    ...outlets.map((outlet) => option(`=${outlet}`, outlet || "unknown", some((a) => (a.outlet ?? "") === outlet))));
}

fillSelects();
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => { pair = null; setTimeout(filter); });
for (const button of document.querySelectorAll(".matrix button")) {
  button.addEventListener("click", () => choosePair([button.dataset.gold, button.dataset.predicted]));
}
byId("browser").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const step = { j: 1, k: -1 }[event.key];
  const next = step && order[order.indexOf(shown) + step];
  if (next) {
    choose(next);
    byId("article").focus({ preventScroll: true });
  }
});
window.addEventListener("scroll", () => { if (pointed) place(pointed); }, { capture: true, passive: true });
byId("browse").hidden = false;
const linked = articles.find((article) => location.hash === `#article=${encodeURIComponent(article.id)}`);
shown = linked ?? null;
filter();
if (linked) byId("browser").scrollIntoView();

// One article on display: its text with marks, its events, its other differences.

function display(article) {
  shown = article;
  pointed = null;
  byId("tip").hidden = true;
  for (const button of byId("list").querySelectorAll("button")) {
    const current = button.dataset.id === article.id;
    button.setAttribute("aria-current", String(current));
    if (current) {
      const box = byId("list");
      const above = button.offsetTop - box.offsetTop;
      if (above < box.scrollTop || above + button.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = above;
    }
  }
  const at = order.indexOf(article);
  const go = (step) => { choose(order[at + step]); byId("article").focus({ preventScroll: true }); };
  const t = article.tallies;
  const verdicts = Object.entries(VERDICTS).filter(([verdict]) => t[verdict]).map(([verdict, name]) =>
    (verdict === "extra" ? plural(t.extra, "false alarm") : `${t[verdict]} ${name.toLowerCase()}`));
  byId("shown").replaceChildren(make("article", { id: "article", tabindex: "-1", "data-id": article.id, "aria-labelledby": "article-title", class: view.tags ? "" : "untagged" },
    make("div", { class: "bar-row" },
      make("div", {},
        make("button", { type: "button", class: "button", disabled: at <= 0, click: () => go(-1) }, "Previous"),
        make("button", { type: "button", class: "button", disabled: at + 1 >= order.length, click: () => go(1) }, "Next"),
        make("span", {}, `${at + 1} of ${order.length}`)),
      make("span", { class: "quiet keys" }, "Keys: ", make("kbd", {}, "j"), " next, ", make("kbd", {}, "k"), " previous")),
    make("h3", { id: "article-title", dir: "auto" }, article.title ?? article.id),
    make("p", { class: "meta" }, [article.id, article.outlet, article.published, plural(article.words, "word"), verdicts.length ? `events: ${verdicts.join(", ")}` : "no events"].filter(Boolean).join(" · ")),
    article.rejected === null ? null : make("p", { class: "notice" }, `The system rejected this article: ${article.rejected}`),
    article.misplaced ? make("p", { class: "notice" }, `${plural(article.misplaced, "predicted span")} cannot be shown: this text has other words there. Was another version of the article processed?`) : null,
    tools(), legend(article), texts(article),
    make("h4", {}, `Events (${article.outcomes.length})`), cards(article),
    ...differences(article)));
}

/** Displays what somebody chose, and keeps it in the address. */
function choose(article) {
  display(article);
  history.replaceState(null, "", `#article=${encodeURIComponent(article.id)}`);
}

function tools() {
  const radio = (value, name) => make("label", {}, make("input", {
    type: "radio", name: "show", value, checked: view.show === value,
    change: () => { view.show = value; byId("texts").dataset.show = value; },
  }), name);
  const tags = make("input", { type: "checkbox", checked: view.tags, change: (event) => {
    view.tags = event.target.checked;
    byId("article").classList.toggle("untagged", !view.tags);
  } });
  return make("fieldset", { class: "tools", "aria-label": "How to show the text" },
    radio("both", "Gold and predicted"), radio("gold", "Gold only"), radio("predicted", "Predicted only"), make("label", {}, tags, "Labels in the text"));
}

function legend(article) {
  const used = new Set([...article.gold, ...article.predicted].map((mark) => mark.label));
  const errors = new Set([...article.gold, ...article.predicted].map((mark) => mark.error));
  const sign = { missed: ["−", "missed mention"], extra: ["+", "extra mention"], wrong: ["≠", "mention labelled otherwise"] };
  return make("ul", { class: "legend", "aria-label": "Legend" },
    Object.entries(MARKS).filter(([name]) => used.has(name)).map(([name, [tag, said]]) =>
      make("li", {}, paint(make("mark", { class: name === "trigger" ? "trigger" : "" }, "\u00a0", tag, "\u00a0"), [name]), said)),
    Object.entries(sign).filter(([kind]) => errors.has(kind)).map(([kind, [short, said]]) =>
      make("li", {}, make("mark", { class: kind }, `\u00a0${short}\u00a0`), said)));
}

/** Colours of a mark: the first label fills, a second one is underneath. */
function paint(element, labels) {
  const filled = labels.filter((name) => name !== "trigger");
  if (filled.length) element.style.setProperty("--kind", `var(--${filled[0]})`);
  if (filled.length > 1) {
    element.dataset.under = filled[1];
    element.style.setProperty("--under", `color-mix(in srgb, var(--${filled[1]}) 60%, var(--ink))`);
  }
  return element;
}

function texts(article) {
  const box = make("div", { id: "texts", class: "texts", "data-show": view.show, role: "region", tabindex: "0", "aria-label": "Text with gold and predicted spans" },
    make("div", { class: "row names", "aria-hidden": "true" }, make("span", { class: "gold" }, "Gold"), make("span", { class: "predicted" }, "Predicted")),
    article.paragraphs.map((line) => {
      if (!line.some((piece) => piece[0].trim())) return null;
      return make("div", { class: "row" }, ["gold", "predicted"].map((side, at) =>
        make("p", { class: side, dir: "auto" }, make("span", { class: "side" }, at ? "Predicted" : "Gold"), pieces(article, line, side, at + 1))));
    }));
  for (const side of ["gold", "predicted"]) box.querySelector(`mark[data-side="${side}"]`)?.setAttribute("tabindex", "0");
  const focused = () => box.querySelector("mark:focus-visible");
  box.addEventListener("pointerover", (event) => point(article, event.target.closest("mark") ?? focused()));
  box.addEventListener("pointerleave", () => point(article, focused()));
  box.addEventListener("focusin", (event) => point(article, event.target.closest("mark")));
  box.addEventListener("focusout", () => point(article, null));
  box.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    point(article, mark);
    const number = mark?.dataset.outcome?.split(" ")[0];
    if (number) select(Number(number), byId("texts").dataset.selected === number ? "card" : null);
  });
  box.addEventListener("keydown", (event) => walk(article, event));
  return box;
}

/** The pieces of a line on one side, neighbours with the same marks joined. */
function pieces(article, line, side, column) {
  const joined = [];
  for (const piece of line) {
    const last = joined.at(-1);
    if (last && last[1].join() === piece[column].join()) last[0] += piece[0];
    else joined.push([piece[0], piece[column]]);
  }
  return joined.map(([words, numbers], at) => {
    if (!numbers.length) return words;
    const all = numbers.map((number) => article[side][number]);
    const after = joined[at + 1]?.[1] ?? [];
    const ending = all.filter((_, n) => !after.includes(numbers[n]));
    const outcomes = all.filter((mark) => mark.outcome !== undefined).map((mark) => mark.outcome);
    const triggers = all.some((mark) => mark.label === "trigger");
    const classes = [triggers ? "trigger" : "", ...new Set(all.map((mark) => mark.error ?? ""))].join(" ").trim();
    const sign = { missed: "−", extra: "+", wrong: "≠" };
    const tags = new Set(ending.map((mark) => (mark.label === "trigger"
      ? `#${mark.outcome === undefined ? "" : mark.outcome + 1}` : `${MARKS[mark.label][0]}${sign[mark.error] ?? ""}`)));
    const inner = [...all].sort((a, b) => (a.label === "trigger") - (b.label === "trigger")).map((mark) => mark.label).reverse();
    return paint(make("mark", {
      class: classes || null, tabindex: "-1", "data-side": side, "data-marks": numbers.join(" "),
      "data-outcome": outcomes.length ? outcomes.join(" ") : null, "aria-describedby": "tip",
      role: outcomes.length ? "button" : null,
    }, words, tags.size ? make("span", { class: "tag", "aria-hidden": "true" }, [...tags].join(" ")) : null), inner);
  });
}

/** Arrow keys go from mark to mark, Enter shows an event. */
function walk(article, event) {
  const here = event.target.closest("mark");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!here) return;
  if (event.key === "Enter" && here.dataset.outcome) select(Number(here.dataset.outcome.split(" ")[0]), "card");
  if (event.key === "Escape") point(article, null);
  if (!step) return;
  const all = [...byId("texts").querySelectorAll(`mark[data-side="${here.dataset.side}"]`)];
  const there = all[all.indexOf(here) + step];
  if (there) {
    here.setAttribute("tabindex", "-1");
    there.setAttribute("tabindex", "0");
    there.focus();
  }
  event.preventDefault();
}

/** Shows what a mark is, and the other marks of its entity. */
function point(article, mark) {
  const tip = byId("tip");
  for (const other of byId("texts").querySelectorAll(".related")) other.classList.remove("related");
  tip.hidden = !mark;
  pointed = mark;
  if (!mark) return;
  const side = mark.dataset.side;
  const all = mark.dataset.marks.split(" ").map((number) => article[side][number]);
  const errors = { missed: "missed by the system", extra: "not in the gold", wrong: "labelled otherwise" };
  tip.replaceChildren(...all.map((it) => make("p", {}, make("strong", {}, it.label === "trigger" ? "event" : MARKS[it.label][1]),
    it.outcome === undefined ? "" : ` ${it.outcome + 1}`, it.name ? `: ${it.name}` : "",
    it.note ? ` (${it.label === "trigger" ? VERDICTS[it.note].toLowerCase() : it.note})` : "", it.error ? `, ${errors[it.error]}` : "")));
  const entities = all.map((it) => it.entity).filter(Boolean);
  for (const other of byId("texts").querySelectorAll(`mark[data-side="${side}"]`)) {
    const same = other.dataset.marks.split(" ").some((number) => entities.includes(article[side][number].entity));
    other.classList.toggle("related", same && other !== mark);
  }
  place(mark);
}

/** Puts the tip beside its mark, or away when the mark is out of sight. */
function place(mark) {
  const tip = byId("tip");
  const box = byId("texts").getBoundingClientRect();
  const spot = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
  const left = Math.max(8, Math.min(spot.left, window.innerWidth - tip.offsetWidth - 8));
  const below = spot.bottom + 6 + tip.offsetHeight < window.innerHeight;
  tip.hidden = spot.bottom < box.top || spot.top > box.bottom;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? spot.bottom + 6 : spot.top - tip.offsetHeight - 6}px`;
}

/** Marks an outcome's card and triggers, and scrolls to either. */
function select(number, target) {
  const behavior = still.matches ? "auto" : "smooth";
  for (const old of byId("article").querySelectorAll(".selected")) old.classList.remove("selected");
  const card = byId("article").querySelector(`.card[data-outcome="${number}"]`);
  const triggers = [...byId("texts").querySelectorAll("mark[data-outcome]")].filter((mark) => mark.dataset.outcome.split(" ").includes(String(number)));
  card.classList.add("selected");
  for (const mark of triggers) mark.classList.add("selected");
  const visible = triggers.find((mark) => mark.offsetParent !== null);
  if (target === "card") card.scrollIntoView({ block: "nearest", behavior });
  else if (target === "text" && visible) visible.scrollIntoView({ block: "center", behavior });
  byId("texts").dataset.selected = String(number);
}

const asText = (field, value) => {
  if (value === null || value === undefined) return "–";
  if (field === "trigger") return `“${value.text}”`;
  if (field === "confidence") return value.toFixed(2);
  if (Array.isArray(value)) return value.length ? value.map((one) => make("span", { class: "lines", dir: "auto" }, one)) : "–";
  return value;
};

/** Whether a field of a card is one that the outcome says differs. */
function differs(outcome, field) {
  if (outcome.differs.includes(field)) return true;
  if (!outcome.differs.includes("participants") || (field !== "actors" && field !== "recipients")) return false;
  const [a, b] = [outcome.gold, outcome.predicted];
  const alike = (name) => JSON.stringify([...a[name]].sort()) === JSON.stringify([...b[name]].sort());
  return !alike(field) || (alike("actors") && alike("recipients"));
}

function card(outcome, number) {
  const { gold, predicted, verdict } = outcome;
  const { kind, type } = asked();
  const narrowed = pair || type || /^(event|field):/.test(kind);
  const match = narrowed && verdict !== "ignored" && wanted(outcome, kind, type);
  const sides = [["Gold", gold], ["Predicted", predicted]].filter(([, event]) => event);
  const alone = gold && predicted && label(gold) !== label(predicted) ? `${label(gold)} → ${label(predicted)}` : label(gold ?? predicted);
  const rows = FIELDS.map(([field, name]) => {
    const values = sides.map(([, event]) => event[field]);
    if (values.every((value) => value === null || value === undefined || (Array.isArray(value) && !value.length))) return null;
    const marked = gold && predicted && differs(outcome, field);
    return make("tr", { class: marked ? "differs" : null },
      make("th", { scope: "row" }, marked ? `≠ ${name}` : name),
      values.map((value) => make("td", { dir: "auto" }, asText(field, value))));
  });
  return make("div", { class: `card ${verdict}${match ? " match" : ""}`, "data-outcome": number,
    click: () => { if (!String(window.getSelection())) select(number, "text"); } },
    make("h5", {}, make("button", { type: "button", title: "Show in the text" },
      make("span", { class: "verdict" }, `#${number + 1} ${VERDICTS[verdict]}${gold && !gold.core ? ", not core" : ""}`), make("span", {}, alone))),
    make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Field"), sides.map(([name]) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, rows)));
}

function cards(article) {
  if (!article.outcomes.length) return make("p", { class: "quiet" }, "Neither the gold nor the system has an event here.");
  return make("div", { class: "cards" }, article.outcomes.map(card));
}

function differences(article) {
  const layers = [...new Set(article.differences.map((line) => line.layer))];
  return layers.flatMap((layer) => {
    const lines = article.differences.filter((line) => line.layer === layer);
    return [make("h4", {}, `Differences in ${layer} (${lines.length})`), make("ul", { class: "differences" }, lines.map((line) => {
      const said = line.kind === "wrong" ? `${line.gold ?? "none"} → ${line.predicted ?? "none"}` : line.gold ?? line.predicted;
      return make("li", { class: line.kind }, make("span", { class: "kind" }, line.kind), make("span", { dir: "auto" }, said),
        line.spots.gold.length + line.spots.predicted.length ? make("button", { type: "button", class: "button", click: () => reveal(line) }, "Show") : null);
    }))];
  });
}

/** Scrolls to the marks where a difference is. */
function reveal(line) {
  for (const old of byId("article").querySelectorAll(".selected")) old.classList.remove("selected");
  const marks = [...byId("texts").querySelectorAll("mark")].filter((mark) =>
    mark.dataset.marks.split(" ").some((number) => line.spots[mark.dataset.side].includes(Number(number))));
  for (const mark of marks) mark.classList.add("selected");
  const visible = marks.find((mark) => mark.offsetParent !== null);
  (visible ?? byId("texts")).scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
}

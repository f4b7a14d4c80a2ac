// The article: spans of five kinds, those of the open event tinted, new ones ringed, dropped ones struck.
const KINDS = [["A", "Actor"], ["W", "Weapon"], ["P", "Place"], ["D", "Date"], ["N", "Count"], ["E", "Event"]];
const NAMES = Object.fromEntries(KINDS);
const hiddenKinds = new Set();

// Number of span -> "both", "before" or "after", as far as the shown sides have it; spans of the open event are active.
function roles(article) {
  const found = new Map();
  for (const event of article.events) {
    const active = event === view.event;
    for (const field of event.fields) {
      note(found, field.before_at ?? [], "before", active, field);
      note(found, field.after_at ?? [], "after", active, field);
    }
    if (active) note(found, event.at, event.side, true, null);
  }
  return found;
}

function note(found, spans, side, active, field) {
  for (const span of spans) {
    const role = found.get(span) ?? { before: false, after: false, active: false, fields: new Set() };
    role.before ||= side !== "after";
    role.after ||= side !== "before";
    role.active ||= active;
    if (active && field) role.fields.add(field.field);
    found.set(span, role);
  }
}

function sideOf(role) {
  if (role.before && role.after) return "kept";
  return role.after ? "new" : "dropped";
}

function shownSpans(article) {
  const found = roles(article);
  const order = "NDPWAE";
  const spans = article.spans
    .map(([start, end, letter], number) => ({ start, end, letter, number, role: found.get(number) }))
    .filter((span) => span.role && !hiddenKinds.has(span.letter) && wanted(span.role))
    .sort((a, b) => Number(b.role.active) - Number(a.role.active) || order.indexOf(a.letter) - order.indexOf(b.letter));
  const chosen = [];
  for (const span of spans) {
    if (!chosen.some((other) => span.start < other.end && other.start < span.end)) chosen.push(span);
  }
  return chosen.sort((a, b) => a.start - b.start);
}

function wanted(role) {
  return view.sides === "both" || (view.sides === "before" ? role.before : role.after);
}

function drawArticle(article) {
  if (!article) return replace(byId("article"), make("p", { class: "empty" }, "No change matches the filter."));
  const counts = Object.fromEntries(KINDS.map(([letter]) => [letter, article.spans.filter((span) => span[2] === letter).length]));
  replace(
    byId("article"),
    make("h2", { id: "headline", dir: "auto", lang: article.language }, article.title ? say(article.title) : "(no headline)"),
    make(
      "p",
      { class: "soft source" },
      say(article.source), article.source ? " · " : "", article.published, " · ",
      article.url ? make("a", { href: article.url, rel: "noreferrer noopener", target: "_blank" }, article.host) : say(article.id),
      " · ", make("a", { href: `#article=${article.id}` }, "permalink"),
    ),
    make("div", { class: "chips", role: "group", "aria-label": "Kinds of span" }, KINDS.map(([letter]) => chipOf(letter, counts[letter])), legend()),
    article.text ? drawText(article) : make("p", { class: "empty" }, "The text of this article is in no table."),
  );
  return undefined;
}

function chipOf(letter, count) {
  const pressed = !hiddenKinds.has(letter);
  const flip = () => {
    if (!hiddenKinds.delete(letter)) hiddenKinds.add(letter);
    draw();
  };
  return button([make("b", {}, letter), ` ${NAMES[letter]} ${count}`], flip, { class: `kind mark-${letter}`, "aria-pressed": String(pressed) });
}

function legend() {
  return make("span", { class: "sides" }, make("span", { class: "new" }, "new"), make("span", { class: "dropped" }, "dropped"));
}

function drawText(article) {
  const spans = shownSpans(article);
  const body = make("div", { class: "text", lang: article.language, dir: "auto" });
  let paragraph = make("p");
  article.sentences.forEach((start, index) => {
    const end = article.sentences[index + 1] ?? article.text.length;
    paragraph.append(drawSentence(article, index + 1, start, end, spans));
    if (article.text.slice(start, end).includes("\n")) {
      body.append(paragraph);
      paragraph = make("p");
    }
  });
  body.append(paragraph);
  return body;
}

function drawSentence(article, number, start, end, spans) {
  const sentence = make("span", { class: "sentence", id: `s${number}` });
  sentence.append(make("a", { class: "number", href: `#article=${article.id}&s=${number}`, "aria-label": `sentence ${number}` }, String(number)), " ");
  let at = start;
  for (const span of spans.filter((one) => one.start < end && one.end > start)) {
    const from = Math.max(span.start, start);
    const to = Math.min(span.end, end);
    if (from > at) sentence.append(...split(article.text.slice(at, from)));
    sentence.append(drawSpan(article, span, article.text.slice(from, to)));
    at = to;
  }
  sentence.append(...split(article.text.slice(at, end)));
  return sentence;
}

function drawSpan(article, span, words) {
  const side = sideOf(span.role);
  const said = { new: "newly found, ", dropped: "no longer used, ", kept: "" }[side];
  const classes = ["mark", `mark-${span.letter}`, side, span.role.active ? "active" : "", view.span === span.number ? "ringed" : ""];
  return make(
    "mark",
    { class: classes.filter(Boolean).join(" "), "data-span": span.number, tabindex: "-1", on: { click: () => brushSpan(article, span.number) } },
    say(words),
    make("sup", { "aria-hidden": "true" }, span.letter),
    make("span", { class: "hidden" }, ` (${said}${NAMES[span.letter]})`),
  );
}

// A click on words opens the card that they stand for; a further click the next one. Keys go by the cards.
function brushSpan(article, number) {
  if (!getSelection().isCollapsed) return undefined;
  const stands = (event) => event.at.includes(number) || event.fields.some((field) => [...(field.before_at ?? []), ...(field.after_at ?? [])].includes(number));
  const found = article.events.filter(stands);
  if (!found.length) return undefined;
  brushTo(article, found[(found.indexOf(view.event) + 1) % found.length]);
  return showSpan(number);
}

function brushTo(article, event) {
  openEvent(article, event);
  byId(`e-${event.id}`)?.scrollIntoView({ block: "nearest" });
}

function sentenceOf(article, offset) {
  let number = 0;
  while (number < article.sentences.length && article.sentences[number] <= offset) number += 1;
  return number;
}

function showSpan(number) {
  view.span = number;
  drawArticle(view.article);
  const mark = document.querySelector(`mark[data-span="${number}"]`);
  if (!mark) return announce("That span is hidden by the chips or the side that is shown");
  mark.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  announce(`${NAMES[view.article.spans[number][2]]}: ${mark.querySelector("bdi").textContent}`);
  return undefined;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

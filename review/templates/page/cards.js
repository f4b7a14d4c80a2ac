// The events of an article: a card each, with field | before | after | evidence.
const FIELD_NAMES = { event_type: "type", is_aggregate: "is total", part_of: "part of", told: "sentences" };
const OPERATIONS = { removed: "event removed", added: "event added", split: "event split", merged: "events merged", changed: "changed", moved: "only offsets moved" };

const nameField = (name) => FIELD_NAMES[name] ?? name.replaceAll("_", " ");

function drawCards() {
  const article = view.article;
  const cards = article ? orderEvents(article).map((event) => drawCard(article, event)) : [];
  replace(byId("events"), drawFiltered(), drawBanner(), drawCause(), ...cards);
}

// Events with a change of the open group come first, then others with changes, then the rest in one line.
function orderEvents(article) {
  const rank = (event) => (event.changes.some(inGroup) ? 0 : event.changes.length ? 1 : 2);
  return [...article.events].sort((a, b) => rank(a) - rank(b) || article.events.indexOf(a) - article.events.indexOf(b));
}

const inGroup = (number) => view.group !== null && view.members.has(number);
const codeOf = (article, event) => `E${article.events.indexOf(event) + 1}`;

function focusCard() {
  (byId(`e-${view.event?.id}`) ?? byId("events")).focus({ preventScroll: true });
}

function drawBanner() {
  const group = data.groups[view.group];
  if (!group) return null;
  const list = visible(group);
  const open = countOpen(list);
  const much = list.length < group.members.length ? `${list.length} of ${plural(group.changes, "change")}` : plural(group.changes, "change");
  return make(
    "div",
    { class: "banner" },
    make("div", {}, make("strong", {}, group.name), " ", make("span", { class: "soft" }, kindsOf(group)),
      make("p", {}, make("strong", {}, much), ` the same way · this is ${describePlace(group)}`),
      causeLine(group.cause)),
    make("div", { class: "actions" },
      button(`Accept all ${open}`, () => openBulk("accept"), { class: "primary", disabled: !open, "data-key": "A", "data-focus": "accept all" }, "⇧A"),
      button("Reject all", () => openBulk("reject"), { disabled: !open }, "⇧R"),
      button("See 10 at random", openSample, { disabled: list.length < 2 })),
  );
}

const countOpen = (numbers) => numbers.filter((number) => !DECIDED.has(standings[number])).length;

// What the filter leaves, where it is more than what it leaves of the open group.
function drawFiltered() {
  if (!view.tests.length) return null;
  const groups = data.groups.filter((group) => visible(group).length).length;
  const list = leftByFilter();
  const open = countOpen(list);
  if (groups < 2) return null;
  return make("div", { class: "banner filtered" },
    make("p", {}, "The filter leaves ", make("strong", {}, plural(list.length, "change")), ` in ${groups} groups`),
    make("div", { class: "actions" },
      button(`Accept ${open} left by the filter`, () => openFiltered("accept"), { disabled: !open }),
      button("Reject them", () => openFiltered("reject"), { disabled: !open })));
}

function kindsOf(group) {
  return group.kind_before === group.kind_after ? group.kind_before : `${group.kind_before} → ${group.kind_after}`;
}

function describePlace(group) {
  const list = visible(group);
  const at = list.findIndex((number) => placeOf(number)?.event === view.event);
  return view.sample ? `no. ${view.sample.at + 1} of ${view.sample.numbers.length} drawn at random` : `no. ${at + 1}`;
}

function causeLine(cause) {
  if (!cause.length) return null;
  return make("p", { class: "soft cause" }, cause.map((one) => [nameCause(one), " "]));
}

function nameCause(one) {
  const sign = one[0] === "+" || one[0] === "-" ? one[0] : "";
  const words = sign ? { "+": "new rule ", "-": "no longer " }[sign] : "";
  return [words, make("code", {}, say(sign ? one.slice(1) : one))];
}

function drawCard(article, event) {
  const open = event === view.event;
  if (!event.changes.length && !open) return drawUnchanged(article, event);
  const state = sumState(event.changes);
  const whole = event.changes.map((number) => data.changes[number]).find((change) => change.operation !== "changed");
  return make(
    "article",
    { class: `card${open ? " open" : ""} is-${state}`, id: `e-${event.id}`, tabindex: "-1", "aria-current": open ? "true" : false, "aria-label": `${codeOf(article, event)} ${event.type}` },
    make("header", { on: { click: () => openEvent(article, event) } },
      make("div", { class: "what" },
      make("button", { type: "button", class: "code", "aria-label": `Open ${codeOf(article, event)}` }, codeOf(article, event)), " ",
      make("h3", {}, event.type, whole && whole.operation !== "moved" ? make("span", { class: `operation ${whole.operation}` }, OPERATIONS[whole.operation]) : null),
      " ", make("span", { class: "soft" }, say(event.sides), ` · ${event.sign} ${event.status}`)),
      make("div", { class: "does" },
      make("span", { class: "soft count" }, state === "open" ? plural(event.changes.length, "change") : WORDS[standings[event.changes[0]]] && state),
      button("Accept", () => decideEvent("accept", event), { class: open ? "primary" : "", "aria-label": `Accept ${codeOf(article, event)}`, "data-focus": open ? "accept" : false }),
      button("Reject", () => decideEvent("reject", event), { "aria-label": `Reject ${codeOf(article, event)}`, "data-focus": open ? "reject" : false }))),
    make("div", { class: "fields" }, event.fields.filter((field) => field.change >= 0 || whole).map((field) => drawField(article, event, field, whole))),
    drawSame(article, event, whole),
    drawComments(event),
  );
}

function drawField(article, event, field, whole) {
  const number = field.change;
  const change = number >= 0 ? data.changes[number] : null;
  const alone = field.before === undefined ? "come" : field.after === undefined ? "gone" : "";
  const picked = event === view.event && view.field === number && number >= 0;
  return make(
    "div",
    { class: `field${alone ? ` alone ${alone}` : ""}${change && inGroup(number) ? " here" : ""}${picked ? " picked" : ""}`, "data-change": number >= 0 ? number : false },
    make("div", { class: "name" }, nameField(field.field), change && inGroup(number) ? make("small", {}, "this group") : null),
    make("div", { class: "old" }, valueOf(field, "before", change)),
    make("div", { class: "now" }, valueOf(field, "after", change), change ? whyOf(change) : null),
    make("div", { class: "evidence" }, linksOf(article, field.after_at, ""), linksOf(article, dropped(field), "was ")),
  );
}

const dropped = (field) => (field.before_at ?? []).filter((span) => !(field.after_at ?? []).includes(span));

function valueOf(field, side, change) {
  const words = field[side];
  if (words === undefined) return make("span", { class: "none" }, "–");
  if (!words) return make("em", {}, "empty");
  const alone = field.before === undefined || field.after === undefined;
  const same = !alone && (change === null || field.before === field.after);
  const sign = same ? "" : side === "before" ? "− " : "+ ";
  const tag = same ? "span" : side === "before" ? "del" : "ins";
  return make(tag, {}, sign, say(words), drawRange(field[`${side}_range`]));
}

// Low, best and high as a short line with a dot.
function drawRange(range) {
  if (!range || range.every((value) => value === null) || range[0] === range[2]) return null;
  const [low, best, high] = range;
  const top = Math.max(low ?? 0, best ?? 0, high ?? 0, 1);
  const x = (value) => 4 + (52 * value) / top;
  const label = `low ${low ?? "unknown"}, best ${best ?? "unknown"}, high ${high ?? "unknown"}`;
  return make("svg", { class: "range", viewBox: "0 0 60 12", role: "img", "aria-label": label },
    make("line", { x1: x(low ?? 0), x2: x(high ?? top), y1: 6, y2: 6, class: high === null ? "open" : "" }),
    best === null ? null : make("circle", { cx: x(best), cy: 6, r: 3.5 }));
}

function whyOf(change) {
  const sure = change.confidence[1] ?? change.confidence[0];
  const low = sure !== null && sure < data.policy.confidence;
  return make("small", {},
    change.held ? make("b", {}, `still held${change.held.runs ? ` (${plural(change.held.runs, "run")})` : ""}: `, say(change.held.who), " ", say(change.held.reason), " · ") : null,
    low ? make("b", { class: "low" }, `low confidence ${sure.toFixed(2)} · `) : null,
    change.cause.map((one, index) => [index ? " · " : "", nameCause(one)]));
}

function linksOf(article, spans, before) {
  return (spans ?? []).slice(0, 6).map((number) => {
    const [start, end] = article.spans[number];
    return button(`${before}s${sentenceOf(article, start)} ${start}–${end}`, () => showSpan(number), { class: "link" });
  });
}

function drawSame(article, event, whole) {
  const same = whole ? [] : event.fields.filter((field) => field.change < 0 && field.after);
  if (!same.length) return null;
  return make("p", { class: "same" }, "unchanged ",
    same.map((field) => [make("code", {}, nameField(field.field)), " ", say(field.after), " ", linksOf(article, (field.after_at ?? []).slice(0, 1), ""), " "]));
}

function drawComments(event) {
  const kept = [...new Set(event.changes.flatMap((number) => comments[number]))];
  return kept.length ? make("ul", { class: "comments" }, kept.map((one) => make("li", {}, say(one.who), ": ", say(one.comment)))) : null;
}

function drawUnchanged(article, event) {
  return make("p", { class: "unchanged" },
    make("span", { class: "code" }, codeOf(article, event)), " ", event.type, " ", make("span", { class: "soft" }, say(event.sides), " · unchanged "),
    button("show", () => openEvent(article, event), { class: "link", "aria-label": `Show ${codeOf(article, event)}` }));
}

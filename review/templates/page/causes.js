// What changes followed from, the parts of a group, and the order of the list.
const ORDERS = { impact: "by impact", cause: "by cause", sure: "least sure first", newest: "newest first", source: "by source" };

const causeOf = (group) => data.causes.find((cause) => cause.root === group?.root);
const nameRoot = (root) => data.causes.find((cause) => cause.root === root)?.name ?? "";
// For labels that are spoken: hidden characters by name, as `say` draws them.
const spell = (words) => [...words].map((letter) => (HIDDEN.test(letter) ? chip(letter).textContent : letter)).join("");
const listCause = (cause) => data.changes.flatMap((change, number) => (change.root === cause.root && groupOf[number] !== undefined ? [number] : []));

// Changes of several kinds that one cause led to, and the button that takes them together.
function drawCause() {
  const cause = causeOf(data.groups[view.group]);
  if (!cause || cause.groups < 2) return null;
  return make("div", { class: "banner cause-of" },
    make("p", {}, say(cause.name), ": ", make("strong", {}, plural(cause.changes, "change")), ` in ${plural(cause.groups, "group")}`, effectOfAll(cause)),
    make("div", { class: "actions" }, drawWhole(cause)));
}

function drawWhole(cause) {
  const open = keepShown(listCause(cause)).filter((number) => !DECIDED.has(standings[number])).length;
  const label = `Accept the cause ${spell(cause.name)}`;
  return button("Accept the cause", () => openCause("accept", cause), { disabled: !open, "aria-label": label, "data-focus": label }, "⇧C");
}

function effectOfAll({ effect }) {
  const told = ["killed", "injured"].filter((loss) => effect[`${loss}_best`]).map((loss) => `${signed(effect[`${loss}_best`])} ${loss}`);
  if (effect.rows) told.push(`${signed(effect.rows)} rows`);
  return told.length ? ` · ${told.join(", ")}` : "";
}

function openCause(verdict, cause = causeOf(data.groups[view.group])) {
  if (!cause) return announce("What led to this group is not one thing");
  return askShown(verdict, listCause(cause), cause.id, [make("strong", {}, say(cause.name)), `, in ${plural(cause.groups, "group")}`]);
}

// What the filter hides is never decided with the rest.
const keepShown = (numbers) => (view.tests.length ? numbers.filter((number) => matches(number, view.tests)) : numbers);

function askShown(verdict, numbers, alike, about) {
  const shown = keepShown(numbers);
  const hidden = numbers.length - shown.length;
  return askBulk(verdict, shown, { scope: "group", alike }, [
    make("p", {}, about),
    hidden ? make("p", {}, `${plural(hidden, "change")} hidden by the filter: not decided with these.`) : null,
  ]);
}

// In the order of causes each begins with its name; a group with several stands at the end.
function drawHeading(group, before) {
  if (before && before.root === group.root) return null;
  const cause = causeOf(group);
  if (!cause) return make("li", { class: "heading" }, make("b", {}, "several causes, or none"));
  return make("li", { class: "heading" },
    make("b", {}, say(cause.name)),
    make("small", {}, `${plural(cause.changes, "change")} in ${plural(cause.groups, "group")}`, effectOfAll(cause)),
    drawWhole(cause));
}

// The parts of the open group that are still more alike; each can be decided by itself.
function drawParts(group) {
  if (!group.pairs.length) return null;
  return make("ul", { class: "parts" }, group.pairs.map((pair) => drawPart(group, pair)));
}

function drawPart(group, pair) {
  const words = namePart(pair);
  const name = words.join(" → ");
  const spoken = spell(name);
  const shown = keepShown(pair.members);
  if (!shown.length) return null;
  const open = shown.filter((number) => !DECIDED.has(standings[number]));
  const state = sumState(pair.members);
  const decide = (verdict) => askShown(verdict, pair.members, group.id, [make("strong", {}, group.name), " ", say(name)]);
  return make("li", { class: `is-${state}` },
    button([make("span", { "aria-hidden": "true" }, SIGNS[state]), ` ${shown.length} × `, ...words.flatMap((word, at) => [at ? " → " : "", say(word)])],
      () => showNumber(open[0] ?? shown[0]), { class: "link", "data-focus": `part ${spoken}` }),
    button("Accept", () => decide("accept"), { disabled: !open.length, "aria-label": `Accept ${shown.length} × ${spoken}` }),
    button("Reject", () => decide("reject"), { disabled: !open.length, "aria-label": `Reject ${shown.length} × ${spoken}` }));
}

function namePart(pair) {
  if (pair.by === "root") return [nameRoot(pair.before) || "cause not known"];
  return pair.before === pair.after ? [pair.before || "empty"] : [pair.before || "empty", pair.after || "empty"];
}

function drawOrder() {
  const choice = make("select", { "aria-label": "Order of the groups", class: "order", on: { change: (event) => setOrder(event.target.value) } },
    Object.entries(ORDERS).map(([name, label]) => make("option", { value: name }, label)));
  choice.value = view.order;
  return choice;
}

// The order changes which group is next; ids and numbers of the groups stay.
function setOrder(order) {
  const open = data.groups[view.group];
  view.order = order;
  const rank = new Map(data.groups.map((group) => [group, [group.operation === "moved" ? 1 : 0, ...rankOf(group, order), group.number]]));
  data.groups.sort((a, b) => {
    const at = rank.get(a).findIndex((part, number) => part !== rank.get(b)[number]);
    return at < 0 ? 0 : rank.get(a)[at] < rank.get(b)[at] ? -1 : 1;
  });
  data.groups.forEach((group, index) => group.members.forEach((number) => { groupOf[number] = index; }));
  view.group = open ? data.groups.indexOf(open) : null;
  draw();
  announce(`Groups ${ORDERS[order]}`);
}

function rankOf(group, order) {
  if (order === "sure") return [group.least_confidence ?? 2];
  if (order === "cause") {
    const at = data.causes.indexOf(causeOf(group));
    return [at < 0 ? data.causes.length : at];
  }
  const articles = group.members.map((number) => placeOf(number)?.article).filter(Boolean);
  if (order === "newest") return [-Math.max(0, ...articles.map((article) => Date.parse(article.published) || 0))];
  if (order === "source") return [articles.map((article) => article.source || article.host).sort()[0] ?? "\uffff"];
  return [];
}

// What is shown, and how one gets from one change to the next. The address holds it, so that it can be sent.
const view = { group: null, members: new Set(), article: null, event: null, field: null, sides: "both", span: null, query: "", tests: [], table: false, row: null, sample: null, order: "impact", cache: new Map() };
const SETTINGS = "dateline:settings";
let settings = { who: "", keys: true, theme: "" };

function recallSettings() {
  try {
    settings = { ...settings, ...JSON.parse(localStorage.getItem(SETTINGS) ?? "{}") };
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof SyntaxError)) throw error;
  }
}

function keepSettings(changed) {
  recallSettings(); // another tab may have changed others
  settings = { ...settings, ...changed };
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(settings));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function flipTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  keepSettings({ theme: document.documentElement.dataset.theme });
}

function warn(text) {
  byId("warnings").append(make("p", { class: "warning" }, text));
}

function draw() {
  view.cache.clear();
  byId("panes").hidden = view.table;
  byId("table").hidden = !view.table;
  if (view.table) drawTable();
  drawGroups();
  drawArticle(view.article);
  drawCards();
  drawAround();
  drawReviewer();
  keepAddress();
}

function keepAddress() {
  const parts = [];
  if (view.query) parts.push(`q=${encodeURIComponent(view.query)}`);
  if (view.table) parts.push("view=table");
  if (view.group !== null) parts.push(`group=${data.groups[view.group].id}`);
  if (view.event) parts.push(`event=${view.event.id}`);
  history.replaceState(null, "", `#${parts.join("&")}`);
}

function openGroup(index) {
  const group = data.groups[index];
  view.group = index;
  view.members = new Set(group.members);
  view.sample = null;
  const list = visible(group);
  const first = list.find((number) => !DECIDED.has(standings[number])) ?? list[0];
  showNumber(first);
}

function showNumber(number) {
  const place = number === undefined ? null : placeOf(number);
  view.article = place?.article ?? null;
  view.event = place?.event ?? null;
  view.field = null;
  view.span = null;
  draw();
  byId(`e-${view.event?.id}`)?.scrollIntoView({ block: "nearest" });
  showActive();
}

function openEvent(article, event) {
  view.article = article;
  view.event = event;
  view.field = null;
  view.span = null;
  draw();
}

function openChange(number) {
  const left = view.table;
  view.table = false;
  view.group = groupOf[number] ?? null;
  view.members = new Set(data.groups[view.group]?.members ?? []);
  showNumber(number);
  if (left) focusAccept();
}

const focusAccept = () => document.querySelector("[data-focus=accept]")?.focus({ preventScroll: true });

// The text scrolls to the first tinted span, so that card and words are seen together.
function showActive() {
  const mark = document.querySelector("mark.active.new, mark.active.dropped") ?? document.querySelector("mark.active");
  mark?.scrollIntoView({ block: "nearest" });
}

// Events of the open group in order; without a filter, each once.
function stops() {
  if (view.sample) return view.sample.numbers;
  const seen = new Set();
  const group = data.groups[view.group];
  return group ? visible(group).filter((number) => !seen.has(placeOf(number)?.event) && seen.add(placeOf(number)?.event)) : [];
}

function step(by) {
  const list = stops();
  const at = view.sample ? view.sample.at : list.findIndex((number) => placeOf(number)?.event === view.event);
  const next = at + by;
  if (next < 0 || next >= list.length) {
    if (view.sample && by > 0) return tellSample();
    return view.sample ? announce("The first one") : nextGroup(by);
  }
  if (view.sample) view.sample.at = next;
  return showNumber(list[next]);
}

function nextGroup(by) {
  let index = view.group + by;
  while (data.groups[index] && !visible(data.groups[index]).length) index += by;
  if (!data.groups[index]) {
    draw();
    return announce(by > 0 ? "The last group" : "The first group");
  }
  return openGroup(index);
}

// What a decision is about: one field where one is picked, the drawn change in a sample, else the whole event.
function chosen() {
  if (view.field !== null) return [view.field];
  if (view.sample) return [view.sample.numbers[view.sample.at]];
  return view.event?.changes ?? [];
}

async function decideHere(verdict) {
  const numbers = chosen();
  if (!numbers.length) return announce("Nothing to decide here");
  const extra = view.field === null && !view.sample ? { scope: "event" } : {};
  const record = await decide(verdict, numbers, extra);
  if (!record) return undefined;
  view.sample?.records.push(record);
  announce(`${plural(numbers.length, "change")} ${WORDS[verdict]}`);
  if (view.field !== null) {
    const rest = view.event.changes.filter((number) => !DECIDED.has(standings[number]));
    if (rest.length) {
      [view.field] = rest;
      return draw();
    }
  }
  return step(1);
}

async function decideEvent(verdict, event) {
  const record = await decide(verdict, event.changes, { scope: "event" });
  if (record) {
    view.sample?.records.push(record);
    announce(`${plural(event.changes.length, "change")} ${WORDS[verdict]}`);
    if (event === view.event) step(1);
    else draw();
  }
}

function pickField() {
  const list = view.event?.changes ?? [];
  if (!list.length) return;
  const at = list.indexOf(view.field);
  view.field = at + 1 < list.length ? list[at + 1] : null;
  draw();
  announce(view.field === null ? "The whole event" : `Only ${nameField(data.changes[view.field].field)}`);
}

function cycleEvidence() {
  const fields = view.event?.fields.filter((field) => (view.field === null ? field.change >= 0 : field.change === view.field)) ?? [];
  const spans = [...new Set([...fields.flatMap((field) => [...(field.after_at ?? []), ...(field.before_at ?? [])]), ...(view.event?.at ?? [])])];
  if (!spans.length) return announce("No words justify this");
  return showSpan(spans[(spans.indexOf(view.span) + 1) % spans.length]);
}

function setSides(sides) {
  view.sides = sides;
  draw();
  announce({ before: "Before only", after: "After only", both: "Before and after" }[sides]);
}

function setFilter(text) {
  view.query = text;
  view.tests = parseFilter(text);
  view.cache.clear();
  const index = data.groups.findIndex((group, number) => visible(group).length && (view.group === null || number >= view.group));
  const at = index >= 0 ? index : data.groups.findIndex((group) => visible(group).length);
  if (at >= 0) openGroup(at);
  else {
    Object.assign(view, { group: null, article: null, event: null, members: new Set() });
    draw();
  }
  announce(faultOf(view.tests) ?? `${plural(leftByFilter().length, "change")} left by the filter`);
}

const leftByFilter = () => data.groups.flatMap(visible);

// Enter applies what stands in the filter. Escape leaves the one in force; of an emptied field, none. Then keys are keys again.
function leaveFilter(event) {
  if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
  event.preventDefault(); // a search field would empty itself on Escape
  const field = event.target;
  if (event.key === "Escape" && field.value.trim()) field.value = view.query;
  if (event.key === "Enter" || field.value !== view.query) setFilter(field.value);
  field.blur();
  focusCard();
}

function followAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (wanted.has("q") && wanted.get("q") !== view.query) {
    byId("filter").value = wanted.get("q");
    setFilter(wanted.get("q"));
  }
  view.table = wanted.get("view") === "table";
  const group = data.groups.findIndex((one) => one.id === wanted.get("group"));
  if (group >= 0) openGroup(group);
  const number = data.changes.findIndex((change) => change.id === wanted.get("change"));
  if (number >= 0) return openChange(number);
  for (const article of data.articles) {
    const event = article.events.find((one) => one.id === wanted.get("event"));
    if (event) return openEvent(article, event);
    if (article.id === wanted.get("article")) {
      openEvent(article, article.events.find((one) => one.changes.length) ?? article.events[0]);
      byId(`s${wanted.get("s")}`)?.scrollIntoView({ block: "center" });
      return undefined;
    }
  }
  return draw();
}

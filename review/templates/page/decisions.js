// Decisions: the same records that every other surface writes. Nothing is deleted; undo is a record too.
const DECIDED = new Set(["accept", "reject", "edit"]);
const WORDS = { open: "not decided", accept: "accepted", reject: "rejected", edit: "edited", skip: "skipped", flag: "flagged" };

let data = null;
let records = [];
let standings = [];
let comments = [];
let stale = 0;

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// Python's json.dumps(sort_keys=True, separators=(",", ":")): the digest has to be the same on both sides.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  const plain = JSON.stringify(value);
  return plain.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

async function nameRecord(record) {
  const { decision_id: _, ...rest } = record;
  const bytes = new TextEncoder().encode(canonical(rest));
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum.slice(0, 8)].map(hex).join("");
}

const hex = (byte) => byte.toString(16).padStart(2, "0");

async function makeRecord(verdict, numbers, extra) {
  const record = {
    decision_id: "",
    at: `${new Date().toISOString().slice(0, 19)}Z`,
    who: settings.who || data.who || "reviewer",
    verdict,
    scope: "change",
    before: data.before.name,
    after: data.after.name,
    alike: null,
    covers: numbers.map((number) => ({ change: data.changes[number].id, hash: data.changes[number].hash })),
    comment: "",
    value: null,
    undoes: null,
    surface: document.body.dataset.mode === "app" ? "app" : "page",
    nonce: [...crypto.getRandomValues(new Uint8Array(4))].map(hex).join(""),
    ...extra,
  };
  record.decision_id = await nameRecord(record);
  return record;
}

function findUndone() {
  const undone = new Set();
  for (let at = records.length - 1; at >= 0; at -= 1) {
    if (records[at].undoes && !undone.has(records[at].decision_id)) undone.add(records[at].undoes);
  }
  return undone;
}

function findLast() {
  const undone = findUndone();
  for (let at = records.length - 1; at >= 0; at -= 1) {
    if (records[at].verdict !== "undo" && !undone.has(records[at].decision_id)) return records[at];
  }
  return null;
}

function replay() {
  const known = new Map(data.changes.map((change, number) => [change.id, number]));
  const settled = new Set(data.policy.accepted);
  // What an earlier review refused is refused still, until somebody decides otherwise.
  standings = data.changes.map((change) => (change.held ? "reject" : settled.has(change.operation) ? "accept" : "open"));
  comments = data.changes.map(() => []);
  stale = 0;
  const undone = findUndone();
  for (const record of records) {
    if (record.verdict === "undo" || undone.has(record.decision_id)) continue;
    for (const covered of record.covers) {
      const number = known.get(covered.change);
      if (number === undefined || data.changes[number].hash !== covered.hash) stale += 1;
      else if (record.verdict === "comment") comments[number].push(record);
      else {
        standings[number] = record.verdict;
        if (record.comment) comments[number].push(record);
      }
    }
  }
}

function sumState(numbers) {
  const states = new Set(numbers.map((number) => standings[number]));
  const open = [...states].some((state) => !DECIDED.has(state));
  if (open) return [...states].some((state) => DECIDED.has(state)) ? "partly" : "open";
  if (states.size === 1) return states.has("accept") ? "accepted" : states.has("reject") ? "rejected" : "mixed";
  return "mixed";
}

// What a decision on many changes covers: the doubtful ones stay, with the reason. So do events that would be gone,
// where others are decided with them.
function chooseBulk(numbers) {
  const whole = (number) => ["removed", "merged"].includes(data.changes[number].operation);
  const mixed = numbers.some(whole) && !numbers.every(whole);
  const removing = new Set();
  data.changes.forEach((change, number) => {
    if (change.takes && !DECIDED.has(standings[number])) change.events.forEach((event) => removing.add(event));
  });
  const bulk = { covered: [], left: new Map(), decided: 0 };
  for (const number of numbers) {
    const change = data.changes[number];
    const removal = !change.takes && change.events.some((event) => removing.has(event));
    const doubt = change.doubt ?? (removal ? "removal" : mixed && whole(number) ? "gone" : null);
    if (DECIDED.has(standings[number])) bulk.decided += 1;
    else if (doubt) bulk.left.set(doubt, (bulk.left.get(doubt) ?? 0) + 1);
    else bulk.covered.push(number);
  }
  return bulk;
}

async function decide(verdict, numbers, extra) {
  const record = await makeRecord(verdict, numbers, extra);
  if (!(await keep(record))) return false;
  records.push(record);
  replay();
  return true;
}

async function undo() {
  const last = findLast();
  if (!last) return announce("Nothing to undo");
  if (await decide("undo", [], { undoes: last.decision_id, scope: last.scope, alike: last.alike })) {
    announce(`Undone: ${last.verdict} of ${plural(last.covers.length, "change")}`);
    draw();
  }
  return undefined;
}

// The app writes to the decisions file; the file's page keeps them in the browser until they are saved.
async function keep(record) {
  if (document.body.dataset.mode === "app") {
    return send(record);
  }
  try {
    records = merge(recall(), records); // another tab may have decided meanwhile
    localStorage.setItem(storageKey(), [...records, record].map((kept) => JSON.stringify(kept)).join("\n"));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    warn("This browser keeps nothing: save the decisions before you close the page");
  }
  return true;
}

async function send(record) {
  try {
    const answer = await ask("/decisions", record);
    if (answer.ok) return true;
    warn(`Not saved: ${await answer.text()}`);
    if (answer.status === 409) await fetchOthers();
    return false;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    warn("Not saved: the app does not answer");
    return false;
  }
}

// Somebody else decided first: what they decided is shown, so that one can decide anew knowing it.
async function fetchOthers() {
  const answer = await ask("/decisions");
  if (!answer.ok) return warn(await answer.text());
  records = merge(await answer.json(), records);
  replay();
  return draw();
}

// What another tab decides is seen here at once.
function followStorage(event) {
  if (event.key !== storageKey() || !data) return;
  records = merge(records, recall());
  replay();
  draw();
}

const storageKey = () => `dateline:${data.key}`;

function recall() {
  if (document.body.dataset.mode === "app") return [];
  try {
    return readLines(localStorage.getItem(storageKey()) ?? "");
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof SyntaxError)) throw error;
    warn("The decisions that this browser kept cannot be read");
    return [];
  }
}

function readLines(text) {
  return text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
}

// Records of two origins together, each once, in the order of their time.
function merge(one, other) {
  const seen = new Set();
  const all = [...one, ...other].filter((record) => !seen.has(record.decision_id) && seen.add(record.decision_id));
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function save() {
  download("decisions.jsonl", records.map((record) => `${JSON.stringify(record)}\n`).join(""), "application/jsonl");
  announce(`${plural(records.length, "record")} saved to decisions.jsonl`);
}

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function ask(path, body) {
  return fetch(path, {
    method: body ? "POST" : "GET",
    headers: { "X-Dateline-Token": token, ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : undefined,
    cache: "no-store",
  });
}

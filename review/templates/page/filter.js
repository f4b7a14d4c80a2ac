// Filter words: field: actor: place: weapon: rule: type: source: state: op: conf:<0.6 date:2023-11, and plain words.
const STATES = { open: ["open"], accepted: ["accept"], rejected: ["reject"], skipped: ["skip"], flagged: ["flag"], edited: ["edit"] };
const FIELD_OF = { actor: ["actors", "targets"], place: ["place", "other_places"], weapon: ["weapons"], date: ["date"] };

function parseFilter(text) {
  const tests = [];
  for (const [, key, quoted, word] of text.matchAll(/(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/gi)) {
    tests.push({ key: (key ?? "").toLowerCase(), want: (quoted ?? word).toLowerCase() });
  }
  return tests;
}

function matches(number, tests) {
  return tests.every((test) => check(number, test));
}

function check(number, { key, want }) {
  const change = data.changes[number];
  const has = (text) => String(text ?? "").toLowerCase().includes(want);
  if (key === "field") return change.field.startsWith(want);
  if (key === "op") return change.operation === want;
  if (key === "rule") return change.cause.some(has) || has(change.root);
  if (key === "state") return (Object.hasOwn(STATES, want) ? STATES[want] : [want]).includes(standings[number]);
  if (key === "conf") return compare(change, want);
  const place = placeOf(number);
  if (key === "source") return has(place?.article.host) || has(place?.article.source);
  if (key === "type") return has(place?.event.type);
  if (Object.hasOwn(FIELD_OF, key)) return FIELD_OF[key].some((name) => fieldHas(place?.event, name, has));
  if (key) return has(change.label) || has(`${key}:${want}`);
  return [change.label, change.field, ...change.words, ...change.events].some(has) || has(place?.article.title);
}

function fieldHas(event, name, has) {
  const field = event?.fields.find((one) => one.field === name);
  return Boolean(field) && (has(field.before) || has(field.after));
}

function compare(change, want) {
  const [, sign, limit] = /^([<>]?=?)([\d.]+)$/.exec(want) ?? [];
  const sure = change.confidence[1] ?? change.confidence[0];
  if (limit === undefined || sure === null) return false;
  if (sign.startsWith("<")) return sign === "<=" ? sure <= Number(limit) : sure < Number(limit);
  if (sign.startsWith(">")) return sign === ">=" ? sure >= Number(limit) : sure > Number(limit);
  return sure.toFixed(2) === Number(limit).toFixed(2);
}

// Where a change is drawn: its article and the card of its event.
let places = [];

function placeAll() {
  places = data.changes.map(() => null);
  data.articles.forEach((article, index) => {
    for (const event of article.events) {
      for (const number of event.changes) places[number] = { article, event, index };
    }
  });
}

const placeOf = (number) => places[number];

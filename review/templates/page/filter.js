// Filter words: `key:value` with a key of KEYWORDS, and plain words; a value with spaces stands in quotes.
const STATES = { open: "open", accepted: "accept", rejected: "reject", skipped: "skip", flagged: "flag", edited: "edit" };
const FIELD_OF = { actor: ["actors", "targets"], place: ["place", "other_places"], weapon: ["weapons"], date: ["date"], type: ["event_type"] };
const KEYWORDS = ["field", "actor", "place", "country", "weapon", "date", "type", "rule", "source", "state", "op", "conf"];

function parseFilter(text) {
  const tests = [];
  for (const [, key, quoted, word] of text.matchAll(/(?:([a-z_-]+):)?(?:"([^"]*)"|(\S+))/gi)) {
    const test = { key: (key ?? "").toLowerCase(), want: (quoted ?? word).toLowerCase().trim() };
    tests.push({ ...test, fault: findFault(test, quoted === undefined) });
  }
  return tests;
}

// Why a word of the filter cannot be meant; such a filter leaves nothing, so that nobody decides on what it does not say.
function findFault({ key, want }, bare) {
  const empty = bare && key === "" ? /^([a-z_-]+):$/.exec(want)?.[1] : want ? undefined : key;
  if (empty && KEYWORDS.includes(empty)) return `${empty}: what? Write it right behind the colon`;
  if (empty || (key && !KEYWORDS.includes(key))) {
    return `no such key: ${empty || key}. Known are ${KEYWORDS.join(", ")}; words with a colon stand in quotes`;
  }
  if (key === "state" && !stateOf(want)) return `no such state: ${want}. Known are ${Object.keys(STATES).join(", ")}`;
  if (key === "op" && !operationOf(want)) return `no such operation: ${want}. Known are ${Object.keys(OPERATIONS).join(", ")}`;
  if (key === "conf" && !CONFIDENCE.test(want)) return `no confidence: ${want}. Write conf:<0.6 or conf:>=0.8`;
  if (key === "country" && !/^[a-z]{3}$/.test(want)) return `no country: ${want}. Write its three letters as the cards show them, country:COL`;
  return null;
}

const faultOf = (tests) => tests.find((test) => test.fault)?.fault;
const CONFIDENCE = /^([<>]?=?)(\d*\.?\d+)$/;

// The verdict, or the operation, by its own word or by the word that the page shows for it.
const stateOf = (want) => Object.values(STATES).find((verdict) => [verdict, WORDS[verdict]].includes(want)) ?? (Object.hasOwn(STATES, want) ? STATES[want] : undefined);
const operationOf = (want) => Object.keys(OPERATIONS).find((name) => [name, OPERATIONS[name]].includes(want));

function matches(number, tests) {
  return tests.every((test) => !test.fault && check(number, test));
}

function check(number, { key, want }) {
  const change = data.changes[number];
  const has = (text) => String(text ?? "").toLowerCase().includes(want);
  if (key === "field") return [change.field, nameField(change.field)].some((name) => name.startsWith(want));
  if (key === "op") return change.operation === operationOf(want);
  if (key === "rule") return change.cause.some(has) || has(change.root);
  if (key === "state") return standings[number] === stateOf(want);
  if (key === "conf") return compare(change, want);
  const place = placeOf(number);
  if (key === "source") return has(place?.article.host) || has(place?.article.source);
  if (key === "country") return (place?.event.countries ?? []).some((code) => code.toLowerCase() === want);
  if (key === "type" && has(place?.event.type)) return true;
  if (key) return FIELD_OF[key].some((name) => fieldHas(place?.event, name, has));
  return [change.label, change.field, nameField(change.field), ...change.words, ...change.events].some(has) || has(place?.article.title);
}

function fieldHas(event, name, has) {
  const field = event?.fields.find((one) => one.field === name);
  return Boolean(field) && (has(field.before) || has(field.after));
}

function compare(change, want) {
  const [, sign, limit] = CONFIDENCE.exec(want) ?? [];
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

// One row a change, sortable, and as CSV.
const COLUMNS = [
  ["group", (number) => data.groups[groupOf[number]]?.name ?? ""],
  ["field", (number) => data.changes[number].field],
  ["event", (number) => data.changes[number].label],
  ["before", (number) => data.changes[number].words[0]],
  ["after", (number) => data.changes[number].words[1]],
  ["why", (number) => data.changes[number].cause.join(" ")],
  ["confidence", (number) => data.changes[number].confidence[1] ?? data.changes[number].confidence[0] ?? ""],
  ["killed", (number) => data.changes[number].effect.killed_best ?? 0],
  ["article", (number) => placeOf(number)?.article.title ?? ""],
  ["state", (number) => WORDS[standings[number]]],
];
const ROWS = 500; // more are slow to draw; the file has all
let groupOf = [];
let sorted = { column: 0, up: true };

function listShown() {
  const numbers = data.groups.flatMap((group) => visible(group));
  const read = COLUMNS[sorted.column][1];
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  return numbers.sort((a, b) => (sorted.up ? 1 : -1) * order(read(a), read(b)) || a - b);
}

const ROW_KEYS = {
  j: () => stepRow(1),
  k: () => stepRow(-1),
  a: () => decideRow("accept"),
  r: () => decideRow("reject"),
  s: () => decideRow("skip"),
  x: () => decideRow("flag"),
};

function drawTable() {
  const numbers = listShown();
  if (!numbers.slice(0, ROWS).includes(view.row)) view.row = null;
  const head = COLUMNS.map(([name], index) => make("th", { scope: "col", "aria-sort": index === sorted.column ? (sorted.up ? "ascending" : "descending") : false },
    button(name, () => sortBy(index), { class: "link" })));
  const body = make("tbody", { on: { focusin: (event) => pickRow(Number(event.target.closest("tr").dataset.change)) } }, numbers.slice(0, ROWS).map(drawRow));
  replace(byId("table"),
    make("p", {}, `${plural(numbers.length, "change")}${numbers.length > ROWS ? `, the first ${ROWS} are drawn` : ""} `,
      button("CSV of all shown", () => download("changes.csv", writeCsv(numbers), "text/csv")), " ", button("Back", flipTable, {}, "g t")),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Changes" },
      make("table", {}, make("thead", {}, make("tr", {}, head)), body)));
}

function drawRow(number) {
  return make("tr", { "data-change": number, "aria-current": number === view.row ? "true" : false },
    COLUMNS.map(([name, read], index) => make("td", {}, index === 2
      ? button(say(read(number)), () => openChange(number), { class: "link", "data-focus": `row ${number}` })
      : say(read(number)))));
}

// The row that has the focus, or had it last, is the one that keys decide; it is tinted.
function pickRow(number) {
  view.row = number;
  for (const row of document.querySelectorAll("#table tbody tr")) {
    if (Number(row.dataset.change) === number) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

const focusRow = () => document.querySelector("#table tr[aria-current=true] button")?.focus();

function stepRow(by) {
  const list = listShown().slice(0, ROWS);
  const next = list[list.indexOf(view.row) + by];
  if (next === undefined) return announce(by > 0 ? "The last row" : "The first row");
  pickRow(next);
  return focusRow();
}

async function decideRow(verdict) {
  const number = view.row;
  if (number === null) return announce("No row is chosen: j goes to one");
  const list = listShown().slice(0, ROWS);
  if (!(await decide(verdict, [number], {}))) return undefined;
  draw();
  pickRow(list[list.indexOf(number) + 1] ?? number);
  if (!document.activeElement.closest("#keys")) focusRow();
  return announce(`1 change ${WORDS[verdict]}`);
}

function sortBy(column) {
  sorted = { column, up: sorted.column === column ? !sorted.up : true };
  drawTable();
}

// Text that a spreadsheet would take for a formula is quoted; numbers stay numbers.
function writeCsv(numbers) {
  const cell = (value) => {
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const lines = [COLUMNS.map(([name]) => cell(name)), ...numbers.map((number) => COLUMNS.map(([, read]) => cell(read(number))))];
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

function flipTable() {
  const shown = listShown();
  view.table = !view.table;
  view.row = view.table ? [view.field, ...(view.event?.changes ?? []), ...shown].find((number) => shown.includes(number)) ?? null : null;
  const aside = document.activeElement.closest(".tools");
  draw();
  if (aside) return; // the button that was pressed can be pressed again
  if (view.table) focusRow();
  else focusAccept();
}

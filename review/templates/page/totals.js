// What all rows add up to before and after, and by which rules they were read.
const TOTALS = { rows: ["rows"], incidents: ["incidents"], killed: ["killed_best", "killed_low", "killed_high"], injured: ["injured_best", "injured_low", "injured_high"] };

function drawTotals() {
  const sides = [data.before, data.after];
  const told = Object.entries(TOTALS).filter(([, columns]) => sides.some(({ totals }) => columns.some((column) => totals[column])));
  const parts = told.map(([name, columns]) => {
    const [old, now] = sides.map(({ totals }) => tellTotal(totals, columns));
    return [make("span", { class: "total" }, `${name} `, old === now ? `${now}` : [`${old} → `, make("b", {}, now)]), " "];
  });
  const rules = tellRules(sides.map((side) => side.extractor_versions.join(", ")));
  if (rules) parts.push(make("span", { class: "total rules" }, rules));
  byId("amount").after(make("p", { class: "soft totals", id: "totals" }, parts));
}

// The versions of the rules; of long ones the words that differ.
function tellRules([old, now]) {
  if (!old && !now) return null;
  if (old === now) return ["same rules ", say(now)];
  const [before, after] = [old, now].map((version) => version.split(" "));
  const differs = before.length === after.length ? (word, at) => before[at] !== after[at] : () => true;
  const tell = (words) => say(words.filter(differs).join(" ") || "unknown");
  return ["rules ", tell(before), " → ", tell(after)];
}

// The best number, with the range where there is one.
function tellTotal(totals, [best, low, high]) {
  const number = totals[best].toLocaleString("en");
  if (!low || totals[low] === totals[high]) return number;
  return `${number} (${totals[low].toLocaleString("en")}–${totals[high].toLocaleString("en")})`;
}

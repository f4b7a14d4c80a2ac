// One handler for all views. Every key has a button, or an entry in the dialog of keys; single letters can be switched off.
const KEYS = [
  { show: "j", label: "next event", run: () => step(1) },
  { show: "k", label: "event before", run: () => step(-1) },
  { show: "J", label: "next group", run: () => nextGroup(1) },
  { show: "K", label: "group before", run: () => nextGroup(-1) },
  { show: "a", label: "accept", run: () => decideHere("accept") },
  { show: "r", label: "reject", run: () => decideHere("reject") },
  { show: "s", label: "skip", run: () => decideHere("skip") },
  { show: "x", label: "flag", run: () => decideHere("flag") },
  { show: "f", label: "one field", run: pickField },
  { show: "e", label: "evidence", run: cycleEvidence },
  { show: "c", label: "comment", run: openComment },
  { show: "u", label: "undo", run: undo },
  { show: "A", label: "accept the whole group", run: () => openBulk("accept") },
  { show: "R", label: "reject the whole group", run: () => openBulk("reject") },
  { show: "C", label: "accept all of its cause", run: () => openCause("accept") },
  { show: "1", label: "before only", run: () => setSides("before") },
  { show: "2", label: "after only", run: () => setSides("after") },
  { show: "3", label: "before and after", run: () => setSides("both") },
  { show: "/", label: "filter", run: () => byId("filter").select() },
  { show: "g t", label: "table of changes", run: flipTable },
  { show: "g m", label: "map", run: () => byId("where")?.scrollIntoView({ block: "nearest" }) },
  { show: "Enter", label: "edit the picked field", run: openEdit },
  { show: "?", label: "all keys", run: openHelp },
];
const ANYWHERE = new Set(["u", "/", "?", "g t"]);
const FOOT = ["j", "k", "a", "r", "s", "c", "e", "f", "A", "u", "?"];
let prefix = "";
let busy = Promise.resolve();

function drawKeys() {
  byId("keys").hidden = false;
  replace(byId("keys"), FOOT.map((key) => {
    const { label, run } = KEYS.find((one) => one.show === key);
    return make("button", { type: "button", on: { click: () => queue(() => act(key, run)) }, "data-run": key },
      make("kbd", { "aria-hidden": "true" }, key === "A" ? "⇧A" : key), label);
  }));
}

// In the table keys are about its row, or about nothing: what the panes would show is not seen.
function act(key, run) {
  if (!view.table || ANYWHERE.has(key)) return run();
  return Object.hasOwn(ROW_KEYS, key) ? ROW_KEYS[key]() : announce("Not in the table: g t goes back");
}

// Keys that come faster than a record is written wait for it.
function queue(run) {
  busy = busy.then(run).catch((error) => warn(`That did not work: ${error.message}`));
  return busy;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("dialog")?.open) return;
  if (event.target.closest("input, textarea, select")) {
    if (event.target.id === "filter") leaveFilter(event);
    else if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
  if (!settings.keys && event.key !== "?") return;
  const name = prefix ? `${prefix} ${event.key}` : event.key;
  prefix = "";
  const found = KEYS.find((one) => one.show === name);
  if (!found && event.key === "g") prefix = "g";
  if (!found && prefix === "") return;
  event.preventDefault();
  if (found) queue(() => act(found.show, found.run));
}

document.addEventListener("keydown", onKey);
begin();

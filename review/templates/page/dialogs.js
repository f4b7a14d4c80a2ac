// Dialogs: a whole group, a comment, one field's value, the keys and the settings.
const REASONS = {
  unsure: () => `less sure than ${data.policy.confidence}`,
  edited: () => "edited by hand before",
  removal: () => "of an event from which something is taken away",
  effect: () => `moving killed by more than ${data.policy.killed}`,
  gone: () => "of events that would be gone, which are decided by themselves",
};

function openDialog(title, body, actions) {
  const dialog = byId("dialog");
  replace(dialog, make("form", { method: "dialog" }, make("h2", { id: "dialog-title" }, title), ...body, make("div", { class: "actions" }, ...actions)));
  if (!dialog.open) dialog.showModal();
}

const closeDialog = () => byId("dialog").close();

function openBulk(verdict) {
  const group = data.groups[view.group];
  if (!group) return;
  askBulk(verdict, group.members, { scope: "group", alike: group.id }, [
    make("p", {}, make("strong", {}, group.name), ` ${kindsOf(group)}`),
  ], () => nextGroup(1));
}

// Many changes at once. `about` says which; `after` is what follows where none of them stays.
function askBulk(verdict, numbers, extra, about, after = draw) {
  const bulk = chooseBulk(numbers);
  const left = [...bulk.left.values()].reduce((sum, number) => sum + number, 0);
  const word = verdict === "accept" ? "Accept" : "Reject";
  const go = async () => {
    closeDialog();
    if (await decide(verdict, bulk.covered, extra)) {
      announce(`${plural(bulk.covered.length, "change")} ${WORDS[verdict]}; ${left} stay`);
      if (left) draw();
      else after();
    }
  };
  openDialog(`${word} ${bulk.covered.length} of ${numbers.length - bulk.decided}`, [
    ...about,
    left ? make("p", {}, `${left} stay for single review:`) : null,
    left ? make("ul", {}, [...bulk.left].map(([reason, number]) => make("li", {}, `${number} ${REASONS[reason]()}`))) : null,
    bulk.decided ? make("p", { class: "soft" }, `${plural(bulk.decided, "change")} decided before stay as they are.`) : null,
  ], [
    button(`${word} ${bulk.covered.length}`, go, { class: "primary", autofocus: true, disabled: !bulk.covered.length }, "↵"),
    button("Cancel", closeDialog, {}, "Esc"),
  ]);
}

function openSample() {
  const group = data.groups[view.group];
  const numbers = group.sample.filter((number) => placeOf(number)).slice(0, 10);
  if (!numbers.length) return announce("Nothing to draw from");
  view.sample = { numbers, at: 0 };
  announce(`${numbers.length} drawn at random: accept or reject each`);
  showNumber(numbers[0]);
  return undefined;
}

// One-sided 95 % bound where all of the sample were right.
function tellSample() {
  const { numbers } = view.sample;
  const right = numbers.filter((number) => standings[number] === "accept").length;
  const wrong = numbers.filter((number) => standings[number] === "reject").length;
  const left = numbers.length - right - wrong;
  const bound = 1 - (1 - data.policy.level) ** (1 / numbers.length);
  const proof = wrong ? `${wrong} of ${numbers.length} wrong: look at more before you accept the group.`
    : left ? `${left} of ${numbers.length} not judged: the sample proves nothing yet.`
    : `${right} of ${numbers.length} right: at most ${Math.ceil(bound * 100)} % of the group may still be wrong (${Math.round(data.policy.level * 100)} % sure).`;
  view.sample = null;
  openDialog("What the sample says", [make("p", {}, proof)], [
    button("Accept the rest", () => openBulk("accept"), { class: "primary", autofocus: true, disabled: wrong > 0 || left > 0 }),
    button("Close", () => { closeDialog(); draw(); }, {}, "Esc"),
  ]);
}

function openComment() {
  if (!view.event) return;
  const field = make("textarea", { rows: 3, maxlength: 10000, "aria-label": "Comment" });
  const numbers = chosen();
  const go = async () => {
    if (field.value.trim() && (await decide("comment", numbers, { comment: field.value.trim(), scope: "event" }))) announce("Comment kept");
    closeDialog();
    draw();
  };
  openDialog("Comment", [field], [button("Keep", go, { class: "primary" }), button("Cancel", closeDialog, {}, "Esc")]);
  field.focus();
}

function openEdit() {
  const number = chosen()[0];
  const change = data.changes[number];
  if (!change?.after) return announce("Only a changed field can be edited: choose one with f");
  const value = make("textarea", { rows: 6, class: "code", spellcheck: "false", "aria-label": "Value as JSON" });
  const why = make("input", { type: "text", maxlength: 10000, "aria-label": "Reason", placeholder: "Reason (required)" });
  const fault = make("p", { class: "warning", role: "alert", hidden: true });
  value.value = JSON.stringify(JSON.parse(change.after), null, 1);
  const go = async () => {
    const problem = checkEdit(value.value, why.value);
    fault.hidden = !problem;
    replace(fault, problem ?? "");
    if (problem) return;
    closeDialog();
    if (await decide("edit", [number], { value: value.value.trim(), comment: why.value.trim() })) announce("Edited by hand");
    draw();
  };
  openDialog(`Edit ${nameField(change.field)}`, [value, why, fault], [button("Keep", go, { class: "primary" }), button("Cancel", closeDialog, {}, "Esc")]);
  value.focus();
  return undefined;
}

function checkEdit(text, reason) {
  if (!reason.trim()) return "Say why";
  try {
    JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `No JSON: ${error.message}`;
  }
  return null;
}

function openHelp() {
  const who = make("input", { type: "text", maxlength: 200, value: settings.who, "aria-label": "Your name in the decisions file" });
  const keys = make("input", { type: "checkbox", id: "single-keys" });
  keys.checked = settings.keys;
  const go = () => {
    keepSettings({ who: who.value.trim() || "reviewer", keys: keys.checked });
    closeDialog();
    draw();
  };
  openDialog("Keys", [
    make("dl", { class: "help" }, KEYS.flatMap(({ show, label }) => [make("dt", {}, make("kbd", {}, show)), make("dd", {}, label)])),
    make("label", {}, "Your name ", who),
    make("label", { for: "single-keys" }, keys, " single-letter keys on"),
    make("label", {}, "Load decisions ", make("input", { type: "file", accept: ".jsonl", on: { change: loadFile } })),
  ], [button("Close", go, { class: "primary", autofocus: true }, "Esc")]);
}

async function loadFile(event) {
  const [file] = event.target.files;
  if (!file) return;
  let added = 0;
  for (const record of readLines(await file.text())) {
    const known = records.some((one) => one.decision_id === record.decision_id);
    if (!known && (await nameRecord(record)) === record.decision_id && (await keep(record))) {
      records = merge(records, [record]);
      added += 1;
    }
  }
  replay();
  announce(`${plural(added, "record")} loaded${stale ? `; ${stale} are about what has changed since: ask again` : ""}`);
  draw();
}

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
  if (dialog.open) dialog.querySelector("[autofocus]")?.focus();
  else dialog.showModal();
}

const closeDialog = () => byId("dialog").close();

// The group; with a filter, what this leaves of it.
function openBulk(verdict) {
  const group = data.groups[view.group];
  if (!group) return;
  const list = visible(group);
  const hidden = group.members.length - list.length;
  askBulk(verdict, list, { scope: "group", alike: group.id }, [
    make("p", {}, make("strong", {}, group.name), ` ${kindsOf(group)}`),
    hidden ? make("p", {}, `${hidden} of the group ${hidden === 1 ? "is" : "are"} hidden by the filter and ${hidden === 1 ? "stays" : "stay"} as ${hidden === 1 ? "it is" : "they are"}.`) : null,
  ], () => nextGroup(1));
}

// All that the filter leaves, of every group.
function openFiltered(verdict) {
  const groups = data.groups.filter((group) => visible(group).length);
  askBulk(verdict, leftByFilter(), { scope: "change" }, [
    make("p", {}, "All that the filter ", make("strong", {}, say(view.query)), ` leaves, in ${plural(groups.length, "group")}`),
  ]);
}

// Many changes at once. `about` says which; `after` is what follows where none of them stays.
function askBulk(verdict, numbers, extra, about, after = draw) {
  const bulk = chooseBulk(numbers);
  const left = [...bulk.left.values()].reduce((sum, number) => sum + number, 0);
  const word = verdict === "accept" ? "Accept" : "Reject";
  const go = async () => {
    closeDialog();
    view.sample = null;
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
  const refused = refuseEdit(change.field);
  if (refused) return announce(refused);
  const value = make("textarea", { rows: 6, class: "code", spellcheck: "false", "aria-label": "Value as JSON" });
  const why = make("input", { type: "text", maxlength: 10000, "aria-label": "Reason", placeholder: "Reason (required)" });
  const fault = make("p", { class: "warning", role: "alert", hidden: true });
  value.value = JSON.stringify(JSON.parse(change.after), null, 1);
  const go = async () => {
    const problem = checkEdit(change.field, value.value, why.value);
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

function openHelp() {
  const keys = make("input", { type: "checkbox", id: "single-keys", on: { change: () => keepSettings({ keys: keys.checked }) } });
  keys.checked = settings.keys;
  openDialog("Keys", [
    make("dl", { class: "help" }, KEYS.flatMap(({ show, label }) => [make("dt", {}, make("kbd", {}, show)), make("dd", {}, label)])),
    make("label", {}, "Your name ", makeNameField({ input: (event) => keepName(event.target.value) })),
    make("label", { for: "single-keys" }, keys, " single-letter keys on"),
    make("label", {}, "Load decisions ", make("input", { type: "file", accept: ".jsonl", on: { change: (event) => queue(() => loadFile(event)) } })),
    make("p", { id: "loaded", role: "status" }),
  ], [button("Close", closeDialog, { class: "primary", autofocus: true }, "Esc")]);
}

// The groups by impact, and the last decisions.
const SIGNS = { open: "○", partly: "◐", accepted: "✓", rejected: "×", mixed: "±" };

function drawGroups() {
  const rows = data.groups.map((group, index) => ({ group, index, list: visible(group) })).filter((row) => row.list.length);
  replace(byId("groups"), rows.map((row, at) => [
    view.order === "cause" ? drawHeading(row.group, rows[at - 1]?.group) : null,
    drawGroup(row.group, row.index, row.list),
  ]));
  if (!rows.length) replace(byId("groups"), make("li", { class: "empty", role: "status" }, say(faultOf(view.tests) ?? "Nothing matches the filter.")));
  document.querySelector("#groups [aria-current=true]")?.closest("li").scrollIntoView({ block: "nearest" });
  drawLog();
  drawProgress();
}

function drawGroup(group, index, list) {
  const state = sumState(group.members);
  const current = index === view.group;
  return make("li", {},
    button(
      [
        make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[state]),
        make("span", { class: "what" }, make("span", { class: "name" }, group.name), make("small", {}, kindsOf(group))),
        make("span", { class: "much" }, make("b", {}, list.length.toLocaleString("en")), make("small", { class: "effect" }, effectOf(group))),
        nameRoot(group.root) && view.order !== "cause" ? make("small", { class: "root" }, say(nameRoot(group.root))) : null,
        make("span", { class: "hidden" }, state === "open" ? "not decided" : state),
      ],
      () => openGroup(index),
      { class: `group is-${state}`, "aria-current": current ? "true" : false, "data-focus": group.id },
    ),
    current ? drawParts(group) : null);
}

function effectOf(group) {
  const { killed_best: killed, injured_best: injured, rows } = group.effect;
  if (killed) return `${signed(killed)} killed`;
  if (injured) return `${signed(injured)} injured`;
  if (rows && !["added", "removed"].includes(group.operation)) return `${signed(rows)} rows`;
  if (group.operation === "moved" && sumState(group.members) === "accepted") return "accepted by policy";
  return group.least_confidence !== null && group.least_confidence < data.policy.confidence ? `conf. ${group.least_confidence.toFixed(2)}` : "";
}

function drawProgress() {
  const done = data.groups.filter((group) => !["open", "partly"].includes(sumState(group.members))).length;
  byId("progress").hidden = false;
  byId("meter").max = Math.max(1, data.groups.length);
  byId("meter").value = done;
  replace(byId("decided"), `${done} of ${plural(data.groups.length, "group")} decided`);
}

function drawLog(most = 6) {
  const undone = findUndone();
  const last = records.filter((record) => record.verdict !== "undo").slice(-most).reverse();
  replace(byId("log"), last.length ? last.map((record) => drawRecord(record, undone.has(record.decision_id))) : make("li", { class: "soft" }, "none yet"));
}

function drawRecord(record, undone) {
  const group = data.groups.find((one) => one.id === record.alike);
  const number = data.changes.findIndex((change) => change.id === record.covers[0]?.change);
  const cause = data.causes.find((one) => one.id === record.alike);
  const about = group ? group.name : cause ? cause.name : number >= 0 ? data.changes[number].label : "a change that is gone";
  return make("li", { class: undone ? "undone" : "" },
    make("time", { datetime: record.at }, record.at.slice(11, 16)), " ", make("b", {}, say(record.who)), " ",
    `${WORDS[record.verdict] ?? "commented on"} `, say(about), record.covers.length > 1 ? ` (${record.covers.length.toLocaleString("en")})` : "",
    undone ? make("span", { class: "soft" }, " undone") : null);
}

// The changes of a group that the filter leaves, in the order of their articles.
function visible(group) {
  const key = `${group.number}`;
  if (!view.cache.has(key)) {
    const list = view.tests.length ? group.members.filter((number) => matches(number, view.tests)) : group.members;
    view.cache.set(key, [...list].sort((a, b) => (placeOf(a)?.index ?? 1e9) - (placeOf(b)?.index ?? 1e9) || a - b));
  }
  return view.cache.get(key);
}

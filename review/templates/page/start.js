// The page laid out, and how it begins.
function layOut() {
  byId("plain").remove();
  replace(byId("panes"),
    make("nav", { class: "pane left", "aria-label": "Alike changes" },
      make("div", { class: "list" },
        make("h2", {}, "Alike changes ", drawOrder()),
        make("ol", { id: "groups", class: "groups" })),
      make("div", { id: "around" }),
      make("div", { class: "made" },
        make("h2", {}, "Decisions ", make("span", { class: "soft" }, "all can be undone")),
        make("ul", { id: "log", class: "log" }))),
    make("section", { class: "pane middle", id: "article", "aria-labelledby": "headline", tabindex: "-1" }),
    make("section", { class: "pane right", id: "events", "aria-label": "Events of this article", tabindex: "-1" }));
  byId("panes").after(make("main", { id: "table", class: "table", "aria-label": "All changes", hidden: true }), make("dialog", { id: "dialog", "aria-labelledby": "dialog-title" }));
  const filter = make("input", { id: "filter", type: "search", placeholder: "Filter: field:killed place:iraq", "aria-label": "Filter", on: { change: (event) => event.target.value !== view.query && setFilter(event.target.value) } });
  byId("tools").hidden = false;
  replace(byId("tools"), button("", () => queue(() => openName()), { id: "reviewer", class: "link", title: "Your name in the decisions file" }), filter,
    button("Undo", undo, {}, "u"), button("Save decisions", save, {}),
    button("Table", flipTable, { title: "g t" }), button("?", openHelp, { "aria-label": "Keys and settings" }),
    button("◐", flipTheme, { "aria-label": "Light or dark" }));
  drawKeys();
}

// The app's page comes empty: what heads it is in its data.
function drawHead() {
  if (document.body.dataset.mode !== "app") return;
  document.title = `Review ${data.before.name} → ${data.after.name}`;
  replace(byId("runs"), say(data.before.name), " → ", say(data.after.name));
  replace(byId("amount"), `${data.article_count} articles, ${data.changes.length} changes in ${data.groups.length} groups`);
  data.notes.forEach((note) => warn(say(note)));
  if (data.mistaken) warn("More than half of the rows changed: is the baseline right?");
}

// A new address that is opened in this tab changes only what is behind the `#`.
function onAddress() {
  if (/\bkey=/.test(location.hash)) location.reload();
  else if (data) followAddress();
}

async function begin() {
  recallSettings();
  if (settings.theme) document.documentElement.dataset.theme = settings.theme;
  window.addEventListener("hashchange", onAddress);
  window.addEventListener("beforeprint", () => data && drawLog(records.length));
  window.addEventListener("afterprint", () => data && drawLog());
  try {
    data = await load();
  } catch (error) {
    warn(`The data cannot be read: ${error.message}`);
    return;
  }
  records = merge(data.decisions, recall());
  groupOf = [];
  data.groups.forEach((group, index) => group.members.forEach((number) => { groupOf[number] = index; }));
  placeAll();
  replay();
  layOut();
  drawHead();
  drawTotals();
  if (data.left_out) warn(`${plural(data.left_out, "article")} left out, so that the page stays small; the app shows them all`);
  if (stale) warn(`${plural(stale, "decision")} about what has changed since: ask again`);
  if (location.hash.length > 1) followAddress();
  if (view.group === null && !view.article) {
    const first = data.groups.findIndex((group) => !["accepted", "rejected"].includes(sumState(group.members)));
    if (data.groups.length) openGroup(Math.max(0, first));
    else draw();
  }
  if (document.body.dataset.mode !== "app") window.addEventListener("storage", followStorage);
  document.body.dataset.ready = "yes";
}

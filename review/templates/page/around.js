// Around the article: where its events lie, old places crossed and led to the new ones, and events per day.
function drawAround() {
  if (!byId("where")) byId("around").append(make("div", { id: "where" }), drawDays() ?? "");
  replace(byId("where"), drawMap(view.article));
}

function drawMap(article) {
  if (!article?.map) return [make("h2", {}, "Where"), make("p", { class: "soft" }, "No event of this article has a point.")];
  const region = data.regions[article.map.region] ?? { width: 300, height: 216, land: "" };
  const spots = article.map.spots;
  const olds = new Map(spots.filter((spot) => spot[5] === "before").map((spot) => [spot[0], spot]));
  const label = spots.map((spot) => `${spot[5] === "before" ? "before " : ""}${spot[4]}`).join("; ");
  const clip = make("svg", { viewBox: `0 0 ${region.width} ${region.height}`, role: "img", "aria-label": `Map: ${label}`, class: "map" },
    make("rect", { class: "water", width: region.width, height: region.height }),
    make("path", { class: "land", d: region.land, transform: "scale(.1)" }),
    spots.filter((spot) => spot[3] > 4).map((spot) => make("circle", { class: "ring", cx: spot[1], cy: spot[2], r: spot[3] })),
    spots.map((spot) => drawLead(spot, olds)),
    spots.map((spot) => drawSpot(article, spot)),
    placeNames(article, spots).map((name) => make("text", { class: `label ${name.side}`, x: name.x, y: name.y, "text-anchor": name.anchor }, name.text)));
  return [make("h2", {}, "Where ", make("span", { class: "soft" }, "this article")), clip,
    make("p", { class: "soft note" }, "Rings: how far off a point may be. Borders as in Natural Earth, as held on the ground.")];
}

function drawLead(spot, olds) {
  const old = spot[5] === "after" ? olds.get(spot[0]) : null;
  return old ? make("line", { class: "lead", x1: old[1], y1: old[2], x2: spot[1], y2: spot[2] }) : null;
}

function drawSpot(article, spot) {
  const [event, x, y, , , side] = spot;
  const open = view.event?.id === event ? " open" : "";
  const found = article.events.find((one) => one.id === event);
  const brush = { click: () => found && brushTo(article, found) };
  if (side === "before") return make("path", { class: "cross", d: `M${x - 4} ${y - 4}l8 8m-8 0l8 -8`, on: brush });
  return make("circle", { class: `dot ${side}${open}`, cx: x, cy: y, r: open ? 5.5 : 4, on: brush });
}

// A name a place, none over another; what finds no room stands in the label of the picture only.
function placeNames(article, spots) {
  const named = [];
  const order = [...spots].sort((a, b) => Number(b[0] === view.event?.id) - Number(a[0] === view.event?.id));
  for (const [event, x, y, , name, side] of order) {
    const index = article.events.findIndex((one) => one.id === event);
    const text = (side === "before" ? `was ${name}` : `E${index + 1} ${name}`).slice(0, 26);
    const width = 6.4 * text.length;
    const anchor = x + 8 + width > 298 && x > width ? "end" : "start";
    const place = { x: x + (anchor === "end" ? -8 : 8), y: y + 4, anchor, text, side };
    const left = anchor === "end" ? place.x - width : place.x;
    const free = named.every((other) => Math.abs(other.y - place.y) > 11 || left > other.right || left + width < other.left);
    if (free && !named.some((other) => other.text.slice(3) === place.text.slice(3))) named.push({ ...place, left, right: left + width });
  }
  return named;
}

function drawDays() {
  const bars = data.days;
  if (!bars.length) return null;
  const top = Math.max(1, ...bars.map((bar) => Math.max(bar[1], bar[2])));
  const wide = 300 / bars.length;
  const high = (value) => (46 * value) / top;
  const body = bars.flatMap(([, before, after], index) => [
    make("rect", { class: "day", x: index * wide + 0.8, width: Math.max(1, wide - 1.6), y: 48 - high(after), height: high(after) }),
    make("line", { class: "past", x1: index * wide, x2: (index + 1) * wide, y1: 48 - high(before), y2: 48 - high(before) }),
  ]);
  const rows = bars.map(([name, before, after]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, String(before)), make("td", {}, String(after))));
  return make("div", { id: "days" },
    make("h2", {}, `Events per ${bars[0][0].includes(" ") ? "day" : "month"} `, make("span", { class: "soft" }, "— line: before")),
    make("svg", { class: "days", viewBox: "0 0 300 50", role: "img", "aria-label": `Events of the changed articles from ${bars[0][0]} to ${bars.at(-1)[0]}, before and after` }, body),
    make("p", { class: "soft ends" }, make("span", {}, bars[0][0]), make("span", {}, bars.at(-1)[0])),
    make("details", {}, make("summary", {}, "Show as table"), make("table", {}, make("thead", {}, make("tr", {}, ["", "before", "after"].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, rows))));
}

// A random sample of what a decision on the group would cover, and what it proves of the rest.
const DRAWN = 10;

function openSample() {
  const group = data.groups[view.group];
  if (!group) return undefined;
  const covered = new Set(chooseBulk(visible(group)).covered);
  const pool = group.sample.filter((number) => covered.has(number) && placeOf(number));
  if (!pool.length) return announce("Nothing to draw from: all is decided, or stays for single review");
  return drawMore({ pool, numbers: [], at: 0, records: [], unshown: covered.size - pool.length });
}

// The next ones that nobody decided, behind those of the sample so far.
function drawMore(sample) {
  const seen = new Set(sample.numbers);
  const next = sample.pool.filter((number) => !seen.has(number) && !DECIDED.has(standings[number])).slice(0, DRAWN);
  if (!next.length) return announce("There are no more to draw");
  announce(`${next.length} of ${sample.pool.length} drawn at random: accept or reject each`);
  return goOn({ ...sample, numbers: [...sample.numbers, ...next], at: sample.numbers.length });
}

function goOn(sample) {
  view.sample = sample;
  return showNumber(sample.numbers[sample.at]);
}

// Only what was judged in the sample counts as right; a change that anybody rejected or edited meanwhile is wrong.
function judgeSample({ numbers, records: made }) {
  const undone = findUndone();
  const accepted = new Set();
  for (const record of made.filter((one) => !undone.has(one.decision_id))) {
    record.covers.forEach((covered) => (record.verdict === "accept" ? accepted.add(covered.change) : null));
  }
  const right = numbers.filter((number) => standings[number] === "accept" && accepted.has(data.changes[number].id));
  const wrong = numbers.filter((number) => ["reject", "edit"].includes(standings[number]));
  return { right, wrong, open: numbers.filter((number) => !right.includes(number) && !wrong.includes(number)) };
}

// As `bound_wrong` in review/bulk.py, which says how.
function boundWrong(right, of, level) {
  let wrong = 0;
  let chance = 1;
  while (wrong < of - right) {
    chance *= (of - right - wrong) / (of - wrong);
    if (chance <= 1 - level + 1e-12) break;
    wrong += 1;
  }
  return wrong;
}

// As `tell_bound` in review/lines.py.
function tellBound(right, of) {
  const rest = of - right;
  if (!rest) return "that was all of them, none is left to be wrong";
  const most = boundWrong(right, of, data.policy.level);
  return `at most ${most.toLocaleString("en")} of the other ${rest.toLocaleString("en")} (${Math.ceil((100 * most) / rest)}\u00a0%) may still be wrong (${Math.round(data.policy.level * 100)}\u00a0% sure)`;
}

function tellSample() {
  const { sample } = view;
  const { right, wrong, open } = judgeSample(sample);
  const { length } = sample.numbers;
  const proof = wrong.length ? `${wrong.length} of ${length} wrong: look at more before you accept the group.`
    : open.length ? `${open.length} of ${length} not judged: the sample proves nothing yet.`
    : `${length} of ${length} right: ${tellBound(right.length, sample.pool.length)}.`;
  const back = () => { closeDialog(); goOn({ ...sample, at: sample.numbers.indexOf(open[0]) }); };
  const more = () => { closeDialog(); drawMore(sample); };
  view.sample = null;
  draw();
  openDialog("What the sample says", [
    make("p", {}, proof),
    sample.unshown ? make("p", {}, `${plural(sample.unshown, "change")} of the group ${sample.unshown === 1 ? "is" : "are"} not on this page and could not be drawn: the sample says nothing of them.`) : null,
  ], [
    button("Accept the rest", () => openBulk("accept"), { class: "primary", autofocus: true, disabled: wrong.length + open.length > 0 || length === sample.pool.length }),
    open.length ? button("Judge them", back, {}) : button(`${DRAWN} more`, more, { disabled: length === sample.pool.length }),
    button("Close", closeDialog, {}, "Esc"),
  ]);
}

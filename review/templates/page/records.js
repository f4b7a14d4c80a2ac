// Records that come from elsewhere: a file, or what this browser kept. Whatever is no sound record is told, and left out.
const HEX = /^[0-9a-f]{16}$/;
const isHex = (value) => typeof value === "string" && HEX.test(value);

function isRecord(one) {
  return one !== null && typeof one === "object" && isHex(one.decision_id)
    && ["at", "who", "before", "after", "comment"].every((name) => typeof one[name] === "string")
    && !Number.isNaN(Date.parse(one.at)) && one.who !== ""
    && (one.verdict === "undo" ? isHex(one.undoes) : !one.undoes)
    && (one.verdict === "undo" || one.verdict === "comment" || (one.verdict !== "open" && Object.hasOwn(WORDS, one.verdict)))
    && Array.isArray(one.covers) && one.covers.every((covered) => isHex(covered?.change) && isHex(covered?.hash));
}

// The records of a text with their lines, and the lines that are none.
function readLines(text) {
  const sound = [];
  const broken = [];
  text.split("\n").forEach((line, index) => {
    if (!line.trim()) return;
    const record = readRecord(line);
    if (record) sound.push({ record, line: index + 1 });
    else broken.push(index + 1);
  });
  return { sound, broken };
}

function readRecord(line) {
  try {
    const record = JSON.parse(line);
    return isRecord(record) ? record : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

async function loadFile(event) {
  const [file] = event.target.files;
  if (!file) return;
  tellLoaded(await takeIn(file));
  event.target.value = ""; // the same file, mended, can be chosen again
}

async function takeIn(file) {
  let text = "";
  try {
    text = await file.text();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return `The file cannot be read: ${error.message}`;
  }
  const { sound, broken } = readLines(text);
  let added = 0;
  for (const { record, line } of sound) {
    if ((await nameRecord(record)) !== record.decision_id) broken.push(line);
    else if (records.every((one) => one.decision_id !== record.decision_id) && (await keep(record))) {
      records = merge(records, [record]);
      added += 1;
    }
  }
  replay();
  draw();
  return `${plural(added, "record")} loaded${stale ? `; ${stale} are about what has changed since: ask again` : ""}${nameBroken(broken)}`;
}

const LISTED = 5;

function nameBroken(lines) {
  if (!lines.length) return "";
  const listed = lines.sort((a, b) => a - b).slice(0, LISTED).join(", ");
  const more = lines.length > LISTED ? ` and ${lines.length - LISTED} more` : "";
  return lines.length === 1 ? `; line ${listed} is no sound decision and is left out` : `; lines ${listed}${more} are no sound decisions and are left out`;
}

function tellLoaded(words) {
  announce(words);
  replace(byId("loaded"), words);
}

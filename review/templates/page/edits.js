// What an edit may say: checked against the forms of the row, so that nothing is kept that `review import` refuses.
const KIND_WORDS = { integer: "a whole number", number: "a number", string: "a text in quotes", boolean: "true or false", null: "null", array: "a list in [ ]", object: "a part in { }" };
const KIND_TESTS = {
  integer: Number.isSafeInteger,
  number: Number.isFinite,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
};

// Why the field cannot be edited at all; empty where it can.
function refuseEdit(field) {
  if (!data.forms) return "Golden files are not edited here: mend the rules, or the file itself";
  return Object.hasOwn(data.forms.fields, field) ? "" : `${nameField(field)} has no column that can be edited`;
}

// Why the text makes no row; null where it makes one.
function checkEdit(field, text, reason) {
  if (!reason.trim()) return "Say why";
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `No JSON: ${error.message}`;
  }
  const { columns, fields, alone } = data.forms;
  if (alone.includes(field)) return findFlaw(value, columns[fields[field][0]], nameField(field)) || null;
  // Counts are shown with a number, and stay as they were read.
  const known = Object.fromEntries(fields[field].map((name) => [name, columns[name]]));
  return findFlaw(value, { type: "object", properties: { ...known, counts: {} }, additionalProperties: false }, "") || null;
}

function findFlaw(value, form, path) {
  if (form.$ref) return findFlaw(value, data.forms.parts[form.$ref.split("/").at(-1)], path);
  if (form.anyOf) {
    const faults = form.anyOf.map((one) => findFlaw(value, one, path));
    return faults.includes("") ? "" : faults[0];
  }
  const at = path ? `${path}: ` : "";
  if (form.enum && !form.enum.includes(value)) return `${at}one of ${form.enum.join(", ")}`;
  if (form.type && !KIND_TESTS[form.type](value)) return `${at}${KIND_WORDS[form.type]} is needed`;
  if (value < form.minimum || value > form.maximum) return `${at}${form.minimum} ${form.maximum === undefined ? "or more" : `to ${form.maximum}`} is needed`;
  if (form.pattern && !new RegExp(form.pattern, "u").test(value)) return `${at}it has to be like ${form.pattern}`;
  if (form.format === "date" && !isDay(value)) return `${at}a day like 2024-03-31 is needed`;
  if (form.type === "array") return value.map((one, index) => findFlaw(one, form.items, `${path}[${index + 1}]`)).find(Boolean) ?? "";
  return form.type === "object" ? findPartFault(value, form, path) : "";
}

function findPartFault(value, form, path) {
  const inside = (name) => (path ? `${path}.${name}` : name);
  const missing = (form.required ?? []).find((name) => !Object.hasOwn(value, name));
  if (missing) return `${inside(missing)}: it is missing`;
  const odd = Object.keys(value).find((name) => !Object.hasOwn(form.properties, name));
  if (odd !== undefined) return `${inside(odd)}: there is no such column; there are ${Object.keys(form.properties).join(", ")}`;
  return Object.entries(value).map(([name, one]) => findFlaw(one, form.properties[name], inside(name))).find(Boolean) ?? "";
}

// 0024-02-31 is no day.
function isDay(text) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

// Elements are made by name and text is set as text: nothing that was read ever becomes markup.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const SVG = new Set(["svg", "line", "circle", "path", "text", "title", "g", "rect"]);

const byId = (id) => document.getElementById(id);

function make(tag, properties, ...children) {
  const element = SVG.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// What was read: isolated from what stands beside it, hidden characters by name, as in the terminal.
function say(text) {
  return make("bdi", {}, split(String(text)));
}

function split(text) {
  const pieces = [];
  let plain = "";
  for (const letter of text.replace(/[\n\t\r\u00a0]/g, " ")) {
    if (!HIDDEN.test(letter)) {
      plain += letter;
      continue;
    }
    pieces.push(plain, chip(letter));
    plain = "";
  }
  return [...pieces, plain].filter((piece) => piece !== "");
}

function chip(letter) {
  const code = letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return make("span", { class: "chip" }, `U+${code}`);
}

function button(label, listener, properties, key) {
  return make(
    "button",
    { type: "button", on: { click: listener }, ...properties },
    label,
    key ? make("kbd", { "aria-hidden": "true" }, key) : null,
  );
}

// What had the focus has it again when it is drawn anew: else every decision sends a reader of keys to the page's top.
function replace(element, ...children) {
  const held = holdFocus(element);
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  if (held) giveFocus(element, held);
}

const nameFocus = (element) => element.dataset.focus ?? `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent}`;
const listFocus = (element, name) => [...element.querySelectorAll("button, a, summary, input, [tabindex]")].filter((one) => nameFocus(one) === name);

// The focused part by name, and which of that name it is; null where none of the element's has the focus that keys gave.
// After a click of the mouse Enter is to mean the picked field, not that button once more.
function holdFocus(element) {
  const focused = document.activeElement;
  if (focused === element || !element.contains(focused) || !focused.matches(":focus-visible")) return null;
  const name = nameFocus(focused);
  return { name, index: listFocus(element, name).indexOf(focused) };
}

// Where it is gone or cannot be used, the open card is next, or the open group.
function giveFocus(element, { name, index }) {
  const found = listFocus(element, name).filter((one) => !one.disabled);
  const next = found[index] ?? found[0] ?? element.querySelector("[data-focus=accept], [aria-current=true] button, button[aria-current=true]") ?? element.closest("[tabindex]");
  next?.focus({ preventScroll: true });
}

function announce(text) {
  replace(byId("live"), text);
}

function plural(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

function signed(number) {
  return number > 0 ? `+${number.toLocaleString("en")}` : number.toLocaleString("en").replace("-", "−");
}

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

function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
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

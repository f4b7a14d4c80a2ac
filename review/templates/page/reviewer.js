// Who decides: what was typed here, else what the app was started with. Only what was typed is kept.
const NAMELESS = "reviewer";
let asked = false; // whether somebody chose to go on without a name

function nameReviewer() {
  recallSettings(); // a name that was typed in another tab counts here too
  return settings.who || data.who || NAMELESS;
}

function drawReviewer() {
  const known = settings.who || data.who;
  replace(byId("reviewer"), known ? ["as ", say(known)] : "no name yet");
}

function makeNameField(listeners) {
  return make("input", { type: "text", maxlength: 200, value: settings.who, placeholder: data.who, "aria-label": "Your name in the decisions file", on: listeners });
}

function keepName(text) {
  keepSettings({ who: text.trim() });
  drawReviewer();
}

// Before the first decision of a page from disk, which cannot know who reads it. True where the decision shall be made.
async function knowReviewer() {
  if (document.body.dataset.mode === "app" || asked || settings.who || data.who) return true;
  if (nameReviewer() !== NAMELESS) return true;
  return openName([button("Go on without a name", () => { asked = true; closeDialog(); })]);
}

// Gives whether there is a name, or none is wanted, once the dialog is closed.
function openName(others) {
  const go = () => {
    keepName(field.value);
    closeDialog();
  };
  const field = makeNameField({ keydown: (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // it would close the dialog, and keep nothing
    go();
  } });
  openDialog("Who decides?", [
    make("p", {}, "Every decision carries the name of who made it. It is kept in this browser and shown at the top."),
    make("label", {}, "Your name ", field),
  ], [button("Keep", go, { class: "primary" }, "↵"), others]);
  field.focus();
  const dialog = byId("dialog");
  return new Promise((done) => {
    const settle = () => {
      if (dialog.open) return; // what was closed is the dialog before this one
      dialog.removeEventListener("close", settle);
      done(asked || settings.who !== "");
    };
    dialog.addEventListener("close", settle);
  });
}

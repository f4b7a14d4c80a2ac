// The app's page: the key of the address is swapped for a session, which this tab keeps. A further tab asks those that have one.
const SESSION = "dateline:session";
const PATIENCE = 1000; // milliseconds that other tabs have to answer
let token = "";
let line = null;

async function load() {
  if (document.body.dataset.mode !== "app") return unpack(byId("data").textContent);
  for (const find of [swapKey, recallToken, askTabs]) {
    token = await find();
    const answer = token ? await ask("/data") : null;
    if (answer?.ok) {
      keepToken();
      joinTabs();
      return answer.json();
    }
    if (answer && answer.status !== 403) throw new Error(await answer.text());
  }
  throw new Error("The app does not know this tab: open the address that it printed last, or a link while the review is open in another tab");
}

// A key is good once: it must not stay in the address, nor in the history.
async function swapKey() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const key = parts.get("key");
  if (!key) return "";
  parts.delete("key");
  history.replaceState(null, "", `${location.pathname}#${parts}`);
  const answer = await fetch("/session", { method: "POST", headers: { "X-Dateline-Key": key, "Content-Type": "application/json" }, body: "{}", cache: "no-store" });
  return answer.ok ? (await answer.json()).token : "";
}

function recallToken() {
  try {
    return sessionStorage.getItem(SESSION) ?? "";
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return "";
  }
}

function keepToken() {
  try {
    sessionStorage.setItem(SESSION, token);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // then a reload needs a new address
  }
}

// Only pages of this very address (scheme, host and port) hear it.
function askTabs() {
  return new Promise((done) => {
    const asking = new BroadcastChannel(SESSION);
    const end = (found) => {
      asking.close();
      done(found);
    };
    asking.addEventListener("message", ({ data: said }) => typeof said?.token === "string" && end(said.token));
    asking.postMessage({ asks: true });
    setTimeout(() => end(""), PATIENCE);
  });
}

function joinTabs() {
  line = new BroadcastChannel(SESSION);
  line.addEventListener("message", ({ data: said }) => {
    if (said?.asks) line.postMessage({ token });
    if (said?.decided) queue(fetchOthers);
  });
}

// A person may have the review open twice: what one tab decides, the other shows.
const tellTabs = () => line?.postMessage({ decided: true });

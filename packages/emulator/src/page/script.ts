import type { EventKind } from "../events/events.js";

/** What the status region says when something happens elsewhere; nothing where that would be noise. */
const said: Readonly<Record<EventKind, string>> = {
  session_created: "A new pairing link.",
  session_scanned: "A pairing waits for an answer.",
  session_finished: "A pairing session is over.",
  pair_activated: "A pairing is active.",
  pair_revoked: "A pairing was revoked.",
  sign_requested: "A signature waits for an answer.",
  sign_decided: "A signature request was answered.",
  appliance_online: "An appliance is online.",
  appliance_offline: "An appliance is offline.",
  sp_changed: "",
  policy_changed: "",
  rules_changed: "",
  faults_changed: "",
  clock_advanced: "",
  traffic: "",
  reset: "Everything was reset.",
};

/**
 * The page's script. Without it forms load the page anew; with it they are sent in place, and the page follows what
 * happens elsewhere. The page it fetches is laid over the one there is, node by node, so that focus, what was typed and
 * what was opened stay.
 */
export const script: string = `const said = ${JSON.stringify(said)};
const root = document.documentElement;
root.classList.add("js");
const part = (name) => document.querySelector('[data-part="' + name + '"]');
const say = (text) => { if (text) document.getElementById("status").textContent = text; };

// Lays the children of one node over those of another.
function lay(from, to, live) {
  const ids = new Set([...to.children].map(({ id }) => id).filter(Boolean));
  let next = from.firstChild;
  const skip = () => {
    while (next?.id && !ids.has(next.id)) {
      const old = next;
      next = next.nextSibling;
      if (!(live && "keep" in old.dataset)) old.remove();
    }
  };
  for (const wanted of [...to.childNodes]) {
    skip();
    const keyed = wanted.id ? [...from.children].find(({ id }) => id === wanted.id) : undefined;
    const same = keyed ?? (!wanted.id && next && !next.id && next.nodeName === wanted.nodeName ? next : undefined);
    if (!same) from.insertBefore(document.importNode(wanted, true), next);
    else {
      if (same === next) next = next.nextSibling;
      else from.insertBefore(same, next);
      layOne(same, wanted, live);
    }
  }
  skip();
  while (next) {
    const old = next;
    next = next.nextSibling;
    if (!(live && old.dataset && "keep" in old.dataset)) old.remove();
  }
}

function layOne(from, to, live) {
  if (from.nodeType !== 1) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (from.dataset.part === "live" || (live && from.id === "status")) return;
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && name !== "open") from.removeAttribute(name);
  }
  lay(from, to, live);
}

// Where the focus goes when what had it is gone: to the title of what was around it.
function show(html, live) {
  const active = document.activeElement;
  const around = [];
  for (let node = active; node && node !== document.body; node = node.parentElement) if (node.id) around.push(node);
  const { title, body } = new DOMParser().parseFromString(html, "text/html");
  document.title = title;
  layOne(document.body, body, live);
  if (active && active !== document.body && document.activeElement !== active) {
    // What was only moved has lost it, too.
    if (active.isConnected) active.focus();
    const left = around.find((node) => node.isConnected) ?? document.body;
    const main = document.getElementById("main");
    for (const to of [left.querySelector("h2[tabindex]") ?? left, main]) {
      if (document.activeElement === document.body) to.focus();
    }
  }
  watchEnds();
}

let busy = false;
let again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const response = await fetch(location.href);
    if (response.ok) show(await response.text(), true);
    else if (response.status === 401) location.reload();
  } catch { /* the stream of events tells when it is back */ }
  busy = false;
  if (again) { again = false; void refresh(); }
}

// A card goes when its time is over, which nothing else may tell.
let ends;
function watchEnds() {
  clearTimeout(ends);
  const left = [...document.querySelectorAll("[data-ends-in]")].map(({ dataset }) => Number(dataset.endsIn));
  if (left.length > 0) ends = setTimeout(refresh, Math.min(...left) + 50);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const response = await fetch(form.action, { method: "POST", body });
    if (!(response.headers.get("content-type") ?? "").startsWith("text/html")) throw new Error();
    if (response.ok) {
      form.reset();
      form.closest("[popover]")?.hidePopover();
    }
    show(await response.text(), false);
    part("shown-once")?.focus();
  } catch {
    say("The emulator does not answer. Is it still running?");
  }
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    say("Copied.");
  } catch {
    getSelection().selectAllChildren(source);
    say("The browser did not let it be copied: it is selected, copy it by hand.");
  }
});

const events = new EventSource("/_emulator/events?since=" + document.body.dataset.lastEvent);
events.onopen = () => { part("live").textContent = "live"; void refresh(); };
events.onerror = () => { part("live").textContent = "not connected"; };
for (const kind of Object.keys(said)) {
  events.addEventListener(kind, () => { say(said[kind]); void refresh(); });
}
watchEnds();
`;

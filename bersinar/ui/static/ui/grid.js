// A sheet that saves by itself: each box is sent when one leaves it (Tab, Enter, arrows, a tap elsewhere).
// <form data-grid data-cell="address">; boxes are inputs named v-village-indicator-entry. Without this script the
// same form is sent whole by its button.

const form = document.querySelector("form[data-grid]");
const words = form.querySelector("template[data-words]").dataset;
const status = form.querySelector("[data-status]");
const list = form.querySelector("[data-problems]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const boxes = [...form.querySelectorAll("input.box:not([readonly])")];
const RETRY = 5000;

// What the server last told of each box, and what is on its way: a key is drawn once a change, never once a try.
const stored = new Map(boxes.map((box) => [box, box.getAttribute("aria-invalid") ? null : box.value]));
const waiting = new Map();
const busy = new Set();
let undoable = null;
let offline = false;

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function post(address, fields) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, ...fields });
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  // A page instead of an answer: logged out, or something in between took the request.
  if (!answer.headers.get("content-type")?.includes("application/json")) return { status: 0, told: { error: words.again } };
  return { status: answer.status, told: await answer.json() };
}

// What is said grows from below and must not cover the box somebody is typing in.
function say() {
  speak();
  const here = document.activeElement;
  if (here?.classList.contains("box")) here.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function speak() {
  if (offline) status.textContent = words.offline;
  else if (waiting.size) status.textContent = words.saving;
  else if (!list.childElementCount) status.textContent = words.saved;
  else status.textContent = "";
  status.classList.toggle("late", offline);
  if (!undoable || waiting.size || offline) return;
  const { box, address } = undoable;
  status.textContent = `${box.dataset.where}: ${box.value || words.empty} ${words.stored}. `;
  status.append(button(words.undo, () => undo(box, address)));
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn--s";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function mark(box, { text, state, base }) {
  box.name = box.name.replace(/-\d+$/, `-${base}`);
  if (document.activeElement !== box || box.value === box.dataset.sent) box.value = text;
  box.dataset.state = state;
  stored.set(box, text);
  free(box);
}

function free(box) {
  box.removeAttribute("aria-invalid");
  box.removeAttribute("aria-errormessage");
  delete box.dataset.wait;
  document.getElementById(`${box.id}-m`)?.remove();
  list.hidden = !list.childElementCount;
}

// One line a box below the sheet, leading to it; with buttons where a person has to choose.
function tell(box, sentence, buttons = []) {
  free(box);
  box.setAttribute("aria-invalid", "true");
  box.setAttribute("aria-errormessage", `${box.id}-m`);
  const line = document.createElement("li");
  line.id = `${box.id}-m`;
  const link = document.createElement("a");
  link.href = `#${box.id}`;
  link.textContent = `${box.dataset.where}: ${sentence}`;
  line.append(link, ...buttons);
  list.append(line);
  list.hidden = false;
}

function clash(box, mine, told) {
  const both = `${words.you} “${mine}”, ${told.by} ${words.they} “${told.stored || words.empty}”.`;
  const theirs = { text: told.stored, base: told.base, state: "" };
  const keep = button(words.theirs, () => {
    box.value = told.stored;
    mark(box, theirs);
    say();
  });
  const use = button(words.mine, () => {
    mark(box, theirs);
    box.value = mine;
    send(box);
  });
  tell(box, both, [use, keep]);
}

function send(box) {
  const text = box.value.trim();
  if (text === stored.get(box)) {
    waiting.delete(box);
    free(box);
    return say();
  }
  if (waiting.get(box)?.text === text) return flush(box);
  waiting.set(box, { text, key: key() });
  box.dataset.wait = "1";
  say();
  return flush(box);
}

async function flush(box) {
  const change = waiting.get(box);
  if (!change || busy.has(box)) return;
  busy.add(box);
  box.dataset.sent = change.text;
  const source = form.querySelector("[name=source_type]")?.value ?? "";
  let answer = null;
  try {
    answer = await post(form.dataset.cell, { box: box.name, text: change.text, key: change.key, source_type: source });
  } catch {
    answer = null; // no connection: the change stays in the queue under its own key
  }
  busy.delete(box);
  offline = answer === null || answer.status >= 500;
  if (offline) return say();
  const newer = waiting.get(box) !== change;
  if (!newer) waiting.delete(box);
  settle(box, change.text, answer);
  if (newer) return flush(box);
  return say();
}

function settle(box, text, { status: code, told }) {
  if (code === 200) {
    mark(box, told);
    undoable = { box, address: told.undo };
  } else if (code === 409 && "stored" in told) {
    undoable = null;
    clash(box, text, told);
  } else {
    undoable = null;
    tell(box, told.error ?? words.again);
  }
}

async function undo(box, address) {
  undoable = null;
  try {
    const { status: code, told } = await post(address, {});
    if (code === 200) mark(box, told);
    else tell(box, told.error ?? words.again);
  } catch {
    undoable = { box, address };
    offline = true;
  }
  say();
  box.focus();
}

// Arrows and Enter move as in a spreadsheet; left and right only from the edge of the text.
function neighbour(box, event) {
  const cell = box.closest("td");
  if (!cell) return event.key === "Enter" ? boxes[boxes.indexOf(box) + (event.shiftKey ? -1 : 1)] : null;
  const row = cell.parentElement;
  const rows = [...row.parentElement.rows];
  const at = (step) => rows[rows.indexOf(row) + step]?.cells[cell.cellIndex]?.querySelector("input.box");
  const beside = (step) => row.cells[cell.cellIndex + step]?.querySelector("input.box");
  const collapsed = box.selectionStart === box.selectionEnd || (box.selectionStart === 0 && box.selectionEnd === box.value.length);
  switch (event.key) {
    case "ArrowUp": return at(-1);
    case "ArrowDown": return at(1);
    case "Enter": return at(event.shiftKey ? -1 : 1);
    case "ArrowLeft": return collapsed && box.selectionStart === 0 ? beside(-1) : null;
    case "ArrowRight": return collapsed && box.selectionEnd === box.value.length ? beside(1) : null;
    default: return null;
  }
}

for (const box of boxes) {
  box.addEventListener("change", () => send(box));
  box.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape" && stored.get(box) !== null) {
      box.value = stored.get(box);
      return;
    }
    // Enter would send the whole form.
    if (event.key === "Enter") event.preventDefault();
    const next = neighbour(box, event);
    if (!next) {
      if (event.key === "Enter") send(box);
      return;
    }
    event.preventDefault();
    next.focus();
    next.select();
  });
}

function again() {
  for (const box of waiting.keys()) flush(box);
}

// One choice for the box one was in last: nihil, or a reason why there is no answer yet.
function quick() {
  const part = form.querySelector("[data-quick]");
  const [where, choice] = [part.querySelector("[data-where]"), part.querySelector("select")];
  let last = null;
  for (const box of boxes) {
    box.addEventListener("focus", () => {
      last = box;
      where.textContent = box.dataset.where;
      part.hidden = false;
    });
  }
  choice.addEventListener("change", () => {
    if (!last || !choice.value) return;
    last.value = choice.value;
    choice.value = "";
    send(last);
    last.focus();
  });
}

if (boxes.length) {
  // A list of suggestions opens with the arrow keys, which move between boxes here; the choice below replaces it.
  for (const box of boxes) box.removeAttribute("list");
  form.querySelector("[data-plain]").closest("p").remove();
  quick();
  status.textContent = words.ready;
  setInterval(() => offline && again(), RETRY);
  addEventListener("online", again);
  addEventListener("beforeunload", (event) => waiting.size && event.preventDefault());
}

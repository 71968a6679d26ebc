// What was typed comes back when the session ended before it was sent.
// Kept only in this tab, only until the next page, and only for the same person; never a password or a file.
const KEY = "isian";
const user = document.body.dataset.user;
const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");

if (kept && document.querySelector("[data-expired]")) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...kept, pending: true }));
} else if (kept) {
  sessionStorage.removeItem(KEY);
  if (kept.pending && kept.user === user && kept.page === location.pathname) restore(kept);
}

function fields(form) {
  // Not form.elements: a field may bear that very name.
  return [...form.querySelectorAll("input, select, textarea")].filter(
    (one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type),
  );
}

function restore({ action, values }) {
  const form = [...document.querySelectorAll('main form[method="post"]')].find((one) => one.getAttribute("action") === action);
  if (!form) return;
  for (const one of fields(form)) {
    const found = values.filter(([name]) => name === one.name).map(([, value]) => value);
    if (one.type === "checkbox" || one.type === "radio") one.checked = found.includes(one.value);
    else if (found.length) one.value = found[0];
  }
  document.querySelector("[data-kept]").hidden = false;
}

if (user) {
  for (const form of document.querySelectorAll('main form[method="post"]')) {
    form.addEventListener("submit", () => {
      const names = new Set(fields(form).map((one) => one.name));
      const values = [...new FormData(form)].filter(([name, value]) => names.has(name) && typeof value === "string");
      sessionStorage.setItem(KEY, JSON.stringify({ user, page: location.pathname, action: form.getAttribute("action"), values }));
    });
  }
}

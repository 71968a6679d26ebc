// A long text saves itself while one types; the button works without this. Nothing is kept on the device.
const PAUSE = 3000;
const AGAIN = 10000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const text = form.querySelector("textarea");
  const based = form.elements.based_on;
  const said = form.querySelector("[data-autosave-said]");
  const other = form.querySelector("[data-autosave-other]");
  let saved = text.value;
  let timer = 0;
  let busy = false;
  let held = false; // somebody else wrote: a person decides

  async function save() {
    if (busy || held || text.value === saved) return;
    busy = true;
    const sent = text.value;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      const found = await answer.json();
      said.textContent = found.said;
      if (answer.ok) {
        saved = sent;
        based.value = found.revision;
      } else if (answer.status === 409 && found.other !== null) {
        held = true;
        based.value = found.revision;
        other.querySelector("[data-autosave-text]").textContent = found.other;
        other.hidden = false;
      } else {
        wait(AGAIN);
      }
    } catch {
      said.textContent = form.dataset.lost;
      wait(AGAIN);
    }
    busy = false;
    if (text.value !== sent) wait(PAUSE);
  }

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  }

  text.addEventListener("input", () => {
    if (!held) said.textContent = form.dataset.busy;
    wait(PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = text.value;
  });
  addEventListener("beforeunload", (event) => {
    if (text.value !== saved) event.preventDefault();
  });
}

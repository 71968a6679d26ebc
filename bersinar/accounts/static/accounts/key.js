// The browser's part of a key: it signs what the server asks, and the form carries the answer. Nothing is fetched.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const described = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function wanted(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = described(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = described(options.allowCredentials);
  return asked;
}

function told(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = text(key.response[name]);
  }
  const results = key.getClientExtensionResults();
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: results });
}

for (const form of document.querySelectorAll("form[data-key]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const answer = form.elements.passkey;
    if (answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const publicKey = wanted(JSON.parse(form.dataset.options));
    try {
      const key = await navigator.credentials[form.dataset.key]({ publicKey });
      answer.value = told(key);
    } catch {
      form.querySelector("[data-key-failed]").hidden = false;
      return;
    }
    form.requestSubmit();
    // Before the script that sends every form only once: this first press sends nothing yet.
  }, true);
}

// A form that changes something is sent once, however often the button is tapped on a slow line.
// The server must still bear a second copy: this only spares people a double answer.
for (const form of document.querySelectorAll('form[method="post"]')) {
  // The server's sentences say what to do, in the language of the page; the browser's own bubbles do neither.
  // A chosen file would be lost on the way, so there the browser looks first.
  if (!form.querySelector("input[type=file]")) form.noValidate = true;
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
  });
}
// Coming back with the back button shows the old page, whose forms may be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

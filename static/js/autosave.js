/* Saves form[data-autosave="URL"] while it is written in. The answer is _ui/autosave.html as a
   fragment; when nothing is saved the text stays in the form and is tried again. The header
   X-Edit-Version goes into the hidden field edit_version, so that the next save follows this one. */
(() => {
  "use strict";

  const WAIT = 1500;
  const AGAIN = 10000;

  const say = (state) => {
    const line = document.getElementById("autosave");
    if (!line) return;
    line.toggleAttribute("data-state", state === "failed");
    if (state === "failed") line.dataset.state = "late";
    const text = line.dataset[state];
    if (text) line.querySelector("span").textContent = text;
  };

  const replaceLine = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("autosave");
    const line = document.getElementById("autosave");
    if (fresh && line) line.replaceChildren(...fresh.childNodes);
    if (line) line.removeAttribute("data-state");
  };

  const setUp = (form) => {
    let timer = null;
    const later = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    };
    const save = async () => {
      if (form.dataset.sent) return;
      say("saving");
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: new FormData(form),
          headers: { "X-Requested-With": "autosave" },
          credentials: "same-origin",
          redirect: "error",
        });
        if (!answer.ok) throw new Error(answer.status);
        const version = answer.headers.get("X-Edit-Version");
        if (version && form.elements.edit_version) form.elements.edit_version.value = version;
        replaceLine(await answer.text());
      } catch {
        say("failed");
        later(AGAIN);
      }
    };
    form.addEventListener("input", () => later(WAIT));
    form.addEventListener("change", () => later(WAIT));
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-autosave]").forEach(setUp);
  });
})();

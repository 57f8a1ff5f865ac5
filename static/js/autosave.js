/* Saves form[data-autosave="URL"] while it is written in. The answer is _ui/autosave.html as a
   fragment; when nothing is saved the text stays in the form and is tried again. The header
   X-Edit-Version goes into the hidden field edit_version, and data-fields (JSON) of the fragment
   into the hidden fields it names, so that the next save follows this one. Whatever else in the
   answer is marked data-fresh takes the place of the contents of the element with its id.

   With data-autosave-key (of the person and the form) what is not yet saved also lies in this tab's
   sessionStorage: a session that ends (401, or 403 after signing in again elsewhere) loses nothing.
   template[data-autosave-lost] is then shown, and template[data-autosave-back] once the text has
   been put in again; a[data-autosave-goto] in it then leads to the first text that was put in. The
   tab forgets it when it is saved, when the form is sent, and when it is closed.

   A form with a key and no URL is not saved on the way: what is written lies in the tab until it is
   sent, and is sent only when the session still holds.

   A chosen file is neither saved nor kept: it is sent with the form when a button is pressed. */
(() => {
  "use strict";

  const WAIT = 1500;
  const AGAIN = 10000;
  const LOST = [401, 403];
  const NOT_KEPT = "csrfmiddlewaretoken";

  const line = () => document.getElementById("autosave");

  const say = (state) => {
    if (!line()) return;
    line().toggleAttribute("data-state", state !== "saving");
    if (state !== "saving") line().dataset.state = "late";
    const text = line().dataset[state];
    if (text) line().querySelector("span").textContent = text;
  };

  const replaceLine = (fresh) => {
    if (!fresh || !line()) return;
    line().replaceChildren(...fresh.childNodes);
    line().toggleAttribute("data-state", false);
    if (fresh.dataset.state) line().dataset.state = fresh.dataset.state;
  };

  const show = (name, field) => {
    const found = document.querySelector(`template[data-autosave-${name}]`);
    const main = document.querySelector("main");
    document.querySelectorAll("[data-autosave-strip]").forEach((strip) => strip.remove());
    if (!found || !main) return;
    const strip = document.createElement("div");
    strip.dataset.autosaveStrip = name;
    strip.setAttribute("role", "alert");
    strip.append(found.content.cloneNode(true));
    if (field?.id) strip.querySelector("[data-autosave-goto]")?.setAttribute("href", `#${field.id}`);
    main.before(strip);
  };

  const isText = (value) => typeof value === "string";

  /* What lies in the tab. Storage may be switched off; then there is nothing to put back. */
  const storage = (form) => {
    const key = form.dataset.autosaveKey && `lmp:${form.dataset.autosaveKey}`;
    const attempt = (action) => {
      try {
        return key ? action() : null;
      } catch {
        return null;
      }
    };
    const written = () =>
      [...new FormData(form)].filter(([name, value]) => name !== NOT_KEPT && isText(value));
    return {
      keep: () => attempt(() => sessionStorage.setItem(key, JSON.stringify(written()))),
      kept: () => attempt(() => JSON.parse(sessionStorage.getItem(key))),
      forget: () => attempt(() => sessionStorage.removeItem(key)),
    };
  };

  /* What the writer sees of the form, to tell whether anything has been written since a save. */
  const seen = (form) =>
    JSON.stringify(
      [...form.elements]
        .filter((field) => field.name && !["hidden", "file"].includes(field.type))
        .map((field) => [field.value, field.checked]),
    );

  const fill = (form, pairs) => {
    const values = new Map();
    pairs.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
    let changed = null;
    [...form.elements].forEach((field) => {
      if (!field.name || field.name === NOT_KEPT) return;
      if (["submit", "file"].includes(field.type)) return;
      const wanted = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked !== wanted.includes(field.value)) changed ||= field;
        field.checked = wanted.includes(field.value);
      } else if (wanted.length) {
        if (field.type !== "hidden" && field.value !== wanted[0]) changed ||= field;
        field.value = wanted[0];
      }
    });
    return changed;
  };

  const setUp = (form) => {
    const stored = storage(form);
    let timer = null;
    let saving = null;
    let settled = seen(form);

    const later = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    };

    const post = async () => {
      const sent = seen(form);
      const body = new FormData(form);
      [...body].forEach(([name, value]) => isText(value) || body.delete(name));
      const here = form.contains(document.activeElement) ? document.activeElement.name : "";
      body.append("writing", here || "");
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "autosave" },
        credentials: "same-origin",
        redirect: "error",
      });
      if (LOST.includes(answer.status) && form.dataset.autosaveKey) return "lost";
      if (!answer.ok) throw new Error(answer.status);
      const version = answer.headers.get("X-Edit-Version");
      if (version && form.elements.edit_version) form.elements.edit_version.value = version;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("autosave");
      Object.entries(JSON.parse(fresh?.dataset.fields || "{}")).forEach(([name, value]) => {
        if (form.elements[name]) form.elements[name].value = value;
      });
      page.querySelectorAll("[data-fresh][id]").forEach((part) => {
        document.getElementById(part.id)?.replaceChildren(...part.childNodes);
      });
      settled = sent;
      if (sent === seen(form) && !fresh?.hasAttribute("data-unsaved")) stored.forget();
      replaceLine(fresh);
      return "saved";
    };

    const check = async () => {
      const answer = await fetch(window.location.href, {
        method: "HEAD",
        credentials: "same-origin",
        redirect: "manual",
      });
      const isLost = answer.type === "opaqueredirect" || LOST.includes(answer.status);
      return isLost ? "lost" : "saved";
    };

    const save = async () => {
      clearTimeout(timer);
      if (form.dataset.sent) return "saved";
      if (saving) return saving.then(save);
      say("saving");
      saving = (form.dataset.autosave ? post() : check()).catch(() => "failed");
      const outcome = await saving;
      saving = null;
      if (outcome !== "saved") say(outcome);
      if (outcome === "failed") later(AGAIN);
      if (outcome === "lost") show("lost");
      return outcome;
    };

    const wrote = () => {
      if (settled === seen(form)) return;
      stored.keep();
      if (form.dataset.autosave) later(WAIT);
    };
    form.addEventListener("input", wrote);
    form.addEventListener("change", wrote);

    /* A form that is sent without a session would be lost on the way to the sign-in page: save
       first, and stay here when that shows that the session has ended. */
    form.addEventListener("submit", async (event) => {
      if (!form.dataset.autosaveKey || form.dataset.saved) {
        delete form.dataset.saved;
        return;
      }
      event.preventDefault();
      const outcome = await save();
      if (outcome === "lost") {
        document.querySelector("[data-autosave-strip] a")?.focus();
        return;
      }
      /* The page that answers has all that was typed, also what is not saved: a copy put in over
         it would bring back a number just taken away, or a text just given up for another's. */
      if (outcome === "saved") stored.forget();
      form.dataset.saved = "1";
      form.requestSubmit(event.submitter);
    });

    document.addEventListener("click", (event) => {
      if (!event.target.closest("[data-autosave-forget]")) return;
      stored.forget();
      window.location.reload();
    });

    const kept = stored.kept();
    if (!kept) return;
    const changed = fill(form, kept);
    if (changed) {
      show("back", changed);
      wrote();
    } else {
      stored.forget();
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-autosave], form[data-autosave-key]").forEach(setUp);
  });
})();

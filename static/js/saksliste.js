/* Keeps [data-minutes-sum] true while the minutes of a saksliste are written, in words, and shows
   [data-unsaved-note] when the order has been changed and nothing saves it by itself. Without it
   the sum is worked out when the form is saved. */
(() => {
  "use strict";

  const MINUTES = "input[name$='-minutes']";

  const words = (sum, planned) => {
    const total = Number(sum.dataset.total);
    const left = total - planned;
    const line = sum.dataset.line.replace("{planned}", planned).replace("{total}", total);
    const kind = left === 0 ? "even" : left > 0 ? "left" : "over";
    const size = Math.abs(left);
    const balance = size === 1 ? sum.dataset[`${kind}One`] : sum.dataset[kind];
    return `${line} ${balance.replace("{n}", size)}`;
  };

  const planned = () =>
    [...document.querySelectorAll(MINUTES)]
      .filter((field) => !field.closest("[hidden]"))
      .map((field) => Number.parseInt(field.value, 10))
      .reduce((sum, minutes) => sum + (minutes > 0 ? minutes : 0), 0);

  document.addEventListener("input", (event) => {
    if (event.target.matches(MINUTES)) {
      document.querySelectorAll("[data-minutes-sum]").forEach((sum) => {
        const text = words(sum, planned());
        if (sum.textContent !== text) sum.textContent = text;
      });
    }
    if (event.target.matches("[data-line]")) {
      const note = document.querySelector("[data-unsaved-note]");
      if (note) note.hidden = false;
    }
  });
})();

/* Moves lines of ol[data-reorder] by arrow, number or dragging, keeps the numbers and the capacity
   line true, and says what happened. Without it the arrows and the numbers post the form.

   A line is a child with data-line and data-name; others stay where they are. Its number is
   input[data-rank], or one named rank_…, counted from the list's data-first; its arrows are
   button[data-move="up"|"down"], or named move; the handle for dragging goes into [data-handle]. */
(() => {
  "use strict";

  const lines = (list) => [...list.querySelectorAll(":scope > [data-line]")];
  const RANK = "input[name^='rank_'], input[data-rank]";
  const ARROW = "button[name='move'], button[data-move]";
  const rankOf = (line) => line.querySelector(RANK);
  const firstOf = (list) => Number(list.dataset.first || 1);
  const isUp = (button) => button.dataset.move === "up" || button.value.startsWith("up-");

  /* The line stands after as many lines as the places reach for; see rules.priority.places_reach. */
  const placeCap = (list) => {
    const cap = list.querySelector("[data-cap]");
    if (!cap) return;
    const quota = Number(cap.dataset.quota || 0);
    const all = lines(list);
    let used = 0;
    let after = 0;
    for (const line of all) {
      const kommuner = Number(line.dataset.kommuner);
      if (used + kommuner > quota) break;
      used += kommuner;
      after += 1;
    }
    const way = used === quota ? "reached" : after === all.length ? "all" : "straddles";
    cap.querySelectorAll("[data-way]").forEach((words) => {
      words.hidden = words.dataset.way !== way;
    });
    if (after === all.length) list.append(cap);
    else all[after].before(cap);
  };

  const number = (list) => {
    const all = lines(list);
    all.forEach((line, at) => {
      if (rankOf(line)) rankOf(line).value = at + firstOf(list);
      const shown = line.querySelector("[data-number]");
      if (shown) shown.textContent = at + firstOf(list);
      const [up, down] = line.querySelectorAll(ARROW);
      up.disabled = at === 0;
      down.disabled = at === all.length - 1;
      const why = line.querySelector("[data-why]");
      if (why && Number(line.dataset.before) !== at + 1) why.hidden = false;
    });
    placeCap(list);
  };

  const say = (list, line) => {
    const all = lines(list);
    const here = list.parentElement.querySelector("[data-said-here]");
    here.textContent = list.dataset.said
      .replace("{name}", line.dataset.name)
      .replace("{place}", all.indexOf(line) + firstOf(list))
      .replace("{all}", all.length + firstOf(list) - 1);
  };

  /* Put the line at a place counted from 0, and let the form be saved. */
  const moveTo = (list, line, to) => {
    const rest = lines(list).filter((each) => each !== line);
    const at = Math.max(0, Math.min(to, rest.length));
    if (at === rest.length) rest[rest.length - 1].after(line);
    else rest[at].before(line);
    number(list);
    say(list, line);
    line.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const onArrow = (list, event) => {
    const button = event.target.closest(ARROW);
    if (!button || !button.closest("[data-line]")) return;
    event.preventDefault();
    const line = button.closest("[data-line]");
    moveTo(list, line, lines(list).indexOf(line) + (isUp(button) ? -1 : 1));
    const other = [...line.querySelectorAll(ARROW)].find((each) => !each.disabled);
    (button.disabled ? other : button)?.focus();
  };

  /* A number that is typed moves the line there; the others make room. */
  const onNumber = (list, event) => {
    const field = event.target;
    if (!field.matches(RANK)) return;
    const to = Number(field.value) - firstOf(list) + 1;
    const all = lines(list);
    if (!Number.isInteger(to) || to < 1 || to > all.length) return;
    const line = field.closest("[data-line]");
    if (to - 1 !== all.indexOf(line)) moveTo(list, line, to - 1);
  };

  const addHandle = (list, line) => {
    const handle = document.createElement("span");
    handle.className = "drag";
    handle.title = list.dataset.drag;
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    line.querySelector(".prio__move, [data-handle]").append(handle);
    let begun = -1;
    const follow = (event) => {
      const under = lines(list).find((each) => {
        const box = each.getBoundingClientRect();
        return each !== line && event.clientY > box.top && event.clientY < box.bottom;
      });
      if (!under) return;
      const box = under.getBoundingClientRect();
      if (event.clientY > box.top + box.height / 2) under.after(line);
      else under.before(line);
    };
    const drop = () => {
      document.removeEventListener("pointermove", follow);
      delete line.dataset.dragging;
      const at = lines(list).indexOf(line);
      if (at !== begun) moveTo(list, line, at);
    };
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      begun = lines(list).indexOf(line);
      line.dataset.dragging = "";
      document.addEventListener("pointermove", follow);
      document.addEventListener("pointerup", drop, { once: true });
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("ol[data-reorder]").forEach((list) => {
      list.addEventListener("click", (event) => onArrow(list, event));
      list.addEventListener("change", (event) => onNumber(list, event));
      const all = lines(list);
      if (all.length > 1) all.forEach((line) => addHandle(list, line));
    });
  });
})();

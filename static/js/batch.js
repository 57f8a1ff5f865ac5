// Says how many rows are ticked, in the bar and on its button. The form works without it.
(function () {
  "use strict";
  function words(element, count) {
    var data = element.dataset;
    if (count === 0) return data.none || element.dataset.plain;
    return count === 1 ? data.one : data.many.replace("{n}", count);
  }
  document.querySelectorAll("form[data-batch]").forEach(function (form) {
    var shown = form.querySelectorAll("[data-batch-count], [data-batch-button]");
    shown.forEach(function (element) { element.dataset.plain = element.textContent; });
    function update() {
      var ticked = Array.from(form.querySelectorAll("input[type=checkbox][name=soeknad]:checked, input[type=checkbox][name=brev]:checked"));
      var letters = ticked.reduce(function (sum, box) { return sum + Number(box.dataset.letters || 1); }, 0);
      shown.forEach(function (element) {
        element.textContent = words(element, "batchButton" in element.dataset ? letters : ticked.length);
      });
    }
    form.addEventListener("change", update);
    update();
  });
})();

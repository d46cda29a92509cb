/* What the pages of the customer's side do better with a script. */
(function () {
  "use strict";

  /* "Ver Detalhe" opens in place, and closes what is open. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest(".row__open");
    var detail = link && link.closest(".row") && link.closest(".row").querySelector(".row__detail");
    if (!detail || !detail.firstElementChild || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    detail.textContent = "";
    link.setAttribute("aria-expanded", "false");
  }, true);

  /* On a phone the details of a ticket fold, unless something was typed in them. */
  function fold() {
    if (window.innerWidth < 736) document.querySelectorAll(".facts[open]").forEach(function (facts) {
      facts.open = !!facts.querySelector("details[open], .summary");
    });
  }

  document.addEventListener("htmx:after:swap", function (event) {
    var row = event.target.closest && event.target.closest(".row");
    if (row && event.target.matches(".row__detail")) {
      row.querySelector(".row__open").setAttribute("aria-expanded", "true");
    }
    if (!event.detail.ctx || !event.detail.ctx.sourceElement.closest("[data-live]")) fold();
  });

  document.addEventListener("DOMContentLoaded", function () {
    fold();
    /* A list that another one decides is whole for whoever has no script. */
    document.querySelectorAll("select[data-until]").forEach(function (list) {
      list.replaceChildren(new Option(list.dataset.until, ""));
    });
  });
})();

/* Enhancements of the portal's pages. */
(function () {
  "use strict";

  /* The second click of a double click does not close what the first one opened. */
  document.addEventListener("click", function (event) {
    if (event.detail < 2 || !event.target.closest("summary, .row__open")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  /* "Ver Detalhe" opens a row in place, and closes the others. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest(".row__open");
    var detail = link && link.closest(".row") && link.closest(".row").querySelector(".row__detail");
    if (!detail || !detail.firstElementChild || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    detail.textContent = "";
    link.setAttribute("aria-expanded", "false");
  }, true);

  /* On a phone the details of a ticket are folded, unless they contain typed text. */
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

  /* A browser that kept a list while a ticket of it was read shows it as it is now, unless a ticket is open in it. */
  window.addEventListener("pageshow", function (event) {
    var list = document.querySelector("#tickets, .log [data-state=unread]");
    if (event.persisted && list && !document.querySelector(".row__detail > *")) location.reload();
  });

  document.addEventListener("DOMContentLoaded", fold);

  /* Filters a select by another one, unless the browser brought choices back; without a script it has all options. */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("select[data-until]").forEach(function (list) {
      if (!list.form.elements.category.value) list.replaceChildren(new Option(list.dataset.until, ""));
    });
  });
})();

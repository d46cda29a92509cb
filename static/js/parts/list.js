/* A list of the desk: picked by keys and in ranges; what is done with the picked is asked where they are. */
(function () {
  "use strict";
  var last = null;

  function boxes() { return Array.from(document.querySelectorAll("[data-list] [name=ticket]")); }

  function isTicked(box) { return box.checked; }

  /* Only the fields of the chosen move are asked for. */
  function show(bulk) {
    var picked = boxes().filter(isTicked).length, move = bulk.querySelector("[name=do]").value;
    var all = document.querySelector("[data-all]"), whole = bulk.querySelector("[name=whole]");
    all.hidden = false;
    all.checked = picked > 0 && picked === boxes().length;
    all.indeterminate = picked > 0 && !all.checked;
    bulk.querySelector("[data-count]").textContent = picked;
    var isAwake = picked > 0 || !!move || !!(whole && whole.checked) || !!bulk.querySelector(".field__error");
    bulk.open = isAwake;
    bulk.toggleAttribute("data-awake", isAwake);
    bulk.toggleAttribute("data-asleep", !isAwake);
    bulk.querySelectorAll("[data-move]").forEach(function (part) {
      part.hidden = part.dataset.move.split(" ").indexOf(move) < 0;
    });
  }

  function refresh() {
    var bulk = document.getElementById("bulk");
    if (bulk) show(bulk);
  }

  ["DOMContentLoaded", "htmx:after:swap"].forEach(function (name) { document.addEventListener(name, refresh); });
  window.addEventListener("pageshow", refresh);
  document.addEventListener("reset", function () { setTimeout(refresh); });
  document.addEventListener("change", function (event) {
    var target = event.target;
    if (target.matches("[data-all]")) boxes().forEach(function (box) { box.checked = target.checked; });
    if (target.closest(".picked")) refresh();
  });

  /* With Shift all from the last one picked. */
  document.addEventListener("click", function (event) {
    var all = boxes(), here = all.indexOf(event.target), from = all.indexOf(last);
    if (here < 0) return;
    if (event.shiftKey && from >= 0) {
      var between = all.slice(Math.min(here, from), Math.max(here, from) + 1);
      between.forEach(function (box) { box.checked = event.target.checked; });
    }
    last = event.target;
  });

  function row() {
    var at = document.activeElement;
    return at && at.closest(".line");
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target, here = row();
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName) && field.type !== "checkbox") return;
    if (event.key.toLowerCase() === "x" && here) {
      event.preventDefault();
      here.querySelector("[name=ticket]").dispatchEvent(
        new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey })
      );
    } else if (event.key === "e" && document.querySelector(".bulk[data-awake]")) {
      event.preventDefault();
      document.querySelector(".bulk [name=do]").focus();
    } else if (event.key === "/") {
      event.preventDefault();
      document.getElementById("q").focus();
    }
  });
})();

/* Selection in a desk list by keys and ranges, and the form of bulk moves. */
(function () {
  "use strict";
  var last = null;

  function boxes() { return Array.from(document.querySelectorAll("[data-list] [name=ticket]")); }

  function isTicked(box) { return box.checked; }

  /* Shows only the fields of the chosen move. */
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

  /* What is picked stays so where the list that comes has it too. */
  var picked = [];
  document.addEventListener("htmx:before:swap", function () {
    picked = boxes().filter(isTicked).map(function (box) { return box.value; });
  });
  document.addEventListener("htmx:after:swap", function () {
    boxes().forEach(function (box) { if (picked.indexOf(box.value) >= 0) box.checked = true; });
  });

  ["DOMContentLoaded", "htmx:after:swap"].forEach(function (name) { document.addEventListener(name, refresh); });
  window.addEventListener("pageshow", function (event) {
    refresh();
    if (event.persisted) location.reload();
  });
  document.addEventListener("reset", function () {
    var box = boxes().find(isTicked);
    setTimeout(function () {
      refresh();
      if (box) titleOf(box.closest(".line")).focus();
    });
  });
  document.addEventListener("change", function (event) {
    var target = event.target;
    if (target.matches("[data-all]")) boxes().forEach(function (box) { box.checked = target.checked; });
    if (target.closest(".picked")) refresh();
  });

  /* Shift selects the range from the last one selected. */
  document.addEventListener("click", function (event) {
    var all = boxes(), here = all.indexOf(event.target), from = all.indexOf(last);
    if (here < 0) return;
    if (event.shiftKey && from >= 0) {
      var between = all.slice(Math.min(here, from), Math.max(here, from) + 1);
      between.forEach(function (box) { box.checked = event.target.checked; });
    }
    last = event.target;
  });

  /* Previews a ticket beside the list; a narrow screen opens it. */
  var asked = 0;
  function aside() { return document.getElementById("peek"); }
  function peeked() { return document.querySelector(".line [aria-current]"); }

  function peek(link, hasFocus) {
    if (window.matchMedia("(max-width: 45.99rem)").matches) return link.click();
    var turn = ++asked;
    fetch(link.pathname + "/peek", { headers: { "HX-Request": "true" } }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      if (turn !== asked) return;
      if (!text) return link.click();
      var place = aside(), old = peeked();
      if (old) old.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      place.innerHTML = text;
      place.hidden = false;
      place.scrollTop = 0;
      place.closest(".desk").dataset.peek = "";
      if (hasFocus) place.focus();
    }, function () { link.click(); });
  }

  function shut() {
    var link = peeked(), place = aside();
    ++asked;
    place.hidden = true;
    delete place.closest(".desk").dataset.peek;
    if (link) link.removeAttribute("aria-current");
    (link || document.getElementById("list")).focus();
  }

  function titleOf(line) { return line.querySelector(".row__title"); }

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".line__peek");
    if (event.target.closest("[data-shut]")) return shut();
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    peek(titleOf(link.closest(".line")), true);
  });
  document.addEventListener("focusin", function (event) {
    var link = event.target;
    if (aside() && !aside().hidden && link.matches(".row__title") && link !== peeked()) peek(link);
  });
  /* The next row follows the previewed one. */
  document.addEventListener("keydown", function (event) {
    if (/^[jk]$/.test(event.key) && event.target.closest("#peek") && peeked()) peeked().focus();
  }, true);

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
    } else if (event.key === " " && field.matches(".row__title")) {
      event.preventDefault();
      peek(field, true);
    } else if (event.key === "Escape" && aside() && !aside().hidden) {
      shut();
    }
  });
})();

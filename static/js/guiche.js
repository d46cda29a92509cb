/* Enhancements of all pages, which work without it as well. */
(function () {
  "use strict";
  var LARGEST = 100 * 1024 * 1024;
  var store = window.sessionStorage;

  /* Keeps the text of forms with data-keep in this tab until it was sent; it wins over the draft of the server. */
  function keepKey(field) {
    var form = field.form;
    return form && form.dataset.keep && (field.tagName === "TEXTAREA" || /^(title|case|objective)$/.test(field.name))
      ? "keep:" + form.dataset.keep + ":" + field.name
      : null;
  }

  function forgetWhatWasSent() {
    var said = Array.from(document.querySelectorAll(".message__body"), function (e) { return e.textContent.trim(); });
    Object.keys(store).forEach(function (key) {
      var text = store.getItem(key);
      if (key.indexOf("keep:") === 0 && text !== null && said.indexOf(text.trim()) >= 0) {
        forget(key.slice(0, key.lastIndexOf(":") + 1));
      }
    });
  }

  function forget(beginning) {
    Object.keys(store).forEach(function (key) {
      if (key.indexOf(beginning) === 0) store.removeItem(key);
    });
  }

  function bringBack() {
    forgetWhatWasSent();
    document.querySelectorAll("form[data-keep] [name]").forEach(function (field) {
      var key = keepKey(field);
      if (!key || !store[key] || (field.value && !("begun" in field.dataset))) return;
      field.value = store[key];
      var fold = field.closest("details");
      if (fold) fold.open = true;
    });
    /* Only once: later swaps do not move the focus. In a text it goes to the end. */
    var next = document.querySelector("[data-focus]");
    if (next) {
      next.removeAttribute("data-focus");
      next.focus();
      next.selectionStart = 1e9;
    }
  }

  document.addEventListener("input", function (event) {
    var key = keepKey(event.target);
    if (key) store[key] = event.target.value;
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.matches("[action*=sign-out]")) store.clear();
    if (event.submitter && (event.submitter.name === "save" || event.submitter.value === "follow_up")) {
      forget("keep:" + form.dataset.keep + ":");
    }
  });

  /* Refuses a file that is too large before it is sent. */
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file") return;
    var large = Array.from(input.files).find(function (file) { return file.size > LARGEST; });
    input.setCustomValidity(large ? "“" + large.name + "” passa de 100 MB. Escolha um arquivo menor." : "");
    input.reportValidity();
  });

  /* When a response replaced what was pressed, the focus goes to what it shows, the same button, the fold around that,
     or the place that goes on. */
  function land(ctx) {
    var from = ctx.from, form = from.id && document.getElementById(from.id), pressed = ctx.request.submitter;
    var place = document.getElementById(ctx.target.id), ways = [from.hash && document.querySelector(from.hash)];
    if (form && pressed) ways.push(Array.from(form.elements).find(function (each) {
      return each.type === "submit" && each.textContent === pressed.textContent;
    }));
    for (var fold = form; fold && (fold = fold.parentElement.closest("details"));) ways.push(fold.firstElementChild);
    ways.concat(place && place.querySelector("[data-lands]"), place).some(function (way) {
      if (way && way.tabIndex < 0) way.tabIndex = -1;
      if (way) way.focus({ preventScroll: true });
      if (document.activeElement === document.body) return false;
      var box = way.getBoundingClientRect();
      if (ctx.isNear && (box.bottom < 0 || box.top > window.innerHeight)) way.scrollIntoView({ block: "center" });
      return true;
    });
  }

  /* A key pressed far from the form does not move the page. */
  document.addEventListener("htmx:config:request", function (event) {
    var ctx = event.detail.ctx;
    ctx.from = ctx.sourceElement;
    ctx.isNear = ctx.from.contains(document.activeElement);
  });
  document.addEventListener("htmx:after:swap", function (event) {
    var ctx = event.detail.ctx;
    bringBack();
    if (!ctx.from.isConnected && ctx.from.matches("a, form") && document.activeElement === document.body) land(ctx);
  });
  document.addEventListener("DOMContentLoaded", bringBack);
  window.addEventListener("pageshow", function (event) { if (event.persisted) bringBack(); });
})();

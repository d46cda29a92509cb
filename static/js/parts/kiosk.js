/* Resets the kiosk when nobody touches it. */
(function () {
  "use strict";
  var WARNS = 30, left = 0, calm = 0;

  /* Leaves a page from the browser's cache, whose visit may have ended. */
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) location.replace("/kiosk");
  });

  function reveal() {
    document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  }
  reveal();
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) print();
  });

  /* Pages cannot know whether there is a printer. */
  function print() {
    try { window.print(); } catch (error) { /* Printing is not possible. */ }
    var told = document.querySelector("[data-printed]");
    if (told) told.textContent = told.dataset.words;
  }

  /* The visible countdown. Every touch restarts it, but not scrolling caused by the page's own warning. It pauses
     while a request is being retried. */
  function idle() { return document.querySelector("[data-idle]"); }
  function touched() {
    left = idle() ? Number(idle().dataset.idle) : 0;
    calm = 0;
  }
  ["pointerdown", "touchmove", "wheel", "keydown", "input"].forEach(function (name) {
    document.addEventListener(name, touched, true);
  });
  document.addEventListener("shown", function () {
    touched();
    count();
    reveal();
  });
  touched();
  setInterval(function () {
    count();
    renew();
  }, 1000);
  count();
  function count() {
    var form = idle();
    if (!form || "sending" in document.documentElement.dataset) return;
    left -= 1;
    var told = form.querySelector("[data-left]");
    told.textContent = told.dataset.left.replace("{}", Math.max(left, 0));
    form.classList.add("idle--counted");
    form.classList.toggle("idle--soon", left <= WARNS);
    if (left > 0) return;
    document.querySelectorAll("form").forEach(function (each) { each.reset(); });
    form.requestSubmit();
  }

  /* The start page reloads itself when nobody touches it, so that the settings show the kiosk as live, and nobody finds
     the letters that somebody else chose. */
  function renew() {
    var home = document.querySelector("[data-home]");
    calm += 1;
    if (!home || calm % Number(home.dataset.renews)) return;
    fetch("/kiosk", { method: "HEAD" }).then(function (answer) {
      if (answer.ok) location.replace(home.dataset.home);
    }).catch(function () {});
  }
})();

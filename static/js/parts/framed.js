/* A page in a frame: tells a listed site its height, that Esc was pressed, and that a message came. */
(function () {
  "use strict";
  var site = document.documentElement.dataset.parent;

  /* Tokens are in the fragment, which is never sent to a server, and kept beside the history: of the sign-in, of the
     visit that it began, and of the visit of a ticket, to which every page leads back. */
  var TOKENS = /^#(site|visit|ticket)=/, told = new URLSearchParams(), state = history.state || {};
  var enter = document.getElementById("enter"), back = document.getElementById("back");
  new URLSearchParams(TOKENS.test(location.hash) ? location.hash.slice(1) : state.told).forEach(function (token, name) {
    if (token) told.set(name, token);
  });

  function carry() {
    var known = document.querySelector(".ways a[href*='#visit=']");
    var shown = document.querySelector("main form[action^='/embed/ticket'] [name=visit]");
    back = document.getElementById("back");
    if (known) {
      told.delete("site");
      told.set("visit", new URLSearchParams(known.hash.slice(1)).get("visit"));
    }
    if (shown) told.set("ticket", shown.value);
    if (back) back.elements.visit.value = told.get("ticket") || "";
    if (back) back.hidden = !told.has("ticket");
    document.querySelectorAll("a[href^='/embed/']").forEach(function (link) {
      if (told.toString() && (!link.hash || TOKENS.test(link.hash))) link.hash = told;
    });
    var anchor = TOKENS.test(location.hash) ? "" : location.hash, path = location.pathname.replace("/person/", "/");
    history.replaceState({ told: told.toString(), shows: !!shown }, "", path + location.search + anchor);
  }
  carry();
  document.addEventListener("shown", carry);
  document.addEventListener("click", carry, true);
  document.addEventListener("submit", function (event) {
    if (/\/embed\/ticket\/end/.test(event.target.action)) told.delete("ticket");
  }, true);

  if (state.shows && back) {
    back.requestSubmit();
  } else if (enter && (told.has("site") || told.has("visit"))) {
    ["site", "visit"].forEach(function (name) { enter.elements[name].value = told.get(name) || ""; });
    enter.action = enter.action.split("?")[0] + location.search + "#ticket=" + (told.get("ticket") || "");
    enter.submit();
  }

  if (!site || window.parent === window) return;
  function tell(what) { window.parent.postMessage(what, site); }
  new ResizeObserver(function () { tell({ guiche: "height", height: document.body.offsetHeight }); })
    .observe(document.documentElement);
  document.addEventListener("said", function () { tell({ guiche: "said" }); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") tell({ guiche: "close" });
  });
})();

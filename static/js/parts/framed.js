/* A page in a frame: tells a listed site its height, that Esc was pressed, and that a message came. */
(function () {
  "use strict";
  var site = document.documentElement.dataset.parent;

  /* The sign-in or visit token is in the fragment, which is never sent to a server. */
  var kept = /^#(site|visit)=([\w.-]+)$/.exec(location.hash), enter = document.getElementById("enter");
  var onward = kept ? kept[0] : "";
  function carry() {
    var known = document.querySelector(".ways a[href*='#visit=']");
    if (known) onward = known.hash;
    if (onward) document.querySelectorAll("a[href^='/embed/']").forEach(function (link) {
      link.hash = link.hash || onward;
    });
  }
  carry();
  document.addEventListener("shown", carry);
  if (kept) {
    history.replaceState(null, "", location.pathname + location.search);
    if (enter) {
      enter.elements[kept[1]].value = kept[2];
      enter.action = enter.action.split("?")[0] + location.search;
      enter.submit();
    }
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

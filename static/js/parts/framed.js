/* A page of ours in a frame: tells the site around it, if that one is listed, its height, and that Esc was pressed. */
(function () {
  "use strict";
  var site = document.documentElement.dataset.parent;

  /* Who is known here stands behind the #, which no server is told: as the site around proves it, or from before. */
  var kept = /^#(site|visit)=([\w.-]+)$/.exec(location.hash), enter = document.getElementById("enter");
  if (kept) {
    history.replaceState(null, "", location.pathname + location.search);
    document.querySelectorAll(".ways a").forEach(function (link) { link.hash = kept[0]; });
    if (enter) {
      enter.elements[kept[1]].value = kept[2];
      enter.action = enter.action.split("?")[0] + location.search;
      enter.submit();
    }
  }

  if (!site || window.parent === window) return;
  function tell(what) { window.parent.postMessage(what, site); }
  new ResizeObserver(function () { tell({ guiche: "height", height: document.body.offsetHeight }); })
    .observe(document.body);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") tell({ guiche: "close" });
  });
})();

/* A page of ours in a frame: tells the site around it, if that one is listed, its height, and that Esc was pressed. */
(function () {
  "use strict";
  var site = document.documentElement.dataset.parent;
  if (!site || window.parent === window) return;
  function tell(what) { window.parent.postMessage(what, site); }
  new ResizeObserver(function () { tell({ guiche: "height", height: document.body.offsetHeight }); })
    .observe(document.body);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") tell({ guiche: "close" });
  });
})();

/* Loaded by pages of other sites. Needs nothing, keeps nothing, and listens to nobody but the frame that it made. */
(function () {
  "use strict";
  var own = document.currentScript, said = own.dataset, home = new URL(own.src).origin;
  var surface = ["help", "new", "follow"].indexOf(said.surface) < 0 ? "help" : said.surface;
  var label = said.label || "Ajuda", is_inline = said.show === "inline", button = null;
  var query = new URLSearchParams({ origin: location.origin });
  if (said.accent) query.set("accent", said.accent);

  function made(name, style) {
    var element = document.createElement(name);
    Object.assign(element.style, style);
    return element;
  }

  /* Its place is kept from the beginning: what follows it on the page never moves. */
  var reserved = (parseInt(said.height, 10) || 640) + "px";
  var box = made("div", is_inline ? { height: reserved } : {
    background: "#fff", border: "1px solid #767676", borderRadius: "8px", bottom: "72px",
    boxShadow: "0 4px 24px rgba(0,0,0,.25)", display: "none", maxHeight: "calc(100vh - 96px)",
    maxWidth: "calc(100vw - 32px)", overflow: "hidden", position: "fixed", right: "16px", width: "400px",
    zIndex: "2147483000"
  });
  var frame = made("iframe", { border: "0", display: "block", height: reserved, maxHeight: "100%", width: "100%" });
  frame.title = label;
  box.appendChild(frame);
  function load() {
    if (!frame.src) frame.src = home + "/embed/" + surface + "?" + query;
  }

  function is_open() { return box.style.display !== "none"; }
  function toggle(open, is_asked) {
    if (open) load();
    box.style.display = open ? "block" : "none";
    button.setAttribute("aria-expanded", open);
    button.textContent = open ? "Fechar" : label;
    if (is_asked) (open ? frame : button).focus();
  }

  window.addEventListener("message", function (event) {
    if (event.origin !== home || event.source !== frame.contentWindow || !event.data) return;
    if (event.data.guiche === "height" && event.data.height > 0) {
      frame.style.height = Math.min(Math.max(event.data.height, 160), is_inline ? parseInt(reserved, 10) : 4000) + "px";
      if (!is_inline) frame.style.maxHeight = "calc(100vh - 98px)";
    }
    if (event.data.guiche === "close" && button && is_open()) toggle(false, true);
  });

  function begin() {
    if (is_inline) {
      own.parentNode.insertBefore(box, own.nextSibling);
      load();
      return;
    }
    button = made("button", {
      background: "#10161d", border: "2px solid #fff", borderRadius: "24px", bottom: "16px", color: "#fff",
      cursor: "pointer", font: "600 16px system-ui, sans-serif", minHeight: "48px", padding: "0 20px",
      position: "fixed", right: "16px", zIndex: "2147483000"
    });
    button.type = "button";
    button.addEventListener("click", function () { toggle(!is_open(), true); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && is_open()) toggle(false, true);
    });
    document.body.appendChild(button);
    document.body.appendChild(box);
    toggle(said.show === "panel", false);
  }
  if (is_inline || document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();

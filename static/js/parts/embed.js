/* Loaded by other sites. It depends on nothing, stores nothing, and accepts messages only from its own frame. */
(function () {
  "use strict";
  var own = document.currentScript, said = own.dataset, home = new URL(own.src).origin;
  var surface = ["help", "new", "follow", "chat"].indexOf(said.surface) < 0 ? "help" : said.surface;
  var words = {
    en: ["Help", "Close", "new message"], es: ["Ayuda", "Cerrar", "mensaje nuevo"]
  }[said.lang] || ["Ajuda", "Fechar", "nova mensagem"];
  var label = said.label || words[0], is_inline = said.show === "inline", button = null;
  var accent = /^#[0-9a-f]{6}$/i.test(said.accent || "") ? said.accent : "#10161d";
  var query = new URLSearchParams({ origin: location.origin });
  if (said.accent) query.set("accent", said.accent);
  if (said.lang) query.set("lang", said.lang);

  /* Black or white, whichever has more contrast on the accent (WCAG 2.2, relative luminance). */
  function ink() {
    var light = [1, 3, 5].map(function (at) {
      var part = parseInt(accent.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "#000" : "#fff";
  }

  function made(name, style) {
    var element = document.createElement(name);
    Object.assign(element.style, style);
    return element;
  }

  /* Reserves its height, so that the page below never moves. */
  var reserved = (parseInt(said.height, 10) || 640) + "px";
  var box = made("div", is_inline ? { height: reserved } : {
    background: "#fff", border: "1px solid #767676", borderRadius: "8px", bottom: "72px",
    boxShadow: "0 4px 24px rgba(0,0,0,.25)", display: "none", maxHeight: "calc(100vh - 96px)",
    maxWidth: "calc(100vw - 32px)", overflow: "hidden", position: "fixed", right: "16px", width: "400px",
    zIndex: "2147483000"
  });
  var frame = made("iframe", { border: "0", display: "block", height: reserved, maxHeight: "100%", width: "100%" });
  frame.title = label;
  if (said.scheme === "light" || said.scheme === "dark") frame.style.colorScheme = box.style.colorScheme = said.scheme;
  box.appendChild(frame);
  function load() {
    var proof = said.person ? "#site=" + said.person : "";
    if (!frame.src) frame.src = home + "/embed/" + surface + "?" + query + proof;
  }

  function is_open() { return box.style.display !== "none"; }
  function toggle(open, is_asked) {
    if (open) load();
    box.style.display = open ? "block" : "none";
    button.setAttribute("aria-expanded", open);
    button.textContent = open ? words[1] : label;
    if (is_asked) (open ? frame : button).focus();
  }

  window.addEventListener("message", function (event) {
    if (event.origin !== home || event.source !== frame.contentWindow || !event.data) return;
    if (event.data.guiche === "height" && event.data.height > 0) {
      frame.style.height = Math.min(Math.max(event.data.height, 160), is_inline ? parseInt(reserved, 10) : 4000) + "px";
      if (!is_inline) frame.style.maxHeight = "calc(100vh - 98px)";
    }
    if (event.data.guiche === "said" && button && !is_open()) button.textContent = label + ": " + words[2];
    if (event.data.guiche === "close" && button && is_open()) toggle(false, true);
  });

  function begin() {
    if (is_inline) {
      own.parentNode.insertBefore(box, own.nextSibling);
      load();
      return;
    }
    button = made("button", {
      background: accent, border: "2px solid " + ink(), borderRadius: "24px", bottom: "16px", color: ink(),
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

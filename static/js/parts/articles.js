/* The article editor: buttons that put Markdown around the selection, and drafts kept in this browser. */
(function () {
  "use strict";
  var store = window.sessionStorage, sent = document.querySelector("[data-sent]");

  /* A saved draft does not replace what others wrote since. */
  if (sent) {
    Object.keys(store).forEach(function (key) {
      if (key.indexOf("keep:" + sent.dataset.sent + ":") === 0) store.removeItem(key);
    });
    history.replaceState(null, "", location.pathname);
  }

  /* A restored draft keeps the number of the version that it is based on. */
  function seen(form) { return "keep:" + form.dataset.keep + ":seen"; }
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || !form.dataset.keep || !form.elements.seen) return;
    if (!store[seen(form)]) store[seen(form)] = form.elements.seen.value;
  });
  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("form[data-keep]"), body = form && form.elements.body;
    if (!body || !("begun" in body.dataset) || !store[seen(form)]) return;
    form.elements.seen.value = store[seen(form)];
  });

  document.querySelectorAll("[data-tools]").forEach(function (tools) {
    var body = tools.closest(".field").querySelector("textarea");
    tools.hidden = false;
    tools.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) put(body, button.dataset);
    });
  });

  /* Uses a command that the browser can undo; the text stays selected. */
  function put(body, signs) {
    var begin = body.selectionStart, words = body.value.slice(begin, body.selectionEnd) || signs.words;
    var before = begin ? signs.before : signs.before.replace(/^\n/, "");
    body.focus();
    if (!document.execCommand("insertText", false, before + words + signs.after)) {
      body.setRangeText(before + words + signs.after);
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
    body.setSelectionRange(begin + before.length, begin + before.length + words.length);
  }
})();

/* A chat: Enter sends the line, Shift and Ctrl break it. */
(function () {
  "use strict";

  function lineOf(target) {
    return target.tagName === "TEXTAREA" && target.form && "line" in target.form.dataset ? target.form : null;
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target, form = lineOf(field);
    if (!form || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey) document.execCommand("insertText", false, "\n");
    else if (field.value.trim() || form.elements.files.value) form.requestSubmit();
  }, true);
})();

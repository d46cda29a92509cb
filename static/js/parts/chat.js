/* A chat: Enter sends the message, Shift and Ctrl break the line; tells the other side that somebody is writing, and in
   the title of a hidden page what came. */
(function () {
  "use strict";
  var AGAIN = 8000, QUEUE = 60000, told = 0, missed = 0, stops;

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

  /* Tells the server now and then that the reader is writing or has stopped, but not the text. */
  document.addEventListener("input", function (event) {
    var form = lineOf(event.target), writes = form && event.target.value.trim() !== "";
    if (!form || !form.dataset.writes) return;
    clearTimeout(stops);
    if (writes) stops = setTimeout(tell, 2 * AGAIN, form, false);
    if (!writes || Date.now() - told > AGAIN) tell(form, writes);
  });
  document.addEventListener("submit", function () { clearTimeout(stops); told = 0; }, true);

  function tell(form, writes) {
    var said = new URLSearchParams({ _token: form.elements._token.value });
    if (writes) said.set("writes", "1");
    if (form.elements.visit) said.set("visit", form.elements.visit.value);
    told = writes ? Date.now() : 0;
    fetch(form.dataset.writes, { method: "POST", body: said }).catch(function () {});
  }

  /* A line that is not needed now goes, unless it has words. */
  function putAway() {
    var form = document.querySelector("form[data-writes]"), news = document.getElementById("news");
    if (form && news) form.hidden = "ended" in news.dataset && !form.elements.body.value && !form.elements.files.value;
  }
  document.addEventListener("DOMContentLoaded", putAway);

  /* Keeps the cursor, and scrolls to the last message. */
  document.addEventListener("htmx:after:swap", function () {
    var form = document.querySelector("form[data-writes]"), news = document.getElementById("news");
    putAway();
    if (form && document.activeElement === document.body) form.elements.body.focus({ preventScroll: true });
    if (news && form && form.getBoundingClientRect().top < 2 * innerHeight) form.scrollIntoView({ block: "nearest" });
  });

  /* Counts the unread notices, or the messages where there are none. */
  function entitle() {
    var unread = document.getElementById("unread");
    missed = !document.hidden ? 0 : unread ? Number(unread.dataset.unread) : missed;
    document.title = (missed ? "(" + missed + ") " : "") + document.title.replace(/^\(\d+\) /, "");
  }
  ["htmx:after:swap", "visibilitychange"].forEach(function (name) { document.addEventListener(name, entitle); });
  document.addEventListener("said", function () {
    missed += 1;
    entitle();
  });

  setInterval(function () {
    var news = document.querySelector("#news[data-waits]");
    if (news && !document.hidden) news.dispatchEvent(new Event("live"));
  }, QUEUE);
})();

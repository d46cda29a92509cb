/* One stream announces changes; without a stream, blocks are polled. */
(function () {
  "use strict";
  var POLL = 15000, LATE = 500, FIRST = 1000, LONGEST = 60000;
  var source = null, followed = "", heard = 0, asked = 0, wait = FIRST, timer, isFirst = true;

  /* A hidden page follows only alerts. */
  function topics() {
    var all = {};
    document.querySelectorAll(document.hidden ? "[data-alerts]" : "[data-live]").forEach(function (element) {
      element.dataset.live.split(" ").forEach(function (topic) { all[topic] = 1; });
    });
    return Object.keys(all).sort().join(",");
  }

  /* Spreads requests in time, because many lists change at once. */
  function tell(told) {
    document.querySelectorAll("[data-live]").forEach(function (element) {
      var followed = element.dataset.live.split(" "), delay = followed[0] === "l" ? Math.random() * LATE : 0;
      var isMeant = !told || followed.some(function (topic) { return told.indexOf(topic) >= 0; });
      if (isMeant) setTimeout(function () { element.dispatchEvent(new Event("live")); }, delay);
    });
  }

  function close() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
    followed = "";
  }

  function follow() {
    var wanted = topics();
    if (wanted === followed) return;
    close();
    if (wanted) open(followed = wanted);
  }

  function again() {
    close();
    timer = setTimeout(follow, wait * (0.5 + Math.random()));
    wait = Math.min(2 * wait, LONGEST);
  }

  /* The first stream sends the age of its page; after a later one all that is followed is requested once. */
  function open(wanted) {
    var hasMissed = !isFirst;
    source = new EventSource("/live?topics=" + wanted + (isFirst ? "&age=" + Math.ceil(performance.now()) : ""));
    isFirst = false;
    source.onmessage = function (event) {
      heard = performance.now();
      wait = FIRST;
      if (hasMissed) tell(wanted);
      else if (event.data !== "-") tell(event.data);
      hasMissed = false;
    };
    source.onerror = again;
  }

  setInterval(function () {
    var now = performance.now();
    if (document.hidden || now - Math.max(heard, asked) < POLL || !topics()) return;
    asked = now;
    tell();
    if (source && now - heard > 2 * POLL) again();
  }, 2000);

  /* An error response replaces no block. Nor does the answer to a block that was itself replaced: the new one asks. */
  document.addEventListener("htmx:before:swap", function (event) {
    var ctx = event.detail.ctx, asking = ctx.sourceElement, there = document.getElementById(asking.id);
    if (!asking.dataset.live || (asking.isConnected && ctx.response.raw.status < 400)) return;
    event.preventDefault();
    if (there && there !== asking) there.dispatchEvent(new Event("live"));
  });

  document.addEventListener("DOMContentLoaded", function () { setTimeout(follow, FIRST); });
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function (event) { if (event.persisted) follow(); });

  /* The title shows the number of news, and the page leaves room for them. It scrolls to news that were requested. */
  document.addEventListener("htmx:after:swap", function (event) {
    if (!isFirst) follow();
    var news = document.querySelector("[data-new]"), title = document.title.replace(/^\(\d+\) /, "");
    document.title = (news ? "(" + news.dataset.new + ") " : "") + title;
    document.documentElement.toggleAttribute("data-told", !!document.querySelector(".live__news"));
    var link = event.detail.ctx.sourceElement, shown = link && link.hash && document.querySelector(link.hash);
    if (shown && link.dataset.shows === "") shown.scrollIntoView({ block: "nearest" });
  });
})();

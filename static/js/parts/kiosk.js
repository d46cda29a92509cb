/* The kiosk: clears itself when nobody touches it, and keeps what was written while the line is down. */
(function () {
  "use strict";
  var idle = document.querySelector("[data-idle]"), gap = document.getElementById("gap"), busy = false;
  var AGAIN = 3000, WARNS = 30;

  /* A page that the browser kept is no longer anybody's. */
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && gap) location.replace("/kiosk");
  });

  /* The code of the receipt's picture stands after the #, and is typed for its reader. */
  var code = document.getElementById("code");
  if (code && location.hash.length > 1) {
    code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname + location.search);
  }

  /* What is new on a followed ticket is asked for while its page is in sight: soon in a conversation. What is asked of
     its reader then is shown when they say so: what they write stays. */
  var asked = 0, asks = false, again = document.getElementById("again");
  if (again) again.hidden = true;
  setInterval(function () {
    var again = document.getElementById("again"), news = document.getElementById("news");
    asked += 1;
    if (!again || asks || busy || document.hidden || (!("soon" in again.dataset) && asked % 5)) return;
    var body = new URLSearchParams(new FormData(again));
    body.set("_token", again.dataset.token);
    body.set("shown", news.dataset.shown);
    asks = true;
    var asking = { method: "POST", headers: { "HX-Request": "true" }, body: body };
    fetch(again.dataset.news, asking).then(function (answer) {
      return answer.status === 200 ? answer.text() : "";
    }).then(function (text) {
      var made = text && new DOMParser().parseFromString(text, "text/html").getElementById("news");
      if (!made) return;
      if (made.dataset.offered !== news.dataset.offered) again.hidden = false;
      news.dataset.shown = made.dataset.shown;
      news.replaceChildren.apply(news, made.childNodes);
    }).catch(function () {}).then(function () { asks = false; });
  }, 3000);

  reveal();
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) print();
  });

  /* No page is told whether a printer is there. */
  function print() {
    try { window.print(); } catch (error) { /* Then nothing came out. */ }
    var told = document.querySelector("[data-printed]");
    if (told) told.textContent = told.dataset.words;
  }

  function reveal() {
    document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  }
  if (!gap) return;

  /* Each form is sent by hand: where the line is down it is sent again and again, and counts once by its key. */
  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (form.method !== "post") return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    var data = new FormData(form), is_file = form.enctype === "multipart/form-data";
    if (button && button.name) data.append(button.name, button.value);
    send(form.action, is_file ? data : new URLSearchParams(data));
  });

  function send(address, body) {
    fetch(address, { method: "POST", body: body, credentials: "same-origin" }).then(function (answer) {
      if (/[?&]over=1/.test(answer.url)) {
        location.replace(answer.url);
        return null;
      }
      return answer.text().then(function (text) { show(text, answer); });
    }).catch(function () {
      gap.hidden = false;
      gap.scrollIntoView();
      setTimeout(function () { send(address, body); }, AGAIN);
    });
  }

  /* In place of the page from which it was sent: the back button leads to no form that was filled in. */
  function show(text, answer) {
    var made = new DOMParser().parseFromString(text, "text/html"), root = document.documentElement;
    history.replaceState(null, "", answer.redirected ? answer.url : location.href);
    root.toggleAttribute("data-big", made.documentElement.hasAttribute("data-big"));
    document.title = made.title;
    document.body.replaceWith(document.adoptNode(made.body));
    busy = false;
    gap = document.getElementById("gap");
    idle = document.querySelector("[data-idle]");
    touched();
    count();
    reveal();
    var first = document.querySelector("[data-focus], h1");
    first.tabIndex = -1;
    first.focus();
    scrollTo(0, 0);
  }

  /* Visible, and every touch begins it anew; while something waits for the line it stands still. */
  var left = 0;
  function touched() { left = idle ? Number(idle.dataset.idle) : 0; }
  ["pointerdown", "keydown", "input", "scroll"].forEach(function (name) {
    document.addEventListener(name, touched, true);
  });
  touched();
  setInterval(count, 1000);
  count();
  function count() {
    if (!idle || busy) return;
    left -= 1;
    var told = idle.querySelector("[data-left]");
    told.textContent = told.dataset.left.replace("{}", Math.max(left, 0));
    idle.classList.add("idle--counted");
    idle.classList.toggle("idle--soon", left <= WARNS);
    if (left > 0) return;
    document.querySelectorAll("form").forEach(function (form) { form.reset(); });
    idle.requestSubmit();
  }

  /* The first page asks for itself anew, so that the desk sees that it is live. */
  setInterval(function () {
    if (!document.querySelector("[data-home]")) return;
    fetch("/kiosk", { method: "HEAD" }).then(function (answer) {
      if (answer.ok) location.replace("/kiosk");
    }).catch(function () {});
  }, 120000);
})();

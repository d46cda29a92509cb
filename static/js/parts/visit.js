/* A ticket followed by its code, at a kiosk, in a frame or anywhere: a stream announces news; without it they are
   polled. Forms of a kiosk or a frame are retried while the connection is down. */
(function () {
  "use strict";
  var AGAIN = 3000, SELDOM = 5, CALM = 20, SILENT = 30000;
  var gap = document.getElementById("gap"), busy = false;

  /* Fills in the code of the receipt's QR code from the fragment. */
  var code = document.getElementById("code");
  if (code && /^#[\w-]+$/.test(location.hash)) {
    code.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname + location.search);
  }

  var times = 0, rest = 0, heard = 0, asks = false, isMissed = false, isLive = false, stream = null, asking = null;

  function following() { return document.getElementById("again"); }

  function said(form) {
    var body = new URLSearchParams(new FormData(form));
    body.set("_token", form.dataset.token);
    return body;
  }

  /* A block of forms with words stays, so that none are lost. */
  function isBegun(block) {
    return Array.from(block.querySelectorAll("textarea, input")).some(function (field) {
      if (/^(checkbox|radio)$/.test(field.type)) return field.checked;
      return field.type !== "hidden" && field.value.trim();
    });
  }

  function blocks(page) {
    return ["asked", "line"].map(function (id) { return page.getElementById(id); }).filter(Boolean);
  }

  /* Shows the questions or the line that are offered now; the focus follows. */
  function offer(page) {
    var next = false;
    blocks(document).forEach(function (block) {
      var fresh = page.getElementById(block.id);
      if (isBegun(block)) return;
      next = next || block.contains(document.activeElement);
      block.replaceChildren.apply(block, fresh.childNodes);
      block.hidden = fresh.hidden;
    });
    next = next && document.querySelector("#asked h2, #line textarea");
    if (!next) return;
    if (next.tagName === "H2") next.tabIndex = -1;
    next.focus();
  }

  function ask() {
    var form = following(), news = document.getElementById("news");
    isMissed = asks || busy;
    if (!form || isMissed) return;
    var body = said(form);
    body.set("shown", news.dataset.shown);
    asks = true;
    asking = new AbortController();
    var sent = { method: "POST", headers: { "HX-Request": "true" }, body: body, signal: asking.signal };
    fetch(form.dataset.news, sent).then(function (answer) {
      form.hidden = form.hidden && answer.status < 400;
      return answer.status === 200 ? answer.text() : "";
    }).then(function (text) {
      if (!text) return;
      var page = new DOMParser().parseFromString(text, "text/html"), made = page.getElementById("news");
      if (made.dataset.offered !== news.dataset.offered) offer(page);
      news.dataset.offered = made.dataset.offered;
      news.dataset.shown = made.dataset.shown;
      var isMore = made.querySelectorAll(".post").length > news.querySelectorAll(".post").length;
      news.replaceChildren.apply(news, made.childNodes);
      if (document.activeElement.closest("[data-line]")) toTheEnd();
      if (isMore) document.dispatchEvent(new Event("said"));
    }).catch(function () {}).then(function () {
      asks = false;
      if (isMissed) ask();
    });
  }

  function toTheEnd() { scrollTo(0, document.documentElement.scrollHeight); }

  /* By POST, because no address may contain the token. */
  function follow(form) {
    var here = stream = new AbortController(), decoder = new TextDecoder();
    heard = performance.now();
    fetch(form.dataset.stream, { method: "POST", body: said(form), signal: here.signal }).then(function (answer) {
      if (answer.status !== 200) throw answer;
      var reader = answer.body.getReader();
      return reader.read().then(function next(piece) {
        if (piece.done) return null;
        var isNew = /data: [^-]/.test(decoder.decode(piece.value)) || !isLive;
        heard = performance.now();
        isLive = true;
        if (isNew) ask();
        return reader.read().then(next);
      });
    }).catch(function () {}).then(function () {
      if (stream !== here) return;
      rest = isLive ? 0 : CALM;
      leave();
    });
  }

  function leave() {
    if (stream) stream.abort();
    stream = null;
    isLive = false;
  }

  /* A hidden page asks for nothing, but a chat in a tab of its own tells in its title what came. */
  function isAsleep(form) { return document.hidden && (gap || !("soon" in form.dataset)); }

  function look() {
    var form = following();
    if (!form || busy || isAsleep(form)) {
      leave();
      return;
    }
    if (stream && performance.now() - heard > SILENT) leave();
    rest -= 1;
    if (!stream && rest < 0) follow(form);
    times += 1;
    if (times % (isLive ? CALM : "soon" in form.dataset ? 1 : SELDOM) === 0) ask();
  }

  function begin() {
    if (following()) following().hidden = true;
  }
  begin();
  setTimeout(look, 500);
  setInterval(look, AGAIN);
  if (!gap) return;

  /* Sends each form by fetch, and retries while the connection is down; its key makes it count once. Nothing else is
     requested meanwhile, for the form may end the visit. */
  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter, isPost = form.method === "post";
    if (!isPost && form !== following()) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    leave();
    if (asking) asking.abort();
    document.documentElement.dataset.sending = "";
    var data = new FormData(form), isFile = form.enctype === "multipart/form-data";
    if (button && button.name) data.append(button.name, button.value);
    var address = button && button.hasAttribute("formaction") ? button.formAction : form.action;
    send(form, address, !isPost ? null : isFile ? data : new URLSearchParams(data));
  });

  function send(form, address, body) {
    fetch(address, { method: form.method, body: body, credentials: "same-origin" }).then(function (answer) {
      if (/[?&]over=1/.test(answer.url)) {
        location.replace(answer.url);
        return null;
      }
      return answer.text().then(function (text) { show(text, answer, form); });
    }).catch(function () {
      gap.hidden = false;
      gap.scrollIntoView();
      setTimeout(function () { send(form, address, body); }, AGAIN);
    });
  }

  /* Replaces the history entry, so that the back button leads to no filled form. */
  function show(text, answer, sent) {
    var made = new DOMParser().parseFromString(text, "text/html"), root = document.documentElement;
    history.replaceState(null, "", answer.redirected ? answer.url : location.href);
    root.toggleAttribute("data-big", made.documentElement.hasAttribute("data-big"));
    document.title = made.title;
    made.querySelectorAll("script[src]").forEach(load);
    blocks(made).forEach(function (fresh) {
      var block = document.getElementById(fresh.id);
      if (block && isBegun(block) && !block.contains(sent)) fresh.replaceWith(block);
    });
    document.body.replaceWith(document.adoptNode(made.body));
    busy = false;
    delete root.dataset.sending;
    gap = document.getElementById("gap");
    leave();
    begin();
    document.dispatchEvent(new Event("shown"));
    var line = document.querySelector("[data-line] [name=body]");
    var first = line || document.querySelector("[data-focus]") || document.querySelector("h1");
    if (!line) first.tabIndex = -1;
    first.focus({ preventScroll: true });
    if (line) toTheEnd();
    else scrollTo(0, 0);
  }

  /* Loads scripts that the previous page did not have. */
  function load(named) {
    var address = named.getAttribute("src"), script = document.createElement("script");
    if (document.querySelector("script[src='" + address + "']")) return;
    script.src = address;
    document.head.appendChild(script);
  }
})();

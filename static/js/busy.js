/* Nothing is lost while a response is pending: typed and chosen values stay, pressed buttons are queued. */
(function () {
  "use strict";
  var steps = 0, touched = new WeakMap(), pressing = Promise.resolve();

  ["input", "change"].forEach(function (name) {
    document.addEventListener(name, function (event) { touched.set(event.target, ++steps); }, true);
  });
  document.addEventListener("htmx:config:request", function (event) { event.detail.ctx.steps = steps; });

  /* Copies values changed since the request into the form of the response, into its other forms all changed values.
     The back button brings the whole page. */
  document.addEventListener("htmx:before:swap", function (event) {
    var ctx = event.detail.ctx, sent = ctx.sourceElement.closest("form"), isPage = ctx.sourceElement === document.body;
    event.detail.tasks.forEach(function (task) {
      if (task.target instanceof Element) task.target.querySelectorAll("[id][name]").forEach(function (old) {
        var isSent = old.form === sent || (sent && old.form && sent.id && old.form.id === sent.id);
        var since = isPage || isSent ? ctx.steps : 0;
        var fresh = touched.get(old) > since && task.fragment.getElementById(old.id);
        if (!fresh) return;
        hand(old, fresh);
        touched.set(fresh, touched.get(old));
      });
    });
  });

  function hand(old, fresh) {
    var offered = Array.from(fresh.options || [], function (option) { return option.value; });
    if (old.type === "file") fresh.files = old.files;
    else if (/^(checkbox|radio)$/.test(old.type)) fresh.checked = old.checked;
    else if (!fresh.options || offered.indexOf(old.value) >= 0) fresh.value = old.value;
    for (var fold = fresh.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  /* Waits until a pressed button is released before a response replaces it. */
  document.addEventListener("pointerdown", function () {
    pressing = new Promise(function (release) {
      ["pointerup", "pointercancel"].forEach(function (name) {
        document.addEventListener(name, function () { setTimeout(release); }, { once: true });
      });
    });
  });
  document.addEventListener("htmx:before:request", function (event) {
    var ctx = event.detail.ctx, ask = ctx.fetch;
    ctx.fetch = function (address, request) {
      return ask(address, request).then(function (answer) {
        var text = answer.text.bind(answer);
        answer.text = function () { return Promise.all([text(), pressing]).then(function (both) { return both[0]; }); };
        return answer;
      });
    };
  });

  /* The target of a response may have been replaced by an earlier response. */
  document.addEventListener("htmx:before:response", function (event) {
    var ctx = event.detail.ctx, target = ctx.target;
    if (target && !target.isConnected) ctx.target = document.getElementById(target.id) || target;
  });
})();

/* The agents' desk: keys for what is frequent, drafts kept on the server. */
(function () {
  "use strict";
  var PAUSE = 3000, CHOSEN = 400, timers = new WeakMap(), store = window.sessionStorage;
  document.documentElement.dataset.scripted = "";

  function isTyping(target) {
    var isField = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio)$/.test(target.type);
    return isField || target.isContentEditable;
  }

  /* The way back leads to the list one came from. */
  function remember() {
    var back = document.querySelector(".crumbs [data-key=u]"), heading = document.querySelector("h1");
    if (location.pathname === "/desk") {
      store.desk = JSON.stringify([location.pathname + location.search, heading.textContent]);
    } else if (back && store.desk) {
      back.href = JSON.parse(store.desk)[0];
      back.textContent = JSON.parse(store.desk)[1];
    }
  }
  ["DOMContentLoaded", "htmx:after:swap"].forEach(function (name) { document.addEventListener(name, remember); });

  /* Where what a tab of the composer is for is written. */
  function place(tab) {
    return document.getElementById({ replies: "reply", questions: "question", notes: "note" }[tab.htmlFor.slice(6)]);
  }

  function open(element) {
    if (element.tagName !== "SUMMARY") element.click();
    if (element.tagName === "LABEL") place(element).focus();
    if (element.tagName !== "SUMMARY") return;
    var details = element.parentNode;
    details.open = true;
    (details.querySelector("textarea, select, input:not([type=hidden])") || element).focus();
  }

  function step(by) {
    var links = Array.from(document.querySelectorAll("[data-list] .row__title"));
    var link = links[Math.min(Math.max(links.indexOf(document.activeElement) + by, 0), links.length - 1)];
    if (link) link.focus();
  }

  /* What is chosen in a form that saves is sent, once the choosing by keys or by hand stops. */
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form || !("saves" in form.dataset)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(function () {
      document.querySelector("[data-saves]").requestSubmit();
    }, CHOSEN));
  });

  /* A digit chooses the priority of that place, the first being the lowest. */
  function choose(digit) {
    var field = document.querySelector("[data-saves] [name=priority]");
    if (!field || !field.options[digit - 1]) return;
    field.selectedIndex = digit - 1;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target, keys = document.getElementById("keys");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form && field.tagName === "TEXTAREA") {
      event.preventDefault();
      return field.form.requestSubmit(field.form.querySelector("button[data-kind=main]") || undefined);
    }
    if (event.key === "Escape" && isTyping(field)) return field.blur();
    if (!keys || isTyping(field) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") {
      event.preventDefault();
      return keys.open ? keys.close() : keys.showModal();
    }
    if (keys.open) return;
    if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
    if (/^[1-9]$/.test(event.key)) return choose(Number(event.key));
    var target = /^[a-z]$/.test(event.key) && document.querySelector("[data-key=" + event.key + "]");
    if (target) {
      event.preventDefault();
      open(target);
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  /* What is being written goes to the server once the typing stops. */
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || !form.dataset.unsent || event.target.tagName !== "TEXTAREA") return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(keep, PAUSE, form, event.target));
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, thrown = /tickets\/(\d+)\/discard$/.exec(form.action);
    clearTimeout(timers.get(form));
    if (thrown) Object.keys(store).forEach(function (key) {
      if (key.indexOf("-" + thrown[1] + "-" + form.elements.noun.value + ":") > 0) store.removeItem(key);
    });
  }, true);

  function keep(form, field) {
    var token = form.elements._token.value, path = form.getAttribute("action").replace(/[^/]+$/, "unsent");
    var typed = new URLSearchParams({ _token: token, noun: form.dataset.unsent, body: field.value });
    fetch(path, { method: "POST", body: typed }).then(function (answer) {
      var told = form.querySelector("[data-kept]"), key = "keep:" + form.dataset.keep + ":" + field.name;
      if (answer.ok && store[key] === typed.get("body")) store.removeItem(key);
      if (told) told.textContent = answer.ok ? "Rascunho guardado" : "";
    }, function () {});
  }
})();

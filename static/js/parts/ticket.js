/* The ticket page of the desk: saves choices, inserts canned replies, articles and people, keeps drafts. */
(function () {
  "use strict";
  var PAUSE = 3000, CHOSEN = 400, AGAIN = 8000, FIELDS = { p: "priority", e: "assignee" };
  var timer, last = 0, timers = new WeakMap(), sends = new WeakMap(), store = window.sessionStorage;

  function lead(crumbs, key, words, address) {
    crumbs.insertAdjacentHTML("beforeend", "<li><a data-key=" + key + ">" + words + "</a></li>");
    crumbs.lastChild.firstChild.href = address;
  }

  /* The position in that list, and the previous and next ticket; at the end of a page, the next page. */
  function among() {
    var back = document.querySelector(".crumbs [data-key=u]"), crumbs = back && back.closest("ol");
    var list = JSON.parse(store.desk || "[]"), listed = list[2] || [], at = listed.indexOf(location.pathname);
    if (!crumbs || at < 0 || "placed" in crumbs.dataset) return;
    crumbs.dataset.placed = "";
    var range = /^([\d.]+) .*de (\S+)/.exec((list[3] || "").trim()) || ["", "1", listed.length];
    var place = (Number(range[1].replace(".", "")) + at).toLocaleString("pt-BR");
    crumbs.insertAdjacentHTML("beforeend", "<li>" + place + " de " + range[2] + "</li>");
    [["k", "Anterior", listed[at - 1]], ["j", "Próximo", listed[at + 1]]].forEach(function (way) {
      if (way[2]) lead(crumbs, way[0], way[1], way[2] + "#unseen");
    });
    if (!listed[at + 1] && list[4]) lead(crumbs, "j", "Próximos da lista", list[4]);
  }
  ["DOMContentLoaded", "htmx:after:swap"].forEach(function (name) { document.addEventListener(name, among); });

  /* Opens the form of a move, and moves the focus into it. */
  function goTo(form) {
    if (!form) return;
    var tab = document.getElementById("write-" + form.id.slice(3));
    if (tab) tab.click();
    for (var fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    (form.querySelector("textarea, select, input:not([type=hidden])") || form.querySelector("button")).focus();
  }
  ["DOMContentLoaded", "hashchange"].forEach(function (name) {
    window.addEventListener(name, function () {
      if (/^#do-/.test(location.hash)) goTo(document.querySelector(location.hash));
    });
  });

  /* Sends a saving form shortly after the last choice. */
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form || !("saves" in form.dataset)) return;
    clearTimeout(timer);
    timer = setTimeout(function () {
      document.querySelector("[data-saves]").requestSubmit();
    }, CHOSEN);
  });

  /* A digit chooses the priority with that position, the first being the lowest. */
  function choose(digit) {
    var field = document.querySelector("[data-saves] [name=priority]");
    if (!field || !field.options[digit - 1]) return;
    field.selectedIndex = digit - 1;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("click", function (event) {
    var tab = event.target.closest(".compose .tabs label");
    if (!tab) return;
    event.preventDefault();
    goTo(document.getElementById("do-" + tab.htmlFor.slice(6)));
  });

  document.addEventListener("keydown", function (event) {
    if (window.palette.isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    among();
    if (/^[1-9]$/.test(event.key)) return choose(Number(event.key));
    var field = FIELDS[event.key] && document.querySelector("[data-saves] [name=" + FIELDS[event.key] + "]");
    if (!field) return;
    event.preventDefault();
    field.focus();
  }, true);


  /* Characters that open a menu in a message: canned replies, articles, people. */
  var BEGUN = { "/": [/(^|\n)$/, "canned"], "[": [/(^|\n)$/, "sought"], "@": [/(^|\s)$/, "body"] };
  document.addEventListener("input", function (event) {
    var area = event.target, begun = BEGUN[event.data], at = area.selectionStart;
    if (!begun || area.tagName !== "TEXTAREA" || !area.closest(".compose") || !area.form.elements[begun[1]]) return;
    if (begun[0].test(area.value.slice(0, at - 1))) window.palette.open(function () {
      window.palette.begin(event.data, area, at);
    });
  });

  function take(files, form) {
    var field = form && form.querySelector("[type=file]"), all = new DataTransfer();
    if (!field || !files.length) return false;
    Array.from(field.files).concat(Array.from(files)).forEach(function (file) { all.items.add(file); });
    field.files = all.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.closest("details").open = true;
    return true;
  }

  document.addEventListener("dragover", function (event) {
    if (event.target.closest && event.target.closest(".compose")) event.preventDefault();
  });
  document.addEventListener("drop", function (event) {
    if (take(event.dataTransfer.files, event.target.closest(".compose form"))) event.preventDefault();
  });
  document.addEventListener("paste", function (event) {
    if (take(event.clipboardData.files, event.target.closest(".compose form"))) event.preventDefault();
  });

  /* Saves the text on the server once typing stops; in a chat sooner, too: its customer sees that somebody writes. */
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || !form.dataset.unsent || event.target.tagName !== "TEXTAREA") return;
    if ("tells" in form.dataset && Date.now() - last > AGAIN) {
      last = Date.now();
      keep(form, event.target);
    }
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(keep, PAUSE, form, event.target));
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, thrown = /tickets\/(\d+)\/discard$/.exec(form.action);
    clearTimeout(timers.get(form));
    sends.set(form, (sends.get(form) || 0) + 1);
    last = 0;
    if (thrown) Object.keys(store).forEach(function (key) {
      if (key.indexOf("-" + thrown[1] + "-" + form.elements.noun.value + ":") > 0) store.removeItem(key);
    });
  }, true);

  /* What was sent meanwhile does not stay on the server as unsent. */
  function forget(path, typed) {
    typed.set("body", "");
    fetch(path, { method: "POST", body: typed }).catch(function () {});
  }

  function keep(form, field) {
    var token = form.elements._token.value, path = form.getAttribute("action").replace(/[^/]+$/, "unsent");
    var typed = new URLSearchParams({ _token: token, noun: form.dataset.unsent, body: field.value });
    var sent = sends.get(form);
    fetch(path, { method: "POST", body: typed }).then(function (answer) {
      if (sends.get(form) !== sent) return forget(path, typed);
      var told = form.querySelector("[data-kept]"), key = "keep:" + form.dataset.keep + ":" + field.name;
      if (answer.ok && store[key] === typed.get("body")) store.removeItem(key);
      if (told) told.textContent = answer.ok ? "Rascunho guardado" : "";
    }, function () {});
  }
})();

/* The command palette: words filter it, arrow keys move through it. */
(function () {
  "use strict";
  var LOST = "<p role=alert>A lista não veio. Recarregue a página e tente de novo.</p>";
  var PAUSE = 200, isEager, timer, pick, turn = 0, seeks = "";
  var dialog = document.getElementById("palette"), ways = dialog.querySelector("[role=region]");

  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

  function show(name, content) {
    dialog.setAttribute("aria-label", name);
    dialog.querySelector("span").textContent = name;
    ways.innerHTML = content;
    if (!seeks) narrow();
    if (isEager && lines().length) lines()[0].click();
  }

  function ask(name, address) {
    var asked = ++turn;
    fetch(address, { headers: { "HX-Request": "true" } })
      .then(function (answer) { return answer.ok ? answer.text() : LOST; })
      .catch(function () { return LOST; })
      .then(function (html) { if (asked === turn) show(name, html); });
  }

  function begins(name, content, search) {
    isEager = false;
    ++turn;
    seeks = search || "";
    show(name, content);
  }

  function showAll() {
    var number = /tickets\/(\d+)/.exec(location.pathname), name = "O que fazer, ou aonde ir";
    begins(name, "");
    ask(name, "/desk/palette?ticket=" + (number ? number[1] : ""));
  }

  function listed(field) {
    var list = document.createElement("ul");
    Array.from(field ? field.options : []).forEach(function (each) {
      if (!each.value) return;
      var line = list.appendChild(document.createElement("li")).appendChild(document.createElement("button"));
      line.className = "button";
      line.dataset.kind = "quiet";
      line.value = each.value;
      line.textContent = each.text;
    });
    return list.outerHTML;
  }

  /* The choice replaces the character before `at`. */
  function begin(letter, area, at) {
    var form = area.form, ready = form.elements.canned, name = "Artigo da ajuda";
    function put(text) {
      area.focus();
      area.setRangeText(text, at - 1, at, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (letter === "[") {
      pick = put;
      begins(name, "", form.getAttribute("action").replace(/[^/]+$/, "articles?q="));
      ask(name, seeks);
    } else if (letter === "/") {
      pick = function (value) {
        put("");
        ready.value = value;
        form.elements.insert.click();
      };
      begins("Resposta pronta", listed(ready));
    } else {
      pick = function (value, text) { put("@" + text.split(/ \(|,/)[0] + " "); };
      begins("Pessoa", listed(document.querySelector("[data-saves] [name=assignee]")));
    }
  }
  window.palette.showAll = showAll;
  window.palette.begin = begin;

  function lines() { return Array.from(ways.querySelectorAll("li:not([hidden]) :is(a, button)")); }

  function narrow() {
    var words = plain(dialog.querySelector("input").value).split(" ");
    ways.querySelectorAll("li").forEach(function (line) {
      line.hidden = !words.every(function (word) { return plain(line.textContent).indexOf(word) >= 0; });
    });
    ways.querySelectorAll("section").forEach(function (group) {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
  }

  dialog.addEventListener("input", function (event) {
    isEager = false;
    clearTimeout(timer);
    if (!seeks) return narrow();
    ways.textContent = "";
    timer = setTimeout(ask, PAUSE, dialog.getAttribute("aria-label"), seeks + encodeURIComponent(event.target.value));
  });
  dialog.addEventListener("keydown", function (event) {
    var all = lines(), at = all.indexOf(event.target), by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && at < 0) {
      event.preventDefault();
      if (all.length) all[0].click();
      else isEager = true;
    }
    if (!by) return;
    event.preventDefault();
    (all[at + by] || dialog.querySelector("input")).focus();
  });
  dialog.addEventListener("click", function (event) {
    var chosen = event.target.closest("li button");
    if (chosen) {
      dialog.close();
      pick(chosen.value, chosen.textContent);
    }
    if (!event.target.closest("a")) return;
    dialog.close();
    history.replaceState(history.state, "", location.pathname + location.search);
  });
})();

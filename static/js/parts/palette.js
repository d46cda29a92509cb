/* Everything one may do and everywhere one may go; words narrow it, arrows walk through it. */
(function () {
  "use strict";
  var isEager = false, dialog = document.getElementById("palette"), ways = dialog.querySelector("[role=region]");

  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

  function show(name, content) {
    dialog.setAttribute("aria-label", name);
    dialog.querySelector("span").textContent = name;
    ways.innerHTML = content;
    narrow();
    if (isEager && lines().length) lines()[0].click();
  }

  function showAll() {
    var number = /tickets\/(\d+)/.exec(location.pathname), name = "O que fazer, ou aonde ir";
    isEager = false;
    show(name, "");
    fetch("/desk/palette?ticket=" + (number ? number[1] : ""), { headers: { "HX-Request": "true" } })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { show(name, html); }, function () {});
  }
  window.palette.show = show;
  window.palette.showAll = showAll;

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

  dialog.addEventListener("input", narrow);
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
    if (!event.target.closest("a")) return;
    dialog.close();
    history.replaceState(history.state, "", location.pathname + location.search);
  });
})();

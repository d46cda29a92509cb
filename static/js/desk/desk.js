/* Keyboard shortcuts of the desk. */
(function () {
  "use strict";
  var store = window.sessionStorage;
  document.documentElement.dataset.scripted = "";

  function isTyping(target) {
    var isField = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio)$/.test(target.type);
    return isField || target.isContentEditable;
  }

  function titles() { return Array.from(document.querySelectorAll("[data-list] .row__title")); }

  /* The back link leads to the previous list. */
  function remember() {
    var back = document.querySelector(".crumbs [data-key=u]"), heading = document.querySelector("h1");
    if (location.pathname === "/desk") {
      store.desk = JSON.stringify([
        location.pathname + location.search,
        heading.textContent,
        titles().map(function (link) { return link.pathname; }),
        (document.querySelector(".pager .tabular") || {}).textContent,
        (document.querySelector(".pager [rel=next]") || {}).href
      ]);
    } else if (back && store.desk) {
      back.href = JSON.parse(store.desk)[0];
      back.textContent = JSON.parse(store.desk)[1];
    }
  }
  ["DOMContentLoaded", "htmx:after:swap"].forEach(function (name) { document.addEventListener(name, remember); });

  function open(element) {
    if (element.tagName !== "SUMMARY") return element.click();
    for (var fold = element; (fold = fold.parentNode.closest("details"));) fold.open = true;
    var field = element.parentNode.querySelector("textarea, select, input:not([type=hidden])");
    (field && field.closest("details") === element.parentNode ? field : element).focus();
  }

  function step(by) {
    var links = titles();
    var link = links[Math.min(Math.max(links.indexOf(document.activeElement) + by, 0), links.length - 1)];
    if (link) link.focus();
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target, keys = document.getElementById("keys");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form && field.tagName === "TEXTAREA") {
      event.preventDefault();
      return field.form.requestSubmit(field.form.querySelector("button[data-kind=main]") || undefined);
    }
    if (keys && event.key === "k" && (event.ctrlKey || event.metaKey)) return showAll(event);
    if (event.key === "Escape" && isTyping(field) && !field.closest("dialog")) return field.blur();
    if (!keys || isTyping(field) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") {
      event.preventDefault();
      return keys.open ? keys.close() : keys.showModal();
    }
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "c") return location.assign("/desk/contacts/new");
    if (event.key === "/") return seek(event);
    if (/^[jk]$/.test(event.key) && titles().length) return step(event.key === "j" ? 1 : -1);
    var target = /^[a-z]$/.test(event.key) && document.querySelector("[data-key=" + event.key + "]");
    if (target) {
      event.preventDefault();
      open(target);
    }
  });

  /* The palette opens at once, so that keys go to it; its script loads with its first use. */
  function withPalette(act) {
    var dialog = document.getElementById("palette"), script = document.createElement("script");
    dialog.querySelector("input").value = "";
    if (!dialog.open) dialog.showModal();
    if (window.palette.begin) return act();
    script.src = dialog.dataset.script;
    script.onload = act;
    document.head.append(script);
  }
  window.palette = { open: withPalette, isTyping: isTyping };

  /* Among what the page lists, else among all there is. */
  function seek(event) {
    var field = document.getElementById("q");
    if (!field) return showAll(event);
    event.preventDefault();
    field.focus();
  }

  function showAll(event) {
    event.preventDefault();
    withPalette(function () { window.palette.showAll(); });
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-close], .nav [data-key=g]");
    if (!target || event.ctrlKey || event.metaKey) return;
    if (target.dataset.key) showAll(event);
    else target.closest("dialog").close();
  });
})();

/* On a page with several forms, what was typed in the others is put back after one was sent, and in all forms after
   signing in again. Passwords are not kept. */
(function () {
  "use strict";
  var store = window.sessionStorage, KEY = "others:" + document.currentScript.dataset.person, touched = new Set();

  function isBox(field) { return /^(checkbox|radio)$/.test(field.type); }

  /* The name of a field on its page. */
  function nameOf(field) {
    return [field.form.getAttribute("action"), field.name, isBox(field) ? field.value : ""].join(" ");
  }

  function isKept(field, sent) {
    var form = field.form, isSecret = /^(password|file)$/.test(field.type);
    return form && form !== sent && form.method === "post" && !(sent && form.dataset.keep) && !isSecret;
  }

  ["input", "change"].forEach(function (name) {
    document.addEventListener(name, function (event) { touched.add(event.target); });
  });

  document.addEventListener("submit", function (event) {
    var sent = event.target;
    if (event.defaultPrevented || sent.method !== "post" || !sent.closest("main")) return;
    if (!sent.matches("[action*=sign-out]")) keepOthers(sent);
  });

  /* The session ended, and the notice leads to signing in. */
  document.addEventListener("click", function (event) {
    if (event.target.matches(".notice[role=alert] a")) keepOthers();
  });

  function keepOthers(sent) {
    var others = Array.from(touched).filter(function (field) { return isKept(field, sent); });
    store[KEY] = JSON.stringify(others.map(function (field) {
      return [nameOf(field), isBox(field) ? field.checked : field.value];
    }));
  }

  function putBack(field, value) {
    var options = field.options && Array.from(field.options, function (option) { return option.value; });
    if (isBox(field)) field.checked = value;
    else if (!options || options.indexOf(value) >= 0) field.value = value;
    for (var fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    field.dispatchEvent(new Event(options ? "change" : "input", { bubbles: true }));
  }

  /* Once htmx has begun, for fields that come only after another one is chosen are filled in as they come. */
  var kept = new Map(JSON.parse(store[KEY] || "[]"));
  store.removeItem(KEY);
  function fillIn() {
    document.querySelectorAll("form [name]").forEach(function (field) {
      var isMissing = isKept(field) && kept.has(nameOf(field)) && !touched.has(field);
      if (isMissing) putBack(field, kept.get(nameOf(field)));
    });
  }
  window.addEventListener("pageshow", function () { setTimeout(fillIn); });
  document.addEventListener("htmx:after:swap", fillIn);
  document.addEventListener("submit", function () { kept.clear(); });
})();

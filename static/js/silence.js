/* Says that no response came, or that the session ended. */
(function () {
  "use strict";
  var UNSURE = "A conexão falhou e não sabemos se chegou. Tente de novo: nada será enviado duas vezes.";
  var CUT = "Sem conexão. O que mudou aparece quando ela voltar.";
  var stale, why = "";

  function say(place, words, kind) {
    var notice = "<div class=\"notice " + kind + "\" data-tone=late role=alert><p>" + words + "</p></div>";
    place.insertAdjacentHTML("afterbegin", notice);
    return place.firstChild;
  }

  function over() {
    var here = encodeURIComponent(location.pathname + location.search);
    return "Sua sessão terminou. <a href=\"/sign-in?next=" + here + "\">Entre de novo</a> para ver o que mudou.";
  }

  /* An open page that no longer learns of changes says why, until it does again. */
  function tell(words) {
    if (words === why) return;
    if (why) stale.remove();
    why = words;
    if (words) stale = say(document.querySelector("main"), words, "live__news");
    document.documentElement.toggleAttribute("data-told", !!document.querySelector(".live__news"));
  }

  document.addEventListener("htmx:before:response", function (event) {
    var ctx = event.detail.ctx, status = ctx.response.status;
    if (ctx.sourceElement.dataset.live) tell(status === 401 ? over() : status < 500 ? "" : CUT);
  });

  /* Sending again is safe, because a form counts once. */
  document.addEventListener("htmx:error", function (event) {
    var ctx = event.detail.ctx, form = event.target.closest && event.target.closest("form");
    if (ctx && ctx.sourceElement.dataset.live) return tell(CUT);
    var place = form || (ctx && ctx.request.method === "POST" && document.querySelector("main"));
    if (place && !place.querySelector(".unsure")) say(place, UNSURE, "unsure");
  });
})();

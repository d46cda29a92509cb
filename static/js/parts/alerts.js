/* Alerts readers who chose so to notices and waiting chats: by a desktop notification or a sound, also in a hidden
   tab. */
(function () {
  "use strict";
  /* Notes: hertz, start and fade in seconds. */
  var BELL = [[880, 0, 0.5], [660, 0.18, 0.7]], DROP = [[1320, 0, 0.12]], KNOCK = [[196, 0, 0.1], [196, 0.2, 0.1]];
  var SOFT = [[523, 0, 0.15]], CLEAR = [[784, 0, 0.2], [1047, 0.2, 0.2], [1319, 0.4, 0.5]];
  var SOUNDS = { bell: BELL, drop: DROP, knock: KNOCK, discreet: SOFT, clear: CLEAR }, known = {}, audio;

  function play(sound) {
    if (!SOUNDS[sound] || !window.AudioContext) return;
    audio = audio || new AudioContext();
    SOUNDS[sound].forEach(function (note) {
      var tone = audio.createOscillator(), volume = audio.createGain(), at = audio.currentTime + note[1];
      tone.frequency.value = note[0];
      volume.gain.setValueAtTime(0.3, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + note[2]);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + note[2]);
    });
  }

  function call(ways, number) {
    ways.forEach(play);
    if (ways.indexOf("screen") < 0 || !window.Notification || Notification.permission !== "granted") return;
    var words = number === 1 ? "Você tem 1 aviso não lido" : "Você tem " + number + " avisos não lidos";
    new Notification(document.title, { body: words, tag: "guiche" }).onclick = function () {
      window.focus();
      location.assign("/notices");
    };
  }

  function look() {
    document.querySelectorAll("[data-alerts]").forEach(function (element) {
      var number = Number(element.dataset.unread);
      if (number > known[element.id]) call(element.dataset.alerts.split(" "), number);
      known[element.id] = number;
    });
  }
  ["DOMContentLoaded", "htmx:after:swap"].forEach(function (name) { document.addEventListener(name, look); });

  document.addEventListener("change", function (event) {
    if (/sound$/.test(event.target.name)) play(event.target.value);
    if (event.target.name === "screen" && event.target.checked && window.Notification) Notification.requestPermission();
  });
})();

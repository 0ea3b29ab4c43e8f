/* A two-tone chime. Browsers let a page sound only after somebody touched it once. */
(function () {
  "use strict";

  /** Hertz and the second at which each tone begins. */
  var TONES = [[659.25, 0], [523.25, 0.32]];
  var LENGTH_SECONDS = 0.9;
  var LOUDNESS = 0.35;
  /** Calls that come together chime once. */
  var PAUSE_MILLISECONDS = 1200;

  var Context = window.AudioContext || window.webkitAudioContext;
  var context = null;
  var lastAt = -Infinity;

  /** Calls `changed()` once the sound may be heard. */
  function prepare(changed) {
    if (!Context) { return; }
    function start() {
      if (!context) { context = new Context(); }
      if (context.resume) { context.resume(); }
      document.removeEventListener("click", start);
      document.removeEventListener("keydown", start);
      changed();
    }
    document.addEventListener("click", start);
    document.addEventListener("keydown", start);
  }

  function chime() {
    if (!context || Rossio.elapsed() - lastAt < PAUSE_MILLISECONDS) { return; }
    lastAt = Rossio.elapsed();
    for (var i = 0; i < TONES.length; i += 1) { tone(TONES[i][0], context.currentTime + TONES[i][1]); }
  }

  function tone(frequency, at) {
    var oscillator = context.createOscillator();
    var gain = context.createGain();
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(LOUDNESS, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_SECONDS);
    oscillator.connect(gain);
    gain.connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + LENGTH_SECONDS);
  }

  Rossio.prepareChime = prepare;
  Rossio.chime = chime;
}());

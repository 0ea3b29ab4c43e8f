/* The board of one screen in a browser: the same view and the same promises as the native display. */
(function () {
  "use strict";

  var byId = Rossio.byId;
  var TICK_MILLISECONDS = 500;
  /** Against burn-in: the layout moves a little every ten minutes. */
  var SHIFT_MILLISECONDS = 600000;
  var SHIFTS = [[0, 0], [0.6, 0.4], [-0.5, 0.7], [-0.7, -0.5], [0.5, -0.6]];

  var clock = new Rossio.Clock();
  var calls = new Rossio.Calls();
  var link = null;
  var view = null;
  var asOf = "";

  /** A view without the daemon's time says nothing of what is current: it waits for that. */
  function took(next) {
    view = next;
    if (clock.now() !== null) { draw(calls.take(view, clock.now())); }
  }

  function beat(heartbeat) {
    var isFirst = clock.now() === null;
    clock.beat(heartbeat);
    calls.speed = clock.speed;
    if (isFirst && view) { took(view); }
    asOf = clock.timeOfDay(heartbeat.now);
    var pulse = byId("pulse");
    pulse.className = pulse.className === "pulse" ? "pulse bright" : "pulse";
    tick();
  }

  function draw(fresh) {
    var now = clock.now();
    var arranged = calls.arrange(view, now);
    document.documentElement.lang = view.earlierCalls.language;
    Rossio.drawHeadings(byId("headings"), view.headings);
    Rossio.drawCalls(byId("calls"), arranged, function (call) { return calls.isFresh(call, now); }, fresh);
    Rossio.drawHistory(byId("history"), view.earlierCalls, arranged);
    byId("venue").textContent = view.venue;
    if (needsChime(fresh)) { Rossio.chime(); }
    warnIfSmall();
  }

  function needsChime(fresh) {
    for (var i = 0; i < fresh.length; i += 1) {
      if (!fresh[i].isSilent) { return true; }
    }
    return false;
  }

  function warnIfSmall() {
    var number = document.querySelector(".call .number");
    if (!number || !window.getComputedStyle) { return; }
    var pixels = parseFloat(window.getComputedStyle(number).fontSize);
    var legible = Rossio.isLegible(view, pixels, window.innerWidth);
    byId("board").setAttribute("data-legible", legible ? "yes" : "no");
  }

  function tick() {
    if (link) { link.tend(); }
    var state = link ? link.state() : "live";
    byId("board").className = "board " + state;
    Rossio.drawLost(byId("lost"), state, view, asOf);
    if (clock.now() !== null && state === "live") {
      byId("clock").textContent = clock.timeOfDay(clock.now());
    }
    byId("simulated").textContent = clock.simulated ? "simulated clock ×" + clock.speed : "";
    if (view && clock.now() !== null && state === "live") {
      draw([]);
      Rossio.drawSentence(byId("sentence"), view.sentences, Rossio.newestNumber(view));
    }
  }

  function shift() {
    var step = SHIFTS[Math.floor(Rossio.elapsed() / SHIFT_MILLISECONDS) % SHIFTS.length];
    byId("board").style.transform = "translate(" + step[0] + "%," + step[1] + "%)";
  }

  function follow(screen) {
    document.title = screen + " · Rossio";
    link = new Rossio.Link("/v1/board/" + encodeURIComponent(screen), took, beat);
    setInterval(tick, TICK_MILLISECONDS);
    setInterval(shift, SHIFT_MILLISECONDS);
  }

  /** Said in English to whoever sets the television up. */
  function explain(text) {
    var lost = byId("lost");
    lost.className = "notice setup";
    var message = Rossio.element("p", "message", text);
    message.lang = "en";
    Rossio.empty(lost).appendChild(message);
    return message;
  }

  /** How this becomes a screen: enrolled, or opened by a person who has logged in. */
  function explainEnrolment(why) {
    var message = explain(why + " Run `rossio enrol display hall-1` on the server and open "
      + "/board/?enrol=CODE here with the code that it prints. A person who has logged in may open "
      + "any screen: ");
    var way = Rossio.element("a", "", "log in");
    way.href = "/login/?next=" + encodeURIComponent("/board/?screen="
      + (Rossio.parameter("screen") || "hall-1"));
    message.appendChild(way);
  }

  var RETRY_MILLISECONDS = 3000;

  /** No answer, or none that says anything: true when `again` will run later. */
  function waits(status, again) {
    if (status !== 0 && status < 500) { return false; }
    setTimeout(again, RETRY_MILLISECONDS);
    return true;
  }

  function begin(status, who) {
    if (waits(status, function () { Rossio.whoAmI(begin); })) { return; }
    var screen = Rossio.parameter("screen") || (who.role === "display" ? who.id : null);
    if (status === 401 || !screen) {
      explainEnrolment("This screen is not enrolled.");
      return;
    }
    followIfKnown(screen);
  }

  /** A stream of a screen that the venue does not have says nothing at all: asked for first. */
  function followIfKnown(screen) {
    Rossio.ask("GET", "/v1/board/" + encodeURIComponent(screen), null, function (status, answer) {
      if (status === 404) {
        explain("This venue has no screen " + screen + ". Screens are listed in the file "
          + "venue.json5: open /board/?screen=ID with the id of one of them, or add it there and "
          + "start the server anew.");
      } else if (status === 401 || status === 403) {
        explainEnrolment(answer.detail || "This device may not show screen " + screen + ".");
      } else if (!waits(status, function () { followIfKnown(screen); })) {
        follow(screen);
      }
    });
  }

  /**
   * A code works once, yet its link may stand in a television's autostart: whoever is a display
   * already goes on as that.
   */
  function enrol(code) {
    Rossio.enrol(code, function (status, who) {
      if (waits(status, function () { enrol(code); })) { return; }
      if (status === 200) { settle(who); return; }
      Rossio.whoAmI(function (known, me) {
        if (waits(known, function () { enrol(code); })) { return; }
        if (known === 200 && me.role === "display") { settle(me); return; }
        explainEnrolment(who.detail || "The code was not accepted.");
      });
    });
  }

  /** The code leaves the address. */
  function settle(who) {
    if (history.replaceState) {
      history.replaceState(null, "", "/board/?screen=" + encodeURIComponent(who.id));
    }
    followIfKnown(who.id);
  }

  function start() {
    Rossio.prepareChime(function () { byId("sound").style.display = "none"; });
    var code = Rossio.parameter("enrol");
    if (code) { enrol(code); } else { Rossio.whoAmI(begin); }
  }

  start();
}());

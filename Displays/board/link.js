/* The event stream of this screen, kept alive; and the enrolment of a television as a display. */
(function () {
  "use strict";

  /** Without a heartbeat for this long the board is greyed and says how old it is. */
  var STALE_MILLISECONDS = 5000;
  /** Without one for this long it sends people to reception. */
  var LOST_MILLISECONDS = 30000;
  /** Silence after which the stream is opened anew: a dead cable tells nobody. */
  var REOPEN_MILLISECONDS = 9000;
  var RETRY_MILLISECONDS = 2000;

  /** Follows `url`; calls `onView(view)` and `onBeat(heartbeat)`. */
  function Link(url, onView, onBeat) {
    this.url = url;
    this.onView = onView;
    this.onBeat = onBeat;
    this.source = null;
    this.lastBeat = Rossio.elapsed();
    this.openedAt = 0;
    this.open();
  }

  Link.prototype.open = function () {
    var link = this;
    if (this.source) { this.source.close(); }
    this.openedAt = Rossio.elapsed();
    this.source = new EventSource(this.url);
    this.source.addEventListener("heartbeat", function (event) {
      link.lastBeat = Rossio.elapsed();
      link.onBeat(JSON.parse(event.data));
    });
    this.source.addEventListener("view", function (event) { link.onView(JSON.parse(event.data)); });
  };

  /** To be called about twice a second. */
  Link.prototype.tend = function () {
    var now = Rossio.elapsed();
    var isClosed = this.source.readyState === EventSource.CLOSED;
    var isSilent = now - this.lastBeat > REOPEN_MILLISECONDS;
    var wait = isClosed ? RETRY_MILLISECONDS : REOPEN_MILLISECONDS;
    if ((isClosed || isSilent) && now - this.openedAt > wait) { this.open(); }
  };

  /** "live", "stale" or "lost". */
  Link.prototype.state = function () {
    var silence = Rossio.elapsed() - this.lastBeat;
    if (silence > LOST_MILLISECONDS) { return "lost"; }
    return silence > STALE_MILLISECONDS ? "stale" : "live";
  };

  /** Sends a request and calls `done(status, body)`; status 0 when there is no answer. */
  function ask(method, path, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, path, true);
    request.setRequestHeader("Accept", "application/json");
    if (body !== null) { request.setRequestHeader("Content-Type", "application/json"); }
    request.onload = function () { done(request.status, parsed(request.responseText)); };
    request.onerror = function () { done(0, {}); };
    request.send(body === null ? null : JSON.stringify(body));
  }

  function enrol(code, done) { ask("POST", "/v1/enrolment", { code: code }, done); }

  /** Who this television is by its cookie. */
  function whoAmI(done) { ask("GET", "/v1/session", null, done); }

  function parsed(text) {
    try { return JSON.parse(text); } catch (error) { return {}; }
  }

  /** The value of `?name=` in the address, or null. */
  function parameter(name) {
    var found = new RegExp("[?&]" + name + "=([^&]*)").exec(location.search);
    return found ? decodeURIComponent(found[1]) : null;
  }

  Rossio.Link = Link;
  Rossio.ask = ask;
  Rossio.enrol = enrol;
  Rossio.whoAmI = whoAmI;
  Rossio.parameter = parameter;
}());

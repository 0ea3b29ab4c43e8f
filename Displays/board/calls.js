/*
 * Which calls are current, and how they are laid out. No drawing here.
 *
 * A call is current for at least 60 s from when this board first showed it, so that a call which
 * came while the cable was out is not lost. Nothing that is current is ever pushed out: the grid
 * grows denser instead.
 */
(function () {
  "use strict";

  var CURRENT_MILLISECONDS = 60000;
  /** The newest calls lie on yellow for this long. */
  var FRESH_MILLISECONDS = 20000;
  /** Digits whose capitals are lower than this, for each metre of distance, are hard to read. */
  var LEGIBLE_MILLIMETRES_A_METRE = 12.2;
  /** Height of a capital, as a part of the size of Noto Sans. */
  var CAP_HEIGHT = 0.714;

  /**
   * Tried in this order until all current calls fit. The last two are for more than ten calls a
   * minute: smaller digits, but no call is lost.
   */
  var LAYOUTS = [
    { columns: 1, rows: 5, history: true, place: true },
    { columns: 2, rows: 5, history: true, place: false },
    { columns: 2, rows: 7, history: false, place: false },
    { columns: 3, rows: 8, history: false, place: false }
  ];

  function Calls() {
    /** How fast the daemon's clock runs: a simulated one must not hide what is new at once. */
    this.speed = 1;
    this.seen = {};
    this.isFirstView = true;
  }

  function keyOf(call) { return call.number + "/" + call.counter + "/" + call.ordinal; }

  /**
   * Takes a view at `now`; answers the calls that nobody has seen yet. The first view after a start
   * holds what others have called long ago: it counts as seen when it was called.
   */
  Calls.prototype.take = function (view, now) {
    var fresh = [];
    var seen = {};
    for (var i = 0; i < view.calls.length; i += 1) {
      var call = view.calls[i];
      var key = keyOf(call) + "/" + call.calledAt;
      if (this.seen[key] !== undefined) {
        seen[key] = this.seen[key];
      } else {
        seen[key] = this.isFirstView ? call.calledAt : Math.max(now, call.calledAt);
        if (now - seen[key] < this.freshMilliseconds()) { fresh.push(call); }
      }
    }
    this.seen = seen;
    this.isFirstView = false;
    return fresh;
  };

  Calls.prototype.seenAt = function (call) {
    var seen = this.seen[keyOf(call) + "/" + call.calledAt];
    return seen === undefined ? call.calledAt : seen;
  };

  /** By the daemon's clock; never less than 5 s of real time. */
  Calls.prototype.freshMilliseconds = function () {
    return FRESH_MILLISECONDS * Math.max(1, this.speed / 4);
  };

  Calls.prototype.isFresh = function (call, now) {
    return now - this.seenAt(call) < this.freshMilliseconds();
  };

  Calls.prototype.isCurrent = function (call, now) {
    return now - this.seenAt(call) < CURRENT_MILLISECONDS;
  };

  /**
   * `{layout, current, history}`: the grid is filled up with older calls whose people are still at
   * their counters. What is old and over stands under the earlier calls only.
   */
  Calls.prototype.arrange = function (view, now) {
    var staying = [];
    var must = 0;
    for (var i = 0; i < view.calls.length; i += 1) {
      var isCurrent = this.isCurrent(view.calls[i], now);
      if (isCurrent || !view.calls[i].isOver) { staying.push(view.calls[i]); }
      if (isCurrent) { must = staying.length; }
    }
    var layout = LAYOUTS[0];
    for (var j = 0; j < LAYOUTS.length; j += 1) {
      layout = LAYOUTS[j];
      if (layout.columns * layout.rows >= must) { break; }
    }
    var current = staying.slice(0, layout.columns * layout.rows);
    return {
      layout: layout,
      current: current,
      history: layout.history ? without(view.calls, current) : []
    };
  };

  /** The number that the sentence names: the newest call that is not over; "" when all are. */
  function newestNumber(view) {
    for (var i = 0; i < view.calls.length; i += 1) {
      if (!view.calls[i].isOver) { return view.calls[i].number; }
    }
    return "";
  }

  function without(calls, taken) {
    var rest = [];
    for (var i = 0; i < calls.length; i += 1) {
      if (taken.indexOf(calls[i]) < 0) { rest.push(calls[i]); }
    }
    return rest;
  }

  /** True when digits of `fontPixels` can be read from where the venue says that people stand. */
  function isLegible(view, fontPixels, screenPixels) {
    var millimetres = fontPixels * CAP_HEIGHT * view.widthMillimetres / screenPixels;
    return millimetres >= LEGIBLE_MILLIMETRES_A_METRE * view.viewingDistanceMillimetres / 1000;
  }

  Rossio.Calls = Calls;
  Rossio.keyOfCall = keyOf;
  Rossio.newestNumber = newestNumber;
  Rossio.isLegible = isLegible;
}());

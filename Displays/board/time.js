/* The daemon's clock as this television knows it, and nothing newer than ECMAScript 5 here. */
var Rossio = window.Rossio || {};

(function () {
  "use strict";

  /** Milliseconds that only grow; old televisions have no performance.now(). */
  function elapsed() {
    return window.performance && performance.now ? performance.now() : new Date().getTime();
  }

  function Clock() {
    this.daemonNow = null;
    this.receivedAt = 0;
    this.speed = 1;
    this.offsetMinutes = 0;
    this.simulated = false;
  }

  Clock.prototype.beat = function (heartbeat) {
    this.daemonNow = heartbeat.now;
    this.receivedAt = elapsed();
    this.speed = heartbeat.speed || 1;
    this.offsetMinutes = heartbeat.utcOffsetMinutes || 0;
    this.simulated = Boolean(heartbeat.simulated);
  };

  /** The daemon's time now; null before its first heartbeat. */
  Clock.prototype.now = function () {
    if (this.daemonNow === null) { return null; }
    return this.daemonNow + (elapsed() - this.receivedAt) * this.speed;
  };

  /** "10:32" at the venue. */
  Clock.prototype.timeOfDay = function (instant) {
    var local = new Date(instant + this.offsetMinutes * 60000);
    return pad(local.getUTCHours()) + ":" + pad(local.getUTCMinutes());
  };

  function pad(value) { return (value < 10 ? "0" : "") + value; }

  Rossio.elapsed = elapsed;
  Rossio.Clock = Clock;
}());

window.Rossio = Rossio;

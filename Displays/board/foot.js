/* Headings, the sentence that rotates through the languages, and what is said when the daemon is lost. */
(function () {
  "use strict";

  /** A sentence stands for this long at least; the code of a call never rotates. */
  var SENTENCE_MILLISECONDS = 6000;

  var shown = { index: -1, since: -Infinity, text: "" };

  function drawHeadings(parent, headings) {
    var text = JSON.stringify(headings);
    if (parent.getAttribute("data-drawn") === text) { return; }
    parent.setAttribute("data-drawn", text);
    Rossio.empty(parent);
    for (var i = 0; i < headings.length; i += 1) {
      parent.appendChild(Rossio.phrase("span", headings[i], i === 0 ? "host" : ""));
    }
  }

  /** Goes on to the next sentence when its time has come. `newest` is the last number called. */
  function drawSentence(parent, sentences, newest) {
    if (sentences.length === 0) { return; }
    var now = Rossio.elapsed();
    var isTime = now - shown.since >= SENTENCE_MILLISECONDS;
    if (!isTime && shown.text === newest) { return; }
    if (isTime) {
      shown.index = (shown.index + 1) % sentences.length;
      shown.since = now;
    }
    shown.text = newest;
    var words = sentences[shown.index % sentences.length];
    Rossio.empty(parent).appendChild(
      Rossio.phrase("span", words, "", newest ? { number: newest } : {}));
  }

  /** After 5 s: "as of 10:32"; after 30 s: "please ask at reception" in every language. */
  function drawLost(parent, state, view, time) {
    var key = state + time;
    if (parent.getAttribute("data-drawn") === key) { return; }
    parent.setAttribute("data-drawn", key);
    Rossio.empty(parent);
    parent.className = "notice " + state;
    if (!view || state === "live") { return; }
    parent.appendChild(Rossio.phrase("div", view.asOf, "as-of", { time: time }));
    if (state !== "lost") { return; }
    for (var i = 0; i < view.askReception.length; i += 1) {
      parent.appendChild(Rossio.phrase("div", view.askReception[i], "ask"));
    }
  }

  Rossio.drawHeadings = drawHeadings;
  Rossio.drawSentence = drawSentence;
  Rossio.drawLost = drawLost;
}());

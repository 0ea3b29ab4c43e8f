/* Draws the grid of current calls and the history. A row stays the same element while it is shown. */
(function () {
  "use strict";

  var element = Rossio.element;

  /** Turned clockwise from "up", in degrees. */
  var TURNS = {
    up: 0, upRight: 45, right: 90, downRight: 135, down: 180, downLeft: 225, left: 270, upLeft: 315
  };
  var ARROW = "M24 43V8M9 22 24 7l15 15";

  /** Colour never stands alone: each agency has a shape as well. */
  var SIGNS = {
    bar: "M17 3h14a3 3 0 0 1 3 3v36a3 3 0 0 1-3 3H17a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z",
    disc: "M24 3a21 21 0 1 1 0 42 21 21 0 0 1 0-42z",
    triangle: "M24 4 46 43H2z",
    square: "M6 5h36a1 1 0 0 1 1 1v36a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z",
    ring: "M24 3a21 21 0 1 1 0 42 21 21 0 0 1 0-42zM24 13a11 11 0 1 0 0 22 11 11 0 0 0 0-22z",
    cross: "M17 3h14v14h14v14H31v14H17V31H3V17h14z"
  };

  function arrow(points) {
    return Rossio.shape(ARROW, "arrow", {
      fill: "none", stroke: "currentColor", "stroke-width": "5", "stroke-linecap": "round",
      "stroke-linejoin": "round", transform: "rotate(" + (TURNS[points] || 0) + " 24 24)"
    });
  }

  function sign(agency) {
    return Rossio.shape(SIGNS[agency.shape] || SIGNS.disc, "sign", {
      fill: agency.color, "fill-rule": "evenodd", stroke: "currentColor", "stroke-width": "1.5",
      "stroke-linejoin": "round"
    });
  }

  function rowOf(call, layout) {
    var row = element("div", "call");
    row.setAttribute("data-number", call.number);
    row.setAttribute("data-key", Rossio.keyOfCall(call) + layout.place);
    row.appendChild(Rossio.code(call.number, "number"));
    var way = element("span", "way");
    if (call.arrow) { way.appendChild(arrow(call.arrow)); }
    // Neutral services have no sign; the counters still stand in one column.
    way.appendChild(call.sign ? sign(call.sign) : element("span", "sign"));
    way.appendChild(Rossio.code(call.counter, "counter"));
    row.appendChild(way);
    if (call.again) { row.appendChild(Rossio.phrase("span", call.again, "again")); }
    if (layout.place) { row.appendChild(placeOf(call)); }
    return row;
  }

  function placeOf(call) {
    var place = element("span", "place");
    if (call.agency) { place.appendChild(Rossio.phrase("span", call.agency)); }
    if (call.place) { place.appendChild(Rossio.phrase("span", call.place)); }
    return place;
  }

  /** Draws `arranged`; `isFresh(call)` says which rows lie on yellow, `fresh` which ones pulse. */
  function drawCalls(parent, arranged, isFresh, fresh) {
    var layout = arranged.layout;
    parent.className = "calls columns-" + layout.columns + " rows-" + layout.rows;
    var kept = {};
    var row;
    for (row = parent.firstChild; row; row = row.nextSibling) {
      kept[row.getAttribute("data-key")] = row;
    }
    var drawn = [];
    for (var i = 0; i < arranged.current.length; i += 1) {
      var call = arranged.current[i];
      row = kept[Rossio.keyOfCall(call) + layout.place] || rowOf(call, layout);
      var pulses = row.className.indexOf("pulses") >= 0 || fresh.indexOf(call) >= 0;
      row.className = "call" + (isFresh(call) ? " fresh" + (pulses ? " pulses" : "") : "")
        + (call.ordinal > 1 ? " recalled" : "");
      drawn.push(row);
    }
    place(parent, drawn);
  }

  /** Puts `rows` into `parent` in order, and moves only those that are not there yet. */
  function place(parent, rows) {
    for (var i = 0; i < rows.length; i += 1) {
      if (parent.childNodes[i] !== rows[i]) {
        parent.insertBefore(rows[i], parent.childNodes[i] || null);
      }
    }
    while (parent.childNodes.length > rows.length) { parent.removeChild(parent.lastChild); }
  }

  function drawHistory(parent, title, arranged) {
    parent.style.display = arranged.layout.history ? "" : "none";
    Rossio.empty(parent);
    if (arranged.history.length === 0) { return; }
    parent.appendChild(Rossio.phrase("div", title, "title"));
    for (var i = 0; i < arranged.history.length && i < 7; i += 1) {
      var line = element("div", "earlier");
      line.appendChild(Rossio.code(arranged.history[i].number));
      line.appendChild(Rossio.code(arranged.history[i].counter, "counter"));
      parent.appendChild(line);
    }
  }

  Rossio.drawCalls = drawCalls;
  Rossio.drawHistory = drawHistory;
}());

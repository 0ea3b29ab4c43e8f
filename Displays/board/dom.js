/* Elements without HTML text: nothing that the daemon sends is ever parsed as markup. */
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg";

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.appendChild(document.createTextNode(text)); }
    return made;
  }

  function empty(parent) {
    while (parent.firstChild) { parent.removeChild(parent.firstChild); }
    return parent;
  }

  /** Ticket or counter: isolated from the direction of the text around it. */
  function code(text, className) {
    var made = element("bdi", "code" + (className ? " " + className : ""), text);
    made.setAttribute("dir", "ltr");
    return made;
  }

  /** A phrase in its language and direction; `{name}` becomes an isolated code, or nothing. */
  function phrase(name, words, className, codes) {
    var made = element(name, className);
    made.lang = words.language;
    made.dir = words.direction;
    var parts = words.text.split(/(\{[a-z]+\})/);
    for (var i = 0; i < parts.length; i += 1) {
      var placeholder = /^\{([a-z]+)\}$/.exec(parts[i]);
      var value = placeholder && codes ? codes[placeholder[1]] : null;
      if (!placeholder) {
        made.appendChild(document.createTextNode(parts[i]));
      } else if (value) {
        made.appendChild(code(value));
      }
    }
    return made;
  }

  /** A shape of the two kinds that a board draws itself: `points` in a square of 48. */
  function shape(points, className, attributes) {
    var svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 48 48");
    svg.setAttribute("class", className);
    svg.setAttribute("aria-hidden", "true");
    var path = document.createElementNS(SVG, "path");
    path.setAttribute("d", points);
    for (var name in attributes) {
      if (Object.prototype.hasOwnProperty.call(attributes, name)) {
        path.setAttribute(name, attributes[name]);
      }
    }
    svg.appendChild(path);
    return svg;
  }

  Rossio.element = element;
  Rossio.empty = empty;
  Rossio.code = code;
  Rossio.phrase = phrase;
  Rossio.shape = shape;
  Rossio.byId = function (id) { return document.getElementById(id); };
}());

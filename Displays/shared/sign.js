/** An agency's sign: colour always with a shape. */
const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  bar: "M17 3h14v42H17z",
  disc: "M24 3a21 21 0 1 1 0 42 21 21 0 0 1 0-42z",
  triangle: "M24 4 46 43H2z",
  square: "M5 5h38v38H5z",
  ring: "M24 3a21 21 0 1 1 0 42 21 21 0 0 1 0-42zM24 13a11 11 0 1 0 0 22 11 11 0 0 0 0-22z",
  cross: "M17 3h14v14h14v14H31v14H17V31H3V17h14z",
};

export function sign({ shape, color }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[shape] ?? SHAPES.disc);
  path.setAttribute("fill", color);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

internal import Canvas

/// Where the parts of a slip stand.
extension SlipDrawing {
  private var contentWidth: Double { Double(widthDots) - 2 * margin }
  private var y: Double { Double(heightDots) }

  /// Adds the items of `element` at the present height; returns how many dots it takes.
  func place(_ element: SlipLayout.Element) throws -> Int {
    switch element {
    case .gap(let height):
      return height
    case .wave(let height, let stroke):
      let wave = try fitter.wave(
        width: Int(contentWidth), height: height, stroke: Double(stroke))
      add(.picture(wave, at: Point(x: margin, y: y)), height: height)
      return height
    case .rule(let thickness):
      add(.box(band(height: Double(thickness))), height: thickness)
      return thickness
    case .number(let number, let maxHeight):
      return try placeNumber(number, maxHeight: Double(maxHeight))
    case .texts(let texts):
      return Int(try place(texts, x: margin, width: contentWidth, at: y).rounded(.up))
    case .mark(let texts):
      return try placeMark(texts)
    case .code(let text, let side, let beside):
      return try placeCode(QRCode(text), side: side, beside: beside)
    case .stop(let shape, let beside):
      return try placeStop(shape, beside)
    case .way(let heading, let beside):
      return try placeWay(heading, beside)
    case .ruler:
      return placeRuler()
    case .checklist(let names, let box, let gap):
      return try placeChecklist(names, box: Double(box), gap: Double(gap))
    }
  }

  private func band(height: Double) -> Rect {
    Rect(x: margin, y: y, width: contentWidth, height: height)
  }

  private func add(_ item: Item, height: Int) { add(item, from: y, to: y + Double(height)) }

  private func placeNumber(_ number: String, maxHeight: Double) throws(PrintingError) -> Int {
    let layout = fitter.number(number, width: contentWidth, height: maxHeight)
    let x = (Double(widthDots) / 2 - layout.ink.center.x).rounded()
    try place(layout, at: Point(x: x, y: y - layout.ink.y.rounded(.down)))
    return Int(layout.ink.height.rounded(.up)) + 1
  }

  private func placeMark(_ texts: [SlipLayout.Paragraph]) throws(PrintingError) -> Int {
    let padding = (margin * 0.9).rounded()
    let inner = margin + padding
    let width = Double(widthDots) - 2 * inner
    // The bar lies below its texts, and is as high as they are.
    let height = (try height(of: texts, width: width) + 2 * padding).rounded(.up)
    add(.bar(band(height: height), cornerRadius: margin), from: y, to: y + height)
    _ = try place(texts, x: inner, width: width, at: y + padding, color: .white)
    return Int(height)
  }

  /// The texts stand first in their reading direction, both in the middle of the height.
  private func placeCode(
    _ code: QRCode, side: Int, beside: [SlipLayout.Paragraph]
  ) throws(PrintingError) -> Int {
    let dotsPerModule = max(Self.leastDotsPerModule, code.dotsPerModule(fitting: side))
    let codeSide = code.sideWithQuietZone * dotsPerModule
    // The quiet zone is blank: it may lie in the margin, and serves as the gap to the text.
    let quietZone = QRCode.quietZone * dotsPerModule
    let textWidth = contentWidth - Double(codeSide - quietZone + 2 * dotsPerModule)
    guard textWidth > 0 else {
      throw .slipTooWide(text: "QR", neededDots: codeSide, availableDots: Int(contentWidth))
    }
    let isTextOnRight = beside.first?.text.direction == .rightToLeft
    // Above and below, too, the zone may lie in the gap that is there in any case.
    let textHeight = try height(of: beside, width: textWidth)
    let height = max(codeSide - 2 * min(quietZone, blockGap), Int(textHeight.rounded(.up)))
    let codeX =
      isTextOnRight ? Int(margin) - quietZone : widthDots - Int(margin) + quietZone - codeSide
    let codeY = heightDots + (height - codeSide) / 2
    add(
      .code(code, x: codeX, y: codeY, dotsPerModule: dotsPerModule), from: Double(codeY),
      to: Double(codeY + codeSide))
    let textX = isTextOnRight ? Double(widthDots) - margin - textWidth : margin
    let textY = y + ((Double(height) - textHeight) / 2).rounded()
    _ = try place(beside, x: textX, width: textWidth, at: textY)
    return height
  }

  /// 0.375 mm at 203 dpi: a telephone reads no smaller module from thermal paper with ease.
  private static let leastDotsPerModule = 3

  private func placeStop(
    _ shape: Shape?, _ beside: SlipLayout.Beside
  ) throws(PrintingError) -> Int {
    let (side, gap) = (Double(beside.side), Double(beside.gap))
    let isFromRight = beside.texts.first?.text.direction == .rightToLeft
    let width = contentWidth - side - gap
    let textHeight = try height(of: beside.texts, width: width)
    let total = max(textHeight, side).rounded(.up)
    _ = try place(
      beside.texts, x: isFromRight ? margin : margin + side + gap, width: width,
      at: y + ((total - textHeight) / 2).rounded())
    let x = isFromRight ? Double(widthDots) - margin - side : margin
    let rect = Rect(x: x, y: y + ((total - side) / 2).rounded(), width: side, height: side)
    // A dash points nowhere: an arrow would be followed.
    let dash = rect.inset(dx: side * 0.2, dy: side * 0.44)
    add(shape.map { .sign($0, rect) } ?? .box(dash), from: rect.y, to: rect.maxY)
    return Int(total)
  }

  /// Arrow and texts together stand in the middle of the paper.
  private func placeWay(
    _ heading: Heading?, _ beside: SlipLayout.Beside
  ) throws(PrintingError) -> Int {
    guard let heading else {
      return Int(
        try place(beside.texts, x: margin, width: contentWidth, at: y).rounded(.up))
    }
    let (side, gap) = (Double(beside.side), Double(beside.gap))
    let width = contentWidth - side - gap
    let textHeight = try height(of: beside.texts, width: width)
    var textWidth = 0.0
    for text in beside.texts {
      textWidth = max(textWidth, try fitter.fit(text, width: width).logical.width)
    }
    let total = max(textHeight, side).rounded(.up)
    let textY = y + ((total - textHeight) / 2).rounded()
    let left = margin + ((width - textWidth) / 2).rounded()
    let isFromRight = beside.texts.first?.text.direction == .rightToLeft
    // Each text ends at the group's far side, since its box is as wide as all that is left.
    let textX = isFromRight ? left + textWidth - width : left + side + gap
    _ = try place(beside.texts, x: textX.rounded(), width: width, at: textY)
    let arrowX = isFromRight ? left + textWidth + gap : left
    let center = Point(x: (arrowX + side / 2).rounded(), y: y + (total / 2).rounded())
    add(.arrow(heading, center: center, size: side), from: y - 2, to: y + total + 2)
    return Int(total)
  }
}

// MARK: - A list to tick

extension SlipDrawing {
  private func placeChecklist(
    _ names: [SlipLayout.Paragraph], box: Double, gap: Double
  ) throws(PrintingError) -> Int {
    let columnGap = gap * 1.5
    let half = ((contentWidth - columnGap) / 2).rounded(.down)
    var (top, rest) = (y, names[...])
    while let first = rest.popFirst() {
      if top > y { top += gap }
      guard let second = rest.first, fits(first, half - box - gap), fits(second, half - box - gap)
      else {
        top += try placeRow([first], box: box, gap: gap, width: contentWidth, at: top)
        continue
      }
      rest.removeFirst()
      top += try placeRow([first, second], box: box, gap: gap, width: half, at: top)
    }
    return Int((top - y).rounded(.up))
  }

  private func fits(_ name: SlipLayout.Paragraph, _ width: Double) -> Bool {
    fitter.naturalWidth(name) <= width
  }

  /// One name or two, each with its square first in reading direction; the first stands first, too.
  private func placeRow(
    _ names: [SlipLayout.Paragraph], box: Double, gap: Double, width: Double, at top: Double
  ) throws(PrintingError) -> Double {
    let textWidth = width - box - gap
    let layouts = try names.map { name throws(PrintingError) in
      try fitter.fit(name, width: textWidth)
    }
    // Squares stand as far apart as lines of text whatever letters stand in them, where they can.
    let reach = layouts.map(\.reach).max() ?? 0
    let height = max(box * 1.25, 2 * reach).rounded(.up)
    for (column, (name, layout)) in zip(names, layouts).enumerated() {
      let isFromRight = name.text.direction == .rightToLeft
      let isLeft = (column == 0) != isFromRight
      let x = isLeft || names.count == 1 ? margin : Double(widthDots) - margin - width
      let boxX = isFromRight ? x + textWidth + gap : x
      let rect = Rect(
        x: boxX.rounded(), y: top + ((height - box) / 2).rounded(), width: box, height: box)
      add(.emptyBox(rect, stroke: (box * 0.12).rounded(.up)), from: rect.y, to: rect.maxY)
      let textX = isFromRight ? x : x + box + gap
      let textY = top + (height / 2 - layout.middle).rounded()
      try place(layout, at: Point(x: textX, y: textY))
    }
    return height
  }
}

// MARK: - Texts

extension SlipDrawing {
  /// The rows that `texts` take below each other.
  private func height(
    of texts: [SlipLayout.Paragraph], width: Double
  ) throws(PrintingError) -> Double {
    var height = Double(lineGap * max(0, texts.count - 1))
    for text in texts {
      let rows = try fitter.fit(text, width: width).rows
      height += (rows.bottom - rows.top).rounded(.up)
    }
    return height
  }

  /// Places `texts` below each other in a column; returns the rows that they take.
  private func place(
    _ texts: [SlipLayout.Paragraph], x: Double, width: Double, at top: Double,
    color: Color = .black
  ) throws(PrintingError) -> Double {
    var bottom = top
    for (index, text) in texts.enumerated() {
      if index > 0 { bottom += Double(lineGap) }
      let layout = try fitter.fit(text, width: width)
      let rows = layout.rows
      try place(layout, at: Point(x: x, y: (bottom - rows.top).rounded()), color: color)
      bottom += (rows.bottom - rows.top).rounded(.up)
    }
    return bottom - top
  }

  private func place(
    _ layout: TextLayout, at point: Point, color: Color = .black
  ) throws(PrintingError) {
    var (point, ink) = (point, layout.ink.offset(dx: point.x, dy: point.y))
    // The last stroke of a line of Nastaliq reaches far beyond its end: the line moves inwards.
    let blank = margin / 2
    let shift = max(0, blank - ink.x) - max(0, ink.maxX - (Double(widthDots) - blank))
    point.x += shift.rounded(.awayFromZero)
    ink.x += shift.rounded(.awayFromZero)
    guard ink.x >= blank - 1, ink.maxX <= Double(widthDots) - blank + 1 else {
      throw .slipTooWide(
        text: layout.markedText, neededDots: Int(ink.width.rounded(.up)),
        availableDots: Int(contentWidth))
    }
    // Antialiasing reaches one dot further than ink.
    add(.text(layout, at: point, color: color), from: ink.y - 2, to: ink.maxY + 2)
  }
}

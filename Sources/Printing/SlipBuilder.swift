internal import Canvas
internal import Venue
internal import Views

/// Turns the blocks of a template into the elements of one slip.
///
/// Sizes are given for paper of 576 dots and scaled; letters shrink less than lengths, since small
/// paper is read from as far.
struct SlipBuilder {
  typealias Element = SlipLayout.Element

  let slip: SlipView
  let width: Int
  private var elements: [Element] = []
  /// The thickness of a rule that is drawn if anything comes below it.
  private var waitingRule: Int?

  init(slip: SlipView, width: Int) {
    self.slip = slip
    self.width = width
  }

  /// Adds what `block` has to say on this slip, with the space and the rule before it.
  mutating func add(_ block: SlipTemplate.Block) {
    guard block.kind != .rule else {
      waitingRule = elements.isEmpty ? nil : block.size
      return
    }
    let content = content(of: block)
    guard !content.isEmpty else { return }
    if let rule = waitingRule {
      elements += [.gap(blockGap), .rule(thickness: dots(Double(rule))), .gap(blockGap)]
    } else {
      elements.append(.gap(elements.isEmpty ? dots(6) : max(blockGap, dots(16))))
    }
    waitingRule = nil
    elements += content
  }

  /// Between a block and a rule; above and below all other blocks there is a little more.
  var blockGap: Int { dots(13) }

  func finished() -> [Element] { elements + [.gap(dots(16))] }

  private func content(of block: SlipTemplate.Block) -> [Element] {
    let size = Double(block.size)
    switch block.kind {
    case .rule: return []
    case .wave: return [.wave(height: dots(size), stroke: dots(size * 0.27))]
    case .number: return number(size)
    case .notice: return notice(size)
    case .service: return service(size)
    case .way: return way(size)
    case .wait: return wait(size)
    case .then: return then(size)
    case .documents: return documents(size)
    case .code: return code(block)
    case .shares: return shares(size)
    case .foot: return [.texts([foot(size, alignment: .center)])]
    case .text: return text(block)
    }
  }
}

// MARK: - Blocks

extension SlipBuilder {
  private func number(_ height: Double) -> [Element] {
    let number = Element.number(slip.number.description, maxHeight: dots(height))
    guard let copy = slip.copy else { return [number] }
    return [.mark([paragraph(copy, 32, weight: .bold)]), .gap(dots(16)), number]
  }

  /// A return voucher cannot be taken for a number of today, neither by its client nor by staff.
  private func notice(_ size: Double) -> [Element] {
    guard let notice = slip.notice else { return [] }
    let text = paragraph(notice, size, weight: .bold, maxLines: 3)
    guard slip.isVoucher else { return [.texts([text])] }
    let host = slip.noticeInHostLanguage.map { paragraph($0, size * 0.8, maxLines: 3) }
    return [.mark([text] + [host].compactMap(\.self))]
  }

  private func service(_ size: Double) -> [Element] {
    let own = slip.service.map { paragraph($0, size, weight: .bold) }
    let host = slip.serviceInHostLanguage.map { paragraph($0, size * 0.64) }
    let texts = [own, host].compactMap(\.self)
    return texts.isEmpty ? [] : [.texts(texts)]
  }

  private func way(_ size: Double) -> [Element] {
    let heading = slip.arrow.flatMap { Heading(rawValue: $0.rawValue) }
    let alignment: TextStyle.Alignment = heading == nil ? .center : .start
    var texts = [paragraph(slip.place, size, alignment: alignment)]
    if let place = slip.placeInHostLanguage {
      // Beside an arrow both lines begin on the same side.
      let isOpposite = place.direction != slip.place.direction
      let side = heading != nil && isOpposite ? .end : alignment
      texts.append(paragraph(place, size * 0.78, alignment: side))
    }
    let side = texts.count == 1 ? size * 1.4 : size * 2
    return [.way(heading, SlipLayout.Beside(side: dots(side), gap: dots(20), texts: texts))]
  }

  private func wait(_ size: Double) -> [Element] {
    let range = slip.expectedWait.map { paragraph($0.text, size, weight: .bold) }
    let weight: TextStyle.Weight = range == nil ? .bold : .regular
    let before = slip.before.map { paragraph($0, size * 0.8, weight: weight) }
    let texts = [range, before].compactMap(\.self)
    return texts.isEmpty ? [] : [.texts(texts)]
  }

  /// Where the visit goes afterwards, in no order.
  private func then(_ size: Double) -> [Element] {
    guard let heading = slip.thenNext, !slip.nextPlaces.isEmpty else { return [] }
    var elements: [Element] = [.texts([paragraph(heading, size * 0.8, alignment: .start)])]
    for place in slip.nextPlaces {
      // What is largest names the stop: its service, or the place where that is neutral.
      let name = place.service ?? place.place
      var texts = [paragraph(name, size, weight: .bold, alignment: .start)]
      if place.service != nil {
        texts.append(paragraph(place.place, size * 0.8, alignment: .start))
      }
      let shape = place.sign.flatMap { Shape(rawValue: $0.shape.rawValue) }
      let beside = SlipLayout.Beside(side: dots(size * 1.3), gap: dots(18), texts: texts)
      elements += [.gap(dots(14)), .stop(shape, beside)]
    }
    return elements
  }

  private func documents(_ size: Double) -> [Element] {
    guard let documents = slip.documents else { return [] }
    let names = documents.names.map { paragraph($0, size, alignment: .start) }
    return [
      .texts([paragraph(documents.heading, size, weight: .bold, alignment: .start)]),
      .gap(dots(12)), .checklist(names, box: dots(size * 0.9), gap: dots(12)),
    ]
  }

  private func code(_ block: SlipTemplate.Block) -> [Element] {
    var texts = [paragraph(slip.follow, 32, alignment: .start, maxLines: 4)]
    if block.hasFoot {
      // On the side of the words above it.
      let side: TextStyle.Alignment = slip.follow.direction == .rightToLeft ? .end : .start
      texts.append(foot(26, alignment: side))
    }
    return [.code(slip.address, side: dots(Double(block.size)), beside: texts)]
  }

  /// The receipt of what the client has agreed to.
  private func shares(_ size: Double) -> [Element] {
    guard !slip.shares.isEmpty else { return [] }
    return [.texts(slip.shares.map { paragraph($0, size, alignment: .start, maxLines: 4) })]
  }

  private func foot(_ size: Double, alignment: TextStyle.Alignment) -> SlipLayout.Paragraph {
    let line = RichText(
      [.code(slip.issued), .text(" · ", language: "en"), .code(slip.shortCode)],
      direction: .leftToRight)
    return SlipLayout.Paragraph(
      text: line, weight: .regular, alignment: alignment, size: letters(size),
      minimumSize: letters(20), maxLines: 2)
  }

  private func text(_ block: SlipTemplate.Block) -> [Element] {
    guard let words = block.words[slip.follow.language] else { return [] }
    let weight: TextStyle.Weight = block.isBold ? .bold : .regular
    return [.texts([paragraph(words, Double(block.size), weight: weight, maxLines: 3)])]
  }
}

// MARK: - Sizes

extension SlipBuilder {
  private static let referenceWidth = 576.0
  private static let smallestTextScale = 0.82
  /// So much smaller may letters become to fit a line, and never smaller than `leastLetters`.
  private static let leastShare = 0.74
  private static let leastLetters = 22.0

  func dots(_ length: Double) -> Int {
    max(1, Int((length * Double(width) / Self.referenceWidth).rounded()))
  }

  private func letters(_ size: Double) -> Double {
    (size * max(Self.smallestTextScale, Double(width) / Self.referenceWidth)).rounded()
  }

  private func paragraph(
    _ phrase: Phrase, _ size: Double, weight: TextStyle.Weight = .regular,
    alignment: TextStyle.Alignment = .center, maxLines: Int = 2
  ) -> SlipLayout.Paragraph {
    let direction: TextDirection =
      phrase.direction == .rightToLeft ? .rightToLeft : .leftToRight
    let least = max(Self.leastLetters, size * Self.leastShare)
    return SlipLayout.Paragraph(
      text: .isolatingCodes(phrase.text, language: phrase.language.text, direction: direction),
      weight: weight, alignment: alignment, size: letters(size),
      minimumSize: letters(min(size, least)), maxLines: maxLines)
  }
}

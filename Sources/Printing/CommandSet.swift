internal import Canvas

/// What is said to a printer of one profile, in its dialect: init, body, fence, cut, fence.
struct CommandSet: Sendable {
  let profile: PrinterProfile

  private var isStar: Bool { profile.dialect.isStar }

  // MARK: Asking

  /// Makes the printer ready for a slip and lets it tell changes of its state.
  var initialisation: [UInt8] {
    if isStar { return Star.initialise + automaticStatus }
    return EscPos.initialise + automaticStatus
      + (profile.fence == .processID ? EscPos.disableRealTimePulses : [])
  }

  /// Lets it tell changes of its state, where it can; it tells the present one at once.
  var automaticStatus: [UInt8] {
    guard profile.automaticStatus else { return [] }
    return isStar ? Star.automaticStatus : EscPos.automaticStatus
  }

  /// Asks for its state; answered at once, whatever it is doing.
  var statusRequest: [UInt8] { isStar ? Star.statusRequest : EscPos.statusRequests }

  var identityRequest: [UInt8] { isStar ? Star.identity : EscPos.identity }

  /// Nil where the printer cannot prove that its buffer is empty.
  var clearRequest: [UInt8]? { profile.clearsBuffer ? EscPos.clearBuffer : nil }

  /// Ends whatever an earlier, broken connection left half said, and cuts what it left on the paper.
  ///
  /// Zeroes fill up the rest of a picture; outside of pictures they are ignored.
  func cleanStart(isBufferClear: Bool) -> [UInt8] {
    let longest = profile.bandRows * bytesPerRow + Self.longestCommand
    let filling = isBufferClear ? [] : [UInt8](repeating: 0, count: longest)
    return filling + (profile.dialect == .starLine ? Star.leaveRaster : []) + initialisation
      + cut
  }

  /// No command that we send has more bytes beside its picture.
  private static let longestCommand = 32

  private var bytesPerRow: Int { (profile.widthDots + 7) / 8 }

  // MARK: A slip

  /// Rows of each band, in order.
  func bands(heightDots: Int) -> [Range<Int>] {
    stride(from: 0, to: heightDots, by: profile.bandRows).map {
      $0..<min($0 + profile.bandRows, heightDots)
    }
  }

  /// The commands that print `band`, which is at most `profile.bandRows` high, free of bytes that a
  /// printer would obey at once.
  func body(of band: Monochrome) -> [UInt8] {
    let picture = band.without(isStar ? Star.hazards : EscPos.hazards)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(picture.bytes.count + 64)
    if profile.dialect == .starLine { bytes += Star.enterRaster }
    for stretch in PictureRows.stretches(of: picture, feedsBlankRows: profile.feedsBlankRows) {
      if stretch.isBlank {
        bytes += feed(dots: stretch.rows.count)
      } else {
        append(stretch.rows, of: picture, to: &bytes)
      }
    }
    if profile.dialect == .starLine { bytes += Star.leaveRaster }
    return bytes
  }

  private func append(_ rows: Range<Int>, of picture: Monochrome, to bytes: inout [UInt8]) {
    switch profile.dialect {
    case .escPosRaster:
      bytes += EscPos.raster(bytesPerRow: picture.bytesPerRow, rows: rows.count)
      bytes += picture.bytes(ofRows: rows)
    case .escPosGraphics:
      appendGraphics(rows, of: picture, to: &bytes)
    case .starPRNT:
      bytes += Star.raster(bytesPerRow: picture.bytesPerRow, rows: rows.count)
      bytes += picture.bytes(ofRows: rows)
    case .starLine:
      for row in rows {
        // A row ends with its last dot: what is not sent stays white.
        let data = picture.bytes(ofRows: row..<row + 1)
        let count = (data.lastIndex { $0 != 0 } ?? data.startIndex) - data.startIndex + 1
        bytes += Star.row(bytes: count)
        bytes += data.prefix(count)
      }
    }
  }

  /// The length in the command's head may itself be a real-time command: then the picture goes in
  /// two parts, whose lengths are none.
  private func appendGraphics(_ rows: Range<Int>, of picture: Monochrome, to bytes: inout [UInt8]) {
    let head = EscPos.storeGraphics(widthDots: picture.width, rows: rows.count)
    guard !EscPos.hazards.has(head[3], head[4]) || rows.count == 1 else {
      for part in [rows.dropLast(), rows.suffix(1)] {
        appendGraphics(part, of: picture, to: &bytes)
      }
      return
    }
    bytes += head
    bytes += picture.bytes(ofRows: rows)
    bytes += EscPos.printGraphics
  }

  private func feed(dots: Int) -> [UInt8] {
    switch profile.dialect {
    case .escPosRaster, .escPosGraphics: EscPos.feed(dots: dots)
    case .starPRNT: Star.feed(dots: dots)
    case .starLine: Star.moveDown(dots: dots)
    }
  }

  // MARK: After the picture

  /// Asks for a proof that all before it is done.
  func fence(_ token: FenceToken) -> [UInt8] {
    switch profile.fence {
    case .processID: EscPos.processID(token)
    case .status:
      FencePattern.asksForText(token.bytes[0]).flatMap { $0 ? EscPos.model : EscPos.sensors }
    case .document: Star.document(token)
    case .etb: Star.etb
    }
  }

  var tokenLength: Int { profile.fence == .status ? 1 : isStar ? 2 : 4 }

  /// Feeds to the cutter and cuts; without a cutter, to the bar where the paper is torn off.
  var cut: [UInt8] {
    let feedDots = profile.feedBeforeCutDots
    switch profile.cutter {
    case .none:
      return feedOutside(dots: feedDots + Self.tearOffMillimetres * profile.dotsPerMillimetre)
    case .partial, .full:
      let isFull = profile.cutter == .full
      guard isStar else { return EscPos.cut(isFull: isFull, feedDots: feedDots) }
      return feedOutside(dots: feedDots) + Star.cut(isFull: isFull)
    }
  }

  private func feedOutside(dots: Int) -> [UInt8] {
    isStar ? Star.feed(dots: dots) : EscPos.feed(dots: dots)
  }

  /// From the head to the tear bar.
  static let tearOffMillimetres = 13

  /// How long the paper of a slip takes, in milliseconds.
  func predictedMilliseconds(heightDots: Int) -> Int64 {
    Int64(heightDots) * 1_000 / Int64(profile.rowsPerSecond)
  }
}

/// Cuts the bytes of a connection into commands, as they arrive.
struct CommandReader: Sendable {
  /// A command that was recognised, or not yet.
  enum Reading: Equatable {
    case more
    case nothing
    case command(Command)
    /// Rows follow.
    case picture(width: Int, rows: Int, isStored: Bool)
    /// So many bytes that mean nothing to it follow.
    case skip(Int)
    /// `GS ( D`: switches DLE DC4 1 (false: pulse) or 2 (power off).
    case realTime(pulse: Bool?, powerOff: Bool?)
    case enterRaster
    case leaveRaster
    case unknown
  }

  struct Picture: Equatable, Sendable {
    var width: Int
    var rows: Int
    var isStored: Bool
    /// Rows of it that came.
    var row = 0
    /// Bytes of the current row that came.
    var column = 0
  }

  /// The longest row that is kept in memory; bytes to the right of it are beyond any paper.
  private static let widestRow = 128

  let model: VirtualModel
  /// The bytes of a command that is not whole yet.
  private(set) var head: [UInt8] = []
  private(set) var picture: Picture?
  private var line: [UInt8] = []
  private var skip = 0
  /// Star line mode: between entering and leaving raster mode.
  private(set) var isInRasterMode = false
  /// Set by `GS ( D`.
  private(set) var obeysPulse = true
  private(set) var obeysPowerOff = true

  init(model: VirtualModel) { self.model = model }

  /// Nothing is half read.
  var isAtRest: Bool { head.isEmpty && picture == nil && skip == 0 && !isInRasterMode }

  /// Pictures of which at least the header came, and fences that came.
  private(set) var picturesBegun = 0
  private(set) var fencesRead = 0

  /// A new connection: what was half read is forgotten, settings stay.
  mutating func forget() {
    head = []
    picture = nil
    line = []
    skip = 0
    isInRasterMode = false
  }

  /// Between the first and the last byte of a picture's header.
  var isInPictureHeader: Bool {
    guard let first = head.first else { return false }
    if model.family == .escpos {
      return head.starts(with: [0x1D, 0x76]) || head.starts(with: [0x1D, 0x28, 0x4C])
    }
    return head.starts(with: [0x1B, 0x1D, 0x53]) || (isInRasterMode && first == 0x62)
  }

  mutating func read(_ bytes: ArraySlice<UInt8>, into queue: inout PrintQueue) {
    var rest = bytes
    while let byte = rest.first {
      if picture != nil {
        readPicture(&rest, into: &queue)
      } else if skip > 0 {
        let count = min(skip, rest.count)
        skip -= count
        rest = rest.dropFirst(count)
      } else {
        rest = rest.dropFirst()
        head.append(byte)
        obey(&queue)
      }
    }
  }

  private mutating func obey(_ queue: inout PrintQueue) {
    switch model.family == .escpos ? readEscPos(head) : readStar(head) {
    case .more: return
    case .nothing: break
    case .command(let command):
      if case .fence = command { fencesRead += 1 }
      queue.append(command, bytes: head.count)
    case .picture(let width, let rows, let isStored):
      picturesBegun += 1
      if isStored { queue.append(.store(width: min(width, Self.widestRow)), bytes: head.count) }
      if width > 0, rows > 0 { picture = Picture(width: width, rows: rows, isStored: isStored) }
    case .skip(let count):
      for byte in head { queue.appendUnknown(byte) }
      skip = count
    case .realTime(let pulse, let powerOff):
      obeysPulse = pulse ?? obeysPulse
      obeysPowerOff = powerOff ?? obeysPowerOff
    case .enterRaster: isInRasterMode = true
    case .leaveRaster: isInRasterMode = false
    case .unknown: for byte in head { queue.appendUnknown(byte) }
    }
    head.removeAll(keepingCapacity: true)
  }

  // MARK: Pictures

  private mutating func readPicture(_ rest: inout ArraySlice<UInt8>, into queue: inout PrintQueue) {
    guard var picture else { return }
    let kept = min(picture.width, Self.widestRow)
    if picture.column == 0, kept == picture.width, rest.count >= picture.width {
      let fine = max(0, model.maximumBandRows - picture.row)
      let left = picture.rows - picture.row
      let count = min(rest.count / picture.width, left, fine > 0 ? fine : left)
      queue.appendRows(
        rest.prefix(count * picture.width), width: picture.width, count: count,
        isGarbled: fine == 0, isStored: picture.isStored)
      rest = rest.dropFirst(count * picture.width)
      picture.row += count
    } else {
      let count = min(rest.count, picture.width - picture.column)
      line += rest.prefix(min(count, max(0, kept - picture.column)))
      rest = rest.dropFirst(count)
      picture.column += count
      if picture.column == picture.width {
        queue.appendRows(
          line[...], width: kept, count: 1, isGarbled: picture.row >= model.maximumBandRows,
          isStored: picture.isStored)
        line.removeAll(keepingCapacity: true)
        picture.column = 0
        picture.row += 1
      }
    }
    self.picture = picture.row == picture.rows ? nil : picture
  }
}

/// What the command line asks for.
struct Options: Equatable, Sendable {
  var server = ""
  var screen = ""
  var tokenFile = ""
  /// Where each presented frame is written, if anywhere.
  var pngFile: String?
  /// Where a line for each presented frame is appended, if anywhere.
  var framesLog: String?
  /// Nil: as large as the screen.
  var size: PixelSize?
  var isWindowed = false
  var isMute = false
  /// A part of `size`: a preview of the whole board in a small window.
  var scale = 1.0

  /// What a side in pixels may be.
  static let sides = 320...16_384
  static let scales = 0.1...1.0

  static let usage = """
    usage: rossio-display --server URL --screen ID --token-file FILE [options]

      --server URL        the daemon, for example http://hall.example:8080
      --screen ID         the screen's name in the venue's configuration, for example hall-1
      --token-file FILE   a file with one line: what `rossio token --role display` printed
      --windowed          a window that can be moved, instead of the whole screen
      --size WxH          the picture's size in pixels; 1920x1080 where there is no screen
      --scale FACTOR      0.1 to 1: draws the same board smaller, to preview it in a window
      --mute              no chime
      --png FILE          writes the frame there too, five times a second at most; needs no screen
      --frames-log FILE   appends a line of JSON for each frame shown
      --help              this text

    Esc and q end it.
    """

  /// Why a command line was not understood.
  struct Mistake: Error, Equatable, CustomStringConvertible {
    var description: String
  }

  enum Outcome: Equatable, Sendable {
    case run(Options)
    case showUsage
  }

  /// Reads the arguments after the program's name.
  static func parse(_ arguments: [String]) throws(Mistake) -> Outcome {
    var options = Options()
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return .showUsage }
      if options.take(flag: name) { continue }
      guard valued.contains(name) else { throw Mistake(description: "\(name) is not an option.") }
      guard let value = rest.popFirst(), !value.isEmpty, !value.hasPrefix("--") else {
        throw Mistake(description: "\(name) needs a value behind it.")
      }
      try options.take(name, value)
    }
    for (name, value) in [
      ("--server", options.server), ("--screen", options.screen),
      ("--token-file", options.tokenFile),
    ] where value.isEmpty {
      throw Mistake(description: "\(name) is missing.")
    }
    return .run(options)
  }

  private static let valued: Set<String> = [
    "--server", "--screen", "--token-file", "--png", "--frames-log", "--size", "--scale",
  ]

  private mutating func take(flag: String) -> Bool {
    switch flag {
    case "--windowed": isWindowed = true
    case "--mute": isMute = true
    default: return false
    }
    return true
  }

  private mutating func take(_ name: String, _ value: String) throws(Mistake) {
    switch name {
    case "--server":
      guard value.hasPrefix("http://") || value.hasPrefix("https://") else {
        throw Mistake(
          description: "--server \(value): the address starts with http:// or https://.")
      }
      server = value
      while server.hasSuffix("/") { server.removeLast() }
    case "--screen":
      guard value.utf8.count <= 64, value.utf8.allSatisfy(Self.mayStandInName) else {
        throw Mistake(
          description: "--screen \(value): a name has letters, digits, - and _, 64 at most.")
      }
      screen = value
    case "--token-file": tokenFile = value
    case "--png": pngFile = value
    case "--frames-log": framesLog = value
    case "--size": size = try Self.size(value)
    default: scale = try Self.scale(value)
    }
  }

  private static func mayStandInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func size(_ text: String) throws(Mistake) -> PixelSize {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      sides.contains(width), sides.contains(height)
    else {
      throw Mistake(
        description: """
          --size \(text): write WIDTHxHEIGHT, each \(sides.lowerBound) to \(sides.upperBound), \
          for example 1920x1080.
          """)
    }
    return PixelSize(width: width, height: height)
  }

  private static func scale(_ text: String) throws(Mistake) -> Double {
    guard let scale = Double(text), scales.contains(scale) else {
      throw Mistake(
        description: """
          --scale \(text): write a number from \(scales.lowerBound) to \(scales.upperBound), \
          for example 0.5.
          """)
    }
    return scale
  }
}

extension PixelSize {
  func scaled(by factor: Double) -> PixelSize {
    PixelSize(
      width: max(1, Int((Double(width) * factor).rounded())),
      height: max(1, Int((Double(height) * factor).rounded())))
  }
}

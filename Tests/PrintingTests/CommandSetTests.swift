import Canvas
import Testing

@testable import Printing

@Suite("Command set")
struct CommandSetTests {
  @Test(
    "what is sent is what was drawn, dot for dot, in every dialect",
    arguments: StreamDecoder.Dialect.allCases, [384, 420, 576])
  func roundTrip(dialect: StreamDecoder.Dialect, width: Int) throws {
    let press = SlipPress()
    let profile = try PrinterProfile(
      dialect: #require(PrinterProfile.Dialect(rawValue: dialect.rawValue)), widthDots: width)
    for language in ["pt", "ar"] {
      let slip = try press.press(Samples.slip(language), widthDots: width)
      let stream = try stream(of: slip, profile)
      let picture = try slip.band(0..<slip.heightDots)
      let decoded = try StreamDecoder.decode(stream, width: width, dialect: dialect)
      let printed = try #require(decoded.slips.first)
      #expect(decoded.slips.count == 1)
      #expect(printed.rows == StreamDecoder.rows(of: expected(picture, profile)))
      #expect(printed.fences == [token(14, profile).bytes])
      #expect(decoded.rest.fences == [token(15, profile).bytes])
      #expect(printed.largestRaster <= profile.bandRows)
      #expect(printed.hazards == 0)
    }
  }

  private func token(_ number: Int64, _ profile: PrinterProfile) -> FenceToken {
    FenceToken(number: number, length: profile.dialect.isStar ? 2 : 4)
  }

  @Test("blank rows become feeds: a slip of 576 dots takes less than its picture")
  func blankRowsAreFed() throws {
    let press = SlipPress()
    let slip = try press.press(Samples.slip(), widthDots: 576)
    let picture = try slip.band(0..<slip.heightDots)
    #expect(try stream(of: slip, PrinterProfile()).count < picture.bytes.count * 9 / 10)
    var profile = PrinterProfile()
    profile.feedsBlankRows = false
    let rows = try StreamDecoder.decode(stream(of: slip, profile), width: 576).slips[0].rows
    #expect(rows == StreamDecoder.rows(of: expected(picture, profile)))
  }

  @Test(
    "random pictures come back dot for dot, at most one dot off for each hazard",
    arguments: StreamDecoder.Dialect.allCases)
  func randomPictures(dialect: StreamDecoder.Dialect) throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix64(seed: seed)
    for round in 0..<60 {
      let picture = hazardousPicture(&random)
      var profile = try PrinterProfile(
        dialect: #require(PrinterProfile.Dialect(rawValue: dialect.rawValue)),
        widthDots: picture.width)
      profile.feedsBlankRows = round % 3 != 0
      let body = CommandSet(profile: profile).body(of: picture)
      let comment = Comment("seed \(seed), round \(round)")
      let printed = try StreamDecoder.decode(body, width: picture.width, dialect: dialect).rest
      let clean = picture.without(dialect.isStar ? Star.hazards : EscPos.hazards)
      #expect(printed.rows == StreamDecoder.rows(of: clean), comment)
      #expect(hazards(in: body, dialect) == 0, comment)
      #expect(differences(picture, clean) <= hazards(in: picture.bytes, dialect), comment)
    }
  }

  @Test("the scan finds each of the three real-time commands", arguments: [0x04, 0x05, 0x14])
  func hazardIsNudged(second: UInt8) throws {
    let picture = try #require(Monochrome(width: 16, height: 1, packed: [0x10, second]))
    #expect(picture.without(EscPos.hazards).bytes == [0x30, second])
    let across = try #require(Monochrome(width: 8, height: 2, packed: [0x10, second]))
    #expect(across.without(EscPos.hazards).bytes == [0x30, second])
  }

  @Test("a picture without hazards is left alone")
  func harmlessPictureIsUntouched() throws {
    let picture = try #require(
      Monochrome(width: 24, height: 2, packed: [0x10, 0x03, 0x04, 0x11, 0x10, 0x06]))
    #expect(picture.without(EscPos.hazards) == picture)
  }

  @Test("tokens are four printable bytes and differ for a long while")
  func tokens() {
    let tokens = (0..<20_000).map { FenceToken(number: Int64($0), length: 4).bytes }
    #expect(Set(tokens).count == tokens.count)
    #expect(tokens.allSatisfy { $0.count == 4 && $0.allSatisfy { (0x20...0x7E).contains($0) } })
    #expect(FenceToken(bytes: [0x1F, 0x20, 0x20, 0x20] as [UInt8]) == nil)
  }

  @Test("Star's tokens are 47,961, and none looks like a command or a status")
  func starTokens() {
    let tokens = (0..<47_961).map { FenceToken(number: Int64($0), length: 2).bytes }
    #expect(Set(tokens).count == tokens.count)
    #expect(FenceToken(number: 47_961, length: 2).bytes == tokens[0])
    // Lengths of 7 to 15 in bits 1 to 3 and 5: 0F is one of seven, 21 one of eight, 2F of fifteen.
    for byte: UInt8 in [0x1B, 0x0F, 0x21, 0x2F, 0xEF] {
      #expect(FenceToken(bytes: [byte, 0x41]) == nil && FenceToken(bytes: [0x41, byte]) == nil)
    }
  }

  @Test("a status in the midst of Star's answer to a fence is taken out of it, wherever it stands")
  func statusWithinStarAnswer() throws {
    let status: [UInt8] = [0x23, 0x06, 0x28, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]
    let condition = PrinterCondition(faults: [.offline, .coverOpen], etbCounter: 0)
    let token = try #require(FenceToken(bytes: [0x41, 0xFE] as [UInt8]))
    // The last counter looks like the head of a status.
    for counter: UInt8 in [0x01, 0x42, 0x23] {
      let answer: [UInt8] = [0x1B, 0x1D, 0x03, 0x01, 0x41, 0xFE, counter, 0x00]
      for place in 0...answer.count {
        let bytes = answer[..<place] + status + answer[place...]
        for size in 1...bytes.count {
          var reader = StarReplyReader()
          let replies = stride(from: 0, to: bytes.count, by: size).flatMap {
            reader.read(Array(bytes[$0..<min($0 + size, bytes.count)]))
          }
          let isWhole =
            replies.count == 2 && replies.contains(.fence(token))
            && replies.contains(.condition(condition, isAnswer: true))
          #expect(isWhole, "at \(place), in pieces of \(size): \(replies)")
        }
      }
    }
  }

  @Test("replies are understood however the network cuts them")
  func repliesInPieces() throws {
    let bytes: [UInt8] =
      [0x16, 0x12, 0x12, 0x1E, 0x18, 0x00, 0x0C, 0x00, 0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0x00]
      + [0x5F] + Array("TM-T88".utf8) + [0x00, 0x37, 0x25, 0x00, 0xFF]
    let expected: [PrinterReply] = [
      .condition(PrinterCondition(isPaperNearEnd: true), isAnswer: true),
      .condition(PrinterCondition(faults: [.offline, .paperOut]), isAnswer: false),
      .fence(try #require(FenceToken(bytes: [0x41, 0x42, 0x43, 0x44] as [UInt8]))),
      .identity("TM-T88"), .cleared, .noise([0xFF]),
    ]
    for size in 1...bytes.count {
      var reader = EscPosReplyReader()
      var replies: [PrinterReply] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        replies += reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(replies == expected)
    }
  }

  @Test(
    "whatever a host says, it is read to the end, the same in pieces as in one",
    arguments: PrinterProfile.Dialect.allCases)
  func anyReply(dialect: PrinterProfile.Dialect) {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix64(seed: seed)
    let starts: [UInt8] = [0x37, 0x5F, 0x1B, 0x1D, 0x03, 0x01, 0x23, 0x2A, 0x12, 0x10, 0x00, 0x22]
    for round in 0..<400 {
      let bytes = (0..<300).map { _ -> UInt8 in
        Bool.random(using: &random)
          ? starts.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
      }
      var whole = ReplyReader(dialect)
      var pieces = ReplyReader(dialect)
      let replies = whole.read(bytes)
      var inPieces: [PrinterReply] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(Int.random(in: 1...9, using: &random))
        inPieces += pieces.read(Array(part))
        rest = rest.dropFirst(part.count)
      }
      #expect(replies == inPieces, "seed \(seed), round \(round)")
    }
  }

  @Test("faults are read from the status bits of the reference")
  func faults() {
    #expect(PrinterCondition(statuses: [0x12, 0x12, 0x12, 0x12]).faults.isEmpty)
    #expect(
      PrinterCondition(statuses: [0x1A, 0x36, 0x12, 0x72]).faults == [
        .offline, .coverOpen, .paperOut,
      ])
    #expect(
      PrinterCondition(statuses: [0x1A, 0x52, 0x1A, 0x12]).faults == [.offline, .error, .cutter])
    #expect(
      PrinterCondition(statuses: [0x12, 0x12, 0x12, 0x1E]).faults.isEmpty, "near end is no fault")
    #expect(
      PrinterCondition(statuses: [0x1A, 0x36, 0x12, 0x72]).faults.description
        == "paper out, cover open")
  }

  // MARK: Helpers

  private func stream(of slip: PressedSlip, _ profile: PrinterProfile) throws -> [UInt8] {
    let encoder = CommandSet(profile: profile)
    var bytes = encoder.initialisation
    for rows in encoder.bands(heightDots: slip.heightDots) {
      bytes += encoder.body(of: try slip.band(rows))
    }
    bytes += encoder.fence(token(14, profile))
    bytes += encoder.cut
    return bytes + encoder.fence(token(15, profile))
  }

  /// The picture with each band's hazards nudged.
  private func expected(_ picture: Monochrome, _ profile: PrinterProfile) -> Monochrome {
    var result = Monochrome(width: picture.width, height: 0)
    for rows in CommandSet(profile: profile).bands(heightDots: picture.height) {
      let bytes = Array(
        picture.bytes[rows.lowerBound * picture.bytesPerRow..<rows.upperBound * picture.bytesPerRow]
      )
      guard let band = Monochrome(width: picture.width, height: rows.count, packed: bytes)
      else { continue }
      result.append(band.without(profile.dialect.isStar ? Star.hazards : EscPos.hazards))
    }
    return result
  }

  /// Random width and height, with many bytes 10, 04, 05, 14 and many blank rows.
  private func hazardousPicture(_ random: inout SplitMix64) -> Monochrome {
    let width = Int.random(in: 1...640, using: &random)
    let height = Int.random(in: 1...256, using: &random)
    let bytesPerRow = (width + 7) / 8
    var bytes: [UInt8] = []
    while bytes.count < height * bytesPerRow {
      if Int.random(in: 0..<4, using: &random) == 0 {
        let blank = Int.random(in: 1...20, using: &random) * bytesPerRow
        bytes += [UInt8](repeating: 0, count: blank)
      } else {
        let kinds: [UInt8] = [
          0x10, 0x10, 0x04, 0x05, 0x14, 0x1B, 0x06, 0x00, .random(in: 0...255, using: &random),
        ]
        bytes.append(kinds.randomElement(using: &random) ?? 0)
      }
    }
    let packed = Array(bytes.prefix(height * bytesPerRow))
    return Monochrome(width: width, height: height, packed: packed)
      ?? Monochrome(width: width, height: height)
  }

  private func hazards(in bytes: [UInt8], _ dialect: StreamDecoder.Dialect) -> Int {
    zip(bytes, bytes.dropFirst()).count {
      dialect.isStar ? $0 == 0x1B && $1 == 0x06 : $0 == 0x10 && [0x04, 0x05, 0x14].contains($1)
    }
  }

  private func differences(_ first: Monochrome, _ second: Monochrome) -> Int {
    zip(first.bytes, second.bytes).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }
}

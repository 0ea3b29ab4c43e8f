/// What a printer says, as far as anything follows from it.
enum PrinterReply: Equatable {
  /// How it is; `isAnswer` when it was asked for that. Star's printers answer in the same form in
  /// which they tell changes: every one of theirs counts as an answer.
  case condition(PrinterCondition, isAnswer: Bool)
  /// The fence with this token was reached.
  case fence(FenceToken)
  /// The answer to `GS r 1`: paper sensors. It comes in its turn, so it is a fence without a token.
  case sensors
  /// Maker or model, as the printer claims.
  case identity(String)
  /// The buffers were cleared (`DLE DC4 8`).
  case cleared
  /// Bytes that mean nothing here.
  case noise([UInt8])
}

/// The first line of what a host said, as far as it can be read: it is quoted where it is no printer.
func firstWords(of bytes: [UInt8]) -> String {
  let line = bytes.split { $0 == 0x0D || $0 == 0x0A }.first ?? []
  return String(decoding: line.filter { (0x20...0x7E).contains($0) }.prefix(40), as: UTF8.self)
}

/// Splits the bytes of a printer into replies, however the network cut them. Bounded: it keeps no
/// more than one unfinished reply.
struct ReplyReader {
  private enum Form {
    case escPos(EscPosReplyReader)
    case star(StarReplyReader)
  }

  private var form: Form

  init(_ dialect: PrinterProfile.Dialect) {
    form = dialect.isStar ? .star(StarReplyReader()) : .escPos(EscPosReplyReader())
  }

  mutating func read(_ bytes: [UInt8]) -> [PrinterReply] {
    switch form {
    case .escPos(var reader):
      defer { form = .escPos(reader) }
      return reader.read(bytes)
    case .star(var reader):
      defer { form = .star(reader) }
      return reader.read(bytes)
    }
  }

  /// The printer is asked for its status: what answers come from now on are to this question.
  mutating func statusAsked() {
    guard case .escPos(var reader) = form else { return }
    reader.statusAsked()
    form = .escPos(reader)
  }
}

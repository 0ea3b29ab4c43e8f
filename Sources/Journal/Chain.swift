import Venue

/// One row of the table `event`, as it stands in the file.
struct EventRow {
  let sequence: Int64
  /// Milliseconds, as in `Instant`.
  let time: Int64
  let schema: Int64
  let payload: [UInt8]
  let chain: [UInt8]
}

/// Each row carries the hash of itself and the row before, so that no row can be changed, moved or
/// taken out without all later hashes.
///
/// `chain(n) = BLAKE2b-256(chain(n - 1), sequence, time, schema, payload)`: the hash before in 32
/// bytes, three numbers of 8 bytes with the lowest first, then the payload. `chain(0)` is the hash of
/// the ASCII text `Rossio journal 1`.
struct Chain: Equatable {
  private(set) var sequence: UInt64
  private(set) var time: Instant
  private(set) var hash: [UInt8]

  static let genesis = Chain(
    sequence: 0, time: Instant(milliseconds: .min),
    hash: Digest.hash(Array("Rossio journal 1".utf8)))

  /// Goes on after `row`, whose own hash is believed.
  init(after row: EventRow) {
    self.init(
      sequence: UInt64(clamping: row.sequence), time: Instant(milliseconds: row.time),
      hash: row.chain)
  }

  private init(sequence: UInt64, time: Instant, hash: [UInt8]) {
    self.sequence = sequence
    self.time = time
    self.hash = hash
  }

  /// The row of `record`, which is the next one.
  mutating func append(_ record: Record) -> EventRow {
    precondition(record.sequence == sequence + 1, "the journal has no gaps")
    precondition(record.time >= time, "the daemon's clock never goes back")
    let payload = EventCodec.encode(record.event)
    let row = EventRow(
      sequence: Int64(record.sequence), time: record.time.milliseconds,
      schema: EventCodec.schema, payload: payload,
      chain: link(
        sequence: Int64(record.sequence), time: record.time.milliseconds,
        schema: EventCodec.schema, payload: payload))
    self = Chain(after: row)
    return row
  }

  /// What `row` says, and all that is wrong with it; then goes on after it.
  mutating func read(_ row: EventRow) -> (record: Record?, faults: [JournalFault]) {
    var faults: [JournalFault] = []
    if row.sequence != Int64(sequence) &+ 1 {
      faults.append(gap(before: row.sequence))
    } else if link(row) != row.chain {
      faults.append(
        JournalFault(
          sequence: row.sequence, words: "does not fit its hash: it was changed, or one before it"))
    }
    if row.time < time.milliseconds {
      faults.append(
        JournalFault(sequence: row.sequence, words: "is earlier than the event before it"))
    }
    self = Chain(after: row)
    do throws(CodecError) {
      let event = try EventCodec.decode(row.payload, schema: row.schema)
      return (Record(sequence: sequence, time: time, event: event), faults)
    } catch {
      faults.append(JournalFault(sequence: row.sequence, words: "cannot be read: \(error)"))
      return (nil, faults)
    }
  }

  private func gap(before found: Int64) -> JournalFault {
    let first = Int64(sequence) &+ 1
    return found == first &+ 1
      ? JournalFault(sequence: first, words: "is missing")
      : JournalFault(sequence: first, words: "is missing, and all before event \(found)")
  }

  private func link(_ row: EventRow) -> [UInt8] {
    link(sequence: row.sequence, time: row.time, schema: row.schema, payload: row.payload)
  }

  private func link(sequence: Int64, time: Int64, schema: Int64, payload: [UInt8]) -> [UInt8] {
    var message = ByteWriter(capacity: Digest.size + 24 + payload.count)
    message.write(raw: hash)
    message.write(word: UInt64(bitPattern: sequence))
    message.write(word: UInt64(bitPattern: time))
    message.write(word: UInt64(bitPattern: schema))
    message.write(raw: payload)
    return Digest.hash(message.bytes)
  }
}

/// Something wrong with one event, or with the file.
public struct JournalFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The event that is wrong; nil when it is not one event.
  public let sequence: Int64?
  /// What is wrong; after "event 7" when there is a sequence, a sentence of its own otherwise.
  public let words: String

  public var description: String { sequence.map { "event \($0) \(words)" } ?? words }
}

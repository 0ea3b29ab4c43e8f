import Foundation
import Testing
import Venue

@testable import Journal

/// The power is cut at random: what was synced stays, of everything else each sector is old, new or
/// torn. The files are taken after each acknowledged append, when all that they hold is synced.
@Suite("A journal after a power cut") struct PowerCutTests {
  private static let sector = 512
  private static let files = ["journal.sqlite", "journal.sqlite-wal"]
  /// Images of each pair of moments; `ROSSIO_IMAGES=200` is for the night.
  private static let images =
    ProcessInfo.processInfo.environment["ROSSIO_IMAGES"].flatMap { Int($0) } ?? 3

  private struct Moment {
    let sequence: UInt64
    let database: [UInt8]
    let log: [UInt8]
  }

  /// The files after each of 25 appends, with a checkpoint at two of them.
  private func history(seed: UInt64) throws -> [Moment] {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: seed)
    let journal = try Journal.open(directory: directory.path)
    var moments: [Moment] = []
    for round in 0..<25 {
      try journal.append(scenario.records(round % 5 == 0 ? 120 : 1 + round % 3))
      if round == 8 || round == 16 { try journal.writeSnapshot(scenario.state.snapshot) }
      moments.append(
        Moment(
          sequence: journal.lastSequence, database: try directory.bytes(of: Self.files[0]),
          log: try directory.bytes(of: Self.files[1])))
      if round == 10 || round == 18 {
        try journal.checkpoint()
        moments.append(
          Moment(
            sequence: journal.lastSequence, database: try directory.bytes(of: Self.files[0]),
            log: try directory.bytes(of: Self.files[1])))
      }
    }
    return moments
  }

  /// Each sector that differs is as before, as after, or rubbish; the length anything between.
  ///
  /// Bytes of a torn sector that were not written anew stay: disks that lose them are beyond SQLite's
  /// default promise ("powersafe overwrite").
  private func torn(
    _ before: [UInt8], _ after: [UInt8], _ random: inout SeededRandom
  ) -> [UInt8] {
    let lengths = min(before.count, after.count)...max(before.count, after.count)
    let length = Int.random(in: lengths, using: &random)
    let old = before.prefix(length) + [UInt8](repeating: 0, count: max(0, length - before.count))
    let new = after.prefix(length) + old.dropFirst(after.count)
    var bytes = Array(new)
    for start in stride(from: 0, to: length, by: Self.sector) {
      let range = start..<min(start + Self.sector, length)
      guard old[range] != new[range] else { continue }
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.replaceSubrange(range, with: old[range])
      case 1:
        for index in range where old[index] != new[index] || index >= before.count {
          bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
      default: break
      }
    }
    return bytes
  }

  /// The last sequence of the journal that these files hold, after it was opened and found sound.
  private func reopen(_ database: [UInt8], _ log: [UInt8]) throws -> UInt64 {
    let directory = try ScratchDirectory()
    try directory.write(database, to: Self.files[0])
    try directory.write(log, to: Self.files[1])
    let journal = try Journal.open(directory: directory.path)
    #expect(try journal.loadState().sequence == journal.lastSequence)
    #expect(try Journal.verify(directory: directory.path).faults == [])
    return journal.lastSequence
  }

  @Test("Every acknowledged event is there, and nothing is torn", arguments: [71, 72] as [UInt64])
  func cut(seed: UInt64) throws {
    let moments = try history(seed: seed)
    var random = SeededRandom(seed: seed)
    for (before, after) in zip(moments, moments.dropFirst()) {
      let isCheckpoint = before.sequence == after.sequence && before.database != after.database
      for _ in 0..<Self.images {
        // A checkpoint writes the database while the log stands; an append writes the log alone.
        let database =
          isCheckpoint ? torn(before.database, after.database, &random) : before.database
        let log = isCheckpoint ? before.log : torn(before.log, after.log, &random)
        let last = try reopen(database, log)
        #expect(
          last == before.sequence || last == after.sequence,
          "seed \(seed), acknowledged \(before.sequence), found \(last)")
      }
    }
  }

  @Test("The test sees a loss: a log that was never synced lacks what was acknowledged")
  func control() throws {
    let moments = try history(seed: 73)
    let (before, after) = (moments[3], moments[4])
    let last = try reopen(after.database, Array(after.log[..<(before.log.count - 4_096)]))
    #expect(last < before.sequence)
  }
}

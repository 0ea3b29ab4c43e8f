import Foundation
import Testing
import VirtualPrinters

@testable import Printing

/// Every fault script, in every dialect, with many seeds, in virtual time; the roll is the judge.
///
/// `ROSSIO_SEEDS` is how many seeds each pair is run with: 500 in the long form.
@Suite("Fault matrix")
struct FaultMatrixTests {
  static let seeds = ProcessInfo.processInfo.environment["ROSSIO_SEEDS"].flatMap { Int($0) } ?? 12

  struct Printer: Sendable, CustomTestStringConvertible {
    var name: String
    var profile: PrinterProfile
    var model: VirtualModel
    var testDescription: String { name }
  }

  static let width = 64

  static let printers: [Printer] =
    PrinterProfile.Dialect.allCases.map { dialect in
      var profile = PrinterProfile(dialect: dialect, widthDots: width)
      profile.bandRows = 64
      if dialect == .starLine { profile.fence = .etb }
      return Printer(
        name: dialect.rawValue, profile: profile,
        model: VirtualModel(family: dialect.isStar ? .star : .escpos, widthDots: width))
    } + [clone]

  /// A clone: a small buffer, a fence without a token, no proof that its buffer is empty.
  private static var clone: Printer {
    var profile = PrinterProfile(dialect: .escPosRaster, widthDots: width)
    profile.bandRows = 32
    profile.fence = .status
    profile.clearsBuffer = false
    profile.chunk = .weakBuffer
    var model = VirtualModel(family: .escpos, widthDots: width)
    model.knowsProcessID = false
    model.bufferBytes = 4_096
    return Printer(name: "clone", profile: profile, model: model)
  }

  @Test("no fault makes a slip “printed” that is not on the roll", arguments: printers)
  func everyFault(_ printer: Printer) async throws {
    let base = UInt64.random(in: .min ... .max)
    let seeds = Self.seeds
    let failures = try await onThread {
      var failures: [String] = []
      for fault in VirtualFault.all {
        for index in 0..<seeds {
          let seed = base &+ UInt64(index)
          if let failure = try Self.run(printer, fault, seed) { failures.append(failure) }
        }
        if failures.count > 20 { break }
      }
      return failures
    }
    #expect(failures.isEmpty, "\(failures.prefix(20).joined(separator: "\n"))")
  }

  /// One run again, with what the driver logs: `ROSSIO_RUN=PRINTER,FAULT,SEED`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ROSSIO_RUN"] != nil))
  func oneRun() throws {
    let words = (ProcessInfo.processInfo.environment["ROSSIO_RUN"] ?? "").split(separator: ",")
    try #require(words.count == 3)
    let printer = try #require(Self.printers.first { $0.name == words[0] })
    let failure = try Self.run(
      printer, VirtualFault(String(words[1])), #require(UInt64(words[2])), isTold: true)
    #expect(failure == nil)
  }

  private static func run(
    _ printer: Printer, _ fault: VirtualFault, _ seed: UInt64, isTold: Bool = false
  ) throws -> String? {
    let world = try VirtualWorld(
      VirtualWorld.Setup(
        profile: printer.profile, model: printer.model, faults: [fault], seed: seed,
        crashes: seed % 4 == 0, copiesUnknown: seed % 8 == 1,
        isTold: isTold))
    world.run(until: 600_000)
    try world.retryUnknown()
    world.run(until: 1_200_000)
    try world.judge(isMended: false)
    guard !world.problems.isEmpty else { return nil }
    return "\(printer.name), \(fault), seed \(seed): \(world.problems.joined(separator: "; "))"
  }
}

import Foundation
import Testing
import VirtualPrinters

@testable import Printing

/// Every fault script, in every dialect, with many seeds, in virtual time; the roll is the judge.
///
/// `ROSSIO_SEEDS` is how many seeds each pair is run with: 500 in the long form.
@Suite("Fault matrix")
struct FaultMatrixTests {
  static let seeds = ProcessInfo.processInfo.environment["ROSSIO_SEEDS"].flatMap { Int($0) } ?? 4

  struct Printer: Sendable, CustomTestStringConvertible {
    var name: String
    var profile: PrinterProfile
    var model: VirtualModel
    /// What is wrong with it in every run.
    var habits: [VirtualFault] = []
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

  /// A clone: a small buffer that overruns without a word, a fence without a token, no proof that its buffer is empty.
  private static var clone: Printer {
    var profile = PrinterProfile(dialect: .escPosRaster, widthDots: width)
    profile.bandRows = 32
    profile.fence = .status
    profile.clearsBuffer = false
    profile.chunk = .weakBuffer
    profile.bandByBand = true
    var model = VirtualModel(family: .escpos, widthDots: width)
    model.knowsProcessID = false
    return Printer(
      name: "clone", profile: profile, model: model, habits: [VirtualFault(.overflows, 400)])
  }

  @Test("no fault makes a slip “printed” that is not on the roll", arguments: printers)
  func everyFault(_ printer: Printer) async throws {
    try await everySeed(printer) { fault, seed in
      try Self.run(printer, fault, seed)
    }
  }

  @Test(
    "when a fault is over, every slip comes out, with a person's help at most", arguments: printers)
  func everyFaultMended(_ printer: Printer) async throws {
    try await everySeed(printer) { fault, seed in
      guard !fault.kind.isHabit || Self.isHarmlessHabit(fault.kind) else { return nil }
      let mended = VirtualFault(fault.kind, fault.value, healing: .after(20_000))
      return try Self.run(printer, mended, seed, isMended: true)
    }
  }

  /// Habits stay for ever; with these a printer can be lived with.
  private static func isHarmlessHabit(_ kind: VirtualFault.Kind) -> Bool {
    switch kind {
    case .httpServer, .sshBanner, .overflows: false
    default: true
    }
  }

  private func everySeed(
    _ printer: Printer, _ run: @escaping @Sendable (VirtualFault, UInt64) throws -> String?
  ) async throws {
    let base = UInt64.random(in: .min ... .max)
    let failures = try await onThread {
      var failures: [String] = []
      for fault in VirtualFault.all where failures.count < 20 {
        for index in 0..<Self.seeds {
          if let failure = try run(fault, base &+ UInt64(index)) { failures.append(failure) }
        }
      }
      return failures
    }
    #expect(failures.isEmpty, "\(failures.prefix(20).joined(separator: "\n"))")
  }

  /// One run again, with what the driver logs: `ROSSIO_RUN="PRINTER FAULT SEED"`.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["ROSSIO_RUN"] != nil, "ROSSIO_RUN names no run"))
  func oneRun() throws {
    let words = (ProcessInfo.processInfo.environment["ROSSIO_RUN"] ?? "").split(separator: " ")
    try #require(words.count == 3)
    let printer = try #require(Self.printers.first { $0.name == words[0] })
    let failure = try Self.run(
      printer, VirtualFault(String(words[1])), #require(UInt64(words[2])),
      isMended: words[1].hasSuffix("s"), isTold: true)
    #expect(failure == nil)
  }

  private static func run(
    _ printer: Printer, _ fault: VirtualFault, _ seed: UInt64, isMended: Bool = false,
    isTold: Bool = false
  ) throws -> String? {
    let world = try VirtualWorld(
      VirtualWorld.Setup(
        profile: printer.profile, model: printer.model, faults: printer.habits + [fault],
        seed: seed,
        crashes: seed % 4 == 0, copiesUnknown: seed % 8 == 1,
        isTold: isTold))
    world.run(until: 600_000)
    for end in [Int64(1_200_000), 1_800_000, 2_400_000] {
      try world.retryUnknown()
      world.run(until: end)
    }
    try world.judge(isMended: isMended)
    guard !world.problems.isEmpty else { return nil }
    return "\(printer.name), \(fault), seed \(seed): \(world.problems.joined(separator: "; "))"
  }
}

import Testing
import Venue
import VirtualPrinters

@testable import Printing

/// A slip whose paper ran out in the middle, in virtual time: half of it is in somebody's hand.
@Suite("Stuck slips")
struct StuckSlipTests {
  /// The paper comes back after a minute.
  private func world() throws -> VirtualWorld {
    let printer = FaultMatrixTests.printers[0]
    return try VirtualWorld(
      VirtualWorld.Setup(
        profile: printer.profile, model: printer.model,
        faults: [VirtualFault(.paperOut, 20, healing: .after(60_000))], seed: 7, jobs: 1))
  }

  @Test(
    "are in doubt for people after a quarter of a minute, and come out as copies with new paper")
  func told() throws {
    let world = try world()
    world.run(until: 12_000)
    #expect(world.outcomes.isEmpty)
    world.run(until: 30_000)
    #expect(world.outcomes.map(\.result) == [.unknown])
    #expect(world.outcomes.map(\.reason) == [.paperOut])
    #expect(try world.spool.state(ofKey: "k1") == .printing)
    world.run(until: 200_000)
    #expect(world.outcomes.map(\.result) == [.unknown, .printed])
    #expect(world.outcomes.last?.isCopy == true && world.outcomes.last?.reason == nil)
    try world.judge(isMended: true)
    #expect(world.problems.isEmpty, "\(world.problems)")
  }

  @Test("that somebody has settled meanwhile do not come out again")
  func settled() throws {
    let world = try world()
    world.run(until: 30_000)
    _ = try world.spool.discard(key: "k1", at: Instant(milliseconds: 1))
    world.run(until: 200_000)
    #expect(try world.spool.state(ofKey: "k1") == .discarded)
    #expect(try world.spool.entries().map(\.reason) == [nil], "nobody has to look after it")
    #expect(world.outcomes.map(\.result) == [.unknown])
    try world.judge(isMended: false)
    #expect(world.problems.isEmpty, "\(world.problems)")
  }

  /// A printer that is well and never answers a fence, for a minute and a half.
  @Test("that are never proven make a printer one that proves nothing, until it does again")
  func unproven() throws {
    let printer = FaultMatrixTests.printers[0]
    let world = try VirtualWorld(
      VirtualWorld.Setup(
        profile: printer.profile, model: printer.model,
        faults: [VirtualFault(.ignoresFences, 1, healing: .after(90_000))], seed: 7, jobs: 2))
    func isUnproven() throws -> Bool { try world.spool.paper(in: "P1").isUnproven }
    while world.outcomes.isEmpty, world.now < 80_000 { world.run(until: world.now + 1_000) }
    #expect(try world.outcomes.map(\.reason) == [.noProof] && !isUnproven())
    while world.outcomes.count < 2, world.now < 80_000 { world.run(until: world.now + 1_000) }
    #expect(try world.outcomes.map(\.reason) == [.noProof, .noProof] && isUnproven())
    #expect(try world.spool.entries().map(\.reason) == [.noProof, .noProof])
    world.run(until: 200_000)
    #expect(try isUnproven(), "nothing was proven since")
    try world.retryUnknown()
    world.run(until: 300_000)
    #expect(try world.outcomes.last?.result == .printed && !isUnproven())
  }
}

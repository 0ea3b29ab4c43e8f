import Canvas
import Testing
import VirtualPrinters

/// Whatever comes, nothing grows and nothing stops. Each test prints its seed when it fails.
@Suite("Virtual printer, at random")
struct RandomTests {
  private static let starts: [[UInt8]] = [
    [0x1B, 0x40], [0x1D, 0x76, 0x30, 0], [0x1D, 0x28, 0x4C], [0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30],
    [0x1D, 0x56, 0x42, 0], [0x1B, 0x4A], [0x1D, 0x61, 0x0E], [0x10, 0x04, 1], [0x10, 0x14, 8],
    [0x1B, 0x1D, 0x53, 1], [0x1B, 0x2A, 0x72, 0x41], [0x1B, 0x2A, 0x72, 0x59, 0x39], [0x62, 8, 0],
    [0x1B, 0x1D, 3, 1, 1, 2], [0x17], [0x1B, 0x64, 2], [0x1B, 0x06, 1], [0x1B, 0x1E, 0x61, 1],
    [0x1D, 0x28, 0x4C, 2, 0, 0x30, 0x32],
  ]

  /// Clears the buffers: what is in them by then depends on time.
  private static let clear: [UInt8] = [0x10, 0x14, 0x08, 1, 3, 0x14, 1, 6, 2, 8]

  private static func noise(_ random: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      bytes += starts.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        bytes.append(.random(in: 0...255, using: &random))
      }
    }
    return bytes
  }

  @Test(
    "noise, people, faults and connections at random: no trap, no busy loop, bounds kept",
    arguments: VirtualModel.Family.allCases)
  func noise(family: VirtualModel.Family) {
    let seed = UInt64.random(in: .min ... .max)
    for round in 0..<40 {
      var random = Dice(seed: seed &+ UInt64(round))
      let faults = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in
        VirtualFault.all.randomElement(using: &random)
      }
      var model = VirtualModel(family: family, widthDots: 64)
      model.bufferBytes = [100, 4_096, 65_536].randomElement(using: &random) ?? 100
      var bench = Bench(model, faults, seed: seed)
      bench.mechanism.keepsPieces(3)
      for _ in 0..<20 {
        if !bench.isConnected { bench.connect() }
        bench.send(Self.noise(&random) + (Bool.random(using: &random) ? Self.clear : []))
        if let act = VirtualAct.allCases.randomElement(using: &random) { bench.act(act) }
        let wasInTime = bench.wait(.random(in: 0...5_000, using: &random))
        #expect(wasInTime, "seed \(seed), round \(round): too many events")
        let mechanism = bench.mechanism
        #expect(mechanism.waitingBytes <= mechanism.model.bufferBytes + 144, "seed \(seed)")
        #expect(mechanism.roll.pieces.count <= 3 && mechanism.roll.restRows <= VirtualRoll.rowLimit)
      }
    }
  }

  @Test(
    "how a stream is cut into segments changes nothing", arguments: VirtualModel.Family.allCases)
  func slicing(family: VirtualModel.Family) {
    let seed = UInt64.random(in: .min ... .max)
    for round in 0..<60 {
      var random = Dice(seed: seed &+ UInt64(round))
      var model = VirtualModel.fast(family, widthDots: 64)
      model.eatsRealTimeBytes = Bool.random(using: &random)
      let bytes = Self.noise(&random) + Self.noise(&random)
      var whole = Bench(model)
      var sliced = Bench(model)
      whole.send(bytes)
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(.random(in: 1...20, using: &random))
        rest = rest.dropFirst(part.count)
        sliced.send(Array(part))
      }
      whole.wait(20_000)
      sliced.wait(20_000)
      let comment = Comment("seed \(seed), round \(round)")
      let hasEqualPieces = whole.pieces.map(\.picture) == sliced.pieces.map(\.picture)
      #expect(hasEqualPieces, comment)
      let hasEqualRest = whole.mechanism.roll.rest == sliced.mechanism.roll.rest
      #expect(hasEqualRest, comment)
      let hasEqualUnknown = whole.unknown == sliced.unknown
      #expect(hasEqualUnknown, comment)
      #expect(whole.mechanism.counters.realTime == sliced.mechanism.counters.realTime, comment)
    }
  }
}

/// A random source of its own, so that a seed can be tried again.
private struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed | 1 }

  mutating func next() -> UInt64 {
    // Marsaglia's xorshift64*.
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

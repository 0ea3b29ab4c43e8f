import Canvas
import Testing
import VirtualPrinters

/// What holds for every fault: it ends, it repeats itself from its seed, it can be named.
@Suite("Virtual faults, all of them")
struct FaultMatrixTests {
  private func run(_ fault: VirtualFault, _ family: VirtualModel.Family, _ seed: UInt64) -> Bench {
    var bench = Bench(VirtualModel(family: family, widthDots: 64), [fault], seed: seed)
    let slip =
      family == .escpos ? Hand.statusOn + Hand.slip() : [0x1B, 0x1E, 0x61, 1] + Hand.starSlip()
    for _ in 0..<4 {
      if !bench.isConnected { bench.connect() }
      bench.send(slip)
      let wasInTime = bench.wait(30_000)
      #expect(wasInTime, "\(fault), seed \(seed): too many events")
    }
    return bench
  }

  @Test(
    "the same seed, the same effects; no busy loop; memory within its bounds",
    arguments: VirtualFault.all)
  func deterministic(fault: VirtualFault) {
    for family in VirtualModel.Family.allCases {
      for seed in UInt64(0)..<10 {
        let first = run(fault, family, seed)
        let second = run(fault, family, seed)
        #expect(first.segments == second.segments, "\(fault), seed \(seed)")
        #expect(first.pieces == second.pieces, "\(fault), seed \(seed)")
        #expect(first.mechanism.counters == second.mechanism.counters)
        #expect(first.mechanism.waitingBytes <= first.mechanism.model.bufferBytes)
        #expect(first.mechanism.roll.restRows <= VirtualRoll.rowLimit)
      }
    }
  }

  @Test("faults of all twelve groups can be named, and come back from their names")
  func names() throws {
    #expect(Set(VirtualFault.all.map(\.kind.group)) == Set(1...13))
    #expect(Set(VirtualFault.all.map(\.description)).count == VirtualFault.all.count)
    for kind in VirtualFault.Kind.allCases {
      #expect(try VirtualFault(kind.name) == VirtualFault(kind))
      #expect(kind.name.allSatisfy { $0.isLowercase || $0 == "-" })
      if kind.valueMeaning != nil {
        let fault = VirtualFault(kind, 7, healing: .after(5_000))
        #expect(try VirtualFault(fault.description) == fault)
      }
    }
    #expect(
      try VirtualFault("paper-out=200,never") == VirtualFault(.paperOut, 200, healing: .never))
  }

  @Test(
    "a fault that is written wrongly is refused in words",
    arguments: [
      ("paper-gone", "There is no fault 'paper-gone'"), ("paper-out=x", "'x' is no value"),
      ("silent=3", "takes no value"), ("paper-out,soon", "'soon' does not say when"),
      ("paper-out,1s,2s", "more than one comma"), ("", "There is no fault ''"),
      ("paper-out=-1", "'-1' is no value"), ("paper-out=", "'' is no value"),
    ])
  func badNames(text: String, words: String) {
    let error = #expect(throws: VirtualFaultError.self) { _ = try VirtualFault(text) }
    #expect(error?.description.contains(words) == true)
  }
}

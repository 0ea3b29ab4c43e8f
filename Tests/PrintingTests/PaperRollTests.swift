import Testing

@testable import Printing

@Suite("Paper roll")
struct PaperRollTests {
  private static let roll = PrinterProfile.Roll(millimetres: 80_000, nearEndMillimetres: 5_000)

  @Test("nobody knows how full a roll is that was in the printer before us")
  func unknown() {
    var paper = PaperRoll()
    paper.printed(millimetres: 100)
    #expect(paper.slipsLeft(on: Self.roll) == nil)
  }

  @Test("a new roll counts down with what is printed, by the mean of the last slips")
  func counts() {
    var paper = PaperRoll()
    paper.sensed(isNearEnd: false, isOut: true)
    #expect(paper.slipsLeft(on: Self.roll) == 0)
    paper.sensed(isNearEnd: false, isOut: false)
    #expect(paper.slipsLeft(on: Self.roll) == 800)
    for _ in 0..<100 { paper.printed(millimetres: 80) }
    #expect(paper.slipsLeft(on: Self.roll) == (80_000 - 8_000) / 80)
  }

  @Test("near the end the sensor knows better, and a new roll silences it")
  func nearEnd() {
    var paper = PaperRoll()
    paper.sensed(isNearEnd: true, isOut: false)
    #expect(paper.slipsLeft(on: Self.roll) == 50)
    for _ in 0..<10 { paper.printed(millimetres: 100) }
    #expect(paper.slipsLeft(on: Self.roll) == 40)
    for _ in 0..<100 { paper.printed(millimetres: 100) }
    #expect(paper.slipsLeft(on: Self.roll) == 0)
    paper.sensed(isNearEnd: false, isOut: false)
    #expect(paper.slipsLeft(on: Self.roll) == 800)
  }

  private static let printed = PrinterLink.Outcome.printed(evidence: "")
  private static let unproven = PrinterLink.Outcome.unknown(.noProof)
  private static let lost = PrinterLink.Outcome.unknown(.link("reset"))
  private static let band = PrinterLink.Outcome.interrupted(.noBandProof)
  private static let mixed = PrinterLink.Outcome.unknown(.answersMixedUp)
  private static let paperOut = PrinterLink.Outcome.interrupted(.faultsAmidSlip(.paperOut))
  private static let notSent = PrinterLink.Outcome.notSent(.silent)

  private static let never: [[PrinterLink.Outcome]] = [
    [unproven], [unproven, printed, unproven], [unproven, lost, unproven], [lost, lost, lost],
    [unproven, paperOut], [unproven, unproven, lost, printed],
  ]
  private static let atTheEnd: [[PrinterLink.Outcome]] = [
    [unproven, unproven], [unproven, band], [unproven, mixed], [unproven, notSent, unproven],
    [unproven, unproven, lost], [printed, unproven, unproven],
  ]

  @Test(
    "two slips in a row without proof, and the printer is not to be relied on until one is proven",
    arguments: never.map { ($0, false) } + atTheEnd.map { ($0, true) })
  func unproven(outcomes: [PrinterLink.Outcome], isUnproven: Bool) {
    var paper = PaperRoll()
    for outcome in outcomes { paper.slipEnded(outcome) }
    #expect(paper.isUnproven == isUnproven)
  }
}

import Canvas
import Testing
import Venue
import VirtualPrinters

/// The judge of the paper can be wrong, too.
@Suite struct PaperJudgeTests {
  /// A slip of four rows: what all begin with, the number, the mark of a copy or none, the end.
  private static func rows(_ number: UInt8, isCopy: Bool) throws -> PaperRows {
    PaperRows(
      try #require(
        Monochrome(width: 8, height: 4, packed: [0xAA, number, isCopy ? 0xFF : 0x00, 0x81])))
  }

  private static func job(_ key: String, _ number: UInt8, _ visit: VisitID) throws -> SpooledSlip {
    SpooledSlip(
      key: key, visit: visit, number: try #require(TicketNumber("R00\(number)")), state: "printed",
      plain: try rows(number, isCopy: false),
      marked: try rows(number, isCopy: true))
  }

  private static func paper(_ rows: PaperRows, seams: [Int] = []) -> Paper {
    Paper(rows: rows, isCut: true, seams: seams)
  }

  @Test func `two jobs that look alike need two pieces of paper`() throws {
    let (one, two) = (VisitID(high: 0, low: 1), VisitID(high: 0, low: 2))
    let jobs = try [Self.job("a", 1, one), Self.job("a again", 1, one), Self.job("b", 2, two)]
    let plain = Self.paper(try Self.rows(1, isCopy: false))
    let copy = Self.paper(try Self.rows(1, isCopy: true))
    let other = Self.paper(try Self.rows(2, isCopy: false))
    #expect(PaperJudge(jobs, on: [plain, copy, other]).problems.isEmpty)
    #expect(
      PaperJudge(jobs, on: [plain, other]).problems == [
        "R001 is “printed” 2 times and whole on 1 pieces"
      ])
    #expect(
      PaperJudge(jobs, on: [plain, plain, other]).problems == [
        "R001 began 2 times without the mark of a copy"
      ])
  }

  @Test func `a slip in two pieces is not whole`() throws {
    let (one, two) = (VisitID(high: 0, low: 1), VisitID(high: 0, low: 2))
    let jobs = [try Self.job("a", 1, one), try Self.job("b", 2, two)]
    let torn = Self.paper(try Self.rows(1, isCopy: false), seams: [2])
    let problems = PaperJudge(jobs, on: [torn, Self.paper(try Self.rows(2, isCopy: false))])
      .problems
    #expect(problems == ["R001 is “printed” 1 times and whole on 0 pieces"])
  }
}

import Canvas
import Foundation
import Printing
import SQLite
import Synchronization
import Venue
import Views
import VirtualPrinters

/// Rows of dots as fingerprints, so that paper can be searched quickly.
///
/// A byte that a printer would obey is printed with one dot more: 10 and 30, 1B and 3B (hex) are
/// therefore the same here.
struct PaperRows: Sendable {
  private(set) var rows: [UInt64] = []

  init(_ picture: Monochrome) {
    rows.reserveCapacity(picture.height)
    var hash: UInt64 = 0
    var column = 0
    for byte in picture.bytes {
      let seen = byte == 0x10 || byte == 0x1B ? byte | 0x20 : byte
      hash = (hash ^ UInt64(seen)) &* 1_099_511_628_211
      column += 1
      if column == picture.bytesPerRow {
        rows.append(hash)
        (hash, column) = (0, 0)
      }
    }
  }

  /// How many of the first rows of `other` stand here from `top` on.
  func matches(_ other: PaperRows, at top: Int) -> Int {
    var count = 0
    while count < other.rows.count, top + count < rows.count,
      rows[top + count] == other.rows[count]
    {
      count += 1
    }
    return count
  }
}

/// A piece of paper that came out of a printer.
struct Paper: Sendable {
  var rows: PaperRows
  var isCut: Bool
  var seams: [Int]

  init(_ slip: VirtualPrinter.Slip) {
    self.init(rows: PaperRows(slip.picture), isCut: slip.isCut, seams: slip.seams)
  }

  init(rows: PaperRows, isCut: Bool, seams: [Int]) {
    self.rows = rows
    self.isCut = isCut
    self.seams = seams
  }
}

/// All that came out of one printer.
final class PaperTray: Sendable {
  private let papers = Mutex<[Paper]>([])

  func put(_ slip: VirtualPrinter.Slip) {
    let paper = Paper(slip)
    papers.withLock { $0.append(paper) }
  }

  var all: [Paper] { papers.withLock { $0 } }
}

/// A job as the spool's file has it, and how it looks on paper.
struct SpooledSlip {
  var key: String
  var visit: VisitID
  var number: TicketNumber
  var state: String
  var plain: PaperRows
  var marked: PaperRows

  func looksLike(_ other: SpooledSlip) -> Bool {
    visit == other.visit && plain.rows == other.plain.rows && marked.rows == other.marked.rows
  }

  /// Reads the spool of a daemon that has ended, without the code that wrote it. All printers have
  /// paper of `widthDots`.
  static func all(in path: String, press: SlipPress, widthDots: Int) throws -> [SpooledSlip] {
    let database = try Database(path: path, mode: .readOnly)
    let select = try database.prepare("SELECT key, slip, copy_mark, state FROM job ORDER BY id")
    var found: [SpooledSlip] = []
    while try select.step() {
      var slip = try JSONDecoder().decode(SlipView.self, from: Data(select.text(1).utf8))
      slip.copy = nil
      let plain = PaperRows(try press.picture(of: slip, widthDots: widthDots))
      slip.copy = try JSONDecoder().decode(Phrase.self, from: Data(select.text(2).utf8))
      let marked = PaperRows(try press.picture(of: slip, widthDots: widthDots))
      found.append(
        SpooledSlip(
          key: select.text(0), visit: slip.visit, number: slip.number, state: select.text(3),
          plain: plain, marked: marked))
    }
    return found
  }
}

/// Looks at the paper alone.
struct PaperJudge {
  /// What is wrong, in words; empty when paper and spool agree.
  private(set) var problems: [String] = []
  /// Slips that came out whole, those of them with the mark of a copy, and beginnings of slips.
  private(set) var whole = 0
  private(set) var copies = 0
  private(set) var beginnings = 0

  /// One for all jobs that look alike: a slip that is asked for again within its minute.
  private let slips: [SpooledSlip]
  private let jobs: [Int: [SpooledSlip]]
  /// What all slips begin with: the ornament.
  private let head: Int
  private var wholeCopies: [Int]
  /// How often the slip begins without the mark of a copy.
  private var plainBeginnings: [Int]

  init(_ all: [SpooledSlip], on papers: [Paper]) {
    var (slips, jobs): ([SpooledSlip], [Int: [SpooledSlip]]) = ([], [:])
    for job in all {
      let known = slips.firstIndex { $0.looksLike(job) }
      if known == nil { slips.append(job) }
      jobs[known ?? slips.count - 1, default: []].append(job)
    }
    self.slips = slips
    self.jobs = jobs
    wholeCopies = Array(repeating: 0, count: slips.count)
    plainBeginnings = wholeCopies
    head =
      slips.flatMap { [$0.plain, $0.marked] }
      .map { slips.first?.plain.matches($0, at: 0) ?? 0 }.min() ?? 0
    for paper in papers { look(at: paper) }
    for index in slips.indices { conclude(index) }
  }

  private mutating func look(at paper: Paper) {
    guard let first = slips.first else { return }
    let tops = paper.rows.rows.indices.filter { paper.rows.matches(first.plain, at: $0) >= head }
    if paper.isCut, tops.count > 1 {
      let names = tops.map { owner(paper, $0).map { slips[$0].number.description } ?? "somebody" }
      problems.append("one piece carries \(names.joined(separator: " and "))")
    }
    beginnings += tops.count
    for top in tops { note(paper, top) }
  }

  private mutating func note(_ paper: Paper, _ top: Int) {
    guard let index = owner(paper, top) else { return }
    let slip = slips[index]
    let plain = paper.rows.matches(slip.plain, at: top)
    let marked = paper.rows.matches(slip.marked, at: top)
    if plain > marked { plainBeginnings[index] += 1 }
    let look = plain >= marked ? slip.plain : slip.marked
    let isInOne = !paper.seams.contains { $0 > top && $0 < top + look.rows.count }
    if max(plain, marked) == look.rows.count, isInOne {
      wholeCopies[index] += 1
      whole += 1
      if marked > plain { copies += 1 }
    }
  }

  /// Whose slip begins there; nil when too little of it is there to say.
  private func owner(_ paper: Paper, _ top: Int) -> Int? {
    let lengths = slips.map {
      max(paper.rows.matches($0.plain, at: top), paper.rows.matches($0.marked, at: top))
    }
    guard let longest = lengths.max() else { return nil }
    let owners = lengths.indices.filter { lengths[$0] == longest }
    return owners.count == 1 ? owners[0] : nil
  }

  private mutating func conclude(_ index: Int) {
    let number = slips[index].number
    let states = jobs[index, default: []].map(\.state)
    let printed = states.count { $0 == "printed" }
    if wholeCopies[index] < printed {
      problems.append(
        "\(number) is “printed” \(printed) times and whole on \(wholeCopies[index]) pieces")
    }
    if plainBeginnings[index] > 1 {
      problems.append(
        "\(number) began \(plainBeginnings[index]) times without the mark of a copy")
    }
    if states.contains("printing") { problems.append("\(number) is left as being printed") }
  }
}

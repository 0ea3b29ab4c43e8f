import Foundation
import VirtualPrinters

/// `rossio virtual-printer`: a printer on a socket whose paper is PNG files, with whatever may be
/// wrong with it. Lines on standard input are what people do to it.
enum VirtualPrinterCommand {
  /// What the virtual paper takes, in dots.
  private static let widths = 8...1_024

  static let subcommand = Rossio.Subcommand(
    name: "virtual-printer",
    usage:
      "virtual-printer --listen HOST:PORT --out DIR [--model NAME] [--width DOTS] [--fault NAME[=VALUE][,never|,SECONDSs]]… [--seed NUMBER] | virtual-printer --list-faults"
  ) { arguments in
    var arguments = arguments
    if try arguments.flag("--list-faults") {
      try arguments.finish()
      return Terminal.say(faultList)
    }
    let (host, port) = try address(arguments.required("--listen"))
    let folder = try arguments.required("--out")
    let model = try model(
      arguments.option("--model"), width: arguments.number("--width", in: widths))
    let faults = try faults(arguments.options("--fault"))
    let seed = try arguments.number("--seed", in: 0...Int.max)
    try arguments.finish()
    try makeFolder(folder)
    StopSignal.listen()
    let printer = try VirtualPrinter(
      host: host, port: port, model: model, faults: faults,
      seed: seed.map(UInt64.init) ?? .random(in: .min ... .max), folder: folder,
      log: { Terminal.complain($0) }
    ) { slip in
      Terminal.say((slip.path ?? "slip \(slip.number)") + (slip.isCut ? "" : " (torn off)"))
    }
    Terminal.say("listening on \(host):\(printer.port)")
    listenToPeople(printer)
    _ = StopSignal.waits(seconds: .infinity)
    printer.stop()
  }

  // MARK: Options

  private static func address(_ text: String) throws -> (host: String, port: UInt16) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else {
      throw ArgumentError(
        "--listen takes HOST:PORT with a port of at most 65535, for example 127.0.0.1:9100.")
    }
    return (String(text[..<colon]), port)
  }

  private static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CommandError(
        "No slips can be put into \(path): a file is in the way, or its parent is closed to you. Give "
          + "--out another directory.")
    }
  }

  private static func model(_ name: String?, width: Int?) throws -> VirtualModel {
    guard var model = VirtualModel.named(name ?? "escpos") else {
      let known = models.joined(separator: "\n")
      throw ArgumentError("There is no model '\(name ?? "")'. There are:\n\(known)")
    }
    model.widthDots = width ?? model.widthDots
    return model
  }

  private static func faults(_ texts: [String]) throws -> [VirtualFault] {
    do {
      return try texts.map { text throws(VirtualFaultError) in try VirtualFault(text) }
    } catch {
      throw ArgumentError("--fault: \(error) See rossio virtual-printer --list-faults.")
    }
  }

  private static var faultList: String {
    var lines = [
      "NAME[=VALUE][,never|,SECONDSs]: where it begins, or how big it is, and when it is over.",
      "Without VALUE the seed chooses; without an end people mend it after 2 to 20 s, or never.",
    ]
    for group in Set(VirtualFault.Kind.allCases.map(\.group)).sorted() {
      lines.append("")
      for kind in VirtualFault.Kind.allCases where kind.group == group {
        let name = kind.name.padding(toLength: 26, withPad: " ", startingAt: 0)
        lines.append("\(name)\(kind.summary)" + (kind.valueMeaning.map { " [=\($0)]" } ?? ""))
      }
    }
    return (["Models:"] + models + [""] + lines).joined(separator: "\n")
  }

  private static var models: [String] {
    VirtualModel.presets.map { "  \($0.name)  \($0.summary)" }
  }

  // MARK: People

  private static let acts: [(words: String, act: VirtualAct)] = [
    ("open", .openCover), ("close", .closeCover), ("paper out", .takePaper),
    ("paper in", .loadPaper), ("near end", .nearEnd), ("cutter blocked", .blockCutter),
    ("cutter ok", .clearCutter), ("feed", .pressFeed), ("tear", .tearOff), ("power", .powerCycle),
  ]

  /// Reads lines on a thread of its own, until there are no more.
  private static func listenToPeople(_ printer: VirtualPrinter) {
    Thread.detachNewThread {
      while let line = readLine() { obey(line, printer) }
    }
  }

  private static func obey(_ line: String, _ printer: VirtualPrinter) {
    let words = line.lowercased().split(separator: " ").joined(separator: " ")
    if let act = acts.first(where: { $0.words == words })?.act {
      printer.perform(act)
    } else if words == "status" {
      Terminal.say(status(printer))
    } else if !words.isEmpty {
      let known = acts.map(\.words).joined(separator: ", ")
      let complaint = words == "help" ? "" : "'\(words)' is nothing that one does to a printer. "
      Terminal.say("\(complaint)Write one of: \(known), status, help.")
    }
  }

  private static func status(_ printer: VirtualPrinter) -> String {
    let condition = printer.condition
    let counters = printer.counters
    let facts = [
      (condition.isOff, "off"), (condition.isCoverOpen, "cover open"),
      (condition.isPaperOut, "paper out"), (condition.isPaperNearEnd, "paper near its end"),
      (condition.isCutterBlocked, "cutter blocked"), (condition.isHeadHot, "head too hot"),
    ].filter(\.0).map(\.1)
    return (facts.isEmpty ? "well" : facts.joined(separator: ", "))
      + "; \(counters.received) bytes received, \(counters.lost) lost, \(counters.fencesAnswered) of "
      + "\(counters.fencesReached) fences answered, \(counters.cuts) cuts, \(counters.resets) resets"
  }
}

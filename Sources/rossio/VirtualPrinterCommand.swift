import Printing
import VirtualPrinters

/// `rossio virtual-printer`: a printer on a socket whose paper is PNG files.
enum VirtualPrinterCommand {
  static let subcommand = Rossio.Subcommand(
    name: "virtual-printer", usage: "virtual-printer --listen HOST:PORT --out DIR [--width DOTS]"
  ) { arguments in
    var arguments = arguments
    let address = try arguments.required("--listen")
    let folder = try arguments.required("--out")
    let width = try arguments.number("--width", in: SlipLayout.widths) ?? 576
    try arguments.finish()
    guard let colon = address.lastIndex(of: ":"),
      let port = UInt16(address[address.index(after: colon)...])
    else { throw ArgumentError("--listen takes HOST:PORT, for example 127.0.0.1:9100.") }
    let host = String(address[..<colon])
    StopSignal.listen()
    let printer = try VirtualPrinter(
      host: host, port: port, model: VirtualModel(widthDots: width), folder: folder,
      log: { Terminal.complain($0) }
    ) { slip in
      Terminal.say(slip.path ?? "slip \(slip.number)")
    }
    Terminal.say("listening on \(host):\(printer.port)")
    _ = StopSignal.waits(seconds: .infinity)
    printer.stop()
  }
}

import Testing
import VirtualPrinters

@Suite("Virtual printer")
struct VirtualPrinterTests {
  @Test("a printer on a port that the kernel picks tells which")
  func port() throws {
    let printer = try VirtualPrinter(port: 0) { _ in }
    #expect(printer.port != 0)
    printer.stop()
  }
}

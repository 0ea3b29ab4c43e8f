import FoundationEssentials
import HTTP

/// The files under `Displays`, read once at the start and served from memory.
///
/// Only what was there at the start can be asked for, so no path leads anywhere else.
struct Pages: Sendable {
  private struct Page: Sendable {
    let response: PreparedResponse
    let unchanged: PreparedResponse
    let tag: String
  }

  private let pages: [String: Page]

  /// Pictures for the README are no pages.
  private static let pictures = "pictures/"

  /// A larger file has no business on a page.
  private static let fileLimit = 4 << 20
  private static let kinds: [String: String] = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
    "json": "application/json", "wav": "audio/wav",
  ]

  /// Pages come from this daemon alone: nothing inline, nothing foreign, no frame around them.
  static let securityHeaders: [(String, String)] = [
    (
      "Content-Security-Policy",
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
  ]

  /// Reads every page under `directory`.
  init(directory: String) throws {
    var pages: [String: Page] = [:]
    guard let files = try? FileManager.default.subpathsOfDirectory(atPath: directory) else {
      throw PagesError(description: "The pages cannot be read: there is no directory \(directory).")
    }
    for file in files where !file.hasPrefix(Self.pictures) {
      guard let dot = file.lastIndex(of: "."),
        let kind = Self.kinds[String(file[file.index(after: dot)...])]
      else { continue }
      let contents = try Data(contentsOf: URL(filePath: directory + "/" + file))
      guard contents.count <= Self.fileLimit else { continue }
      pages["/" + file] = Self.page([UInt8](contents), kind)
    }
    guard pages["/index.html"] != nil else {
      throw PagesError(
        description: "The directory \(directory) has no index.html. Give the right one with "
          + "--displays.")
    }
    self.pages = pages
  }

  /// `/counter/` is `/counter/index.html`; `/phone/ID` is the page of any visit.
  func answer(to request: Request) -> Answer? {
    var path = request.path
    if path.hasPrefix("/phone/"), !path.dropFirst(7).contains(where: { $0 == "." || $0 == "/" }) {
      path = "/phone/"
    }
    if path.hasSuffix("/") { path += "index.html" }
    if let page = pages[path] {
      return .prepared(request.header("if-none-match") == page.tag ? page.unchanged : page.response)
    }
    guard pages[path + "/index.html"] != nil else { return nil }
    return .now(Response(status: 308, headers: [("Location", path + "/")]))
  }

  private static func page(_ bytes: [UInt8], _ kind: String) -> Page? {
    let tag = "\"" + Secrets.hash(bytes).prefix(12).map { String($0, radix: 36) }.joined() + "\""
    let headers =
      securityHeaders + [("ETag", tag), ("Cache-Control", "no-cache"), ("Content-Type", kind)]
    guard
      let response = PreparedResponse(Response(status: 200, headers: headers, body: bytes)),
      let unchanged = PreparedResponse(Response(status: 304, headers: headers))
    else { return nil }
    return Page(response: response, unchanged: unchanged, tag: tag)
  }
}

struct PagesError: Error, CustomStringConvertible { let description: String }

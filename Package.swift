// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target: language mode 6, every strict check, no warning let through.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A Debian library: its module map and shim stand in `Sources/NAME`.
func debian(_ name: String, pkgConfig: String, package: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// A library module with the complete list of what it may import.
func module(_ name: String, imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: strict)
}

/// `data` are folders of files that tests read where they stand.
func tests(_ name: String, imports: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(name: name, dependencies: imports, exclude: data, swiftSettings: strict)
}

let package = Package(
  name: "Rossio",
  products: [
    .executable(name: "rossiod", targets: ["rossiod"]),
    .executable(name: "rossio", targets: ["rossio"]),
    .executable(name: "rossio-display", targets: ["rossio-display"]),
  ],
  targets: [
    debian("CSQLite", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
    debian("CMicroHTTPD", pkgConfig: "libmicrohttpd", package: "libmicrohttpd-dev"),
    debian("CPangoCairo", pkgConfig: "pangocairo", package: "libpango1.0-dev"),
    debian("CSDL", pkgConfig: "sdl2", package: "libsdl2-dev"),
    debian("CSodium", pkgConfig: "libsodium", package: "libsodium-dev"),
    debian("CQREncode", pkgConfig: "libqrencode", package: "libqrencode-dev"),
    debian("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),

    module("Venue"),
    module("Views", imports: ["Venue"]),
    module("Threads"),
    module("SQLite", imports: ["CSQLite"]),
    module("Journal", imports: ["Venue", "SQLite", "CSodium"]),
    module("Wire", imports: ["Venue", "Views"]),
    module("Feed", imports: ["Wire", "Threads", "CCurl"]),
    module("HTTP", imports: ["Threads", "CMicroHTTPD"]),
    module("Canvas", imports: ["CPangoCairo", "CQREncode"]),
    module("Sockets"),
    module("Printing", imports: ["Threads", "Sockets", "Venue", "Views", "Canvas", "SQLite"]),
    module("VirtualPrinters", imports: ["Threads", "Sockets", "Canvas"]),
    module("Simulation", imports: ["Venue"]),
    module(
      "Hall",
      imports: ["Venue", "Views", "Wire", "Journal", "SQLite", "HTTP", "Printing", "CSodium"]),

    .executableTarget(name: "rossiod", dependencies: ["Hall"], swiftSettings: strict),
    module("DisplayClient", imports: ["Feed", "Wire", "Venue", "Views", "Canvas", "CSDL"]),
    .executableTarget(
      name: "rossio-display", dependencies: ["DisplayClient"], swiftSettings: strict),
    .executableTarget(
      name: "rossio",
      dependencies: [
        "Venue", "Views", "Hall", "Simulation", "Journal", "SQLite", "Printing", "Canvas", "Feed",
        "Wire", "HTTP", "DisplayClient", "Sockets", "VirtualPrinters",
      ],
      swiftSettings: strict),

    tests("VenueTests", imports: ["Venue"]),
    tests("ViewsTests", imports: ["Views", "Venue"]),
    tests("SQLiteTests", imports: ["SQLite"]),
    tests("JournalTests", imports: ["Journal", "Venue", "SQLite"]),
    tests("WireTests", imports: ["Wire", "Views", "Venue"]),
    tests("FeedTests", imports: ["Feed", "Wire"]),
    tests("HTTPTests", imports: ["HTTP"]),
    tests("CanvasTests", imports: ["Canvas"]),
    tests(
      "PrintingTests",
      imports: ["Printing", "VirtualPrinters", "Sockets", "Venue", "Views", "Canvas", "SQLite"]),
    tests("VirtualPrintersTests", imports: ["VirtualPrinters", "Sockets", "Canvas"]),
    tests("SimulationTests", imports: ["Simulation", "Venue"]),
    tests(
      "HallTests",
      imports: ["Hall", "Venue", "Views", "Wire", "Journal", "HTTP", "Printing", "Canvas"],
      data: ["Golden"]),
    tests(
      "DisplayClientTests",
      imports: ["DisplayClient", "Feed", "Wire", "Venue", "Views", "Canvas"]),
    tests(
      "SystemTests",
      imports: [
        "Feed", "Wire", "Venue", "Views", "Journal", "Hall", "Printing", "VirtualPrinters",
        "Simulation", "Canvas", "SQLite",
      ]),
  ]
)

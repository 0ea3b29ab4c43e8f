import Foundation
import Testing
import Venue

@testable import Hall

/// Notes on disk: sealed, kept through restarts, and gone with their keys.
@Suite(.timeLimit(.minutes(5)))
struct NoteStoreTests {
  private static let codes: [NoteCode] = ["papers-missing", "appointment-made"]
  private let directory: ScratchDirectory

  init() throws { directory = try ScratchDirectory() }

  private func store() throws -> NoteStore { try NoteStore(directory: directory.path) }

  private static func part(_ number: UInt64 = 1, _ agency: AgencyID = "migration") -> Note.Part {
    Note.Part(visit: VisitID(high: 7, low: number), agency: agency)
  }

  private static func note(_ codes: [NoteCode] = codes) -> Note {
    Note(codes: codes, writtenAt: Venue.Instant(milliseconds: morning))
  }

  private func end(_ parts: [Note.Part], _ store: NoteStore) async {
    await store.sweep(Log { _ in Issue.record("a sweep failed") }) { $0.filter(parts.contains) }
  }

  /// The bytes of every file whose name begins with `prefix`.
  private func bytes(of prefix: String) throws -> Data {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    return try names.filter { $0.hasPrefix(prefix) }.sorted().reduce(into: Data()) { all, name in
      all += try Data(contentsOf: URL(fileURLWithPath: directory.path + "/" + name))
    }
  }

  private func copy(_ from: String, _ to: String) throws {
    let target = directory.path + "/" + to
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: directory.path + "/" + from, toPath: target)
  }

  @Test func `a note is read as it was written, also after a restart`() async throws {
    _ = try await store().write(Self.note(), to: Self.part(), stamp: nil)
    let later = try store()
    #expect(try await later.note(of: Self.part()) == Self.note())
    #expect(try await later.note(of: Self.part(2)) == nil)
    #expect(try await later.note(of: Self.part(1, "tax")) == nil)
  }

  @Test func `the file of notes shows no code, agency or visit, and no length of a note`()
    async throws
  {
    let store = try store()
    _ = try await store.write(Self.note(["urgent"]), to: Self.part(1), stamp: nil)
    _ = try await store.write(Self.note(), to: Self.part(2), stamp: nil)
    let bytes = try bytes(of: "notes.sqlite")
    #expect(bytes.count > 2 * 1_064)
    for text in ["urgent", "papers-missing", "codes", "migration", "\(Self.part().visit)"] {
      #expect(bytes.firstRange(of: Data(text.utf8)) == nil, "\(text)")
    }
    let lengths = Set(
      [["urgent"], Self.codes, []].map { Secrets.seal(Self.note($0).plain, with: key).count })
    #expect(lengths == [1_064])
  }

  private let key = [UInt8](repeating: 1, count: 32)

  @Test func `what is sealed opens with its own key only, and not when a bit was changed`() {
    let sealed = Secrets.seal(Array("urgent".utf8), with: key)
    #expect(Secrets.open(sealed, with: key) == Array("urgent".utf8))
    #expect(Secrets.open(sealed, with: Secrets.sealingKey()) == nil)
    #expect(Secrets.seal(Array("urgent".utf8), with: key) != sealed, "a nonce comes once")
    for index in sealed.indices {
      var other = sealed
      other[index] ^= 1
      #expect(Secrets.open(other, with: key) == nil, "byte \(index)")
    }
    #expect(Secrets.open(Array(sealed.prefix(39)), with: key) == nil)
  }

  @Test func `both files are for the daemon's own user`() async throws {
    _ = try await store().write(Self.note(), to: Self.part(), stamp: nil)
    for name in ["notes.sqlite", "notekeys.sqlite", "notes.sqlite-wal", "notekeys.sqlite-wal"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/" + name)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
  }

  @Test func `when its time is over a note is gone: now, after a restart, and from an old copy`()
    async throws
  {
    let store = try store()
    _ = try await store.write(Self.note(), to: Self.part(1), stamp: nil)
    _ = try await store.write(Self.note(), to: Self.part(2), stamp: nil)
    for name in ["notes.sqlite", "notes.sqlite-wal"] { try copy(name, "old-" + name) }
    await end([Self.part(1)], store)
    #expect(try await store.note(of: Self.part(1)) == nil)
    #expect(try await store.note(of: Self.part(2)) != nil, "another visit's note lives")
    for name in ["notes.sqlite", "notes.sqlite-wal"] { try copy("old-" + name, name) }
    let restored = try self.store()
    #expect(try await restored.note(of: Self.part(1)) == nil)
    #expect(try await restored.note(of: Self.part(2)) != nil, "so the copy was a good one")
  }

  @Test func `with the file of keys left out of a backup, the rest of it tells nothing`()
    async throws
  {
    _ = try await store().write(Self.note(), to: Self.part(), stamp: nil)
    for name in ["notekeys.sqlite", "notekeys.sqlite-wal", "notekeys.sqlite-shm"] {
      try FileManager.default.removeItem(atPath: directory.path + "/" + name)
    }
    #expect(try await store().note(of: Self.part()) == nil)
  }

  /// With `secure_delete` and no `VACUUM`, about every other such file still holds a piece of a key.
  @Test(arguments: 0..<8)
  func `no byte of a destroyed key is left, whatever else was kept and when`(file: Int) throws {
    let seed = UInt64.random(in: 0...(.max))
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    let keys = try NoteKeys(path: directory.path + "/notekeys.sqlite")
    var living: [Note.Part: [UInt8]] = [:]
    var dead: [[UInt8]] = []
    // Rows of several lengths, or each would take the place of the last exactly.
    func numbered(_ number: UInt64) -> Note.Part {
      Self.part(number, ["tax", "migration", "social-security"][Int(number % 7 % 3)])
    }
    func destroy(_ parts: [Note.Part]) throws {
      try keys.destroy(parts)
      dead += parts.compactMap { living.removeValue(forKey: $0) }
    }
    // Enough for many pages, so that rows move between them.
    for number in UInt64(0)..<1_400 {
      living[numbered(number)] = try keys.key(for: numbered(number)).key
      let other = numbered(UInt64.random(in: 0...number, using: &random))
      if living[other] != nil, number % 3 == 0 { try destroy([other]) }
    }
    let rest = living.keys.sorted { $0.visit.description < $1.visit.description }
    try destroy(rest.filter { _ in Bool.random(using: &random) })
    #expect(try keys.tidy() && !keys.isUntidy)
    let runs = eightBytes(of: try bytes(of: "notekeys.sqlite"))
    let left = dead.filter { !runs.isDisjoint(with: pieces(of: $0)) }.count
    #expect(left == 0, "pieces of \(left) of \(dead.count) keys are still there")
    let found = living.values.filter { runs.isSuperset(of: pieces(of: $0)) }.count
    #expect(found == living.count, "the search finds keys that live")
  }

  /// Every run of eight bytes.
  private func eightBytes(of data: Data) -> Set<UInt64> {
    var run: UInt64 = 0
    var all: Set<UInt64> = []
    for (index, byte) in data.enumerated() {
      run = run << 8 | UInt64(byte)
      if index >= 7 { all.insert(run) }
    }
    return all
  }

  /// A key in four pieces of eight bytes; random bytes never come twice.
  private func pieces(of key: [UInt8]) -> [UInt64] {
    stride(from: 0, to: key.count, by: 8).map { start in
      key[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  @Test func `a repeated request writes one note and answers the first, also after a restart`()
    async throws
  {
    let stamp = Note.Stamp(request: [1], requestHash: [2])
    let first = try await store().write(Self.note(), to: Self.part(), stamp: stamp)
    let store = try store()
    #expect(try await store.known(stamp) == first)
    let again = try await store.write(Self.note(["urgent"]), to: Self.part(2), stamp: stamp)
    #expect(again == first && again.note.requestHash == [2])
    #expect(try await store.note(of: Self.part(2)) == nil)
    _ = try await store.write(Self.note([]), to: Self.part(), stamp: nil)
    #expect(try await store.note(of: Self.part()) == nil, "taken back")
    _ = try await store.write(Self.note(), to: Self.part(), stamp: stamp)
    #expect(try await store.note(of: Self.part()) == nil, "an old request changes nothing newer")
    await end([Self.part()], store)
    #expect(try await store.known(stamp) == nil)
  }

  @Test func `however often a note is written, a bounded number is kept`() async throws {
    let store = try store()
    for number in 0..<40 {
      let stamp = Note.Stamp(request: [UInt8(number)], requestHash: [])
      _ = try await store.write(Self.note(), to: Self.part(), stamp: stamp)
    }
    var known = 0
    for number in 0..<40 {
      let stamp = Note.Stamp(request: [UInt8(number)], requestHash: [])
      if try await store.known(stamp) != nil { known += 1 }
    }
    #expect(known == 16)
  }
}

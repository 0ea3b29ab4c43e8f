import Foundation
import Testing
import Venue

@testable import Hall

/// The same key gives the same stored answer; with another body it is refused.
@Suite(.timeLimit(.minutes(5)))
struct IdempotencyTests {
  @Test func `the same key gives the same bytes and one effect`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let first = await test.ask(issue(), key: "k1", hash: [1])
    let second = await test.ask(issue(), key: "k1", hash: [1])
    let third = await test.ask(issue(), key: "k2", hash: [1])
    #expect(first.status == 201 && first == second)
    #expect(third.status == 201 && third["number"] != first["number"])
    let known = Array(await test.hall.state.visitsOfDay).count
    #expect(known == 2)
    await test.stop()
  }

  @Test func `the same key with another request is refused with 422`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    _ = await test.ask(issue(), key: "k1", hash: [1])
    let other = await test.ask(issue(), key: "k1", hash: [2])
    #expect(other.status == 422 && other["name"] == "idempotency-key-reused")
    let again = await test.ask(issue(), key: "k1", hash: [1])
    #expect(again.status == 201, "the stored answer is still there")
    await test.stop()
  }

  @Test func `keys of different askers do not meet`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let one = await test.ask(issue(), asker: "kiosk:K1", key: "k1", hash: [1])
    let two = await test.ask(issue(), asker: "kiosk:K2", key: "k1", hash: [2])
    #expect(one.status == 201 && two.status == 201 && one["number"] != two["number"])
    await test.stop()
  }

  @Test func `a refusal is stored too, and so is nobody waiting`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let finish = Command.counter("1", .finish())
    let refused = await test.ask(finish, asker: "counter:1", key: "k1", hash: [1])
    #expect(refused.status == 409 && refused["name"] == "counter-is-free")
    _ = await test.ask(.counter("2", .open))
    let nobody = await test.ask(.counter("2", .callNext), asker: "counter:2", key: "k2", hash: [2])
    #expect(nobody.status == 204 && nobody.body.isEmpty)
    _ = await test.ask(issue())
    _ = await test.ask(.counter("1", .callNext))
    _ = await test.ask(issue())
    let again = await test.ask(finish, asker: "counter:1", key: "k1", hash: [1])
    #expect(again == refused, "though somebody is at the counter now")
    let stillNobody = await test.ask(
      .counter("2", .callNext), asker: "counter:2", key: "k2", hash: [2])
    #expect(stillNobody == nobody, "though somebody waits now")
    await test.stop()
  }

  @Test func `the answer is the same after a restart, from a snapshot or from the events`()
    async throws
  {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let first = await test.ask(issue(), key: "k1", hash: [1])
    let refused = await test.ask(.counter("1", .finish()), key: "k2", hash: [2])
    await test.stop()
    for _ in 0..<3 {
      let later = try await TestHall.open(in: directory)
      #expect(await later.ask(issue(), key: "k1", hash: [1]) == first)
      #expect(await later.ask(.counter("1", .finish()), key: "k2", hash: [2]) == refused)
      #expect(await later.ask(issue(), key: "k1", hash: [3]).status == 422)
      #expect(Array(await later.hall.state.visitsOfDay).count == 1)
      await later.stop()
    }
  }

  @Test func `within one commit too: the same key one effect, another body 422`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let replies = await test.together(
      (0..<100).map { number in
        Submitted(
          command: issue(), key: "key-\(number % 10)", hash: [number < 90 ? 1 : 2])
      })
    #expect(replies.prefix(90).allSatisfy { $0.status == 201 })
    #expect(replies.suffix(10).allSatisfy { $0.status == 422 })
    for number in 10..<90 { #expect(replies[number] == replies[number % 10]) }
    #expect(Array(await test.hall.state.visitsOfDay).count == 10)
    let issued = try records(in: directory).filter {
      if case .issued = $0.event { true } else { false }
    }
    #expect(issued.count == 10 && Set(issued.map(\.time)).count == 1, "one commit held them all")
    await test.stop()
  }

  @Test func `a key may come again on another day`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let first = await test.ask(issue(), key: "k1", hash: [1])
    test.clock.set(morning + 86_400_000)
    await test.hall.turnDay()
    let next = await test.ask(issue(), key: "k1", hash: [2])
    #expect(next.status == 201 && next["visit"] != first["visit"])
    await test.stop()
  }
}

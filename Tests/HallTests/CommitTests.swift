import Foundation
import Journal
import Synchronization
import Testing
import Venue

@testable import Hall

/// A command as a test hands it in, for `TestHall.together`.
struct Submitted: Sendable {
  var command: Command
  var key: String?
  var hash: [UInt8] = []
}

extension TestHall {
  /// Hands all commands in while the hall's thread is held, so that all of them wait together;
  /// their replies in order.
  func together(_ commands: [Submitted]) async -> [HallReply] {
    let mayGo = DispatchSemaphore(value: 0)
    let hall = hall
    await withCheckedContinuation { isHeld in
      Task {
        await hall.devicesChanged { _ in
          isHeld.resume()
          mayGo.wait()
        }
      }
    }
    return await withCheckedContinuation { continuation in
      let replies = Mutex([Int: HallReply]())
      for (index, entry) in commands.enumerated() {
        hall.submit(
          Submission(
            command: entry.command, asker: "kiosk:K1", key: entry.key, requestHash: entry.hash
          ) { reply in
            let all = replies.withLock { replies in
              replies[index] = reply
              return replies.count == commands.count ? replies : nil
            }
            if let all { continuation.resume(returning: commands.indices.compactMap { all[$0] }) }
          })
      }
      mayGo.signal()
    }
  }
}

/// Commands that wait together share a commit, and each is answered for itself.
@Suite(.timeLimit(.minutes(5)))
struct CommitTests {
  @Test func `commands that wait together share commits of at most the batch's bound`()
    async throws
  {
    let directory = try ScratchDirectory()
    // Each reading of this clock differs, and a batch reads it once: equal times are one commit.
    let test = try await TestHall.open(in: directory, clock: TestClock(morning, step: 1))
    let replies = await test.together((0..<1_000).map { _ in Submitted(command: issue()) })
    await test.stop()
    #expect(replies.count == 1_000 && replies.allSatisfy { $0.status == 201 })
    let positions = replies.compactMap { $0.json["position"] as? Int }
    #expect(positions == Array(1...1_000), "in the order in which they were handed in")
    let issued = try records(in: directory).filter {
      if case .issued = $0.event { true } else { false }
    }
    #expect(issued.count == 1_000)
    let commits = Dictionary(grouping: issued, by: \.time).mapValues(\.count)
    #expect(commits.count == 4, "\(commits.values.sorted())")
    #expect(commits.values.max() == Inbox.batchLimit)
  }

  @Test func `a command that is refused does not harm those beside it`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let replies = await test.together(
      (0..<90).map { number in
        switch number % 3 {
        case 0: Submitted(command: issue())
        case 1: Submitted(command: issue("no-such-service"))
        default: Submitted(command: .counter("21", .finish()))
        }
      })
    for (number, reply) in replies.enumerated() {
      #expect(reply.status == [201, 404, 409][number % 3])
    }
    await test.stop()
    #expect(try Journal.verify(directory: directory.path).isSound)
  }

  @Test func `more than the hall can hold are told to come again, and nothing of them is done`()
    async throws
  {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let count = Inbox.limit + 100
    let replies = await test.together((0..<count).map { _ in Submitted(command: issue()) })
    let refused = replies.filter { $0.status == 503 }
    #expect(refused.count == 100 && refused.allSatisfy { $0["name"] == "overloaded" })
    #expect(Array(await test.hall.state.visitsOfDay).count == Inbox.limit)
    await test.stop()
  }

  @Test func `a hall that has stopped refuses, and what it had accepted is durable`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    let accepted = await test.ask(issue())
    await test.stop()
    let late = await test.ask(issue())
    #expect(accepted.status == 201 && late.status == 503 && late["name"] == "stopping")
    #expect(try records(in: directory).count == 4, "configuration, day, hours, and one number")
  }

  /// RELIABILITY: twenty counters race for one queue, 10,000 calls, none double, none lost.
  @Test func `twenty counters race for one queue: nobody is called twice, nobody is forgotten`()
    async throws
  {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory, clock: TestClock(morning, step: 1))
    let count = 10_000
    for _ in 0..<(count / 1_000) {
      _ = await test.together((0..<1_000).map { _ in Submitted(command: issue()) })
    }
    let called = await withTaskGroup(of: [String].self) { group in
      for counter in 1...20 {
        group.addTask {
          var numbers: [String] = []
          while let number = await test.ask(
            .counter(CounterID("\(counter)"), .callNext), asker: "counter:\(counter)")["number"]
          {
            numbers.append(number)
          }
          return numbers
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let all = called.flatMap { $0 }
    #expect(all.count == count && Set(all).count == count)
    #expect(called.allSatisfy { !$0.isEmpty }, "every counter took part")
    let issued = await test.hall.state.visitsOfDay.map(\.number.description)
    #expect(Set(all) == Set(issued))
    await test.stop()
    try expectOrder(in: directory, count: count)
  }

  /// By the records alone: calls follow the order of issue, and each visit is called once.
  private func expectOrder(in directory: ScratchDirectory, count: Int) throws {
    var issued: [VisitID] = []
    var called: [VisitID] = []
    for record in try records(in: directory) {
      if case .issued(let issue) = record.event { issued.append(issue.visit) }
      if case .called(let visit, _, _, _) = record.event { called.append(visit) }
    }
    #expect(called == issued && called.count == count)
  }
}

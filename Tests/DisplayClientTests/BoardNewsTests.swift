import Feed
import Testing
import Wire

@testable import DisplayClient
@testable import Views

@Suite struct BoardNewsTests {
  private func mailbox(after reports: [Follower.Report]) throws -> Mailbox {
    let mailbox = try Mailbox()
    let news = BoardNews(server: "http://hall:1", mailbox: mailbox)
    for report in reports { news.take(report, at: Samples.boot) }
    return mailbox
  }

  private func view(_ calls: [BoardView.Call], sequence: Int) -> Follower.Report {
    .event(
      id: String(sequence), name: "view", data: JSON.encode(Samples.board(calls)))
  }

  @Test("A view and a heartbeat arrive as they were sent")
  func carries() throws {
    let mailbox = try mailbox(after: [
      .connected, .heartbeat(data: JSON.encode(Samples.heartbeat(speed: 60))),
      view(Samples.busyCalls, sequence: 7),
    ])
    let news = mailbox.take()
    #expect(news.view?.board == Samples.board(Samples.busyCalls))
    #expect(news.view?.sequence == 7)
    #expect(news.heartbeat?.0 == Samples.heartbeat(speed: 60))
    #expect(news.heartbeat?.at == Samples.boot)
    #expect(mailbox.take().isEmpty)
  }

  @Test("Of several views the newest one counts")
  func keepsNewest() throws {
    let mailbox = try mailbox(after: [
      view(Samples.busyCalls, sequence: 7), view([], sequence: 8),
    ])
    #expect(mailbox.take().view?.sequence == 8)
  }

  @Test("A heartbeat ends the trouble; what comes after it counts")
  func ordersTrouble() throws {
    let heartbeat = Follower.Report.heartbeat(data: JSON.encode(Samples.heartbeat()))
    let lost = Follower.Report.disconnected(reason: "the cable is out")
    #expect(try mailbox(after: [lost, heartbeat]).take().trouble == nil)
    let trouble = try mailbox(after: [heartbeat, lost]).take().trouble
    #expect(trouble == "No calls come: the cable is out. It is tried again.")
  }

  @Test(
    "What cannot be understood is said, and what is unknown is left alone",
    arguments: ["", "{", "[]", #"{"venue":1}"#, "\u{0}"])
  func saysNonsense(data: String) throws {
    let nonsense = Follower.Report.event(id: "1", name: "view", data: Array(data.utf8))
    let trouble = try #require(try mailbox(after: [nonsense]).take().trouble)
    #expect(trouble.contains("same version of Rossio"))
    let unknown = Follower.Report.event(id: "1", name: "weather", data: Array(data.utf8))
    #expect(try mailbox(after: [unknown]).take().isEmpty)
  }

  @Test("Sleep ends with news, or when its time is over")
  func sleeps() throws {
    let mailbox = try mailbox(after: [])
    let start = LocalTime.now()
    mailbox.wait(milliseconds: 20)
    #expect(LocalTime.now().milliseconds(since: start) >= 19)
    mailbox.put(trouble: "any")
    mailbox.wait(milliseconds: 600_000)
    #expect(mailbox.take().trouble == "any")
  }
}

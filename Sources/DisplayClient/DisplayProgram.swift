import Feed
import Glibc

/// The program behind `rossio-display`: options, token, feed, display.
public enum DisplayProgram {
  /// Runs it with the arguments after its name, and answers the exit status: 0 when it was asked to
  /// end, 1 when something is missing, 2 when the command line is wrong.
  public static func run(_ arguments: [String]) -> Int32 {
    do {
      switch try Options.parse(arguments) {
      case .showUsage:
        print(Options.usage)
        return 0
      case .run(let options):
        try show(options)
        return 0
      }
    } catch let mistake as Options.Mistake {
      Log.error("\(mistake) rossio-display --help lists the options.")
      return 2
    } catch {
      Log.error("\(error)")
      return 1
    }
  }

  private static func show(_ options: Options) throws {
    acceptEndSignals()
    let token = try Token.read(from: options.tokenFile)
    let mailbox = try Mailbox()
    let news = BoardNews(server: options.server, mailbox: mailbox)
    let endpoint = Endpoint(baseURL: options.server, token: token)
    var configuration = Follower.Configuration()
    configuration.longestDelay = longestDelay
    // The stream connects while the window opens.
    let follower = try Follower(
      endpoint, "/v1/board/\(options.screen)", configuration: configuration
    ) { report in news.take(report, at: .now()) }
    defer { follower.stop() }
    try Display(options, mailbox: mailbox).run()
  }

  /// SDL turns SIGTERM and SIGINT into the end of the loop, but a parent process may have left them
  /// blocked: a process inherits the mask of the thread that started it.
  private static func acceptEndSignals() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGTERM)
    unsafe sigaddset(&signals, SIGINT)
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Between attempts to reach the daemon: a hall has a few displays, and each must be back soon.
  private static let longestDelay: Duration = .seconds(2)
}

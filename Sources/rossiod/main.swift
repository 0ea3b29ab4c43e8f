import Hall

await DaemonProcess.run(arguments: Array(CommandLine.arguments.dropFirst()))

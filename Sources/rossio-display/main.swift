import DisplayClient
import Glibc

exit(DisplayProgram.run(Array(CommandLine.arguments.dropFirst())))

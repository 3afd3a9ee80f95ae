import FlowCommand
import Glibc

// A reader that has gone is told by the failing write, not by a signal that kills.
signal(SIGPIPE, SIG_IGN)
exit(FlowTool.run(.system()).rawValue)

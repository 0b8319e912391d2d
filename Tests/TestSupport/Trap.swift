import Foundation
package import Testing

extension ExitTest.Condition {
    /// A failed precondition ended the process, and neither an error nor a call of `exit`.
    package static var trap: Self {
        #if arch(x86_64)
            .signal(SIGILL)
        #else
            .signal(SIGTRAP)
        #endif
    }
}

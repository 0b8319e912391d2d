import DigitsCommand
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct InterruptsTests {
    @Test func theFirstSignalOnlySetsTheFlag() async {
        await #expect(processExitsWith: .exitCode(7)) {
            Interrupts.install()
            if Interrupts.isRequested { exit(1) }
            interruptAndWait()
            exit(Interrupts.isRequested ? 7 : 2)
        }
    }

    @Test func installingAgainForgetsNoSignal() async {
        await #expect(processExitsWith: .exitCode(7)) {
            Interrupts.install()
            interruptAndWait()
            Interrupts.install()
            exit(Interrupts.isRequested ? 7 : 2)
        }
    }

    @Test func theSecondSignalEndsTheProcess() async {
        await #expect(processExitsWith: .exitCode(130)) {
            Interrupts.install()
            interruptAndWait()
            kill(getpid(), SIGINT)
            sleep(10)
            exit(0)
        }
    }
}

/// Sends the signal to the process, as a terminal does: the thread of a test may have it blocked.
private func interruptAndWait() {
    kill(getpid(), SIGINT)
    for _ in 0..<1000 where !Interrupts.isRequested { usleep(10_000) }
}

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
        await #expect(processExitsWith: .exitCode(143)) {
            Interrupts.install()
            interruptAndWait()
            kill(getpid(), SIGTERM)
            sleep(10)
            exit(0)
        }
    }

    @Test func theFirstSignalIsTheExitCode() async {
        await #expect(processExitsWith: .exitCode(143)) {
            Interrupts.install()
            interruptAndWait(SIGTERM)
            exit(Interrupts.isRequested ? Interrupts.code.rawValue : 2)
        }
        await #expect(processExitsWith: .exitCode(129)) {
            signal(SIGHUP, SIG_DFL)
            Interrupts.install()
            interruptAndWait(SIGHUP)
            exit(Interrupts.isRequested ? Interrupts.code.rawValue : 2)
        }
    }

    /// The system and a shell tell of the same terminal.
    @Test func aTerminalGoesAwayOnce() async {
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGHUP, SIG_DFL)
            Interrupts.install()
            interruptAndWait(SIGHUP)
            kill(getpid(), SIGHUP)
            usleep(100_000)
            exit(7)
        }
    }

    @Test func aSignalThatNohupIgnoresStaysIgnored() async {
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGHUP, SIG_IGN)
            Interrupts.install()
            kill(getpid(), SIGHUP)
            usleep(100_000)
            exit(Interrupts.isRequested ? 2 : 7)
        }
    }
}

/// Sends a signal to the process, as a terminal does: the thread of a test may have it blocked.
private func interruptAndWait(_ number: Int32 = SIGINT) {
    kill(getpid(), number)
    for _ in 0..<1000 where !Interrupts.isRequested { usleep(10_000) }
}

import DigitsCommand
import Foundation
import TerminalGraphics
import Testing

struct SystemCallsTests {
    @Test func writingToAFullDiskIsAnOutputFailure() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let failure = #expect(throws: OutputFailure.self) {
            try SystemCalls.write("lost", to: full.fileDescriptor)
        }
        #expect(failure?.description == "The output could not be written: No space left on device.")
    }
}

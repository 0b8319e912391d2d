import Foundation
import TestSupport
import Testing

#if os(Linux)
    @Suite struct StartTests {
        /// Loading them would take longer than all of a prediction. The names of the libraries that are loaded with a
        /// program stand in its file.
        @Test func libraryThatFewRunsNeedIsNotLoadedAtEveryStart() throws {
            let program = try Data(contentsOf: BuiltCommand.executable)
            func names(_ library: String) -> Bool { program.range(of: Data("\(library)\0".utf8)) != nil }

            #expect(names("libc.so.6"))
            for library in ["libFoundation.so", "libFoundationNetworking.so", "lib_FoundationICU.so"] {
                #expect(!names(library), "\(library)")
            }
        }
    }
#endif

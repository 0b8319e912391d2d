import DigitServer
import Testing

@Suite struct ServerSettingsTests {
    @Test func serverIsOnThisMachineAloneUnlessToldOtherwise() {
        #expect(ServerSettings().host == "127.0.0.1")
    }
}

import DigitRecognition
import ReadingReports
import Testing

@Suite struct ReadingRecordTests {
    @Test func blankPictureIsRefusedInItsRecord() {
        let blank = Image(height: 40, width: 60, pixels: [UInt8](repeating: 200, count: 2400))
        let json = ReadingRecord(DigitReader.pretrained().read(blank), of: "a.png").json()
        #expect(
            json.hasPrefix(
                #"{"file":"a.png","width":60,"height":40,"text":"","lines":[],"refused":"blank","reason":""#))
    }

    @Test func fileWithoutPictureIsUnreadable() {
        let record = ReadingRecord(failure: "It is none.", of: "b", page: 2)
        #expect(
            record.json()
                == #"{"file":"b","page":2,"width":null,"height":null,"text":"","lines":[],"refused":"unreadable","reason":"It is none."}"#
        )
    }

    @Test func stepsBecomePictures() throws {
        let blank = Image(height: 40, width: 60, pixels: [UInt8](repeating: 200, count: 2400))
        let reading = DigitReader.pretrained { $0.keepsSteps = true }.read(blank)
        let picture = try #require(reading.steps.first?.pictures.first)
        let decoded = try ImageDecoder().decode(picture, asGrey: true).image
        #expect(decoded == blank)
    }
}

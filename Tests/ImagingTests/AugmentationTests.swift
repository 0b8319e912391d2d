import Imaging
import Testing

/// How distortions are named and refused.
@Suite struct AugmentationTests {
    @Test(arguments: [
        (Augmentation.none, "none"), (Augmentation(rotation: 10, shift: 1.5), "rotation:10,shift:1.5"),
        (
            Augmentation(
                rotation: 1, scale: 0.1, shear: 2, shift: 3, elasticity: 0.5, thickness: 0.25, erasing: 0.75,
                noise: 0.125, damage: 0.5),
            "rotation:1,scale:0.1,shear:2,shift:3,elasticity:0.5,thickness:0.25,erasing:0.75,noise:0.125,damage:0.5"
        ),
    ])
    func textsAreReadAsTheyAreWritten(augmentation: Augmentation, text: String) {
        #expect(augmentation.description == text)
        #expect(Augmentation(text) == augmentation)
    }

    @Test func formsAreReadable() {
        for form in Augmentation.textForms { #expect(Augmentation(form) != nil, "\(form)") }
        #expect(Augmentation("standard") == .standard)
        #expect(Augmentation("shift:2,rotation:3") == Augmentation(rotation: 3, shift: 2))
    }

    @Test(arguments: [
        "", "rotation", "rotation:", "rotation:x", "rotation:1,", ",rotation:1", "rotation:1:2", "spin:1",
        "rotation:1,rotation:2", "none,rotation:1", "Standard", "rotation:1;shift:2",
    ])
    func otherTextsAreNot(text: String) {
        #expect(Augmentation(text) == nil)
    }

    @Test(arguments: [
        (Augmentation(rotation: -1), "rotation", "0 to 180"), (Augmentation(scale: 1), "scale", "0 to 0.9"),
        (Augmentation(shear: 61), "shear", "0 to 60"), (Augmentation(shift: .infinity), "shift", "0 to 20"),
        (Augmentation(elasticity: 5.5), "elasticity", "0 to 5"),
        (Augmentation(thickness: 1.5), "thickness", "0 to 1"),
        (Augmentation(erasing: 2), "erasing", "0 to 1"), (Augmentation(noise: .nan), "noise", "0 to 1"),
        (Augmentation(damage: 1.5), "damage", "0 to 1"),
    ])
    func amountsOutOfRangeAreFaults(augmentation: Augmentation, name: String, expected: String) throws {
        let fault = try #require(augmentation.fault)
        #expect(fault.name == name)
        #expect(fault.expected == expected)
    }

    @Test func standardIsPossible() {
        #expect(Augmentation.standard.fault == nil)
        #expect(Augmentation.none.fault == nil)
    }
}

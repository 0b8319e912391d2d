internal import PlainText

/// How images are distorted at random while a network is trained, so that it sees each digit written in many ways.
///
///     let history = try model.fit(mnist.train, augmentation: .standard, epochs: 20)
///
/// Each amount is the largest; what an image gets is drawn evenly between none of it and that much, to either side. Of erasing and damage
/// it is the share of images that get any. 0 leaves a distortion out.
public struct Augmentation: Sendable, Hashable {
    /// Degrees to turn, 0…180.
    public var rotation: Float
    /// Share by which width and height grow or shrink, each on its own: 0.1 is 0.9 to 1.1 times. At least 0, below 1.
    public var scale: Float
    /// Degrees that upright strokes lean, 0…60.
    public var shear: Float
    /// Pixels to move, along each side, 0…20.
    public var shift: Float
    /// Elastic deformation: the standard deviation of the displacements along each axis, in pixels, 0…5.
    public var elasticity: Float
    /// How much of the step to thicker or thinner strokes by one pixel on each side is gone, 0…1.
    public var thickness: Float
    /// Share of images from which a rectangle with sides of 4 to 10 pixels of 28 is erased, 0…1.
    public var erasing: Float
    /// Standard deviation of noise in each pixel, as a share of full ink, 0…1; what would leave the range is cut off.
    public var noise: Float
    /// Share of images that are damaged as dirt, light, lenses and copies do, 0…1, after all other distortions: by specks, grain, blur,
    /// streaks, haze, clouds, inverted bands, a line across, outlines in place of strokes, frosted glass or blots, one kind for each.
    public var damage: Float

    /// Chooses distortions; what is not named is off.
    public init(
        rotation: Float = 0, scale: Float = 0, shear: Float = 0, shift: Float = 0, elasticity: Float = 0,
        thickness: Float = 0, erasing: Float = 0, noise: Float = 0, damage: Float = 0
    ) {
        self.rotation = rotation
        self.scale = scale
        self.shear = shear
        self.shift = shift
        self.elasticity = elasticity
        self.thickness = thickness
        self.erasing = erasing
        self.noise = noise
        self.damage = damage
    }

    /// What closing epochs keep of it: pictures are damaged to the end.
    package var closing: Augmentation { Augmentation(damage: damage) }

    /// Nothing is distorted.
    public static let none = Augmentation()

    /// What suits handwritten digits: no digit becomes another by as much.
    public static let standard = Augmentation(
        rotation: 12, scale: 0.12, shear: 12, shift: 2, elasticity: 0.7, thickness: 0.3)

    /// The distortions by the names that texts use, in their order.
    static let amounts:
        [(name: String, amount: any WritableKeyPath<Augmentation, Float> & Sendable, most: Float)] = [
            ("rotation", \.rotation, 180), ("scale", \.scale, 0.9), ("shear", \.shear, 60),
            ("shift", \.shift, 20),
            ("elasticity", \.elasticity, 5), ("thickness", \.thickness, 1), ("erasing", \.erasing, 1),
            ("noise", \.noise, 1), ("damage", \.damage, 1),
        ]

    /// The first amount that is out of its range, and the range; nil if all are possible.
    public var fault: (name: String, value: Float, expected: String)? {
        for (name, amount, most) in Self.amounts {
            let value = self[keyPath: amount]
            if !(value >= 0 && value <= most) { return (name, value, "0 to \(NumberText.plain(most))") }
        }
        return nil
    }
}

extension Augmentation: LosslessStringConvertible {
    /// The forms that a command line offers.
    public static let textForms = ["none", "standard", "rotation:10,shift:2"]

    /// What can be named with an amount, in the order in which it is written.
    public static let names = amounts.map(\.name)

    /// The form for command lines: `none`, or the distortions that are on, as in `rotation:10,shift:2`.
    public var description: String {
        let texts = Self.amounts.compactMap { name, amount, _ in
            self[keyPath: amount] == 0 ? nil : "\(name):\(NumberText.plain(self[keyPath: amount]))"
        }
        return texts.isEmpty ? "none" : texts.joined(separator: ",")
    }

    /// Reads the form for command lines, `standard` among them; nil for any other text. Whether the amounts are possible, `fault`
    /// tells.
    public init?(_ description: String) {
        self.init()
        switch description {
        case "none": return
        case "standard": self = .standard
        default:
            var named: Set<String> = []
            for part in description.split(separator: ",", omittingEmptySubsequences: false) {
                let words = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
                guard words.count == 2, let value = Float(words[1]), named.insert(words[0]).inserted,
                    let (_, amount, _) = Self.amounts.first(where: { $0.name == words[0] })
                else { return nil }
                self[keyPath: amount] = value
            }
        }
    }
}

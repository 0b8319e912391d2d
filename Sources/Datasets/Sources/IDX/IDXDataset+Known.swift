internal import FoundationBasics

extension IDXDataset {
    /// Every data set of this format that the package knows, MNIST first.
    public static let known: [IDXDataset] = [
        .mnist, .fashionMNIST, .kmnist, .emnistDigits, .emnistLetters, .emnistBalanced,
    ]

    /// 70,000 handwritten digits.
    ///
    /// Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition",
    /// Proceedings of the IEEE 86 (1998), doi:10.1109/5.726791. The original host refuses automated clients.
    ///
    /// The contradicted labels are those of the test images for which at least three of five human raters chose another
    /// digit: C. G. Northcutt, A. Athalye, J. Mueller, "Pervasive Label Errors in Test Sets Destabilize Machine Learning
    /// Benchmarks", 2021, arXiv:2103.14749, with the raters' answers at https://github.com/cleanlab/label-errors.
    public static let mnist = IDXDataset(
        name: "mnist", title: "MNIST", classNames: digitNames,
        mirrors: [
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
        ].map(mirror),
        train: SplitFiles(
            images: DatasetFile(
                name: "train-images-idx3-ubyte.gz", dimensions: [60_000, 28, 28],
                sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            labels: DatasetFile(
                name: "train-labels-idx1-ubyte.gz", dimensions: [60_000],
                sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")),
        test: SplitFiles(
            images: DatasetFile(
                name: "t10k-images-idx3-ubyte.gz", dimensions: [10_000, 28, 28],
                sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            labels: DatasetFile(
                name: "t10k-labels-idx1-ubyte.gz", dimensions: [10_000],
                sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
        contradictedTestLabels: [947, 1621, 1901, 2462, 2597, 3558, 5937, 6651, 6783, 9729])

    /// 70,000 images of clothing, in MNIST's format.
    ///
    /// Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST", 2017, arXiv:1708.07747.
    public static let fashionMNIST = IDXDataset(
        name: "fashion-mnist", title: "Fashion-MNIST",
        classNames: [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
            "Ankle boot",
        ],
        mirrors: [
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ].map(mirror),
        train: splitFiles(prefix: "train", count: 60_000),
        test: splitFiles(prefix: "t10k", count: 10_000))

    /// 70,000 cursive Japanese characters of ten classes, in MNIST's format. Classes are named by their modern kana
    /// in Latin letters.
    ///
    /// Source: T. Clanuwat et al., "Deep Learning for Classical Japanese Literature", 2018, arXiv:1812.01718.
    public static let kmnist = IDXDataset(
        name: "kmnist", title: "Kuzushiji-MNIST",
        classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
        mirrors: [
            "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
            "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
        ].map(mirror),
        train: splitFiles(prefix: "train", count: 60_000),
        test: splitFiles(prefix: "t10k", count: 10_000))

    /// 280,000 handwritten digits, prepared from the same source as MNIST.
    ///
    /// The makers distribute all of EMNIST as one archive; the mirror holds its files one by one.
    ///
    /// Source: G. Cohen, S. Afshar, J. Tapson, A. van Schaik, "EMNIST: an extension of MNIST to handwritten letters",
    /// 2017, arXiv:1702.05373.
    public static let emnistDigits = emnist(
        "digits", title: "EMNIST Digits", classNames: digitNames, counts: (240_000, 40_000))

    /// 145,600 handwritten letters, capital and small ones of a kind in one class. Source: see `emnistDigits`.
    public static let emnistLetters = emnist(
        "letters", title: "EMNIST Letters", classNames: letterNames, firstLabel: 1, counts: (124_800, 20_800))

    /// 131,600 handwritten digits and letters, 2,800 of each class. Small letters have classes of their own where they look unlike the
    /// capital ones. Source: see `emnistDigits`.
    public static let emnistBalanced = emnist(
        "balanced", title: "EMNIST Balanced",
        classNames: digitNames + letterNames + "abdefghnqrt".map(String.init), counts: (112_800, 18_800))

    private static let digitNames = (0...9).map(String.init)
    private static let letterNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)

    /// A part of EMNIST.
    private static func emnist(
        _ part: String, title: String, classNames: [String], firstLabel: Int = 0,
        counts: (train: Int, test: Int)
    ) -> IDXDataset {
        IDXDataset(
            name: "emnist-\(part)", title: title, classNames: classNames, isTransposed: true,
            firstLabel: firstLabel,
            mirrors: [mirror("https://github.com/aurelienduarte/emnist/raw/master/gzip/")],
            train: splitFiles(prefix: "emnist-\(part)-train", count: counts.train),
            test: splitFiles(prefix: "emnist-\(part)-test", count: counts.test))
    }

    private static func mirror(_ address: String) -> URL {
        guard let url = URL(string: address) else { preconditionFailure("\(address) is no address.") }
        return url
    }

    /// The files of a split for which no hash is known.
    private static func splitFiles(prefix: String, count: Int) -> SplitFiles {
        SplitFiles(
            images: DatasetFile(name: "\(prefix)-images-idx3-ubyte.gz", dimensions: [count, 28, 28]),
            labels: DatasetFile(name: "\(prefix)-labels-idx1-ubyte.gz", dimensions: [count]))
    }
}

extension DatasetDescription {
    /// 70,000 handwritten digits: see `IDXDataset.mnist`.
    public static let mnist = IDXDataset.mnist.description
    /// 70,000 images of clothing: see `IDXDataset.fashionMNIST`.
    public static let fashionMNIST = IDXDataset.fashionMNIST.description
    /// 70,000 cursive Japanese characters: see `IDXDataset.kmnist`.
    public static let kmnist = IDXDataset.kmnist.description
    /// 280,000 handwritten digits: see `IDXDataset.emnistDigits`.
    public static let emnistDigits = IDXDataset.emnistDigits.description
    /// 145,600 handwritten letters: see `IDXDataset.emnistLetters`.
    public static let emnistLetters = IDXDataset.emnistLetters.description
    /// 131,600 handwritten digits and letters: see `IDXDataset.emnistBalanced`.
    public static let emnistBalanced = IDXDataset.emnistBalanced.description
    /// 70,000 digits that this package draws: see `SyntheticSource`.
    public static let synthetic = SyntheticSource().description
}

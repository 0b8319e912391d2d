public import ArgumentParser
public import DigitDatasets

/// `--split train` and `--split test`.
extension DatasetSplit: ExpressibleByArgument {}

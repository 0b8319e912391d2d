// One import gives a user's program data sets, layers, training and models.
@_exported public import DigitDatasets
@_exported public import ModelFormats
@_exported public import NeuralNetworks
@_exported public import Tensors
@_exported public import Training

@_exported public import Compute
// One import gives a user's program data sets, pictures, layers, training and models.
@_exported public import Datasets
@_exported public import Imaging
@_exported public import ModelFormats
@_exported public import NeuralNetworks
@_exported public import Training

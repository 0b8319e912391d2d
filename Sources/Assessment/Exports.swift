// Whoever judges a model needs the statistics, too.
@_exported public import Evaluation

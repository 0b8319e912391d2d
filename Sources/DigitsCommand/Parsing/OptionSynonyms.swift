/// What Keras, PyTorch, scikit-learn and other programs call the options of this one, and what they have that this one has not.
enum OptionSynonyms {
    /// The option that is meant by a word.
    /// - Parameter names: Those that there are.
    static func option(for word: String, among names: [String]) -> String? {
        synonyms.first { $0.words.contains(word) && names.contains($0.option) }?.option
    }

    /// Why there is no option of a name, one sentence; nil for names that nobody expects.
    static func reason(against word: String) -> String? {
        let name = word.hasPrefix("no-") ? String(word.dropFirst(3)) : word
        return reasons.first { $0.words.contains(name) }?.reason
    }

    private static let synonyms: [(option: String, words: Set<String>)] = [
        ("all", ["everything"]),
        ("augmentation", ["aug", "augment", "data-augmentation", "distort", "transform", "transforms"]),
        ("batch-size", ["batch", "bs", "batchsize", "minibatch", "train-batch-size"]),
        ("class", ["category", "cls", "digit", "label", "target"]),
        (
            "clip-norm",
            [
                "clip", "clip-grad", "clip-grad-norm", "clipnorm", "global-clipnorm", "grad-clip",
                "gradient-clip-val", "max-grad-norm",
            ]
        ),
        ("data", ["data-dir", "data-path", "data-root", "dataroot", "root"]),
        ("early-stopping", ["early-stop", "earlystopping", "patience"]),
        ("ema", ["ema-decay", "ema-momentum", "moving-average", "polyak"]),
        ("epochs", ["epoch", "iterations", "max-epochs", "n-epochs", "num-epochs", "train-epochs"]),
        ("force", ["clobber", "exist-ok", "overwrite", "replace", "yes"]),
        ("from", ["begin", "first", "offset", "skip", "start"]),
        ("grid", ["columns", "cols", "ncols", "nrows", "rows"]),
        ("index", ["id", "idx", "image", "indices", "number", "picture", "sample"]),
        ("jobs", ["cpus", "n-jobs", "num-workers", "parallel", "workers"]),
        ("json", ["format", "output-format"]),
        ("label-smoothing", ["smooth", "smoothing"]),
        ("learning-rate", ["alpha", "eta", "lr", "lr0", "rate", "step-size"]),
        ("loss", ["criterion", "loss-fn", "loss-function", "objective"]),
        ("members", ["ensemble", "models", "n-models", "networks"]),
        ("min-confidence", ["conf", "confidence", "min-conf", "threshold"]),
        ("normalization", ["norm", "normalise", "normalize", "scaling"]),
        ("optimizer", ["opt", "optim", "optimiser", "solver"]),
        (
            "output",
            [
                "dest", "dir", "file", "logdir", "name", "out", "out-dir", "out-file", "outdir",
                "output-dir", "output-file", "project", "run-dir", "save", "save-dir", "save-path", "save-to",
            ]
        ),
        ("quiet", ["silent"]),
        ("random", ["rand", "randomly", "sample"]),
        ("recipe", ["arch", "architecture", "config", "model", "net", "network", "preset"]),
        ("report", ["html"]),
        (
            "schedule",
            ["lr-schedule", "lr-scheduler", "sched", "scheduler", "warmup", "warm-up", "warmup-epochs"]
        ),
        ("seed", ["manual-seed", "random-seed", "random-state", "rng"]),
        ("split", ["part", "set", "subset"]),
        ("threads", ["cores", "cpus", "n-jobs", "num-threads", "num-workers", "workers"]),
        ("time-limit", ["max-time", "timeout"]),
        (
            "validation-split",
            ["val", "val-fraction", "val-size", "val-split", "valid", "validation", "validation-fraction"]
        ),
        ("weight-decay", ["decay", "l2", "wd"]),
    ]

    private static let reasons: [(words: Set<String>, reason: String)] = [
        (
            ["accelerator", "cpu", "cuda", "device", "gpu", "gpus", "metal", "mps"],
            "Everything is computed on the processor; there is no device to choose."
        ),
        (
            ["amp", "bf16", "dtype", "fp16", "half", "mixed-precision", "precision"],
            "Everything is computed in 32-bit floats."
        ),
        (
            ["bias-initializer", "init", "initializer", "kernel-initializer", "weight-init"],
            "A recipe's layers say how their weights begin, as Keras's do; --seed says with which random numbers."
        ),
        (
            ["activation", "channels", "dropout", "filters", "hidden", "kernel-size", "layers", "units"],
            "A recipe says what its layers are; 'digits summary --recipe notebook' lists them."
        ),
        (
            ["beta1", "beta2", "betas", "epsilon", "momentum", "nesterov", "rho"],
            "The optimizer has its usual numbers, or the recipe's; --learning-rate and --weight-decay change."
        ),
        (
            ["checkpoint", "ckpt", "load", "model", "model-path", "pretrained", "weights"],
            "A model is named without an option, as in 'digits evaluate runs/first'."
        ),
        (
            ["continue", "restart", "resume"],
            "A run that has ended cannot be gone on with; the same settings and --seed repeat it."
        ),
        (
            ["debug", "progress", "verbose"],
            "Progress is always shown; --quiet leaves it out of a training."
        ),
        (["classes", "num-classes"], "The classes are those of the data set."),
        (["metric", "metrics"], "Loss and accuracy are always told."),
        (["shuffle"], "Training images have an order of their own in each epoch, which follows from --seed."),
    ]
}

import DigitRecognition
import Hummingbird
import HummingbirdCore

/// What is told about models.
enum ModelDescriptions {
    /// `GET /v2/models/{model}`: the protocol's metadata.
    static func metadata(_ model: ServedModel, versions: [Int]) -> Response {
        Response { writer in
            writer.member("name", model.name)
            writer.member("versions", versions.map(String.init))
            writer.member("platform", "digits")
            writer.key("inputs")
            writer.array { writer in
                tensor(ImageInput.name, shape: [-1] + shape(of: model), &writer) {
                    $0.member("range", [0, 255])
                    $0.member("datatypes", ["FP32", "UINT8", "BYTES"])
                }
            }
            writer.key("outputs")
            writer.array { writer in
                tensor(InferenceResponse.outputName, shape: [-1, model.classCount], &writer) {
                    $0.member("labels", model.classNames)
                }
            }
        }
    }

    private static func shape(of model: ServedModel) -> [Int] {
        [model.shape.height, model.shape.width, model.shape.channels]
    }

    private static func tensor(
        _ name: String, shape: [Int], _ writer: inout JSONWriter, parameters: (inout JSONWriter) -> Void
    ) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("datatype", "FP32")
            writer.member("shape", shape)
            writer.key("parameters")
            writer.object(parameters)
        }
    }

    /// `GET /v2/models/{model}/config`: as far as Triton's clients read it.
    static func configuration(_ model: ServedModel, largestBatch: Int) -> Response {
        func tensor(_ name: String, _ dimensions: [Int], _ writer: inout JSONWriter) {
            writer.array { writer in
                writer.object { writer in
                    writer.member("name", name)
                    writer.member("data_type", "TYPE_FP32")
                    writer.member("dims", dimensions)
                }
            }
        }
        return Response { writer in
            writer.member("name", model.name)
            writer.member("platform", "digits")
            writer.member("backend", "digits")
            writer.member("max_batch_size", largestBatch)
            writer.key("input")
            tensor(ImageInput.name, shape(of: model), &writer)
            writer.key("output")
            tensor(InferenceResponse.outputName, [model.classCount], &writer)
        }
    }

    /// `GET /v2/models/{model}/stats`: Triton's statistics extension, as far as there are numbers.
    static func statistics(_ models: [ServedModel]) -> Response {
        Response { writer in
            writer.key("model_stats")
            writer.array { writer in
                for model in models {
                    let counts = model.statistics.counts
                    writer.object { writer in
                        writer.member("name", model.name)
                        writer.member("version", String(model.version))
                        writer.member("last_inference", counts.last)
                        writer.member("inference_count", counts.images)
                        writer.member("execution_count", counts.requests)
                        writer.key("inference_stats")
                        writer.object { writer in
                            duration("success", counts.requests, counts.time, &writer)
                            duration("fail", counts.failures, .zero, &writer)
                        }
                        writer.member("batch_stats", [Int]())
                    }
                }
            }
        }
    }

    private static func duration(_ name: String, _ count: Int, _ time: Duration, _ writer: inout JSONWriter) {
        writer.key(name)
        writer.object { writer in
            writer.member("count", count)
            writer.member("ns", Int(clamping: time / .nanoseconds(1)))
        }
    }

    /// The models that there are: `POST /v2/repository/index`.
    static func index(_ models: [ServedModel]) -> Response {
        var writer = JSONWriter()
        writer.array { writer in
            for model in models {
                writer.object { writer in
                    writer.member("name", model.name)
                    writer.member("version", String(model.version))
                    writer.member("state", "READY")
                    writer.member("reason", "")
                }
            }
        }
        return Response(json: writer.buffer)
    }
}

extension Int {
    fileprivate init(clamping value: Double) {
        self = value < 9e18 ? Int(value) : .max
    }
}

public import Datasets
public import DigitRecognition
public import Evaluation

extension Model {
    /// Makes the model as sure as it is right: finds the temperature with which labelled images are likeliest, and keeps
    /// it in `information`, from where predictions and the model's file have it. What is read stays the same.
    ///
    ///     let validation = mnist.train.split(validationFraction: 0.1).validation
    ///     let fit = try model.calibrate(on: validation)
    ///     print(fit.temperature.value, fit.before.expectedCalibrationError, fit.after.expectedCalibrationError)
    /// - Parameter images: Images that the model was not trained on: those it knows too well. Not the test set either,
    ///   which is for the score at the end.
    /// - Returns: The temperature and the calibration on these images, without any temperature and with this one.
    /// - Throws: `InputError` if there are no images or they do not fit the network; `EvaluationError` if its outputs
    ///   are no probabilities or no temperature is best. The model keeps the temperature that it had.
    @discardableResult
    public func calibrate(on images: LabeledImages) throws -> Temperature.Fit {
        let fit = try ModelAssessment(of: self, on: images).fittedTemperature()
        setTemperature(fit.temperature.value)
        return fit
    }
}

public import Datasets
public import DigitRecognition
public import Evaluation

extension Model {
    /// Makes the model as sure as it is right: finds the temperature with which labelled pictures are likeliest, and keeps
    /// it in `information`, from where predictions and the model's file have it. What is read stays the same.
    ///
    ///     let validation = mnist.train.split(validationFraction: 0.1).validation
    ///     let fit = try model.calibrate(on: validation)
    ///     print(fit.temperature.value, fit.before.expectedCalibrationError, fit.after.expectedCalibrationError)
    /// - Parameter images: Pictures that the model was not trained on: those it knows too well. Not the test set either,
    ///   which is for the score at the end.
    /// - Returns: The temperature and the calibration on these pictures, without any temperature and with this one.
    /// - Throws: `InputError` if there are no pictures or they do not fit the network; `EvaluationError` if its outputs
    ///   are no probabilities or no temperature is best. The model keeps the temperature that it had.
    @discardableResult
    public func calibrate(on images: LabeledImages) throws -> Temperature.Fit {
        let former = information.temperature
        setTemperature(nil)
        do {
            let fit = try Temperature.fit(Predictor(self, threads: threads).labeledPredictions(on: images))
            setTemperature(fit.temperature.value)
            return fit
        } catch {
            setTemperature(former)
            throw error
        }
    }
}

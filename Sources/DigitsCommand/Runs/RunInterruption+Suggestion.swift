import PlainText
import TrainingRuns

extension RunInterruption {
    /// What follows its description: what is complete, and what to type next.
    /// - Parameters:
    ///   - run: The folder of the whole run.
    ///   - members: Networks of the whole run.
    ///   - lacksReport: Whether a report was asked for, which there is not.
    ///   - dataArguments: Options that name the data.
    func suggestion(run: RunFolder, members: Int, lacksReport: Bool, dataArguments: String) -> String {
        let evaluation = "digits evaluate \(ShellText.quoted(folder.model))\(dataArguments)"
        let report =
            lacksReport
            ? "\nThere is no report; '\(evaluation) --report report' writes one of the model as it is." : ""
        return report + (isTrained ? "\nNext: \(evaluation)" : complete(run: run, members: members))
    }

    /// Which members are complete, where there are several.
    private func complete(run: RunFolder, members: Int) -> String {
        let path = ShellText.quoted(run.path)
        switch completeMembers {
        case 0: return ""
        case 1: return "\nThe first of \(members) members is complete, in \(path)/member-1/model.safetensors."
        default:
            return "\nThe first \(completeMembers) of \(members) members are complete.\n"
                + "Next: digits average \(path)/member-{1..\(completeMembers)}/model.safetensors --output ensemble.safetensors"
        }
    }
}

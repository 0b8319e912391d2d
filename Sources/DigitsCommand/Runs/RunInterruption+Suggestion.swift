import PlainText
import TrainingRuns

extension RunInterruption {
    /// What follows its description: what is complete, and what to type next.
    /// - Parameters:
    ///   - run: The folder of the whole run.
    ///   - members: Networks of the whole run.
    ///   - dataArguments: Options that name the data.
    func suggestion(run: RunFolder, members: Int, dataArguments: String) -> String {
        if isTrained { return "\nNext: digits evaluate \(ShellText.quoted(folder.model))\(dataArguments)" }
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

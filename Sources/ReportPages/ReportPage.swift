public import Figures

/// A page of results that stands for itself: one file of HTML with everything in it, which asks nothing of a network.
///
/// ```swift
/// let page = ReportPage(
///     title: "A model on MNIST", summary: "What it reads, and where it errs.",
///     facts: [PageFact("Accuracy", "98.51%", note: "9,851 of 10,000")],
///     sections: [PageSection("Classes", [.figure(.confusionMatrix(counts: [[9, 1], [0, 10]], classes: ["0", "1"]))])])
/// let html = page.html
/// ```
///
/// The page fits a phone, follows the reader's light or dark scheme, can be printed, and runs no program. Each figure is a
/// drawing with a text alternative, and the same in numbers.
public struct ReportPage: Hashable, Sendable {
    /// What the page is about, in a few words.
    public var title: String
    /// What the page says, in a sentence or two.
    public var summary: String
    /// The few numbers that matter most.
    public var facts: [PageFact]
    /// The parts, in order.
    public var sections: [PageSection]
    /// What stands under everything, such as who made the page.
    public var footer: String

    /// Creates a page.
    public init(
        title: String, summary: String, facts: [PageFact] = [], sections: [PageSection], footer: String = ""
    ) {
        self.title = title
        self.summary = summary
        self.facts = facts
        self.sections = sections
        self.footer = footer
    }

    /// The page as HTML, which is well-formed XML as well. Equal pages have equal texts.
    public var html: String { PageWriter(self).html }
}

/// A number or a word that matters, with its name.
public struct PageFact: Hashable, Sendable {
    /// What it is.
    public var name: String
    /// The number with its unit, or the word.
    public var value: String
    /// What there is to say of it; empty for nothing.
    public var note: String

    /// Creates a fact.
    public init(_ name: String, _ value: String, note: String = "") {
        self.name = name
        self.value = value
        self.note = note
    }
}

/// A part of a page under a heading of its own.
public struct PageSection: Hashable, Sendable {
    /// The heading.
    public var title: String
    /// What stands under it, in order.
    public var blocks: [PageBlock]

    /// Creates a section.
    public init(_ title: String, _ blocks: [PageBlock]) {
        self.title = title
        self.blocks = blocks
    }
}

/// One thing in a section.
public enum PageBlock: Hashable, Sendable {
    /// Sentences.
    case paragraph(String)
    /// Names with their values, one under another.
    case facts([PageFact])
    /// A drawing, with its numbers in a table that can be opened.
    case figure(Figure)
    /// A drawing without numbers.
    case drawing(Drawing)
    /// Numbers, with what they are.
    case table(FigureTable, caption: String)
    /// What can be typed into a terminal.
    case command(String)
}

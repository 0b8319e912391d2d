extension Recipe {
    /// Six networks of the recipe `accurate`, averaged: six times the work in training and in use.
    public static let ensemble = accurate.averaged(members: 6, name: "ensemble")
}

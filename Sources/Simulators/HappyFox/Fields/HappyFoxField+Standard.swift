extension HappyFoxField {
    /// One field of every kind and one of an unknown kind. Neither the ids of the fields nor those of the choices follow
    /// their order, so that nobody takes one for the other.
    package static let standard: [HappyFoxField] = [
        HappyFoxField(id: 4, name: "Department"),
        HappyFoxField(id: 13, name: "Employee number", kind: .number),
        HappyFoxField(
            id: 5, name: "Region", kind: .dropdown,
            choices: [.init(id: 7, text: "EMEA"), .init(id: 3, text: "APAC"), .init(id: 12, text: "Americas")]),
        HappyFoxField(id: 9, name: "Badge", isVisibleToStaffOnly: true),
        HappyFoxField(
            id: 21, name: "Languages", kind: .multipleChoice,
            choices: [
                .init(id: 31, text: "English"), .init(id: 22, text: "German"), .init(id: 27, text: "French"),
                .init(id: 25, text: "Japanese"),
            ]),
        HappyFoxField(id: 17, name: "Birthday", kind: .date),
        HappyFoxField(id: 30, name: "Favourite colour", kind: .other("colour-picker")),
    ]
}

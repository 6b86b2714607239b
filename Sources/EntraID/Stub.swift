// EntraID

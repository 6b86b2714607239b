import ArgumentParser
import Yams
@main struct Foxtrail: ParsableCommand {}

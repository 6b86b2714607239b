#!/usr/bin/env python3
"""Writes Foxtrail's manual: a page for every command, from the binary's own description of its --help.

    manual.py BINARY DIRECTORY      SOURCE_DATE_EPOCH dates the pages

What a page says of a command is what --help says; what is the same for all commands stands in foxtrail(1), from
common.man beside this file.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

COMMON = pathlib.Path(__file__).with_name("common.man")


def escaped(text):
    """Text as roff has it: nothing in it is a command, a minus is a minus."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return "\n".join("\\&" + line if line.startswith(".") else line for line in text.split("\n"))


def prose(text):
    """Text with `code` set bold."""
    parts = re.split(r"`([^`\n]+)`", text)
    return "".join(f"\\fB{escaped(part)}\\fR" if index % 2 else escaped(part) for index, part in enumerate(parts))


def literal(lines):
    return [".EX", *(escaped(line) for line in lines), ".EE"]


class Discussion:
    """What --help says at length, taken apart: examples, exit codes, and the rest."""

    def __init__(self, text):
        self.examples, self.exits, self.rest = [], [], []
        for block in filter(None, re.split(r"\n\s*\n", text.strip("\n"))):
            self.take(block.split("\n"))

    def take(self, lines):
        if lines[0].startswith("Exit code"):
            self.exits.append(" ".join(lines))
            return
        rest, in_example = [], False
        for line in lines:
            in_example = line.startswith("Example:") or (in_example and line.startswith(" "))
            if in_example:
                self.examples.append(line.removeprefix("Example:").removeprefix(" ").removeprefix("        "))
            else:
                rest.append(line)
        if rest:
            self.rest.append(rest)

    def paragraphs(self):
        for lines in self.rest:
            # Columns and indented lines stand as they are.
            if any(re.search(r"\S {2,}\S|^ ", line) for line in lines):
                yield from [".PP", *literal(lines)]
            else:
                yield from [".PP", prose(" ".join(lines))]


class Page:
    def __init__(self, command, path, date, version):
        self.command, self.path = command, path
        self.name = "-".join(path)
        self.discussion = Discussion(command.get("discussion", ""))
        self.arguments = [one for one in command.get("arguments", []) if one["shouldDisplay"]]
        self.children = [one for one in command.get("subcommands", []) if one["shouldDisplay"]
                         and one["commandName"] != "help"]
        title = escaped(self.name.upper())
        self.lines = [f'.TH "{title}" 1 "{date}" "Foxtrail {version}" "Foxtrail"', ".SH NAME",
                      f"{escaped(self.name)} \\- {escaped(command['abstract'].rstrip('.'))}"]

    def text(self):
        self.synopsis()
        self.section("DESCRIPTION", [".PP", prose(self.command["abstract"]), *self.discussion.paragraphs()])
        self.section("COMMANDS", [line for child in self.children for line in (
            ".TP", f"\\fB{escaped(child['commandName'])}\\fR", prose(child["abstract"]))])
        self.section("OPTIONS", [line for one in self.arguments for line in self.argument(one)])
        self.section("EXAMPLES", literal(self.discussion.examples) if self.discussion.examples else [])
        if len(self.path) == 1:
            self.lines += COMMON.read_text().splitlines()
        else:
            exits = [line for text in self.discussion.exits for line in (".PP", prose(text))]
            self.section("EXIT STATUS", exits + [".PP", "The codes that all commands share are in \\fBfoxtrail\\fR(1)."])
        self.see_also()
        return "\n".join(self.lines) + "\n"

    def section(self, title, lines):
        if lines:
            self.lines += [f".SH {title}", *(lines[1:] if lines[0] == ".PP" else lines)]

    def synopsis(self):
        words = [f"\\fB{escaped(' '.join(self.path))}\\fR"]
        words += ["\\fIcommand\\fR"] if self.children else []
        words += [self.usage(one) for one in self.arguments if self.name_of(one) not in ("--help", "--version")]
        self.section("SYNOPSIS", [" ".join(words)])

    @staticmethod
    def name_of(argument):
        if argument["kind"] == "positional":
            return f"<{argument['valueName']}>"
        preferred = argument["preferredName"]
        return {"long": "--", "short": "-", "longWithSingleDash": "-"}[preferred["kind"]] + preferred["name"]

    def usage(self, argument):
        value = f"\\fI{escaped(argument['valueName'])}\\fR" if argument["kind"] != "flag" else ""
        word = value if argument["kind"] == "positional" else f"\\fB{escaped(self.name_of(argument))}\\fR"
        word += f" {value}" if argument["kind"] == "option" else ""
        word += " ..." if argument["isRepeating"] else ""
        return f"[{word}]" if argument["isOptional"] else word

    def argument(self, argument):
        value = f"\\fI{escaped(argument['valueName'])}\\fR"
        if argument["kind"] == "positional":
            yield from [".TP", value]
        else:
            dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
            names = ", ".join(f"\\fB{escaped(dashes[name['kind']] + name['name'])}\\fR" for name in argument["names"])
            yield from [".TP", names + (f" {value}" if argument["kind"] == "option" else "")]
        said = prose(argument.get("abstract", ""))
        if argument.get("allValues"):
            said += f" One of {escaped(', '.join(argument['allValues']))}."
        if argument.get("defaultValue"):
            said += f" Default: {escaped(argument['defaultValue'])}."
        yield said.strip() or "\\&"

    def see_also(self):
        others = ["-".join(self.path[:-1])] if len(self.path) > 1 else []
        others += ["foxtrail"] if len(self.path) > 2 else []
        others += [f"{self.name}-{child['commandName']}" for child in self.children]
        self.section("SEE ALSO", [", ".join(f"\\fB{escaped(other)}\\fR(1)" for other in others)] if others else [])


def pages(command, path, date, version):
    page = Page(command, [*path, command["commandName"]], date, version)
    yield page
    for child in page.children:
        yield from pages(child, page.path, date, version)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    binary, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    said = [subprocess.run([binary, option], check=True, capture_output=True, text=True).stdout
            for option in ("--experimental-dump-help", "--version")]
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc) if epoch else datetime.datetime.now()
    directory.mkdir(parents=True, exist_ok=True)
    for page in pages(json.loads(said[0])["command"], [], now.date().isoformat(), said[1].strip()):
        (directory / f"{page.name}.1").write_text(page.text())


if __name__ == "__main__":
    main()

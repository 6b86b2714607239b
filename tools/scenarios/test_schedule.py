"""When syncs are due, against Python's zoneinfo."""

import bisect
import datetime
import json
import os
import zoneinfo

from support import ADMIN, Scenario

# Time zones and the years of their odd days: midnight that is skipped, that comes twice, days that are left out.
ZONES = {
    "Africa/Cairo": (2014, 2026),
    "Africa/Casablanca": (2026,),
    "America/Asuncion": (2023,),
    "America/Havana": (2026,),
    "America/New_York": (2026,),
    "America/Nuuk": (2024,),
    "America/Santiago": (2022, 2026),
    "America/Sao_Paulo": (2017, 2018),
    "America/St_Johns": (2011,),
    "Asia/Amman": (2022,),
    "Asia/Beirut": (2023, 2026),
    "Asia/Gaza": (2023, 2031),
    "Asia/Kolkata": (2026,),
    "Asia/Tehran": (2021,),
    "Atlantic/Azores": (1993, 2026),
    "Australia/Lord_Howe": (2050,),
    "Europe/Berlin": (2026, 2100),
    "Europe/Dublin": (1971,),
    "Pacific/Apia": (2011,),
    "Pacific/Kwajalein": (1993,),
}
QUARTER = 900


def beginnings(name, year):
    """Each date of a year with the first second at which a clock shows it: whenever it shows a later date than ever before."""
    zone = zoneinfo.ZoneInfo(name)

    def date(second):
        return datetime.datetime.fromtimestamp(second, zone).date()

    start = int(datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
    latest, found = date(start - 2 * 86400), []
    for second in range(start - 2 * 86400, start + 367 * 86400, QUARTER):
        if date(second) <= latest:
            continue
        first = bisect.bisect_left(range(second + 1), True, lo=second - QUARTER, key=lambda one: date(one) > latest)
        latest = date(first)
        if latest.year == year:
            found.append(first)
    return found


class TheSchedule(Scenario):
    def open(self, zone, home):
        self.home = self.directory / home
        self.foxtrail("init", "--account", "Acme", "--time-zone", zone, "--portal-url", "https://acme.example",
                      "--admin", ADMIN, agent=None)

    def expect(self, zone, year):
        expected = beginnings(zone, year)
        before = datetime.datetime.fromtimestamp(expected[0] - 1, datetime.timezone.utc)
        rows = self.rows("schedule", "--after", before.strftime("%Y-%m-%dT%H:%M:%SZ"), "--count", len(expected))
        times = [int(datetime.datetime.fromisoformat(row["at"].replace("Z", "+00:00")).timestamp()) for row in rows]
        self.assertEqual(times, expected)
        clock = zoneinfo.ZoneInfo(zone)
        for row, time in zip(rows, expected):
            self.assertEqual(row["local"], datetime.datetime.fromtimestamp(time, clock).isoformat())
        return [row["local"][11:16] for row in rows]

    def test_agrees_with_zoneinfo_in_each_zone_on_each_day(self):
        odd = 0
        for number, (zone, years) in enumerate(ZONES.items()):
            self.open(zone, f"home-{number}")
            for year in years:
                with self.subTest(zone=zone, year=year):
                    odd += sum(time != "00:00" for time in self.expect(zone, year))
        self.assertGreater(odd, 10, "hardly a midnight was skipped")

    def test_says_what_is_odd(self):
        for zone, after, words in [
            ("Africa/Cairo", "2026-04-23", "the day begins at 01:00"),
            ("America/Havana", "2026-10-31", "midnight comes twice"),
            ("Pacific/Apia", "2011-12-29", "there is no 2011-12-30"),
        ]:
            with self.subTest(zone):
                self.open(zone, zone.replace("/", "-"))
                self.assertIn(words, self.foxtrail("schedule", "--after", after, "--count", 1))

    def test_follows_the_systems_database_and_says_where_it_is_ahead(self):
        """A country that changes its clocks is known when the system knows it, not with our next release."""
        folder = self.directory / "zoneinfo"
        (folder / "Europe").mkdir(parents=True)
        (folder / "Europe" / "Berlin").write_bytes(tzif("XXX-3"))
        os.environ["TZDIR"] = str(folder)
        self.addCleanup(os.environ.pop, "TZDIR")
        self.open("Europe/Berlin", "home")
        self.assertEqual(self.next_local(), "2026-11-25T00:00:00+03:00")
        found = {row["check"]: row for row in self.rows_of_doctor()}["time zone data"]
        self.assertEqual(found["result"], "warn")
        self.assertIn("2026", found["found"])
        (folder / "Europe" / "Berlin").unlink()
        self.assertEqual(self.next_local(), "2026-11-25T00:00:00+01:00")

    def next_local(self):
        return self.rows("schedule", "--after", "2026-11-24T12:00:00Z", "--count", 1)[0]["local"]

    def rows_of_doctor(self):
        return [json.loads(line) for line in self.run_foxtrail("doctor", "--json").stdout.splitlines()]


def tzif(rule):
    """A zone file without any past."""
    header = b"TZif2" + bytes(15) + b"".join(n.to_bytes(4, "big") for n in (0, 0, 0, 0, 1, 4))
    body = (0).to_bytes(4, "big") + b"\0\0" + b"XXX\0"
    return (header + body) * 2 + f"\n{rule}\n".encode()

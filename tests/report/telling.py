"""Hand-written logs, told with the names of an organisation that is shipped."""

from __future__ import annotations

from collections.abc import Sequence

from ovning.log import records as r
from ovning.model.flows import Flow
from ovning.model.services import Service
from ovning.model.setup import Setup
from ovning.model.vocabulary import Word
from ovning.report.teller import Entry
from ovning.report.timeline import timeline
from ovning.units import HOUR

START = r.PlayStarted(0, "elavbrott", "orebro", None, 1, 17, "2026-01-22T03:50:00+01:00", 30 * HOUR)
END = r.PlayEnded(30 * HOUR)

SERVICES = {
    "electricity": {"affects": {"households": 11000}},
    "generator": {"level": 0},
    "mobile": {"depends_on": {"electricity": {"endurance": "2 h", "instead": ["generator"]}}},
    "personal_alarms": {"affects": {"persons": 420}, "depends_on": {"mobile": {}}},
    "supervision": {"affects": {"persons": 420}},
}
TITLES = {
    "electricity": "Elförsörjning",
    "generator": "Elverk",
    "mobile": "Mobiltelefoni",
    "personal_alarms": "Trygghetslarm",
    "supervision": "Tillsyn",
}
FLOWS = {
    "calls": {
        "title": "Samtal till växeln",
        "one": "samtal",
        "step": "5 min",
        "arrives": {"per_hour": 40},
        "stages": [{"stage": "answer", "title": "Svara dem som ringer", "needs": "answer_public", "takes": "3 min"}],
    },
    "visits": {
        "title": "Besök hos larminnehavare",
        "one": "besök",
        "arrives": {"lacking": "personal_alarms", "every": "8 h"},
        "stages": [
            {
                "stage": "visit",
                "title": "Besöka dem med tysta larm",
                "needs": "home_visits",
                "takes": "30 min",
                "patience": "4 h",
            }
        ],
        "keeps": "supervision",
    },
}


def with_society(setup: Setup) -> Setup:
    """The same setup with four services that hang together and two flows, whatever its own are."""
    services = {name: Service.model_validate({**given, "assumption": "prov"}) for name, given in SERVICES.items()}
    flows = {name: Flow.model_validate({**given, "assumption": "prov"}) for name, given in FLOWS.items()}
    scenario = setup.scenario.model_copy(update={"services": services, "flows": flows, "events": ()})
    words = {name: Word(title=title, meaning="prov") for name, title in TITLES.items()}
    vocabulary = setup.vocabulary.model_copy(update={"services": words})
    return setup.model_copy(update={"scenario": scenario, "vocabulary": vocabulary})


def told(setup: Setup, *records: r.Record, short: bool = False) -> tuple[Entry, ...]:
    """Entries of a log that lasts thirty hours from ten to four one January night."""
    log = (START, *records, END)
    assert [record.at for record in log] == sorted(record.at for record in log)
    return timeline(log, setup, main_course_only=short).entries


def one(entries: Sequence[Entry], words: str) -> Entry:
    """The only entry whose headline holds the words."""
    found = [entry for entry in entries if words in entry.headline]
    assert len(found) == 1, [entry.headline for entry in entries]
    return found[0]

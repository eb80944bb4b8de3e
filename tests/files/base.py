"""A small valid exercise in four files, to be damaged one way at a time."""

from __future__ import annotations

from pathlib import Path

VOCABULARY = """\
capabilities:
  receive_alarm: {title: Ta emot larm, meaning: Svarar när någon utifrån larmar}
  verify_situation: {title: Verifiera, meaning: Tar reda på om det stämmer}
  public_information: {title: Informera, meaning: Säger något till allmänheten}
  lead_staff: {title: Leda stab, meaning: Håller ihop staben}
  personnel: {title: Personal, meaning: Planerar avlösning}
  visit_holders: {title: Besöka, meaning: Åker hem till folk}
  answer_calls: {title: Svara, meaning: Svarar i telefon}
decisions:
  open_safety_points: {title: Öppna trygghetspunkter, meaning: Platser med värme och besked}
  exceed_budget: {title: Överskrida budget, meaning: Köper utan täckning}
services:
  electricity: {title: El, meaning: Andel av hushållen som har ström}
  safety_points: {title: Trygghetspunkter, meaning: Andel som når en öppen}
  mobile: {title: Mobilnät, meaning: Andel av ytan med täckning}
  reserve_power: {title: Reservkraft, meaning: Andel av masterna med elverk}
  personal_alarms: {title: Trygghetslarm, meaning: Andel larm som fungerar}
  supervision: {title: Tillsyn, meaning: Andel som får tillsyn i tid}
levels:
  normal: {title: Normalläge, meaning: Ingenting särskilt}
  central_command: {title: Central krisledning, meaning: Staben sitter}
roles:
  duty_officer: {title: Tjänsteperson i beredskap, meaning: Tar larm}
  executive: {title: Ledning, meaning: Beslutar}
  home_care: {title: Hemtjänst, meaning: Åker hem till folk}
seats:
  chief: {title: Stabschef, meaning: Leder, does: [lead_staff]}
  situation: {title: Lägesbild, meaning: Samlar, does: [verify_situation, personnel]}
kinds:
  electricity: {title: El, meaning: Rör el}
  care: {title: Omsorg, meaning: Rör omsorg}
actors:
  grid_company: {title: Nätbolag, meaning: Äger ledningarna}
channels:
  phone: {title: Telefon, meaning: Mobil}
  messenger: {title: Ordonnans, meaning: Någon åker}
follow_up:
  keep_log: {title: Föra logg, meaning: Skriver, needs: lead_staff, every: 1 h, takes: 5 min}
severities:
  - {severity: 0, title: Inget, meaning: Allt är som vanligt}
  - {severity: 1, title: Litet, meaning: En fråga}
  - {severity: 2, title: Allvarligt, meaning: Flera frågor}
  - {severity: 3, title: Mycket allvarligt, meaning: Många drabbas}
"""

ASSUMPTIONS = """\
calendars:
  value: {office_hours: {begin: "08:00", end: "17:00", days: [mon, tue, wed, thu, fri]}}
  reason: Vanlig kontorstid
night_begins: {value: "22:00", range: ["21:00", "23:00"], reason: Folk sover}
night_ends: {value: "06:00", range: ["05:00", "07:00"], reason: Folk vaknar}
luck_of_the_night: {value: person, range: [person, call], reason: Den som sover tungt sover}
mornings_differ: {value: 0 min, range: [0 min, 1 h], reason: Alla vaknar samtidigt här}
luck_of_the_day_lasts: {value: 2 h, range: [30 min, 16 h], reason: Den som sitter i möte kommer ut igen}
off_duty_reached:
  chance: {day: 0.6, night: 0.4}
  delay: {median: 10 min, p90: 30 min}
  arrives: {median: 40 min, p90: 70 min}
  range: {delay: [5 min, 20 min]}
  reason: Ingen mätning finns
try_next_after: {value: 5 min, range: [2 min, 10 min], reason: Så länge väntar man}
stays_awake: {value: 2 h, range: [1 h, 4 h], reason: Man somnar om}
pass_on: {value: 3 min, range: [1 min, 5 min], reason: Ett kort samtal}
patience: {value: 10 min, range: [5 min, 20 min], reason: Så länge väntar man}
report: {value: 2 min, range: [1 min, 4 min], reason: Ett kort samtal}
assess: {value: 5 min, range: [2 min, 10 min], reason: En bedömning}
decide_level: {value: 5 min, range: [2 min, 10 min], reason: Ett beslut}
alert: {value: 4 min, range: [2 min, 10 min], reason: Ett larm}
answer_within: {value: 5 min, range: [2 min, 10 min], reason: Sedan ringer man nästa}
gather_present: {value: 10 min, range: [5 min, 20 min], reason: Gångväg}
stand_down: {value: 10 min, range: [5 min, 20 min], reason: Ett beslut}
meeting_opening: {value: 5 min, range: [2 min, 10 min], reason: Upprop}
convene: {value: 10 min, range: [5 min, 20 min], reason: En kallelse}
enters_function: {value: 5 min, range: [2 min, 10 min], reason: Ett beslut}
body_adjourns_after: {value: 30 min, range: [10 min, 60 min], reason: Man väntar}
joint_patience: {value: 30 min, range: [10 min, 60 min], reason: Man väntar}
clarification:
  chance: 0.1
  takes: {median: 5 min, p90: 10 min}
  range: {chance: [0.0, 0.3]}
  reason: Olika språk
pattern: {facts: 3, kinds: 2, severity: 3, range: {facts: [2, 5]}, reason: Många små är ett stort}
ordinary_piece: {value: 20 min, range: [10 min, 40 min], reason: Vardagen}
daily_rest: {value: 11 h, range: [8 h, 11 h], reason: Dygnsvila}
duty_ends_after: {value: 5 h, range: [3 h, 8 h], reason: Man har hunnit sova}
works_at_most: {value: 16 h, range: [13 h, 24 h], reason: Sedan går man hem}
plan_shifts: {value: 20 min, range: [10 min, 40 min], reason: En lista}
shift_change: {value: 15 min, range: [5 min, 30 min], reason: En genomgång}
report_afterwards: {value: 5 min, range: [2 min, 10 min], reason: Ett samtal}
on_call_reached:
  chance: 0.9
  delay: {median: 3 min, p90: 10 min}
  arrives: {median: 30 min, p90: 50 min}
  range: {chance: [0.7, 1.0]}
  reason: Ingen mätning finns
body_item: {value: {median: 10 min, p90: 20 min}, range: [5 min, 30 min], reason: En fråga}
"""

SOURCES = """\
sources:
  Påhitt:
    title: Påhittat för proven
    kind: document
    publisher: Vi
    date: "2026"
    sections: [hela, enheter, folk, funktioner, organ, lägen, avtal, samband, scenario, el, besök, mål, variant, nätet,
      batterier, samtal, torn, Kapitel / Avsnitt]
  SCB: {title: Folkmängd, kind: statistics, publisher: SCB, read: part}
"""

ORGANISATION = """\
organisation: smastad
title: Småstad (påhittad)
population: 10000
source: "Påhitt / hela"
units:
  kontoret: {title: Kommunkontoret, site: stadshuset, source: "Påhitt / enheter"}
people:
  beredskap: {count: 4, works: office_hours, source: "Påhitt / folk"}
  chefer: {count: 3, works: office_hours, source: "Påhitt / folk"}
  politiker: {count: 5, works: never, source: "Påhitt / folk"}
  vardare: {count: 2, works: always, source: "Påhitt / folk"}
functions:
  tib:
    title: Tjänsteperson i beredskap
    unit: kontoret
    filled_by: [beredskap]
    role: duty_officer
    on_call: {count: 1, reached: {assume: on_call_reached}}
    does: [receive_alarm, verify_situation]
    reports_to: chef
    patience: {assume: 10 min, range: [5 min, 20 min], reason: Så länge väntar man}
    deputies: [{function: chef}]
    source: "Påhitt / funktioner"
  chef:
    title: Kommundirektör
    unit: kontoret
    filled_by: [chefer]
    role: executive
    does: [receive_alarm, verify_situation, public_information]
    decides: [open_safety_points]
    source: "Påhitt / funktioner"
  hemtjanst:
    title: Hemtjänsten
    unit: kontoret
    filled_by: [vardare]
    role: home_care
    does: [visit_holders, answer_calls]
    source: "Påhitt / funktioner"
bodies:
  utskott:
    title: Krisledningsutskottet
    members: [{from: politiker, count: 5}]
    quorum: 3
    convened_by: chef
    item: {assume: body_item}
    decides: [exceed_budget]
    source: "Påhitt / organ"
first_call: {default: tib, else: [chef]}
levels:
  - id: central_command
    title: Central krisledning
    recommended_when: {known_severity: 2}
    via: tib
    decided_by: chef
    staffs: {chief: 1, situation: 1}
    active_when: {seats: 2, including: [chief]}
    rhythm: {meeting_every: {assume: 3 h, range: [1 h, 6 h], reason: Vanligt}, item: {assume: body_item}}
    shifts:
      length: {assume: 8 h, range: [8 h, 12 h], reason: Vanligt}
      planned_within: {assume: 1 h, range: [1 h, 4 h], reason: Vanligt}
      changes_at: ["07:00", "15:00", "23:00"]
    follow_up: [keep_log]
    source: "Påhitt / lägen"
staff: {chief: [chefer], situation: [beredskap]}
agreements:
  - {between: [kontoret, grid_company], source: "Påhitt / avtal"}
channels:
  - id: phone
    delay: {assume: 1 min, range: [0 min, 5 min], reason: Man ringer upp}
    depends_on: {electricity: {at_least: 0.2, share: {assume: 0.5, range: [0.2, 1.0], reason: Halva orten}}}
    source: "Påhitt / samband"
  - {id: messenger, delay: 20 min, assumption: Någon åker}
"""

SCENARIO = """\
scenario: stromlost
title: Strömlöst
source: "Påhitt / scenario"
start: "2026-01-22T03:50"
horizon: 6 h
services:
  electricity: {affects: {households: 4000}, source: "Påhitt / el"}
  safety_points: {level: 0, assumption: Inga är öppna}
  reserve_power: {level: 0, assumption: Inget elverk är på plats}
  mobile:
    assumption: Batterier i masterna
    depends_on:
      electricity: {at_least: 0.6, endurance: {median: 1 h, p90: 2 h}, leaves: 0.2, instead: [reserve_power]}
    recovers_after: 10 min
  personal_alarms: {affects: {persons: 40}, depends_on: {mobile: {follows: true}}, assumption: Larmen går i mobilnätet}
  supervision: {affects: {persons: 40}, assumption: Alla har tillsyn}
events:
  - {id: outage, at: 0 min, sets: {electricity: 0.5}}
  - id: sleet
    at: 1 h
    sets: {safety_points: 0}
    away: [home_care]
    lasts: {min: 10 min, mode: 20 min, max: 1 h}
    repeat: {every: 2 h, times: 2}
  - {id: back, at: {min: 3 h, mode: 4 h, max: 5 h}, sets: {electricity: 1}, tells: power_back}
warrants: [central_command]
facts:
  substation_lost: {title: En station är borta, severity: 2, kind: electricity}
  outage_extent: {title: Omfattningen är känd, severity: 3, kind: electricity}
  power_back: {title: Strömmen är tillbaka, severity: 0, kind: electricity, cancels: [substation_lost, outage_extent]}
injects:
  - id: E1
    title: Larm
    at: 0 min
    from: Nätbolaget
    actor: grid_company
    to: first_call(default)
    by: phone
    text: "Vi har förlorat en station, klart före {clock +4 h}."
    facts: [substation_lost]
    asks_for: verify_and_alert
    priority: high
    expected: Verifiera och larma
    objectives: [M1]
  - id: E2
    title: Hur många?
    when: {service: electricity, below: 0.6}
    delay: 30 min
    unless: {decision: open_safety_points}
    from: Radion
    to: role(executive)
    by: phone
    text: "Är det {electricity.out} hushåll, alltså {electricity.level} kvar?"
    asks_for: answer
    expected: Svara
  - id: E3
    title: Falskt larm
    at: 10 min
    variation: false_alarm
    from: Nätbolaget
    to: first_call(default)
    by: phone
    text: "Falskt larm."
    facts: [power_back]
    asks_for: answer
    expected: Svara
  - id: E4
    title: Många väntar
    when: {any: [{flow: visits, waiting: 5}, {all: [{on_duty_for: 4 h, persons: 2}, {between: ["05:00", "09:00"]}]}]}
    from: Hemtjänsten
    to: role(home_care)
    only_if_there: true
    by: phone
    text: "{visits.waiting} väntar, {visits.late} för länge, {calls.done} av {calls.arrived} är klara, {worn.4 h} slut."
    asks_for: answer
    expected: Svara
flows:
  visits:
    title: Besök hos dem vars larm är dött
    one: besök
    source: "Påhitt / besök"
    arrives:
      lacking: personal_alarms
      first_after: {assume: 1 h, range: [30 min, 2 h], reason: Så länge går det}
      every: {assume: 4 h, range: [2 h, 8 h], reason: Så ofta}
    stages:
      - stage: visit
        title: Besöka
        needs: visit_holders
        by: home_care
        mode: field
        takes: {assume: {median: 10 min, p90: 20 min}, range: [5 min, 30 min], reason: Ett besök}
        together: 4
        patience: {assume: 2 h, range: [1 h, 4 h], reason: Så sent får det bli}
        begins_when: {fact: outage_extent, known_by: home_care}
        calls_in: true
    keeps: supervision
    objectives: [M1]
  calls:
    title: Frågor från invånare
    one: samtal
    assumption: Folk ringer när ingen säger något
    step: 15 min
    arrives:
      per_hour: 2
      because_of: {electricity: 0.01}
      only_while: {service: electricity, below: 0.9}
      at_night: 0.2
      asks_about: [substation_lost, outage_extent]
      information_lowers: {assume: 0.5, range: [0.2, 0.8], reason: Den som vet ringer inte}
      through: mobile
      at_most: 200
    stages:
      - stage: answer
        title: Svara
        needs: answer_calls
        mode: call
        takes: 3 min
        patience: {mean: 10 min}
        places: 30
procedures:
  verify_and_alert:
    - {task: receive, title: Ta emot, needs: receive_alarm, mode: call, takes: {median: 5 min, p90: 10 min}}
    - task: verify
      title: Verifiera
      needs: verify_situation
      mode: desk
      takes: 10 min
      after: [receive]
      uses: [substation_lost]
      establishes: [outage_extent]
      publishes: true
      then: {extends: {mobile: 1 h}}
    - task: open_points
      title: Öppna
      needs: decide(open_safety_points)
      mode: desk
      takes: 5 min
      after: [verify]
      within: 1 h
      then: {sets: {safety_points: 1}}
  answer:
    - task: reply
      title: Svara
      needs: public_information
      mode: call
      takes: {mean: 5 min}
      informs: [role(executive)]
variations:
  false_alarm:
    title: Falskt larm
    warrants: []
    without: [E2]
    changes: {events.back.at: 10 min}
"""

EXERCISE = """\
exercise: stromlost
title: Strömlöst i Småstad
scenario: scenario.yaml
organisations: [smastad]
objectives:
  - id: M1
    title: Småstad ska kunna larma
    criteria:
      - measure: time_to_level
        level: central_command
        met: 2 h
        partly: 3 h
        target_share: 90 %
        source: "Påhitt / mål"
      - {measure: time_to_task, inject: E1, task: verify, met: 30 min, source: "Påhitt / mål"}
      - {measure: time_to_decision, decision: open_safety_points, met: 1 h, source: "Påhitt / mål"}
      - {measure: time_to_fact, fact: outage_extent, known_by: executive, met: 1 h, source: "Påhitt / mål"}
      - {measure: time_to_received, inject: E1, met: 15 min, source: "Påhitt / mål"}
"""

FILES = {
    "vocabulary.yaml": VOCABULARY,
    "assumptions.yaml": ASSUMPTIONS,
    "sources.yaml": SOURCES,
    "organisations/smastad.yaml": ORGANISATION,
    "stromlost/scenario.yaml": SCENARIO,
    "stromlost/exercise.yaml": EXERCISE,
}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Writes the files; gives the exercise's folder."""
    for name, text in (files or FILES).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "stromlost"

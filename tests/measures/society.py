"""Checks of a log alone on services, rest, seats and flows: plain dictionaries, and no code of engine or measures.

Each raises ``AssertionError`` with the place of whatever does not add up.
"""

from collections import Counter, defaultdict
from itertools import pairwise


def check_society(records):
    """Everything of this file."""
    assert_services_change(records)
    assert_rest_is_rest(records)
    assert_seats_add_up(records)
    assert_relief_is_a_change_of_seat(records)
    assert_seats_are_left_for_the_reason_given(records)
    assert_functions_empty_and_fill_in_turn(records)
    assert_flows_are_conserved(records)
    assert_flow_work_is_somebodys_time(records)
    assert_the_public_is_told_what_somebody_knows(records)
    assert_stocks_are_conserved(records)


def assert_services_change(records):
    """A changed level is another one, a need is lost and restored in turn, and only fuel moves when it fails."""
    levels, lost, extended = {}, {}, set()
    for r in records:
        if r["type"] == "ServiceChanged":
            service = r["service"]
            assert 0 <= r["level"] <= 1, f"{service}: has {r['level']} at {r['at']}"
            assert levels.get(service) != r["level"], f"{service}: changed to what it was at {r['at']}"
            levels[service] = r["level"]
        elif r["type"] == "ServiceExtended":
            extended.add((r["service"], r["at"]))
        elif r["type"] == "NeedLost":
            need = r["service"], r["need"]
            assert r["fails_at"] >= r["at"], f"{need}: fails before it is lost"
            again = need in lost and (r["service"], r["at"]) in extended
            assert again or need not in lost, f"{need}: lost twice, at {lost.get(need)} and {r['at']}"
            lost[need] = r["at"]
        elif r["type"] == "NeedRestored":
            need = r["service"], r["need"]
            assert need in lost, f"{need}: restored at {r['at']} without having been lost"
            del lost[need]


def rests(records):
    """Person → stretches of rest: from, to, and when it was said to be over."""
    found, begun = defaultdict(list), {}
    # Nobody rests for a shift of what is no more, or for one that is called off as the staff sits by day from now on.
    ended = {r["at"] for r in records if r["type"] == "LevelStoodDown"}
    for r in records:
        if r["type"] == "RestBegan":
            assert r["person"] not in begun, f"{r['person']}: goes off to rest twice"
            begun[r["person"]] = r
        elif r["type"] == "RestEnded":
            assert r["person"] in begun, f"{r['person']}: has rested without going off"
            began = begun.pop(r["person"])
            called_off = began["why"] == "before_shift" and r["at"] < began["until"]
            called_off &= r["at"] in ended or is_shift_called_off(records, r, began["until"])
            said = f"{r['person']}: rests to {r['at']}, and was to until {began['until']}"
            assert called_off or r["at"] == began["until"], said
            found[r["person"]].append((began["at"], r["at"]))
    for person, began in begun.items():
        assert began["until"] >= records[-1]["at"], f"{person}: never done resting"
        found[person].append((began["at"], records[-1]["at"]))
    return found


def is_shift_called_off(records, cut, until):
    """Whether nobody who had agreed to the shift that somebody rested for comes to it, when their rest is cut short."""
    agreed = [r for r in records if r["type"] == "ReliefAgreed" and r["at"] <= cut["at"]]
    own = [(r["level"], r["shift"]) for r in agreed if r["person"] == cut["person"]]
    theirs = {r["person"] for r in agreed if own and (r["level"], r["shift"]) == own[-1]}
    came = [r for r in records if r["type"] == "SeatFilled" and cut["at"] <= r["at"] <= until]
    return bool(own) and not any(r["person"] in theirs and r["level"] == own[-1][0] for r in came)


def absences(records):
    """Person → stretches in which nobody can reach them."""
    horizon, found = records[-1]["at"], defaultdict(list)
    for r in records:
        if r["type"] == "WentAway":
            until = horizon if r["until"] is None else min(r["until"], horizon)
            assert until >= r["at"], f"{r['person']}: away at {r['at']} until {until}"
            found[r["person"]].append((r["at"], until))
    return found


def assert_rest_is_rest(records):
    """Nobody works, meets, sits in a seat, is called, answers or arrives while resting or away."""
    horizon = records[-1]["at"]
    off = defaultdict(list)
    for what, spans in (("rests", rests(records)), ("is away", absences(records))):
        for person, stretches in spans.items():
            off[person] += [(*s, what) for s in stretches]
    if not off:
        return
    sat = {}
    for r in records:
        spans = []
        if r["type"] == "Worked":
            spans = [(r["since"], r["at"], r["activity"])]
        elif r["type"] == "SeatFilled":
            sat[r["person"]] = r["at"]
        elif r["type"] == "SeatLeft":
            spans = [(sat.pop(r["person"]), r["at"], "sits")]
        elif r["type"] in {"ContactAttempted", "PersonReached", "PersonArrived", "MemberPresent", "TaskStarted"}:
            spans = [(r["at"], r["at"], r["type"])]
        for since, until, what in spans:
            _assert_apart(r["person"], since, until, what, off[r["person"]])
    for person, since in sat.items():
        _assert_apart(person, since, horizon, "sits", off[person])


def _assert_apart(person, since, until, what, off):
    for begin, end, why in off:
        inside = begin < since < end if since == until else max(since, begin) < min(until, end)
        assert not inside, f"{person}: {what} from {since} to {until}, and {why} from {begin} to {end}"


def assert_seats_add_up(records):
    """Nobody sits in two seats, and ``filled`` counts those who sit."""
    seat_of, filled = {}, Counter()
    for r in records:
        if r["type"] not in {"SeatFilled", "SeatLeft"}:
            continue
        person, seat = r["person"], (r["level"], r["seat"])
        if r["type"] == "SeatFilled":
            assert person not in seat_of, f"{person}: sits down in {seat}, and sits in {seat_of.get(person)}"
            seat_of[person] = seat
            filled[r["level"]] += 1
        else:
            assert seat_of.get(person) == seat, f"{person}: leaves {seat}, and sits in {seat_of.get(person)}"
            del seat_of[person]
            filled[r["level"]] -= 1
        assert r["filled"] == filled[r["level"]], f"{seat}: {r['filled']} filled, counted {filled[r['level']]}"


def assert_seats_are_left_for_the_reason_given(records):
    """Whoever leaves worn out goes to rest that instant, and whoever leaves because they are away is away."""
    worn = {(r["person"], r["at"]) for r in records if r["type"] == "RestBegan" and r["why"] == "worn_out"}
    gone = {(r["person"], r["at"]) for r in records if r["type"] == "WentAway"}
    for r in records:
        if r["type"] == "SeatLeft" and r["why"] in ("worn_out", "away"):
            reasons = worn if r["why"] == "worn_out" else gone
            assert (r["person"], r["at"]) in reasons, f"{r['person']}: leaves {r['why']} at {r['at']}, and is not"


def assert_relief_is_a_change_of_seat(records):
    """Whoever is relieved leaves the seat as the other sits down in it, after a change that took both their time."""
    left = {(r["person"], r["level"], r["seat"], r["at"]) for r in records if r["type"] == "SeatLeft"}
    came = {(r["person"], r["level"], r["seat"], r["at"]) for r in records if r["type"] == "SeatFilled"}
    changes = {(r["person"], r["since"], r["at"]) for r in records if r.get("activity") == "shift_change"}
    agreed = {(r["person"], r["level"], r["seat"]) for r in records if r["type"] == "ReliefAgreed"}
    for r in records:
        if r["type"] != "PersonRelieved":
            continue
        seat = r["level"], r["seat"]
        assert (r["person"], *seat, r["at"]) in left, f"{r['person']}: relieved at {r['at']}, and does not leave"
        assert (r["by"], *seat, r["at"]) in came, f"{r['by']}: relieves at {r['at']}, and does not sit down"
        assert (r["by"], *seat) in agreed, f"{r['by']}: relieves without having been told"
        for person in (r["person"], r["by"]) if r["since"] < r["at"] else ():
            assert (person, r["since"], r["at"]) in changes, f"{person}: change from {r['since']} took no time"


def assert_functions_empty_and_fill_in_turn(records):
    """A function is emptied and manned in turn."""
    empty = set()
    for r in records:
        if r["type"] == "FunctionEmptied":
            assert r["function"] not in empty, f"{r['function']}: emptied twice"
            empty.add(r["function"])
        elif r["type"] == "FunctionManned":
            assert r["function"] in empty, f"{r['function']}: manned at {r['at']}, and was not empty"
            empty.discard(r["function"])


FLOW = {"FlowArrived", "FlowTurnedAway", "FlowBegun", "FlowDone", "FlowLeft", "FlowLate"}


def assert_flows_are_conserved(records):
    """Arrived = done + left + turned away + waiting + in work, stage by stage, and never fewer than none."""
    flows = defaultdict(list)
    for r in records:
        if r["type"] in FLOW:
            flows[r["flow"]].append(r)
    for flow, own in flows.items():
        if any(r["items"] for r in own):
            _assert_each_item_has_one_life(flow, own)
        else:
            _assert_counts(flow, own)


def _assert_counts(flow, records):
    waiting = working = 0
    for r in records:
        number, kind = r["number"], r["type"]
        assert number > 0, f"{flow}: {kind} of {number} at {r['at']}"
        waiting += number if kind == "FlowArrived" else -number if kind not in {"FlowDone", "FlowLate"} else 0
        working += number if kind == "FlowBegun" else -number if kind == "FlowDone" else 0
        assert waiting >= 0, f"{flow}: {waiting} wait at {r['at']}"
        assert working >= 0, f"{flow}: {working} in work at {r['at']}"


def _assert_each_item_has_one_life(flow, records):
    """Waiting, then in work at a stage, then waiting for another or through; time waited is what is said."""
    state, since, been, late = {}, {}, defaultdict(set), set()
    for r in records:
        kind, at, items = r["type"], r["at"], r["items"]
        assert r["number"] == len(items) == len(set(items)), f"{flow}: {r['number']} of {items} at {at}"
        for item in items:
            before, stage = state.get(item), r.get("stage")
            place = f"{flow} {item}: {kind} at {at}"
            if kind == "FlowArrived":
                assert before is None, f"{place}, and was {before}"
                state[item], since[item] = "waits", at
            elif kind == "FlowDone":
                assert before == f"at {stage}", f"{place} in {stage}, and was {before}"
                state[item], since[item] = ("through" if r["last"] else "waits"), at
            elif kind == "FlowLate":
                assert before == "waits", f"{place}, and was {before}"
                assert item not in late, f"{place}, and was late before"
                late.add(item)
            else:
                assert before == "waits", f"{place}, and was {before}"
                assert stage not in been[item], f"{place}: in {stage} twice"
                been[item].add(stage)
                state[item] = f"at {stage}" if kind == "FlowBegun" else "gone"
        if kind in {"FlowBegun", "FlowLeft"}:
            waited = sum(at - since[item] for item in items)
            assert r["waited"] == waited, f"{flow}: {kind} at {at} after {r['waited']} in all, counted {waited}"


def assert_flow_work_is_somebodys_time(records):
    """A piece of a flow's work begins when it is said to, and what it was about is done when it ends."""
    begun = {r["work"]: r for r in records if r["type"] == "FlowBegun" and r["work"]}
    assert len(begun) == sum(r["type"] == "FlowBegun" and bool(r["work"]) for r in records), "a piece begun twice"
    spans = defaultdict(set)
    for r in records:
        if r.get("activity") == "flow":
            assert r["task"] in begun, f"{r['person']}: works on {r['task']}, which nobody began"
            spans[r["task"]].add((r["since"], r["at"]))
    ends = Counter()
    for work, piece in begun.items():
        worked = sorted(spans[work]) or [(piece["at"], piece["at"])]
        assert worked[0][0] >= piece["at"], f"{work}: worked on from {worked[0][0]}, begun at {piece['at']}"
        for (_, end), (begin, _) in pairwise(worked):
            assert end <= begin, f"{work}: taken up at {begin}, and not put down until {end}"
        ends[piece["flow"], piece["stage"], worked[-1][1]] += piece["number"]
    done = Counter()
    works = {(r["flow"], r["stage"]) for r in begun.values()}
    for r in records:
        if r["type"] == "FlowDone" and (r["flow"], r["stage"]) in works:
            done[r["flow"], r["stage"], r["at"]] += r["number"]
    for what, number in done.items():
        assert number <= ends[what], f"{what}: {number} done, but work on {ends[what]} ended then"


def assert_the_public_is_told_what_somebody_knows(records):
    """A fact is published once, as a task is finished, and somebody knew it."""
    known, told = set(), set()
    finished = {(r["task"], r["at"]) for r in records if r["type"] == "TaskFinished" and r["outcome"] == "done"}
    for r in records:
        if r["type"] == "FactLearned":
            known.add(r["fact"])
        elif r["type"] == "FactPublished":
            assert r["fact"] in known, f"{r['fact']}: published at {r['at']}, and nobody knew it"
            assert r["fact"] not in told, f"{r['fact']}: published twice"
            assert (r["task"], r["at"]) in finished, f"{r['fact']}: published by {r['task']}, which is not finished"
            told.add(r["fact"])


HOUR = 3_600_000


def assert_stocks_are_conserved(records):
    """What a stock has is what it had, and what has run and been moved in, less what has out; to the last grain.

    Rates are thousandths an hour, so that rate x milliseconds are thousandths of an hour's milliseconds each. A stock
    says what it has at STARTEX, without a rest, and at the end. It never has less than nothing or more than it holds.
    """
    has, holds, state, rates, since = {}, {}, {}, {}, 0
    for r in records:
        lasted = r["at"] - since
        if lasted:
            since = r["at"]
            for rate, source, target in rates.values():
                for stock, sign in ((source, -1), (target, 1)):
                    if stock is not None:
                        has[stock] += sign * rate * lasted
            for stock, amount in has.items():
                assert 0 <= amount <= holds[stock], f"{stock}: has {amount / HOUR} of {holds[stock] / HOUR} at {since}"
        if r["type"] == "StockStood":
            stock = r["stock"]
            if stock not in has:
                assert r["at"] == 0, f"{stock}: first heard of at {r['at']}"
                has[stock], holds[stock] = r["amount"] * HOUR, r["holds"] * HOUR
            assert r["amount"] == has[stock] // HOUR, f"{stock}: {r['amount']} at {since}, counted {has[stock] / HOUR}"
            state[stock] = r["state"]
        elif r["type"] == "StockRateChanged":
            assert 0 <= r["rate"] <= r["wanted"], f"{r['pipe']}: {r['rate']} of {r['wanted']} at {since}"
            rates[r["pipe"]] = r["rate"], r["source"], r["target"]
        elif r["type"] == "StockMoved":
            assert 0 <= r["amount"] <= r["wanted"], f"{r['amount']} of {r['wanted']} moved at {since}"
            for stock, sign in ((r["source"], -1), (r["target"], 1)):
                if stock is not None:
                    has[stock] += sign * r["amount"] * HOUR
                    assert 0 <= has[stock] <= holds[stock], f"{stock}: {has[stock] / HOUR} at {since}"
    if has:
        last = {r["stock"]: r["at"] for r in records if r["type"] == "StockStood"}
        assert set(last.values()) == {records[-1]["at"]}, f"the end is not told: {last}"

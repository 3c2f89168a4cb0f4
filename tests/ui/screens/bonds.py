#!/usr/bin/env python3
"""Made-up cases with orders, bail, ways to reach somebody, and police staff: KG-BND1 has all of it, KG-BND2 the same suspect, KG-BND3 an
officer as suspect. Everybody in them is invented."""

import json

PAUL = {"family": "Sampleman", "given": "Paul", "born": "1978-01-02", "sex": "male"}


def case(n, people, **more):
    return {
        "format": "book124.case/1", "id": f"KG-BND{n}", "borough": "KG", "reported_at": "2010-01-20T20:10:00Z", "reported_how": "call",
        "attended_at": "2010-01-20T20:31:00Z", "kind": "crime", "incident": {"from": "2010-01-20T19:00:00Z", "place": f"{n} Nowhere Road"},
        "cad": {"number": f"6{n:03}/20JAN10", "received_at": "2010-01-20T20:10:00Z", "result": "domestic", "closed_at": "2010-01-20T21:40:00Z"},
        "offences": [{"class": "common-assault", "at": "2010-01-20T20:40:00Z"}], "flags": [{"flag": "dv", "at": "2010-01-20T20:40:00Z"}],
        "children": {"answer": "none", "at": "2010-01-20T20:45:00Z"}, "people": people,
        "references": [{"system": "cris", "number": f"4{n:02}6234/10", "at": "2010-01-20T22:00:00Z"}],
        "owners": [{"unit": "csu", "offered_at": "2010-01-21T08:00:00Z", "accepted_at": "2010-01-21T08:10:00Z"}],
        **more,
    }


def person(key, role, **more):
    return {"key": key, "role": role, "recorded_at": "2010-01-20T20:50:00Z", **more}


def cases():
    vera = person("v1", "victim", family="Fictiveday", given="Vera", born="1980-03-04", sex="female", address="1 Secret Street")
    paul = person("s1", "suspect", **PAUL, relationship={"to": "v1", "kind": "ex-partner"}, warnings="Keeps a dog that bites.")
    yield case(1, [vera, paul],
               orders=[{"key": "o1", "kind": "non-molestation", "person": "s1", "protects": "v1", "court": "Example County Court", "number": "FD10P00123",
                        "served_at": "2010-01-22T10:00:00Z", "expires": "2010-02-13T23:59:59Z", "at": "2010-01-21T12:00:00Z",
                        "terms": "Not to come within 100 metres of 1 Secret Street, as invented. Power of arrest."}],
               safe_contacts=[{"person": "v1", "way": "home", "value": "020 7946 0311", "rule": "do-not-use", "at": "2010-01-21T09:00:00Z"},
                              {"person": "v1", "way": "mobile", "value": "07700 900311", "rule": "at-times", "times": "weekdays 0930 to 1430",
                               "note": "ask for the red umbrella", "at": "2010-01-21T09:00:00Z"}])
    yield case(2, [person("v1", "victim", family="Inventedby", given="Ines", born="1983-05-06", sex="female"),
                   person("s1", "suspect", **PAUL, relationship={"to": "v1", "kind": "partner"})])
    yield case(3, [person("v1", "victim", family="Madeuply", given="Mona", sex="female"),
                   person("s1", "suspect", family="Uniformed", given="Una", sex="female", police_staff=True)])


if __name__ == "__main__":
    for document in cases():
        print(json.dumps(document, ensure_ascii=False))

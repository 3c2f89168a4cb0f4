#!/usr/bin/env python3
"""Made-up cases whose books 124D hold answers, for the screen scripts: printed as case documents, one a line.

  KG-BOOK1  returned once by PS Specimen and reworked: waits for the sergeant, with flags and injuries
  KG-BOOK2  signed by PS Specimen: waits for the detective sergeant
  KG-BOOK3  written by PS Specimen: somebody else must check it
  KG-BOOK4  answers of another force's form, and none that this one knows
  KG-BOOK5  written and not yet read, nothing to say against it
  KG-BOOK6  read by both, with an addendum and a movement
  KG-BOOK7  returned by PS Specimen: waits for its officer

Nobody in them exists."""

import copy
import json

PC, PS, DS = "900001", "900002", "900007"

FACTORS = ("separation pregnancy escalation culture stalking sexual children-abuse pets weapons strangulation threats-to-kill suicide "
           "jealousy-control alcohol-drugs mental-health").split()


def answers(n):
    """A whole book, with nothing missing."""
    told = {
        "book.serial": f"T{n:03}-1", "header.cad": f"1{n:03}/31JAN10", "header.cris": f"4{n:02}1234/10",
        "header.reported": "2010-01-31T20:10:00Z", "header.attended": "2010-01-31T20:31:00Z",
        "incident.from": "2010-01-31T19:40:00Z", "incident.place": f"{n} Nowhere Road, Example Town", "officer.warrant": PC,
        "officer.rank": "pc", "officer.team": "Team Amber", "reported.how": "call", "reported.caller": "victim",
        "reported.recording": "yes", "victim.family": f"Sample{'abcdefgh'[n]}", "victim.given": "Vera", "victim.born": "1979-03-14",
        "victim.sex": "female", "victim.ethnicity": "W1", "victim.interpreter": "no", "victim.living-there": "yes",
        "victim.address": f"{n} Nowhere Road, Example Town", "victim.staff": "no", "safe.ok": "yes",
        "safe.how": ["telephone"], "safe.number": "020 7946 0018", "safe.times": "weekdays before three", "safe.message": "no",
        "suspect.known": "yes", "suspect.family": f"Specimen{'abcdefgh'[n]}", "suspect.given": "Otto", "suspect.sex": "male",
        "suspect.staff": "no", "suspect.there": "no", "suspect.status": "outstanding", "suspect.arrested": "no",
        "suspect.whereabouts": "Perhaps at his brother's in Elsewhere.", "suspect.no-arrest": "not-there",
        "suspect.no-arrest-why": "He had left by the back door ten minutes before we came.", "suspect.checks": ["pnc", "cris"],
        "suspect.checks-result": "Nothing on PNC; one earlier report on CRIS.", "suspect.weapons": "no", "suspect.bail": "no",
        "relationship.kind": "spouse", "relationship.living-together": "yes", "relationship.separated": "no",
        "relationship.shared-children": "no", "children.answer": "none", "others.house-to-house": "no", "allegation.kind": "crime",
        "allegation.offences": ["common-assault"], "allegation.first-words": "He pushed me, he just pushed me.",
        "allegation.account": "Vera said that the argument began about the rent. Otto pushed her twice against the kitchen door with both "
                              "hands and left when she said that she would call. She has known him for eleven years and they have lived "
                              "here for six of them.",
        "allegation.honour": "no", "allegation.forced-marriage": "no", "allegation.sexual": "no", "allegation.counter": "no",
        "injury.any": "no", "injury.strangled": "no", "scene.state": ["untidy"], "scene.messages": "no", "photo.any": "no",
        "photo.none": "No marks to be seen.", "demeanour.victim": "Calm, tired, spoke freely.", "history.checked": "yes",
        "orders.any": "no", "risk.victim-view": "She is not afraid of him sober.", "risk.grade": "standard",
        "risk.rationale": "First push, no injury, no threat; she wants him to sleep elsewhere for a while.", "statement.taken": "yes",
        "statement.signed": "yes", "statement.supports": "yes", "action.taken": ["advice"],
        "action.none": "He was gone; his brother's address is circulated.", "action.tonight": "Her sister sleeps there tonight.",
        "support.advice": ["leaflet"], "support.consent": "given", "support.share": "yes", "declaration.true": "yes",
        "declaration.at": "2010-01-31T23:05:00Z",
    }
    told.update({f"risk.{f}": "no" for f in FACTORS})
    return told


def with_marks(told):
    """The same book with injuries, and an account that says more than its answers."""
    told = copy.deepcopy(told)
    told.update({
        "injury.any": "yes", "injury.ambulance": "no", "injury.treated": "no", "injury.refused": "She says it is nothing.",
        "injury": [
            {"region": "front-neck", "kinds": ["redness"], "size": "4 cm", "colour": "red", "cause": "his hand", "whose": "victim",
             "photographed": "yes"},
            {"region": "back-left-forearm", "kinds": ["bruise", "graze"], "size": "3 cm by 2 cm", "cause": "door frame",
             "whose": "victim", "photographed": "no", "no-photo": "She was to come to the station the day after."},
        ],
        "photo.any": "yes", "photo.again": "yes", "photo": [{"of": "neck", "medium": "digital", "where": "station store"}],
        "allegation.offences": ["s47"], "medical.signed": "no", "medical.refused": "Not wanted tonight.",
        "risk.escalation": "yes", "risk.escalation.context": "Three times since Christmas, before that once a year.",
        "risk.grade": "medium", "risk.rationale": "It gets worse and more frequent. She has somewhere to go.",
    })
    del told["photo.none"]
    told["allegation.account"] = (
        "Vera said that the argument began about the rent. Otto pushed her against the kitchen door and put his hand round her throat "
        "so that she could not speak. He let go when the telephone rang and left by the back door.")
    return told


def case(n, by, versions, **more):
    """versions: (completed, answers); the first begins the case."""
    first = versions[0][1]
    return {
        "format": "book124.case/1", "id": f"KG-BOOK{n}", "borough": "KG", "reported_at": "2010-01-31T20:10:00Z",
        "reported_how": "call", "attended_at": "2010-01-31T20:31:00Z", "kind": "crime",
        "cad": {"number": f"1{n:03}/31JAN10", "received_at": "2010-01-31T20:10:00Z", "result": "domestic",
                "closed_at": "2010-01-31T21:40:00Z"},
        "offences": [{"class": "common-assault", "at": "2010-01-31T20:40:00Z"}],
        "children": {"answer": "none", "at": "2010-01-31T20:45:00Z"},
        "people": [
            {"key": "v1", "role": "victim", "family": f"Sample{'abcdefgh'[n]}", "given": "Vera", "born": "1979-03-14",
             "sex": "female", "police_staff": False, "recorded_at": "2010-01-31T20:50:00Z"},
            {"key": "s1", "role": "suspect", "family": f"Specimen{'abcdefgh'[n]}", "given": "Otto", "sex": "male",
             "police_staff": False, "recorded_at": "2010-01-31T20:50:00Z", "relationship": {"to": "v1", "kind": "spouse"},
             "status": [{"status": "outstanding", "at": "2010-01-31T20:31:00Z"}]}],
        "references": [{"system": "cris", "number": f"4{n:02}1234/10", "at": "2010-01-31T22:00:00Z"}],
        "books": [{"serial": f"T{n:03}-1", "by": by, "begun_at": "2010-01-31T21:00:00Z", "completed_at": at, "answers": told}
                  for at, told in versions],
        "assessments": [{"instrument": "specss-plus", "stage": "initial", "by": by, "at": "2010-01-31T22:30:00Z",
                         "grade": first.get("risk.grade", "standard"),
                         "rationale": first.get("risk.rationale", "See the book."),
                         "answers": {f: {"answer": first.get(f"risk.{f}", "not-known")} for f in FACTORS}}],
        "owners": [{"unit": "response", "offered_at": "2010-01-31T20:31:00Z", "accepted_at": "2010-01-31T20:31:00Z"}],
        **more,
    }


def cases():
    whole = answers(1)
    short = with_marks(whole)
    short["allegation.account"] = "He pushed her. See CRIS."
    del short["risk.victim-view"]
    yield case(1, PC, [("2010-01-31T23:10:00Z", short), ("2010-02-01T06:20:00Z", with_marks(whole))], reviews=[
        {"kind": "ps-check", "by": PS, "at": "2010-02-01T02:15:00Z", "outcome": "returned", "book": "T001-1",
         "opened_at": "2010-02-01T02:08:20Z", "reasons": ["account-unclear", "risk-not-asked"],
         "text": "The account is one line. Ask for the whole of it, and how she sees the danger herself."}])
    yield case(2, PC, [("2010-01-31T23:10:00Z", answers(2))], reviews=[
        {"kind": "ps-check", "by": PS, "at": "2010-02-01T02:15:00Z", "outcome": "satisfied", "book": "T002-1"}])
    yield case(3, PS, [("2010-01-31T23:10:00Z", {**answers(3), "officer.warrant": PS})])
    yield case(4, "201234", [("2010-01-31T23:10:00Z", {"narrative": {"text": "Typed elsewhere.", "pages": 3}, "seen": True})])
    yield case(5, PC, [("2010-01-31T23:20:00Z", answers(5))])
    yield case(6, PC, [("2010-01-31T23:10:00Z", answers(6))], reviews=[
        {"kind": "ps-check", "by": PS, "at": "2010-02-01T01:15:00Z", "outcome": "satisfied", "book": "T006-1"},
        {"kind": "csu-ds-read", "by": DS, "at": "2010-02-01T07:15:00Z", "outcome": "remedial", "book": "T006-1",
         "text": "IO to ask again about the telephone."}],
        addenda=[{"book": "T006-1", "about": "J Allegation and first account", "by": PC, "at": "2010-02-01T08:00:00Z",
                  "text": "The rent was due on the Monday, not on the Friday."}],
        book_moves=[{"book": "T006-1", "to": "CSU tray", "by": DS, "at": "2010-02-01T07:20:00Z"}])
    yield case(7, PC, [("2010-01-31T23:30:00Z", answers(7))], reviews=[
        {"kind": "ps-check", "by": PS, "at": "2010-02-01T03:15:00Z", "outcome": "returned", "book": "T007-1",
         "reasons": ["account-unclear"], "text": "Say to whom she told it first, and when."}])


if __name__ == "__main__":
    for document in cases():
        print(json.dumps(document, ensure_ascii=False))

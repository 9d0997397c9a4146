"""Facts of the shipped questionnaire that clash are said, as a problem or a reminder, by the name of whom they concern.

Each case changes answers of the examples. Dates are tried on both sides of their limit.
"""

from __future__ import annotations

import datetime as dt
import functools
import json

import generated
import pytest
import small
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter import contract
from drafter.drafting import assembly, selection
from drafter.matters import answers, checks

EXAMPLES = {
    name: generated.ROOT / "examples" / name / "answers.yaml" for name in ("st-louis-park", "st-louis-park-declined")
}
DECLINED, AGREED = "st-louis-park-declined", "st-louis-park"
DISTRICT = "Independent School District No. 283, St. Louis Park Public Schools"
MIDDLE, HIGH = "St. Louis Park Middle School", "St. Louis Park High School"


@functools.cache
def text_of(example: str) -> str:
    return generated.example(example)


def changed(example: str = "st-louis-park", **changes) -> dict:
    """Return the answers of an example with some changed: `officers__1__school="X"` changes the second officer's."""
    given_ = yaml.safe_load(text_of(example))
    for path, value in changes.items():
        *way, last = (int(step) if step.isdecimal() else step for step in path.split("__"))
        functools.reduce(lambda inner, step: inner[step], way, given_)[last] = value
    return given_


def found(given_: dict, **days: dt.date) -> dict[tuple[str, str], list[str]]:
    """Return what the checks say, where some days are known: the messages of each code and level."""
    known = {name.replace("__", "."): day for name, day in days.items()}
    library = generated.real_library()
    read = answers.parse(json.dumps(given_, default=str), "answers.yaml", library.questionnaire)
    made: dict[tuple[str, str], list[str]] = {}
    for problem in checks.problems(library.questionnaire, read, selection.names(library, read), known):
        made.setdefault((problem.code, problem.level), []).append(problem.message)
    return made


def said(code: str, given_: dict, **days: dt.date) -> list[str]:
    """Return the messages of a code."""
    return [message for (name, _), those in found(given_, **days).items() if name == code for message in those]


PAIRS = [  # two concessions that the guidance says not to make together, or not without something
    ("equipment-cost-under-no-charge", {"equipment": "shared"}, {"pricing": "fixed"}),
    ("long-notice-without-mediation", {"termination_days": "90", "mediation": False}, {"mediation": True}),
    ("long-notice-with-talk-alone", {"termination_days": "90", "reopen": "talk"}, {"reopen": "talk-or-end"}),
    ("ordinary-severability-with-long-notice", {"severability": "ordinary", "termination_days": "60"},
     {"termination_days": "30"}),
    ("long-term-with-long-notice", {"term_length": "multi-year", "termination_days": "90"}, {"termination_days": "60"}),
    ("long-term-without-public-evaluation", {"term_length": "multi-year", "evaluation": "internal"},
     {"evaluation": "public"}),
    ("removal-by-talk-without-consent", {"removal": "meet", "selection": "consult"}, {"selection": "consent"}),
    ("removal-by-talk-with-long-notice", {"removal": "meet", "termination_days": "90"}, {"termination_days": "30"}),
    ("selection-without-removal", {"selection": "chief", "removal": "meet"}, {"removal": "request"}),
    ("complaints-without-removal", {"complaints": "department", "removal": "five-days"}, {"complaints": "joint"}),
    ("department-hours-at-a-fixed-price", {"schedule": "department", "pricing": "fixed"}, {"schedule": "joint"}),
    ("no-steps-and-wide-force", {"deescalation": "general", "force_limits": "law"}, {"force_limits": "strict"}),
    ("late-report-without-limits", {"force_report": "48h", "force_limits": "law", "city__prone_restraint": "declines"},
     {"city__prone_restraint": "agrees"}),
    ("discretion-without-data", {"diversion": "discretion", "report": "yearly"}, {"report": "term"}),
    ("automatic-renewal-without-the-ban", {"renewal": "automatic", "city__prone_restraint": "declines"},
     {"renewal": "written"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "both", "less"), PAIRS, ids=[code for code, *_ in PAIRS])
def test_two_concessions_that_should_not_be_made_together_are_remembered(code, both, less):
    assert (code, "reminder") in found(changed(**both))
    assert said(code, changed(**(both | less))) == []


@pytest.mark.parametrize(
    ("length", "end", "code"),
    [
        ("one-year", "2029-06-30", "term-one-year"),
        ("one-year", "2027-07-01", "term-one-year"),
        ("one-year", "2027-06-30", None),
        ("multi-year", "2027-06-30", "term-multi-year"),
        ("multi-year", "2028-06-30", None),
        ("multi-year", "2029-06-30", None),
    ],
)
def test_the_length_that_is_chosen_is_that_of_the_dates(length, end, code):
    wrong = [name for name, level in found(changed(term_length=length, term__end=end)) if level == "problem"]
    assert [name for name in wrong if name.startswith("term-")] == ([code] if code else [])


def test_the_examples_have_no_clash():
    assert found(changed()) == {}
    declined = {code for code, _ in found(changed("st-louis-park-declined"))}
    assert declined == {"earlier-course-deadline-in-term", "six-month-deadline-in-term"}


# -- officers and schools -----------------------------------------------------------------------

OFFICERS = yaml.safe_load(text_of("st-louis-park"))["officers"]
SCHOOLS = yaml.safe_load(text_of("st-louis-park"))["schools"]


@pytest.mark.parametrize("name", ["{}", " {} ", "{}.", "upper"])
def test_the_same_officer_twice_is_a_problem_that_names_the_officer(name):
    first = OFFICERS[0]["name"]
    again = first.upper() if name == "upper" else name.format(first)
    made = found(changed(officers=[*OFFICERS, {**OFFICERS[0], "name": again}]))
    (message,) = made["full-time-officer-twice", "problem"]
    assert message.startswith(f"{again.strip()}: This officer is listed more than once")
    made = found(changed(officers=[*OFFICERS, {**OFFICERS[0], "name": again}], coverage="shared"))
    assert ("officer-twice", "problem") in made
    assert ("full-time-officer-twice", "problem") not in made


def test_officers_who_share_a_surname_are_two():
    assert found(changed(officers__1__name="Officer Ada Sample", officers__0__name="Officer Al Sample")) == {}


@pytest.mark.parametrize("name", [MIDDLE, MIDDLE.lower(), MIDDLE.replace("St. ", "St  ")])
def test_the_same_school_twice_is_a_problem_that_names_the_school(name):
    (message,) = found(changed(schools=[*SCHOOLS, {**SCHOOLS[0], "name": name}]))["school-twice", "problem"]
    assert "This school is listed more than once." in message
    assert " ".join(name.split()) in message


def test_a_school_without_an_officer_is_remembered_by_its_name():
    elm = {**SCHOOLS[0], "name": "Elm School"}
    three = changed(schools=[*SCHOOLS, elm], coverage="shared")
    assert said("school-has-officer", three) == [
        "Elm School: No officer is listed for this school. A substitute does not count."
    ]
    for school in ("Elm School", f"{MIDDLE} and elm school", "All schools", f"{HIGH}; Elm School."):
        three["officers"][0]["school"] = school
        assert not any(message.startswith("Elm School") for message in said("school-has-officer", three))
    del three["officers"][0]["school"]
    assert said("school-has-officer", three) == []  # where that officer serves is not known yet


def test_a_substitute_is_no_officer_of_a_school():
    sub = {
        "name": "Officer Sub",
        "school": "All schools",
        "status": "substitute",
        "contact_days": 9,
        "start_date": "2026-09-01",
    }
    made = changed(officers=[OFFICERS[0], sub])
    assert said("school-has-officer", made) == [
        f"{HIGH}: No officer is listed for this school. A substitute does not count."
    ]


@pytest.mark.parametrize(
    "school", [f"{MIDDLE} and {HIGH}", f"{MIDDLE}, {HIGH}", "All schools", "Elm School", MIDDLE.upper()]
)
def test_an_officer_who_works_full_time_is_at_one_listed_school(school):
    made = changed(officers__0__school=school)
    (message,) = found(made)["officer-school-listed", "problem"]
    assert message.startswith("Officer ")
    assert "works full time at one school" in message
    shared = said("officer-schools-listed", {**made, "coverage": "shared"})
    assert bool(shared) == (school == "Elm School")


@pytest.mark.parametrize(
    ("school", "is_listed"),
    [
        (f"{MIDDLE} & {HIGH}", True),
        (f"{HIGH}, {MIDDLE}", True),
        ("Both schools", True),
        (f"{MIDDLE} and Elm School", False),
    ],
)
def test_every_school_of_a_shared_officer_is_on_the_list(school, is_listed):
    made = said("officer-schools-listed", changed(officers__1__school=school, coverage="shared"))
    assert made == [] if is_listed else made[0].startswith(f"{OFFICERS[1]['name']}: ")


# -- names, numbers and sums --------------------------------------------------------------------

CLASHES = [  # answers changed, code, level; and the same with answers that don't clash
    ({"officers__1__name": "Sgt. Dana Sample"}, "officer-named-alike", "reminder"),
    ({"officers__1__name": "Dana Sample"}, "officer-named-alike", "reminder"),
    ({"officers__0__name": "Chief Robin Sample"}, "chief-is-no-officer", "reminder"),
    ({"officers__0__name": "Robin Sample"}, "chief-is-no-officer", "reminder"),
    ({"schools__0__contact": "Dana Sample"}, "point-of-contact-is-no-officer", "reminder"),
    ({"schools__0__alternate": "The principal"}, "point-of-contact-alternate-differs", "reminder"),
    ({"officers__1__school": MIDDLE, "coverage": "available"}, "school-has-officer", "reminder"),
    ({"superintendent_name": "Robin Sample"}, "superintendent-is-not-chief", "reminder"),
    ({"superintendent_name": "Dr. Robin Sample"}, "superintendent-is-not-chief", "reminder"),
    ({"superintendent_name": "Ms. Morgan Specimen"}, "superintendent-is-not-city-manager", "reminder"),
    (
        {"city_manager_name": "Robin Sample", "city_signers__1__name": "Robin Sample"},
        "chief-is-not-city-manager",
        "reminder",
    ),
    ({"city_manager_name": "Pat Other"}, "city-manager-named-once", "reminder"),
    ({"district_signers__1__title": "Superintendent"}, "superintendent-named-once", "reminder"),
    ({"district_signers__0__name": "Mayor Taylor Specimen"}, "signer-of-one-party", "reminder"),
    ({"city_signers__0__name": "Dr. Casey Example"}, "signer-of-one-party", "reminder"),
    ({"district_signers__1__name": "Dr. Casey Example"}, "district-signer-twice", "reminder"),
    ({"notice_persons__1__name": "The Superintendent"}, "notice-person-of-one-party", "reminder"),
    ({"notice_persons__0__name": "The City Manager"}, "notice-person-of-one-party", "reminder"),
    ({"city__name": DISTRICT}, "parties-differ", "problem"),
    ({"city__name": DISTRICT.upper()}, "parties-named-alike", "reminder"),
    ({"council_resolution": "2026 00 (Example)"}, "resolutions-differ", "reminder"),
    ({"prone_agreed_by": "Dr. Alex Example"}, "prone-agreement-by-the-city", "reminder"),
    ({"prone_agreed_by": "the Superintendent"}, "prone-agreement-by-the-city", "reminder"),
    ({"prone_agreed_on": "2026-06-15"}, "prone-agreement-before-votes", "reminder"),
    ({"expected_cost": 1}, "expected-cost-of-no-charge", "reminder"),
    ({"pricing": "fixed", "amount": 9000, "expected_cost": 8999}, "expected-cost-of-a-fixed-price", "reminder"),
    ({"pricing": "fixed", "amount": 9000, "expected_cost": 9001}, "expected-cost-above-a-fixed-price", "reminder"),
    ({"policies_given": [{"number": n} for n in ("519", "Policy 519")]}, "policy-twice", "reminder"),
    ({"policies_given": [{"number": n} for n in ("519", "Policy 507.5")]}, "policy-507.5-apart", "reminder"),
]


@pytest.mark.parametrize("clash", CLASHES)
def test_names_numbers_and_sums_that_clash_are_said(clash):
    changes, code, level = clash
    assert list(found(changed(**changes))) == [(code, level)]


@pytest.mark.parametrize(
    "changes",
    [
        {"pricing": "fixed", "amount": 9000, "expected_cost": 9000},
        {"policies_given": [{"number": "Policy 519"}, {"number": "515"}]},
        {"district_signers__1__name": "Casey Specimen"},
        {"officers__0__name": "Officer Lee Sample"},
        {"city_manager_name": "Mr. Morgan Specimen"},
        {"prone_agreed_on": "2026-05-26"},
    ],
)
def test_what_only_looks_like_a_clash_is_not_said(changes):
    assert found(changed(**changes)) == {}


def test_two_offices_of_one_person_are_named_with_the_person():
    assert said("superintendent-is-not-chief", changed(superintendent_name="Robin Sample")) == [
        "Robin Sample: This person is named as the superintendent and as the chief of police."
    ]


def test_the_other_side_refuses_for_itself_and_a_course_is_of_our_time():
    refused = changed(DECLINED, prone_refused_by="the superintendent of schools")
    assert said("prone-refusal-by-the-city", refused)
    assert said("earlier-course-not-too-old", changed(DECLINED, officers__1__course_date="1925-08-31"))
    assert not said("earlier-course-not-too-old", changed(DECLINED, officers__1__course_date="1991-01-01"))


def test_all_schools_stand_alone():
    every = changed(coverage="shared", officers__0__school=["All schools", HIGH])
    assert said("all-schools-alone", every) == [
        f"{OFFICERS[0]['name']}: This officer serves at all schools, and one of them is named as well."
    ]
    for school in ("All schools", [MIDDLE, HIGH], HIGH):
        assert not said("all-schools-alone", changed(coverage="shared", officers__0__school=school))


# -- training -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code", "level"),
    [
        ("2019-06-14", "certificate-of-required-training", "problem"),
        ("2024-03-14", "certificate-of-required-training", "problem"),
        ("2024-03-15", "certificate-after-objectives", "reminder"),
        ("2025-01-14", "certificate-after-objectives", "reminder"),
        ("2025-01-15", "", ""),
    ],
)
def test_an_old_course_is_not_the_required_training(day, code, level):
    made = found(changed(officers__0__certificate_date=day))
    assert list(made) == ([(code, level)] if code else [])
    assert all(message.startswith(f"{OFFICERS[0]['name']}: ") for messages in made.values() for message in messages)


def test_an_old_course_before_the_later_deadline_is_as_it_should_be():
    assert (
        said(
            "certificate-of-required-training", changed("st-louis-park-declined", officers__1__course_date="2019-06-14")
        )
        == []
    )


# -- duties -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "codes"),
    [
        ("Other duties as assigned.", ["no-open-line-of-duties"]),
        ("Performing OTHER  DUTIES, as assigned by the principal.", ["no-open-line-of-duties"]),
        ("Any other duty that the Superintendent asks for.", ["no-open-line-of-duties"]),
        ("Such other duties as the Parties agree on.", ["no-open-line-of-duties"]),
        ("Perform such further tasks as the principal may assign.", ["no-open-line-of-tasks"]),
        ("whatever else the principal asks", ["no-open-line-of-tasks"]),
        ("any and all tasks requested by the school", ["no-open-line-of-tasks"]),
        ("Helping as the principal may direct.", ["task-is-definite"]),
        ("Helping with events as needed.", ["duty-is-definite"]),
        ("Other duties.", ["duty-is-definite"]),
        ("Supervision of students at lunch.", ["duty-is-no-discipline"]),
        ("Leading a spring course on bicycle safety, with a teacher present.", []),
        ("Advising the theater club on safe stage weapons, when the officer's assigned hours allow.", []),
    ],
)
def test_a_duty_is_definite_and_no_discipline(duty, codes):
    made = found(changed(extra_duties="list", extra_duties_list=[{"duty": duty}]))
    levels = dict(made.keys())
    assert [code for code in levels if levels[code] == "problem"] == [c for c in codes if c.startswith("no-open-line")]
    assert set(codes) <= set(levels) if codes else levels == {}
    assert all(message.startswith("Additional duty “") for messages in made.values() for message in messages)


# -- days ---------------------------------------------------------------------------------------

POLICY = generated.real_library().policy.date
START, END = dt.date(2026, 7, 1), dt.date(2027, 6, 30)
DAY = dt.timedelta(days=1)

LIMITS = [  # example, answer, code, level, the last day on the good side, and which side is wrong
    (DECLINED, "prone_refused_on", "prone-refusal-after-policy", "reminder", POLICY, "before"),
    (DECLINED, "prone_refused_on", "prone-refusal-before-start", "reminder", START, "after"),
    (DECLINED, "prone_refused_on", "prone-refusal-within-term", "problem", END, "after"),
    (DECLINED, "prone_refused_on", "prone-refusal-before-votes", "reminder", dt.date(2026, 5, 26), "after"),
    (AGREED, "prone_agreed_on", "prone-agreement-after-policy", "reminder", POLICY, "before"),
    (AGREED, "prone_agreed_on", "prone-agreement-before-start", "reminder", START, "after"),
    (AGREED, "prone_agreed_on", "prone-agreement-within-term", "problem", END, "after"),
    (AGREED, "workshop_date", "workshop-after-policy", "problem", POLICY, "before"),
    (AGREED, "workshop_date", "workshop-after-start", "reminder", START, "before"),
    (AGREED, "workshop_date", "workshop-before-duties", "reminder", dt.date(2026, 8, 31), "after"),
    (AGREED, "workshop_date", "workshop-in-first-months", "reminder", dt.date(2026, 10, 1), "after"),
    (AGREED, "workshop_date", "workshop-within-term", "problem", END, "after"),
    *(
        (AGREED, f"{body}_resolution_date", f"{body}-acts-{code}", level, limit, side)
        for body in ("board", "council")
        for code, level, limit, side in (
            ("after-policy", "reminder", POLICY, "before"),
            ("before-start", "reminder", START, "after"),
            ("within-term", "problem", END, "after"),
        )
    ),
    (AGREED, "officers__0__start_date", "officer-starts-with-the-term", "reminder", START, "before"),
]


@pytest.mark.parametrize("limited", LIMITS)
def test_a_day_that_can_not_be_is_said_and_the_day_at_its_limit_is_not(limited):
    example, answer, code, level, limit, wrong = limited
    beyond = limit - DAY if wrong == "before" else limit + DAY
    assert (code, level) not in found(changed(example, **{answer: limit}))
    assert (code, level) in found(changed(example, **{answer: beyond}))


def test_a_vote_after_the_term_is_said_once():
    made = found(changed(council_resolution_date="2027-07-06"))
    assert list(made) == [("council-acts-within-term", "problem")]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("board_resolution_date", "board-acts-on-a-weekday"),
        ("council_resolution_date", "council-acts-on-a-weekday"),
        ("workshop_date", "workshop-on-a-weekday"),
    ],
)
def test_a_meeting_on_a_weekend_is_remembered(answer, code):
    days = {day: bool(said(code, changed(**{answer: f"2026-08-{day}"}))) for day in ("14", "15", "16", "17")}
    assert days == {"14": False, "15": True, "16": True, "17": False}


REPLY = dt.date(2026, 5, 18)
PAPERS = {  # answers of days that no example gives
    "counsel_reviewed_by": "N. Counsel", "counsel_reviewed_on": str(REPLY), "notice_on": str(REPLY),
    "reply_by": str(REPLY),
}  # fmt: skip


@pytest.mark.parametrize(
    ("example", "code", "limit", "wrong"),
    [
        (AGREED, "meeting-before-start", START, "after"),
        (AGREED, "meeting-within-term", dt.date(2027, 6, 30), "after"),
        (AGREED, "meeting-after-recited-resolution", dt.date(2026, 5, 26), "before"),
        (AGREED, "meeting-on-recited-resolution", dt.date(2026, 5, 26), "after"),
        (AGREED, "meeting-after-policy", POLICY, "before"),
        (AGREED, "meeting-after-agreement", dt.date(2026, 4, 15), "before"),
        (DECLINED, "meeting-after-refusal", dt.date(2026, 4, 15), "before"),
        (AGREED, "meeting-after-519", dt.date(2026, 5, 4), "before"),
        (AGREED, "meeting-after-review", REPLY, "before"),
        (AGREED, "meeting-after-notice", REPLY, "before"),
        (AGREED, "meeting-after-reply", REPLY, "before"),
    ],
)
def test_the_day_of_the_boards_meeting_is_compared_with_the_contracts_days(example, code, limit, wrong):
    beyond = limit - DAY if wrong == "before" else limit + DAY
    with_days = changed(example, **PAPERS)
    assert said(code, with_days) == []
    assert [bool(said(code, with_days, memo__meeting=day)) for day in (limit, beyond)] == [False, True]
    assert bool(said("meeting-on-a-weekday", changed(), memo__meeting=dt.date(2026, 5, 30)))


def test_the_meeting_is_compared_with_the_last_round():
    meeting, later = dt.date(2026, 5, 26), dt.date(2026, 5, 27)
    found_ = [
        said("meeting-after-last-round", changed(), memo__meeting=meeting, memo__last_round=d) for d in (meeting, later)
    ]
    assert list(map(bool, found_)) == [False, True]
    assert said("meeting-after-last-round", changed(), memo__meeting=meeting) == []


def test_a_discussion_may_be_before_the_vote_that_the_contract_recites():
    talk = changed(agenda_item="discussion")
    for day, code in ((25, "meeting-after-recited-resolution"), (27, "meeting-on-recited-resolution")):
        assert said(code, changed(), memo__meeting=dt.date(2026, 5, day))
        assert said(code, talk, memo__meeting=dt.date(2026, 5, day)) == []


@pytest.mark.parametrize(
    ("example", "code", "limit", "wrong"),
    [
        (AGREED, "round-before-start", START, "after"),
        (AGREED, "round-within-term", dt.date(2027, 6, 30), "after"),
        (AGREED, "round-after-agreement", dt.date(2026, 4, 15), "before"),
        (DECLINED, "round-after-refusal", dt.date(2026, 4, 15), "before"),
        (AGREED, "reply-after-round", REPLY - DAY, "after"),
    ],
)
def test_the_day_of_a_round_is_compared_with_the_contracts_days(example, code, limit, wrong):
    beyond = limit - DAY if wrong == "before" else limit + DAY
    with_days = changed(example, **PAPERS)
    assert said(code, with_days) == []
    assert [bool(said(code, with_days, letter__on=day)) for day in (limit, beyond)] == [False, True]


def test_the_day_of_the_reply_is_a_weekday_before_the_term():
    assert [bool(said("reply-on-a-weekday", changed(reply_by=f"2026-05-{day}"))) for day in (15, 16)] == [False, True]
    assert [bool(said("reply-before-start", changed(reply_by=f"2026-07-0{day}"))) for day in (1, 2)] == [False, True]


# -- the length of the term ---------------------------------------------------------------------


@given(
    st.dates(dt.date(2024, 1, 1), dt.date(2040, 12, 31)) | st.sampled_from([dt.date(2028, 2, 29), dt.date(2027, 3, 1)])
)
def test_a_whole_year_is_one_school_year_and_a_day_more_is_not(start):
    last = dt.date(start.year + 1, 3, 1) if (start.month, start.day) == (2, 29) else start.replace(year=start.year + 1)
    last -= DAY
    text = "term: {{start: {}, end: {}}}\nterm_length: {}\n"

    def codes(end: dt.date, length: str) -> set[str]:
        return {code for code, _ in found(yaml.safe_load(text.format(start, end, length)))} & {
            "term-one-year",
            "term-multi-year",
        }

    assert codes(last, "one-year") == set()
    assert codes(last + DAY, "one-year") == {"term-one-year"}
    assert codes(last, "multi-year") == {"term-multi-year"}
    assert codes(last + DAY, "multi-year") == set()


@pytest.mark.parametrize(
    ("start", "end", "renewed"),
    [
        ("2026-07-01", "2027-06-30", "July 1, 2027 through June 30, 2028"),
        ("2026-03-01", "2027-02-28", "March 1, 2027 through February 29, 2028"),
        ("2027-03-01", "2028-02-29", "March 1, 2028 through February 28, 2029"),
        ("2027-07-01", "2028-06-30", "July 1, 2028 through June 30, 2029"),
    ],
)
@pytest.mark.parametrize("renewal", ["opt-in", "automatic"])
def test_a_renewal_is_a_whole_year(start, end, renewed, renewal):
    library = generated.real_library()
    text = f"term: {{start: {start}, end: {end}}}\nrenewal: {renewal}\nrenewal_notice_date: 2028-02-29\n"
    made = assembly.assemble(selection.select(library, answers.parse(text, "answers.yaml", library.questionnaire)))
    (section,) = (section for section in contract.sections(made) if section.id == "renewal")
    words = small.section_text(section)
    assert f"from {renewed}" in words
    assert ("gives that notice by February 28, 2029" in words) == (renewal == "automatic")

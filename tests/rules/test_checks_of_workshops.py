"""The checks of a workshop, W01 to W03 (docs/rules.md section 2)."""

from workshop.rules.checks import GroupCount, check_closing, check_groups


def found(*groups, minimum=5):
    return [(check.code, check.severity, check.about) for check in check_groups(groups, minimum)]


def test_a_required_group_under_the_privacy_minimum_warns_also_when_nobody_is_there():
    assert found(GroupCount("citizens", 4, 4, required=True)) == [("W01", "W", "citizens")]
    assert found(GroupCount("citizens", 0, 0, required=True)) == [("W01", "W", "citizens")]
    assert found(GroupCount("citizens", 5, 5, required=True)) == []
    assert found(GroupCount("citizens", 4, 4)) == []
    assert found(GroupCount("citizens", 4, 4, required=True), minimum=3) == []


def test_a_group_with_under_half_of_its_check_in_active_warns():
    assert found(GroupCount("citizens", 10, 4)) == [("W02", "W", "citizens")]
    assert found(GroupCount("citizens", 10, 5)) == []
    assert found(GroupCount("citizens", 0, 0)) == []


def test_the_order_does_not_depend_on_the_order_of_the_groups():
    groups = [GroupCount(key, 4, 1, required=True) for key in ("leaders", "citizens")]
    expected = [("W01", "W", "citizens"), ("W01", "W", "leaders"), ("W02", "W", "citizens"), ("W02", "W", "leaders")]
    assert found(*groups) == found(*reversed(groups)) == expected


def test_a_workshop_closes_with_a_receiver_and_a_date_for_its_answer():
    assert check_closing({"receiving_body": "Fjordby Byråd", "response_due": "2027-05-03"}) == []
    for values, field in (
        ({}, "receiving_body"),
        ({"response_due": "2027-05-03"}, "receiving_body"),
        ({"receiving_body": "Fjordby Byråd"}, "response_due"),
        ({"receiving_body": "Fjordby Byråd", "response_due": "snart"}, "response_due"),
    ):
        (check,) = check_closing(values)
        assert (check.code, check.severity, check.field) == ("W03", "B", field)

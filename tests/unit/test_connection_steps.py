"""The records of a connection test."""

from paradigm_gui.core.connection_steps import Step, StepCode, StepState


def test_the_steps_come_in_the_order_of_the_way():
    assert [code.value for code in StepCode] == [
        "name",
        "connection",
        "tunnel",
        "certificate",
        "models",
        "answer",
    ]


def test_a_step_is_a_value():
    running = Step(StepCode.NAME, StepState.RUNNING)
    assert running == Step(StepCode.NAME, StepState.RUNNING, 0.0, {}, None)
    assert running != Step(StepCode.NAME, StepState.PASSED)

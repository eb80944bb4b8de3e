"""How generated examples are taken: the same every time, and none of them shrunk."""

from hypothesis import HealthCheck, Phase, settings


def few(number: int) -> settings:
    """So many generated examples: to shrink a whole exercise takes longer than to read one."""
    return settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )

"""The readings as Prometheus reads them: text format 0.0.4, a HELP and a TYPE for each family."""

from collections.abc import Iterable, Iterator

from prometheus_client import Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry
from prometheus_client.utils import floatToGoString

from issues.figures.kept import BOUNDS
from issues.operations.families import FAMILIES, REQUESTS, Family
from issues.operations.readings import Readings
from issues.operations.routes import Route

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
ENDS = (*map(floatToGoString, BOUNDS), "+Inf")
TOTAL = "_total"


class _Read(Collector):
    def __init__(self, found: Readings) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        return (_metric(family, self._found) for family in FAMILIES)


def text(found: Readings) -> bytes:
    """A family of which nothing can be told stands there all the same, without a value."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Read(found))
    return generate_latest(registry)


def _metric(family: Family, found: Readings) -> Metric:
    name = family.told.removesuffix(TOTAL) if family.kind == "counter" else family.told
    metric = Metric(name, family.words, family.kind)
    if family.name == REQUESTS:
        for route in found.routes:
            for suffix, more, value in _of_route(route):
                own = {"route": route.route, "method": route.method, "status": route.status}
                metric.add_sample(family.told + suffix, own | more, value)
        return metric
    for labels, value in found.samples.get(family.name, []):
        metric.add_sample(family.told, dict(zip(family.labels, labels, strict=True)), value)
    return metric


def _of_route(route: Route) -> Iterator[tuple[str, dict[str, str], float]]:
    reached = 0.0
    for end, many in zip(ENDS, route.classes, strict=True):
        reached += many
        yield "_bucket", {"le": end}, reached
    yield "_count", {}, reached
    yield "_sum", {}, route.seconds

"""Faults of what is logged."""

from tests.faults.fault import Fault, goes_on

RAISING = """
def raises(*arguments): raise RuntimeError("no")
class Words: __str__ = __repr__ = raises
class Number: __float__ = raises
class Loop(list): __iter__ = raises
class Length(list): __len__ = raises
class Lookup: __getattr__ = raises
class Liar: __class__ = property(raises)
class Pairs(dict): items = raises
run = begin()
for i, value in enumerate([Words(), Number(), Loop([1]), Length([1]), Lookup(), Liar(), Pairs(a=1)]):
    run.log({"i": i, "bad": value})
run.log({"i": 7, Words(): 1, "nested": {"bad": Words()}})
print("done")
"""


def check_raising(outcome):
    goes_on("cannot log 'bad'", "a Words that is a key", "cannot log 'nested.bad'", rows=8)(outcome)
    assert [row["bad"] for row in outcome.rows[:-1]] == [None] * 7, outcome.rows
    assert outcome.rows[-1].items() >= {"<Words>": 1, "nested.bad": None}.items()


INTERRUPTS = """
class Stop:
    def __init__(self, error): self.error = error
    def __str__(self): raise self.error
run = begin()
for error in (KeyboardInterrupt, SystemExit, GeneratorExit):
    try: run.log({"x": Stop(error)})
    except BaseException as raised: assert type(raised) is error
    else: print(error, "was swallowed")
run.log({"i": 0})
print("done")
"""

ENDLESS = """
resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
run = begin()
loop, itself = [], {}
loop.append(loop)
itself["again"] = itself
lists, mappings = [], {"leaf": 1}
for _ in range(200):
    lists, mappings = [lists, lists], {"a": mappings, "b": mappings}
run.log({"i": 0, "loop": loop, "itself": itself})
run.log({"i": 1, "lists": lists})
run.log({"i": 2, "mappings": mappings})
run.config["x"] = [loop]
print("done")
"""

CONFIG_ITSELF = """
itself = {}
itself["again"] = itself
run = begin(config={"a": 1})
run.log({"i": 0})
run.config["b"] = itself
print("done")
"""

MANY_KEYS = """
run = begin()
run.log({"i": 0, **{f"metric/{k}": k / 7 for k in range(100_000)}})
run.log({"i": 1, **{f"text/{k}": str(k) for k in range(100_000)}})
print("done")
"""


def check_many_keys(outcome):
    goes_on(rows=2)(outcome)
    numbers, texts = outcome.rows
    assert all(numbers[f"metric/{k}"] == k / 7 for k in range(100_000))
    assert all(texts[f"text/{k}"] == str(k) for k in range(100_000))


HUGE_TEXT = """
run = begin()
run.log({"i": 0})
ascii, wide, raw = "x" * 200_000_000, "é" * 50_000_000, b"x" * 100_000_000
before = most_memory()
run.log({"i": 1, "ascii": ascii, "wide": wide, "raw": raw})
grown = most_memory() - before
assert grown < 50_000, f"{grown} kB more"
print("done")
"""


def check_huge_text(outcome):
    goes_on("a text of 200,000,000 characters is cut to 1,048,576", "a bytes is no JSON value", rows=2)(outcome)
    assert [len(outcome.rows[1][key]) for key in ("ascii", "wide", "raw")] == [2**20, 2**20, 1000]


SURROGATES = """
run = begin(config={"\\ud800": "\\udfff"})
run.log({"i": 0, "x": "a\\ud800b", "\\udc00": 1, "bytes": b"\\xff"})
print("done")
"""


def check_surrogates(outcome):
    goes_on("a bytes is no JSON value", rows=1)(outcome)
    assert outcome.rows[0].items() >= {"x": "a?b", "?": 1, "bytes": "\ufffd"}.items()


SUBCLASSES = """
def raises(*arguments): raise RuntimeError("no")
class Whole(int): __index__ = __int__ = __float__ = __le__ = __ge__ = __add__ = __radd__ = __repr__ = __str__ = raises
class Real(float): __float__ = __sub__ = __int__ = __add__ = __radd__ = __repr__ = __str__ = raises
class Text(str): __str__ = __len__ = __getitem__ = isascii = encode = __repr__ = raises
class Rows(dict): pass
run = begin()
run.log({"i": 0, "whole": Whole(7)})
run.log({"i": 1, "whole": Whole(8), "real": Real(0.5), "text": Text("t")})
run.log(Rows(i=2, text=Text("u")))
run.log({"i": 3, "huge": Whole(2**80), "nan": Real("nan")})
print("done")
"""


def check_subclasses(outcome):
    goes_on(rows=4)(outcome)
    kept = [{key: value for key, value in row.items() if key[0] not in "_i"} for row in outcome.rows]
    assert kept[:2] == [{"whole": 7}, {"whole": 8, "real": 0.5, "text": "t"}]
    assert kept[2:] == [{"text": "u"}, {"huge": float(2**80), "nan": "NaN"}]


NUMBERS = """
import datetime, decimal, enum, fractions, warnings
warnings.simplefilter("error")
import numpy
class Level(enum.IntEnum): HIGH = 3
class Mode(enum.Enum): FAST = "fast"
zone = datetime.timezone(datetime.timedelta(hours=2))
values = {
    "huge": 10**400, "low": -(10**400), "wide": 2**70, "decimal": decimal.Decimal("0.1"),
    "vast": decimal.Decimal("1e400"), "fraction": fractions.Fraction(1, 4),
    "fractions": fractions.Fraction(10**400, 3), "complex": 1 + 2j, "level": Level.HIGH, "mode": Mode.FAST,
    "zoned": datetime.datetime(2026, 1, 2, tzinfo=zone),
}
for code in "?bhilqpBHILQPefdg":
    values[f"numpy {code}"] = numpy.array([1]).astype(code)[0]
for code in "FDG":
    values[f"numpy {code}"] = numpy.array([1 + 2j]).astype(code)[0]
values |= {
    "numpy text": numpy.str_("t"), "numpy bytes": numpy.bytes_(b"b"), "numpy time": numpy.datetime64("2026-01-02"),
    "numpy no time": numpy.datetime64("NaT"), "numpy nan": numpy.float32("nan"),
    "numpy record": numpy.array([(1, 2.5)], dtype="i4,f4")[0], "numpy object": numpy.array([7], dtype=object)[0],
}
run = begin()
run.log({"i": 0, **values})
for i, (name, value) in enumerate(values.items(), 1):
    run.log({"i": i, "one": value})
print("done")
"""


def check_numbers(outcome):
    assert (outcome.status, outcome.out) == (0, "done\n"), outcome.err
    assert [line.partition(" is no")[0] for line in outcome.warnings] == [
        "reportgen: a complex",
        "reportgen: a bytes",
    ], outcome.err
    row = outcome.rows[0]
    assert outcome.numbers == list(range(len(row) - 2))
    expected = {"huge": "Infinity", "low": "-Infinity", "wide": float(2**70), "decimal": 0.1, "vast": "Infinity"}
    expected |= {"fraction": 0.25, "fractions": "Infinity", "complex": "(1+2j)", "level": 3, "mode": "fast"}
    expected |= {"zoned": "2026-01-02T00:00:00+02:00", "numpy text": "t", "numpy bytes": "b"}
    expected |= {"numpy time": "2026-01-02", "numpy no time": None, "numpy nan": "NaN"}
    expected |= {"numpy record": [1, 2.5], "numpy object": 7}
    expected |= {f"numpy {code}": 1 for code in "?bhilqpBHILQPefdg"} | {f"numpy {code}": "(1+2j)" for code in "FDG"}
    assert {key: row[key] for key in expected} == expected


STEPS = """
class Odd:
    def __int__(self): raise RuntimeError("no")
    def __eq__(self, other): raise RuntimeError("no")
run = begin()
for i, step in enumerate([10**5000, 2**64 - 1, 2**63, -(10**30), "x", float("nan"), Odd(), 1.5, [1]]):
    run.log({"i": i}, step=step)
run.log({"i": 9})
print("done")
"""


def check_steps(outcome):
    goes_on("is no whole number", rows=10)(outcome)
    assert all(abs(row["_step"]) < 2**63 for row in outcome.rows)


NO_MEMORY = """
run = begin()
run.log({"i": 0})
many = [0.5] * 4_000_000
used = int(open("/proc/self/statm").read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
resource.setrlimit(resource.RLIMIT_AS, (used + 10_000_000, resource.RLIM_INFINITY))
run.log({"many": many})
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
run.log({"i": 1})
print("done")
"""

NO_ROW = """
run = begin()
run.log([1])
run.log(None)
run.log({"i": 0})
print("done")
"""

RECURSION = """
import traceback
run = begin()
def dive(depth):
    run.log({"deep": depth})
    run.log({"deep": depth, "text": "x"})
    dive(depth + 1)
try: dive(0)
except RecursionError as error:
    last = traceback.extract_tb(error.__traceback__)[-1]
    if last.name != "dive": print("raised in", last.name)
thread = threading.Thread(target=run.log, args=({"i": 0},))  # nobody has kept the lock
thread.start()
thread.join()
print("done")
"""


def check_recursion(outcome):
    assert (outcome.status, outcome.out) == (0, "done\n"), outcome.err
    assert outcome.numbers == [0]
    assert "rows that could not be logged" in outcome.warnings[-1]
    deep = [row["deep"] for row in outcome.rows if row.get("deep") is not None]
    assert len(deep) > 1500
    assert set(deep) == set(range(max(deep) + 1))


FROM_TEXT = """
run = begin()
class Chatty:
    def __str__(self):
        run.log({"i": 0})
        return "said"
run.log({"i": 1, "x": Chatty()})
print("done")
"""

COUNTED = ("a row could not be logged", "lost")
FAULTS = [
    Fault("raising-values", RAISING, check_raising, "RuntimeError"),
    Fault("interrupts", INTERRUPTS, goes_on(rows=1)),
    Fault("endless-values", ENDLESS, goes_on("is inside itself", rows=3)),
    Fault("many-keys", MANY_KEYS, check_many_keys),
    Fault("huge-text", HUGE_TEXT, check_huge_text),
    Fault("surrogates", SURROGATES, check_surrogates),
    Fault("subclasses", SUBCLASSES, check_subclasses),
    Fault("numbers", NUMBERS, check_numbers),
    Fault("steps", STEPS, check_steps),
    Fault("no-memory", NO_MEMORY, goes_on("cannot log 'many'", rows=2), "MemoryError"),
    Fault("no-row", NO_ROW, goes_on(*COUNTED, rows=1), "UsageError"),
    Fault("recursion-limit", RECURSION, check_recursion),
    Fault("logs-while-logged", FROM_TEXT, goes_on("a Chatty is no JSON value", rows=2)),
]

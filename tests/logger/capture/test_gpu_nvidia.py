"""A GPU is not always at hand: below the real nvidia-ml-py a library answers as an H200 does."""

import builtins
import sys

import pytest

from reportgen.logger.capture import gpu_nvidia
from reportgen.logger.capture.gpu import describe_gpus
from reportgen.logger.capture.gpu_nvidia import NvidiaReader, find_nvidia
from tests.logger.capture.nvml_driver import TOTAL, USED, Driver, install, pynvml

PROCESS = frozenset({4711})


@pytest.fixture
def driver(monkeypatch):
    made = Driver()
    install(monkeypatch, made)
    return made


def of_gpu(row, place, prefix="gpu."):
    start = f"{prefix}{place}."
    return {name.removeprefix(start): value for name, value in row.items() if name.startswith(start)}


def test_every_gpu_is_read_under_wandbs_names(driver):
    row = NvidiaReader(pynvml).read(PROCESS)
    assert of_gpu(row, 0) == of_gpu(row, 1)
    assert of_gpu(row, 1) == {
        "gpu": 88,
        "memory": 12,
        "memoryAllocated": 25.0,
        "memoryAllocatedBytes": USED,
        "temp": 41,
        "powerWatts": 350.5,
        "enforcedPowerLimitWatts": 701.0,
        "powerPercent": 50.0,
        "smClock": 1980,
        "memoryClock": 2619,
        "graphicsClock": 1970,
        "fanSpeed": 30,
        "encoderUtilization": 7,
        "correctedMemoryErrors": 3,
        "uncorrectedMemoryErrors": 1,
        "pcieLinkGen": 4,
        "pcieLinkSpeed": 16000,
        "pcieLinkWidth": 8,
        "maxPcieLinkGen": 5,
        "maxPcieLinkWidth": 16,
    }
    assert not of_gpu(row, 0, "gpu.process.")


def test_a_gpu_that_the_run_uses_is_named_with_the_memory_of_its_processes(driver):
    driver.processes = {4711: 10 * 2**20, 4712: 90 * 2**20, 1: 150 * 2**20}
    row = NvidiaReader(pynvml).read(frozenset({4711, 4712}))
    assert of_gpu(row, 0, "gpu.process.") == {
        "gpu": 88,
        "memory": 12,
        "memoryAllocated": 10.0,
        "memoryAllocatedBytes": 100 * 2**20,
        "temp": 41,
        "powerWatts": 350.5,
        "powerPercent": 50.0,
        "enforcedPowerLimitWatts": 701.0,
    }
    assert not of_gpu(row, 1, "gpu.process.")


def test_memory_of_processes_that_is_not_told_is_left_out(driver):
    driver.processes = {4711: None}
    own = of_gpu(NvidiaReader(pynvml).read(PROCESS), 0, "gpu.process.")
    assert own["gpu"] == 88
    assert "memoryAllocated" not in own


FUNCTIONS = {
    "nvmlDeviceGetUtilizationRates": {"gpu", "memory"},
    "nvmlDeviceGetMemoryInfo": {"memoryAllocated", "memoryAllocatedBytes"},
    "nvmlDeviceGetTemperature": {"temp"},
    "nvmlDeviceGetPowerUsage": {"powerWatts", "powerPercent"},
    "nvmlDeviceGetEnforcedPowerLimit": {"enforcedPowerLimitWatts", "powerPercent"},
    "nvmlDeviceGetClockInfo": {"smClock", "memoryClock", "graphicsClock"},
    "nvmlDeviceGetFanSpeed": {"fanSpeed"},
    "nvmlDeviceGetEncoderUtilization": {"encoderUtilization"},
    "nvmlDeviceGetMemoryErrorCounter": {"correctedMemoryErrors", "uncorrectedMemoryErrors"},
    "nvmlDeviceGetCurrPcieLinkGeneration": {"pcieLinkGen"},
    "nvmlDeviceGetPcieSpeed": {"pcieLinkSpeed"},
    "nvmlDeviceGetCurrPcieLinkWidth": {"pcieLinkWidth"},
    "nvmlDeviceGetMaxPcieLinkGeneration": {"maxPcieLinkGen"},
    "nvmlDeviceGetMaxPcieLinkWidth": {"maxPcieLinkWidth"},
}


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("error", ["NOT_SUPPORTED", "FUNCTION_NOT_FOUND", "NO_PERMISSION", "INVALID_ARGUMENT"])
def test_what_a_gpu_does_not_support_is_left_out_and_asked_no_more(driver, function, error):
    whole = set(of_gpu(NvidiaReader(pynvml).read(PROCESS), 0))
    reader = NvidiaReader(pynvml)
    driver.errors[function] = getattr(pynvml, f"NVML_ERROR_{error}")
    assert set(of_gpu(reader.read(PROCESS), 0)) == whole - FUNCTIONS[function]
    asked = driver.asked[function]
    assert set(of_gpu(reader.read(PROCESS), 0)) == whole - FUNCTIONS[function]
    assert driver.asked[function] == asked


@pytest.mark.parametrize("function", [*FUNCTIONS, "nvmlDeviceGetComputeRunningProcesses"])
@pytest.mark.parametrize("error", ["TIMEOUT", "GPU_IS_LOST", "UNKNOWN"])
def test_what_fails_for_once_is_asked_again(driver, function, error):
    driver.processes = {4711: 2**20}
    reader = NvidiaReader(pynvml)
    whole = reader.read(PROCESS)
    driver.errors[function] = getattr(pynvml, f"NVML_ERROR_{error}")
    assert len(reader.read(PROCESS)) < len(whole)
    driver.errors.clear()
    assert reader.read(PROCESS) == whole


def test_processes_that_may_not_be_seen_are_asked_for_no_more(driver):
    driver.errors["nvmlDeviceGetComputeRunningProcesses"] = pynvml.NVML_ERROR_NO_PERMISSION
    reader = NvidiaReader(pynvml)
    for _ in range(3):
        assert not of_gpu(reader.read(PROCESS), 0, "gpu.process.")
    assert driver.asked["nvmlDeviceGetComputeRunningProcesses"] == 2  # once for each GPU


def test_gpus_are_described_with_their_driver(driver):
    assert NvidiaReader(pynvml).describe() == {
        "gpu": [
            {"name": "NVIDIA H200", "memory_total": TOTAL, "uuid": "GPU-1"},
            {"name": "NVIDIA H100 80GB HBM3", "memory_total": TOTAL, "uuid": "GPU-2"},
        ],
        "gpu_driver": "570.86.15",
        "cuda": "12.8",
    }


def test_what_is_not_known_of_a_gpu_is_not_described(driver):
    for function in ("DeviceGetName", "DeviceGetUUID", "DeviceGetMemoryInfo", "SystemGetCudaDriverVersion"):
        driver.errors[f"nvml{function}"] = pynvml.NVML_ERROR_UNKNOWN
    assert NvidiaReader(pynvml).describe() == {"gpu": [{"name": "NVIDIA GPU"}] * 2, "gpu_driver": "570.86.15"}


def test_a_divided_gpu_is_described_and_read_by_its_parts(driver):
    driver.mig = 2
    driver.errors["nvmlDeviceGetUtilizationRates"] = pynvml.NVML_ERROR_NOT_SUPPORTED
    reader = NvidiaReader(pynvml)
    whole, other = reader.describe()["gpu"]
    assert whole["mig"] == [
        {"name": "NVIDIA H200 MIG 1g.18gb", "memory_total": TOTAL // 10, "uuid": f"MIG-{number}"}
        for number in (100, 101)
    ]
    assert "mig" not in other
    row = of_gpu(reader.read(PROCESS), 0)
    assert (row["mig.1.memoryAllocated"], row["mig.1.memoryAllocatedBytes"]) == (25.0, USED // 10)
    assert not [name for name in of_gpu(reader.read(PROCESS), 1) if name.startswith("mig")]
    asked = driver.asked["nvmlDeviceGetMigMode"]
    reader.read(PROCESS)
    assert driver.asked["nvmlDeviceGetMigMode"] == asked + 1  # the other GPU cannot be divided


def test_a_machine_without_the_driver_is_not_asked(monkeypatch):
    monkeypatch.setattr(gpu_nvidia, "DRIVER_TRACES", ("/nowhere",))
    monkeypatch.delitem(sys.modules, "pynvml")
    assert find_nvidia() is None
    assert "pynvml" not in sys.modules


def test_a_driver_that_answers_is_found(driver, monkeypatch):
    monkeypatch.setattr(gpu_nvidia, "DRIVER_TRACES", ("/",))
    assert find_nvidia().count == 2
    assert describe_gpus()["cuda"] == "12.8"
    driver.gpus = 0
    assert find_nvidia() is None
    driver.errors["nvmlInitWithFlags"] = pynvml.NVML_ERROR_DRIVER_NOT_LOADED
    assert find_nvidia() is None


def test_without_nvidia_ml_py_there_are_no_gpus(monkeypatch):
    real = builtins.__import__

    def refuse(name, *rest):
        if name == "pynvml":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(gpu_nvidia, "DRIVER_TRACES", ("/",))
    monkeypatch.setattr(builtins, "__import__", refuse)
    assert find_nvidia() is None

"""A GPU is not always at hand: an object that answers as an H200 does plays nvidia-ml-py."""

from types import SimpleNamespace

import pytest

from reportgen.logger.capture.gpu import GpuReader, find_gpus


class NVMLError(Exception):
    pass


def refuse(_):
    raise NVMLError("not supported")


@pytest.fixture
def nvml():
    return SimpleNamespace(
        NVMLError=NVMLError,
        NVML_TEMPERATURE_GPU=0,
        nvmlInit=lambda: None,
        nvmlDeviceGetCount=lambda: 2,
        nvmlDeviceGetHandleByIndex=lambda place: place,
        nvmlDeviceGetName=lambda device: ("NVIDIA H200", b"NVIDIA H200")[device],
        nvmlDeviceGetMemoryInfo=lambda device: SimpleNamespace(total=1000, used=250),
        nvmlDeviceGetUtilizationRates=lambda device: SimpleNamespace(gpu=88, memory=12),
        nvmlDeviceGetTemperature=lambda device, sensor: 41,
        nvmlDeviceGetPowerUsage=lambda device: 350_500,
    )


def test_every_gpu_is_read_under_wandbs_names(nvml):
    reader = GpuReader(nvml)
    assert reader.describe() == [{"name": "NVIDIA H200", "memory_total": 1000}] * 2
    row = reader.read()
    assert {name: value for name, value in row.items() if name.startswith("gpu.1.")} == {
        "gpu.1.gpu": 88,
        "gpu.1.memory": 12,
        "gpu.1.memoryAllocated": 25.0,
        "gpu.1.memoryAllocatedBytes": 250,
        "gpu.1.temp": 41,
        "gpu.1.powerWatts": 350.5,
    }


def test_what_a_gpu_does_not_tell_is_left_out(nvml):
    nvml.nvmlDeviceGetPowerUsage = refuse
    nvml.nvmlDeviceGetUtilizationRates = refuse
    assert {name.partition("0.")[2] for name in GpuReader(nvml).read() if name.startswith("gpu.0")} == {
        "memoryAllocated",
        "memoryAllocatedBytes",
        "temp",
    }


def test_looking_for_gpus_never_fails():
    reader = find_gpus()
    assert reader is None or reader.describe()

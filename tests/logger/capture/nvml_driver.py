"""NVIDIA's driver library, played by Python below the real nvidia-ml-py: its functions fill C structures as it does."""

# ruff: noqa: N802 # the functions are called as those they play

import ctypes

import pynvml

NAMES = (b"NVIDIA H200", b"NVIDIA H100 80GB HBM3")
TOTAL, USED = 1000 * 2**20, 250 * 2**20
NUMBERS = {
    "nvmlDeviceGetTemperature": 41,
    "nvmlDeviceGetPowerUsage": 350_500,
    "nvmlDeviceGetEnforcedPowerLimit": 701_000,
    "nvmlDeviceGetFanSpeed": 30,
    "nvmlDeviceGetCurrPcieLinkGeneration": 4,
    "nvmlDeviceGetPcieSpeed": 16000,
    "nvmlDeviceGetCurrPcieLinkWidth": 8,
    "nvmlDeviceGetMaxPcieLinkGeneration": 5,
    "nvmlDeviceGetMaxPcieLinkWidth": 16,
}
CLOCKS = {pynvml.NVML_CLOCK_SM: 1980, pynvml.NVML_CLOCK_MEM: 2619, pynvml.NVML_CLOCK_GRAPHICS: 1970}
ERRORS = {pynvml.NVML_MEMORY_ERROR_TYPE_CORRECTED: 3, pynvml.NVML_MEMORY_ERROR_TYPE_UNCORRECTED: 1}


class Driver:
    """Answers for some GPUs. A handle is the number of its GPU plus one; from 100 on it is a MIG device.

    Attributes:
        errors: what a function returns instead of success, by its name.
        asked: how often each function was called.
        processes: of the first GPU: bytes by process.
        mig: how many MIG devices the first GPU is divided into.
    """

    def __init__(self, gpus=2):
        self.gpus = gpus
        self.errors = {}
        self.asked = {}
        self.processes = {}
        self.mig = 0

    def __getattr__(self, name):
        if not name.startswith("nvml"):
            raise AttributeError(name)
        base = name.removesuffix("_v2").removesuffix("_v3")
        answer = getattr(type(self), f"answer_{base}", None)
        if answer is None and base not in NUMBERS:
            raise AttributeError(name)  # as of a library that lacks the function

        def function(*arguments):
            self.asked[base] = self.asked.get(base, 0) + 1
            if base in self.errors:
                return self.errors[base]
            if answer is not None:
                return answer(self, *arguments) or pynvml.NVML_SUCCESS
            arguments[-1]._obj.value = NUMBERS[base]
            return pynvml.NVML_SUCCESS

        return function

    def answer_nvmlInitWithFlags(self, _flags):
        return pynvml.NVML_SUCCESS

    def answer_nvmlInit(self):
        return pynvml.NVML_SUCCESS

    def answer_nvmlDeviceGetCount(self, count):
        count._obj.value = self.gpus

    def answer_nvmlDeviceGetHandleByIndex(self, place, handle):
        set_handle(handle, place.value + 1)

    def answer_nvmlSystemGetDriverVersion(self, text, _length):
        text.value = b"570.86.15"

    def answer_nvmlSystemGetCudaDriverVersion(self, version):
        version._obj.value = 12080

    def answer_nvmlDeviceGetName(self, handle, text, _length):
        text.value = NAMES[0] + b" MIG 1g.18gb" if number(handle) >= 100 else NAMES[number(handle) - 1]

    def answer_nvmlDeviceGetUUID(self, handle, text, _length):
        text.value = b"%s-%d" % (b"MIG" if number(handle) >= 100 else b"GPU", number(handle))

    def answer_nvmlDeviceGetMemoryInfo(self, handle, memory):
        share = 10 if number(handle) >= 100 else 1
        memory._obj.total, memory._obj.used = TOTAL // share, USED // share

    def answer_nvmlDeviceGetUtilizationRates(self, handle, rates):
        rates._obj.gpu, rates._obj.memory = 88, 12

    def answer_nvmlDeviceGetClockInfo(self, _handle, kind, clock):
        clock._obj.value = CLOCKS[value_of(kind)]

    def answer_nvmlDeviceGetEncoderUtilization(self, _handle, use, period):
        use._obj.value, period._obj.value = 7, 100_000

    def answer_nvmlDeviceGetMemoryErrorCounter(self, _handle, kind, counter, location, count):
        assert (value_of(counter), value_of(location)) == (
            pynvml.NVML_VOLATILE_ECC,
            pynvml.NVML_MEMORY_LOCATION_DEVICE_MEMORY,
        )
        count._obj.value = ERRORS[value_of(kind)]

    def answer_nvmlDeviceGetMigMode(self, handle, now, later):
        if number(handle) != 1 or not self.mig:
            return pynvml.NVML_ERROR_NOT_SUPPORTED
        now._obj.value = later._obj.value = pynvml.NVML_DEVICE_MIG_ENABLE
        return pynvml.NVML_SUCCESS

    def answer_nvmlDeviceGetMaxMigDeviceCount(self, _handle, count):
        count._obj.value = 7

    def answer_nvmlDeviceGetMigDeviceHandleByIndex(self, _handle, place, part):
        if place.value >= self.mig:
            return pynvml.NVML_ERROR_NOT_FOUND
        set_handle(part, 100 + place.value)
        return pynvml.NVML_SUCCESS

    def answer_nvmlDeviceGetComputeRunningProcesses(self, handle, count, found):
        running = self.processes if number(handle) == 1 else {}
        if found is None:
            count._obj.value = len(running)
            return pynvml.NVML_ERROR_INSUFFICIENT_SIZE if running else pynvml.NVML_SUCCESS
        count._obj.value = len(running)
        for place, (pid, used) in enumerate(running.items()):
            unknown = pynvml.NVML_VALUE_NOT_AVAILABLE_ulonglong.value
            found[place].pid, found[place].usedGpuMemory = pid, unknown if used is None else used
        return pynvml.NVML_SUCCESS

    def answer_nvmlDeviceGetGraphicsRunningProcesses(self, _handle, count, _found):
        count._obj.value = 0


def set_handle(reference, value):
    ctypes.cast(reference, ctypes.POINTER(ctypes.c_void_p))[0] = value


def number(handle):
    return ctypes.cast(handle, ctypes.c_void_p).value


def value_of(argument):
    return getattr(argument, "value", argument)


def install(monkeypatch, driver):
    """Put the driver below the real module."""
    monkeypatch.setattr(pynvml, "nvmlLib", driver)
    monkeypatch.setattr(pynvml, "_nvmlGetFunctionPointer_cache", {})
    monkeypatch.setattr(pynvml, "_LoadNvmlLibrary", lambda: None)
    return pynvml

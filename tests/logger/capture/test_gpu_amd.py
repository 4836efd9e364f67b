"""AMD GPUs are read from files, so a folder of files is as good as a GPU."""

import pytest

from reportgen.logger.capture.gpu_amd import AmdReader, find_amd

MI300 = {
    "vendor": "0x1002",
    "device": "0x74a1",
    "product_name": "AMD Instinct MI300X",
    "unique_id": "8f3b2c",
    "gpu_busy_percent": "93",
    "mem_busy_percent": "40",
    "mem_info_vram_total": "206141652992",
    "mem_info_vram_used": "51535413248",
    "current_link_speed": "32.0 GT/s PCIe",
    "current_link_width": "16",
    "max_link_speed": "32.0 GT/s PCIe",
    "max_link_width": "16",
    "hwmon/hwmon4/temp2_input": "61000",
    "hwmon/hwmon4/power1_average": "375000000",
    "hwmon/hwmon4/power1_cap": "750000000",
    "hwmon/hwmon4/freq1_input": "2100000000",
    "hwmon/hwmon4/freq2_input": "1300000000",
}


@pytest.fixture
def cards(tmp_path):
    """A folder as /sys/class/drm; makes a card in it."""

    def made(name, files):
        for file, content in files.items():
            path = tmp_path / "drm" / name / "device" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{content}\n")
        return str(tmp_path / "drm")

    return made


def test_every_gpu_is_read_under_wandbs_names(cards):
    folder = cards("card0", MI300)
    assert AmdReader(folder).read(frozenset()) == {
        "gpu.0.gpu": 93,
        "gpu.0.memory": 40,
        "gpu.0.memoryAllocated": 25.0,
        "gpu.0.memoryAllocatedBytes": 51535413248,
        "gpu.0.temp": 61,
        "gpu.0.powerWatts": 375,
        "gpu.0.enforcedPowerLimitWatts": 750,
        "gpu.0.powerPercent": 50.0,
        "gpu.0.graphicsClock": 2100,
        "gpu.0.memoryClock": 1300,
        "gpu.0.pcieLinkGen": 5,
        "gpu.0.maxPcieLinkGen": 5,
        "gpu.0.pcieLinkWidth": 16,
        "gpu.0.maxPcieLinkWidth": 16,
    }


def test_a_gpu_for_gamers_has_a_fan_and_other_sensors(cards):
    files = {
        "vendor": "0x1002",
        "gpu_busy_percent": "5",
        "hwmon/hwmon1/pwm1": "51",
        "hwmon/hwmon1/pwm1_max": "255",
        "hwmon/hwmon1/temp1_input": "40500",
        "hwmon/hwmon1/temp2_input": "50000",
        "hwmon/hwmon1/power1_input": "12500000",
    }
    row = AmdReader(cards("card1", files), first=3).read(frozenset())
    assert row == {"gpu.3.gpu": 5, "gpu.3.fanSpeed": 20.0, "gpu.3.temp": 40.5, "gpu.3.powerWatts": 12.5}


def test_cards_are_counted_in_their_order_and_others_are_left_out(cards):
    for name, busy in (("card10", "10"), ("card2", "2")):
        cards(name, {"vendor": "0x1002", "gpu_busy_percent": busy})
    cards("card0", {"vendor": "0x8086", "gpu_busy_percent": "7"})
    folder = cards("card2-DP-1", {"vendor": "0x1002", "gpu_busy_percent": "7"})
    assert AmdReader(folder).read(frozenset()) == {"gpu.0.gpu": 2, "gpu.1.gpu": 10}


def test_gpus_are_described(cards):
    cards("card0", MI300)
    folder = cards("card1", {"vendor": "0x1002", "device": "0x73bf"})
    assert AmdReader(folder).describe()["gpu"] == [
        {"name": "AMD Instinct MI300X", "memory_total": 206141652992, "uuid": "8f3b2c"},
        {"name": "AMD GPU 0x73bf"},
    ]


def test_a_file_that_goes_or_talks_nonsense_is_left_out(cards, tmp_path):
    reader = AmdReader(cards("card0", MI300))
    device = tmp_path / "drm" / "card0" / "device"
    (device / "gpu_busy_percent").write_text("busy\n")
    (device / "mem_info_vram_used").unlink()
    (device / "current_link_speed").write_text("Unknown\n")
    row = reader.read(frozenset())
    assert not {"gpu.0.gpu", "gpu.0.memoryAllocated", "gpu.0.pcieLinkGen"} & set(row)
    assert row["gpu.0.temp"] == 61


def test_without_a_gpu_there_is_no_reader(tmp_path):
    assert find_amd(str(tmp_path / "missing")) is None
    assert find_amd(str(tmp_path)) is None

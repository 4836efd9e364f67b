"""Which learning rate does each optimiser want? 27 small networks on scikit-learn's digits, logged with reportgen.

``python train.py`` trains the whole study, one process a run; ``python train.py --optimizer adam`` one run of it.
"""

import argparse
import itertools
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from network import Array, Optimizer, Parameters, cross_entropy, gradients, initial_parameters, probabilities
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import reportgen

RUNS = Path(__file__).parent / "runs"
OPTIMIZERS = ("sgd", "nesterov", "adam")
LEARNING_RATES = (0.01, 0.1, 1.0)
SEEDS = (0, 1, 2)
PICTURE_EPOCHS = (1, 5, 20)
NOTES = {
    ("sgd", 1.0): "Plain SGD at a rate that kills both other optimisers.",
    ("adam", 0.01): "The rate that most people would try *second*: Adam's usual default is `0.001`.",
    ("adam", 1.0): "Far too large, **kept on purpose**: a study of learning rates should show both edges.",
    ("nesterov", 1.0): "Far too large, **kept on purpose**. Watch `train/active`: the hidden units die.",
}


@dataclass(frozen=True)
class Part:
    """One part of the data: images as rows of 64 numbers from 0 to 1, and their digits."""

    images: Array
    labels: NDArray[np.int64]


@dataclass(frozen=True)
class Digits:
    """The 1,797 images, always split in the same way: runs differ by their seed, never by their data."""

    train: Part
    val: Part
    test: Part


def load_parts() -> Digits:
    """60 % for training, 20 % for choosing, 20 % for the final number; every digit equally frequent in each."""
    images, labels = load_digits(return_X_y=True)
    train, rest = train_test_split(np.arange(len(labels)), train_size=0.6, stratify=labels, random_state=0)
    val, test = train_test_split(rest, train_size=0.5, stratify=labels[rest], random_state=0)
    return Digits(*(Part(images[part] / 16, labels[part]) for part in (train, val, test)))


def batches(part: Part, size: int, random: np.random.Generator) -> Iterator[Part]:
    """Full batches of one epoch in random order."""
    order = random.permutation(len(part.labels))
    for first in range(0, len(order) - size + 1, size):
        chosen = order[first : first + size]
        yield Part(part.images[chosen], part.labels[chosen])


def accuracy(parameters: Parameters, part: Part) -> float:
    """Share of images whose most probable class is the right one."""
    return float((probabilities(parameters, part.images).argmax(axis=1) == part.labels).mean())


def active_units(parameters: Parameters, part: Part) -> float:
    """Share of hidden units that answer at least one image; a unit that answers none can never learn again."""
    hidden = part.images @ parameters["hidden.weight"] + parameters["hidden.bias"]
    return float((hidden > 0).any(axis=0).mean())


def confusion(parameters: Parameters, part: Part) -> NDArray[np.int64]:
    """How often each digit (row) was taken for each digit (column)."""
    counts = np.zeros((10, 10), dtype=np.int64)
    np.add.at(counts, (part.labels, probabilities(parameters, part.images).argmax(axis=1)), 1)
    return counts


def confusion_picture(counts: NDArray[np.int64]) -> Figure:
    """The confusion matrix, errors in red: the diagonal would drown everything else."""
    errors = counts - np.diag(np.diag(counts))
    figure, axes = plt.subplots(figsize=(3.2, 3.2), dpi=80, layout="constrained")
    axes.imshow(errors, cmap="Reds", vmin=0, vmax=max(10, 2 * int(errors.max())))
    for row, column in zip(*np.nonzero(counts), strict=True):
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=7)
    axes.set(xticks=range(10), yticks=range(10), xlabel="taken for", ylabel="digit")
    return figure


def mistakes(parameters: Parameters, part: Part, most: int = 4) -> list[reportgen.Image]:
    """The wrong answers that the network was surest of."""
    predicted = probabilities(parameters, part.images)
    wrong = np.flatnonzero(predicted.argmax(axis=1) != part.labels)
    surest = wrong[np.argsort(-predicted[wrong].max(axis=1), kind="stable")][:most]
    pictures = []
    for number in surest:
        answer = int(predicted[number].argmax())
        picture = np.kron(255 - part.images[number].reshape(8, 8) * 255, np.ones((10, 10))).astype(np.uint8)
        caption = f"{part.labels[number]} taken for {answer}, {predicted[number, answer]:.0%} sure"
        pictures.append(reportgen.Image(picture, caption=caption))
    return pictures


def pictures(parameters: Parameters, digits: Digits) -> dict[str, object]:
    """What is worth looking at now and then."""
    figure = confusion_picture(confusion(parameters, digits.val))
    logged = {
        "val/confusion": reportgen.Image(figure, caption="validation images; errors in red"),
        "val/mistakes": mistakes(parameters, digits.val),
        "weights/hidden": reportgen.Histogram(parameters["hidden.weight"].ravel()),
    }
    plt.close(figure)
    return logged


def train(run: reportgen.Run, digits: Digits, setting: argparse.Namespace) -> Parameters:
    """Train one network; every step logs the loss of its batch, the last step of an epoch also the validation."""
    random = np.random.default_rng(setting.seed)
    parameters = initial_parameters((64, setting.hidden, 10), random)
    optimizer = Optimizer(setting.optimizer, setting.learning_rate)
    steps_per_epoch = len(digits.train.labels) // setting.batch_size
    for epoch in range(1, setting.epochs + 1):
        for number, batch in enumerate(batches(digits.train, setting.batch_size, random), start=1):
            loss, gradient = gradients(parameters, batch.images, batch.labels)
            norm = float(np.sqrt(sum((slope**2).sum() for slope in gradient.values())))
            row: dict[str, object] = {"train/loss": loss, "train/gradient_norm": norm}
            if number == steps_per_epoch:
                row |= {"epoch": epoch, **validation(parameters, digits)}
                if epoch in PICTURE_EPOCHS:
                    row |= pictures(parameters, digits)
                print(f"epoch {epoch:2}  loss {row['val/loss']:.4f}  accuracy {row['val/acc']:.1%}")
            run.log(row)
            if not np.isfinite(loss):
                raise FloatingPointError(f"the loss is {loss} at step {optimizer.steps}: the learning rate is too high")
            optimizer.update(parameters, gradient)
    return parameters


def validation(parameters: Parameters, digits: Digits) -> dict[str, float]:
    """The numbers of one epoch."""
    return {
        "val/loss": cross_entropy(probabilities(parameters, digits.val.images), digits.val.labels),
        "val/acc": accuracy(parameters, digits.val),
        "train/active": active_units(parameters, digits.train),
    }


def report_test(run: reportgen.Run, parameters: Parameters, digits: Digits) -> None:
    """The final numbers, computed once, on images that no decision ever saw."""
    counts = confusion(parameters, digits.test)
    right, total = np.diag(counts), counts.sum(axis=1)
    run.summary.update({"test/acc": accuracy(parameters, digits.test), "test/errors": int((total - right).sum())})
    run.summary.update({f"test/recall/{digit}": float(right[digit] / total[digit]) for digit in range(10)})
    columns = ["digit", "images", "right", "recall", "most often taken for"]
    table = reportgen.Table(columns=columns)
    for digit in range(10):
        others = counts[digit] * (np.arange(10) != digit)
        rival = str(others.argmax()) if others.any() else ""
        table.add_data(digit, int(total[digit]), int(right[digit]), round(right[digit] / total[digit], 4), rival)
    run.log({"test/digits": table})


def train_run(setting: argparse.Namespace) -> None:
    """One run of the study, logged from start to finish."""
    digits = load_parts()
    name = f"{setting.optimizer}-{setting.learning_rate:g}"
    config = {
        "optimizer": {"name": setting.optimizer, "learning_rate": setting.learning_rate},
        "model": {"hidden": setting.hidden, "activation": "relu"},
        "data": {"name": "digits", **{part: len(getattr(digits, part).labels) for part in ("train", "val", "test")}},
        "batch_size": setting.batch_size,
        "epochs": setting.epochs,
        "seed": setting.seed,
    }
    shutil.rmtree(RUNS / "digits" / f"{name}-s{setting.seed}", ignore_errors=True)
    run = reportgen.init(
        project="digits",
        id=f"{name}-s{setting.seed}",
        name=f"{name}-s{setting.seed}",
        config=config,
        tags=["sweep", *(["edge"] if setting.learning_rate == max(LEARNING_RATES) else [])],
        notes=NOTES.get((setting.optimizer, setting.learning_rate), ""),
        group=name,
        job_type="train",
        dir=RUNS,
        sample_seconds=0.1,
    )
    run.define_metric("epoch", hidden=True)
    parameters = train(run, digits, setting)
    report_test(run, parameters, digits)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.npz"
        np.savez_compressed(model, **{key: value.astype(np.float32) for key, value in parameters.items()})
        run.save(model)
    run.finish()


def settings() -> argparse.Namespace:
    """The setting of one run, or of the whole study when no optimiser is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--optimizer", choices=OPTIMIZERS, help="train this one run instead of the study")
    parser.add_argument("--learning-rate", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--epochs", type=int, default=20)
    return parser.parse_args()


def train_study() -> None:
    """Every combination, one process each. A run that fails is a result, so the study goes on."""
    for optimizer, rate, seed in itertools.product(OPTIMIZERS, LEARNING_RATES, SEEDS):
        choice = ["--optimizer", optimizer, "--learning-rate", f"{rate:g}", "--seed", str(seed)]
        print(" ".join(choice), flush=True)
        subprocess.run([relpath(sys.executable), relpath(__file__), *choice], check=False)


if __name__ == "__main__":
    setting = settings()
    if setting.optimizer:
        train_run(setting)
    else:
        train_study()

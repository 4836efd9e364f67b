"""A small neural network and three optimisers in plain numpy, short enough to read before you trust the results."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Parameters = dict[str, Array]


def initial_parameters(sizes: tuple[int, int, int], random: np.random.Generator) -> Parameters:
    """He initialisation of one hidden layer: ``sizes`` are inputs, hidden units, classes."""
    inputs, hidden, classes = sizes
    return {
        "hidden.weight": random.normal(0, np.sqrt(2 / inputs), (inputs, hidden)),
        "hidden.bias": np.zeros(hidden),
        "output.weight": random.normal(0, np.sqrt(2 / hidden), (hidden, classes)),
        "output.bias": np.zeros(classes),
    }


def probabilities(parameters: Parameters, images: Array) -> Array:
    """The probability of each class (columns) for each image (rows)."""
    hidden = np.maximum(images @ parameters["hidden.weight"] + parameters["hidden.bias"], 0)
    scores = hidden @ parameters["output.weight"] + parameters["output.bias"]
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def cross_entropy(predicted: Array, labels: NDArray[np.int64]) -> float:
    """Mean negative log probability of the right class, in nats."""
    return float(-np.log(predicted[np.arange(len(labels)), labels]).mean())


def gradients(parameters: Parameters, images: Array, labels: NDArray[np.int64]) -> tuple[float, Parameters]:
    """The loss of a batch, and its derivative with respect to every parameter."""
    hidden = np.maximum(images @ parameters["hidden.weight"] + parameters["hidden.bias"], 0)
    predicted = probabilities(parameters, images)
    error = predicted.copy()
    error[np.arange(len(labels)), labels] -= 1
    error /= len(labels)
    hidden_error = (error @ parameters["output.weight"].T) * (hidden > 0)
    return cross_entropy(predicted, labels), {
        "hidden.weight": images.T @ hidden_error,
        "hidden.bias": hidden_error.sum(axis=0),
        "output.weight": hidden.T @ error,
        "output.bias": error.sum(axis=0),
    }


@dataclass
class Optimizer:
    """``sgd``, ``nesterov`` (momentum 0.9 with look-ahead) or ``adam``; ``update`` changes the parameters in place."""

    name: str
    learning_rate: float
    momentum: float = 0.9
    second_momentum: float = 0.999
    epsilon: float = 1e-8
    steps: int = 0
    first: Parameters = field(default_factory=dict)
    second: Parameters = field(default_factory=dict)

    def update(self, parameters: Parameters, gradient: Parameters) -> None:
        """One step downhill."""
        self.steps += 1
        for name, slope in gradient.items():
            parameters[name] -= self.learning_rate * self._direction(name, slope)

    def _direction(self, name: str, slope: Array) -> Array:
        if self.name == "sgd":
            return slope
        if self.name == "nesterov":
            velocity = self.first[name] = self.momentum * self.first.get(name, 0) + slope
            return slope + self.momentum * velocity
        mean = self.first[name] = self.momentum * self.first.get(name, 0) + (1 - self.momentum) * slope
        square = self.second_momentum * self.second.get(name, 0) + (1 - self.second_momentum) * slope**2
        self.second[name] = square
        unbiased_mean = mean / (1 - self.momentum**self.steps)
        unbiased_square = square / (1 - self.second_momentum**self.steps)
        return unbiased_mean / (np.sqrt(unbiased_square) + self.epsilon)

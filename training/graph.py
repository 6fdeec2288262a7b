"""Writes the fine-tuned encoder as an ONNX graph: 8-bit numbers for the large tables, else in full.

One text at a time, so that a text's probabilities do not hang on its neighbours. Weights of a layer take 7 of
the 8 bits: some processors overflow on more. Word pieces travel in the file's metadata.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper, numpy_helper

from training.encoder import EPSILON, FROZEN, HEADS, LAYERS

Floats = npt.NDArray[np.float32]
MICROSOFT: Final = "com.microsoft"
OPERATORS: Final = 18  # version of ONNX's own operators
FORMAT: Final = 8  # of the file
STEPS: Final = 63  # of a layer's weight, on either side of zero


class Graph:
    """Nodes and constants, gathered in order."""

    def __init__(self, parameters: dict[str, Floats]) -> None:
        self.parameters = parameters
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, list(outputs), domain=domain, **attributes))
        return outputs[0]

    def weight(self, name: str, value: Floats) -> list[str]:
        """Names of a layer's 8-bit weight (inputs × outputs), of its scales and of its zeros."""
        scale = np.maximum(np.abs(value).max(axis=0) / STEPS, 1e-12).astype(np.float32)
        return [
            self.constant(f"{name}.weight", np.round(value / scale).astype(np.int8)),
            self.constant(f"{name}.scale", scale),
            self.constant(f"{name}.zero", np.zeros(scale.shape, np.int8)),
        ]

    def dense(self, x: str, name: str) -> str:
        weight = self.weight(name, self.parameters[f"{name}.weight"].T)
        bias = self.constant(f"{name}.bias", self.parameters[f"{name}.bias"])
        return self.node("DynamicQuantizeMatMul", [x, *weight, bias], f"{name}.out", domain=MICROSOFT)

    def norm(self, x: str, name: str) -> str:
        scale = self.constant(f"{name}.weight", self.parameters[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self.parameters[f"{name}.bias"])
        return self.node("LayerNormalization", [x, scale, bias], f"{name}.out", axis=-1, epsilon=EPSILON)

    def attention(self, x: str, at: str) -> str:
        names = [f"{at}.{part}" for part in ("query", "key", "value")]
        weight, scale, zero = self.weight(
            f"{at}.attention", np.concatenate([self.parameters[f"{n}.weight"].T for n in names], axis=1)
        )
        bias = self.constant(
            f"{at}.attention.bias", np.concatenate([self.parameters[f"{n}.bias"] for n in names])
        )
        whole, step, middle = (f"{at}.{name}" for name in ("whole", "step", "middle"))
        self.node("DynamicQuantizeLinear", [x], whole, step, middle)
        return self.node(
            "QAttention", [whole, weight, bias, step, scale, "", middle, zero], f"{at}.mixed",
            domain=MICROSOFT, num_heads=HEADS,
        )  # fmt: skip

    def layer(self, x: str, at: str) -> str:
        mixed = self.dense(self.attention(x, at), f"{at}.attended.output.dense")
        x = self.added(mixed, x, f"{at}.attended.output.LayerNorm")
        inner = self.node("Gelu", [self.dense(x, f"{at}.intermediate.dense")], f"{at}.gelu", domain=MICROSOFT)
        wide = self.dense(inner, f"{at}.output.dense")
        return self.added(wide, x, f"{at}.output.LayerNorm")

    def added(self, x: str, y: str, name: str) -> str:
        return self.norm(self.node("Add", [x, y], f"{name}.in"), name)

    def embedded(self) -> str:
        """The input's rows of the table of pieces, 8 bits and a scale a row, and of the table of places."""
        table = self.parameters[FROZEN[0]]
        scale = (np.abs(table).max(axis=1, keepdims=True) / 127).astype(np.float32)
        self.constant("table", np.round(table / scale).astype(np.int8))
        self.constant("table.scale", scale)
        self.constant("places", self.parameters[FROZEN[1]])
        self.constant("start", np.array([0], np.int64))
        self.node("Gather", ["table", "pieces"], "rows.small")
        self.node("Cast", ["rows.small"], "rows.cast", to=TensorProto.FLOAT)
        self.node("Gather", ["table.scale", "pieces"], "rows.scale")
        self.node("Mul", ["rows.cast", "rows.scale"], "rows")
        self.node("Shape", ["pieces"], "length", start=1, end=2)
        self.node("Slice", ["places", "start", "length"], "rows.place")
        return self.added("rows", "rows.place", "embeddings.LayerNorm")

    def answers(self, x: str, verifiable: Floats, calibration: Floats) -> None:
        """Two probabilities. `verifiable`: weights and offset on the pooled row; `calibration`: factor and
        offset of the log odds of the first class."""
        self.constant("across", np.array([1], np.int64))
        self.node("ReduceMean", [x, "across"], "pooled", keepdims=0)
        weight = np.concatenate([self.parameters["head.weight"].T, verifiable[:-1, None]], axis=1)
        bias = np.append(self.parameters["head.bias"], verifiable[-1]).astype(np.float32)
        self.constant("head.weight", weight.astype(np.float32))
        self.node("Gemm", ["pooled", "head.weight", self.constant("head.bias", bias)], "logits")
        self.constant("sizes", np.array([1, 2, 1], np.int64))
        self.node("Split", ["logits", "sizes"], "worth.for", "worth.against", "factual.odds", axis=1)
        self.node("ReduceLogSumExp", ["worth.against", "across"], "worth.rest")
        self.node("Sub", ["worth.for", "worth.rest"], "worth.raw")
        self.node("Mul", ["worth.raw", self.constant("factor", calibration[:1])], "worth.scaled")
        self.node("Add", ["worth.scaled", self.constant("offset", calibration[1:])], "worth.odds")
        self.node("Concat", ["worth.odds", "factual.odds"], "odds", axis=1)
        self.node("Sigmoid", ["odds"], "probabilities")


def build(
    parameters: dict[str, Floats], pieces: list[str], *, verifiable: Floats, calibration: Floats
) -> ModelProto:
    """Input "pieces": 1 × length; output "probabilities": 1 × 2, check-worthy and factual."""
    g = Graph(parameters)
    x = g.embedded()
    for number in range(LAYERS):
        x = g.layer(x, f"layer.{number}")
    g.answers(x, verifiable.astype(np.float32), calibration.astype(np.float32))
    graph = helper.make_graph(
        g.nodes,
        "worth",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "length"])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [1, 2])],
        g.constants,
    )
    operators = [helper.make_opsetid("", OPERATORS), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=operators)
    model.ir_version = FORMAT
    helper.set_model_props(model, {"pieces": "\n".join(pieces)})
    return model
